"""Writes a stack as an ARM template, for tools that read ARM and not Pulumi.

A stack is larger than a resource group, so the template is one of a subscription: what lies in a group is in a nested
deployment to it. Two groups may need each other's resources; so a group has a deployment for each step, and a later
step never has to wait for itself. What nobody knows yet and what nobody may see is left out and listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from policies.resource import Resource, Stack
from policies.types import CLUSTER_EXTENSION, DATABRICKS_WORKSPACE, IDENTITY, ROLE_ASSIGNMENT
from policies.values import is_list
from review import json_lines
from review.arm_names import Address, address_of, id_of
from review.exported import NO_SKIPS, Exported, LeftOut, Origin, Skips
from review.wire.body import to_wire
from simulator.catalog import Catalog, open_catalog

SCHEMAS: Final = "https://schema.management.azure.com/schemas"
SUBSCRIPTION_SCHEMA: Final = f"{SCHEMAS}/2018-05-01/subscriptionDeploymentTemplate.json#"
GROUP_SCHEMA: Final = f"{SCHEMAS}/2019-04-01/deploymentTemplate.json#"
DEPLOYMENTS: Final = "Microsoft.Resources/deployments"
# The reference of Microsoft.Resources/deployments; a name has at most 64 characters.
_DEPLOYMENTS_API: Final = "2024-03-01"
_LONGEST_NAME: Final = 64
# The only type for which the SDK has no version, since it writes the requests (roleEligibilityScheduleRequests, of the
# same version) that change it.
_VERSIONS: Final = {"azure-native:authorization:PimRoleEligibilitySchedule": "2020-10-01"}
# An extension of an extension of …: more than a few are a mistake.
_DEEPEST: Final = 5
_PRINCIPAL: Final = "principalId"
# Where Azure answers with the principal of what is no resource with an identity of its own.
_PRINCIPALS: Final = {
    IDENTITY: "principalId",
    CLUSTER_EXTENSION: "aksAssignedIdentity.principalId",
    DATABRICKS_WORKSPACE: "managedDiskIdentity.principalId",
}
_ORDER: Final = ("type", "apiVersion", "name", "scope", "location", "tags", "sku", "kind", "identity", "zones")


@dataclass
class _Entry:
    """One resource on its way into the template."""

    resource: Resource
    address: Address
    content: dict[str, Any]
    step: int = 0

    @property
    def outer(self) -> tuple[str, str, int] | str:
        """What it is in the outer template: a deployment (subscription, group, step), or itself."""
        return (self.address.subscription, self.address.group, self.step) if self.address.group else self.resource.key


@cache
def _catalog() -> Catalog:
    return open_catalog()


def arm_template(stack: Stack, skips: Skips = NO_SKIPS) -> Exported:
    """The template of every Azure resource of a stack. The same stack gives the same text."""
    entries: dict[str, _Entry] = {}
    left_out: list[LeftOut] = []
    for resource in stack.resources:
        if resource.type.startswith("azure-native:"):
            entry = _entry(resource, stack, left_out, skips.get(resource.key, {}))
            if entry is not None:
                entries[resource.key] = entry
    _order(entries)
    resources, placed = _arranged(entries)
    document = {"$schema": SUBSCRIPTION_SCHEMA, "contentVersion": "1.0.0.0", "resources": resources}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    located = [
        one for one in _resources(json_lines.loads(text)) if one["type"] != DEPLOYMENTS or "resourceGroup" not in one
    ]
    origins = tuple(
        Origin(one.first, one.last, entry.address.type, entry.address.name, entry.resource)
        for one, entry in zip(located, placed, strict=True)
    )
    return Exported(text, origins, tuple(left_out))


def _id(resource: Resource, stack: Stack, depth: int = 0) -> tuple[str, list[str]]:
    declared = _catalog().resource(resource.type)

    def of(urn: str) -> str | None:
        other = stack.with_urn(urn)
        return _id(other, stack, depth + 1)[0] if other is not None and depth < _DEEPEST else None

    return id_of(resource, declared, of) if declared is not None else (resource.id or "", [])


def _entry(resource: Resource, stack: Stack, left_out: list[LeftOut], skips: Mapping[str, str]) -> _Entry | None:
    declared = _catalog().resource(resource.type)
    if declared is None:
        left_out.append(LeftOut(resource, "", "the SDK has no such type"))
        return None
    arm_id, unnamed = _id(resource, stack)
    left_out.extend(LeftOut(resource, name, "unknown") for name in unnamed)
    address = address_of(arm_id)
    body = to_wire(declared, resource.properties)
    asked = _principal(resource, stack)
    left_out.extend(
        LeftOut(resource, path, marker.value)
        for path, marker in body.left_out.items()
        if path != _PRINCIPAL or not asked
    )
    given = _escaped(body.content, raw=address.type == DEPLOYMENTS)
    if asked:
        given["properties"] = {**given.get("properties", {}), _PRINCIPAL: asked}
    content = {
        "type": address.type,
        "apiVersion": declared.api_version or _VERSIONS[declared.token],
        "name": address.name,
        **({"scope": address.scope} if address.scope else {}),
        # Azure takes no notice of it (Azure/bicep#223). As texts: of objects checkov 3.3.30 reads the first id alone.
        **({"metadata": {"checkov": [f"{check}:{why}" for check, why in skips.items()]}} if skips else {}),
        **given,
    }
    first = {name: content[name] for name in _ORDER if name in content}
    return _Entry(resource, address, {**first, **dict(sorted((k, v) for k, v in content.items() if k not in first))})


def _principal(resource: Resource, stack: Stack) -> str:
    """The expression for whom a role is assigned to, where that is an identity of the stack: Azure makes its id."""
    urns = resource.dependencies.get(_PRINCIPAL, ()) if resource.type == ROLE_ASSIGNMENT else ()
    identity = stack.with_urn(urns[0]) if len(urns) == 1 else None
    declared = _catalog().resource(identity.type) if identity is not None else None
    if identity is None or declared is None:
        return ""
    arm_id, unnamed = _id(identity, stack)
    answer = _PRINCIPALS.get(identity.type, "identity.principalId")
    whole = ", 'Full'" if answer.startswith("identity.") else ""
    return "" if unnamed else f"[reference('{arm_id}', '{declared.api_version}'{whole}).{answer}]"


def _escaped(value: Any, *, raw: bool = False) -> Any:
    """Texts in brackets would be taken as expressions. `raw`: what is a template itself keeps its own."""
    if isinstance(value, Mapping):
        return {
            name: child if raw and name == "template" else _escaped(child, raw=raw) for name, child in value.items()
        }
    if is_list(value):
        return [_escaped(item, raw=raw) for item in value]
    return f"[{value}" if isinstance(value, str) and value.startswith("[") and value.endswith("]") else value


def _needed(entry: _Entry, entries: Mapping[str, _Entry]) -> Iterator[_Entry]:
    """The entries that one depends on, each once, in the order of their keys."""
    urns = {urn for listed in entry.resource.dependencies.values() for urn in listed} - {entry.resource.key}
    yield from (entries[urn] for urn in sorted(urns) if urn in entries)


def _order(entries: Mapping[str, _Entry]) -> None:
    """Gives each entry its step: after everything that it needs in other groups."""
    done: set[str] = set()

    def visit(entry: _Entry) -> None:
        if entry.resource.key in done:
            return
        done.add(entry.resource.key)
        for other in _needed(entry, entries):
            visit(other)
            same = entry.address.group and entry.outer[:2] == other.outer[:2]
            entry.step = max(entry.step, other.step if same else other.step + 1)

    for entry in entries.values():
        visit(entry)


def _arranged(entries: Mapping[str, _Entry]) -> tuple[list[dict[str, Any]], list[_Entry]]:
    """The resources of the outer template, and the entries in the order in which they stand in the text."""
    outer: dict[Any, list[_Entry]] = {}
    for entry in entries.values():
        outer.setdefault(entry.outer, []).append(entry)
    written, placed = [], []
    for key, members in sorted(outer.items(), key=lambda each: (each[1][0].step, str(each[0]))):
        placed.extend(members)
        needed = {other.outer: other for one in members for other in _needed(one, entries) if other.outer != key}
        after = sorted({_outer_reference(other) for other in needed.values()})
        if isinstance(key, str):
            written.append({**members[0].content, **({"dependsOn": after} if after else {})})
        else:
            written.append(_deployment(key, members, after, entries))
    return written, placed


def _outer_reference(entry: _Entry) -> str:
    if not entry.address.group:
        return entry.address.reference
    name = _deployment_name(entry.address.group, entry.step)
    return f"[resourceId('{entry.address.subscription}', '{entry.address.group}', '{DEPLOYMENTS}', '{name}')]"


def _deployment_name(group: str, step: int) -> str:
    return f"{group[: _LONGEST_NAME - 4]}-{step}"


def _deployment(
    key: tuple[str, str, int], members: list[_Entry], after: list[str], entries: Mapping[str, _Entry]
) -> dict[str, Any]:
    inner = []
    for one in members:
        before = sorted({other.address.reference for other in _needed(one, entries) if other.outer == key})
        inner.append({**one.content, **({"dependsOn": before} if before else {})})
    template = {"$schema": GROUP_SCHEMA, "contentVersion": "1.0.0.0", "resources": inner}
    return {
        "type": DEPLOYMENTS,
        "apiVersion": _DEPLOYMENTS_API,
        "name": _deployment_name(key[1], key[2]),
        "subscriptionId": key[0],
        "resourceGroup": key[1],
        "properties": {
            "mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"},
            "template": template,
        },
        **({"dependsOn": after} if after else {}),
    }


def _resources(template: Mapping[str, Any]) -> Iterator[Any]:
    """Every resource in the order of the text; those of a group's deployment after it."""
    for one in template["resources"]:
        yield one
        if one["type"] == DEPLOYMENTS and "resourceGroup" in one:
            yield from one["properties"]["template"]["resources"]
