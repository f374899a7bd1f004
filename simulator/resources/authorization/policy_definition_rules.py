"""What Azure Policy refuses in a definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN, at, has_unknown

_TESTS: Final = "Azure/azure-sdk-for-net LivePolicyTests.cs (checked 2026-11-25)"
_MODE: Final = re.compile(r"All|Indexed|NotSpecified|Microsoft(\.[A-Za-z0-9]+)+\.Data", re.IGNORECASE)
_USE: Final = re.compile(r"parameters\(\s*'([^']+)'\s*\)", re.IGNORECASE)
_EFFECTS: Final = frozenset(
    {
        "addtonetworkgroup", "append", "audit", "auditifnotexists", "deny", "denyaction", "deployifnotexists",
        "disabled", "enforceopaconstraint", "enforceregopolicy", "manual", "modify", "mutate",
    }
)  # fmt: skip
REMEDIATING: Final = {"deployifnotexists": "DeployIfNotExists", "modify": "Modify"}
_INSIDE: Final = (
    "A function or parameter in policy '{0}' could not be validated. If using template functions, try following the "
    "tips in: https://aka.ms/policy-avoiding-template-failures. The inner exception '{1}'."
)


@rule("pol-def-rule", kind="static", code="InvalidRequestContent", source=_TESTS, reads=("policyRule",))
def has_a_rule(request: Request) -> Iterator[Fault]:
    """A definition says when it holds, and what happens then."""
    policy = request.known("policyRule")
    if not isinstance(policy, Mapping) or not {"if", "then"} <= set(policy):
        yield Fault("the policy rule lacks `if` or `then`", "policyRule", "write {if: …, then: {effect: …}}")


@rule("pol-def-mode", kind="static", code="InvalidPolicyDefinitionMode", source=_TESTS)
def mode_is_known(request: Request) -> Iterator[Fault]:
    """All, Indexed, or the data of one provider."""
    mode = request.known("mode")
    if isinstance(mode, str) and _MODE.fullmatch(mode) is None:
        yield Fault(f"there is no mode '{mode}'", "mode", "use All or Indexed, or for example Microsoft.KeyVault.Data")


@rule("pol-def-unused-parameter", kind="static", code="UnusedPolicyParameters", quoted=True,
      reads=("parameters", "policyRule"), source=f"{_TESTS}; Azure/Azure-Landing-Zones#1708")  # fmt: skip
def parameters_are_used(request: Request) -> Iterator[Fault]:
    """Every parameter is used in the rule; `[[` begins a text that only looks like an expression.

    A recorded program that went through has a parameter with a default that nothing uses (arm-0d8ad5eb), so such a one
    counts only where a text looks like using it.
    """
    policy = request.at("policyRule")
    used = {name.lower() for name in _uses(policy, templates=True)}
    alike = {name.lower() for name in _USE.findall(str(policy).replace("\\'", "'"))}
    unused = [
        name
        for name, each in declared(request.at("parameters")).items()
        if name.lower() not in used and (each.get("defaultValue") is None or name.lower() in alike)
    ]
    if unused:
        yield Fault(
            f"The policy '{request.name}' has defined parameters '{','.join(unused)}' which are not used in the policy "
            "rule. Please either remove these parameters from the definition or ensure that they are used in the "
            "policy rule.",
            "parameters",
        )


@rule("pol-def-undefined-parameter", kind="static", code="InvalidPolicyParameters", quoted=True,
      reads=("parameters", "policyRule"), source=f"{_TESTS}; Azure/Community-Policy#402")  # fmt: skip
def uses_are_declared(request: Request) -> Iterator[Fault]:
    """The rule uses declared parameters only. What a deployed template uses are its own."""
    known = {name.lower() for name in declared(request.at("parameters"))}
    for name in dict.fromkeys(_uses(request.at("policyRule"), templates=False)):
        if name.lower() not in known:
            inner = (
                f"The policy '{request.name}' has undefined parameter '{name}' which is used in the policy rule. "
                "Please either define it in policy definition or remove the reference in policy rule."
            )
            yield Fault(_INSIDE.format(request.name, inner), "policyRule", f"declare {name} in parameters")


@rule("pol-def-default", kind="static", code="PolicyParameterAllowedAndDefaultValuesMismatch",
      source="Azure/azure-monitor-baseline-alerts#917 (checked 2026-11-25)")  # fmt: skip
def defaults_are_allowed(request: Request) -> Iterator[Fault]:
    """A default is among the values that are allowed."""
    for name, each in declared(request.at("parameters")).items():
        allowed, default = each.get("allowedValues"), each.get("defaultValue")
        if isinstance(allowed, list) and default is not None and not has_unknown([allowed, default]):
            missing = [value for value in (default if isinstance(default, list) else [default]) if value not in allowed]
            if missing and default not in allowed:
                yield Fault(f"the default of '{name}', {default}, is none of {', '.join(map(str, allowed))}",
                            "parameters", "values are compared with their case")  # fmt: skip


@rule("pol-def-effect", kind="static", code="InvalidPolicyRule", reads=("policyRule",),
      source="azure-docs governance/policy/concepts/effect-*.md (code not confirmed)")  # fmt: skip
def effect_is_known(request: Request) -> Iterator[Fault]:
    """The effect is one that Azure Policy has."""
    effect = at(request.known("policyRule"), "then.effect")
    if isinstance(effect, str) and not effect.startswith("[") and effect.lower() not in _EFFECTS:
        yield Fault(f"there is no effect '{effect}'", "policyRule", "use audit, deny, modify or deployIfNotExists, say")


@rule("pol-def-roles", kind="static", code="InvalidPolicyRule", reads=("policyRule", "parameters"),
      source="Azure/manage-azure-policy#41 (checked 2026-11-25; code not confirmed)")  # fmt: skip
def remediation_has_roles(request: Request) -> Iterator[Fault]:
    """What changes resources says which roles it needs, and what it deploys or changes, where it says anything."""
    effect = effect_of(request.inputs, {})
    details = at(request.known("policyRule"), "then.details")
    if effect not in REMEDIATING or not isinstance(details, Mapping) or has_unknown(details):
        return
    needed = (
        ("roleDefinitionIds", "deployment") if effect == "deployifnotexists" else ("roleDefinitionIds", "operations")
    )
    for name in needed:
        if at(details, name) in (None, [], {}):
            yield Fault(f"the effect {REMEDIATING[effect]} without {name}", "policyRule", f"add then.details.{name}")


@rule("pol-def-parameter-update", kind="lifecycle", code="InvalidPolicyParameterUpdate", reads=("parameters",),
      source="gettek/terraform-azurerm-policy-as-code#94; azurerm 2026-08-21 policy_definition")  # fmt: skip
def parameters_stay(request: Request) -> Iterator[Fault]:
    """Parameters can't go, nor change their type; a new one needs a default, or old assignments would lack it."""
    yield from kept_parameters(request)


