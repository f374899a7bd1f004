"""One reason for which Azure Resource Manager refuses a request, with its code and its source beside it.

A rule is a pure function over a request. It yields a `Fault` for each thing that is wrong, and nothing where all is
well or where what it reads is absent and Azure's own default is fine. A rule names the inputs that it can't do without
knowing: while one of them is unknown, the rule is not judged, and the rehearsal says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal

from simulator.errors import Refusal
from simulator.values import has_unknown

if TYPE_CHECKING:
    from simulator.model import Request

# static: the request alone; cross-resource: other resources too; lifecycle: what was written before; state: what the
# subscription allows (`simulator.subscription`).
Kind = Literal["static", "cross-resource", "lifecycle", "state"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one request. `target`: the dotted path of the input; `fix`: what to write instead."""

    message: str
    target: str
    fix: str | None = None


Check = Callable[["Request"], Iterable[Fault]]


@dataclass(frozen=True)
class Rule:
    """A rule of one type. `source`: where Azure's behaviour is documented or was reported; `quoted`: the messages are
    ARM's own words.
    """

    id: str
    kind: Kind
    code: str
    source: str
    check: Check
    reads: tuple[str, ...] = ()
    status: HTTPStatus = HTTPStatus.BAD_REQUEST
    quoted: bool = False

    def undecided(self, request: Request) -> list[str]:
        """The inputs that would have to be known."""
        return [path for path in self.reads if has_unknown(request.at(path))]

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Every fault as ARM would answer it."""
        for fault in self.check(request):
            yield Refusal(self.code, fault.message, fault.target, self.status, fault.fix, self.quoted, self.id)


def rule(
    rule_id: str,
    *,
    kind: Kind,
    source: str,
    code: str = "BadRequest",
    reads: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.BAD_REQUEST,
    quoted: bool = False,
) -> Callable[[Check], Rule]:
    """Makes a function over a request a rule."""

    def make(check: Check) -> Rule:
        return Rule(rule_id, kind, code, source, check, tuple(reads), status, quoted)

    return make
