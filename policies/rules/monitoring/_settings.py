"""Diagnostic settings: of what they export logs, and which."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Final

from facts.diagnostics import all_diagnostics
from policies.references import dependencies
from policies.resource import Resource, Stack
from policies.rule import Context
from policies.rules._arm_types import ARM_TYPES, arm_type
from policies.types import DIAGNOSTIC_SETTING, STORAGE_ACCOUNT
from policies.values import UNKNOWN, look_up
from policies.view import View

_URI: Final = "resourceUri"
_BLOBS: Final = "Microsoft.Storage/storageAccounts/blobServices"

_SUBSCRIPTION: Final = re.compile(r"/subscriptions/[^/]+/?", re.IGNORECASE)
API: Final = "DiagnosticSetting, Microsoft.Insights 2021-05-01-preview (not re-read)"
SUBSCRIPTION: Final = "/subscriptions/00000000-0000-0000-0000-000000000000"
WORKSPACE: Final = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log"


def of_subscription(setting: View, context: Context) -> bool:
    """Whether a setting exports the activity log of a subscription, and not the logs of one resource."""
    if _made_here(context.stack, context.resource):
        return False  # no subscription is a resource of a stack
    return _SUBSCRIPTION.fullmatch(setting.text("resourceUri", absent="")) is not None


def _made_here(stack: Stack, setting: Resource) -> tuple[Resource, ...]:
    """What a setting logs, where that is only made now and has no id yet."""
    unknown = look_up(setting.properties, _URI) is UNKNOWN
    return dependencies(stack, setting, _URI) if unknown else ()


def logged_type(setting: View, context: Context) -> str:
    """The ARM type of what a setting logs, as in `facts/diagnostics.yaml`; empty where it has no name for it."""
    made = _made_here(context.stack, context.resource)
    if not made:
        found = arm_type(setting.text(_URI, absent=""))
    else:
        # An account logs nothing itself, and the categories of its services have the same names.
        found = _BLOBS if made[0].type == STORAGE_ACCOUNT else ARM_TYPES.get(made[0].type, "")
    return next((name for name in all_diagnostics() if name.lower() == found.lower()), "")


def exported_together(context: Context) -> set[str]:
    """What all settings of the same resource export, in lower case. Raises UnjudgeableError."""
    by_target = context.stack.once("diagnostic settings", lambda: _by_target(context.stack))
    return {one for each in by_target.get(_target(context.resource), ()) for one in exported(_readable(each))}


def _by_target(stack: Stack) -> Mapping[Hashable, list[Resource]]:
    found: dict[Hashable, list[Resource]] = {}
    for setting in stack.of(DIAGNOSTIC_SETTING):
        found.setdefault(_target(setting), []).append(setting)
    return found


def _target(setting: Resource) -> Hashable:
    uri = setting.properties.get(_URI)
    return uri.lower().rstrip("/") if isinstance(uri, str) else setting.dependencies.get(_URI, setting.key)


def _readable(setting: Resource) -> View:
    return View(setting.properties, {"logs[*].enabled": False})


def exported(setting: View) -> set[str]:
    """The categories and groups of categories that are switched on, in lower case."""
    on = [log for log in setting.each("logs") if log.flag("enabled")]
    return {log.word(path, absent="") for log in on for path in ("category", "categoryGroup")} - {""}
