"""What a resource answers: its inputs, what the service fills in, and what only the service knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.catalog import Resource, Shape
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties
from simulator.ids import PathTemplate, parents
from simulator.model import CLIENT, CREATED, TENANT, UNKNOWN_TEXT, Model, Request, guid, normal_location
from simulator.values import UNKNOWN

# Who wrote a resource and when; as `CREATED`, the same in each answer.
_SYSTEM_DATA: Final = {
    "createdAt": CREATED, "createdBy": CLIENT, "createdByType": "Application",
    "lastModifiedAt": CREATED, "lastModifiedBy": CLIENT, "lastModifiedByType": "Application",
}  # fmt: skip

# Outputs that say when a resource was made, changed or used.
_WHEN: Final = re.compile(
    r"(service)?(created|creation|updated|upgraded|modified|accessed|last(Updated?|Modified|Accessed|Activity))"
    r"(At|On|Time|Date|DateTime|TimeUtc)",
    re.IGNORECASE,
)
# The network's services answer what lies inside a resource, such as a rule of a load balancer, as one of its own.
_WITH_PARTS: Final = "microsoft.network/"
# Where the segment in the ids of parts is not the name of their list (azure-rest-api-specs, examples of both types,
# checked 2026-11-25).
_SEGMENTS: Final = {
    ("microsoft.network/azurefirewalls", "ipConfigurations"): "azureFirewallIpConfigurations",
    ("microsoft.network/azurefirewalls", "managementIpConfiguration"): "azureFirewallIpConfigurations",
    ("microsoft.network/bastionhosts", "ipConfigurations"): "bastionHostIpConfigurations",
}
# The state of an operation that was accepted and failed later.
FAILED: Final = "Failed"


def answer(resource: Resource, template: PathTemplate, model: Model, request: Request) -> dict[str, Any]:
    """The outputs of a request that is not refused, in the SDK's property names; unknown inputs stay unknown."""
    given = {name: value for name, value in request.inputs.items() if name in resource.outputs and value is not None}
    merged = merge(merge(model.defaults(request), given), _general(resource, template, request))
    merged = merge(merged, model.outputs(request))
    arm_type = template.type_at(request.id)
    if arm_type.lower().startswith(_WITH_PARTS):
        holder = _Holder(request.id, arm_type, _etag(request.id), resource.module)
        merged = {name: _parts(value, _shape(resource.outputs, name), name, holder) for name, value in merged.items()}
    merged = _settle(merged)
    for path in model.write_only:
        merged = _without(merged, path.split("."))
    missing = {
        name: placeholder(declared["shape"], request.name, name)
        for name, declared in resource.outputs.items()
        if declared.get("required") and name not in merged
    }
    # A model says `None` of what this resource does not have, so that no placeholder takes its place.
    whole = {**missing, **merged}
    return {name: value for name, value in whole.items() if name in resource.outputs and value is not None}


def answer_unknown(
    resource: Resource, template: PathTemplate, model: Model, inputs: Mapping[str, Any]
) -> dict[str, Any]:
    """The outputs while the id isn't known: what was given and comes back as it is; all else is unknown."""
    other = {"identity", "location"} | ({"name"} if _is_of_the_parent("name", template) else set())
    same = {name: value for name, value in inputs.items() if name not in other and value is not None}
    for path in model.write_only:
        same = _without(same, path.split("."))
    return {name: same.get(name, UNKNOWN) for name in resource.outputs}


@dataclass(frozen=True)
class _Holder:
    """What holds a part: the resource, or another part of it. They have one etag, for they are written as one."""

    id: str
    arm_type: str
    etag: str
    module: Module


def _shape(declared: Properties, name: str) -> Shape:
    return declared[name]["shape"] if name in declared else ["any"]


def _parts(value: Any, shape: Shape, name: str, holder: _Holder) -> Any:
    """The value with what ARM says of each named part in it: id, type, etag and state, as far as the SDK has them."""
    if shape[0] == "list" and isinstance(value, list):
        return [_parts(item, shape[1], name, holder) for item in value]
    if shape[0] != "object" or not isinstance(value, Mapping):
        return value
    declared = holder.module.object(shape[1])
    own: dict[str, Any] = {}
    if value.get("name") is not None and "id" in declared and "etag" in declared:
        holder, own = _part(value, name, holder)
    inner = {member: _parts(child, _shape(declared, member), member, holder) for member, child in value.items()}
    return {**{member: said for member, said in own.items() if member in declared}, **inner}


def _part(value: Mapping[str, Any], name: str, holder: _Holder) -> tuple[_Holder, dict[str, Any]]:
    """A part as the holder of its own parts, and what is answered of it."""
    segment = _SEGMENTS.get((holder.arm_type.lower(), name), name)
    called = UNKNOWN_TEXT if value["name"] is UNKNOWN else value["name"]
    part = _Holder(f"{holder.id}/{segment}/{called}", f"{holder.arm_type}/{segment}", holder.etag, holder.module)
    return part, {"id": part.id, "type": part.arm_type, "etag": part.etag, "provisioningState": "Succeeded"}


