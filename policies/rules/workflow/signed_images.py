"""CI-006: an image that a workflow pushes is signed, and says what is in it."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.resource import WORKFLOW
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.workflow._steps import SYNTAX, action_of
from policies.view import Fault, Judged, View, guarded

_BUILD: Final = "docker/build-push-action"
_PUSHES: Final = re.compile(r"\bdocker\s+(image\s+)?push\b|\bdocker\s+buildx\b[^;&|]*--push\b|\baz\s+acr\s+build\b")
_SIGNS: Final = re.compile(r"\b(cosign|notation)\s+sign\b")
_SIGNING: Final = frozenset({"notaryproject/notation-action/sign"})
_LISTS: Final = re.compile(r"\bcosign\s+attest\b|\bsyft\b")
_LISTING: Final = frozenset({"actions/attest-sbom", "anchore/sbom-action"})


def check(workflow: View, _context: Context) -> Judged:
    """Each job that pushes signs as well, and lists the contents."""
    for job in workflow.each("jobs"):
        yield from guarded(_of_job(job))


def _of_job(job: View) -> Judged:
    steps = list(job.each("steps"))
    if not any(_pushes(step) for step in steps):
        return
    if not any(_SIGNS.search(step.text("run")) or action_of(step) in _SIGNING for step in steps):
        yield Fault(job.path, "must sign the image that it pushes: cosign sign or notation sign, by digest")
    if not any(_lists(step) for step in steps):
        yield Fault(job.path, "must attest what is in the image that it pushes: a bill of materials (SBOM)")


def _pushes(step: View) -> bool:
    return (action_of(step) == _BUILD and step.flag("with.push") is True) or bool(_PUSHES.search(step.text("run")))


def _lists(step: View) -> bool:
    built = action_of(step) == _BUILD and step.flag("with.sbom") is True
    return built or action_of(step) in _LISTING or bool(_LISTS.search(step.text("run")))


def _workflow(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"on": {"push": {}}, "jobs": {"image": {"runs-on": "ubuntu-24.04", "steps": list(steps)}}}


_SHA: Final = "3d3c42e5aac5ba805825da76410c181273ba90b1"
_BUILT: Final = {"uses": f"{_BUILD}@{_SHA}", "with": {"push": True, "sbom": True}}
_SIGN: Final = {"run": 'cosign sign --yes "$IMAGE@$DIGEST"'}
_STEP: Final = "jobs[*].steps[*]"
_OFF: Final = f"{_BUILD}, action.yml: false (not re-read)"

RULE = Rule(
    id="CI-006",
    title="An image that a workflow pushes is signed, and says what is in it",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(WORKFLOW,),
    controls=("itsg33/SA-12", "itsg33/SI-7", "itsg33/CM-8", "mcsb/DS-6", "mcsb/DS-2", "gdpr/32(1)(b)", "popa/10"),
    equivalents={"checkov": ("CKV_GHA_5", "CKV_GHA_6")},
    why="Without a signature a cluster can't tell the image that was built from one that somebody put in its place.",
    fix="Add cosign sign by digest, and sbom: true or actions/attest-sbom, to the job that pushes.",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-tutorial-github-sign-notation-akv",
    properties=(
        Property(f"{_STEP}.run", ABSENT, Verdict.FAIL, f"{SYNTAX}: nothing is run"),
        Property(f"{_STEP}.uses", ABSENT, Verdict.FAIL, f"{SYNTAX}: no action is used"),
        Property(f"{_STEP}.with.push", False, Verdict.PASS, _OFF),
        Property(f"{_STEP}.with.sbom", False, Verdict.FAIL, _OFF),
    ),
    check=check,
    good=(
        Example(_workflow(_BUILT, _SIGN)),
        Example(_workflow({"run": "docker build ."}), title="nothing is pushed"),
        Example(_workflow({"uses": f"{_BUILD}@{_SHA}", "with": {"push": "false"}})),
        Example(_workflow({"run": "az acr build ."}, _SIGN, {"uses": f"actions/attest-sbom@{_SHA}"})),
        Example(
            _workflow({"run": "docker push $IMAGE\nnotation sign $IMAGE"}, {"uses": f"anchore/sbom-action@{_SHA}"})
        ),
    ),
    bad=(
        Example(_workflow(_BUILT)),
        Example(_workflow({"uses": f"{_BUILD}@{_SHA}", "with": {"push": "true"}}, _SIGN)),
        Example(_workflow({"run": "docker buildx build \\\n  --push ."}, {"uses": f"actions/attest-sbom@{_SHA}"})),
        Example(_workflow({"run": "az acr build ."}, _SIGN)),
        Example(_workflow({"run": "docker image push $IMAGE"}, {"run": "cosign verify $IMAGE"})),
    ),
    breaks=(
        Break("jobs[*].steps", [_BUILT]),
        Break("jobs[*].steps", [{**_BUILT, "with": {"push": True}}, _SIGN]),
        Break("jobs[*].steps", [{"run": "docker push $IMAGE"}]),
    ),
)
