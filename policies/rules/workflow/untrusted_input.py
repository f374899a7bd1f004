"""CI-005: what strangers write reaches no command as code, and no checkout with rights."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from policies.resource import WORKFLOW, Resource, Stack
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, StackBreak, Verdict
from policies.rules.workflow._steps import CHECKOUT, EXPRESSION, SYNTAX, action_of, steps_of
from policies.types import ACTION
from policies.view import Fault, Judged, View, guarded

# Inputs of actions that are run as code: github-script's, and those of azure/cli and azure/powershell.
_CODE: Final = ("run", "with.script", "with.inlineScript")
# What GitHub itself makes, and nobody can write a command into.
_HARMLESS: Final = re.compile(
    r"github\.(sha|run_id|run_number|run_attempt|repository|repository_id|repository_owner|repository_owner_id|"
    r"event_name|job|workspace|action_path|server_url|api_url)|runner\.\w+|hashfiles\('[^']*'(,\s*'[^']*')*\)"
)
# They run with the repository's rights and secrets, set off by whoever opens a pull request or writes a comment.
_PRIVILEGED: Final = frozenset({"issue_comment", "pull_request_target", "workflow_run"})
_FETCHES: Final = re.compile(r"\bgh\s+pr\s+checkout\b|\bpull/\S+/(head|merge)\b", re.IGNORECASE)


def check(view: View, context: Context) -> Judged:
    """No expression within code but those of GitHub's own making; nothing of a stranger checked out with rights."""
    for step in steps_of(view, context):
        for path in _CODE:
            yield from guarded(_code(step, path))
    if context.resource.type == WORKFLOW and _PRIVILEGED & set(view.keys("on")):
        for step in steps_of(view, context):
            yield from guarded(_checkout(step))


def _code(step: View, path: str) -> Judged:
    for found in EXPRESSION.finditer(step.text(path)):
        if not _HARMLESS.fullmatch(found[1].strip().lower()):
            yield Fault(f"{step.path}.{path}", "must not hold an expression; give the value over in env")
            return


def _checkout(step: View) -> Judged:
    if action_of(step) == CHECKOUT:
        for path in ("with.ref", "with.repository"):
            yield from step.must_not_be_set(path, "where others than the repository's own people set the run off")
    if _FETCHES.search(step.text("run")):
        yield Fault(f"{step.path}.run", "must not fetch a pull request where a stranger sets the run off with rights")


_SHA: Final = "3d3c42e5aac5ba805825da76410c181273ba90b1"
_USES: Final = f"actions/checkout@{_SHA}"
_REF: Final = "${{ github.event.pull_request.head.sha }}"
_TITLE: Final = 'echo "${{ github.event.pull_request.title }}"'


def _workflow(*steps: dict[str, Any], on: str = "pull_request") -> dict[str, Any]:
    return {"on": {on: {}}, "jobs": {"build": {"runs-on": "ubuntu-24.04", "steps": list(steps)}}}


def _checks_out(**given: Any) -> dict[str, Any]:
    return {"uses": _USES, "with": {"persist-credentials": False, **given}}


def _action(**step: Any) -> dict[str, Any]:
    return {"runs": {"using": "composite", "steps": [step]}}


def _with_rights(stack: Stack, resource: Resource) -> Stack | None:
    """The same workflow on `pull_request_target`, with what the pull request brings checked out."""
    if resource.type != WORKFLOW:
        return None
    own = {"runs-on": "ubuntu-24.04", "steps": [_checks_out(ref=_REF)]}
    jobs = {**resource.properties["jobs"], "stranger": own}
    broken = replace(resource, properties={**resource.properties, "on": {"pull_request_target": {}}, "jobs": jobs})
    return replace(stack, resources=tuple(broken if one is resource else one for one in stack.resources))


_NOTHING: Final = f"{SYNTAX}: nothing is run"
_BASE: Final = "actions/checkout, action.yml of v7.0.1: the commit that set the run off, which is the base's here"
_JOB: Final = "jobs[*].steps[*]"
_OWN: Final = "runs.steps[*]"

