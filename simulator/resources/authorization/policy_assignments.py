"""Microsoft.Authorization/policyAssignments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import name_of
from simulator.model import Model, Request, guid
from simulator.rule import Fault, rule

_AT_GROUP: Final = "/providers/microsoft.management/managementgroups/"
_LENGTH_AT_GROUP: Final = 24


@rule(
    "pol-assignment-name-length-at-mg", kind="static", code="InvalidPolicyAssignmentName", quoted=True,
    source="Azure/azure-powershell#9464", reads=("policyAssignmentName", "scope"),
)  # fmt: skip
def short_name(request: Request) -> Iterator[Fault]:
    """Names are shorter at a management group than below it."""
    if str(request.known("scope", "")).lower().startswith(_AT_GROUP) and len(request.name) > _LENGTH_AT_GROUP:
        yield Fault(
            f"The policy assignment name '{request.name}' is invalid. The policy assignment name length must not "
            f"exceed '{_LENGTH_AT_GROUP}' characters.",
            "policyAssignmentName",
            f"use at most {_LENGTH_AT_GROUP} characters; the display name may be longer",
        )


@rule(
    "pol-undefined-parameter", kind="cross-resource", code="UndefinedPolicyParameter", quoted=True,
    source="Azure/terraform-azurerm-caf-enterprise-scale#282", reads=("policyDefinitionId",),
)  # fmt: skip
def defined_parameters(request: Request) -> Iterator[Fault]:
    """A definition of this program declares every parameter that the assignment gives."""
    given = request.at("parameters")
    definition = request.world.get(str(request.known("policyDefinitionId", "")))
    if definition is None or not isinstance(given, Mapping):
        return
    declared = definition.body.get("parameters", {})
    if not isinstance(declared, Mapping):
        return
    known = {name.lower() for name in declared}
    missing = [name for name in given if name.lower() not in known]
    if missing:
        yield Fault(
            f"The policy assignment '{request.name}' has the parameter(s) '{','.join(missing)}' which are not defined "
            f"in the policy definition '{name_of(definition.id)}'.",
            "parameters",
            "take them out, or declare them in the definition",
        )


@rule(
    "pol-user-identity-needs-ids", kind="static", code="MissingIdentityIds", quoted=True,
    source="hashicorp/terraform-provider-azurerm#17082", reads=("identity.type", "identity.userAssignedIdentities"),
)  # fmt: skip
def identity_is_named(request: Request) -> Iterator[Fault]:
    """A user-assigned identity is named."""
    if request.at("identity.type") == "UserAssigned" and request.known("identity.userAssignedIdentities") in (
        None,
        [],
        {},
    ):
        yield Fault(
            "The identity ids must not be null or empty for 'UserAssigned' identity type.",
            "identity.userAssignedIdentities",
            "list the id of one user-assigned identity",
        )


@rule(
    "pol-identity-needs-location", kind="static", code="LocationRequired",
    source="azure-docs:governance/policy/concepts/assignment-structure.md (not re-read)",
    reads=("identity.type", "location"),
)  # fmt: skip
def identity_has_location(request: Request) -> Iterator[Fault]:
    """An identity lies in a region."""
    if request.at("identity.type") in {"SystemAssigned", "UserAssigned"} and request.known("location", "") == "":
        yield Fault(
            f"policy assignment '{request.name}' has an identity and no location",
            "location",
            "name the region of the identity",
        )


class PolicyAssignments(Model):
    """The assignment of a policy or of an initiative to a scope."""

    token = "azure-native:authorization:PolicyAssignment"
    rules = (short_name, defined_parameters, identity_is_named, identity_has_location)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Assignments are enforced unless asked otherwise."""
        return {"enforcementMode": "Default"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """The instance's id and versions; a system-assigned identity gets its principal."""
        version = request.text("definitionVersion", "1.0.0")
        found: dict[str, Any] = {
            "instanceId": guid(request.id, "instance"),
            "effectiveDefinitionVersion": version,
            "latestDefinitionVersion": version,
        }
        if request.at("identity.type") != "SystemAssigned":
            return found
        return {**found, "identity": {"principalId": guid(request.id, "principal")}}
