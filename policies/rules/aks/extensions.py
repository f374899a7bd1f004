"""AKS-026: extensions of a cluster take fixes by themselves, and keep no secret in clear."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER_EXTENSION
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_SETTINGS: Final = "configurationSettings"
# A setting that is named as a secret alone (`sslSecret`) holds the name of an object of Kubernetes.
_SECRET: Final = re.compile(
    r"password|passwd|token|client[._-]?secret|secret[._-]?(key|value)|(access|account|api|shared|private)[._-]?key",
    re.IGNORECASE,
)
# What such names hold where they hold no secret.
_SWITCHES: Final = frozenset({"", "true", "false"})


def check(extension: View, _context: Context) -> Judged:
    """Minor versions come by themselves, from the stable train; what is named as a secret is protected."""
    yield from extension.must_be("autoUpgradeMinorVersion", True)
    yield from extension.must_be("releaseTrain", "Stable", "so that no preview comes by itself")
    for name in extension.keys(_SETTINGS):
        if _SECRET.search(name):
            yield from guarded(_setting(extension.below(_SETTINGS), name))


def _setting(settings: View, name: str) -> Judged:
    if settings.word(f"[{name}]", absent="") not in _SWITCHES:
        path = joined(settings.path, f"[{name}]")
        yield Fault(path, "must be in configurationProtectedSettings: its name is that of a secret")


def _extension(train: str = "Stable", *, upgrades: bool = True, **settings: Any) -> dict[str, Any]:
    return {"autoUpgradeMinorVersion": upgrades, "releaseTrain": train, _SETTINGS: settings}


_API: Final = "Extension, Microsoft.KubernetesConfiguration 2024-11-01"

RULE = Rule(
    id="AKS-026",
    title="Extensions of a cluster take fixes by themselves, and keep no secret in clear",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(CLUSTER_EXTENSION,),
    controls=("itsg33/SI-2", "itsg33/IA-5(7)", "mcsb/PV-6", "mcsb/IM-8", "gdpr/32(1)(b)", "popa/10"),
    why="An extension runs with rights over the whole cluster: an old one is a known way in, and who may look at "
    "the cluster reads its settings.",
    fix="Set autoUpgradeMinorVersion to true and releaseTrain to Stable; protect settings that are secrets.",
    link="https://learn.microsoft.com/azure/aks/cluster-extensions",
    properties=(
        Property("autoUpgradeMinorVersion", True, Verdict.PASS, f"{_API}: true (not re-read)"),
        Property("releaseTrain", "Stable", Verdict.PASS, f"{_API}: Stable (not re-read)"),
        Property(_SETTINGS, ABSENT, Verdict.PASS, f"{_API}: none"),
    ),
    check=check,
    good=(
        Example(_extension("stable", sslSecret="inference-tls", mode="quiet")),
        Example(_extension(enableTokenReview="false"), environment="dev"),
    ),
    bad=(
        Example(_extension(upgrades=False)),
        Example(_extension("Preview")),
        Example(_extension(mode="quiet", accountKey="example"), title="the second setting"),
    ),
    breaks=(
        Break("autoUpgradeMinorVersion", False),
        Break("releaseTrain", "Preview"),
        changing("a secret among the settings", (f"{_SETTINGS}.registryPassword", "example")),
    ),
)
