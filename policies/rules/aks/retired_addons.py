"""AKS-018: a cluster has none of the add-ons that open it to the internet."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View, guarded

_ROUTING: Final = "addonProfiles.httpApplicationRouting.enabled"
_DASHBOARD: Final = "addonProfiles.kubeDashboard.enabled"
_WEB_ROUTING: Final = "ingressProfile.webAppRouting.enabled"
_NGINX: Final = "ingressProfile.webAppRouting.nginx.defaultIngressControllerType"
_GATEWAYS: Final = "serviceMeshProfile.istio.components.ingressGateways"
_SOURCE: Final = "ManagedCluster, Microsoft.ContainerService 2025-09-01: add-ons are off unless on (not re-read)"


def check(cluster: View, _context: Context) -> Judged:
    """Old ones are off; what takes traffic into the cluster has no public address."""
    yield from cluster.must_be(_ROUTING, False)
    yield from cluster.must_be(_DASHBOARD, False)
    if cluster.flag(_WEB_ROUTING):
        yield from cluster.must_be_one_of(_NGINX, ("Internal", "None"), "else its load balancer has a public address")
    for gateway in cluster.each(_GATEWAYS):
        yield from guarded(_gateway(gateway))


def _gateway(gateway: View) -> Judged:
    if gateway.flag("enabled"):
        yield from gateway.must_be("mode", "Internal", "else its load balancer has a public address")


def _cluster(routing: Any = False, dashboard: Any = False) -> dict[str, Any]:
    return {"addonProfiles": {"httpApplicationRouting": {"enabled": routing}, "kubeDashboard": {"enabled": dashboard}}}


def _routing(**changes: Any) -> dict[str, Any]:
    return {"ingressProfile": {"webAppRouting": {"enabled": True, **changes}}}


def _mesh(*gateways: dict[str, Any]) -> dict[str, Any]:
    return {"serviceMeshProfile": {"istio": {"components": {"ingressGateways": list(gateways)}}}}


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
    title="A cluster has no add-ons that are retired, or open it to the internet",
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
        Property(_WEB_ROUTING, default=False, absent=Verdict.PASS, source=_SOURCE),
        Property(
            _NGINX,
            default="AnnotationControlled",
            absent=Verdict.FAIL,
            source="learn.microsoft.com/azure/aks/app-routing-nginx-configuration: a public one (not re-read)",
        ),
        Property(f"{_GATEWAYS}[*].enabled", default=False, absent=Verdict.PASS, source=_SOURCE),
        Property(
            f"{_GATEWAYS}[*].mode",
            default=ABSENT,
            absent=Verdict.FAIL,
            source="IstioIngressGateway, Microsoft.ContainerService 2025-09-01: required",
        ),
    ),
    check=check,
    good=(
        Example({}),
        Example(_cluster()),
        Example(_routing(nginx={"defaultIngressControllerType": "Internal"})),
        Example(_mesh({"enabled": True, "mode": "Internal"}, {"enabled": False, "mode": "External"})),
    ),
    bad=(
        Example(_cluster(routing=True)),
        Example(_cluster(dashboard=True)),
        Example(_cluster(routing="True")),
        Example(_routing()),
        Example(_routing(nginx={"defaultIngressControllerType": "External"})),
        Example(_mesh({"enabled": True, "mode": "Internal"}, {"enabled": True, "mode": "External"})),
    ),
    breaks=(
        Break(_ROUTING, True),
        Break(_DASHBOARD, True),
        Break("ingressProfile", _routing()["ingressProfile"]),
        Break(_NGINX, "External", where=lambda cluster: "webAppRouting" in str(cluster)),
        Break("serviceMeshProfile", _mesh({"enabled": True, "mode": "External"})["serviceMeshProfile"]),
        Break(f"{_GATEWAYS}[*]", {"enabled": True, "mode": "External"}),
    ),
)
