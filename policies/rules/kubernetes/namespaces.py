"""K8S-010: a namespace holds its pods to the restricted standard, denies traffic by default, and has a quota."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._faults import without
from policies.rules.kubernetes._namespaces import of_namespace, own, within
from policies.types import NAMESPACE, NETWORK_POLICY, RESOURCE_QUOTA
from policies.view import Fault, Judged, View, guarded

_ENFORCE: Final = "metadata.labels[pod-security.kubernetes.io/enforce]"
_DIRECTIONS: Final = ("Ingress", "Egress")
# One of each must be in a quota. Of extended resources a quota knows only requests.
_BOUNDED: Final = (
    ("requests.cpu", "cpu", "limits.cpu"),
    ("requests.memory", "memory", "limits.memory"),
    ("requests.nvidia.com/gpu",),
)


def check(view: View, context: Context) -> Judged:
    """The label; a policy without rules for each direction; a quota of processors, memory and GPUs."""
    name = view.text("metadata.name", absent="")
    parameters = context.profile.parameters
    if not name or name not in parameters.lenient_namespaces:
        yield from view.must_be(_ENFORCE, "restricted", "or lenient_namespaces must say why not")
    if name and name in parameters.platform_namespaces:
        return
    yield from guarded(_denied(name, context.stack))
    yield from guarded(_bounded(name, context.stack))


def _denied(name: str, stack: Stack) -> Judged:
    own = [one.view() for one in within(stack, name, NETWORK_POLICY)]
    for direction in _DIRECTIONS:
        if not any(_denies(policy, direction) for policy in own):
            yield Fault("metadata.name", f"has no NetworkPolicy for all pods without rules for {direction}")


def _denies(policy: View, direction: str) -> bool:
    """Whether a policy takes every pod, and lets nothing through. Without policyTypes it is one for ingress only."""
    selector = policy.below("spec.podSelector")  # empty parts of it take every pod
    if selector.keys("matchLabels") or any(True for _ in selector.each("matchExpressions")):
        return False
    directions = policy.texts("spec.policyTypes") or ["Ingress"]
    return direction in directions and not list(policy.each(f"spec.{direction.lower()}"))


def _bounded(name: str, stack: Stack) -> Judged:
    # A quota with scopes counts some of the pods only.
    quotas = [one.view() for one in within(stack, name, RESOURCE_QUOTA)]
    hard = {
        key
        for quota in quotas
        if not (quota.has("spec.scopes") or quota.has("spec.scopeSelector"))
        for key in quota.keys("spec.hard")
    }
    for names in _BOUNDED:
        if hard.isdisjoint(names):
            yield Fault("metadata.name", f"has no ResourceQuota with {names[0]}")


def _deny(*directions: str, **spec: Any) -> Resource:
    types = {"policyTypes": list(directions)} if directions else {}
    return own(NETWORK_POLICY, f"deny-{'-'.join(directions)}", {"podSelector": {}, **types, **spec})


def _quota(*names: str, **spec: Any) -> Resource:
    return own(RESOURCE_QUOTA, "share", {"hard": dict.fromkeys(names, "10"), **spec})


def _restricted(properties: Any) -> bool:
    """A namespace that may be less is no place for this fault."""
    return View(properties).text(_ENFORCE, absent="") == "restricted"


_ALL: Final = ("requests.cpu", "limits.memory", "requests.nvidia.com/gpu")
_DENIED: Final = _deny("Ingress", "Egress")
_SHARE: Final = _quota(*_ALL)


def _namespace(level: str, *others: Resource, name: str = "team", **options: Any) -> Example:
    labels = {"pod-security.kubernetes.io/enforce": level}
    return Example({"metadata": {"name": name, "labels": labels}}, others=others, **options)


RULE = Rule(
    id="K8S-010",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    controls=(
        "itsg33/SC-6",
        "itsg33/SC-7",
        "mcsb/PV-2",
        "cis-aks/4.4.2",
        "cis-aks/4.6.1",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/8",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV2_K8S_6",),
        "azure_policy": ("9f061a12-e40d-4183-a00e-171812443373",),
        "trivy": ("KSV-0038", "KSV-0039", "KSV-0040"),
    },
    title="A namespace restricts its pods, denies traffic by default and has a quota",
    types=(NAMESPACE,),
    scope=Scope.STACK,
    parameters=("lenient_namespaces", "platform_namespaces"),
    why=(
        "Without the label anybody who may make a pod makes one that owns the node; without a policy every pod talks "
        "to every other; without a quota one team takes all GPUs."
    ),
    fix="Label the namespace pod-security.kubernetes.io/enforce: restricted, and give it a NetworkPolicy for all pods "
    "with both policyTypes and no rules, and a ResourceQuota with requests.cpu, requests.memory and "
    "requests.nvidia.com/gpu (settings: workloads.teams).",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    properties=(
        Property(
            _ENFORCE,
            ABSENT,
            Verdict.FAIL,
            "kubernetes.io, Pod Security Admission: a cluster enforces nothing without it (not re-read)",
        ),
    ),
    check=check,
    good=(
        _namespace("restricted", _DENIED, _SHARE),
        _namespace("restricted", _deny("Ingress", "Egress", podSelector={"matchLabels": {}}), _SHARE),
        _namespace("restricted", _deny("Ingress"), _deny("Egress"), _quota(*_ALL[:2]), _quota(_ALL[2])),
        _namespace("restricted", _deny(), _deny("Egress"), _SHARE, title="without policyTypes it denies ingress"),
        _namespace("privileged", _DENIED, _SHARE, parameters={"lenient_namespaces": ("team",)}),
        _namespace("restricted", parameters={"platform_namespaces": ("team",)}),
    ),
    bad=(
        _namespace("baseline", _DENIED, _SHARE),
        _namespace("privileged", parameters={"platform_namespaces": ("team",)}),
        _namespace("restricted", _deny("Ingress"), _SHARE),
        _namespace("restricted", _deny("Egress"), _SHARE),
        _namespace("restricted", _deny("Ingress"), _deny(), _SHARE, title="without policyTypes egress is open"),
        _namespace("restricted", _deny("Ingress"), _deny("Egress", egress=[{}]), _SHARE),
        _namespace(
            "restricted",
            _deny("Ingress"),
            _deny("Egress", podSelector={"matchLabels": {"app": "one"}}),
            _SHARE,
            title="some pods only",
        ),
        _namespace("restricted", _DENIED, _quota(*_ALL[1:])),
        _namespace("restricted", _DENIED, _quota(_ALL[0], _ALL[2])),
        _namespace("restricted", _DENIED, _quota(*_ALL[:2])),
        _namespace("restricted", _DENIED, _quota(*_ALL[:2]), _quota(_ALL[2], scopes=["BestEffort"])),
        _namespace(
            "restricted", _DENIED, _quota(*_ALL[:2]), own(RESOURCE_QUOTA, "other", {"hard": {_ALL[2]: "1"}}, "b")
        ),
    ),
    breaks=(
        Break(_ENFORCE, "baseline", where=_restricted),
        Break(_ENFORCE, ABSENT, where=_restricted),
        without("no network policies", of_namespace(NETWORK_POLICY)),
        without("no quota", of_namespace(RESOURCE_QUOTA)),
    ),
)
