"""NET-012: subnets reach services through private endpoints, and one service at most runs in each."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SUBNET, VIRTUAL_NETWORK
from policies.values import joined
from policies.view import Fault, Judged, View, guarded, judged_each

# Policies know accounts of storage only: learn.microsoft.com/azure/virtual-network/
# virtual-network-service-endpoint-policies-overview (not re-read).
_WITH_POLICIES: Final = frozenset({"microsoft.storage", "microsoft.storage.global"})


def check(view: View, context: Context) -> Judged:
    """Of a subnet, and of every subnet that a virtual network declares inline."""
    for subnet in [view] if context.resource.type == SUBNET else view.each("subnets"):
        yield from guarded(_endpoints(subnet))
        yield from guarded(_delegations(subnet))


def _endpoints(subnet: View) -> Judged:
    """A service endpoint has a policy that names our accounts."""
    endpoints = list(subnet.each("serviceEndpoints"))
    has_policy = bool(endpoints) and any(True for _ in subnet.each("serviceEndpointPolicies"))
    yield from judged_each(endpoints, partial(_endpoint, has_policy))


def _endpoint(has_policy: bool, endpoint: View) -> Judged:
    if not (has_policy and endpoint.word("service", absent="") in _WITH_POLICIES):
        yield Fault(endpoint.path, "leads to every account of the service, also of others; use a private endpoint")


def _delegations(subnet: View) -> Judged:
    """A subnet is delegated to one service at most."""
    delegations = list(subnet.each("delegations"))
    if len(delegations) > 1:
        yield Fault(
            joined(subnet.path, "delegations"), "gives the subnet to more than one service, which Azure refuses"
        )
    for delegation in delegations:
        yield from delegation.must_be_set("serviceName", "or nothing may be made in the subnet")


def _subnet(**changes: Any) -> dict[str, Any]:
    return {"delegations": [{"name": "d", "serviceName": "Microsoft.Web/serverFarms"}], **changes}


_STORAGE: Final = [{"service": "Microsoft.Storage"}]
_POLICY: Final = [{"id": "/subscriptions/s/…/serviceEndpointPolicies/ours"}]
_ONE: Final = (SUBNET,)
_TWO: Final = [{"name": "a", "serviceName": "A/a"}, {"name": "b", "serviceName": "B/b"}]
_SOURCE: Final = "Subnet, Microsoft.Network 2024-07-01"


def _properties(prefix: str, type_: str) -> tuple[Property, ...]:
    return (
        Property(f"{prefix}serviceEndpoints", ABSENT, Verdict.PASS, f"{_SOURCE}: none", of=(type_,)),
        Property(
            f"{prefix}serviceEndpointPolicies", ABSENT, Verdict.FAIL, f"{_SOURCE}: none, so every account", of=(type_,)
        ),
        Property(f"{prefix}delegations", ABSENT, Verdict.PASS, f"{_SOURCE}: none", of=(type_,)),
        Property(
            f"{prefix}delegations[*].serviceName",
            ABSENT,
            Verdict.FAIL,
            f"{_SOURCE}: required",
            of=(type_,),
            unknown=Verdict.PASS,
        ),
    )


def _inline(**changes: Any) -> Example:
    subnets = [{"name": name, **_subnet(**changes)} for name in ("a", "b")]
    return Example({"subnets": subnets}, type=VIRTUAL_NETWORK)


RULE = Rule(
    id="NET-012",
    title="Subnets reach services through private endpoints",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(SUBNET, VIRTUAL_NETWORK),
    controls=("itsg33/SC-7", "itsg33/AC-4", "mcsb/NS-2", "gdpr/32(1)(b)", "gc-guardrails/9", "popa/10"),
    why="A service endpoint opens a straight way past the firewall to the accounts of every customer of Azure.",
    fix="Take serviceEndpoints away and add a private endpoint, or add a policy that names the accounts.",
    link="https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoint-policies-overview",
    properties=(
        *_properties("", SUBNET),
        *_properties("subnets[*].", VIRTUAL_NETWORK),
    ),
    check=check,
    good=(
        Example(_subnet()),
        Example(_subnet(serviceEndpoints=_STORAGE, serviceEndpointPolicies=_POLICY)),
        Example({"serviceEndpoints": []}),
        _inline(serviceEndpoints=_STORAGE, serviceEndpointPolicies=_POLICY),
    ),
    bad=(
        Example(_subnet(serviceEndpoints=_STORAGE)),
        Example(
            _subnet(serviceEndpoints=[*_STORAGE, {"service": "Microsoft.KeyVault"}], serviceEndpointPolicies=_POLICY)
        ),
        Example(_subnet(delegations=_TWO)),
        _inline(serviceEndpoints=_STORAGE),
        _inline(delegations=_TWO),
        Example(_subnet(delegations=[{"name": "a"}])),
    ),
    breaks=(
        Break("serviceEndpoints", _STORAGE, of=_ONE, where=lambda found: not found.get("serviceEndpointPolicies")),
        Break("serviceEndpoints", [{"service": "Microsoft.KeyVault"}], of=_ONE),
        Break("serviceEndpointPolicies", ABSENT, of=_ONE, where=lambda found: bool(found.get("serviceEndpoints"))),
        Break("delegations", _TWO, of=_ONE),
        Break("delegations[*].serviceName", ABSENT, of=_ONE),
        Break("subnets[*].serviceEndpoints", [{"service": "Microsoft.KeyVault"}], of=(VIRTUAL_NETWORK,)),
        Break(
            "subnets[*].serviceEndpointPolicies",
            ABSENT,
            of=(VIRTUAL_NETWORK,),
            where=lambda found: any(one.get("serviceEndpoints") for one in found.get("subnets", ())),
        ),
        Break("subnets[*].delegations", _TWO, of=(VIRTUAL_NETWORK,)),
    ),
)