def _etag(resource_id: str) -> str:
    return f'W/"{guid(resource_id, "etag")}"'


def _settle(value: Any) -> Any:
    """The value with `UNKNOWN` for every text that was built of one."""
    if isinstance(value, str):
        return UNKNOWN if UNKNOWN_TEXT in value else value
    if isinstance(value, Mapping):
        return {name: _settle(child) for name, child in value.items()}
    return [_settle(child) for child in value] if isinstance(value, list) else value


def _without(value: dict[str, Any], path: list[str]) -> dict[str, Any]:
    name, *rest = path
    if not rest:
        return {member: child for member, child in value.items() if member != name}
    child = value.get(name)
    return {**value, name: _without(dict(child), rest)} if isinstance(child, Mapping) else value


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two maps as one, member by member; where both have a value that is not a map, `above` wins."""
    merged = dict(below)
    for name, value in above.items():
        old = merged.get(name)
        merged[name] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _general(resource: Resource, template: PathTemplate, request: Request) -> dict[str, Any]:
    """What ARM answers for every type that has the property."""
    found: dict[str, Any] = {
        "name": request.name,
        "type": template.type_at(request.id),
        "azureApiVersion": resource.api_version,
        "provisioningState": "Succeeded",
        "etag": _etag(request.id),
        "systemData": _SYSTEM_DATA,
    }
    found["eTag"] = found["etag"]
    # An input of the same name keeps its meaning: the type of an agent pool is not its ARM type. A name is a name,
    # though the network's types take one beside the name in their id, and App Service's children that of their parent.
    is_named = _is_of_the_parent("name", template) or request.at("name") is None
    found = {
        name: value for name, value in found.items() if name not in resource.inputs or (name == "name" and is_named)
    }
    location = request.known("location") if "location" in resource.inputs else _location_above(request)
    if isinstance(location, str) and location:
        found["location"] = normal_location(location)
    if "identity" in request.inputs and request.inputs["identity"] is not None:
        found["identity"] = identity(request.id, request.inputs["identity"])
    return found


def _is_of_the_parent(parameter: str, template: PathTemplate) -> bool:
    """Whether an input names what holds the resource, not the resource itself."""
    return parameter in template.parameters and template.name_parameter != parameter


def _location_above(request: Request) -> Any:
    """The region of a child that is given none: that of what holds it."""
    holders = (request.world.get(parent) for parent in parents(request.id))
    return next((each.body["location"] for each in holders if each is not None and "location" in each.body), None)


def identity(resource_id: str, requested: Any) -> Any:
    """A managed identity as ARM answers it: the principals of the resource and of each assigned identity."""
    if not isinstance(requested, Mapping):
        return requested
    kind = requested.get("type")
    found: dict[str, Any] = dict(requested)
    if kind is UNKNOWN or "SystemAssigned" in str(kind).replace(" ", ""):
        found["principalId"] = UNKNOWN if kind is UNKNOWN else guid(resource_id, "principal")
        found["tenantId"] = UNKNOWN if kind is UNKNOWN else TENANT
    assigned = requested.get("userAssignedIdentities")
    # The SDK takes a list of ids for most types and a map with the ids as keys for some.
    if isinstance(assigned, list | Mapping):
        found["userAssignedIdentities"] = {
            identifier: {"principalId": guid(identifier, "principal"), "clientId": guid(identifier, "client")}
            for identifier in assigned
            if isinstance(identifier, str)
        }
        if any(identifier is UNKNOWN for identifier in assigned):
            found["userAssignedIdentities"] = UNKNOWN
    return found


def state_of(outputs: Mapping[str, Any]) -> Any:
    """How the last operation on a resource ended; some types answer it among their `properties`."""
    inner = outputs.get("properties")
    return outputs.get("provisioningState", inner.get("provisioningState") if isinstance(inner, Mapping) else None)


def in_state(outputs: Mapping[str, Any], state: str) -> dict[str, Any]:
    """The outputs with another state; as they are for a type that answers none."""
    inner = outputs.get("properties")
    if "provisioningState" in outputs:
        return {**outputs, "provisioningState": state}
    if isinstance(inner, Mapping) and "provisioningState" in inner:
        return {**outputs, "properties": {**inner, "provisioningState": state}}
    return dict(outputs)


def placeholder(shape: Shape, resource_name: str, property_name: str) -> Any:
    """A value for an output that the service always answers and that no model computes.

    Without it the program would read `None`, and the next resource that takes the value would fail for a reason that
    Azure does not know.
    """
    kind = shape[0]
    if kind == "str" and _WHEN.fullmatch(property_name):
        return CREATED
    if kind in {"str", "enum", "any"}:
        return f"simulated-{resource_name}-{property_name}"
    return {"int": 0, "float": 0.0, "bool": False, "list": []}.get(kind, {})
