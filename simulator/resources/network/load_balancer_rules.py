"""What Azure refuses about a load balancer: its frontends, its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_FRONTENDS: Final = "frontendIPConfigurations"
_SHORTEST: Final = 4
_TIMEOUTS: Final = {"loadBalancingRules": 100, "outboundRules": 120}
_PARTS: Final = ("backendAddressPools", "probes", "loadBalancingRules", "inboundNatRules", "outboundRules")


def _items(request: Request, member: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = request.at(member)
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield index, item


def _frontends(request: Request) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from _items(request, _FRONTENDS)


def _outbound(request: Request) -> Iterator[tuple[int, Mapping[str, Any], set[str]]]:
    """Each outbound rule with the keys of its frontends."""
    for index, item in _items(request, "outboundRules"):
        listed = item.get(_FRONTENDS)
        ids = [each.get("id") for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
        yield index, item, {key(each) for each in ids if isinstance(each, str)}


@rule(
    "net-lb-public-ip-sku", kind="cross-resource", code="PublicIPAndLBSkuDoNotMatch", reads=("sku.name",),
    source="public reports of PublicIPAndLBSkuDoNotMatch from AKS load balancers (checked 2026-11-25)",
)  # fmt: skip
def same_sku(request: Request) -> Iterator[Fault]:
    """A load balancer and its public addresses are of one SKU; Basic where nothing is said."""
    own = str(request.known("sku.name", "Basic"))
    for index, item in _frontends(request):
        reference = at(item, "publicIPAddress.id")
        record = request.world.get(reference) if isinstance(reference, str) else None
        theirs = at(record.body, "sku.name") if record is not None else None
        if isinstance(theirs, str) and theirs.lower() != own.lower():
            yield Fault(
                f"{own} sku load balancer {request.id} cannot reference {theirs} sku publicIP {reference}",
                f"{_FRONTENDS}.{index}.publicIPAddress.id",
                "use the SKU Standard for both",
            )


@rule(
    "net-lb-frontend-zone-of-public-ip", kind="static", quoted=False,
    code="LoadBalancerFrontendIPConfigCannotHaveZoneWhenReferencingPublicIPAddress",
    source="hashicorp/terraform-provider-azurerm#12208",
)  # fmt: skip
def no_zone_with_public_ip(request: Request) -> Iterator[Fault]:
    """A public frontend is in the zones of its address."""
    for index, item in _frontends(request):
        if isinstance(item.get("zones"), list) and item["zones"] and at(item, "publicIPAddress.id") is not None:
            yield Fault(
                f"frontend {item.get('name')} of load balancer {request.id} references a public IP address and can't "
                "have zones",
                f"{_FRONTENDS}.{index}.zones",
                "name the zones at the public IP address",
            )


@rule(
    "net-lb-frontend-zones", kind="static", code="ResourceCannotHaveMultipleZonesSpecified", quoted=True,
    source="hashicorp/terraform-provider-azurerm#12208",
)  # fmt: skip
def one_or_all_zones(request: Request) -> Iterator[Fault]:
    """A frontend is in one zone or in all three."""
    for index, item in _frontends(request):
        zones = item.get("zones")
        if isinstance(zones, list) and len(zones) == 2:
            yield Fault(
                f"Resource {request.id}/{_FRONTENDS}/{item.get('name')} has 2 zones specified. Only one zone can be "
                "specified for this resource.",
                f"{_FRONTENDS}.{index}.zones",
                "name one zone, or all three",
            )


@rule(
    "net-lb-same-backend-port", kind="static", code="RulesUseSameBackendPortProtocolAndPool",
    source="kubernetes-sigs/cloud-provider-azure: multi-port services on one backend pool (checked 2026-11-25)",
)  # fmt: skip
def own_backend_port(request: Request) -> Iterator[Fault]:
    """Two rules without floating IP don't use one port of one pool."""
    seen: dict[tuple[Any, ...], Any] = {}
    for index, item in _items(request, "loadBalancingRules"):
        if item.get("enableFloatingIP") not in (None, False):
            continue
        place = (item.get("backendPort"), item.get("protocol"), at(item, "backendAddressPool.id"))
        if any(part is None or part is UNKNOWN for part in place):
            continue
        if place in seen:
            yield Fault(
                f"load balancing rules {seen[place]} and {item.get('name')} with floating IP disabled use the same "
                f"backend port {place[0]} and protocol {place[1]} of one backend pool",
                f"loadBalancingRules.{index}.backendPort",
                "use another backend port, another pool, or enableFloatingIP",
            )
        seen[place] = item.get("name")


