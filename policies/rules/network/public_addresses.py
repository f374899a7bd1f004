"""NET-004: no machine has a public address, and public addresses are closed until a group opens them."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import NETWORK_INTERFACE, PUBLIC_IP
from policies.view import Judged, View


def check(view: View, context: Context) -> Judged:
    """An address is of the Standard SKU, and no network interface has one."""
    if context.resource.type == PUBLIC_IP:
        yield from view.must_be("sku.name", "Standard", "as addresses of the other kind are open to everybody")
        return
    for configuration in view.each("ipConfigurations"):
        yield from configuration.must_not_be_set("publicIPAddress", "as a machine is reached through the network only")


_ADDRESS: Final = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip"}
_SUBNET: Final = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}

RULE = Rule(
    id="NET-004",
    title="No machine has a public address, and public addresses are closed until a group opens them",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(PUBLIC_IP, NETWORK_INTERFACE),
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
        Example({"sku": {"name": "Standard"}}),
        Example(
            {"ipConfigurations": [{"name": "one", "subnet": _SUBNET, "publicIPAddress": {}}]},
            type=NETWORK_INTERFACE,
        ),
    ),
    bad=(
        Example({"sku": {"name": "Basic"}}),
        Example({}, title="no SKU"),
        Example(
            {"ipConfigurations": [{"subnet": _SUBNET}, {"subnet": _SUBNET, "publicIPAddress": _ADDRESS}]},
            type=NETWORK_INTERFACE,
        ),
    ),
    breaks=(
        Break("sku", ABSENT, of=(PUBLIC_IP,)),
        Break("sku.name", "Basic", of=(PUBLIC_IP,)),
        Break("ipConfigurations[*].publicIPAddress", _ADDRESS, of=(NETWORK_INTERFACE,)),
    ),
)
