"""Evidence as OSCAL assessment results, for tools that hold an organisation's controls.

OSCAL knows "satisfied" and "not satisfied" alone, so what is waived or unknown is not satisfied, for the reason
"other"; our own status is a property beside it. A control that nothing was read for has no finding and is not among the
reviewed ones. No identifier is random: the same evidence gives the same document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from policies.release import NAME
from review.evidence.model import MEANINGS, ControlResult, Evidence, Run, Status
from review.evidence.oscal_observations import Identified, identified, item, observation, risk
from review.evidence.oscal_types import identifier, markup, moment, properties, token

VERSION: Final = "1.2.3"
_REASONS: Final[Mapping[Status, str]] = {Status.PASS: "pass", Status.FAIL: "fail"}
_NOTHING_ASSESSED: Final = "No control was assessed: no rule that serves one read any resource."


def assessment_results(evidence: Evidence) -> str:
    """The document as JSON."""
    run = evidence.run
    plan = identifier("pack", NAME, run.pack)
    content = {
        "metadata": {
            "title": markup(f"Policies on stack {run.stack}, {run.source.kind}"),
            "last-modified": moment(run.date),
            "version": f"{run.date}{f'-{run.commit}' if run.commit else ''}",
            "oscal-version": VERSION,
        },
        "import-ap": {"href": f"#{plan}", "remarks": "The plan of assessment is the policy pack: see the back matter."},
        "results": [_result(evidence, plan)],
        "back-matter": {"resources": [_pack(run, plan)]},
    }
    whole = {"uuid": identifier("document", json.dumps(content)), **content}
    return json.dumps({"assessment-results": whole}, indent=1) + "\n"


def _pack(run: Run, plan: str) -> dict[str, Any]:
    return {
        "uuid": plan,
        "title": f"Policy pack {NAME} {run.pack}",
        "description": "Each rule says what it demands, of which resources, why, and which controls it serves.",
        "props": properties({"pack": NAME, "version": run.pack, "commit": run.commit}),
    }


def _result(evidence: Evidence, plan: str) -> dict[str, Any]:
    run = evidence.run
    own = identifier("result", *_facts(run).values())
    tool = identifier("tool", NAME, run.pack)
    known = identified(evidence, own)
    items = {one.observation.key: one for one in known.values()}
    risks = [risk(one, run, tool) for one in known.values() if one.is_fault]
    assessed = [one for one in evidence.controls if one.status is not Status.NOT_ASSESSED]
    content = {
        "uuid": own,
        "title": markup(f"Rules of {NAME} {run.pack} on stack {run.stack}"),
        "description": "Each rule was applied to each resource of the stack that it reads. Nothing was probed: what a "
        "program wants (preview) or what the engine keeps (state) was examined.",
        "start": moment(run.date),
        "end": moment(run.date),
        "props": properties({**_facts(run), **{f"observations-{token(k)}": v for k, v in evidence.counts.items()}}),
        "local-definitions": {
            **({"inventory-items": [item(one) for one in items.values()]} if items else {}),
            "assessment-assets": _assets(run, tool, plan),
        },
        "reviewed-controls": {"control-selections": list(_selections(assessed, evidence))},
        "observations": [observation(one, run, tool) for one in known.values()],
        "risks": risks,
        "findings": [_finding(one, own, known) for one in assessed],
        "remarks": _remarks(evidence),
    }
    return {name: value for name, value in content.items() if value != []}


def _facts(run: Run) -> dict[str, object]:
    return {
        "stack": run.stack,
        "environment": run.environment,
        "classification": run.classification,
        "source": run.source.kind,
        "state-file": run.source.file,
        "state-sha256": run.source.digest,
        "date": run.date,
        "commit": run.commit,
        "pack-version": run.pack,
    }


def _assets(run: Run, tool: str, plan: str) -> dict[str, Any]:
    component = {
        "uuid": tool,
        "type": "software",
        "title": f"Policy pack {NAME}",
        "description": "The rules and the engine that judges by them.",
        "props": properties({"version": run.pack}),
        "links": [{"href": f"#{plan}", "rel": "reference"}],
        "status": {"state": "operational"},
    }
    platform = {
        "uuid": identifier("platform", NAME, run.pack),
        "title": "invoke evidence",
        "uses-components": [{"component-uuid": tool}],
    }
    return {"components": [component], "assessment-platforms": [platform]}


def _selections(assessed: Iterable[ControlResult], evidence: Evidence) -> Iterator[dict[str, Any]]:
    """The assessed controls of each framework. OSCAL wants a selection even where nothing was: then all but all."""
    by_framework: dict[str, list[ControlResult]] = {}
    for one in assessed:
        by_framework.setdefault(one.framework.id, []).append(one)
    for listed in by_framework.values():
        framework = listed[0].framework
        yield {
            "description": markup(f"{framework.title} {framework.version}".strip()),
            "props": properties({"framework": framework.id}),
            "include-controls": [{"control-id": token(one.control.ref)} for one in listed],
        }
    if not by_framework:
        keys = [one.control.ref for one in evidence.controls]
        keys += [control.ref for _, control in evidence.ruleless]
        excluded = [{"control-id": token(key)} for key in keys]
        yield {"description": _NOTHING_ASSESSED, "include-all": {}, "exclude-controls": excluded}


def _remarks(evidence: Evidence) -> str:
    silent = [one.control.ref for one in evidence.controls if one.status is Status.NOT_ASSESSED]
    said = "A satisfied control is one whose rules all pass; what people do, and what no rule reads, is not in it."
    if silent:
        said += f" Not assessed, since their rules read nothing in this stack: {', '.join(silent)}."
    return markup(said)


def _finding(result: ControlResult, run: str, known: Mapping[int, Identified]) -> dict[str, Any]:
    control, status = result.control, result.status
    related = [known[id(one)] for one in result.observations]
    is_satisfied = status is Status.PASS
    risks = [{"risk-uuid": one.risk} for one in related if one.is_fault]
    return {
        "uuid": identifier("finding", run, control.ref),
        "title": markup(f"{control.cited}: {status}"),
        "description": markup(MEANINGS[status]),
        "props": properties(
            {
                "control": control.ref,
                "control-confirmed": "yes" if control.confirmed else "no",
                "status": status,
                **{f"observations-{token(key)}": value for key, value in result.counts.items()},
                "rules-that-read-nothing": ", ".join(one.rule.id for one in result.silent),
            }
        ),
        "target": {
            "type": "objective-id",
            "target-id": token(control.ref),
            "title": markup(control.title),
            "status": {
                "state": "satisfied" if is_satisfied else "not-satisfied",
                "reason": _REASONS.get(status, "other"),
            },
        },
        "related-observations": [{"observation-uuid": one.uuid} for one in related],
        **({"related-risks": risks} if risks else {}),
    }
