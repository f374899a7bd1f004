"""The project's commands: `uv run invoke --list`.

Each task is a docstring and a few lines; what it does lies in a package and has tests there. Imports are inside the
tasks, so that `--list` and `--help` answer at once.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ROOT = Path(__file__).parent

# What CI runs, in order, cheapest first. `uv run invoke test` is exactly this list.
CHECKS = (
    ("the lock file fits pyproject.toml", "uv lock --check --quiet"),
    ("style", "ruff check --quiet ."),
    ("format", "ruff format --check --quiet ."),
    ("types", "mypy"),
    ("generated pages are fresh", "invoke docs --check"),
    # Before the tests that need it, so that getting it (minutes on a new machine) shows what it does.
    ("the engine is there", "invoke engine"),
    ("workflow files", "invoke workflows"),
    ("rules over workflow files", "invoke policy --workflows ."),
    ("tests", "pytest --numprocesses 2 --dist loadscope"),
)


def _stop(error: Exception, code: int = 2) -> NoReturn:
    """Ends a task with a message and no traceback."""
    raise Exit(f"error: {error}", code=code) from error


def _not_empty(**given: str | None) -> None:
    """Ends a task where a flag was given with nothing: `--state "$FILE"` must not judge something else instead."""
    for name, value in given.items():
        if value == "":
            raise Exit(f"error: --{name} is empty; nothing was done; say what it is, or leave the flag out", code=2)


@task(
    help={
        "stack": "dev, test or prod.",
        "keep": "Go on from the state that the last rehearsal left, to rehearse a change as an update.",
        "destroy": "Destroy everything at the end; nothing may be left.",
        "json": "Write the report to this file as well.",
        "fault": "A file of faults (simulator/faults.py says how): one update meets them, the next must get over it.",
        "quiet": "Print the verdict only.",
    }
)
def rehearse(
    _context: Context,
    stack: str = "dev",
    keep: bool = False,
    destroy: bool = False,
    json: str = "",
    fault: str = "",
    quiet: bool = False,
) -> None:
    """Run a complete `up` of a stack against the simulated Azure, then a second one that must change nothing."""
    from rich.console import Console

    from engine import EngineMissingError
    from rehearsal import Options, RehearsalError, rehearse, render
    from simulator.faults import FaultsError
    from stacks import SettingsError

    console = Console(quiet=quiet)
    report_file, faults = (Path(name) if name else None for name in (json, fault))
    options = Options(stack, keep=keep, destroy=destroy, quiet=quiet, json_file=report_file, faults=faults)
    try:
        report = rehearse(options, console)
    except (RehearsalError, SettingsError, FaultsError, EngineMissingError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit(f"cancelled; `invoke rehearse --keep --stack {stack}` goes on from here", code=130) from None
    render(report, console)
    if quiet:
        print(f"rehearsal of {stack}: {'passed' if report.succeeded else 'failed'}")
    sys.exit(0 if report.succeeded else 1)


@task(
    help={
        "stack": "Judge the plan of this stack, against the simulated Azure (the default: dev).",
        "state": "Judge what a stack export or a checkpoint holds: what is deployed.",
        "arm": "Judge an ARM template, or Bicep that was compiled to one.",
        "parameters": "With --arm: a file of parameters.",
        "manifest": "Judge Kubernetes manifests: a file or a folder.",
        "workflows": "Judge what a project runs on GitHub: the folder that holds its .github (this project: `.`).",
        "environment": "The profile to judge by: dev, test, prod or dr. Found out from the stack; else the strictest.",
        "classification": "As above: Public, Protected A, Protected B or Protected C.",
        "format": "table, json or sarif.",
        "out": "Write to this file instead of the terminal; with sarif, what is waived goes to a second one beside it.",
        "summary": "Add a table in Markdown to this file as well: the summary of a run on GitHub.",
    }
)
def policy(
    _context: Context,
    stack: str | None = None,
    state: str | None = None,
    arm: str | None = None,
    parameters: str | None = None,
    manifest: str | None = None,
    workflows: str | None = None,
    environment: str = "",
    classification: str = "",
    format: str = "table",  # noqa: A002 - the name of the flag
    out: str = "",
    summary: str = "",
) -> None:
    """Judge a stack or a file by every rule: 0 nothing stops it, 1 something does, 2 nothing could be judged."""
    if ("policy", "waive") in pairwise(sys.argv):
        return  # For invoke these are two tasks in a row, and the second, `waive`, does it all.
    from review.policy import PolicyError, Subject, run

    _not_empty(stack=stack, state=state, arm=arm, parameters=parameters, manifest=manifest, workflows=workflows)
    state_file, template, values, manifests, project = (
        Path(name) if name else None for name in (state, arm, parameters, manifest, workflows)
    )
    subject = Subject(stack or "", state_file, template, values, manifests, project, environment, classification)
    try:
        succeeded = run(subject, format, Path(out) if out else None, Path(summary) if summary else None)
    except (PolicyError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; nothing was judged", code=130) from None
    sys.exit(0 if succeeded else 1)


@task(
    help={
        "rule": "The rule whose failure is accepted: KV-002.",
        "urn": "The resource's URN; * may stand for a part of its name or of its parents.",
        "path": "Only faults at this property, as the report writes it.",
        "reason": "Why it can't be mended now: 20 characters at least.",
        "compensating": "What lowers the risk meanwhile.",
        "owner": "Who owns the risk: an address.",
        "approver": "Who accepts it: another address.",
        "ticket": "Where it was decided.",
        "expires": "The last day, as 2027-01-31; the more severe the rule, the sooner.",
        "unchecked": "Don't judge the stack first to say whether anything fails there.",
    }
)
def waive(
    _context: Context,
    rule: str = "",
    urn: str = "",
    path: str = "",
    reason: str = "",
    compensating: str = "",
    owner: str = "",
    approver: str = "",
    ticket: str = "",
    expires: str = "",
    unchecked: bool = False,
) -> None:
    """Accept a failure for a while (`invoke policy waive …`): add a waiver to policies/waivers.yaml."""
    from datetime import UTC, datetime

    from rich.console import Console

    from review.policy import PolicyError
    from review.waive import run

    given = {
        "rule": rule, "urn": urn, "path": path, "reason": reason, "compensating": compensating, "owner": owner,
        "approver": approver, "ticket": ticket, "expires": expires,
    }  # fmt: skip
    try:
        run(given, Console(), datetime.now(UTC).date(), judged=not unchecked)
    except (PolicyError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; nothing was written", code=130) from None


@task(
    help={
        "stack": "Export the plan of this stack.",
        "arm": "Write an ARM template of everything in Azure to this file.",
        "manifest": "Write the objects of the cluster to this file.",
    }
)
def export(_context: Context, stack: str = "dev", arm: str = "", manifest: str = "") -> None:
    """Write a stack's plan as an ARM template and Kubernetes manifests, for any tool that reads those."""
    from review.export import run
    from review.policy import PolicyError

    _not_empty(stack=stack)
    try:
        run(stack, Path(arm) if arm else None, Path(manifest) if manifest else None)
    except (PolicyError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; nothing was written", code=130) from None


@task(
    help={
        "stack": "Check the plan of this stack.",
        "json": "Write everything that both say to this file as well.",
        "sarif": "Write both as SARIF to this file as well, with what is waived in a second one beside it.",
    }
)
def checkov(_context: Context, stack: str = "dev", json: str = "", sarif: str = "") -> None:
    """Run checkov over a stack's export beside our rules: 1 where a failure or a difference is not explained."""
    from review.checkov.task import run
    from review.policy import PolicyError

    _not_empty(stack=stack)
    try:
        agreed = run(stack, Path(json) if json else None, Path(sarif) if sarif else None)
    except (PolicyError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; nothing was written", code=130) from None
    sys.exit(0 if agreed else 1)


@task(
    help={
        "base": "What the change is measured against: a commit or branch, as main. Left out: every stack.",
        "out": "Append `stacks=…` to this file as well: what a workflow's step hands to the next job.",
    }
)
def changed_stacks(_context: Context, base: str = "", out: str = "") -> None:
    """Say which stacks the change since a base can affect, as a JSON array: those that a pull request reviews."""
    from json import dumps

    from policies.profile import environments
    from review.changed import ChangeError, affected, changed

    try:
        text = dumps(affected(changed(base)) if base else environments())
        if out:
            with Path(out).open("a", encoding="utf-8") as file:
                file.write(f"stacks={text}\n")
    except (ChangeError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; nothing was found out", code=130) from None
    print(text)


@task(help={"project": "The folder whose .github is checked (the default: this project)."})
def workflows(_context: Context, project: str = "") -> None:
    """Check the workflow files with zizmor, actionlint and checkov: 1 where one of them finds anything."""
    from rich.console import Console

    from engine import RichProgress
    from review.workflows import WorkflowsError, check_workflows

    succeeded = True
    try:
        for checked in check_workflows(Path(project) if project else ROOT, RichProgress(Console(stderr=True))):
            print(f"{checked.tool}: {checked.said or 'nothing to say'}", flush=True)
            succeeded &= checked.succeeded
    except WorkflowsError as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; not every checker has run", code=130) from None
    sys.exit(0 if succeeded else 1)


@task(
    iterable=["stack", "state"],
    help={
        "stack": "A stack whose plan is judged; may be given again (the default: every stack).",
        "state": "A stack export or a checkpoint that is judged as well; may be given again.",
        "out": "Write to this folder; a bundle that is there is replaced.",
        "checkov": "Run checkov too, and put what it says beside ours.",
        "date": "The day to judge waivers by (2027-01-31), to make an earlier bundle again; the default: today, UTC.",
    },
)
def evidence(
    _context: Context,
    stack: list[str],
    state: list[str],
    out: str = "out/evidence",
    checkov: bool = False,
    date: str = "",
) -> None:
    """Write what rules say of stacks, by control, for an audit: HTML, CSV and OSCAL, waivers, coverage, digests."""
    from datetime import UTC, datetime

    from review.evidence.task import run
    from review.policy import PolicyError

    for name in stack:
        _not_empty(stack=name)
    try:
        day = datetime.fromisoformat(date).date() if date else datetime.now(UTC).date()
    except ValueError:
        raise Exit(f"error: --date {date} is no day; write it as 2027-01-31", code=2) from None
    try:
        run(stack, [Path(name) for name in state], Path(out), day, checkov=checkov)
    except (PolicyError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; no evidence was written", code=130) from None


@task(
    positional=["file"],
    help={
        "file": "Cases in YAML: a list, or a mapping with `cases` (tests/simulator/failures holds some).",
        "json": "Write each verdict to this file as well.",
    },
)
def failures(_context: Context, file: str, json: str = "") -> None:
    """Run recorded failures of Azure: the bad programs must be refused, the corrected ones must pass."""
    from json import dumps

    from rich.console import Console
    from rich.progress import Progress

    from engine import EngineMissingError
    from rehearsal.failures import CasesError, judge, read, render

    console = Console()
    try:
        cases = read(Path(file))
        with Progress(console=console, transient=True) as progress:
            bar = progress.add_task("cases", total=len(cases))
            verdicts = judge(cases, lambda _: progress.advance(bar))
    except (CasesError, EngineMissingError, OSError) as error:
        _stop(error)
    render(verdicts, console)
    if json:
        Path(json).write_text(dumps([verdict.as_json() for verdict in verdicts], indent=2) + "\n", encoding="utf-8")
    sys.exit(0 if all(verdict.right and not verdict.corrected_refused for verdict in verdicts) else 1)


@task(
    iterable=["from_"],
    help={
        "from": "A file of JSON that `az` printed (vm list-usage, vm list-skus, feature list, …); may be given again."
    },
)
def subscription(_context: Context, from_: list[str]) -> None:
    """Refresh what the simulated subscription allows from the JSON that `az` prints."""
    from simulator.az import refresh
    from simulator.subscription import SubscriptionError

    try:
        print(refresh([Path(name) for name in from_]))
    except (SubscriptionError, OSError, ValueError) as error:
        _stop(error)


@task(help={"stack": "dev, test, prod or dr."})
def quota(_context: Context, stack: str = "dev") -> None:
    """Show the vCPU quota that a stack's pools may need against the subscription's; fail where it is too small."""
    from rich.console import Console

    from rehearsal.quota import compare, render
    from simulator.subscription import SubscriptionError, subscription
    from stacks import SettingsError, load

    try:
        found = compare(load(stack), subscription())
    except (SettingsError, SubscriptionError, OSError) as error:
        _stop(error)
    render(found, Console())
    sys.exit(0 if found.enough else 1)


@task(
    positional=["action", "resource_id"],
    help={
        "action": "set, delete or purge.",
        "resource_id": "The ARM id of a resource of the last rehearsal; with purge of a deleted one.",
        "path": "With set: the property, as `properties.publicNetworkAccess`.",
        "value": "With set: its new value, as YAML.",
        "stack": "Whose rehearsal.",
    },
)
def azure(
    _context: Context, action: str, resource_id: str, path: str = "", value: str = "", stack: str = "dev"
) -> None:
    """Change or delete a simulated resource behind the program's back, for a refresh to find; free a deleted name."""
    import yaml

    from rehearsal.workspace import PROJECT
    from simulator.drift import DriftError, delete, purge, set_property
    from simulator.store import Store

    file = PROJECT / ".rehearsal" / stack / "subscription.sqlite"
    if action not in {"set", "delete", "purge"} or not file.is_file() or (action == "set" and not path):
        raise Exit(
            "error: expected `set ID --path P --value V`, `delete ID` or `purge ID`, "
            f"after `invoke rehearse --stack {stack}`", 2
        )  # fmt: skip
    store = Store(file)
    try:
        if action == "set":
            print(f"set {path} of {set_property(store, resource_id, path, yaml.safe_load(value)).id}")
        elif action == "purge":
            print(f"purged {purge(store, resource_id).id}")
        else:
            print("\n".join(f"deleted {record.id}" for record in delete(store, resource_id)))
    except (DriftError, yaml.YAMLError) as error:
        _stop(error)
    finally:
        store.close()


@task(help={"print-path": "Print the folder alone, for `$(…)`."})
def simulator(_context: Context, print_path: bool = False) -> None:
    """Say where the simulated provider lies: with this folder first on PATH, any azure-native program meets it."""
    from rehearsal.simulator_path import SIMULATOR_BIN

    print(SIMULATOR_BIN if print_path else f"simulated azure-native provider in {SIMULATOR_BIN}")


@task
def test(context: Context) -> None:
    """Run everything that CI runs."""
    for name, command in CHECKS:
        print(f"── {name}: {command}", flush=True)
        if not context.run(command, warn=True, pty=sys.stdout.isatty()):
            raise Exit(f"failed: {name} (`uv run {command}` runs it alone)", code=1)


@task(
    help={
        "print-path": "Print the folders to put first on PATH: the engine's and the simulator's.",
        "real": "With --print-path: the engine's folder only, for work on real stacks.",
        "kubernetes": "Get the Kubernetes provider as well (built in about ten minutes where it can't be downloaded).",
    }
)
def engine(_context: Context, print_path: bool = False, real: bool = False, kubernetes: bool = False) -> None:
    """Find or get the Pulumi CLI; say where it is, which version, and where from."""
    from rich.console import Console

    import engine
    from rehearsal.simulator_path import SIMULATOR_BIN

    # Progress goes to stderr: the path on stdout is for `$(…)`.
    progress = engine.RichProgress(Console(stderr=True))
    try:
        found = engine.ensure(progress)
        if kubernetes:
            engine.ensure_kubernetes_provider(progress)
    except (engine.EngineMissingError, OSError, RuntimeError) as error:
        _stop(error)
    folders = [engine.print_path(found), *([] if real else [str(SIMULATOR_BIN)])]
    print(":".join(folders) if print_path else f"pulumi {found.version} ({found.origin}) at {found.pulumi}")


@task(help={"stack": "Look into this stack's state as well: does it still need its version aliases?"})
def doctor(_context: Context, stack: str = "") -> None:
    """Say what this machine has and lacks, and the command that mends each lack."""
    from rich.console import Console

    from engine import doctor, find, state

    findings = doctor.examine()
    Console().print(doctor.render(findings))
    if stack and (found := find()) is not None:
        try:
            versioned = state.versioned_types(state.export(found, stack, ROOT))
        except state.StateError as error:
            _stop(error)
        print("\n".join(versioned) or f"stack {stack} holds no type of a fixed API version")
        if versioned:
            raise Exit(f"set keep_version_aliases: true in stacks/Pulumi.{stack}.yaml, or these are replaced", code=1)
    sys.exit(0 if doctor.is_ready(findings) else 1)


@task(help={"check": "Change nothing; fail when a page is stale."})
def docs(_context: Context, check: bool = False) -> None:
    """Write the generated pages."""
    from docs.pages import stale, write

    if check:
        found = stale()
        if found:
            raise Exit(f"stale: {', '.join(found)}; run `uv run invoke docs` and commit the result", code=1)
        return
    for name in write():
        print(f"wrote {name}")


@task(help={"output": "Where the table goes.", "quick": "Fewer repetitions and sizes."})
def bench(_context: Context, output: str = "docs/reference/benchmark.md", quick: bool = False) -> None:
    """Measure previews, the simulator and growth; write the table with machine, versions and date."""
    from rich.console import Console

    from benchmark import BenchmarkError, measure, write
    from engine import EngineMissingError
    from stacks import SettingsError

    try:
        write(Path(output), measure(Console(), quick=quick))
    except (BenchmarkError, EngineMissingError, SettingsError, OSError) as error:
        _stop(error)
    except KeyboardInterrupt:
        raise Exit("cancelled; the page is as it was", code=130) from None
