"""AKS-012: etcd encrypts Kubernetes' secrets with a key of ours, read over the private network."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_KMS: Final = "securityProfile.azureKeyVaultKms"


def applies(_cluster: View, context: Context) -> bool:
    """Where the classification demands a key for etcd."""
    return context.profile.demands.etcd_key


def check(cluster: View, _context: Context) -> Judged:
    """KMS is on, and the vault is reached privately."""
    yield from cluster.must_be(f"{_KMS}.enabled", True)
    yield from cluster.must_be(f"{_KMS}.keyVaultNetworkAccess", "Private")


def _kms(**changed: Any) -> dict[str, Any]:
    kms = {"enabled": True, "keyVaultNetworkAccess": "Private", **changed}
    return {"securityProfile": {"azureKeyVaultKms": kms}}


RULE = Rule(
    id="AKS-012",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    controls=(
        "itsg33/SC-12",
        "itsg33/SC-28(1)",
        "mcsb/DP-5",
        "cis-aks/5.3.1",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("dbbdc317-9734-4dd8-9074-993b29c69008",)},
    title="A cluster encrypts its secrets with a key of ours",
    types=(CLUSTER,),
    applies=applies,
    why=(
        "etcd and its backups hold every Kubernetes secret; with Microsoft's key only we can't take them back by "
        "disabling it. A vault read over public addresses must be open to them."
    ),
    fix="Set securityProfile.azureKeyVaultKms: enabled, keyId, keyVaultResourceId, and keyVaultNetworkAccess Private "
    "(settings: cluster.encryption.etcd_customer_key).",
    link="https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption",
    properties=(
        Property(
            f"{_KMS}.enabled",
            default=False,
            absent=Verdict.FAIL,
            source="AzureKeyVaultKms, Microsoft.ContainerService 2025-09-01: off unless it is true (not re-read)",
        ),
        Property(
            f"{_KMS}.keyVaultNetworkAccess",
            default="Public",
            absent=Verdict.FAIL,
            source="AzureKeyVaultKms, Microsoft.ContainerService 2025-09-01: the default is Public",
        ),
    ),
    check=check,
    good=(
        Example(_kms()),
        Example({}, classification="Protected A", title="not demanded"),
    ),
    bad=(Example(_kms(enabled=False)), Example(_kms(keyVaultNetworkAccess="Public"))),
    breaks=(
        Break(f"{_KMS}.enabled", False),
        Break(f"{_KMS}.keyVaultNetworkAccess", "Public"),
        Break(f"{_KMS}.keyVaultNetworkAccess", ABSENT),
        Break(_KMS, ABSENT),
    ),
)
