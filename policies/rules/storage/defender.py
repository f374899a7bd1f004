"""ST-014: Defender scans what is uploaded, finds what is sensitive, and has a limit."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import STORAGE_DEFENDER
from policies.view import Judged, View

_ON: Final = "properties.isEnabled"
_SCAN: Final = "properties.malwareScanning.onUpload.isEnabled"
_LIMIT: Final = "properties.malwareScanning.onUpload.capGBPerMonth"
_SENSITIVE: Final = "properties.sensitiveDataDiscovery.isEnabled"


def check(defender: View, context: Context) -> Judged:
    """On, with both of its parts; scanning is paid by the gigabyte."""
    for path in (_ON, _SCAN, _SENSITIVE):
        yield from defender.must_be(path, True)
    yield from defender.must_be_between(_LIMIT, 1, context.profile.parameters.scanned_gigabytes)


def _defender(limit: int = 5000, *, on: bool = True, scans: bool = True, finds: bool = True) -> dict[str, Any]:
    upload = {"isEnabled": scans, "capGBPerMonth": limit}
    return {
        "properties": {
            "isEnabled": on,
            "malwareScanning": {"onUpload": upload},
            "sensitiveDataDiscovery": {"isEnabled": finds},
        }
    }


_API: Final = "DefenderForStorage, Microsoft.Security 2022-12-01-preview"

RULE = Rule(
    id="ST-014",
    title="Defender scans what is uploaded, finds what is sensitive, and has a limit",
    severity=Severity.MEDIUM,
    category=Category.LOGGING,
    types=(STORAGE_DEFENDER,),
    controls=("itsg33/SI-3", "itsg33/SI-4", "mcsb/LT-1", "mcsb/DP-2", "gdpr/32(1)(d)", "gc-guardrails/10", "popa/10"),
    parameters=("scanned_gigabytes",),
    why="Files of citizens and partners land in the lake and are opened; each gigabyte is paid, without an end.",
    fix="Set isEnabled of Defender, of malwareScanning.onUpload and of sensitiveDataDiscovery, and capGBPerMonth "
    "(settings: storage.defender).",
    link="https://learn.microsoft.com/azure/defender-for-cloud/defender-for-storage-introduction",
    properties=(
        *(Property(path, ABSENT, Verdict.FAIL, f"{_API}: off") for path in (_ON, _SCAN, _SENSITIVE)),
        Property(_LIMIT, ABSENT, Verdict.FAIL, f"{_API}: differs between versions, so it must be written"),
    ),
    check=check,
    good=(Example(_defender()), Example(_defender(100), environment="dev")),
    bad=(
        Example(_defender(on=False)),
        Example(_defender(scans=False)),
        Example(_defender(finds=False)),
        Example(_defender(-1)),
        Example(_defender(50000)),
    ),
    breaks=(
        *(Break(path, False) for path in (_ON, _SCAN, _SENSITIVE)),
        Break(_LIMIT, -1),
        Break("properties.malwareScanning", ABSENT),
        Break("properties.sensitiveDataDiscovery", ABSENT),
    ),
)
