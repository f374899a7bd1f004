"""What checkov says of a stack's export, as a run of its own: each finding where Pulumi made the resource.

It is the second opinion: its failures are warnings, whatever the severity, since our rules are what stops an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from policies.resource import Place
from policies.rule import Rule, Severity, Verdict
from review.checkov.comparison import Compared, Comparison, equivalents
from review.checkov.run import CheckovFinding, release
from review.policy_report import PolicyReport
from review.sarif import code_scanning
from review.sarif.descriptors import unknown
from review.sarif.log import Run
from review.sarif.policy import justification, properties, subject
from review.sarif.result import FAIL, OPEN, Result, Suppression

_CHECKS: Final = "https://www.checkov.io/5.Policy%20Index/all.html"
_ORDER: Final = tuple(Severity)


def checkov_run(comparison: Comparison, report: PolicyReport) -> Run:
    """Checkov's failures and what it could not see whole. What is explained is accepted as what is waived."""
    told = [one for one in comparison.compared if one.finding.verdict is not Verdict.PASS]
    driver = {
        "name": "checkov",
        "semanticVersion": release(),
        "informationUri": "https://www.checkov.io/",
        "rules": list(_rules([one.finding for one in comparison.compared], report.rules)),
    }
    results = tuple(_result(one) for one in told)
    return Run(driver, results, f"checkov/{subject(report)}/", properties(report))


def _result(compared: Compared) -> Result:
    one = compared.finding
    where = f"{one.resource.name}: " if one.resource is not None else ""
    message = [f"{where}{one.title}."]
    place = Place(one.file, one.line) if one.file.startswith(".github/") else None
    paths = () if one.resource is not None else (one.file,)
    if one.verdict is Verdict.UNKNOWN:
        message.append("Checkov could not see all of it: the export leaves out what is not known yet.")
        return Result(unknown(one.check), OPEN, "none", code_scanning.message(message), one.resource, paths, place)
    suppression = None
    if compared.waiver is not None:
        suppression = Suppression(justification(compared.waiver))
    elif compared.why:
        suppression = Suppression(f"{compared.standing}: {compared.why}")
    text = code_scanning.message(message)
    return Result(one.check, FAIL, "warning", text, one.resource, paths, place, suppression)


def _rules(findings: Iterable[CheckovFinding], rules: Iterable[Rule]) -> Iterator[dict[str, Any]]:
    """A description of each check that ran; of its meaning and severity ours know more than it says itself."""
    same: dict[str, list[Rule]] = {}
    for rule in rules:
        for check in equivalents(rule):
            same.setdefault(check, []).append(rule)
    titles = {one.check: one.title for one in findings}
    unknowns = {one.check for one in findings if one.verdict is Verdict.UNKNOWN}
    for check, title in sorted(titles.items()):
        described = _described(title, same.get(check, []))
        scores = [rule.severity for rule in same.get(check, [])]
        score = code_scanning.SECURITY_SEVERITY[max(scores, key=_ORDER.index)] if scores else None
        yield {
            **described,
            "id": check,
            "defaultConfiguration": {"level": "warning"},
            "properties": {
                "tags": ["security", "checkov"] if score else ["checkov"],
                **({"security-severity": score} if score else {}),
            },
        }
        if check in unknowns:
            configuration = {"level": "none"}
            tags = {"tags": ["unknown", "checkov"]}
            yield {**described, "id": unknown(check), "defaultConfiguration": configuration, "properties": tags}


def _described(title: str, same: list[Rule]) -> dict[str, Any]:
    ours = " ".join(f"Our {rule.id}: {rule.title}. {rule.fix}" for rule in same)
    return {
        "shortDescription": {"text": code_scanning.described(title)},
        "fullDescription": {"text": code_scanning.described(f"{title}. {ours}".strip())},
        "help": {"text": ours or f"{title}. None of our rules means the same: {_CHECKS} explains it."},
        "helpUri": same[0].link if same else _CHECKS,
    }
