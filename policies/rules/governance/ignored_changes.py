"""GOV-004: no program ignores a change unless somebody said who makes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import ANY, Category, Context, Example, Rule, Severity, StackBreak
from policies.rules._faults import having
from policies.types import CLUSTER, KEY, STORAGE_ACCOUNT
from policies.view import Fault, Judged, View


def applies(_view: View, context: Context) -> bool:
    """Where the resource was read from something that has the option."""
    return context.resource.ignore_changes is not None


def check(_view: View, context: Context) -> Judged:
    """Every path in `ignore_changes` stands in the profile, with its reason."""
    reasons = context.profile.parameters.ignored_changes
    for path in context.resource.ignore_changes or ():
        if f"{context.resource.type} {path}" not in reasons:
            yield Fault(path, "is ignored when it changes, and nobody said who changes it (ignored_changes)")


def _ignoring(path: str) -> StackBreak:
    def change(stack: Stack, resource: Resource) -> Stack | None:
        if resource.ignore_changes is None:
            return None
        blind = replace(resource, ignore_changes=(*resource.ignore_changes, path))
        return having(stack, resource, blind)

    return StackBreak(f"{path} ignored", change)


_ROTATED: Final = {f"{KEY} properties": "The vault makes new versions by itself."}


def _example(*ignored: str, type_: str = KEY, title: str = "") -> Example:
    own = {"ignored_changes": _ROTATED}
    return Example({}, type=type_, options={"ignore_changes": ignored}, parameters=own, title=title)


RULE = Rule(
    id="GOV-004",
    title="No program ignores a change unless somebody said who makes it",
    severity=Severity.CRITICAL,
    category=Category.GOVERNANCE,
    types=(ANY,),
    controls=("itsg33/CM-3", "itsg33/CM-6", "popa/10"),
    parameters=("ignored_changes",),
    why=(
        "What is ignored can be opened in the portal and stays open: every later preview says that nothing changed, "
        "and every rule judges what the program would have written."
    ),
    fix="Take the path out of ignore_changes, or add it to the parameter ignored_changes with who changes it.",
    link="https://www.pulumi.com/docs/iac/concepts/resources/options/ignorechanges/",
    applies=applies,
    check=check,
    good=(
        _example("properties"),
        _example(),
        Example({}, options={"ignore_changes": None}, title="read from a template, which has no such option"),
    ),
    bad=(
        _example("properties", "tags"),
        _example("properties", type_=STORAGE_ACCOUNT),
        _example("properties.attributes", title="a part of what is known is another path"),
        Example({}, type=CLUSTER, options={"ignore_changes": ("*",)}),
    ),
    breaks=(_ignoring("publicNetworkAccess"), _ignoring("*")),
)
