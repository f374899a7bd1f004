"""ST-007: where a storage account has keys, they and what they sign end soon."""

from __future__ import annotations

from typing import Any, Final

from policies.durations import duration
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_ACCOUNT
from policies.view import Fault, Judged, View

_PERIOD: Final = "sasPolicy.sasExpirationPeriod"


def applies(account: View, _context: Context) -> bool:
    """Where keys work: without them neither they nor what they sign lets anybody in."""
    return account.flag("allowSharedKeyAccess") is not False


def check(account: View, _context: Context) -> Judged:
    """What a key signs ends within a day, and keys are replaced every 90 days."""
    yield from account.must_be("sasPolicy.expirationAction", "Block", "since Log only writes down what goes on")
    yield from account.must_be_between("keyPolicy.keyExpirationPeriodInDays", 1, 90)
    period = account.text(_PERIOD)
    if not period:
        yield Fault(_PERIOD, "must be set")
    elif duration(period, _PERIOD).total_seconds() > 86_400:
        yield Fault(_PERIOD, "is longer than a day")


def _account(period: str | None = "1.00:00:00", action: str = "Block", days: int = 90) -> dict[str, Any]:
    policy = {"expirationAction": action, **({} if period is None else {"sasExpirationPeriod": period})}
    return {"allowSharedKeyAccess": True, "sasPolicy": policy, "keyPolicy": {"keyExpirationPeriodInDays": days}}


RULE = Rule(
    id="ST-007",
    title="Where a storage account has keys, they and what they sign end soon",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(STORAGE_ACCOUNT,),
    controls=("itsg33/IA-5(1)", "mcsb/DP-6", "cis-azure/4.3", "hipaa/164.312(d)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={"azure_policy": ("bc1b984e-ddae-40cc-801a-050a030e4fbe", "044985bb-afe1-42cd-8a36-9d5d42424537")},
    why="An address that a key signed lets in whoever has it, and can't be taken back without replacing the key.",
    fix="Switch keys off (allowSharedKeyAccess false); else set sasPolicy to Block after at most a day, and keyPolicy "
    "to at most 90 days.",
    link="https://learn.microsoft.com/azure/storage/common/sas-expiration-policy",
    properties=(
        Property(
            "allowSharedKeyAccess",
            True,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: null is equivalent to true",
        ),
        Property(
            "sasPolicy.expirationAction",
            ABSENT,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: required in a policy",
        ),
        Property(_PERIOD, ABSENT, Verdict.FAIL, "StorageAccount, Microsoft.Storage 2024-01-01: required in a policy"),
        Property(
            "keyPolicy.keyExpirationPeriodInDays",
            ABSENT,
            Verdict.FAIL,
            "StorageAccount, Microsoft.Storage 2024-01-01: keys have no end",
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_account()),
        Example(_account("00:30:00", "block", 30)),
        Example({"allowSharedKeyAccess": False}, title="keys are off"),
    ),
    bad=(
        Example(_account("1.00:00:01")),
        Example(_account("30.00:00:00")),
        Example(_account(None)),
        Example(_account(action="Log")),
        Example(_account(days=91)),
        Example({"allowSharedKeyAccess": True}),
    ),
    breaks=(
        Break(_PERIOD, "7.00:00:00"),
        Break("sasPolicy.expirationAction", "Log"),
        Break("keyPolicy.keyExpirationPeriodInDays", 365),
        Break("keyPolicy", ABSENT),
    ),
)
