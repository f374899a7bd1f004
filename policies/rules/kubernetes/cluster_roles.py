"""K8S-008: no role of Kubernetes gives everything, or the means to take it."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.view import Fault, Judged, View, guarded, judged_each

_CLUSTER_ROLE: Final = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"
_ROLE: Final = "kubernetes:rbac.authorization.k8s.io/v1:Role"
_CLUSTER_BINDING: Final = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding"
_BINDING: Final = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"
_ROLES: Final = (_CLUSTER_ROLE, _ROLE)
_BINDINGS: Final = (_CLUSTER_BINDING, _BINDING)

# With these somebody gives himself any right.
_TAKING: Final = frozenset({"bind", "escalate", "impersonate"})
_READING: Final = frozenset({"get", "list", "watch"})
_EVERYBODY: Final = frozenset(
    {"system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters", "system:serviceaccounts"}
)
# Whoever may do these runs commands in others' pods, or gets the token of any account.
_RUN: Final = frozenset(
    {"pods/exec", "pods/attach", "pods/ephemeralcontainers", "nodes/proxy", "serviceaccounts/token"}
)
# Kubernetes' own roles that read every secret of what they are bound to: kubernetes.io, RBAC, user-facing roles.
_READING_ALL: Final = frozenset({"admin", "edit", "system:aggregate-to-admin", "system:aggregate-to-edit"})


def check(view: View, context: Context) -> Judged:
    """Roles name what they allow; bindings give no administrator's role, and nothing to everybody."""
    if context.resource.type in _ROLES:
        for number in view.each("rules"):
            yield from guarded(_rule(number, whole=context.resource.type == _CLUSTER_ROLE))
        yield from guarded(_selects_all(view))
        return
    yield from guarded(_role(view, context))
    for subject in view.each("subjects"):
        yield from guarded(_subject(subject))


def _rule(rule: View, *, whole: bool) -> Judged:
    verbs = {each.lower() for each in rule.texts("verbs")}
    resources = {each.lower() for each in rule.texts("resources")}
    groups = set(rule.texts("apiGroups"))
    if "*" in verbs and (resources or rule.has("nonResourceURLs")):
        yield Fault(f"{rule.path}.verbs", "must name verbs, not *")
    if any("*" in each for each in resources):
        yield Fault(f"{rule.path}.resources", "must name resources, not *")
    if "*" in groups:
        yield Fault(f"{rule.path}.apiGroups", "must name groups, not *")
    if verbs & _TAKING:
        yield Fault(f"{rule.path}.verbs", f"must not have {' or '.join(sorted(verbs & _TAKING))}: it gives any right")
    if whole and "secrets" in resources and verbs & _READING and not rule.has("resourceNames"):
        yield Fault(f"{rule.path}.resources", "must not have secrets, which are those of the whole cluster")
    if whole and resources & _RUN and verbs - {"*"}:
        yield Fault(f"{rule.path}.resources", f"must not have {' or '.join(sorted(resources & _RUN))} everywhere")


def _role(view: View, context: Context) -> Judged:
    if view.word("roleRef.name") == "cluster-admin" and context.resource.type in _BINDINGS:
        subjects = {subject.text("name", absent="") for subject in view.each("subjects")}
        if not subjects or not subjects <= set(context.profile.parameters.cluster_administrators):
            yield Fault("roleRef.name", "must not be cluster-admin (cluster_administrators names who may)")
    elif view.word("roleRef.name") in _READING_ALL and context.resource.type == _CLUSTER_BINDING:
        yield Fault("roleRef.name", "reads the secrets of the whole cluster; bind it in one namespace")


def _selects_all(view: View) -> Judged:
    """A role that gathers others takes whatever they allow."""
    yield from judged_each(view.each("aggregationRule.clusterRoleSelectors"), _selector)


def _selector(selector: View) -> Judged:
    if not selector.keys("matchLabels") and not list(selector.each("matchExpressions")):
        yield Fault(selector.path, "must name labels: empty it gathers every role, cluster-admin among them")


def _subject(subject: View) -> Judged:
    if subject.word("name", absent="").split(":", 2)[:2] == ["system", "serviceaccounts"] or (
        subject.word("name", absent="") in _EVERYBODY
    ):
        yield Fault(f"{subject.path}.name", "must not be a group that everybody is in, or that nothing can stop")


def _role_of(*rules: dict[str, Any], type_: str = _CLUSTER_ROLE) -> Example:
    return Example({"metadata": {"name": "role"}, "rules": list(rules)}, type=type_)


def _allows(verbs: list[str], resources: list[str], group: str = "apps") -> dict[str, Any]:
    return {"apiGroups": [group], "resources": resources, "verbs": verbs}


def _gathering(*selectors: dict[str, Any]) -> Example:
    return Example({"rules": [], "aggregationRule": {"clusterRoleSelectors": list(selectors)}}, type=_CLUSTER_ROLE)


