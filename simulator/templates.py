"""What a template deployment writes: the resources of its template, one after another, as Azure Resource Manager would.

Owns reading a template. Does not evaluate its expressions: a resource that has one (`[resourceGroup().location]`) is
left alone, and so is one whose type the SDK declares in another form than ARM's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.catalog import Catalog
from simulator.ids import SUBSCRIPTION
from simulator.model import Request
from simulator.paths import template_of, tokens_by_type
from simulator.values import UNKNOWN

DEPLOYMENT: Final = "azure-native:resources:Deployment"
_OWN: Final = ("identity", "kind", "location", "properties", "sku", "tags")


@dataclass(frozen=True)
class Nested:
    """One resource of a template, in the SDK's form."""

    id: str
    token: str
    inputs: dict[str, Any]


def nested_writes(request: Request, catalog: Catalog) -> Iterator[Nested]:
    """The resources that a request writes besides its own."""
    listed = request.known("properties.template.resources", []) if request.token == DEPLOYMENT else []
    for body in listed if isinstance(listed, list) else ():
        found = _nested(body, str(request.known("resourceGroupName", "")), catalog)
        if found is not None:
            yield found


def _nested(body: Any, group: str, catalog: Catalog) -> Nested | None:
    arm_type, name = (body.get("type"), body.get("name")) if isinstance(body, Mapping) else (None, None)
    if not isinstance(arm_type, str) or not isinstance(name, str) or group == "" or _has_expression(body):
        return None
    tokens = sorted(tokens_by_type().get(arm_type.lower(), ()))
    resource = catalog.resource(tokens[0]) if tokens else None
    if resource is None or ("properties" in body and "properties" not in resource.inputs):
        return None
    namespace, *types = arm_type.split("/")
    place = "/".join(f"{kind}/{each}" for kind, each in zip(types, name.split("/"), strict=False))
    resource_id = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}/providers/{namespace}/{place}"
    parameters = template_of(resource).parse(resource_id)
    if parameters is None:
        return None
    named = {key: value for key, value in parameters.items() if key in resource.inputs}
    own: dict[str, Any] = {key: body[key] for key in _OWN if key in body and key in resource.inputs}
    return Nested(resource_id, resource.token, {**named, **own, **_identity(own)})


def _identity(own: Mapping[str, Any]) -> dict[str, Any]:
    """The SDK takes the user-assigned identities as a list, ARM as the keys of a map."""
    identity = own.get("identity")
    ids = identity.get("userAssignedIdentities") if isinstance(identity, Mapping) else None
    if not isinstance(identity, Mapping) or not isinstance(ids, Mapping):
        return {}
    return {"identity": {**identity, "userAssignedIdentities": sorted(ids)}}


def _has_expression(value: Any) -> bool:
    if value is UNKNOWN:
        return False
    if isinstance(value, str):
        return value.startswith("[") and not value.startswith("[[")
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return any(map(_has_expression, children))
