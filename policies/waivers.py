"""Waivers: which failures are accepted, by whom, until when.

Owns the file's form (`waivers.yaml`), its checks, and what a waiver does: the rule still runs, and its failure has the
status "waived" everywhere. What is unknown can't be waived: nobody knows yet what would be accepted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from policies.judge import Finding, Judgement
from policies.rule import Rule, Severity, Verdict

FILE: Final = Path(__file__).with_name("waivers.yaml")
LONGEST: Final[Mapping[Severity, timedelta]] = {
    Severity.CRITICAL: timedelta(days=90),
    Severity.HIGH: timedelta(days=180),
    Severity.MEDIUM: timedelta(days=365),
    Severity.LOW: timedelta(days=365),
}
"""The longest time from `created` to `expires`, by the severity of the rule."""
_SHORTEST_NAME: Final = 3
"""Letters of a name that a waiver with `*` has to give: one or two are those of half a stack."""
SOON: Final = timedelta(days=30)
"""From how many days before its end a waiver is warned of."""


class Waiver(BaseModel):
    """One accepted failure.

    `urn`: of the resource; `*` may stand for a part of its name or of its parents, never of its stack or type. `path`:
    of the fault; left out, every fault of the rule there. `compensating`: what lowers the risk meanwhile.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^W-\d{3}$")
    rule: str = Field(pattern=r"^[A-Z0-9]+-\d{3}$")
    urn: str = Field(pattern=r"^urn:pulumi:[^:]+::[^:]+::.+::[^:]+$")
    path: str | None = None
    reason: str = Field(min_length=20)
    compensating: str = Field(min_length=10)
    owner: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    approver: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    ticket: str = Field(min_length=3)
    created: date
    expires: date

    @field_validator("created", "expires", mode="before")
    @classmethod
    def _is_date(cls, value: Any) -> Any:
        # pydantic would take 20270101 as seconds since 1970.
        if isinstance(value, int | float):
            raise ValueError("a date is written as 2027-01-31")
        return value

    def covers(self, finding: Finding) -> bool:
        """Whether it accepts everything that the rule says of the resource."""
        return (
            finding.rule.id == self.rule
            and _matches(self.urn, finding.resource.urn)
            and (self.path is None or all(fault.path == self.path for fault in finding.faults))
        )


def _matches(pattern: str, urn: str) -> bool:
    """Whether a URN is what a pattern stands for: `*` is any part of one segment, all else is meant as written."""
    wanted, found = _segments(pattern), _segments(urn)
    return len(wanted) == len(found) and all(
        re.fullmatch(".*".join(map(re.escape, one.split("*"))), each, re.DOTALL) is not None
        for one, each in zip(wanted, found, strict=True)
    )


def _segments(urn: str) -> list[str]:
    """Stack, project, types and name; a name may have anything in it, the sign between segments as well."""
    return urn.removeprefix("urn:pulumi:").split("::", 3)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a waiver: an error fails the run, a warning is shown."""

    waiver: str
    message: str
    is_error: bool = True


@dataclass(frozen=True)
class Settled:
    """A judgement with its waivers: each finding, and the waiver that accepts it."""

    judgement: Judgement
    waived: Mapping[int, Waiver]
    problems: tuple[Problem, ...]

    def findings(self) -> Iterator[tuple[Finding, Waiver | None]]:
        """Every finding with its waiver."""
        return ((finding, self.waived.get(index)) for index, finding in enumerate(self.judgement.findings))

    @property
    def blocking(self) -> list[Finding]:
        """The failures that stop an update and that nobody accepted."""
        stopping = {id(finding) for finding in self.judgement.blocking}
        return [finding for finding, waiver in self.findings() if waiver is None and id(finding) in stopping]

    @property
    def errors(self) -> list[Problem]:
        """What is wrong with waivers."""
        return [problem for problem in self.problems if problem.is_error]


class WaiverError(Exception):
    """The file of waivers can't be used. The message says what is wrong, where, and how to mend it."""


