"""What rules do not reach: types of resources that none reads, controls that none serves, rules that read nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policies.judge import Judgement
from policies.rule import ANY, Rule
from policies.unread import left_out
from review.evidence.model import Evidence
from review.visible import visible


@dataclass(frozen=True)
class TypeCoverage:
    """A type of the stack: how many resources have it, and the rules for it alone (not those for every type).

    `why`: why it has none, where somebody said so (policies/unread.yaml).
    """

    type: str
    resources: int
    rules: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Coverage:
    """The types of a stack that stand in a cloud or a cluster. `everywhere`: the rules for every type of Azure."""

    types: tuple[TypeCoverage, ...]
    everywhere: tuple[str, ...]

    @property
    def resources(self) -> int:
        """How many resources have one of the types."""
        return sum(one.resources for one in self.types)

    @property
    def unread(self) -> tuple[TypeCoverage, ...]:
        """The types that no rule of their own reads."""
        return tuple(one for one in self.types if not one.rules)


def coverage_of(judgement: Judgement, rules: Iterable[Rule]) -> Coverage:
    """Which rules read which types of a stack."""
    reading: dict[str, list[str]] = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        for type_ in rule.types:
            reading.setdefault(type_, []).append(rule.id)
    present = Counter(one.type for one in judgement.stack.resources)
    types = tuple(
        TypeCoverage(visible(type_), count, tuple(reading.get(type_, ())), _why(type_))
        for type_, count in sorted(present.items())
        if type_ in reading or type_ in judgement.unread
    )
    return Coverage(types, tuple(reading.get(ANY, ())))


def _why(type_: str) -> str:
    known = left_out().get(type_)
    return known.reason if known is not None else ""


def as_json(coverage: Coverage, evidence: Evidence) -> dict[str, Any]:
    """The same for other programs, with what of the catalogue of controls nothing reaches."""
    return {
        "types": [
            {"type": one.type, "resources": one.resources, "rules": list(one.rules), "why": one.why or None}
            for one in coverage.types
        ],
        "rules_for_every_azure_type": list(coverage.everywhere),
        "types_without_rules": [one.type for one in coverage.unread],
        "controls_without_rules": [
            {"control": control.ref, "confirmed": control.confirmed, "why": control.no_rule or None}
            for _, control in evidence.ruleless
        ],
        "controls_not_assessed": [one.control.ref for one in evidence.controls if not one.counts],
        "rules_that_read_nothing": [
            {"rule": one.rule.id, "disabled": one.why if one.is_disabled else None}
            for one in evidence.rules
            if not one.observations
        ],
    }
