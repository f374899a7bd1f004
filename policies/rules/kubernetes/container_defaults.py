"""K8S-014: a namespace gives containers that ask for nothing a share, and a bound of memory."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.rules.kubernetes._namespaces import of_namespace, own, within
from policies.types import LIMIT_RANGE, NAMESPACE
from policies.view import Fault, Judged, View

# One of each must be there: where no request is given, the limit is the request (core/v1 LimitRangeItem, not re-read).
_DEFAULTS: Final = (
    ("defaultRequest.cpu", "default.cpu"),
    ("defaultRequest.memory", "default.memory"),
    ("default.memory",),
)


def applies(view: View, context: Context) -> bool:
    """Not where only the platform's own charts run."""
    return view.text("metadata.name", absent="") not in context.profile.parameters.platform_namespaces


def check(view: View, context: Context) -> Judged:
    """A request of processor and memory, and a limit of memory."""
    items = list(_items(context.stack, view.text("metadata.name", absent="")))
    for paths in _DEFAULTS:
        if not any(item.has(path) for item in items for path in paths):
            yield Fault("metadata.name", f"has no LimitRange for containers with {paths[0]}")


def _items(stack: Stack, name: str) -> list[View]:
    ranges = (one.view() for one in within(stack, name, LIMIT_RANGE))
    return [item for one in ranges for item in one.each("spec.limits") if item.text("type", absent="") == "Container"]


def _range(default: dict[str, str], request: dict[str, str], type_: str = "Container", name: str = "team") -> Resource:
    return own(
        LIMIT_RANGE, "defaults", {"limits": [{"type": type_, "default": default, "defaultRequest": request}]}, name
    )


def _namespace(*ranges: Resource, **options: Any) -> Example:
    return Example({"metadata": {"name": "team"}}, others=ranges, **options)


_MEMORY: Final = {"memory": "1Gi"}
_BOTH: Final = {"cpu": "250m", **_MEMORY}

RULE = Rule(
    id="K8S-014",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    controls=("itsg33/SC-6", "popa/10"),
    title="A namespace has defaults for containers that ask for nothing",
    types=(NAMESPACE,),
    applies=applies,
    scope=Scope.STACK,
    parameters=("platform_namespaces",),
    why=(
        "Where a quota counts memory, a pod that asks for none is refused with a riddle; without a quota it takes the "
        "memory of its node from everybody else there."
    ),
    fix="Give the namespace a LimitRange of type Container with defaultRequest (cpu, memory) and default.memory.",
    link="https://kubernetes.io/docs/concepts/policy/limit-range/",
    check=check,
    good=(
        _namespace(_range(_MEMORY, _BOTH)),
        _namespace(_range(_BOTH, {}), title="limits are requests"),
    ),
    bad=(
        _namespace(_range(_MEMORY, _MEMORY)),
        _namespace(_range({}, _BOTH)),
        _namespace(_range(_MEMORY, _MEMORY), _range(_BOTH, _BOTH, type_="Pod"), title="of pods"),
        _namespace(_range(_MEMORY, _MEMORY), _range(_BOTH, _BOTH, name="other"), title="of another namespace"),
    ),
    breaks=(without("no limit ranges", of_namespace(LIMIT_RANGE)),),
)