def read_waivers(file: Path = FILE) -> tuple[Waiver, ...]:
    """The waivers in a file. Raises WaiverError for one that isn't there or isn't in form, all problems at once."""
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WaiverError(f"{file.name} can't be read: {error}") from None
    listed = document.get("waivers") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise WaiverError(f"{file.name} must be an object with a list `waivers` (`waivers: []` where there are none)")
    found, wrong = [], []
    for index, each in enumerate(listed):
        try:
            found.append(Waiver.model_validate(each))
        except ValidationError as error:
            wrong += [
                f"waivers[{index}].{'.'.join(map(str, one['loc'])) or '(itself)'}: {one['msg']}"
                for one in error.errors()
            ]
    if wrong:
        raise WaiverError(f"{file.name} has waivers that are not in form:\n" + "\n".join(f"  {one}" for one in wrong))
    return tuple(found)


def settle(judgement: Judgement, waivers: Iterable[Waiver], rules: Iterable[Rule], today: date) -> Settled:
    """The judgement with its waivers. Only those of the judgement's own stack can be unused; an expired one is void."""
    every = tuple(waivers)
    known = {rule.id: rule for rule in rules}
    own = [waiver for waiver in every if waiver.urn.split(":")[2] == judgement.stack.name]
    problems = [problem for waiver in every for problem in problems_of(waiver, known, today)]
    problems += _shared_ids(every)
    valid = usable(own, today)
    waived: dict[int, Waiver] = {}
    doubtful: set[str] = set()
    for index, finding in enumerate(judgement.findings):
        waiver = next((one for one in valid if one.covers(finding)), None) if _is_open(finding) else None
        if waiver is not None and finding.verdict is Verdict.FAIL:
            waived[index] = waiver
        elif waiver is not None:
            doubtful.add(waiver.id)
    used = {waiver.id for waiver in waived.values()}
    for waiver in valid:
        if waiver.id in doubtful - used:
            problems.append(
                Problem(waiver.id, f"{waiver.rule} is unknown there: what is unknown can't be waived", False)
            )
        elif waiver.id not in used and waiver.rule in known:
            problems.append(
                Problem(waiver.id, f"nothing that fails {waiver.rule} matches {waiver.urn}; take the waiver away")
            )
    return Settled(judgement, waived, tuple(problems))


def usable(waivers: Iterable[Waiver], today: date) -> tuple[Waiver, ...]:
    """The waivers that accept anything today: not expired, and not too broad."""
    return tuple(waiver for waiver in waivers if waiver.expires >= today and not _too_broad(waiver))


def _is_open(finding: Finding) -> bool:
    return finding.verdict is not Verdict.PASS


def _shared_ids(waivers: tuple[Waiver, ...]) -> list[Problem]:
    """One problem for each waiver that has the id of another."""
    counted = Counter(waiver.id for waiver in waivers)
    again = [one for one, count in counted.items() for _ in range(count - 1)]
    return [Problem(one, "has an id that another waiver has; give it the next free one") for one in again]


def _too_broad(waiver: Waiver) -> bool:
    """Whether the pattern could cover another stack or type, or whatever has the type."""
    stack, project, types, name = _segments(waiver.urn)
    own_type = types.rsplit("$", 1)[-1].removeprefix("*")
    wild = any("*" in part for part in (stack, project, own_type))
    vague = "*" in name and len(name.replace("*", "")) < _SHORTEST_NAME
    return wild or ":" not in own_type or vague


def problems_of(waiver: Waiver, rules: Mapping[str, Rule], today: date) -> Iterator[Problem]:
    """What is wrong with a waiver by itself, whatever is judged. `rules`: by id."""
    if waiver.owner.lower() == waiver.approver.lower():
        yield Problem(waiver.id, f"{waiver.owner} owns the risk and can't approve it; somebody else must")
    if _too_broad(waiver):
        yield Problem(
            waiver.id, f"{waiver.urn} is too broad: name the stack, the type and (a part of) the resource's name"
        )
    rule = rules.get(waiver.rule)
    if rule is None:
        yield Problem(waiver.id, f"there is no rule {waiver.rule}")
        return
    longest = LONGEST[rule.severity]
    if waiver.expires - waiver.created > longest or waiver.expires - today > longest:
        yield Problem(
            waiver.id,
            f"expires {waiver.expires}; {rule.severity} may be waived for {longest.days} days at most",
        )
    if waiver.created > today:
        yield Problem(waiver.id, f"was created in the future ({waiver.created})")
    if waiver.expires < today:
        yield Problem(waiver.id, f"expired on {waiver.expires}: mend {waiver.rule} there, or decide anew")
    elif waiver.expires - today <= SOON:
        yield Problem(waiver.id, f"expires in {(waiver.expires - today).days} days ({waiver.expires})", False)
