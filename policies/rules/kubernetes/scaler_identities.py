"""K8S-045: what scales pods reads its numbers with an identity, not with a key."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CLUSTER_SCALER_AUTHENTICATION, SCALER_AUTHENTICATION
from policies.view import Judged, View

_WHO: Final = "spec.podIdentity.provider"
_KEPT: Final = ("spec.secretTargetRef", "spec.env", "spec.configMapTargetRef", "spec.hashiCorpVault")


def check(view: View, _context: Context) -> Judged:
    """Workload identity, and no key beside it."""
    yield from view.must_be(_WHO, "azure-workload")
    for path in _KEPT:
        yield from view.must_not_be_set(path, "because it is a key that somebody keeps")


def _spec(who: Any = "azure-workload", **changes: Any) -> dict[str, Any]:
    return {"metadata": {"name": "metrics"}, "spec": {"podIdentity": {"provider": who}, **changes}}


_KEY: Final = [{"parameter": "connection", "name": "a-secret", "key": "connection"}]
_API: Final = "KEDA, TriggerAuthentication v1alpha1"

RULE = Rule(
    id="K8S-045",
    title="What scales pods reads its numbers with an identity, not with a key",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(SCALER_AUTHENTICATION, CLUSTER_SCALER_AUTHENTICATION),
    controls=("itsg33/IA-5(7)", "itsg33/IA-9", "mcsb/IM-3", "gdpr/32(1)(b)", "popa/10"),
    why="A key to a queue or to metrics lies in the cluster without an end, for all who may read secrets there.",
    fix="Set podIdentity.provider to azure-workload, and take out secretTargetRef, env and the like.",
    link="https://keda.sh/docs/latest/authentication-providers/azure-ad-workload-identity/",
    properties=(
        Property(_WHO, ABSENT, Verdict.FAIL, f"{_API}: none"),
        *(Property(path, ABSENT, Verdict.PASS, f"{_API}: none") for path in _KEPT),
    ),
    check=check,
    good=(
        Example(_spec(secretTargetRef=[], env=[], configMapTargetRef=[], hashiCorpVault={})),
        Example(_spec(), type=CLUSTER_SCALER_AUTHENTICATION),
    ),
    bad=(
        Example(_spec("none")),
        Example({"metadata": {"name": "metrics"}, "spec": {}}),
        *(Example(_spec(**{path.rpartition(".")[2]: _KEY})) for path in _KEPT),
    ),
    breaks=(
        Break("spec.podIdentity", ABSENT),
        Break(_WHO, "none"),
        *(Break(path, _KEY) for path in _KEPT),
    ),
)
