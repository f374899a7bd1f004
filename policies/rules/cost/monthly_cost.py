"""COST-002: what always runs is paid by the budget, and what could run has an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from facts.exchange_rate import CAD_PER_USD
from facts.vm_prices import vm_price, vm_prices
from policies.resource import STACK, Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import adding
from policies.rules.aks._pools import known_size
from policies.rules.cost._machines import HOLDERS, deployed, inline, machines, of_aks, of_ml
from policies.rules.cost._services import service_types, usd_per_hour
from policies.types import APP_SERVICE_PLAN, BUDGET, CAPACITY_RESERVATION, CLUSTER, FIREWALL, PRIVATE_ENDPOINT
from policies.values import UnjudgeableError
from policies.view import Doubt, Fault, Judged, View

_HOURS: Final = 730
"""Hours of a month, as Azure's calculator counts."""


@dataclass
class _Nodes:
    """Numbers of machines by size; `reserved` ones are paid whether they run or not."""

    fewest: Counter[str]
    most: Counter[str]
    reserved: Counter[str]


def check(_view: View, context: Context) -> Judged:
    """List prices, all month, spot as on demand, of machines and of services by the hour: the bill has more."""
    nodes = _Nodes(Counter(), Counter(), Counter())
    services = 0.0
    for resource in context.stack.of(*dict.fromkeys((*HOLDERS, CAPACITY_RESERVATION, *service_types()))):
        try:
            _count(resource, nodes)
            services += usd_per_hour(resource) if resource.type in service_types() else 0
        except UnjudgeableError as error:
            yield Doubt("", f"can't be priced: {error} ({resource.name})")
    regions = (*_regions(context.stack), *context.profile.parameters.allowed_regions)
    unknown = [size for size in nodes.most + nodes.reserved if _price(size, regions) is None]
    if unknown:
        known = sorted(size for size in unknown if known_size(size) is not None)
        named = ", ".join(known) or "a size that our facts don't have"
        yield Doubt("", f"can't be priced: no price of {named} is known (facts/vm_prices.csv)")
    always = _cad(nodes.fewest | nodes.reserved, regions, services)
    budget = max(_budgets(context.stack), default=None)
    if budget is not None and always > budget:
        yield Fault("", f"costs {always:,.0f} CAD a month when nobody works; its budget is {budget:,.0f}")
    peak, most = _cad(nodes.most | nodes.reserved, regions, services), context.profile.parameters.monthly_peak
    if peak > most:
        yield Fault("", f"can cost {peak:,.0f} CAD a month; this environment may cost {most:,} (monthly_peak)")


def _count(resource: Resource, nodes: _Nodes) -> None:
    if resource.type == CAPACITY_RESERVATION:
        view = resource.view()
        nodes.reserved[_named(view.text("sku.name", absent=""))] += int(view.number("sku.capacity", absent=1) or 0)
    for each in machines(resource) if resource.type in HOLDERS else ():
        if not each.size:
            continue  # an attached cluster, which is counted where it stands
        if each.fewest is None or each.most is None:
            raise UnjudgeableError("the number of nodes", "is absent")
        nodes.fewest[_named(each.size)] += int(each.fewest)
        nodes.most[_named(each.size)] += int(each.most)


def _named(size: str) -> str:
    """A size as our facts write it: Azure regards no case."""
    known = known_size(size)
    return size if known is None else known.name


def _regions(stack: Stack) -> Iterator[str]:
    for cluster in stack.of(CLUSTER):
        yield cluster.view().word("location", absent="").replace(" ", "")


def _price(size: str, regions: Iterable[str]) -> float | None:
    found = (vm_price(region, size) for region in regions)
    return next((one.usd_per_hour for one in found if one is not None), None)


def _cad(nodes: Counter[str], regions: tuple[str, ...], services: float) -> float:
    hourly = sum(number * (_price(size, regions) or 0) for size, number in nodes.items()) + services
    return hourly * _HOURS * CAD_PER_USD


