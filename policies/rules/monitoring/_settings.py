"""Diagnostic settings: of what they export logs, and which."""

from __future__ import annotations

import re
from typing import Final

from policies.view import View

_SUBSCRIPTION: Final = re.compile(r"/subscriptions/[^/]+/?", re.IGNORECASE)
API: Final = "DiagnosticSetting, Microsoft.Insights 2021-05-01-preview (not re-read)"
SUBSCRIPTION: Final = "/subscriptions/00000000-0000-0000-0000-000000000000"
WORKSPACE: Final = f"{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log"


def of_subscription(setting: View) -> bool:
    """Whether a setting exports the activity log of a subscription, and not the logs of one resource."""
    return _SUBSCRIPTION.fullmatch(setting.text("resourceUri", absent="")) is not None


def exported(setting: View) -> set[str]:
    """The categories and groups of categories that are switched on, in lower case."""
    on = [log for log in setting.each("logs") if log.flag("enabled")]
    return {log.word(path, absent="") for log in on for path in ("category", "categoryGroup")} - {""}
