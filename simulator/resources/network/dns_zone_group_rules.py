"""What Azure refuses about the DNS zone group of a private endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, looks_like_id, name_of, parents, type_of
from simulator.model import Request
from simulator.rule import Fault, rule

_PATH: Final = "privateDnsZoneConfigs"
_TYPE: Final = "microsoft.network/privateendpoints/privatednszonegroups"
_ZONES: Final = "microsoft.network/privatednszones"
_MAX_ZONES: Final = 5


def _configs(request: Request) -> list[Mapping[str, Any]]:
    listed = request.known(_PATH)
    return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []


@rule(
    "net-zone-group-one", kind="cross-resource", code="MoreThanOnePrivateDnsZoneGroupPerPrivateEndpointNotAllowed",
    source="pulumi/pulumi-azure-native#2179; Azure/ResourceModules#1674", quoted=True,
)  # fmt: skip
def one_group_an_endpoint(request: Request) -> Iterator[Fault]:
    """An endpoint has one zone group: more zones go into it, and another name comes after the old one is gone."""
    endpoint = next(parents(request.id), "")
    for other in request.world.below(endpoint):
        if other.type.lower() == _TYPE and other.key != key(request.id):
            yield Fault(
                f"Cannot create more than one private dns zone groups in the private endpoint {name_of(endpoint)}",
                "privateDnsZoneGroupName",
                f"list the zones in `privateDnsZoneConfigs` of '{name_of(other.id)}', or delete that one first",
            )


@rule(
    "net-zone-group-config-name", kind="static", code="InvalidRequestFormat", quoted=True,
    source="hashicorp/terraform-provider-azurerm#28966 (detail: DuplicateResourceName)",
)  # fmt: skip
def configs_have_names_of_their_own(request: Request) -> Iterator[Fault]:
    """The configurations are sub-resources: no two have the same name."""
    names = [str(item.get("name")).lower() for item in _configs(request) if isinstance(item.get("name"), str)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        yield Fault(
            "Cannot parse the request.", _PATH, f"give the configurations different names: {', '.join(twice)} is twice"
        )


@rule(
    "net-zone-group-limit", kind="static",
    source="Azure/ResourceModules#1674; private-link/private-endpoint-dns#private-dns-zone-group (code not confirmed)",
)  # fmt: skip
def zones_are_few(request: Request) -> Iterator[Fault]:
    """A group holds five zones."""
    if len(_configs(request)) > _MAX_ZONES:
        yield Fault(
            f"the group has {len(_configs(request))} zones and may have {_MAX_ZONES}",
            _PATH,
            "leave zones out that the target has no names in",
        )


@rule(
    "net-zone-group-zone-id", kind="static",
    source="azure-rest-api-specs:network/privateEndpoint.json, privateDnsZoneId (code not confirmed)",
)  # fmt: skip
def zones_are_private_dns_zones(request: Request) -> Iterator[Fault]:
    """A configuration names a private DNS zone by its id, not a public one nor a link."""
    for item in _configs(request):
        zone = item.get("privateDnsZoneId")
        if looks_like_id(zone) and type_of(str(zone)).lower() != _ZONES:
            yield Fault(f"{zone} is no private DNS zone", _PATH, "pass the id of a Microsoft.Network/privateDnsZones")


ZONE_GROUP_RULES: Final = (
    configs_have_names_of_their_own, one_group_an_endpoint, zones_are_few, zones_are_private_dns_zones,
)  # fmt: skip
