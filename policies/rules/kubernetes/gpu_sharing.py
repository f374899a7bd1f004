"""K8S-012: no container takes GPUs past the scheduler."""

from __future__ import annotations

from posixpath import normpath
from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    CLUSTER_RUNTIME,
    DEPLOYMENT,
    POD,
    PODS,
    container_breaks,
    container_properties,
    containers,
    example,
    examples,
    namespace,
)
from policies.view import Fault, Judged, View, guarded

# NVIDIA's container runtime gives every GPU of the node for these, whatever was requested (NVIDIA/gpu-operator#421).
_VARIABLE: Final = "NVIDIA_VISIBLE_DEVICES"
_MOUNT: Final = "/var/run/nvidia-container-devices"
_NOTHING: Final = frozenset({"void", "none", ""})


def applies(view: View, context: Context) -> bool:
    """Outside the namespaces whose pods manage the GPUs."""
    return namespace(view) not in context.profile.parameters.gpu_namespaces


def check(view: View, context: Context) -> Judged:
    """Neither the variable nor the mount is there."""
    yield from containers(view, context, _container)


def _container(container: View, _pod: View) -> Judged:
    for variable in container.each("env"):
        yield from guarded(_variable(variable))
    for mount in container.each("volumeMounts"):
        yield from guarded(_mount(mount))


def _variable(variable: View) -> Judged:
    if variable.text("name", absent="") != _VARIABLE:
        return
    if variable.has("valueFrom") or variable.word("value") not in _NOTHING:
        yield Fault(variable.path, f"must not set {_VARIABLE}: it gives all GPUs of the node")


def _mount(mount: View) -> Judged:
    if f"{normpath(mount.text('mountPath'))}/".startswith(f"{_MOUNT}/"):
        yield Fault(f"{mount.path}.mountPath", "must not be there: it gives GPUs of the node")


def _pod(*, env: dict[str, Any] | None = None, mount: str = "/data") -> dict[str, Any]:
    own = {
        "name": "main",
        "env": [{"name": "MODE", "value": "fast"}, env or {"name": _VARIABLE, "value": "void"}],
        "volumeMounts": [{"name": "cache", "mountPath": "/cache"}, {"name": "data", "mountPath": mount}],
    }
    other = {"env": [{"name": _VARIABLE, "value": "none"}], "volumeMounts": [{"name": "c", "mountPath": "/c"}]}
    return {
        "containers": [{"name": "second"}, own],
        "initContainers": [{"name": "first", **other}],
        "ephemeralContainers": [{"name": "debugger", **other}],
    }


def _env(**variable: Any) -> dict[str, Any]:
    return _pod(env={"name": _VARIABLE, **variable})


RULE = Rule(
    id="K8S-012",
    severity=Severity.CRITICAL,
    category=Category.KUBERNETES,
    controls=("itsg33/AC-6", "itsg33/SC-4", "hipaa/164.312(a)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    title="No container takes GPUs past the scheduler",
    types=PODS,
    applies=applies,
    parameters=("gpu_namespaces",),
    why=(
        "With NVIDIA_VISIBLE_DEVICES a container sees all GPUs of its node without asking for one: it reads other "
        "teams' GPU memory, and no quota or bill counts it."
    ),
    fix="Take the variable (or the mount) away and request nvidia.com/gpu in resources.limits.",
    link="https://github.com/NVIDIA/gpu-operator/issues/421",
    properties=(
        *container_properties(
            "env[*].value", ABSENT, Verdict.PASS, "kubernetes.io API reference core/v1 EnvVar: empty (not re-read)"
        ),
        *container_properties(
            "volumeMounts[*].mountPath", ABSENT, Verdict.PASS, "core/v1 VolumeMount: required (not re-read)"
        ),
    ),
    check=check,
    good=(
        *examples(_pod()),
        example(_env(value="all"), parameters={"gpu_namespaces": ("team",)}, title="these pods manage the GPUs"),
    ),
    bad=(
        example(_env(value="all")),
        example(_env(value="0"), POD),
        example(_env(valueFrom={"fieldRef": {"fieldPath": "metadata.annotations['gpus']"}}), DEPLOYMENT),
        example(_pod(mount=f"{_MOUNT}/all"), CLUSTER_RUNTIME),
    ),
    breaks=(
        *container_breaks("env[*]", {"name": _VARIABLE, "value": "all"}),
        *container_breaks("env", [{"name": _VARIABLE, "value": "all"}]),
        *container_breaks("volumeMounts[*].mountPath", _MOUNT),
    ),
)
