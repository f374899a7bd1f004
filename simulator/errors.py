"""What Azure Resource Manager answers when it refuses a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True)
class Refusal:
    """One reason why ARM refuses a request.

    `quoted` says that `message` is in ARM's own words, known from a source; otherwise the words are ours and the error
    says so.
    """

    code: str
    message: str
    target: str | None = None
    status: HTTPStatus = HTTPStatus.BAD_REQUEST
    fix: str | None = None
    quoted: bool = False
    # The id of the rule that says so; empty for what is checked of every type.
    rule: str = ""

    def __str__(self) -> str:
        target = f' Target="{self.target}"' if self.target else ""
        words = "" if self.quoted else " (simulator's words)"
        fix = f"\n    fix: {self.fix}" if self.fix else ""
        return f'Status={self.status.value} Code="{self.code}" Message="{self.message}"{words}{target}{fix}'


class ArmError(Exception):
    """A refused request: every reason at once, the one that ARM would name first at the head."""

    def __init__(self, refusals: Sequence[Refusal], resource_id: str | None = None) -> None:
        self.refusals = tuple(refusals)
        self.resource_id = resource_id
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(refusal) for refusal in self.refusals]
        return "\n".join([*lines, f"    resource: {self.resource_id}"] if self.resource_id else lines)


def not_found(resource_id: str, arm_type: str) -> Refusal:
    """The answer to a request for a resource that isn't there."""
    parts = resource_id.split("/")
    group = parts[4] if len(parts) > 4 else ""
    name = resource_id.rsplit("/", 1)[-1]
    return Refusal(
        "ResourceNotFound",
        f"The Resource '{arm_type}/{name}' under resource group '{group}' was not found.",
        status=HTTPStatus.NOT_FOUND,
        quoted=True,
    )


def already_exists(resource_id: str, name_parameter: str | None) -> Refusal:
    """azure-native's answer to a create of what is there already."""
    another = f"another `{name_parameter}`" if name_parameter is not None else "another parent"
    return Refusal(
        "ResourceExists",
        f"cannot create already existing resource '{resource_id}'",
        status=HTTPStatus.CONFLICT,
        fix=f"give the resource {another}, or bring the existing one under this program with `pulumi import`",
        quoted=True,
    )
