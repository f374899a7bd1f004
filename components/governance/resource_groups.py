"""Resource groups: one per lifecycle, so that rights, cost and deletion can differ.

Owns which groups there are. The group that AKS makes for its nodes is AKS's own; only its name is ours (`naming`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import resources

from components import naming
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

PURPOSES = ("network", "security", "data", "ml", "cluster", "observability", "snapshots")
# Deleting the group deletes everything in it, so a group that holds data is as precious as the data.
STATEFUL = ("security", "data", "ml", "observability", "snapshots")


@dataclass(frozen=True, kw_only=True)
class ResourceGroupsArgs:
    """Where the groups are."""

    placement: Placement


def problems(args: ResourceGroupsArgs) -> list[str]:
    """Every reason why the groups can't be built."""
    names = [naming.resource_group(args.placement, purpose) for purpose in PURPOSES]
    return [f"resource group name {name!r} is longer than 90 characters" for name in names if len(name) > 90]


class ResourceGroups(ComponentResource):
    """One group per purpose."""

    names: Mapping[str, Output[str]]
    ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: ResourceGroupsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:resource_groups:ResourceGroups", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        groups = {
            purpose: resources.ResourceGroup(
                f"{name}-rg-{purpose}",
                resource_group_name=naming.resource_group(args.placement, purpose),
                location=args.placement.region,
                tags=args.placement.tags,
                opts=stateful(self, args.placement) if purpose in STATEFUL else child,
            )
            for purpose in PURPOSES
        }
        self.names = {purpose: group.name for purpose, group in groups.items()}
        self.ids = {purpose: group.id for purpose, group in groups.items()}
        self.register_outputs({"names": self.names, "ids": self.ids})
