"""NET-013: no route leads round the firewall."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_rented
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ROUTE, ROUTE_TABLE
from policies.values import joined
from policies.view import Fault, Judged, View, guarded


def check(table: View, context: Context) -> Judged:
    """No route ends at the internet; one to an appliance names it; no gateway adds routes of its own."""
    if context.resource.type == ROUTE:
        yield from _route(table)
        return
    for route in table.each("routes"):
        yield from guarded(_route(route))
    yield from table.must_be("disableBgpRoutePropagation", True, "or a route learnt from outside wins over ours")


def _route(route: View) -> Judged:
    hop = route.word("nextHopType")
    # Service tags as prefixes are what Azure itself needs at the internet: its control plane, no customer's data.
    prefix = route.text("addressPrefix")
    if hop == "internet" and (not prefix or prefix[0].isdigit() or ":" in prefix or is_rented(prefix)):
        yield Fault(joined(route.path, "nextHopType"), "is the internet, past the firewall")
    if hop == "virtualappliance":
        yield from route.must_be_set("nextHopIpAddress", "or the traffic is dropped")


def _table(**changes: Any) -> dict[str, Any]:
    usual = {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.4"}
    return {"disableBgpRoutePropagation": True, "routes": [{"name": "out", **usual, **changes}]}


def _own(**changes: Any) -> Example:
    """A route that is a resource of its own."""
    return Example(_table(**changes)["routes"][0], type=ROUTE)


_SOURCE: Final = "RouteTable, Microsoft.Network 2024-07-01"


def _properties(prefix: str, type_: str) -> tuple[Property, ...]:
    of = (type_,)
    return (
        Property(f"{prefix}nextHopType", ABSENT, Verdict.PASS, f"{_SOURCE}: required", of=of),
        Property(f"{prefix}addressPrefix", ABSENT, Verdict.FAIL, f"{_SOURCE}: required", of=of),
        Property(f"{prefix}nextHopIpAddress", ABSENT, Verdict.FAIL, f"{_SOURCE}: none", of=of, unknown=Verdict.PASS),
    )


RULE = Rule(
    id="NET-013",
    title="No route leads round the firewall",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(ROUTE_TABLE, ROUTE),
    controls=("itsg33/SC-7(5)", "itsg33/SC-7(8)", "mcsb/NS-3", "gdpr/32(1)(b)", "gc-guardrails/9", "popa/10"),
    why="The most specific route wins: one to the internet takes its traffic out of every log and every filter.",
    fix="Send the route to the firewall (VirtualAppliance with its address); set disableBgpRoutePropagation to true.",
    link="https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
    properties=(
        *_properties("routes[*].", ROUTE_TABLE),
        *_properties("", ROUTE),
        Property(
            "disableBgpRoutePropagation",
            False,
            Verdict.FAIL,
            f"{_SOURCE}: routes of gateways are taken over",
            of=(ROUTE_TABLE,),
        ),
    ),
    check=check,
    good=(
        Example(_table()),
        Example(_table(nextHopType="Internet", addressPrefix="AzureActiveDirectory"), title="a service tag"),
        _own(),
        _own(nextHopType="Internet", addressPrefix="AzureActiveDirectory"),
    ),
    bad=(
        Example(_table(nextHopType="Internet", addressPrefix="20.0.0.0/8")),
        Example(_table(nextHopType="Internet", addressPrefix="AzureCloud"), title="whoever rents a machine of Azure"),
        Example(_table(nextHopIpAddress="")),
        _own(nextHopType="Internet"),
        _own(nextHopIpAddress=""),
        Example({**_table(), "disableBgpRoutePropagation": False}),
    ),
    breaks=(
        Break("routes[*].nextHopType", "Internet", where=lambda found: "0.0.0.0/0" in str(found)),
        Break("routes[*].addressPrefix", "0.0.0.0/0", where=lambda found: "'Internet'" in str(found)),
        Break("routes[*].nextHopIpAddress", ABSENT, where=lambda found: "VirtualAppliance" in str(found)),
        Break("nextHopType", "Internet", of=(ROUTE,), where=lambda found: "0.0.0.0/0" in str(found)),
        Break("addressPrefix", "AzureCloud", of=(ROUTE,), where=lambda found: "'Internet'" in str(found)),
        Break("nextHopIpAddress", ABSENT, of=(ROUTE,), where=lambda found: "VirtualAppliance" in str(found)),
        Break("disableBgpRoutePropagation", ABSENT, of=(ROUTE_TABLE,)),
        Break("disableBgpRoutePropagation", False, of=(ROUTE_TABLE,)),
    ),
)
