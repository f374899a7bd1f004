"""AKS-018: a cluster has none of the add-ons that open it to the internet."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_ROUTING: Final = "addonProfiles.httpApplicationRouting.enabled"
_DASHBOARD: Final = "addonProfiles.kubeDashboard.enabled"
_SOURCE: Final = "ManagedCluster, Microsoft.ContainerService 2025-09-01: add-ons are off unless on (not re-read)"


def check(cluster: View, _context: Context) -> Judged:
    """Both are off or not there."""
    yield from cluster.must_be(_ROUTING, False)
    yield from cluster.must_be(_DASHBOARD, False)


def _cluster(routing: Any = False, dashboard: Any = False) -> dict[str, Any]:
    return {"addonProfiles": {"httpApplicationRouting": {"enabled": routing}, "kubeDashboard": {"enabled": dashboard}}}


RULE = Rule(
    id="AKS-018",
    severity=Severity.HIGH,
    category=Category.KUBERNETES,
    controls=("itsg33/CM-7", "itsg33/SC-7", "mcsb/NS-1", "gdpr/32(1)(b)", "popa/10"),
    equivalents={
        "checkov": (
            "CKV_AZURE_8",
            "CKV_AZURE_246",
        ),
        "psrule": (
            "Azure.AKS.HttpAppRouting",
            "AZR-000035",
        ),
    },
    title="A cluster has no retired add-ons",
    types=(CLUSTER,),
    why=(
        "HTTP application routing puts an ingress with a public address and no encryption before the cluster; the "
        "dashboard acts with its own rights for whoever reaches it. Both get no fixes any more."
    ),
    fix="Take addonProfiles.httpApplicationRouting and kubeDashboard away, or set their enabled to false.",
    link="https://learn.microsoft.com/azure/aks/http-application-routing",
    properties=(
        Property(_ROUTING, default=False, absent=Verdict.PASS, source=_SOURCE),
        Property(_DASHBOARD, default=False, absent=Verdict.PASS, source=_SOURCE),
    ),
    check=check,
    good=(Example({}), Example(_cluster())),
    bad=(Example(_cluster(routing=True)), Example(_cluster(dashboard=True)), Example(_cluster(routing="True"))),
    breaks=(Break(_ROUTING, True), Break(_DASHBOARD, True)),
)
