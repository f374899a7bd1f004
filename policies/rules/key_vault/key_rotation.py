"""KV-006: keys get a new version in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import KEY
from policies.view import Fault, Judged, View

_POLICY: Final = "properties.rotationPolicy"
_ACTIONS: Final = f"{_POLICY}.lifetimeActions"


def check(key: View, context: Context) -> Judged:
    """A new version is made in time; a key with an end of its own is made anew by people instead."""
    rotating = [action for action in key.each(_ACTIONS) if action.word("action.type") == "rotate"]
    if not rotating:
        if not key.has("properties.attributes.expires"):
            yield Fault(_ACTIONS, "has no action that rotates the key, and the key has no end")
        return
    most = context.profile.parameters.key_rotation_days
    for action in rotating:
        days = _age(key, action)
        if days is None:
            yield Fault(f"{action.path}.trigger", "has no time that Azure could compute from")
        elif days > most:
            yield Fault(f"{action.path}.trigger", f"is {days:g} days; it must be at most {most} (key_rotation_days)")


def _age(key: View, action: View) -> float | None:
    """How many days old the key is when it is rotated."""
    after, before = action.text("trigger.timeAfterCreate"), action.text("trigger.timeBeforeExpiry")
    if after:
        return duration(after, f"{action.path}.trigger.timeAfterCreate").days
    life = key.text(f"{_POLICY}.attributes.expiryTime")
    if not (before and life):
        return None
    left = duration(before, f"{action.path}.trigger.timeBeforeExpiry")
    return (duration(life, f"{_POLICY}.attributes.expiryTime") - left).days


def _rotates(key: Any) -> bool:
    return "rotationPolicy" in key["properties"]


def _key(trigger: Mapping[str, str], life: str | None = None, action: str = "rotate") -> dict[str, Any]:
    actions = [
        {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}},
        {"action": {"type": action}, "trigger": trigger},
    ]
    attributes = {} if life is None else {"attributes": {"expiryTime": life}}
    return {"properties": {"rotationPolicy": {"lifetimeActions": actions, **attributes}}}


RULE = Rule(
    id="KV-006",
    title="Keys get a new version in time",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(KEY,),
    controls=(
        "itsg33/SC-12",
        "mcsb/DP-6",
        "cis-azure/3.3.8",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_40",),
        "psrule": ("Azure.KeyVault.AutoRotationPolicy",),
        "azure_policy": ("d8cf8476-a2ec-4916-896e-992351803c44", "152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0"),
        "trivy": ("AZU-0014",),
    },
    parameters=("key_rotation_days",),
    why="A key that leaked opens everything until it is replaced, and nobody replaces a key by hand for years.",
    fix="Give the key a rotation policy with an action `rotate` within the days of the profile, or an end.",
    link="https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation",
    properties=(
        Property(
            f"{_ACTIONS}[*].action.type",
            ABSENT,
            Verdict.FAIL,
            "Key, Microsoft.KeyVault 2024-11-01: nothing is done without a type",
        ),
        Property(
            f"{_ACTIONS}[*].trigger.timeAfterCreate",
            ABSENT,
            Verdict.FAIL,
            "Key, Microsoft.KeyVault 2024-11-01: no trigger unless one is set",
        ),
        Property(
            f"{_ACTIONS}[*].trigger.timeBeforeExpiry",
            ABSENT,
            Verdict.FAIL,
            "Key, Microsoft.KeyVault 2024-11-01: no trigger unless one is set",
        ),
        Property(
            f"{_POLICY}.attributes.expiryTime",
            ABSENT,
            Verdict.FAIL,
            "Key, Microsoft.KeyVault 2024-11-01: new versions have no end",
        ),
        Property(
            "properties.attributes.expires",
            ABSENT,
            Verdict.FAIL,
            "Key, Microsoft.KeyVault 2024-11-01: a key has no end",
            unknown=Verdict.PASS,
        ),
    ),
    check=check,
    good=(
        Example(_key({"timeAfterCreate": "P365D"})),
        Example(_key({"timeBeforeExpiry": "P30D"}, "P1Y"), title="counted from its end"),
        Example({"properties": {"attributes": {"expires": 1830297600}}}, title="people replace it"),
    ),
    bad=(
        Example({"properties": {}}),
        Example(_key({"timeAfterCreate": "P366D"})),
        Example(_key({"timeBeforeExpiry": "P30D"}, "P455D")),
        Example(_key({"timeBeforeExpiry": "P30D"}), title="before an end that there is not"),
        Example(_key({"timeAfterCreate": "P90D"}, action="notify"), title="a mail rotates nothing"),
    ),
    breaks=(
        Break(_POLICY, ABSENT, where=_rotates),
        Break(_ACTIONS, [{"action": {"type": "notify"}, "trigger": {"timeAfterCreate": "P90D"}}], where=_rotates),
        Break(_ACTIONS, [{"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P3Y"}}]),
        Break(_ACTIONS, [{"action": {"type": "rotate"}, "trigger": {}}]),
        Break("properties.attributes.expires", ABSENT, where=lambda key: not _rotates(key)),
    ),
)
