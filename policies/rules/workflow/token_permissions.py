"""CI-004: a workflow's token may do what it needs, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.resource import WORKFLOW
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.workflow._steps import CHECKOUT, SYNTAX, action_of, steps_of
from policies.types import ACTION
from policies.view import Fault, Judged, View, guarded

# Whoever opens a pull request decides what runs on it; `workflow_call` runs for whoever calls.
_STRANGERS: Final = frozenset({"pull_request", "pull_request_target", "workflow_call"})
# What a run on a pull request may write: words about the change, never code, packages or other runs.
_WORDS: Final = frozenset({"checks", "issues", "pull-requests", "security-events", "statuses"})
# Who may ask a cloud for a token is judged by CI-002.
_IDENTITY: Final = "id-token"


def check(view: View, context: Context) -> Judged:
    """The workflow reads; a job may write what it names; no checkout leaves the token on the disk."""
    for step in steps_of(view, context):
        yield from guarded(_of_checkout(step))
    if context.resource.type == WORKFLOW:
        yield from guarded(_of_workflow(view))
        strangers = bool(_STRANGERS & set(view.keys("on")))
        for job in view.each("jobs"):
            yield from guarded(_of_job(job, strangers))


def _of_workflow(workflow: View) -> Judged:
    granted = workflow.read("permissions")
    if granted is ABSENT:
        yield Fault("permissions", "must be set: without it the repository's default counts, which may be to write")
    elif isinstance(granted, Mapping):
        for scope in granted:
            if scope != _IDENTITY and workflow.below("permissions").word(str(scope), absent="none") == "write":
                yield Fault(f"permissions.{scope}", "must not be write for all jobs; grant it to the job that needs it")
    elif workflow.word("permissions") != "read-all":
        yield Fault("permissions", "must only be to read; grant each job by name what it writes")


def _of_job(job: View, strangers: bool) -> Judged:
    granted = job.read("permissions")
    if isinstance(granted, Mapping):
        for scope in granted:
            writes = job.below("permissions").word(str(scope), absent="none") == "write"
            if writes and strangers and scope not in {*_WORDS, _IDENTITY}:
                yield Fault(
                    f"{job.path}.permissions.{scope}", "must not be write where a pull request decides what runs"
                )
    elif granted is not ABSENT and job.word("permissions") != "read-all":
        yield Fault(f"{job.path}.permissions", "must name what it writes")


def _of_checkout(step: View) -> Judged:
    if action_of(step) == CHECKOUT:
        yield from step.must_be("with.persist-credentials", False, "or later steps and artifacts have the token")


def _workflow(permissions: Any, job: Any = ABSENT, on: str = "push", step: Any = None) -> dict[str, Any]:
    made: dict[str, Any] = {"runs-on": "ubuntu-24.04", "steps": [{"run": "make"}, *([step] if step else [])]}
    return {
        "on": {on: {}},
        **({} if permissions is ABSENT else {"permissions": permissions}),
        "jobs": {"build": made if job is ABSENT else {**made, "permissions": job}},
    }


_SHA: Final = "3d3c42e5aac5ba805825da76410c181273ba90b1"
_USES: Final = f"actions/checkout@{_SHA}"
_CHECKOUT: Final = {"uses": _USES, "with": {"persist-credentials": False}}
_READ: Final = {"contents": "read"}
_LEFT: Final = f"{CHECKOUT}, action.yml of v7.0.1: true"


def _action(step: dict[str, Any]) -> dict[str, Any]:
    return {"runs": {"using": "composite", "steps": [step]}}


def _checks_out(properties: Any) -> bool:
    """Whether a step checks the repository out already: then another one could not be told from it."""
    return CHECKOUT in str(properties).lower()


RULE = Rule(
    id="CI-004",
    title="A workflow's token may do what it needs, and no more",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(WORKFLOW, ACTION),
    controls=(
        "itsg33/AC-6",
        "itsg33/CM-5",
        "mcsb/PA-7",
        "mcsb/DS-6",
        "mcsb/DS-3",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
    ),
    equivalents={"checkov": ("CKV2_GHA_1",), "zizmor": ("excessive-permissions", "artipacked")},
    why="Whatever runs in a job has its token: with rights to write, one bad dependency changes code or releases.",
    fix="Set permissions: contents: read for the workflow, what a job writes in that job, persist-credentials: false.",
    link="https://docs.github.com/actions/reference/security/secure-use",
    properties=(
        Property("on", ABSENT, Verdict.PASS, f"{SYNTAX}: nothing sets it off", (WORKFLOW,)),
        Property("permissions", ABSENT, Verdict.FAIL, f"{SYNTAX}: the repository's default", (WORKFLOW,)),
        Property("jobs[*].permissions", ABSENT, Verdict.PASS, f"{SYNTAX}: the workflow's", (WORKFLOW,)),
        Property("jobs[*].steps[*].uses", ABSENT, Verdict.PASS, f"{SYNTAX}: the step runs a command", (WORKFLOW,)),
        Property("jobs[*].steps[*].with.persist-credentials", True, Verdict.FAIL, _LEFT, (WORKFLOW,)),
        Property("runs.steps[*].uses", ABSENT, Verdict.PASS, f"{SYNTAX}: the step runs a command", (ACTION,)),
        Property("runs.steps[*].with.persist-credentials", True, Verdict.FAIL, _LEFT, (ACTION,)),
    ),
    check=check,
    good=(
        Example(_workflow(_READ, step=_CHECKOUT)),
        Example(_workflow({}, {"contents": "write"}), title="a release, after a merge"),
        Example(_workflow("read-all", {"contents": "read", "security-events": "write"}, "pull_request")),
        Example(_workflow(_READ, "read-all", "workflow_call")),
        Example(_workflow(_READ, {"id-token": "write"}, "pull_request"), title="judged by CI-002"),
        Example(_action(_CHECKOUT), type=ACTION),
        Example(_action({"uses": f"gov-example/tool@{_SHA}"}), type=ACTION),
    ),
    bad=(
        Example(_workflow(ABSENT)),
        Example(_workflow("write-all")),
        Example(_workflow({"contents": "read", "packages": "write"})),
        Example(_workflow(_READ, "write-all")),
        Example(_workflow(_READ, {"contents": "write"}, "pull_request")),
        Example(_workflow(_READ, {"actions": "Write"}, "workflow_call")),
        Example(_workflow(_READ, step={"uses": _USES})),
        Example(_workflow(_READ, step={"uses": "Actions/Checkout@v7", "with": {"persist-credentials": "true"}})),
        Example(_action({"uses": _USES}), type=ACTION),
    ),
    breaks=(
        Break("permissions", ABSENT, of=(WORKFLOW,)),
        Break("permissions", "write-all", of=(WORKFLOW,)),
        Break("permissions.contents", "write", of=(WORKFLOW,)),
        Break("jobs[*].permissions", "write-all"),
        Break("on", {"pull_request": {}}, where=lambda properties: "'contents': 'write'" in str(properties)),
        Break("jobs[*].steps[*].uses", _USES, where=lambda properties: not _checks_out(properties)),
        Break("runs.steps[*].uses", _USES, where=lambda properties: not _checks_out(properties)),
        Break("jobs[*].steps[*].with.persist-credentials", ABSENT),
        Break("runs.steps[*].with.persist-credentials", ABSENT),
    ),
)
