"""NET-004: only what is meant to face the internet has a public address, and one that is closed by itself."""

from __future__ import annotations

from typing import Final

from policies.references import users_of
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
from policies.rules._faults import adding
from policies.types import APPLICATION_GATEWAY, BASTION, FIREWALL, NAT_GATEWAY, NETWORK_INTERFACE, PUBLIC_IP
from policies.view import Fault, Judged, View

# The hub's firewall and Bastion, a gateway that filters requests, and the NAT gateway of a stack without a firewall
# (NET-007 judges who may use it). Load balancers, VPN gateways and machines have no business there.
_FACING: Final = frozenset({FIREWALL, NAT_GATEWAY, BASTION, APPLICATION_GATEWAY})


def check(view: View, context: Context) -> Judged:
    """An address is of the Standard SKU and of something that may face the internet; no network interface has one."""
    if context.resource.type == PUBLIC_IP:
        yield from view.must_be("sku.name", "Standard", "as addresses of the other kind are open to everybody")
        yield from _not_facing(context)
        return
    for configuration in view.each("ipConfigurations"):
        yield from configuration.must_not_be_set("publicIPAddress", "as a machine is reached through the network only")


def _not_facing(context: Context) -> Judged:
    for user in users_of(context.stack, context.resource):
        if user.type.startswith("azure-native:network:") and user.type not in _FACING:
            yield Fault("", f"is an address of {user.name}, which may not face the internet")


_ADDRESS: Final = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip"}
_SUBNET: Final = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}


def _balancer(stack: Stack, address: Resource) -> Stack | None:
    if address.type != PUBLIC_IP or address.id is None:
        return None
    configurations = [{"publicIPAddress": {"id": address.id}}]
    own = Resource(type=_BALANCER, name="lb", properties={"frontendIPConfigurations": configurations})
    return adding(stack, own)


def _holder(type_: str, path: str = "ipConfigurations") -> Resource:
    return Resource(type=type_, name="holder", properties={path: [{"publicIPAddress": _ADDRESS}]})


_BALANCER: Final = "azure-native:network:LoadBalancer"
_STANDARD: Final = {"sku": {"name": "Standard"}}

RULE = Rule(
    id="NET-004",
    title="Only what is meant to face the internet has a public address",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(PUBLIC_IP, NETWORK_INTERFACE),
    scope=Scope.STACK,
    controls=(
        "itsg33/SC-7",
        "mcsb/NS-1",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.PublicIP.StandardSKU",),
        "azure_policy": ("83a86a26-fd1f-447c-b59d-e51f44264114",),
    },
    why="One mistake in a security group puts a machine with a public address on the internet, past the firewall.",
    fix="Take publicIPAddress off the interface, and give addresses of firewalls and NAT gateways the Standard SKU.",
    link="https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku",
    properties=(
        Property(
            "sku.name",
            "Basic",
            Verdict.FAIL,
            "PublicIPAddress, Microsoft.Network 2024-07-01 (not re-read)",
            of=(PUBLIC_IP,),
        ),
        Property(
            "ipConfigurations[*].publicIPAddress",
            ABSENT,
            Verdict.PASS,
            "NetworkInterface, Microsoft.Network 2024-07-01: no address unless one is named",
            of=(NETWORK_INTERFACE,),
        ),
    ),
    check=check,
    good=(
        Example(_STANDARD, options={"id": _ADDRESS["id"]}, others=(_holder(FIREWALL),)),
        Example(
            {"ipConfigurations": [{"name": "one", "subnet": _SUBNET, "publicIPAddress": {}}]},
            type=NETWORK_INTERFACE,
        ),
    ),
    bad=(
        Example({"sku": {"name": "Basic"}}),
        Example({}, title="no SKU"),
        Example(_STANDARD, options={"id": _ADDRESS["id"]}, others=(_holder(_BALANCER, "frontendIPConfigurations"),)),
        Example(_STANDARD, options={"id": _ADDRESS["id"]}, others=(_holder(FIREWALL), _holder(NETWORK_INTERFACE))),
        Example(
            {"ipConfigurations": [{"subnet": _SUBNET}, {"subnet": _SUBNET, "publicIPAddress": _ADDRESS}]},
            type=NETWORK_INTERFACE,
        ),
    ),
    breaks=(
        Break("sku", ABSENT, of=(PUBLIC_IP,)),
        Break("sku.name", "Basic", of=(PUBLIC_IP,)),
        Break("ipConfigurations[*].publicIPAddress", _ADDRESS, of=(NETWORK_INTERFACE,)),
        StackBreak("a load balancer has it", _balancer),
    ),
)
