"""AKS-017: pods take secrets from a vault, and get the new ones when they rotate."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER
from policies.view import Judged, View

_ADDON: Final = "addonProfiles.azureKeyvaultSecretsProvider"
_ROTATES: Final = f"{_ADDON}.config.enableSecretRotation"


def check(cluster: View, _context: Context) -> Judged:
    """The add-on is on and rotates; Azure's own form of that is the text "true"."""
    yield from cluster.must_be(f"{_ADDON}.enabled", True)
    yield from cluster.must_be(_ROTATES, True)


def _cluster(on: bool = True, rotates: Any = "true") -> dict[str, Any]:
    return {
        "addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": on, "config": {"enableSecretRotation": rotates}}}
    }


RULE = Rule(
    id="AKS-017",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    controls=(
        "itsg33/IA-5(1)",
        "itsg33/SC-12",
        "mcsb/IM-8",
        "cis-aks/4.5.2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_172",),
        "psrule": (
            "Azure.AKS.SecretStore",
            "Azure.AKS.Rotation",
            "AZR-000033",
            "AZR-000034",
        ),
    },
    title="Pods can take secrets from a vault, and get rotated ones",
    types=(CLUSTER,),
    why=(
        "Without the provider teams copy secrets into Kubernetes, where they stay in clear for whoever may read the "
        "namespace; without rotation pods keep a revoked secret until they restart."
    ),
    fix='Set addonProfiles.azureKeyvaultSecretsProvider: enabled true, config.enableSecretRotation "true".',
    link="https://learn.microsoft.com/azure/aks/csi-secrets-store-driver",
    properties=(
        Property(
            f"{_ADDON}.enabled",
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: add-ons are off unless on (not re-read)",
        ),
        Property(
            _ROTATES,
            default=False,
            absent=Verdict.FAIL,
            source="learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options: off (not re-read)",
        ),
    ),
    check=check,
    good=(Example(_cluster()), Example(_cluster(rotates=True), title="a boolean where Azure has a text")),
    bad=(Example(_cluster(on=False)), Example(_cluster(rotates="false")), Example(_cluster(rotates=None))),
    breaks=(
        Break(f"{_ADDON}.enabled", False),
        Break(_ROTATES, "false"),
        Break(_ROTATES, ABSENT),
        Break(_ADDON, ABSENT),
    ),
)
