"""CI-002: a workflow reaches a cloud by its own identity, for minutes, and from an environment that is guarded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from policies.resource import WORKFLOW
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.workflow._steps import EXPRESSION, SYNTAX, action_of, leaves, steps_of
from policies.types import ACTION
from policies.values import UNKNOWN, joined
from policies.view import Doubt, Fault, Judged, View, guarded

# Names of credentials that stay valid until somebody changes them: variables of Azure's, AWS's and Google's tools,
# and inputs of azure/login, azure/webapps-deploy and docker/login-action.
_LASTING: Final = re.compile(
    r"(arm|azure)_(client_secret|client_certificate\w*|credentials|access_key|storage_\w*(key|token|string)|sas_token)|"
    r"creds|client_secret|\w*publish_profile|kube_?config|\w*password|\w*connection_string|\w*account_key|"
    r"aws_(secret_)?access_key(_id)?|(google|gcp)_\w*(credentials|key)|credentials_json|pulumi_access_token",
)
# It ends with its job, as what the next ones make from a token of the job does.
_OF_THE_JOB: Final = re.compile(r"\$\{\{\s*(secrets\.github_token|github\.token|steps\.[\w.-]+)\s*\}\}", re.IGNORECASE)
_SECRET: Final = re.compile(r"\bsecrets\s*\.\s*([\w-]+)", re.IGNORECASE)
_ALL_SECRETS: Final = re.compile(r"\btojson\s*\(\s*secrets\s*\)|\bsecrets\s*\[", re.IGNORECASE)
_PULUMI: Final = "pulumi/actions"
_CHANGING: Final = ("up", "update", "destroy", "refresh")
_CHANGES: Final = re.compile(r"\bpulumi\b[^\n|;&]*\s(up|update|destroy|import|refresh)\b(?!.*--preview-only)")


def check(view: View, context: Context) -> Judged:
    """No lasting credential in any variable, input or text; tokens and changes only from an environment."""
    yield from guarded(_lasting(view, ("env",)))
    for step in steps_of(view, context):
        yield from guarded(_lasting(step, ("env", "with", "run")))
    if context.resource.type == ACTION:
        return
    yield from guarded(_identity(view, "must not be write for all jobs; grant it to the job that signs in"))
    for job in view.each("jobs"):
        yield from guarded(_lasting(job, ("env", "with", "secrets", "container", "services")))
        yield from guarded(_of_job(job))


def _lasting(holder: View, paths: tuple[str, ...]) -> Judged:
    for path in paths:
        for place, value in _leaves(holder, path):
            if value is UNKNOWN:
                yield Doubt(place, "is not known yet")
            elif isinstance(value, str) and _is_lasting(place.rpartition(".")[2], value):
                yield Fault(place, "must not be a credential that lasts; sign in with azure/login and id-token: write")


def _leaves(holder: View, path: str) -> Iterator[tuple[str, Any]]:
    if holder.has(path):
        yield from leaves(holder.below(path).value, joined(holder.path, path))


def _is_lasting(name: str, value: str) -> bool:
    """By the name that it is given to, or by that of a secret in it; `inherit` and the like hand over every secret."""
    if not value or _OF_THE_JOB.fullmatch(value.strip()):
        return False
    given = name.lower().replace("-", "_")
    held = [one[1] for text in EXPRESSION.findall(value) for one in _SECRET.finditer(text)]
    whole = (value, given) == ("inherit", "secrets") or _ALL_SECRETS.search(" ".join(EXPRESSION.findall(value)))
    return bool(whole) or any(_LASTING.fullmatch(one.lower().replace("-", "_")) for one in (given, *held))


def _identity(holder: View, message: str) -> Judged:
    """`permissions` may be a word as well; that one is judged by CI-004."""
    granted = holder.read("permissions")
    if not isinstance(granted, str) and holder.word("permissions.id-token") == "write":
        yield Fault(joined(holder.path, "permissions.id-token"), message)


def _of_job(job: View) -> Judged:
    # A called workflow names the environment in its own jobs.
    if job.text("environment.name") or job.text("uses"):
        return
    yield from guarded(_identity(job, "must not be write in a job without an environment, which says who may run it"))
    for step in job.each("steps"):
        yield from guarded(_changing(step))


def _changing(step: View) -> Judged:
    if _CHANGES.search(step.text("run")):
        yield Fault(f"{step.path}.run", "must not change a stack in a job without an environment")
    if action_of(step) == _PULUMI:
        yield from step.must_not_be("with.command", _CHANGING, "in a job without an environment")


def _workflow(*steps: dict[str, Any], all_jobs: Any = ABSENT, granted: Any = ABSENT, **job: Any) -> dict[str, Any]:
    """A workflow of one job; `all_jobs`: the variables of the workflow, `granted`: its permissions."""
    return {
        "on": {"push": {}},
        "permissions": {"contents": "read"} if granted is ABSENT else granted,
        **({} if all_jobs is ABSENT else {"env": all_jobs}),
        "jobs": {"deploy": {"runs-on": "ubuntu-24.04", "steps": list(steps), **job}},
    }


def _action(**step: Any) -> dict[str, Any]:
    return {"runs": {"using": "composite", "steps": [step]}}


def _asks(properties: Any) -> bool:
    """Whether a job may get a token for a cloud."""
    return "'id-token': 'write'" in str(properties.get("jobs"))


def _may_ask(properties: Any) -> bool:
    """Whether a job has an environment, or is another workflow's: then more may stand in it."""
    return any({"environment", "uses"} & set(job) for job in (properties.get("jobs") or {}).values())


