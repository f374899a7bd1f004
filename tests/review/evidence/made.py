"""Evidence made by hand: a rule for each verdict, a small catalogue of controls, and resources that nobody made."""

from __future__ import annotations

from datetime import date
from typing import Any

from policies.frameworks import Control, Framework
from policies.judge import judge
from policies.profile import Level, Override, Profile, profile
from policies.resource import Place, Resource, Stack
from policies.rule import Category, Property, Rule, Severity, Verdict
from policies.values import ABSENT, UNKNOWN
from policies.view import Judged, View
from policies.waivers import Waiver, settle
from review.evidence.bundle import Part
from review.evidence.coverage import coverage_of
from review.evidence.model import Evidence, Kind, Source, evidence_of
from review.evidence.register import register_of
from review.policy_report import Origin, PolicyReport

TODAY = date(2026, 11, 25)
VAULT = "azure-native:keyvault:Vault"
ACCOUNT = "azure-native:storage:StorageAccount"
BARE = "azure-native:maps:Account"
OFF = "Made up for a test of evidence."
SECRET_VALUE = "hunter2-hunter2"
HOSTILE = (
    '<script>alert(1)</script>" onload="x" [a](javascript:x) `b` *c* \n=cmd|\' /C calc\'!A0\u202egnp.exe\ud800\x00'
)


def check(view: View, _context: Any) -> Judged:
    """`open` is false."""
    yield from view.must_be("open", False)


def rule(rule_id: str, type_: str, *controls: str, severity: Severity = Severity.HIGH, **more: Any) -> Rule:
    given = {"title": f"{rule_id} holds", "why": "Since it must.", "fix": "Set open to false."}
    return Rule(
        id=rule_id,
        severity=severity,
        category=Category.NETWORK,
        types=(type_,),
        controls=controls,
        link="https://example.org/rule",
        check=check,
        good=(),
        bad=(),
        properties=(Property("open", ABSENT, Verdict.FAIL, "made up"),),
        **{**given, **more},
    )


FRAMEWORKS = {
    key: Framework(
        id=key, title=f"Framework {key}", version="1", source="https://example.org/", read=TODAY, note="A note.",
        whole=False,
    )
    for key in ("fw", "law")
}  # fmt: skip


def control(ref: str, **more: Any) -> Control:
    framework, key = ref.split("/", 1)
    given = {"title": f"Title of {key}", "confirmed": True, "ccm_medium": None, "no_rule": ""}
    made = {**given, **more}
    cited = ref if made["confirmed"] else f"{ref} (unconfirmed)"
    return Control(framework=framework, id=key, source="made up", cited=cited, **made)


CONTROLS = {
    one.ref: one
    for one in (
        control("fw/A-10"),
        control("fw/A-2(1)"),
        control("fw/B-1", ccm_medium=False),
        control("law/10", confirmed=False),
        control("law/60", confirmed=False, no_rule="Nothing in a stack shows what people were told."),
    )
}
RULES = (
    rule("VLT-001", VAULT, "fw/A-2(1)", "law/10"),
    rule("STO-001", ACCOUNT, "fw/A-10", "law/10", severity=Severity.LOW),
    rule("NON-001", "azure-native:app:Job", "fw/B-1"),
)


def resource(name: str, open_: object, type_: str = VAULT, **more: Any) -> Resource:
    return Resource(
        type=type_,
        name=name,
        urn=f"urn:pulumi:prod::platform::{type_}::{name}",
        properties={"open": open_, "note": SECRET_VALUE},
        **more,
    )


def waiver(name: str, **more: Any) -> Waiver:
    given: dict[str, Any] = {
        "id": "W-001",
        "rule": "VLT-001",
        "urn": f"urn:pulumi:prod::platform::{VAULT}::{name}",
        "reason": "The vendor's release 4 brings the setting.",
        "compensating": "Nobody outside reaches it.",
        "owner": "lead@example.org",
        "approver": "security@example.org",
        "ticket": "SEC-1",
        "created": date(2026, 11, 1),
        "expires": date(2027, 1, 20),
    }
    return Waiver.model_validate({**given, **more})


# One of each: passes, fails, can't be told, fails and is waived, has no rule.
RESOURCES = (
    resource("good", False, place=Place("components/vault.py", 12)),
    resource("bad", True, ACCOUNT),
    resource("dim", UNKNOWN),
    resource("let", True),
    resource("bare", True, BARE),
)
WAIVERS = (waiver("let"),)


def judged_by(**levels: Level) -> Profile:
    """The profile of prod, with other levels for some rules (`VLT_001=`)."""
    found = profile("prod", "Protected B")
    overrides = {key.replace("_", "-"): Override(level=level, why=OFF) for key, level in levels.items()}
    return Profile(
        found.environment, found.classification, found.demands, found.parameters, found.levels,
        {**found.overrides, **overrides},
    )  # fmt: skip


def report(
    *resources: Resource,
    rules: tuple[Rule, ...] = RULES,
    waivers: tuple[Waiver, ...] = WAIVERS,
    name: str = "prod",
    by: Profile | None = None,
    commit: str = "0a1b2c3d4e5f",
) -> PolicyReport:
    judgement = judge(Stack(name, resources), by or judged_by(), rules)
    origin = Origin("preview of prod", TODAY, commit, "0.2.0")
    return PolicyReport(settle(judgement, waivers, rules, TODAY), rules, origin)


def evidence(*resources: Resource, **options: Any) -> Evidence:
    return evidence_of(report(*resources, **options), Source(Kind.PREVIEW), FRAMEWORKS, CONTROLS)


def part(*resources: Resource, source: Source | None = None, checkov: Any = None, **options: Any) -> Part:
    found = report(*resources, **options)
    waivers = options.get("waivers", WAIVERS)
    return Part(
        evidence_of(found, source or Source(Kind.PREVIEW), FRAMEWORKS, CONTROLS),
        register_of(found.settled, waivers, TODAY),
        coverage_of(found.settled.judgement, found.rules),
        checkov,
    )
