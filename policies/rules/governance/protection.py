"""GOV-003: Pulumi refuses to delete what can't be made again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Severity, StackBreak
from policies.rules._faults import having
from policies.types import (
    AI_ACCOUNT,
    BACKUP_VAULT,
    BLOB_CONTAINER,
    CLUSTER,
    DATABRICKS_WORKSPACE,
    ENCRYPTION_SCOPE,
    EVENT_NAMESPACE,
    KEY,
    LOG_WORKSPACE,
    ML_REGISTRY,
    ML_WORKSPACE,
    REGISTRY,
    STORAGE_ACCOUNT,
    VAULT,
)
from policies.view import Fault, Judged, View

# What holds data, keys, models or evidence, or has an identity or name that others are bound to.
_STATEFUL: Final = (
    VAULT,
    KEY,
    STORAGE_ACCOUNT,
    BLOB_CONTAINER,
    ENCRYPTION_SCOPE,
    REGISTRY,
    ML_WORKSPACE,
    ML_REGISTRY,
    DATABRICKS_WORKSPACE,
    AI_ACCOUNT,
    EVENT_NAMESPACE,
    LOG_WORKSPACE,
    BACKUP_VAULT,
    CLUSTER,
)


def applies(_view: View, context: Context) -> bool:
    """Where the profile wants it, and where the resource was read from something that has the option."""
    return context.profile.parameters.protected_state and context.resource.protect is not None


def check(_view: View, context: Context) -> Judged:
    """The option `protect` is on."""
    if not context.resource.protect:
        yield Fault("", "has no protect in its options, so that an update may delete it")


def _unprotected(stack: Stack, resource: Resource) -> Stack | None:
    return having(stack, resource, replace(resource, protect=False)) if resource.protect else None


RULE = Rule(
    id="GOV-003",
    title="Pulumi refuses to delete what can't be made again",
    severity=Severity.HIGH,
    category=Category.RESILIENCE,
    types=_STATEFUL,
    controls=("itsg33/CP-9", "itsg33/CM-5", "hipaa/164.312(c)(1)", "gdpr/32(1)(c)", "popa/10", "hia/60"),
    parameters=("protected_state",),
    why="A changed name or a deleted line makes an update delete the resource, with the data, keys or models in it.",
    fix="Give the resource protect=True in its ResourceOptions; take it off in a change of its own (settings: "
    "protect_stateful).",
    link="https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    applies=applies,
    check=check,
    good=(
        Example({}, options={"protect": True}),
        Example({}, type=STORAGE_ACCOUNT, options={"protect": True}, environment="dr"),
        Example({}, environment="dev", title="dev is made again"),
        Example({}, options={"protect": None}, title="read from a template, which has no such option"),
    ),
    bad=(
        Example({}),
        Example({}, type=LOG_WORKSPACE),
        Example({}, type=KEY, environment="dr"),
    ),
    breaks=(StackBreak("protection taken off", _unprotected),),
)
