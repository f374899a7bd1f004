"""Bootstrap cache: the rule by which the private registry keeps copies of AKS's own images.

Owns the cache rule that AKS asks for by name. Does not own the registry or other cache rules (`components.data`): this
one is a part of the cluster, which neither starts nor upgrades without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import containerregistry

from components.problems import refuse

# AKS takes these three and no others (azure-aks-docs network-isolated.md, 2026-08).
RULE, SOURCE, TARGET = "aks-managed-mcr", "mcr.microsoft.com/*", "aks-managed-repository/*"


@dataclass(frozen=True, kw_only=True)
class BootstrapCacheArgs:
    """`ready`: the registry that nodes pull from (Premium, no anonymous pull) with its private endpoint."""

    resource_group_name: Input[str]
    registry_name: str
    ready: Sequence[Resource]


def problems(args: BootstrapCacheArgs) -> list[str]:
    """Every reason why the registry can't be the one."""
    if args.registry_name.isalnum() and 5 <= len(args.registry_name) <= 50:
        return []
    return [f"{args.registry_name!r} is no registry's name: 5 to 50 letters and digits"]


class BootstrapCache(ComponentResource):
    """One cache rule."""

    rule_id: Output[str]

    def __init__(self, name: str, args: BootstrapCacheArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:bootstrap_cache:BootstrapCache", name, {}, opts)
        refuse(name, problems(args))
        made = containerregistry.CacheRule(
            f"{name}-rule",
            cache_rule_name=RULE,
            registry_name=args.registry_name,
            resource_group_name=args.resource_group_name,
            source_repository=SOURCE,
            target_repository=TARGET,
            opts=ResourceOptions(parent=self, depends_on=list(args.ready)),
        )
        self.rule_id = made.id
        self.register_outputs({"rule_id": self.rule_id})
