"""NET-007: what may talk to the internet does so through a firewall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.addresses import is_everyone
from policies.references import behind, naming, users_of
from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import having_properties
from policies.types import (
    AGENT_POOL,
    APPLICATION_GATEWAY,
    BASTION,
    NAT_GATEWAY,
    ROUTE,
    ROUTE_TABLE,
    SECURITY_GROUP,
    SECURITY_RULE,
    SUBNET,
)
from policies.view import Fault, Judged, View

# Azure refuses to send the gateway's own traffic through an appliance: learn.microsoft.com/azure/application-gateway/
# configuration-infrastructure#supported-user-defined-routes. In a Bastion's subnet it takes no routes at all:
# learn.microsoft.com/azure/bastion/bastion-faq (not re-read). Both subnets let GatewayManager in.
_GATEWAY: Final = "gatewaymanager"
_GATEWAYS: Final = (APPLICATION_GATEWAY, BASTION)


def applies(subnet: View, context: Context) -> bool:
    """To subnets whose group lets them talk to everybody (one without rules does), but for a gateway's, a Bastion's."""
    return subnet.has("networkSecurityGroup") and any(
        _reaches_internet(context.stack, group) and not _is_gateway(context, group)
        for group in _groups(context.stack, context.resource)
    )


def check(subnet: View, context: Context) -> Judged:
    """Its route table sends the rest of the world to an appliance; where the profile allows it, a NAT gateway does."""
    stack, resource = context.stack, context.resource
    if context.profile.parameters.nat_egress and subnet.has("natGateway"):
        return
    if not subnet.has("routeTable"):
        yield Fault("routeTable", "must be set: its group lets it talk to everybody, and no firewall sees that")
        return
    tables = [one for one in behind(stack, resource, "routeTable") if one.type == ROUTE_TABLE]
    if tables and not any(_to_appliance(stack, table) for table in tables):
        yield Fault("routeTable", f"has no route of 0.0.0.0/0 to a firewall ({tables[0].name})")


def _groups(stack: Stack, subnet: Resource) -> Iterator[Resource]:
    return (one for one in behind(stack, subnet, "networkSecurityGroup") if one.type == SECURITY_GROUP)


def _rules(stack: Stack, group: Resource) -> Iterator[View]:
    yield from group.view().each("securityRules")
    for rule in naming(stack, group, SECURITY_RULE, "networkSecurityGroupName", "networkSecurityGroupName"):
        yield rule.view()


def _allows(rule: View, direction: str) -> bool:
    return rule.word("direction", absent="") == direction and rule.word("access", absent="") == "allow"


def _reaches_internet(stack: Stack, group: Resource) -> bool:
    # Azure's own last rule lets everything out: learn.microsoft.com/azure/virtual-network/
    # network-security-groups-overview#default-security-rules.
    rules = list(_rules(stack, group))
    if any(_allows(rule, "outbound") and _is_to_everyone(rule) for rule in rules):
        return True
    return not any(_denies_all(rule) for rule in rules)


def _denies_all(rule: View) -> bool:
    """Whether a rule refuses all that leaves, from anywhere and whatever the protocol and port."""
    if rule.word("direction", absent="") != "outbound" or rule.word("access", absent="") != "deny":
        return False
    narrow = ("sourceAddressPrefix", "protocol", "destinationPortRange", "sourcePortRange")
    return _is_to_everyone(rule) and all(rule.word(path, absent="*") in ("*", "any") for path in narrow)


def _is_to_everyone(rule: View) -> bool:
    one = rule.text("destinationAddressPrefix", absent="")
    return any(is_everyone(prefix) for prefix in (one, *rule.texts("destinationAddressPrefixes")))


def _is_gateway(context: Context, group: Resource) -> bool:
    """Whether a group is that of a gateway or a Bastion, and the stack puts nothing else into the subnet."""
    managed = any(
        _allows(rule, "inbound") and rule.word("sourceAddressPrefix", absent="") == _GATEWAY
        for rule in _rules(context.stack, group)
    )
    return managed and all(one.type in _GATEWAYS for one in users_of(context.stack, context.resource))


def _own_routes(stack: Stack, table: Resource) -> tuple[Resource, ...]:
    """Routes of a table that are resources of their own."""
    return naming(stack, table, ROUTE, "routeTableName", "routeTableName")


def _to_appliance(stack: Stack, table: Resource) -> bool:
    """Whether the rest of the world goes to an appliance, and not only a part of it."""
    own = (route.view() for route in _own_routes(stack, table))
    return any(
        route.word("addressPrefix", absent="") == "0.0.0.0/0"
        and route.word("nextHopType", absent="") == "virtualappliance"
        for route in (*table.view().each("routes"), *own)
    )


def _elsewhere(stack: Stack, subnet: Resource) -> Stack | None:
    for table in behind(stack, subnet, "routeTable"):
        for own in _own_routes(stack, table):
            stack = having_properties(stack, own, nextHopType="Internet")
        routes = [{**route, "nextHopType": "Internet"} for route in table.properties.get("routes", [])]
        return having_properties(stack, table, routes=routes)
    return None


_PREFIX: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/"
_TABLE: Final = f"{_PREFIX}routeTables/rt"
_NSG: Final = f"{_PREFIX}networkSecurityGroups/nsg"
_SUBNET: Final[dict[str, Any]] = {"networkSecurityGroup": {"id": _NSG}, "routeTable": {"id": _TABLE}}
_OUT: Final = {"direction": "Outbound", "access": "Allow", "destinationAddressPrefix": "Internet"}
_IN: Final = {"direction": "Inbound", "access": "Allow", "sourceAddressPrefix": "GatewayManager"}


_NAMED: Final = {"networkSecurityGroupName": "nsg"}


def _around(*rules: dict[str, Any], hop: str = "VirtualAppliance", prefix: str = "0.0.0.0/0") -> tuple[Resource, ...]:
    routes = [{"name": "out", "addressPrefix": prefix, "nextHopType": hop, "nextHopIpAddress": "10.0.0.4"}]
    return (
        Resource(type=SECURITY_GROUP, name="nsg", id=_NSG, properties={**_NAMED, "securityRules": list(rules)}),
        Resource(type=ROUTE_TABLE, name="rt", id=_TABLE, properties={"routeTableName": "rt", "routes": routes}),
        Resource(type=NAT_GATEWAY, name="ng", id=f"{_PREFIX}natGateways/ng"),
    )


_SHUT: Final = {**_OUT, "access": "Deny", "destinationAddressPrefix": "*"}
_ROUTE: Final = {"routeTableName": "rt", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance"}
_ID: Final = f"{_PREFIX}virtualNetworks/vnet/subnets/snet"
_ALL: Final = ["10.0.0.0/8", "0.0.0.0/0"]
_NO_TABLE: Final = {"networkSecurityGroup": {"id": _NSG}}
_NAT: Final = {**_NO_TABLE, "natGateway": {"id": f"{_PREFIX}natGateways/ng"}}

RULE = Rule(
    id="NET-007",
    title="What may talk to the internet does so through a firewall",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(SUBNET,),
    scope=Scope.STACK,
    controls=(
        "itsg33/SC-7(5)",
        "itsg33/SC-7(8)",
        "mcsb/NS-3",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("fc5e4038-4584-4632-8c85-c0448d374b2c",), "trivy": ("AZU-0051",)},
    why="A security group knows addresses, not names: who may reach 443 everywhere may carry data to any server.",
    fix="Associate a route table that sends 0.0.0.0/0 to the firewall (VirtualAppliance), which allows names "
    "(settings: network.egress).",
    link="https://learn.microsoft.com/azure/aks/limit-egress-traffic",
    properties=(
        Property("routeTable", ABSENT, Verdict.FAIL, "Subnet, Microsoft.Network 2024-07-01: Azure's own routes"),
    ),
    parameters=("nat_egress",),
    applies=applies,
    check=check,
    good=(
        Example(_SUBNET, others=_around(_OUT)),
        Example(_NO_TABLE, others=_around(_SHUT), title="its group lets nothing out"),
        Example(
            _SUBNET,
            others=(*_around(_OUT, prefix="10.0.0.0/8"), Resource(type=ROUTE, name="out", properties=_ROUTE)),
            title="the route is a resource of its own",
        ),
        Example(
            _NO_TABLE,
            others=_around(_OUT, _IN),
            title="a gateway",
        ),
        Example(
            _NO_TABLE,
            options={"id": _ID},
            others=(*_around(_OUT, _IN), Resource(type=BASTION, name="bas", properties={"subnet": {"id": _ID}})),
            title="a Bastion",
        ),
        Example(_NAT, others=_around(_OUT), environment="dev"),
    ),
    bad=(
        Example(_NO_TABLE, others=_around(_OUT)),
        Example(_NAT, others=_around(_OUT), title="past the firewall"),
        Example(_SUBNET, others=_around(_OUT, hop="Internet")),
        Example(_SUBNET, others=_around(_OUT, prefix="10.0.0.0/8")),
        Example(_SUBNET, others=_around(_OUT, prefix="8.0.0.0/8"), title="a part of the world only"),
        Example(_NAT, others=_around(), title="Azure's own rule lets everything out"),
        Example(_NAT, others=_around({**_SHUT, "destinationPortRange": "25"}), title="one port is shut"),
        Example(
            _NAT,
            options={"id": _ID},
            others=(*_around(_OUT, _IN), Resource(type=AGENT_POOL, name="pool", properties={"vnetSubnetID": _ID})),
            title="nodes in a subnet whose group is a gateway's",
        ),
        Example(_NO_TABLE, others=_around({**_OUT, "destinationAddressPrefix": "*"})),
        Example(
            _NO_TABLE, others=_around({**_OUT, "destinationAddressPrefix": "", "destinationAddressPrefixes": _ALL})
        ),
        Example(
            _NO_TABLE,
            others=(*_around(), Resource(type=SECURITY_RULE, name="out", properties={**_NAMED, **_OUT})),
            title="the rule is a resource of its own",
        ),
    ),
    breaks=(
        Break("routeTable", ABSENT),
        StackBreak("its routes lead to the internet", _elsewhere),
    ),
)