RULE = Rule(
    id="CI-005",
    title="What strangers write reaches no command as code, and no checkout with rights",
    severity=Severity.CRITICAL,
    category=Category.SUPPLY_CHAIN,
    types=(WORKFLOW, ACTION),
    controls=("itsg33/SI-10", "itsg33/CM-5", "mcsb/DS-6", "mcsb/DS-3", "gdpr/32(1)(b)", "popa/10"),
    equivalents={"checkov": ("CKV_GHA_2",), "zizmor": ("template-injection", "dangerous-triggers")},
    why="An expression is replaced before the shell reads it, so a title with a command in it is run as that command.",
    fix='Give the value over: env: {TITLE: "${{ … }}"}, and "$TITLE" in run; use pull_request, without rights.',
    link="https://docs.github.com/actions/concepts/security/script-injections",
    properties=(
        Property("on", ABSENT, Verdict.PASS, f"{SYNTAX}: nothing sets it off", (WORKFLOW,)),
        Property(f"{_JOB}.run", ABSENT, Verdict.PASS, _NOTHING, (WORKFLOW,)),
        Property(f"{_JOB}.uses", ABSENT, Verdict.PASS, _NOTHING, (WORKFLOW,)),
        Property(f"{_JOB}.with.script", ABSENT, Verdict.PASS, _NOTHING, (WORKFLOW,)),
        Property(f"{_JOB}.with.inlineScript", ABSENT, Verdict.PASS, _NOTHING, (WORKFLOW,)),
        Property(f"{_JOB}.with.ref", ABSENT, Verdict.PASS, _BASE, (WORKFLOW,)),
        Property(f"{_JOB}.with.repository", ABSENT, Verdict.PASS, _BASE, (WORKFLOW,)),
        Property(f"{_OWN}.run", ABSENT, Verdict.PASS, _NOTHING, (ACTION,)),
        Property(f"{_OWN}.with.script", ABSENT, Verdict.PASS, _NOTHING, (ACTION,)),
        Property(f"{_OWN}.with.inlineScript", ABSENT, Verdict.PASS, _NOTHING, (ACTION,)),
    ),
    check=check,
    good=(
        Example(_workflow({"run": 'echo "$TITLE"', "env": {"TITLE": "${{ github.event.pull_request.title }}"}})),
        Example(_workflow({"run": "echo ${{ github.sha }} ${{ runner.temp }} ${{ hashFiles('uv.lock', '*.sum') }}"})),
        Example(_workflow(_checks_out(), {"run": "make"}, on="pull_request_target"), title="the base's own code"),
        Example(_workflow(_checks_out(ref=_REF), on="pull_request"), title="without rights"),
        Example(_workflow(_checks_out(ref="", repository=""), {"run": "make"}, on="pull_request_target")),
        Example(_workflow({"uses": f"actions/github-script@{_SHA}", "with": {"script": "return 1"}})),
        Example(_workflow({"uses": f"azure/cli@{_SHA}", "with": {"inlineScript": "az version"}})),
        Example(_action(run="make"), type=ACTION),
        Example(_action(uses=f"a/b@{_SHA}", **{"with": {"script": "1", "inlineScript": "az"}}), type=ACTION),
    ),
    bad=(
        Example(_workflow({"run": "make"}, {"run": _TITLE})),
        Example(_workflow({"run": "git checkout ${{ github.head_ref }}"})),
        Example(_workflow({"run": "echo ${{inputs.name}}"}, on="workflow_dispatch")),
        Example(_workflow({"run": "deploy --token ${{ secrets.TOKEN }}"}, on="push")),
        Example(_workflow({"run": "echo ${{ github.sha || github.head_ref }}"})),
        Example(_workflow({"run": "echo ${{ github.sha }} && ${{\n matrix.command }}"})),
        Example(_workflow({"uses": f"actions/github-script@{_SHA}", "with": {"script": _TITLE}})),
        Example(_workflow({"uses": f"azure/cli@{_SHA}", "with": {"inlineScript": _TITLE}})),
        Example(_workflow(_checks_out(ref=_REF), on="pull_request_target")),
        Example(_workflow(_checks_out(repository="${{ github.event.x }}"), on="workflow_run")),
        Example(_workflow({"run": 'gh pr checkout "$NUMBER"'}, on="issue_comment")),
        Example(_workflow({"run": "git fetch origin pull/7/head"}, on="pull_request_target")),
        Example(_action(run="echo ${{ inputs.name }}"), type=ACTION),
    ),
    breaks=(
        Break(f"{_JOB}.run", _TITLE),
        Break(f"{_JOB}.with.script", _TITLE),
        Break(f"{_JOB}.with.inlineScript", _TITLE),
        Break(f"{_OWN}.run", _TITLE, of=(ACTION,)),
        Break(f"{_OWN}.with.script", _TITLE, of=(ACTION,)),
        Break(f"{_OWN}.with.inlineScript", _TITLE, of=(ACTION,)),
        StackBreak("what a stranger brings is checked out with rights", _with_rights),
    ),
)