def _binds(role: str, *subjects: str, type_: str = _CLUSTER_BINDING, **options: Any) -> Example:
    properties = {
        "roleRef": {"kind": "ClusterRole", "name": role},
        "subjects": [{"kind": "Group", "name": name} for name in subjects],
    }
    return Example(properties, type=type_, **options)


_FINE: Final = _allows(["get", "list"], ["deployments"])

RULE = Rule(
    id="K8S-008",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-6",
        "mcsb/PV-2",
        "cis-aks/4.1.1",
        "cis-aks/4.1.2",
        "cis-aks/4.1.3",
        "cis-aks/4.1.4",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_K8S_49",
            "CKV_K8S_155",
            "CKV_K8S_156",
            "CKV_K8S_157",
            "CKV_K8S_158",
            "CKV2_K8S_1",
            "CKV2_K8S_2",
            "CKV2_K8S_3",
            "CKV2_K8S_4",
            "CKV2_K8S_5",
        ),
        "azure_policy": (
            "ca8d5704-aa2b-40cf-b110-dc19052825ad",
            "a3dc4946-dba6-43e6-950d-f96532848c9f",
        ),
        "trivy": (
            "KSV-0041",
            "KSV-0044",
            "KSV-0045",
            "KSV-0046",
            "KSV-0050",
            "KSV-0122",
            "KSV-0123",
        ),
    },
    title="No role of Kubernetes gives everything",
    types=(*_ROLES, *_BINDINGS),
    parameters=("cluster_administrators",),
    why=(
        "A role with * grows with every new kind of object; bind, escalate and impersonate give any other right; "
        "secrets of the whole cluster hold everybody's tokens."
    ),
    fix="Name groups, resources and verbs; read secrets by resourceNames or in one namespace; bind named groups.",
    link="https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    properties=(
        Property(
            "roleRef.name",
            ABSENT,
            Verdict.PASS,
            "rbac.authorization.k8s.io/v1: required (not re-read)",
            of=_BINDINGS,
        ),
    ),
    check=check,
    good=(
        _role_of(_FINE, {**_allows(["get"], ["secrets"], ""), "resourceNames": ["own"]}),
        _role_of(_FINE, _allows(["get"], ["secrets"], ""), type_=_ROLE),
        _binds("view", "00000000-0000-0000-0000-0000000000d1"),
        _binds("view", "00000000-0000-0000-0000-0000000000d1", type_=_BINDING),
        _binds("cluster-admin", "g", parameters={"cluster_administrators": ("g",)}),
        _binds("edit", "00000000-0000-0000-0000-0000000000d1", type_=_BINDING),
        _gathering({"matchLabels": {"team": "own"}}),
    ),
    bad=(
        _role_of(_FINE, _allows(["*"], ["deployments"])),
        _role_of(_FINE, _allows(["get"], ["*"]), type_=_ROLE),
        _role_of(_allows(["get"], ["*/scale"])),
        _role_of(_allows(["get"], ["deployments"], "*")),
        _role_of(_allows(["escalate"], ["clusterroles"], "rbac.authorization.k8s.io")),
        _role_of(_allows(["impersonate"], ["users"], "")),
        _role_of(_allows(["list"], ["secrets"], "")),
        _role_of(_allows(["create"], ["pods/exec"], "")),
        _role_of(_allows(["patch"], ["pods/ephemeralcontainers"], "")),
        _role_of(_allows(["create"], ["serviceaccounts/token"], "")),
        _gathering({"matchLabels": {"team": "own"}}, {}),
        _binds("admin", "00000000-0000-0000-0000-0000000000d1"),
        _binds("Edit", "00000000-0000-0000-0000-0000000000d1"),
        _binds("Cluster-Admin", "g"),
        _binds("cluster-admin", "g", "h", parameters={"cluster_administrators": ("g",)}),
        _binds("view", "g", "system:authenticated"),
        _binds("view", "system:serviceaccounts:team", type_=_BINDING),
    ),
    breaks=(
        Break("rules[*].verbs", ["*"], of=_ROLES),
        Break("rules[*].verbs", ["impersonate"], of=_ROLES),
        Break("rules[*].resources", ["*"], of=_ROLES),
        Break("rules[*].apiGroups", ["*"], of=_ROLES),
        Break("rules[*]", _allows(["list"], ["secrets"], ""), of=(_CLUSTER_ROLE,)),
        Break("rules[*]", _allows(["create"], ["pods/exec"], ""), of=(_CLUSTER_ROLE,)),
        Break("roleRef", {"kind": "ClusterRole", "name": "cluster-admin"}, of=_BINDINGS),
        Break("roleRef", {"kind": "ClusterRole", "name": "edit"}, of=(_CLUSTER_BINDING,)),
        Break("aggregationRule", {"clusterRoleSelectors": [{}]}, of=(_CLUSTER_ROLE,)),
        Break("subjects[*].name", "system:anonymous", of=_BINDINGS),
    ),
)
