"""What Azure Policy refuses in an assignment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from simulator.ids import key, name_of
from simulator.model import Request
from simulator.resources.authorization.policy_definition_rules import REMEDIATING, declared, effect_of
from simulator.resources.authorization.text_rules import too_long
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import at, has_unknown

_PAGE: Final = "azure-docs governance/policy/concepts/assignment-structure.md (checked 2026-11-25; code not confirmed)"
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
    source=_PAGE,
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


@rule("pol-identity-global", kind="static", code="LocationRequired", source=_PAGE, reads=("identity.type",))
def identity_lies_in_a_region(request: Request) -> Iterator[Fault]:
    """The region of an identity is a real one."""
    if request.at("identity.type") in {"SystemAssigned", "UserAssigned"} and request.location == "global":
        yield Fault("an identity can't lie in `global`", "location", "name a region")


@rule("pol-one-identity", kind="static", source=_PAGE)
def has_one_identity(request: Request) -> Iterator[Fault]:
    """An assignment has one identity at most."""
    listed = request.known("identity.userAssignedIdentities")
    if isinstance(listed, list | Mapping) and len(listed) > 1:
        yield Fault(f"{len(listed)} identities", "identity.userAssignedIdentities", "name one")


@rule("pol-missing-parameter", kind="cross-resource", code="MissingPolicyParameter",
      source="error code in public initiatives' tools (checked 2026-11-25)",
      reads=("policyDefinitionId", "parameters"))  # fmt: skip
def needed_parameters(request: Request) -> Iterator[Fault]:
    """A parameter without a default is given."""
    definition = _definition(request)
    given = request.at("parameters")
    names = {name.lower() for name in given} if isinstance(given, Mapping) else set()
    missing = [
        name
        for name, each in declared(definition.body.get("parameters") if definition is not None else None).items()
        if each.get("defaultValue") is None and name.lower() not in names
    ]
    if missing:
        yield Fault(f"the definition needs {', '.join(missing)}", "parameters", "give it as {name: {value: …}}")


@rule("pol-parameter-not-allowed", kind="cross-resource", code="PolicyParameterValueNotAllowed", quoted=True,
      source="salesforce/cloud-guardrails#53 (2026-11-25)", reads=("policyDefinitionId", "parameters"))  # fmt: skip
def given_values_are_allowed(request: Request) -> Iterator[Fault]:
    """What is given is among what the definition allows, with its case."""
    definition, given = _definition(request), request.at("parameters")
    if definition is None or not isinstance(given, Mapping):
        return
    known = {name.lower(): each for name, each in declared(definition.body.get("parameters")).items()}
    for name, each in given.items():
        allowed, value = known.get(name.lower(), {}).get("allowedValues"), at(each, "value")
        if not isinstance(allowed, list) or value is None or has_unknown([allowed, value]):
            continue
        wrong = [one for one in (value if isinstance(value, list) else [value]) if one not in allowed]
        if wrong and value not in allowed:
            yield Fault(
                f"The value '{wrong[0]}' is not allowed for policy parameter '{name}' in policy definition "
                f"'{name_of(definition.id)}'. The allowed values are '{', '.join(map(str, allowed))}'.",
                "parameters",
            )


@rule("pol-message-for-unknown-reference", kind="cross-resource", code="InvalidCreatePolicyAssignmentRequest",
      source="Azure/enterprise-azure-policy-as-code#753 (checked 2026-11-25)", quoted=True,
      reads=("policyDefinitionId", "nonComplianceMessages"))  # fmt: skip
def messages_are_of_the_initiative(request: Request) -> Iterator[Fault]:
    """A message for one policy names a reference of the initiative of this program that is assigned."""
    initiative = request.world.get(str(request.known("policyDefinitionId", "")))
    members = initiative.body.get("policyDefinitions") if initiative is not None else None
    if not isinstance(members, list) or has_unknown(members):
        return
    found = [member.get("policyDefinitionReferenceId") for member in items(members)]
    ids = [each for each in found if isinstance(each, str)]
    # The service makes up the ids that the initiative leaves out.
    if len(ids) < len(members):
        return
    known = {each.lower() for each in ids}
    named = [item.get("policyDefinitionReferenceId") for item in items(request.at("nonComplianceMessages"))]
    if missing := [each for each in named if isinstance(each, str) and each and each.lower() not in known]:
        yield Fault(
            "The policy assignment request is invalid. The following policy definition reference IDs used in "
            "non-compliance messages do not exist in the assigned policy set definition: "
            f"'{', '.join(missing)}'.",
            "nonComplianceMessages",
            f"use one of {', '.join(sorted(ids))}",
        )


@rule("pol-identity-required", kind="cross-resource", code="ResourceIdentityRequired", quoted=True,
      source="Azure/azure-cli#13150, Azure/azure-powershell#11996 (checked 2026-11-25)",
      reads=("policyDefinitionId", "parameters", "identity"))  # fmt: skip
def remediation_has_an_identity(request: Request) -> Iterator[Fault]:
    """What changes resources does so as some identity."""
    definition = _definition(request)
    if definition is None or request.at("identity.type") not in (None, "None"):
        return
    given = request.at("parameters")
    wanted = {effect_of(definition.body, given if isinstance(given, Mapping) else {})}
    for item in items(definition.body.get("policyDefinitions")):
        member = request.world.get(str(item.get("policyDefinitionId")))
        inner = item.get("parameters")
        if member is not None and not has_unknown(inner):
            wanted.add(effect_of(member.body, inner if isinstance(inner, Mapping) else {}))
    for effect in REMEDIATING:
        if effect in wanted:
            yield Fault(
                f"The policy assignment '{request.name}' request is invalid. Policy assignments must include a "
                f"resource identity when assigning '{REMEDIATING[effect]}' policy definitions.",
                "identity",
                'add identity={"type": "SystemAssigned"} and a location',
            )
            return


@rule("pol-not-scopes", kind="static", source=_PAGE, reads=("scope", "notScopes"))
def excluded_scopes_lie_inside(request: Request) -> Iterator[Fault]:
    """Only what the assignment holds for can be excluded."""
    scope = key(str(request.known("scope", "")))
    for each in request.known("notScopes") or ():
        # What a management group holds, the ids don't tell.
        if scope.startswith("/subscriptions/") and not key(str(each)).startswith(f"{scope}/"):
            yield Fault(f"{each} does not lie in {scope}", "notScopes", "exclude what lies in the scope")


@rule("pol-selectors", kind="static", source=_PAGE)
def selectors_are_few(request: Request) -> Iterator[Fault]:
    """Ten selectors and overrides at most; each lists up to 50 values that are in, or that are not."""
    for listed in ("resourceSelectors", "overrides"):
        found = items(request.at(listed))
        if len(found) > 10:
            yield Fault(f"{len(found)} {listed}", listed, "use 10 at most")
        for index, item in enumerate(found):
            kinds = [each.get("kind") for each in items(item.get("selectors"))]
            twice = {kind for kind in kinds if isinstance(kind, str) and kinds.count(kind) > 1}
            both = {"resourceLocation", "resourceWithoutLocation"} <= set(kinds)
            for each in items(item.get("selectors")):
                values = [each[side] for side in ("in", "notIn") if isinstance(each.get(side), list)]
                if len(values) > 1 or any(len(value) > 50 for value in values):
                    yield Fault("a selector has up to 50 values, in `in` or in `notIn`", f"{listed}[{index}].selectors")
            if twice or both:
                yield Fault("a kind of selector is used twice", f"{listed}[{index}].selectors", "use each kind once")


@rule("pol-assignment-texts", kind="static", source=_PAGE)
def texts_are_short(request: Request) -> Iterator[Fault]:
    """128 characters for the display name, 512 for the description."""
    yield from too_long(request, displayName=128, description=512)


def _definition(request: Request) -> Record | None:
    """The definition or initiative of this program that is assigned, when its parameters are known."""
    found = request.world.get(str(request.known("policyDefinitionId", "")))
    return None if found is None or has_unknown(found.body.get("parameters")) else found


ASSIGNMENT_RULES: Final[tuple[Rule, ...]] = (
    short_name, defined_parameters, needed_parameters, given_values_are_allowed, identity_is_named, has_one_identity,
    identity_has_location, identity_lies_in_a_region, remediation_has_an_identity, excluded_scopes_lie_inside,
    selectors_are_few, texts_are_short, messages_are_of_the_initiative,
)  # fmt: skip
