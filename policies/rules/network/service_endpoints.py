"""NET-012: subnets reach services through private endpoints, and one service at most runs in each."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import SUBNET
from policies.view import Fault, Judged, View, guarded


def check(subnet: View, _context: Context) -> Judged:
    """A service endpoint has a policy that names our accounts; a subnet is delegated to one service at most."""
    yield from guarded(_endpoints(subnet))
    yield from guarded(_delegations(subnet))


def _endpoints(subnet: View) -> Judged:
    if any(True for _ in subnet.each("serviceEndpointPolicies")):
        return
    for endpoint in subnet.each("serviceEndpoints"):
        yield Fault(endpoint.path, "leads to every account of the service, also of others; use a private endpoint")


def _delegations(subnet: View) -> Judged:
    delegations = list(subnet.each("delegations"))
    if len(delegations) > 1:
        yield Fault("delegations", "gives the subnet to more than one service, which Azure refuses")
    for delegation in delegations:
        yield from delegation.must_be_set("serviceName", "or nothing may be made in the subnet")


def _subnet(**changes: Any) -> dict[str, Any]:
    return {"delegations": [{"name": "d", "serviceName": "Microsoft.Web/serverFarms"}], **changes}


_STORAGE: Final = [{"service": "Microsoft.Storage"}]
_POLICY: Final = [{"id": "/subscriptions/s/…/serviceEndpointPolicies/ours"}]
_TWO: Final = [{"name": "a", "serviceName": "A/a"}, {"name": "b", "serviceName": "B/b"}]
_SOURCE: Final = "Subnet, Microsoft.Network 2024-07-01"

RULE = Rule(
    id="NET-012",
    title="Subnets reach services through private endpoints",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(SUBNET,),
    controls=("itsg33/SC-7", "itsg33/AC-4", "mcsb/NS-2", "gdpr/32(1)(b)", "gc-guardrails/9", "popa/10"),
    why="A service endpoint opens a straight way past the firewall to the accounts of every customer of Azure.",
    fix="Take serviceEndpoints away and add a private endpoint, or add a policy that names the accounts.",
    link="https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoint-policies-overview",
    properties=(
        Property("serviceEndpoints", ABSENT, Verdict.PASS, f"{_SOURCE}: none"),
        Property("serviceEndpointPolicies", ABSENT, Verdict.FAIL, f"{_SOURCE}: none, so every account"),
        Property("delegations", ABSENT, Verdict.PASS, f"{_SOURCE}: none"),
        Property("delegations[*].serviceName", ABSENT, Verdict.FAIL, f"{_SOURCE}: required", unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example(_subnet()),
        Example(_subnet(serviceEndpoints=_STORAGE, serviceEndpointPolicies=_POLICY)),
        Example({"serviceEndpoints": []}),
    ),
    bad=(
        Example(_subnet(serviceEndpoints=_STORAGE)),
        Example(_subnet(delegations=_TWO)),
        Example(_subnet(delegations=[{"name": "a"}])),
    ),
    breaks=(
        Break("serviceEndpoints", _STORAGE, where=lambda found: not found.get("serviceEndpointPolicies")),
        Break("serviceEndpointPolicies", ABSENT, where=lambda found: bool(found.get("serviceEndpoints"))),
        Break("delegations", _TWO),
        Break("delegations[*].serviceName", ABSENT),
    ),
)
