"""DBX-004: clusters of Databricks are hardened, watched and updated."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import DATABRICKS_WORKSPACE
from policies.view import Fault, Judged, View

_BASE: Final = "enhancedSecurityCompliance"
_MONITORING: Final = f"{_BASE}.enhancedSecurityMonitoring.value"
_UPDATES: Final = f"{_BASE}.automaticClusterUpdate.value"
_PROFILE: Final = f"{_BASE}.complianceSecurityProfile.value"
_STANDARDS: Final = f"{_BASE}.complianceSecurityProfile.complianceStandards"
_STANDARD: Final = "CANADA_PROTECTED_B"


def check(workspace: View, context: Context) -> Judged:
    """Monitoring and updates are on; where the classification demands it, the profile holds Canada's standard."""
    yield from workspace.must_be(_MONITORING, "Enabled")
    yield from workspace.must_be(_UPDATES, "Enabled")
    if not context.profile.demands.databricks_compliance_profile:
        return
    yield from workspace.must_be(_PROFILE, "Enabled")
    if _STANDARD not in {standard.upper() for standard in workspace.texts(_STANDARDS)}:
        yield Fault(_STANDARDS, f"must name {_STANDARD}")


def _workspace(
    monitoring: str = "Enabled", updates: str = "Enabled", profile: str = "Enabled", standard: str = _STANDARD
) -> dict[str, Any]:
    switches = {"enhancedSecurityMonitoring": {"value": monitoring}, "automaticClusterUpdate": {"value": updates}}
    held = {"value": profile, "complianceStandards": [standard]}
    return {_BASE: {**switches, "complianceSecurityProfile": held}}


_SOURCE: Final = "Workspace, Microsoft.Databricks 2026-01-01: disabled where nothing is set (not re-read)"


def _demanded(workspace: View) -> bool:
    return workspace.word(_PROFILE, absent="Disabled") == "enabled"


RULE = Rule(
    id="DBX-004",
    title="Clusters of Databricks are hardened, watched and updated",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(DATABRICKS_WORKSPACE,),
    controls=(
        "itsg33/CM-6",
        "itsg33/SI-2",
        "itsg33/SI-4",
        "mcsb/PV-2",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="Without the profile Databricks does not vouch for Protected B, and clusters that run long are never patched.",
    fix="Enable monitoring, automatic updates and the compliance security profile, with CANADA_PROTECTED_B.",
    link="https://learn.microsoft.com/azure/databricks/security/privacy/security-profile",
    properties=(
        Property(_MONITORING, "Disabled", Verdict.FAIL, _SOURCE),
        Property(_UPDATES, "Disabled", Verdict.FAIL, _SOURCE),
        Property(_PROFILE, "Disabled", Verdict.FAIL, _SOURCE),
        Property(_STANDARDS, ABSENT, Verdict.FAIL, "Workspace, Microsoft.Databricks 2026-01-01: none"),
    ),
    check=check,
    good=(
        Example(_workspace()),
        Example(_workspace(profile="Disabled"), classification="Protected A"),
    ),
    bad=(
        Example(_workspace(monitoring="Disabled")),
        Example(_workspace(updates="Disabled")),
        Example(_workspace(profile="Disabled")),
        Example(_workspace(standard="HIPAA"), title="another country's standard"),
    ),
    breaks=(
        Break(_MONITORING, "Disabled"),
        Break(_MONITORING, ABSENT),
        Break(_UPDATES, "Disabled"),
        Break(_UPDATES, ABSENT),
        changing("the profile is off", (_PROFILE, "Disabled"), where=_demanded),
        changing("no word of the profile", (_PROFILE, ABSENT), where=_demanded),
        changing("another standard", (_STANDARDS, ["HIPAA"]), where=_demanded),
        changing("no standard", (_STANDARDS, ABSENT), where=_demanded),
    ),
)
