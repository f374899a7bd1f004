"""GOV-023: a lock locks, and says how to open it."""

from __future__ import annotations

from typing import Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import LOCK
from policies.view import Judged, View


def check(lock: View, _context: Context) -> Judged:
    """It stops deletion at least, and has a note."""
    yield from lock.must_be_one_of("level", ("CanNotDelete", "ReadOnly"))
    yield from lock.must_be_set("notes", "with what is locked and how it is opened")


_API: Final = "ManagementLockByScope, Microsoft.Authorization 2020-05-01"
_NOTE: Final = "Nothing here can be made again; docs/runbooks/unlock-a-group.md."

RULE = Rule(
    id="GOV-023",
    title="A lock locks, and says how to open it",
    severity=Severity.LOW,
    category=Category.GOVERNANCE,
    types=(LOCK,),
    controls=("itsg33/CM-5", "itsg33/CM-3", "mcsb/AM-3", "gdpr/32(1)(c)", "popa/10"),
    why="A lock that nobody understands is taken away by the first whom it stops, and stays away.",
    fix="Set level to CanNotDelete, and notes to what is locked and the page that says how to open it.",
    link="https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
    properties=(
        Property("level", ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property("notes", ABSENT, Verdict.FAIL, f"{_API}: none", unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example({"level": "CanNotDelete", "notes": _NOTE}),
        Example({"level": "readonly", "notes": _NOTE}, environment="dev"),
    ),
    bad=(Example({"level": "NotSpecified", "notes": _NOTE}), Example({"level": "CanNotDelete", "notes": ""})),
    breaks=(Break("level", "NotSpecified"), Break("level", ABSENT), Break("notes", ABSENT)),
)
