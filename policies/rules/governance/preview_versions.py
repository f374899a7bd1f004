"""GOV-005: nothing is written for an API version that Azure may take away."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    ANY,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import having
from policies.types import STORAGE_ACCOUNT
from policies.view import Fault, Judged, View

_GENERIC: Final = "azure-native:resources:Resource"
_PREVIEW: Final = "preview"
# Of these Azure has no version but previews (read in the SDK, azure-native 3).
_PREVIEW_ONLY: Final = frozenset(
    {
        "azure-native:authorization:PolicyExemption",
        "azure-native:monitor:DiagnosticSetting",
        "azure-native:security:SecurityContact",
    }
)


def applies(_view: View, context: Context) -> bool:
    """Where a version is written, and another one could be."""
    resource = context.resource
    return resource.type not in _PREVIEW_ONLY and (bool(resource.api_version) or resource.type == _GENERIC)


def check(view: View, context: Context) -> Judged:
    """The version of the type, or of what a generic resource stands for, is no preview."""
    if _PREVIEW in context.resource.api_version.lower():
        yield Fault("", f"is written for {context.resource.api_version}, which Azure may change or take away")
    if context.resource.type == _GENERIC and _PREVIEW in view.word("apiVersion"):
        yield Fault("apiVersion", "is a preview, which Azure may change or take away")


def _pinned(stack: Stack, resource: Resource) -> Stack | None:
    return having(stack, resource, replace(resource, api_version="20990101preview"))


RULE = Rule(
    id="GOV-005",
    title="Nothing is written for an API version that Azure may take away",
    severity=Severity.MEDIUM,
    category=Category.GOVERNANCE,
    types=(ANY,),
    controls=("itsg33/CM-2", "itsg33/CM-7", "popa/10"),
    why="A preview has no promise: Azure changes it without notice, and then the platform can't be deployed or mended.",
    fix="Use the type without a version, or the newest version without -preview.",
    link="https://learn.microsoft.com/azure/azure-resource-manager/management/azure-services-resource-providers",
    properties=(
        Property("apiVersion", ABSENT, Verdict.PASS, "resources:Resource, azure-native 3: required", of=(_GENERIC,)),
    ),
    applies=applies,
    check=check,
    good=(
        Example({}, type=STORAGE_ACCOUNT, options={"api_version": "2024-01-01"}),
        Example({}, type=STORAGE_ACCOUNT, title="the SDK chooses"),
        Example({"apiVersion": "2024-10-01"}, type=_GENERIC),
        Example({}, type="azure-native:security:SecurityContact", options={"api_version": "2023-12-01-preview"}),
    ),
    bad=(
        Example({}, type=STORAGE_ACCOUNT, options={"api_version": "20230101preview"}),
        Example({}, type=STORAGE_ACCOUNT, options={"api_version": "2024-01-01-Preview"}),
        Example({"apiVersion": "2024-10-01-preview"}, type=_GENERIC),
    ),
    breaks=(
        StackBreak("pinned to a preview", _pinned),
        Break("apiVersion", "2099-01-01-preview", of=(_GENERIC,)),
    ),
)