def _previews(properties: Any) -> bool:
    return f"'{_PULUMI}@" in str(properties)


def _commands(properties: Any) -> bool:
    return "'command': 'up'" in str(properties)


_SHA: Final = "3d3c42e5aac5ba805825da76410c181273ba90b1"
_LOGIN: Final = f"azure/login@{_SHA}"
_IDS: Final = {"client-id": "${{ vars.CLIENT_ID }}", "tenant-id": "${{ vars.TENANT_ID }}"}
_GUARDED: Final = {"environment": {"name": "prod"}, "permissions": {"contents": "read", "id-token": "write"}}
_UP: Final = {"run": "pulumi up --yes --stack prod"}
_CALLED: Final = {"uses": f"gov-example/shared/.github/workflows/x.yml@{_SHA}"}
_IMAGE: Final = f"ghcr.io/gov-example/tools@sha256:{'0a' * 32}"
_PULLED: Final = {"image": _IMAGE, "credentials": {"username": "a", "password": "${{ secrets.PULL }}"}}
_LEAK: Final = {"ARM_CLIENT_SECRET": "${{ secrets.DEPLOYER }}"}
_NONE: Final = f"{SYNTAX}: none"
_HELD: Final = 'login "${{ secrets.AZURE_CREDENTIALS }}"'

