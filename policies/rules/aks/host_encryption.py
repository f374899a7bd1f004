"""AKS-011: what nodes write is encrypted where it is written, with our key where the classification demands it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.aks._pools import alone, inline, pool_breaks, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.view import Judged, View

_SET: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/diskEncryptionSets/des"


def check(view: View, context: Context) -> Judged:
    """Every pool encrypts at its host; the cluster's disks have a key of ours where that is demanded."""
    for pool in pools(view, context):
        yield from pool.must_be("enableEncryptionAtHost", True)
    if context.resource.type == CLUSTER and context.profile.demands.customer_keys:
        yield from view.must_be_set("diskEncryptionSetID", f"demanded for {context.profile.classification}")


def _cluster(*on: Any, key: str | None = _SET, classification: str = "Protected B") -> Example:
    pools_ = [{"name": f"p{number}", "enableEncryptionAtHost": each} for number, each in enumerate(on)]
    properties = {"agentPoolProfiles": pools_, **({} if key is None else {"diskEncryptionSetID": key})}
    return Example(properties, type=CLUSTER, classification=classification)


RULE = Rule(
    id="AKS-011",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    controls=(
        "itsg33/SC-12",
        "itsg33/SC-28",
        "itsg33/SC-28(1)",
        "mcsb/DP-4",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_AZURE_227",
            "CKV_AZURE_117",
        ),
        "azure_policy": (
            "41425d9f-d1a5-499a-9932-f8ed8453932c",
            "7d7be79c-23ba-4033-84dd-45e2a5ccdd67",
        ),
        "trivy": ("AZU-0067",),
    },
    title="Nodes encrypt at their host, with a key of ours where that is demanded",
    types=(AGENT_POOL, CLUSTER),
    why=(
        "Temporary disks, caches and ephemeral OS disks of nodes hold models and records in clear unless the host "
        "encrypts them; without a key of ours nobody but Microsoft can take it away."
    ),
    fix="Set enableEncryptionAtHost on every pool, and diskEncryptionSetID on the cluster (at creation only) "
    "(settings: cluster.encryption.at_host, cluster.encryption.disk_customer_key).",
    link="https://learn.microsoft.com/azure/aks/enable-host-encryption",
    properties=(
        *pool_properties(
            "enableEncryptionAtHost",
            False,
            Verdict.FAIL,
            "AgentPool, Microsoft.ContainerService 2025-09-01: off unless it is true (not re-read)",
        ),
        Property(
            "diskEncryptionSetID",
            default=ABSENT,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: a key of Microsoft's (not re-read)",
            of=(CLUSTER,),
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        alone({"enableEncryptionAtHost": True}),
        _cluster(True, True),
        _cluster(True, key=None, classification="Protected A"),
    ),
    bad=(
        alone({"enableEncryptionAtHost": False}),
        _cluster(True, False),
        _cluster(True, key=None),
        inline({"name": "p"}, classification="Protected A"),
    ),
    breaks=(
        *pool_breaks("enableEncryptionAtHost", False),
        *pool_breaks("enableEncryptionAtHost", ABSENT),
        Break("diskEncryptionSetID", ABSENT, of=(CLUSTER,)),
    ),
)
