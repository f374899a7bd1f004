"""Our rules as SARIF describes rules."""

from __future__ import annotations

from typing import Any, Final

from policies.crossguard.pack import WAIVERS
from policies.frameworks import control
from policies.pages import explained_at, page_of
from policies.profile import Level, Profile
from policies.rule import SEVERITY_MEANING, Category, Rule, Severity
from review.sarif import code_scanning

LEVELS: Final = {Level.MANDATORY: "error", Level.ADVISORY: "warning", Level.DISABLED: "none"}
# What only costs money is no matter of security; code scanning lists it apart.
_NO_SECURITY: Final = frozenset({Category.COST})


def unknown(rule: str) -> str:
    """The id under which a rule's unknown results stand.

    Code scanning shows a result as severe as its rule, whatever the result's own level: what nobody knows would alarm
    and block as a critical failure does. So it has a rule of its own, without a severity (SARIF 2.1.0, 3.5.4: a part
    after a slash makes an id more specific).
    """
    return f"{rule}/unknown"


def descriptor(rule: Rule, profile: Profile) -> dict[str, Any]:
    """A rule, at the level that the profile gives it."""
    level = profile.level(rule.id, rule.severity)
    configuration = {"level": LEVELS[level], **({"enabled": False} if level is Level.DISABLED else {})}
    return {
        **_described(rule),
        "id": rule.id,
        "defaultConfiguration": configuration,
        "properties": {"tags": _tags(rule), "precision": "very-high", **_severity(rule), **_ours(rule)},
    }


def unknown_descriptor(rule: Rule) -> dict[str, Any]:
    """What stands for a rule's results that could not be decided."""
    return {
        **_described(rule),
        "id": unknown(rule.id),
        "shortDescription": {"text": code_scanning.described(f"Not known yet: {rule.title}")},
        "defaultConfiguration": {"level": "none"},
        "properties": {"tags": ["unknown", _tag(rule.category)], "precision": "low", **_ours(rule)},
    }


def waivers_descriptor() -> dict[str, Any]:
    """What stands for the faults of waivers themselves."""
    text = "A waiver that is expired, unused, too broad or out of form is a failure of its own."
    return {
        "id": WAIVERS,
        "shortDescription": {"text": "Waivers are in order"},
        "fullDescription": {"text": text},
        "help": {"text": f"{text} Mend policies/waivers.yaml."},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["security", _tag(Category.GOVERNANCE)],
            "precision": "very-high",
            "security-severity": code_scanning.SECURITY_SEVERITY[Severity.HIGH],
        },
    }


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "shortDescription": {"text": code_scanning.described(rule.title)},
        "fullDescription": {"text": code_scanning.described(rule.why)},
        "help": {"text": f"{rule.why} {rule.fix}", "markdown": _markdown(rule)},
        "helpUri": explained_at(rule),
    }


def _markdown(rule: Rule) -> str:
    same = [f"| {tool} | {', '.join(f'`{one}`' for one in ids)} |" for tool, ids in sorted(rule.equivalents.items())]
    return "\n".join(
        [
            f"**{rule.severity.capitalize()}**: {SEVERITY_MEANING[rule.severity]}",
            "",
            f"**Why.** {rule.why}",
            "",
            f"**Fix.** {rule.fix}",
            "",
            f"**Controls.** {', '.join(control(one).cited for one in rule.controls)}",
            "",
            f"`{page_of(rule)}`, and [what Azure says]({rule.link})",
            *(["", "| the same in | |", "|---|---|", *same] if same else []),
        ]
    )


def _tags(rule: Rule) -> list[str]:
    security = [] if rule.category in _NO_SECURITY else ["security"]
    return [*security, _tag(rule.category), *rule.controls][: code_scanning.MOST_TAGS]


def _tag(category: Category) -> str:
    return category.replace(" ", "-")


def _severity(rule: Rule) -> dict[str, str]:
    if rule.category in _NO_SECURITY:
        return {"problem.severity": code_scanning.PROBLEM_SEVERITY[rule.severity]}
    return {"security-severity": code_scanning.SECURITY_SEVERITY[rule.severity]}


def _ours(rule: Rule) -> dict[str, Any]:
    return {"severity": str(rule.severity), "equivalents": {tool: list(ids) for tool, ids in rule.equivalents.items()}}
