"""AKS-016: logs and metrics of a cluster are collected, without keys."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_LOGS: Final = "addonProfiles.omsagent.enabled"
_SIGN_IN: Final = "addonProfiles.omsagent.config.useAADAuth"
_METRICS: Final = "azureMonitorProfile.metrics.enabled"


def check(cluster: View, _context: Context) -> Judged:
    """The agent of logs is on and signs in with Entra ID; managed Prometheus is on."""
    yield from cluster.must_be(_LOGS, True)
    yield from cluster.must_be(_SIGN_IN, True, "else it sends with the key of the workspace")
    yield from cluster.must_be(_METRICS, True)


def _cluster(logs: bool = True, metrics: bool = True, sign_in: str = "true") -> dict[str, Any]:
    return {
        "addonProfiles": {"omsagent": {"enabled": logs, "config": {"useAADAuth": sign_in}}},
        "azureMonitorProfile": {"metrics": {"enabled": metrics}},
    }


RULE = Rule(
    id="AKS-016",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    controls=(
        "itsg33/AU-12",
        "itsg33/SI-4",
        "mcsb/LT-3",
        "hipaa/164.312(b)",
        "gdpr/32(1)(d)",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_4",),
        "psrule": (
            "Azure.AKS.ContainerInsights",
            "AZR-000041",
        ),
        "trivy": ("AZU-0040",),
    },
    title="A cluster's logs and metrics are collected without keys",
    types=(CLUSTER,),
    why=(
        "After a pod is gone so are its logs: nobody can say what it did. An agent with the workspace's key lets "
        "everybody who reads it write into the logs."
    ),
    fix="Set addonProfiles.omsagent.enabled and its config.useAADAuth to true, and "
    "azureMonitorProfile.metrics.enabled to true (settings: cluster.managed_prometheus, cluster.container_insights).",
    link="https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable",
    properties=(
        Property(
            _LOGS,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: add-ons are off unless on (not re-read)",
        ),
        Property(
            _SIGN_IN,
            default=False,
            absent=Verdict.FAIL,
            source="learn.microsoft.com/azure/azure-monitor/containers: key of the workspace (not re-read)",
        ),
        Property(
            _METRICS,
            default=False,
            absent=Verdict.FAIL,
            source="ManagedClusterAzureMonitorProfile, Microsoft.ContainerService 2025-09-01: off (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example(_cluster()),
        Example(
            {
                "addonProfiles": {"omsAgent": {"enabled": True, "config": {"useAADAuth": "True"}}},
                "azureMonitorProfile": {"metrics": {"enabled": True}},
            },
            title="in another case",
        ),
    ),
    bad=(
        Example(_cluster(logs=False)),
        Example(_cluster(sign_in="false")),
        Example(_cluster(metrics=False)),
    ),
    breaks=(
        Break(_LOGS, False),
        Break(_SIGN_IN, "false"),
        Break("addonProfiles.omsagent", ABSENT),
        Break(_METRICS, False),
        Break("azureMonitorProfile", ABSENT),
    ),
)
