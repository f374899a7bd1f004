"""The ARM path of each type of the SDK.

The SDK for Python does not carry the paths, so they come from a dated table (`arm/resource_paths.yaml`, made from
Microsoft's own SDKs). For a type that the table lacks, a path is derived from the names of the type and its inputs, and
said to be derived.
"""

from __future__ import annotations

import re
from functools import cache

from simulator.arm import table
from simulator.catalog import Resource
from simulator.ids import PathTemplate, type_of

_GROUP = "resourceGroupName"
# Types that the table could not match, with a fixed name of their own.
_SAFEGUARDS = "/{resourceUri}/providers/Microsoft.ContainerService/deploymentSafeguards/default"
# A schedule is told by scope, principal and role (azure-native 3 docs). The role is left out, because it is an id with
# slashes of its own: a second role of one principal at one scope would be taken for the first.
_ELIGIBILITIES = "/{scope}/providers/Microsoft.Authorization/roleEligibilitySchedules/{principalId}"
_DEFINITIONS = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Dashboard/dashboards/"
    "{dashboardName}/dashboardDefinitions/{definitionName}"
)
_FIXED_NAME = {
    "azure-native:authorization:PimRoleEligibilitySchedule": _ELIGIBILITIES,
    # The REST reference of Cost Management, Settings (2024-08-01): one setting of that name at a scope.
    "azure-native:costmanagement:TagInheritanceSetting": "/{scope}/providers/Microsoft.CostManagement/settings/{type}",
    # Templates of Azure's users, of 2025-09-01-preview (checked 2026-11-25): the child of a dashboard.
    "azure-native:dashboard:DashboardDefinition": _DEFINITIONS,
    # azure-cli-extensions: src/aks-preview, `az aks safeguards` (checked 2026-11-25).
    "azure-native:containerservice:DeploymentSafeguard": _SAFEGUARDS,
}


def template_of(resource: Resource) -> PathTemplate:
    """The path of a type: from the table, else derived (see `is_derived`)."""
    listed = _table().get(resource.token)
    return PathTemplate(listed) if listed is not None else _derive(resource)


def is_derived(token: str) -> bool:
    """Whether the path of a type is only derived from its names."""
    return token not in _table()


def listed_tokens() -> list[str]:
    """The types whose path is in the table, sorted."""
    return sorted(_table())


def path_of(token: str) -> PathTemplate:
    """The path of a type in the table. Raises KeyError for another."""
    return PathTemplate(_table()[token])


@cache
def tokens_by_type() -> dict[str, frozenset[str]]:
    """The tokens of each ARM type (in lower case) that the table knows the SDK to create."""
    found: dict[str, set[str]] = {}
    for token, path in _table().items():
        found.setdefault(type_of(path).lower(), set()).add(token)
    return {arm_type: frozenset(tokens) for arm_type, tokens in found.items()}


@cache
def _table() -> dict[str, str]:
    document = table("resource_paths.yaml")
    return _FIXED_NAME | {
        f"azure-native:{module}:{name}": row["path"]
        for module, rows in document["paths"].items()
        for name, row in rows.items()
    }


def _derive(resource: Resource) -> PathTemplate:
    _, module, name = resource.token.split(":")
    names = [
        candidate
        for candidate, declared in resource.inputs.items()
        if candidate.lower().endswith("name") and candidate != _GROUP and declared["shape"] == ["str"]
    ]
    own = _own_name(name, names, resource)
    above = [candidate for candidate in names if candidate != own and resource.inputs[candidate].get("required")]
    text = "/subscriptions/{subscriptionId}"
    if _GROUP in resource.inputs:
        text += f"/resourceGroups/{{{_GROUP}}}"
    text += f"/providers/Microsoft.{module[0].upper()}{module[1:]}"
    for candidate in above:
        text += f"/{_plural(candidate.removesuffix('Name'))}/{{{candidate}}}"
    text += f"/{_plural(name[0].lower() + name[1:])}/"
    return PathTemplate(text + (f"{{{own}}}" if own else "default"))


def _own_name(name: str, names: list[str], resource: Resource) -> str | None:
    """The input that names the resource: the optional one (autonamed), else the one that sounds like the type."""
    optional = [candidate for candidate in names if not resource.inputs[candidate].get("required")]
    similar = [candidate for candidate in names if candidate.removesuffix("Name").lower() in name.lower()]
    return next(iter([*optional, *similar]), None)


def _plural(word: str) -> str:
    if re.search(r"(s|x|ch|sh)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s"