def _budgets(stack: Stack) -> Iterator[float]:
    for budget in stack.of(BUDGET):
        amount = budget.view().number("amount", absent=None)
        if amount is not None:
            yield amount


_SIZE: Final = "Standard_D4ds_v5"
_MONTH: Final = vm_prices()["canadacentral", _SIZE].usd_per_hour * _HOURS * CAD_PER_USD
"""Canadian dollars of one machine."""


def _budget(machines_: float) -> Resource:
    return Resource(type=BUDGET, name="budget", properties={"amount": machines_ * _MONTH + 1})


def _reserved(number: int) -> Resource:
    properties = {"sku": {"name": _SIZE, "capacity": number}}
    return Resource(type=CAPACITY_RESERVATION, name="reserved", properties=properties)


def _service(type_: str, properties: dict[str, Any]) -> Resource:
    return Resource(type=type_, name="service", properties=properties)


def _stack(*others: Resource, peak: float = 1000, title: str = "") -> Example:
    return Example({}, others=others, parameters={"monthly_peak": int(peak * _MONTH) + 1}, title=title)


def _with(title: str, *more: Resource) -> StackBreak:
    def change(stack: Stack, _resource: Resource) -> Stack | None:
        return adding(stack, *more)

    return StackBreak(title, change)


_GROWING: Final = of_aks(_SIZE, enableAutoScaling=True, minCount=1, maxCount=4)
_H100: Final = "Standard_ND96isr_H100_v5"

RULE = Rule(
    id="COST-002",
    title="What always runs is paid by the budget, and what could run has an end",
    severity=Severity.HIGH,
    category=Category.COST,
    types=(STACK,),
    scope=Scope.STACK,
    controls=("itsg33/SA-2",),
    parameters=("monthly_peak", "allowed_regions"),
    why=(
        "Each pool looks small; together they cost more than the budget while nobody works, and with everything at "
        "its largest more than the ministry has in a year."
    ),
    fix="Lower minCount or maxCount, reserve less, or raise the budget or monthly_peak with whoever pays.",
    link="https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets",
    check=check,
    good=(
        _stack(_GROWING, of_ml(_SIZE, 4), of_ml(_SIZE, None), deployed(_SIZE, 1), _budget(2), peak=10),
        _stack(_GROWING, _reserved(2), _budget(2)),
        _stack(_GROWING, peak=4),
        _stack(of_aks(_SIZE.upper(), count=1), _budget(1), title="in another case"),
    ),
    bad=(
        _stack(_GROWING, deployed(_SIZE, 2), _budget(2)),
        _stack(of_aks(_SIZE, count=3), _budget(2)),
        _stack(inline(_SIZE, count=3), _budget(2)),
        _stack(of_ml(_SIZE, 4, fewest=3), _budget(2)),
        _stack(_GROWING, _reserved(3), _budget(2)),
        _stack(_GROWING, peak=3),
        _stack(_GROWING, _service(FIREWALL, {"sku": {"tier": "Standard"}}), _budget(2)),
        _stack(_GROWING, _service(APP_SERVICE_PLAN, {"sku": {"name": "P1V3", "capacity": 9}}), _budget(2)),
        _stack(_GROWING, *(_service(PRIVATE_ENDPOINT, {}) for _ in range(50)), peak=4),
        _stack(_GROWING, of_ml(_SIZE, 4), peak=7),
    ),
    breaks=(
        _with("a node that always runs", of_aks(_H100, count=50)),
        _with("a pool that grows", of_aks(_H100, enableAutoScaling=True, minCount=0, maxCount=50)),
        _with("a cluster of Azure ML", of_ml(_H100, 50)),
        _with("a reservation", replace(_reserved(0), properties={"sku": {"name": _H100, "capacity": 50}})),
        _with("services by the hour", *(_service(FIREWALL, {"sku": {"tier": "Premium"}}) for _ in range(300))),
    ),
)
