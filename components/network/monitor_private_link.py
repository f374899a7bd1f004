"""Private link to Azure Monitor: which workspaces a network reaches without the internet, and nothing else of Azure's.

Owns the scope, its endpoint and what it holds from the start. What another area adds later it joins with `add`.
Does not own the workspaces. One scope for one DNS: networks that share zones must share the scope too, or the last
endpoint takes the records of all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import monitor

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.placement import Placement
from components.problems import refuse

AccessMode = Literal["PrivateOnly", "Open"]


@dataclass(frozen=True, kw_only=True)
class MonitorPrivateLinkArgs:
    """`scoped`: ids of workspaces, components and data collection endpoints, by name."""

    placement: Placement
    resource_group_name: Input[str]
    ingestion: AccessMode
    queries: AccessMode
    scoped: Mapping[str, Input[str]]
    access: PrivateAccess


def problems(args: MonitorPrivateLinkArgs) -> list[str]:
    """Every reason why the scope can't be built."""
    if not args.scoped:
        return ["a scope that holds nothing would cut the spoke off from every workspace"]
    return []


class MonitorPrivateLink(ComponentResource):
    """Scope, scoped resources, endpoint."""

    scope_name: Output[str]
    resource_group_name: Input[str]

    def __init__(self, name: str, args: MonitorPrivateLinkArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:monitor_private_link:MonitorPrivateLink", name, {}, opts)
        refuse(name, problems(args))
        scope = monitor.PrivateLinkScope(
            f"{name}-ampls",
            scope_name=naming.named("ampls", args.placement),
            resource_group_name=args.resource_group_name,
            # Scopes are not regional; ARM takes no other value.
            location="global",
            access_mode_settings=monitor.AccessModeSettingsArgs(
                ingestion_access_mode=args.ingestion, query_access_mode=args.queries
            ),
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self),
        )
        self.scope_name, self.resource_group_name = scope.name, args.resource_group_name
        before: list[Resource] = []
        for key, resource_id in args.scoped.items():
            # One after another, so that no two writes meet at the scope.
            before = [
                add(f"{name}-scoped-{key}", self, key, resource_id, ResourceOptions(parent=self, depends_on=before))
            ]
        # Its records are those of what the scope holds, so it comes last.
        endpoints(self, name, args.placement, args.access, "monitor", scope.id, (private_dns.AZURE_MONITOR,))
        self.register_outputs({"scope_name": self.scope_name})


def add(
    name: str, scope: MonitorPrivateLink, key: str, resource_id: Input[str], opts: ResourceOptions
) -> monitor.PrivateLinkScopedResource:
    """Put one more workspace, component or data collection endpoint into the scope; `opts` hold its parent."""
    return monitor.PrivateLinkScopedResource(
        name,
        name=f"scoped-{key}",
        scope_name=scope.scope_name,
        resource_group_name=scope.resource_group_name,
        linked_resource_id=resource_id,
        opts=opts,
    )
