"""Search service: Azure AI Search, for models that answer from documents.

Owns the service, its endpoint, its private links to what it reads, and its logs. Does not own indexes: those are the
teams'. A shared private link waits until its target's owner approves it (`docs/runbooks/approve-search-link.md`). There
is no Cosmos DB for threads beside it: what people ask is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import search

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

LARGEST_BASIC = 3
"""Replicas of a basic service: search-limits-quotas-capacity.md (2025-11-20)."""


@dataclass(frozen=True, kw_only=True)
class SharedLink:
    """One thing that indexers read, by its ARM id and group id."""

    target_id: Input[str]
    group: str


@dataclass(frozen=True, kw_only=True)
class SearchServiceArgs:
    """`keys_enforced`: an index without a key of ours counts as a breach."""

    placement: Placement
    resource_group_name: Input[str]
    sku: str
    replicas: int
    partitions: int
    semantic_ranking: bool
    keys_enforced: bool
    identity: Identity
    reads: Mapping[str, SharedLink]
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: SearchServiceArgs) -> list[str]:
    """Sizes that the tier lacks."""
    if args.sku == "basic" and max(args.replicas, args.partitions) > LARGEST_BASIC:
        return [f"{args.replicas} replicas and {args.partitions} partitions: basic has {LARGEST_BASIC} of each at most"]
    return []


class SearchService(ComponentResource):
    """Service, private endpoint, shared private links one after another, diagnostics."""

    service_id: Output[str]
    endpoint: Output[str]

    def __init__(self, name: str, args: SearchServiceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:search_service:SearchService", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = _service(f"{name}-srch", args, stateful(self, args.placement))
        endpoints(self, name, args.placement, args.access, "search", made.id, (private_dns.AI_SEARCH,))
        self._links(name, args, made)
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.Search/searchServices", args.log_workspace_id, child)
        self.service_id = made.id
        self.endpoint = Output.concat("https://", naming.search_service(args.placement), ".search.windows.net")
        self.register_outputs({"service_id": self.service_id, "endpoint": self.endpoint})

    def _links(self, name: str, args: SearchServiceArgs, made: search.Service) -> None:
        """A service makes one link at a time and answers 409 to a second."""
        before: list[Resource] = []
        for key, each in args.reads.items():
            link = search.SharedPrivateLinkResource(
                f"{name}-spl-{key}",
                shared_private_link_resource_name=key,
                search_service_name=made.name,
                resource_group_name=args.resource_group_name,
                properties=search.SharedPrivateLinkResourcePropertiesArgs(
                    group_id=each.group,
                    private_link_resource_id=each.target_id,
                    request_message="Indexers of the platform's search service.",
                ),
                opts=ResourceOptions(parent=self, depends_on=before),
            )
            before = [link]


def _service(name: str, args: SearchServiceArgs, opts: ResourceOptions) -> search.Service:
    return search.Service(
        name,
        search_service_name=naming.search_service(args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=search.SkuArgs(name=search.SkuName(args.sku)),
        replica_count=args.replicas,
        partition_count=args.partitions,
        hosting_mode="Default",
        disable_local_auth=True,
        public_network_access="Disabled",
        semantic_search="standard" if args.semantic_ranking else "disabled",
        encryption_with_cmk=search.EncryptionWithCmkArgs(enforcement="Enabled" if args.keys_enforced else "Disabled"),
        identity=search.IdentityArgs(type="UserAssigned", user_assigned_identities=[args.identity.identity_id]),
        tags=args.placement.tags,
        opts=opts,
    )
