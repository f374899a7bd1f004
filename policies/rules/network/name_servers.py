"""NET-022: a server for names keeps its address."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import INBOUND_ENDPOINT
from policies.view import Judged, View

_CONFIGURATIONS: Final = "ipConfigurations"


def check(endpoint: View, _context: Context) -> Judged:
    """Each address is static, and is said."""
    for one in endpoint.each(_CONFIGURATIONS):
        yield from one.must_be("privateIpAllocationMethod", "Static")
        yield from one.must_be_set("privateIpAddress")


def _endpoint(address: str = "10.42.4.36", method: str = "Static") -> dict[str, Any]:
    return {"ipConfigurations": [{"privateIpAddress": address, "privateIpAllocationMethod": method}]}


_API: Final = "InboundEndpoint, Microsoft.Network 2023-07-01-preview"

RULE = Rule(
    id="NET-022",
    title="A server for names keeps its address",
    severity=Severity.LOW,
    category=Category.RESILIENCE,
    types=(INBOUND_ENDPOINT,),
    controls=("itsg33/SC-22", "gdpr/32(1)(b)", "popa/10"),
    why="Servers outside Azure forward to this address; when it changes, no private name is known to them any more.",
    fix="Set privateIpAllocationMethod to Static and privateIpAddress to a free address of the subnet.",
    link="https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    properties=(
        Property(f"{_CONFIGURATIONS}[*].privateIpAllocationMethod", "Dynamic", Verdict.FAIL, f"{_API}: Dynamic"),
        Property(f"{_CONFIGURATIONS}[*].privateIpAddress", ABSENT, Verdict.FAIL, f"{_API}: any", unknown=Verdict.PASS),
    ),
    check=check,
    good=(Example(_endpoint()), Example(_endpoint(method="static"), environment="dev")),
    bad=(Example(_endpoint(method="Dynamic")), Example(_endpoint(""))),
    breaks=(
        Break(f"{_CONFIGURATIONS}[*].privateIpAllocationMethod", "Dynamic"),
        Break(f"{_CONFIGURATIONS}[*].privateIpAllocationMethod", ABSENT),
        Break(f"{_CONFIGURATIONS}[*].privateIpAddress", ABSENT),
    ),
)
