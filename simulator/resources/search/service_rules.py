"""What Azure AI Search refuses: capacity and features that a tier lacks, authentication, names that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final

from simulator.ids import key, parents
from simulator.model import Request, normal_location
from simulator.resources.firewall_rules import is_private, known_items, range_of
from simulator.rule import Fault, rule
from simulator.subscription import subscription
from simulator.values import at

_TYPE: Final = "Microsoft.Search/searchServices"
_CAPACITY: Final = "MicrosoftDocs/azure-ai-docs:search-capacity-planning.md (2025-08-01; code not confirmed)"
_PARTITIONS: Final = frozenset({1, 2, 3, 4, 6, 12})
_MAX_UNITS: Final = 36
# The most replicas and partitions of the small tiers; the others take 12 of each, which the general limits check.
_SMALL: Final[Mapping[str, tuple[int, int]]] = {"free": (1, 1), "basic": (3, 3)}
_DENSE_PARTITIONS: Final = 3
# Tiers between which a service can move: up and, since late 2025, down.
_MOVABLE: Final = frozenset({"basic", "standard", "standard2", "standard3"})


def _tier(request: Request) -> str:
    name = request.known("sku.name")
    return name.lower() if isinstance(name, str) else ""


def _count(request: Request, path: str) -> int:
    value = request.known(path, 1)
    return value if isinstance(value, int) else 1


@rule("search-partition-count", kind="static", source=_CAPACITY)
def partitions_divide_twelve(request: Request) -> Iterator[Fault]:
    """An index is spread over 1, 2, 3, 4, 6 or 12 partitions."""
    count = _count(request, "partitionCount")
    if count not in _PARTITIONS and count in range(1, 13):
        yield Fault(f"{count} partitions are not possible", "partitionCount", "use 1, 2, 3, 4, 6 or 12")


@rule("search-units", kind="static", source=_CAPACITY, reads=("replicaCount", "partitionCount"))
def units_are_few(request: Request) -> Iterator[Fault]:
    """A service has 36 search units: replicas times partitions."""
    units = _count(request, "replicaCount") * _count(request, "partitionCount")
    if units > _MAX_UNITS:
        yield Fault(
            f"{units} search units (replicas times partitions), and a service has at most {_MAX_UNITS}",
            "replicaCount",
            f"use at most {_MAX_UNITS // _count(request, 'partitionCount')} replicas, or fewer partitions",
        )


@rule("search-small-tier", kind="static", source=_CAPACITY + "; hashicorp/terraform-provider-azurerm#28104")
def small_tiers_are_small(request: Request) -> Iterator[Fault]:
    """The free tier has one replica and one partition, basic three of each."""
    most = _SMALL.get(_tier(request))
    for path, limit in zip(("replicaCount", "partitionCount"), most or (), strict=False):
        if _count(request, path) > limit:
            yield Fault(
                f"tier {_tier(request)} has at most {limit} for {path}, not {_count(request, path)}",
                path,
                f"use at most {limit}, or a higher tier",
            )


@rule(
    "search-high-density", kind="static", reads=("sku.name", "partitionCount"),
    source="azure-rest-api-specs:search.json, hostingMode (2025-05-01; code not confirmed)",
)  # fmt: skip
def density_is_for_the_largest(request: Request) -> Iterator[Fault]:
    """High density is a mode of standard3 alone, with at most three partitions."""
    if str(request.known("hostingMode")).lower() != "highdensity" or not _tier(request):
        return
    if _tier(request) != "standard3":
        yield Fault(
            f"tier {_tier(request)} has no hosting mode HighDensity", "hostingMode", "use standard3, or mode Default"
        )
    elif _count(request, "partitionCount") > _DENSE_PARTITIONS:
        yield Fault("HighDensity takes at most 3 partitions", "hostingMode", "use 1, 2 or 3 partitions")


@rule(
    "search-auth-options", kind="static", reads=("disableLocalAuth", "authOptions"),
    source="Azure/azure-dev#3677; Azure/terraform-azurerm-avm-ptn-aiml-ai-foundry#33 (code not confirmed)",
)  # fmt: skip
def keys_are_off_or_chosen(request: Request) -> Iterator[Fault]:
    """Where keys are off, nothing is to be said of how they are used; not even an empty map."""
    if request.known("disableLocalAuth") is True and request.at("authOptions") is not None:
        yield Fault(
            "`authOptions` says how keys are used, and `disableLocalAuth` turns them off",
            "authOptions",
            "leave authOptions out, or set disableLocalAuth to false",
        )


@rule("search-ip-rule", kind="static", source="Azure-Samples/azure-search-openai-demo#864", quoted=True)
def address_rules_are_public(request: Request) -> Iterator[Fault]:
    """Rules hold public addresses."""
    for target, item in known_items(request, "networkRuleSet.ipRules"):
        text = at(item, "value")
        network = range_of(text) if isinstance(text, str) else None
        if network is not None and is_private(network):
            yield Fault(
                "The following IP address is not allowed because it is in private space, IP addresses for special "
                f"uses, loopback addresses or link-local addresses: {text}.",
                f"{target}.value",
                "reach the service from private addresses by a private endpoint",
            )


@rule("search-tier-cannot-change", kind="lifecycle", source=_CAPACITY, reads=("sku.name",))
def tier_moves_within_standard(request: Request) -> Iterator[Fault]:
    """A service moves between basic and the standard tiers; free and storage-optimized ones stay what they are."""
    before = at(request.old.body, "sku.name") if request.old is not None else None
    if not isinstance(before, str) or not _tier(request) or before.lower() == _tier(request):
        return
    if not {before.lower(), _tier(request)} <= _MOVABLE:
        yield Fault(
            f"a service of tier {before} can't become {_tier(request)}",
            "sku.name",
            "make another service, move the indexes, and delete the old one",
        )


@rule(
    "search-one-free-service", kind="cross-resource", code="ServiceQuotaExceeded", quoted=True,
    source="Azure/GPT-RAG#33; MicrosoftDocs/azure-ai-docs:search-create-service-portal.md (2025-08-01)",
)  # fmt: skip
def one_free_service(request: Request) -> Iterator[Fault]:
    """A subscription has one free service."""
    others = [other for other in request.world.of_type(_TYPE) if other.key != key(request.id)]
    if _tier(request) == "free" and any(str(at(other.body, "sku.name")).lower() == "free" for other in others):
        yield Fault(_exceeds("free", 1, 1), "sku.name", "use basic, or the free service that is there")


def _exceeds(tier: str, used: int, limit: int) -> str:
    return (
        f"Operation would exceed '{tier}' tier service quota. You are using {used} out of {limit} '{tier}' tier "
        "service quota. If you need more quota, please submit a quota increase request with issue type 'Service and "
        "subscription limits (quota)' and quota type 'Search' following "
        "https://docs.microsoft.com/en-us/azure/azure-resource-manager/resource-manager-quota-errors."
    )


@rule(
    "search-tier-quota", kind="state", code="ServiceQuotaExceeded", quoted=True, source="Azure/GPT-RAG#33",
    reads=("sku.name", "location"),
)  # fmt: skip
def quota_suffices(request: Request) -> Iterator[Fault]:
    """A subscription has so many services of a tier in a region: `Microsoft.Search.<tier>` among its quotas."""
    tier = _tier(request)
    limit = subscription().quota(f"Microsoft.Search.{tier}", request.location)
    others = (other.body for other in request.world.of_type(_TYPE) if other.key != key(request.id))
    used = sum(
        str(at(body, "sku.name")).lower() == tier and normal_location(str(body.get("location"))) == request.location
        for body in others
    )
    if request.old is None and limit is not None and used >= limit:
        yield Fault(_exceeds(tier, used, limit), "sku.name", "use another tier or region, or ask for more quota")


@rule(
    "search-free-identity", kind="static", quoted=True, reads=("sku.name",),
    source="MicrosoftDocs/azure-docs#116702; Azure/azure-dev#3215",
)  # fmt: skip
def identity_needs_basic(request: Request) -> Iterator[Fault]:
    """A free service has no identity."""
    kind = request.known("identity.type", "None")
    if _tier(request) == "free" and kind != "None":
        yield Fault(
            "Resource identity is not supported for the selected SKU.",
            "identity.type",
            "leave the identity out, or use basic",
        )


@rule(
    "search-name-taken", kind="state", code="ServiceNameUnavailable", status=HTTPStatus.CONFLICT, quoted=True,
    source="Azure-Samples/azure-search-openai-demo#586",
)  # fmt: skip
def name_is_free(request: Request) -> Iterator[Fault]:
    """The name is unique in the world."""
    if request.old is None and subscription().is_name_taken(_TYPE, request.name):
        yield Fault(
            f"Cannot provision service '{request.name}' because a service with this name is already in use, or another "
            "request to provision a service with this name is still in progress",
            "searchServiceName",
            "use another name",
        )


@rule(
    "search-shared-link-tier", kind="cross-resource",
    source="MicrosoftDocs/azure-ai-docs:search-limits-quotas-capacity.md (2025-11-20; code not confirmed)",
)  # fmt: skip
def tier_has_shared_links(request: Request) -> Iterator[Fault]:
    """Free and high-density services have no indexers that go through private endpoints."""
    service = request.world.get(next(parents(request.id), ""))
    body = service.body if service is not None else {}
    is_dense = str(body.get("hostingMode")).lower() == "highdensity"
    if service is not None and (str(at(body, "sku.name")).lower() == "free" or is_dense):
        yield Fault(
            f"search service {service.id} has no shared private links",
            "sharedPrivateLinkResourceName",
            "use basic or higher, with hosting mode Default",
        )


@rule(
    "search-free-semantic", kind="static", reads=("sku.name",),
    source="Azure-Samples/azure-search-openai-demo#107; hashicorp/terraform-provider-azurerm:internal/services/search/"
    "search_service_resource.go (2026-06-10; code not confirmed)",
)  # fmt: skip
def ranking_needs_basic(request: Request) -> Iterator[Fault]:
    """A free service ranks nothing by meaning, not even by the free plan of the ranker."""
    plan = str(request.known("semanticSearch", "disabled"))
    if _tier(request) == "free" and plan.lower() != "disabled":
        yield Fault(
            f"tier free has no semantic ranker, and semanticSearch is {plan}",
            "semanticSearch",
            "leave it out, or use basic",
        )


SERVICE_RULES: Final = (
    partitions_divide_twelve, units_are_few, small_tiers_are_small, density_is_for_the_largest, keys_are_off_or_chosen,
    address_rules_are_public, tier_moves_within_standard, one_free_service, quota_suffices, identity_needs_basic,
    ranking_needs_basic, name_is_free,
)  # fmt: skip
SHARED_LINK_RULES: Final = (tier_has_shared_links,)
