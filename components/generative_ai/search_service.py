"""Search service: Azure AI Search, for models that answer from documents.

Owns the service, its endpoint, its private links to what it reads, and its logs. Does not own indexes: those are the
teams'. A shared private link waits until its target's owner approves it (`docs/runbooks/approve-search-link.md`). There
is no Cosmos DB for threads beside it: what people ask is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from components.security.customer_key import CustomerKey

LARGEST_BASIC = 3
"""Replicas of a basic service: search-limits-quotas-capacity.md (2025-11-20)."""


@dataclass(frozen=True, kw_only=True)
class SharedLink:
    """One thing that indexers read, by its ARM id and group id."""

    target_id: Input[str]
    group: str


@dataclass(frozen=True, kw_only=True)
class SearchServiceArgs:
    """`customer_key`: an index without it counts as a breach, and the service may use it; None: Microsoft's keys.

    `ready`: what must be at rest before it is linked: an account makes one change at a time.
    """

    placement: Placement
    resource_group_name: Input[str]
    sku: str
    replicas: int
    partitions: int
    semantic_ranking: bool
    customer_key: CustomerKey | None
    identity: Identity
    reads: Mapping[str, SharedLink]
    ready: Sequence[Resource]
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
        key_ready = () if args.customer_key is None else args.customer_key.ready
        options = ResourceOptions.merge(stateful(self, args.placement), ResourceOptions(depends_on=list(key_ready)))
        made = _service(f"{name}-srch", args, options)
        endpoints(self, name, args.placement, args.access, "search", made.id, (private_dns.AI_SEARCH,))
        self._links(name, args, made)
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.Search/searchServices", args.log_workspace_id, child)
        self.service_id = made.id
        self.endpoint = Output.concat("https://", naming.search_service(args.placement), ".search.windows.net")
        self.register_outputs({"service_id": self.service_id, "endpoint": self.endpoint})

    def _links(self, name: str, args: SearchServiceArgs, made: search.Service) -> None:
        """A service makes one link at a time and answers 409 to a second."""
        before = list(args.ready)
        for key, each in _links(args).items():
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


def _links(args: SearchServiceArgs) -> dict[str, SharedLink]:
    """What indexers read, and the vault of the key: it has a private address only."""
    key = args.customer_key
    return {**args.reads, **({} if key is None else {"key-vault": SharedLink(target_id=key.vault_id, group="vault")})}


def _service(name: str, args: SearchServiceArgs, opts: ResourceOptions) -> search.Service:
    key = args.customer_key
    identities = [args.identity, *([] if key is None else [key.identity])]
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
        encryption_with_cmk=search.EncryptionWithCmkArgs(enforcement="Disabled" if key is None else "Enabled"),
        # An index names the identity that may use its key, and the service must have it.
        identity=search.IdentityArgs(
            type="UserAssigned", user_assigned_identities=[each.identity_id for each in identities]
        ),
        tags=args.placement.tags,
        opts=opts,
    )
