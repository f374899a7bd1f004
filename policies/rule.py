"""A rule: what it demands, of which resources, why, how to mend it, and the examples that prove it.

Owns the form. One rule is one module in `policies/rules/<area>/`, whose constant is `RULE`; `policies.catalogue` finds
it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final

from policies.profile import Profile
from policies.resource import Resource, Stack
from policies.values import ABSENT
from policies.view import Judged, View

ANY: Final = "*"
"""As a rule's only type: it reads every resource of Azure."""


class Verdict(StrEnum):
    """What a rule says of a resource. Unknown is neither of the other two, and never becomes one by itself."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much harm a fault can do, whatever the environment."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


SEVERITY_MEANING: Final[Mapping[Severity, str]] = {
    Severity.CRITICAL: "Someone outside reaches data, keys or control of the platform, or data leaves Canada.",
    Severity.HIGH: "One more mistake or stolen credential leads there; or money or evidence is lost without a sign.",
    Severity.MEDIUM: "A safeguard behind others is missing, or an outage lasts longer.",
    Severity.LOW: "Order and cost: nothing is exposed.",
}


class Category(StrEnum):
    """What a rule is about."""

    NETWORK = "network"
    IDENTITY = "identity"
    ENCRYPTION = "encryption"
    LOGGING = "logging"
    SUPPLY_CHAIN = "supply chain"
    RESILIENCE = "resilience"
    KUBERNETES = "kubernetes"
    COST = "cost"
    GOVERNANCE = "governance"
    PRIVACY = "privacy"


@dataclass(frozen=True)
class Context:
    """What a check may look at besides the resource's own properties."""

    resource: Resource
    stack: Stack
    profile: Profile


Check = Callable[[View, Context], Judged]
Applies = Callable[[View, Context], bool]
Remedy = Callable[[View, Mapping[str, str]], Mapping[str, Any]]
"""From a faulty resource and the tags of its stack to what would be right, by path. A fault elsewhere stays."""


@dataclass(frozen=True)
class Property:
    """A property that a rule reads.

    `path`: with `[*]` for every item of a list. `default`: what Azure takes where it is absent, ABSENT where it takes
    nothing. `absent`: the verdict that follows. `source`: where the default is written. `of`: the types that have it;
    empty: all of the rule. `unknown`: the verdict where it is not known yet: a pass only where it suffices that
    something is set.
    """

    path: str
    default: Any
    absent: Verdict
    source: str
    of: tuple[str, ...] = ()
    unknown: Verdict = Verdict.UNKNOWN


@dataclass(frozen=True)
class Example:
    """A resource, what stands around it, and in which profile: `good` ones pass, `bad` ones fail.

    `type`: of the resource; empty: the rule's first. `others`: further resources of the stack. `options`: what else a
    resource has (`protect`, `ignore_changes`, `id`, `urn`, `dependencies`, `name`). `parameters`: over the profile's.
    """

    properties: Mapping[str, Any]
    type: str = ""
    others: tuple[Resource, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    environment: str = "prod"
    classification: str = "Protected B"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Break:
    """A fault that can be put into any resource that passes: `value` at `path` (ABSENT: the property is taken away).

    With `[*]` in the path it is put into one item at a time. `of`: the types into which; empty: all of the rule.
    `companions`: rules that this fault may make fail as well. `where`: of which properties it is a fault; None: of all.
    """

    path: str
    value: Any
    of: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    where: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class StackBreak:
    """A fault beside the resource: `change` answers the faulty stack, or None where it can't be made there."""

    title: str
    change: Callable[[Stack, Resource], Stack | None]
    companions: tuple[str, ...] = ()


class Scope(Enum):
    """What a rule needs to see."""

    RESOURCE = "resource"
    STACK = "stack"


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One rule.

    `id` is never changed and never used again. `controls`: `<framework>/<control>` of the control catalogue.
    `equivalents`: ids of other tools' rules by tool (`checkov`, `psrule`, `azure_policy`, `trivy`). `title` is what
    holds when it passes. `fix`: where settings of our stacks decide, it names them: `(settings: registry.replicas)`.
    `since`: the version of the pack that brought it. `parameters`: names of the profile's parameters that it reads.
    `remedy`: only where there is one right answer.
    """

    id: str
    title: str
    severity: Severity
    category: Category
    types: tuple[str, ...]
    controls: tuple[str, ...]
    why: str
    fix: str
    link: str
    check: Check
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    properties: tuple[Property, ...] = ()
    breaks: tuple[Break | StackBreak, ...] = ()
    applies: Applies | None = None
    scope: Scope = Scope.RESOURCE
    equivalents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    since: str = "0.2"
    remedy: Remedy | None = None

    def reads(self, type_: str) -> bool:
        """Whether it reads resources of a type."""
        return type_ in self.types or (self.types == (ANY,) and type_.startswith("azure-native:"))

    def defaults(self, type_: str) -> Mapping[str, Any]:
        """What Azure takes for the absent properties of a type, by path with wildcards."""
        return {one.path: one.default for one in self.properties if not one.of or type_ in one.of}


__all__ = [
    "ABSENT",
    "ANY",
    "SEVERITY_MEANING",
    "Break",
    "Category",
    "Context",
    "Example",
    "Property",
    "Remedy",
    "Rule",
    "Scope",
    "Severity",
    "StackBreak",
    "Verdict",
]
