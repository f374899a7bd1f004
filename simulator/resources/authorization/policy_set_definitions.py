"""Microsoft.Authorization/policySetDefinitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import name_of
from simulator.model import Model, Request
from simulator.resources.authorization.policy_definition_rules import declared, kept_parameters
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, has_unknown

_TESTS: Final = "Azure/azure-sdk-for-net LivePolicyTests.cs (checked 2026-11-25)"
_USE: Final = re.compile(r"parameters\(\s*'([^']+)'\s*\)", re.IGNORECASE)


@rule("pol-set-policies", kind="static", code="InvalidRequestContent",
      source="azure-docs governance/policy initiative-definition-structure.md (code not confirmed)")  # fmt: skip
def has_policies(request: Request) -> Iterator[Fault]:
    """An initiative has 1 to 1,000 policies, each reference with an id of its own."""
    listed = request.known("policyDefinitions")
    if not isinstance(listed, list):
        return
    if not 1 <= len(listed) <= 1000:
        yield Fault(f"{len(listed)} policies", "policyDefinitions", "use 1 to 1000")
    ids = [item.get("policyDefinitionReferenceId") for item in items(listed)]
    known = [each.lower() for each in ids if isinstance(each, str)]
    if len(set(known)) < len(known):
        yield Fault("two policies have one reference id", "policyDefinitions", "give each an id of its own")


@rule("pol-set-unused-parameter", kind="static", code="UnusedPolicyParameters", source=_TESTS,
      reads=("parameters", "policyDefinitions"))  # fmt: skip
def parameters_are_used(request: Request) -> Iterator[Fault]:
    """Every parameter of an initiative is handed to some policy. As in definitions, one with a default is let pass."""
    used = {name.lower() for item in items(request.at("policyDefinitions")) for name in _uses(item.get("parameters"))}
    known = declared(request.at("parameters"))
    unused = [name for name in known if name.lower() not in used and known[name].get("defaultValue") is None]
    if unused:
        yield Fault(f"the initiative declares {', '.join(unused)}, which no policy is given", "parameters",
                    "hand them to a policy, or take them out")  # fmt: skip


@rule("pol-set-undeclared-parameter", kind="static", code="InvalidPolicyParameters",
      source="by analogy to definitions: " + _TESTS + " (code not confirmed)",
      reads=("parameters", "policyDefinitions"))  # fmt: skip
def uses_are_declared(request: Request) -> Iterator[Fault]:
    """Policies are given parameters that the initiative declares."""
    known = {name.lower() for name in declared(request.at("parameters"))}
    for index, item in enumerate(items(request.at("policyDefinitions"))):
        for name in _uses(item.get("parameters")):
            if name.lower() not in known:
                yield Fault(f"the initiative declares no parameter '{name}'", f"policyDefinitions[{index}].parameters",
                            "declare it in parameters")  # fmt: skip


@rule("pol-set-undefined-parameter", kind="cross-resource", code="UndefinedPolicyParameter", source=_TESTS,
      reads=("policyDefinitions",))  # fmt: skip
def policies_know_what_they_are_given(request: Request) -> Iterator[Fault]:
    """A policy of this program declares what the initiative gives it, and is given what it needs."""
    for index, item in enumerate(items(request.at("policyDefinitions"))):
        definition = request.world.get(str(item.get("policyDefinitionId")))
        given = item.get("parameters")
        if definition is None or has_unknown(definition.body.get("parameters")):
            continue
        known = {name.lower() for name in declared(definition.body.get("parameters"))}
        wrong = [name for name in given if name.lower() not in known] if isinstance(given, Mapping) else []
        if wrong:
            yield Fault(f"the policy {name_of(definition.id)} declares no {', '.join(wrong)}",
                        f"policyDefinitions[{index}].parameters", "take them out, or declare them there")  # fmt: skip


@rule("pol-set-group", kind="static", code="InvalidPolicySetDefinition", reads=("policyDefinitionGroups",),
      source="azure-docs governance/policy initiative-definition-structure.md (code not confirmed)")  # fmt: skip
def groups_are_declared(request: Request) -> Iterator[Fault]:
    """A policy lies in groups that the initiative declares."""
    known = {str(item.get("name")).lower() for item in items(request.at("policyDefinitionGroups"))}
    for index, item in enumerate(items(request.at("policyDefinitions"))):
        for name in item.get("groupNames") or ():
            if name is not UNKNOWN and str(name).lower() not in known:
                yield Fault(f"the initiative has no group '{name}'", f"policyDefinitions[{index}].groupNames",
                            "declare it in policyDefinitionGroups")  # fmt: skip


@rule("pol-set-parameter-update", kind="lifecycle", code="InvalidPolicySetParameterUpdate", reads=("parameters",),
      source="gettek/terraform-azurerm-policy-as-code#94, MicrosoftDocs/azure-docs#7731")  # fmt: skip
def parameters_stay(request: Request) -> Iterator[Fault]:
    """Parameters can't go, nor change their type; a new one needs a default."""
    yield from kept_parameters(request)


def _uses(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("[") and not value.startswith("[["):
        yield from _USE.findall(value)
    for child in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _uses(child)


class PolicySetDefinitions(Model):
    """An initiative: policies that are assigned together, in a subscription."""

    token = "azure-native:authorization:PolicySetDefinition"
    rules = (
        has_policies, groups_are_declared, uses_are_declared, parameters_are_used, policies_know_what_they_are_given,
        parameters_stay,
    )  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """An initiative of one's own."""
        return {"policyType": "Custom", "version": "1.0.0", "versions": ["1.0.0"]}


class PolicySetDefinitionsOfGroups(PolicySetDefinitions):
    """An initiative in a management group."""

    token = "azure-native:authorization:PolicySetDefinitionAtManagementGroup"
