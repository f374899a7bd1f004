"""What was seen, as OSCAL has it: an observation for each rule and resource, an item for each resource, a risk for each
fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from review.evidence.model import Evidence, Observation, Run, Status
from review.evidence.oscal_types import identifier, markup, moment, properties


@dataclass(frozen=True)
class Identified:
    """An observation with its identifiers. Those of the resource and the risk stay the same from run to run."""

    observation: Observation
    uuid: str
    item: str
    risk: str

    @property
    def is_fault(self) -> bool:
        """Whether the rule found a fault, accepted or not."""
        return self.observation.status in {Status.FAIL, Status.WAIVED}


def identified(evidence: Evidence, run: str) -> Mapping[int, Identified]:
    """Each observation by its `id()`. Two of one rule and one URN, which only a broken state has, are told apart."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for one in evidence.observations:
        name = (one.rule.id, one.key)
        seen[name] += 1
        found[id(one)] = Identified(
            one,
            identifier("observation", run, *name, seen[name]),
            identifier("resource", one.key),
            identifier("risk", evidence.run.stack, *name, seen[name]),
        )
    return found


def item(one: Identified) -> dict[str, Any]:
    """The resource that was observed."""
    seen = one.observation
    return {
        "uuid": one.item,
        "description": markup(f"{seen.type} {seen.name}"),
        "props": properties({"name": seen.name, "type": seen.type, "urn": seen.key, "place": seen.place}),
    }


def observation(one: Identified, run: Run, tool: str) -> dict[str, Any]:
    """What a rule says of a resource."""
    seen = one.observation
    said = "; ".join(seen.said) or "The settings are as the rule demands."
    expires = {} if seen.waiver is None else {"expires": moment(seen.waiver.expires)}
    return {
        "uuid": one.uuid,
        "title": markup(f"{seen.rule.id}: {seen.rule.title}"),
        "description": markup(f"{seen.status}: {said}"),
        "props": properties(
            {
                "rule": seen.rule.id,
                "status": seen.status,
                "severity": seen.rule.severity,
                "level": seen.level,
                "waiver": "" if seen.waiver is None else seen.waiver.id,
            }
        ),
        "methods": ["EXAMINE"],
        "origins": _origins(tool),
        "subjects": [{"subject-uuid": one.item, "type": "inventory-item", "title": markup(seen.name)}],
        "collected": moment(run.date),
        **expires,
    }


def risk(one: Identified, run: Run, tool: str) -> dict[str, Any]:
    """The risk of a fault: open, or accepted by a waiver until its end."""
    seen = one.observation
    return {
        "uuid": one.risk,
        "title": markup(f"{seen.rule.id} fails on {seen.name}"),
        "description": markup("; ".join(seen.said)),
        "statement": markup(seen.rule.why),
        "props": properties({"rule": seen.rule.id, "severity": seen.rule.severity, "stack": run.stack}),
        "status": "open" if seen.waiver is None else "deviation-approved",
        "origins": _origins(tool),
        **_accepted(one),
        "remediations": [
            {
                "uuid": identifier("remediation", one.risk),
                "lifecycle": "recommendation",
                "title": markup(f"Mend {seen.rule.id}"),
                "description": markup(seen.rule.fix),
            }
        ],
        "related-observations": [{"observation-uuid": one.uuid}],
    }


def _accepted(one: Identified) -> dict[str, Any]:
    waiver = one.observation.waiver
    if waiver is None:
        return {}
    factor = {
        "uuid": identifier("mitigation", one.risk, waiver.id),
        "description": markup(waiver.compensating),
        "props": properties(
            {
                "waiver": waiver.id,
                "reason": waiver.reason,
                "owner": waiver.owner,
                "approver": waiver.approver,
                "ticket": waiver.ticket,
            }
        ),
    }
    return {"mitigating-factors": [factor], "deadline": moment(waiver.expires)}


def _origins(tool: str) -> list[dict[str, Any]]:
    return [{"actors": [{"type": "tool", "actor-uuid": tool}]}]
