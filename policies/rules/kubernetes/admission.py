"""K8S-047: an admission policy refuses what breaks it, also when it can't be evaluated."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ADMISSION_BINDING, ADMISSION_POLICY
from policies.view import Fault, Judged, View, guarded

_FAILURE: Final = "spec.failurePolicy"
_ACTIONS: Final = "spec.validationActions"


def check(view: View, context: Context) -> Judged:
    """A policy fails closed; its binding denies."""
    if context.resource.type == ADMISSION_POLICY:
        yield from view.must_be(_FAILURE, "Fail")
    else:
        yield from guarded(_denies(view))


def _denies(binding: View) -> Judged:
    if "deny" not in {one.lower() for one in binding.texts(_ACTIONS)}:
        yield Fault(_ACTIONS, "must have Deny: Warn and Audit let everything through")


def _binding(*actions: str) -> Example:
    spec: dict[str, Any] = {"policyName": "no-latest", "validationActions": list(actions)}
    return Example({"metadata": {"name": "no-latest"}, "spec": spec}, type=ADMISSION_BINDING)


def _policy(failure: str = "Fail") -> Example:
    return Example({"metadata": {"name": "no-latest"}, "spec": {"failurePolicy": failure}}, type=ADMISSION_POLICY)


_API: Final = "Kubernetes API, admissionregistration.k8s.io/v1"

RULE = Rule(
    id="K8S-047",
    title="An admission policy refuses what breaks it, also when it can't be evaluated",
    severity=Severity.MEDIUM,
    category=Category.KUBERNETES,
    types=(ADMISSION_POLICY, ADMISSION_BINDING),
    controls=("itsg33/CM-6", "itsg33/CM-7", "mcsb/PV-2", "gdpr/32(1)(b)", "popa/10"),
    why="A policy that warns, or that is skipped when it fails, looks like a guard in every list and stops nobody.",
    fix="Set failurePolicy to Fail, and validationActions of the binding to Deny (and Audit).",
    link="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/",
    properties=(
        Property(_FAILURE, "Fail", Verdict.PASS, f"{_API}: Fail", of=(ADMISSION_POLICY,)),
        Property(_ACTIONS, ABSENT, Verdict.FAIL, f"{_API}: required", of=(ADMISSION_BINDING,)),
    ),
    check=check,
    good=(_policy(), _binding("Audit", "Deny")),
    bad=(_policy("Ignore"), _binding("Warn", "Audit"), _binding()),
    breaks=(
        Break(_FAILURE, "Ignore", of=(ADMISSION_POLICY,)),
        Break(_ACTIONS, ["Warn"], of=(ADMISSION_BINDING,)),
        Break(_ACTIONS, ABSENT, of=(ADMISSION_BINDING,)),
    ),
)
