"""Microsoft.Authorization/policyExemptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from simulator.ids import key, type_of
from simulator.model import Model, Request
from simulator.resources.authorization.text_rules import too_long
from simulator.rule import Fault, rule

_PAGE: Final = "azure-docs governance/policy/concepts/exemption-structure.md (checked 2026-11-25; code not confirmed)"
_ASSIGNMENT: Final = "/providers/microsoft.authorization/policyassignments/"


@rule("pol-exemption-texts", kind="static", source=_PAGE)
def texts_are_short(request: Request) -> Iterator[Fault]:
    """128 characters for the display name, 512 for the description."""
    yield from too_long(request, displayName=128, description=512)


@rule("pol-exemption-expiry", kind="static", code="InvalidRequestContent", source=_PAGE)
def expiry_is_a_time(request: Request) -> Iterator[Fault]:
    """The end is a time in ISO 8601."""
    text = request.known("expiresOn")
    if isinstance(text, str):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            yield Fault(f"{text} is no time", "expiresOn", "write 2026-12-31T23:59:00Z")


@rule("pol-exemption-assignment", kind="static", source=_PAGE, reads=("policyAssignmentId",))
def exempts_from_an_assignment(request: Request) -> Iterator[Fault]:
    """What is exempted from is an assignment, not a definition."""
    value = request.known("policyAssignmentId")
    if isinstance(value, str) and _ASSIGNMENT not in value.lower():
        yield Fault(f"policyAssignmentId names a {type_of(value)}", "policyAssignmentId", "name an assignment")


@rule("pol-exemption-scope", kind="static", reads=("policyAssignmentId", "scope", "assignmentScopeValidation"),
      source="azure-native 3 docs of assignmentScopeValidation (code not confirmed)")  # fmt: skip
def lies_at_or_under_the_assignment(request: Request) -> Iterator[Fault]:
    """Only what an assignment holds for can be exempted from it."""
    assigned, found, _ = key(str(request.known("policyAssignmentId", ""))).partition(_ASSIGNMENT)
    scope = key(str(request.known("scope", "")))
    if request.at("assignmentScopeValidation") not in (None, "Default"):
        return
    # What a management group holds, the ids don't tell.
    if found and assigned.startswith("/subscriptions/") and not f"{scope}/".startswith(f"{assigned}/"):
        yield Fault(f"the assignment is at {assigned}, which does not hold {scope}", "policyAssignmentId",
                    "exempt what lies at or under the assignment's scope")  # fmt: skip


class PolicyExemptions(Model):
    """An exemption of something from an assignment."""

    token = "azure-native:authorization:PolicyExemption"
    rules = (
        exempts_from_an_assignment, lies_at_or_under_the_assignment, expiry_is_a_time, texts_are_short,
    )  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """The scope is checked."""
        return {"assignmentScopeValidation": "Default"}
