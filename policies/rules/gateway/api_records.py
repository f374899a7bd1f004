"""API-003: what people ask through a gateway is written down nowhere."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import API_DIAGNOSTIC, API_SUBSCRIPTION
from policies.values import steps, with_value
from policies.view import Judged, View

_BODIES: Final = tuple(
    f"{side}.{message}.body.bytes" for side in ("frontend", "backend") for message in ("request", "response")
)
_TRACED: Final = "allowTracing"


def applies(_view: View, context: Context) -> bool:
    """Where the classification does not allow it."""
    return not context.profile.demands.prompt_logging


def check(view: View, context: Context) -> Judged:
    """No bodies, no addresses of people; nobody may trace whole requests."""
    if context.resource.type == API_SUBSCRIPTION:
        yield from view.must_be(_TRACED, False)
        return
    yield from view.must_be("logClientIp", False, "because an address is personal information")
    for path in _BODIES:
        yield from view.must_be(path, 0)


def _diagnostic(address: bool | None = False, logged: str = "") -> dict[str, Any]:
    made: Any = {} if address is None else {"logClientIp": address}
    for path in _BODIES:
        made = with_value(made, steps(path), 8192 if path.startswith(logged or "-") else 0)
    return dict(made)


_RECORDS: Final = (API_DIAGNOSTIC,)
_KEYS: Final = (API_SUBSCRIPTION,)
_SOURCE: Final = "Diagnostic and Subscription, Microsoft.ApiManagement 2024-05-01"

RULE = Rule(
    id="API-003",
    title="What people ask through a gateway is written down nowhere",
    severity=Severity.HIGH,
    category=Category.PRIVACY,
    types=(API_DIAGNOSTIC, API_SUBSCRIPTION),
    controls=("itsg33/AC-6", "itsg33/AU-9", "itsg33/SI-12", "gdpr/5(1)(c)", "gdpr/25", "popa/10"),
    why="Questions to a model hold what people would tell a doctor; in a log all read it who mend the gateway.",
    fix="Set logClientIp to false, leave bodies out (bytes 0), and allowTracing of keys to false.",
    link="https://learn.microsoft.com/azure/api-management/api-management-howto-app-insights",
    properties=(
        Property("logClientIp", ABSENT, Verdict.FAIL, f"{_SOURCE}: names no default, so it must be written", _RECORDS),
        *(Property(path, 0, Verdict.PASS, f"{_SOURCE}: none (not re-read)", of=_RECORDS) for path in _BODIES),
        Property(_TRACED, False, Verdict.PASS, f"{_SOURCE}: false (not re-read)", of=_KEYS),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_diagnostic()),
        Example({_TRACED: False}, type=API_SUBSCRIPTION),
        Example(_diagnostic(True), environment="dev", classification="Public"),
    ),
    bad=(
        Example(_diagnostic(True)),
        Example(_diagnostic(None)),
        *(Example(_diagnostic(logged=message)) for message in ("frontend.request", "backend.response")),
        Example({_TRACED: True}, type=API_SUBSCRIPTION),
    ),
    breaks=(
        Break("logClientIp", True, of=_RECORDS),
        Break("logClientIp", ABSENT, of=_RECORDS),
        *(Break(path, 8192, of=_RECORDS) for path in _BODIES),
        Break(_TRACED, True, of=_KEYS),
    ),
)