def kept_parameters(request: Request) -> Iterator[Fault]:
    """What an update of parameters must leave as it is, for definitions and initiatives."""
    if request.old is None or request.old.body.get("parameters") is UNKNOWN:
        return
    before, after = declared(request.old.body.get("parameters")), declared(request.at("parameters"))
    old, new = ({name.lower(): each for name, each in side.items()} for side in (before, after))
    added = [name for name in after if name.lower() not in old and after[name].get("defaultValue") is None]
    if added:
        yield Fault(
            f"The policy contains new parameter(s) '{','.join(added)}' which are not present in the existing policy "
            "and have no default value. New parameters may be added to a policy only if they have a default value.",
            "parameters",
            "give the parameter a default, or make a definition with another name",
        )
    for name, each in before.items():
        if name.lower() not in new:
            yield Fault(f"the parameter '{name}' of the existing policy is removed", "parameters",
                        "keep it, or make a definition with another name")  # fmt: skip
        elif str(each.get("type")).lower() != str(new[name.lower()].get("type")).lower():
            yield Fault(f"the type of the parameter '{name}' changes", "parameters", "keep it")


def declared(parameters: Any) -> dict[str, Mapping[str, Any]]:
    """The parameters of a definition by their names."""
    found = parameters.items() if isinstance(parameters, Mapping) else ()
    return {name: each for name, each in found if isinstance(each, Mapping)}


def effect_of(definition: Mapping[str, Any], given: Mapping[str, Any]) -> str | None:
    """The effect in lower case: written down, given by an assignment, or the parameter's default; else `None`."""
    effect = at(definition, "policyRule.then.effect")
    if not isinstance(effect, str):
        return None
    use = _USE.search(effect)
    if use is None:
        return effect.lower()
    name = use[1].lower()
    value = next((at(each, "value") for key, each in given.items() if key.lower() == name), None)
    if value is None:
        value = next(
            (each.get("defaultValue") for key, each in declared(definition.get("parameters")).items()
             if key.lower() == name),
            None,
        )  # fmt: skip
    return value.lower() if isinstance(value, str) else None


def _uses(value: Any, *, templates: bool) -> Iterator[str]:
    """The parameters that expressions read; those in deployed templates only with `templates`."""
    if isinstance(value, str):
        if value.startswith("[") and not value.startswith("[["):
            yield from _USE.findall(value)
    elif isinstance(value, Mapping):
        for name, child in value.items():
            if name.lower() != "template":
                yield from _uses(child, templates=templates)
            elif templates:
                yield from _uses(child, templates=True)
    elif isinstance(value, list):
        for child in value:
            yield from _uses(child, templates=templates)


DEFINITION_RULES: Final[tuple[Rule, ...]] = (
    has_a_rule, mode_is_known, effect_is_known, uses_are_declared, parameters_are_used, defaults_are_allowed,
    remediation_has_roles, parameters_stay,
)  # fmt: skip