@rule(
    "net-lb-same-frontend-port", kind="static", code="RulesUseSameFrontendPortProtocolAndIPConfig",
    source="one rule waits for a frontend's port and protocol; code not confirmed",
)  # fmt: skip
def own_frontend_port(request: Request) -> Iterator[Fault]:
    """Two rules don't wait for the same port and protocol of one frontend."""
    seen: dict[tuple[Any, ...], Any] = {}
    for member in ("loadBalancingRules", "inboundNatRules"):
        for index, item in _items(request, member):
            frontend = at(item, "frontendIPConfiguration.id")
            place = (item.get("frontendPort"), item.get("protocol"), frontend)
            if not isinstance(frontend, str) or any(part is None or part is UNKNOWN for part in place):
                continue
            place = (*place[:2], key(frontend))
            if place in seen:
                yield Fault(
                    f"rules {seen[place]} and {item.get('name')} use the same frontend port {place[0]} and protocol "
                    f"{place[1]} of one frontend",
                    f"{member}.{index}.frontendPort",
                    "use another frontend port, or another frontend",
                )
            seen[place] = item.get("name")


@rule(
    "net-lb-probe-path", kind="static", reads=("probes",),
    source="the SDK's words on Probe.requestPath (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def probe_asks_for_a_path(request: Request) -> Iterator[Fault]:
    """A probe over HTTP asks for a path."""
    for index, item in _items(request, "probes"):
        if item.get("protocol") in ("Http", "Https") and item.get("requestPath") in (None, ""):
            yield Fault(
                f"probe {item.get('name')} has the protocol {item['protocol']} and no requestPath",
                f"probes.{index}.requestPath",
                "write the path, or use the protocol Tcp",
            )


@rule(
    "net-lb-idle-timeout", kind="static", reads=("loadBalancingRules", "outboundRules"),
    source="hashicorp/terraform-provider-azurerm:internal/services/loadbalancer (checked 2026-11-25; code not "
    "confirmed)",
)  # fmt: skip
def idle_timeout(request: Request) -> Iterator[Fault]:
    """Connections are idle for four minutes at least, and not for ever."""
    for member, most in _TIMEOUTS.items():
        for index, item in _items(request, member):
            value = item.get("idleTimeoutInMinutes")
            if isinstance(value, int | float) and not _SHORTEST <= value <= most:
                yield Fault(
                    f"rule {item.get('name')} has idleTimeoutInMinutes {value}",
                    f"{member}.{index}.idleTimeoutInMinutes",
                    f"use {_SHORTEST} to {most}",
                )


@rule(
    "net-lb-parts-need-frontend", kind="static", code="LoadBalancerWithoutFrontendIPCantHaveChildResources",
    source="azure-docs:load-balancer/load-balancer-common-deployment-errors.md (checked 2026-11-25)",
    reads=(_FRONTENDS,),
)  # fmt: skip
def frontend_first(request: Request) -> Iterator[Fault]:
    """A load balancer without a frontend has no other parts."""
    if request.at(_FRONTENDS) not in (None, []):
        return
    for member in _PARTS:
        if request.known(member, []) != []:
            yield Fault(
                f"load balancer {request.id} has {member} and no frontend IP configuration",
                member,
                f"give it {_FRONTENDS}",
            )


@rule(
    "net-lb-snat-of-outbound-frontend", kind="static", source="ansible-collections/azure#743",
    code="LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule",
)  # fmt: skip
def one_way_out(request: Request) -> Iterator[Fault]:
    """A frontend that an outbound rule uses translates no addresses for a load balancing rule."""
    taken = {frontend: item.get("name") for _, item, frontends in _outbound(request) for frontend in frontends}
    for index, item in _items(request, "loadBalancingRules"):
        frontend = at(item, "frontendIPConfiguration.id")
        if isinstance(frontend, str) and key(frontend) in taken and item.get("disableOutboundSnat") in (None, False):
            yield Fault(
                f"Load Balancing Rules {request.id}/loadBalancingRules/{item.get('name')} must have "
                f"disableOutboundSNAT set to true when same FrontendIPConfiguration {frontend} is referenced by "
                f"Outbound Rules {request.id}/outboundRules/{taken[key(frontend)]}",
                f"loadBalancingRules.{index}.disableOutboundSnat",
                "set disableOutboundSnat: true",
            )


@rule(
    "net-lb-one-outbound-rule", kind="static", source="Azure/AzLoadBalancerMigration#10",
    code="MoreThanOneOutboundRuleUsingSameFrontendIPConfigurationAndProtocolIsNotSupported",
)  # fmt: skip
def one_outbound_rule(request: Request) -> Iterator[Fault]:
    """A frontend has one outbound rule for a protocol."""
    seen: list[tuple[Any, Any, set[str]]] = []
    for index, item, frontends in _outbound(request):
        protocol = item.get("protocol")
        for name, other, others in seen:
            if (
                frontends & others
                and UNKNOWN not in (protocol, other)
                and (protocol == other or "All" in (protocol, other))
            ):
                yield Fault(
                    f"outbound rules {name} and {item.get('name')} use one frontend for the same protocol",
                    f"outboundRules.{index}.frontendIPConfigurations",
                    "join the two rules, or give each a frontend of its own",
                )
        seen.append((item.get("name"), protocol, frontends))


RULES: Final = (
    frontend_first,
    same_sku,
    no_zone_with_public_ip,
    one_or_all_zones,
    own_frontend_port,
    own_backend_port,
    probe_asks_for_a_path,
    idle_timeout,
    one_way_out,
    one_outbound_rule,
)