RULE = Rule(
    id="CI-002",
    title="A workflow reaches a cloud by its own identity, for minutes, from a guarded environment",
    severity=Severity.CRITICAL,
    category=Category.IDENTITY,
    types=(WORKFLOW, ACTION),
    controls=(
        "itsg33/IA-5",
        "itsg33/IA-5(7)",
        "itsg33/CM-3",
        "mcsb/IM-3",
        "mcsb/IM-8",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"zizmor": ("overprovisioned-secrets", "secrets-inherit", "secrets-outside-env")},
    why="A key that lasts works for whoever reads one log or one fork's run; a token of a job ends with it.",
    fix="Sign in with azure/login by client-id and tenant-id, id-token: write and environment in that job alone.",
    link="https://learn.microsoft.com/azure/developer/github/connect-from-azure-openid-connect",
    properties=(
        Property("env", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("permissions", ABSENT, Verdict.PASS, f"{SYNTAX}: never id-token", (WORKFLOW,)),
        Property("permissions.id-token", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("jobs[*].env", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        *(
            Property(f"jobs[*].{path}", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,))
            for path in ("secrets", "with", "container", "services")
        ),
        Property("jobs[*].uses", ABSENT, Verdict.FAIL, f"{SYNTAX}: no workflow is called", (WORKFLOW,)),
        Property("jobs[*].permissions", ABSENT, Verdict.PASS, f"{SYNTAX}: the workflow's", (WORKFLOW,)),
        Property("jobs[*].permissions.id-token", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("jobs[*].environment.name", ABSENT, Verdict.FAIL, _NONE, (WORKFLOW,)),
        Property("jobs[*].steps[*].env", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("jobs[*].steps[*].with", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("jobs[*].steps[*].with.command", ABSENT, Verdict.PASS, f"{_PULUMI}: no command", (WORKFLOW,)),
        Property("jobs[*].steps[*].uses", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("jobs[*].steps[*].run", ABSENT, Verdict.PASS, _NONE, (WORKFLOW,)),
        Property("runs.steps[*].env", ABSENT, Verdict.PASS, _NONE, (ACTION,)),
        Property("runs.steps[*].with", ABSENT, Verdict.PASS, _NONE, (ACTION,)),
        Property("runs.steps[*].run", ABSENT, Verdict.PASS, _NONE, (ACTION,)),
    ),
    check=check,
    good=(
        Example(_workflow({"uses": _LOGIN, "with": _IDS}, _UP, all_jobs={"ARM_USE_OIDC": "true"}, **_GUARDED)),
        Example(
            _workflow({"run": "make", "env": {"TOKEN": "${{ secrets.GITHUB_TOKEN }}"}}, all_jobs={"A": 1}, **_GUARDED)
        ),
        Example(_workflow({"run": "pulumi preview --stack prod"}, all_jobs={}, granted={"id-token": "none"})),
        Example(_workflow({"run": "make", "with": {"password": "${{ github.token }}"}}), title="ends with its job"),
        Example(_workflow(**_CALLED, secrets={"chart": "${{ secrets.CHART_NAME }}"}), title="a called workflow"),
        Example(_workflow(all_jobs={"A": "b"}, granted="read-all"), title="judged by CI-004"),
        Example(_action(run="make", env={"A": "b"}, **{"with": {"creds": ""}}), type=ACTION),
        Example(_workflow({"run": "make"}, **_GUARDED, env={"A": "b"})),
        Example(_workflow({"run": "make"}, permissions={"contents": "read", "id-token": "none"})),
        Example(_workflow({"uses": f"pulumi/actions@{_SHA}", "with": {"command": "preview"}})),
        Example(_workflow({"uses": f"gov-example/elevator@{_SHA}", "with": {"command": "up"}})),
        Example(_workflow(**_CALLED, permissions={"id-token": "write"}), title="its jobs name the environment"),
        Example(_workflow(**_CALLED, **{"with": {"stack": "prod"}})),
        Example(_workflow(container={"image": _IMAGE}, services={"db": {"image": _IMAGE}})),
    ),
    bad=(
        Example(_workflow(_UP, all_jobs=_LEAK, **_GUARDED)),
        Example(_workflow({"run": "make"}, container=_PULLED)),
        Example(_workflow({"run": "make"}, services={"db": _PULLED})),
        Example(_workflow(**_CALLED, **{"with": _LEAK})),
        Example(_workflow({"run": "make"}, {"run": "make", "env": {"X": "${{ secrets.AZURE_CREDENTIALS }}"}})),
        Example(_workflow({"uses": _LOGIN, "with": {"creds": "${{ secrets.DEPLOYER }}"}}, **_GUARDED)),
        Example(_workflow({"uses": _LOGIN, "with": {"client-secret": "${{ secrets.X }}"}}, **_GUARDED)),
        Example(_workflow({"run": _HELD}, **_GUARDED)),
        Example(_workflow({"run": "make", "env": {"ALL": "${{ toJSON(secrets) }}"}})),
        Example(_workflow({"run": "make", "env": {"ONE": "${{ secrets[matrix.name] }}"}})),
        Example(_workflow({"run": "make", "env": {"AZURE_STORAGE_KEY": "written-in-clear"}})),
        Example(_workflow(**_CALLED, secrets="inherit")),
        Example(_workflow(**_CALLED, secrets={"arm_client_secret": "${{ secrets.X }}"})),
        Example(_workflow({"run": "make"}, granted={"id-token": "write"})),
        Example(_workflow({"run": "make"}, **{**_GUARDED, "environment": None})),
        Example(_workflow({"run": "make"}, _UP)),
        Example(_workflow({"uses": f"pulumi/actions@{_SHA}", "with": {"command": "up"}})),
        Example(_workflow({"run": "make"}, **_GUARDED, env=_LEAK)),
        Example(_action(run="make", env=_LEAK), type=ACTION),
    ),
    breaks=(
        Break("env", _LEAK, of=(WORKFLOW,)),
        Break("permissions", {"id-token": "write"}, of=(WORKFLOW,)),
        Break("jobs[*].env", _LEAK),
        Break("jobs[*].secrets", "inherit"),
        Break("jobs[*].with", _LEAK),
        Break("jobs[*].container", _PULLED),
        Break("jobs[*].services", {"db": _PULLED}),
        Break("jobs[*].permissions", {"id-token": "write"}, where=lambda properties: not _may_ask(properties)),
        Break("jobs[*].environment", ABSENT, where=_asks),
        Break("jobs[*].uses", ABSENT, where=_asks),
        Break("jobs[*].steps[*].with.command", "up", where=_previews),
        Break("jobs[*].steps[*].uses", f"{_PULUMI}@{_SHA}", where=_commands),
        Break("jobs[*].steps[*].env", _LEAK),
        Break("jobs[*].steps[*].with", {"creds": "${{ secrets.DEPLOYER }}"}, companions=("CI-004",)),
        Break("jobs[*].steps[*].run", _HELD, companions=("CI-005",)),
        Break("jobs[*].steps[*].run", "pulumi destroy", where=lambda properties: not _may_ask(properties)),
        Break("runs.steps[*].env", _LEAK, of=(ACTION,)),
        Break("runs.steps[*].with", {"creds": "${{ secrets.DEPLOYER }}"}, of=(ACTION,), companions=("CI-004",)),
        Break("runs.steps[*].run", _HELD, of=(ACTION,), companions=("CI-005",)),
    ),
)
