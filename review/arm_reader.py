"""Reads an ARM template, or what Bicep compiles to, as a stack.

Nested templates and child resources are unfolded, conditions that are false leave their resource out, and a loop counts
as one resource. What only Azure knows is unknown. A template says nothing of where it is deployed to (`arm_scope`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from policies.references import texts_in
from policies.resource import Place, Resource, Stack
from policies.values import SECRET, UNKNOWN
from review import json_lines
from review.arm_expressions import is_expression
from review.arm_scope import GROUP, SUBSCRIPTION, Scope, Target, joined_type, settled
from review.arm_types import declared_of
from review.manifest_reader import object_of
from review.reading import ReadError, text_of
from review.wire.body import to_sdk
from simulator.paths import template_of

DEPLOYMENTS: Final = "microsoft.resources/deployments"
# What belongs to the template and not to the resource.
_AROUND: Final = frozenset(
    (
        *("type", "apiversion", "name", "scope", "dependson", "condition", "copy", "comments", "metadata"),
        *("resources", "existing"),
    )
)
_DEEPEST: Final = 20
_EXPECTED: Final = "an ARM template, or the JSON of `bicep build`"


@dataclass(frozen=True)
class _Reader:
    """One file."""

    path: Path

    def wrong(self, what: str, fix: str) -> ReadError:
        return ReadError(self.path, what, fix)


@dataclass(frozen=True)
class _Parent:
    """What a child resource is within."""

    type: str = ""
    name: str = ""


def read_template(path: Path, parameters: Path | None = None) -> Stack:
    """The resources of a template. `parameters`: a file of parameter values. Raises ReadError."""
    document = _document(path, _EXPECTED)
    if not isinstance(document.get("resources"), Mapping | list):
        raise ReadError(path, "has no list of resources, so it is no template", f"give {_EXPECTED}")
    given = _parameters(parameters) if parameters is not None else {}
    schema = str(document.get("$schema", "")).lower()
    target = Target(_subscription_of(document), "") if "subscriptiondeployment" in schema else Target()
    if "tenantdeployment" in schema:
        target = Target(above="/")
    if "managementgroupdeployment" in schema:
        target = Target(above="/providers/Microsoft.Management/managementGroups/{managementGroup().name}")
    reader = _Reader(path)
    scope = _scope(document, target, given, reader)
    return Stack(path.stem, tuple(_template(document, scope, reader, 0)))


def _subscription_of(document: Mapping[str, Any]) -> str:
    """The subscription that a template of one is for, where all its nested deployments name the same."""
    listed = document["resources"]
    named = {
        one["subscriptionId"]
        for one in (listed.values() if isinstance(listed, Mapping) else listed)
        if isinstance(one, Mapping) and isinstance(one.get("subscriptionId"), str)
    }
    return next(iter(named)) if len(named) == 1 and not is_expression(min(named)) else SUBSCRIPTION


def _document(path: Path, expected: str) -> Mapping[str, Any]:
    text = text_of(path, expected)
    try:
        document = json_lines.loads(text)
    except (ValueError, RecursionError) as error:
        hint = "compile it first: `bicep build`" if path.suffix == ".bicep" else f"give {expected}"
        raise ReadError(path, f"is not JSON ({str(error)[:80]})", hint) from None
    if not isinstance(document, Mapping):
        raise ReadError(path, "is not a JSON object", f"give {expected}")
    return document


def _parameters(path: Path) -> dict[str, Any]:
    """The values in a file of parameters; one that comes from a vault is a secret."""
    document = _document(path, "a file of parameters (its schema ends with deploymentParameters.json#)")
    listed = document.get("parameters", document)
    if not isinstance(listed, Mapping):
        raise ReadError(path, "has `parameters` that are no object", "write each as `name: {value: …}`")
    found = {}
    for name, one in listed.items():
        if str(name).startswith("$") or name == "contentVersion":
            continue
        if not isinstance(one, Mapping) or not ({"value", "reference"} & set(one)):
            raise ReadError(path, f"parameter {name!r} has neither value nor reference", "write it as `{value: …}`")
        found[str(name)] = one.get("value", SECRET)
    return found


def _scope(template: Mapping[str, Any], target: Target, given: Mapping[str, Any], reader: _Reader) -> Scope:
    parts = {}
    for name in ("parameters", "variables"):
        found = template.get(name) or {}
        if not isinstance(found, Mapping):
            raise reader.wrong(f"`{name}` is no object", "write it as the template reference says")
        parts[name] = found
    return Scope(target, parts["parameters"], parts["variables"], given, _extensions(template))


def _extensions(template: Mapping[str, Any]) -> dict[str, str]:
    """What else than Azure a template deploys to, by the name that its resources give (older: `imports`)."""
    return {
        str(name): str(one.get("provider") or one.get("name") or name)
        for key in ("imports", "extensions")
        for name, one in _items(template.get(key))
        if isinstance(one, Mapping)
    }


def _items(written: Any) -> Iterable[tuple[Any, Any]]:
    """The entries of what should be an object; none where it is something else."""
    return written.items() if isinstance(written, Mapping) else ()


def _template(template: Mapping[str, Any], scope: Scope, reader: _Reader, depth: int) -> Iterator[Resource]:
    """The resources of a template in a scope."""
    if depth > _DEEPEST:
        raise reader.wrong("nests templates more than 20 deep", "take the nesting apart")
    listed = template.get("resources")
    if isinstance(listed, Mapping):
        for symbol, one in listed.items():
            if isinstance(one, Mapping) and isinstance(one.get("type"), str) and isinstance(one.get("name"), str):
                scope.symbols[str(symbol)] = _id(one, scope, _Parent(), reader)
        listed = list(listed.values())
    for index, one in enumerate(listed if isinstance(listed, list) else []):
        yield from _resource(one, scope, _Parent(), reader, f"resources[{index}]", depth)


def _resource(one: Any, scope: Scope, parent: _Parent, reader: _Reader, at: str, depth: int) -> Iterator[Resource]:
    """A resource and its children; nothing for one that is only referred to, or whose condition is false."""
    if not isinstance(one, Mapping):
        raise reader.wrong(f"{at} is no object", "write each resource as an object")
    extension = one.get("import") or one.get("extension")
    if isinstance(extension, str):
        yield _outside(one, scope.extensions.get(extension, extension), scope, reader, at)
        return
    if one.get("existing") is True or scope.value(one.get("condition")) is False or _is_empty_loop(one, scope):
        return
    arm_id = _id(one, scope, parent, reader, at)
    own = _within(one, scope, parent, reader, at)
    if own.type.lower() == DEPLOYMENTS:
        inner = list(_nested(one, scope, reader, depth))
        if inner or "templateLink" not in dict(_items(one.get("properties"))):
            yield from inner
            return
    yield _made(one, arm_id, own, scope, reader)
    children = one.get("resources") or []
    if not isinstance(children, Mapping | list):
        raise reader.wrong(f"{at}.resources is no list", "write the resources within it as a list")
    for index, child in enumerate(children.values() if isinstance(children, Mapping) else children):
        yield from _resource(child, scope, own, reader, f"{at}.resources[{index}]", depth)


def _outside(one: Mapping[str, Any], extension: str, scope: Scope, reader: _Reader, at: str) -> Resource:
    """A resource that is not Azure's: an object of Kubernetes, or something to be counted."""
    type_ = one.get("type")
    if not isinstance(type_, str):
        raise reader.wrong(f"{at} has no type", "give it, as the reference of the extension says")
    body = settled(scope.value(one.get("properties") or {}))
    place = Place(str(reader.path), one.first) if isinstance(one, json_lines.Located) else None
    group, _, kind = type_.partition("@")[0].rpartition("/")
    version = type_.partition("@")[2]
    if extension.lower() == "kubernetes" and isinstance(body, Mapping):
        return object_of(
            {"apiVersion": version if group == "core" else f"{group}/{version}", "kind": kind, **body}, place
        )
    return Resource(type=f"{extension}:{type_}", name=str(at), properties=body, place=place)


def _is_empty_loop(one: Mapping[str, Any], scope: Scope) -> bool:
    loop = one.get("copy")
    return isinstance(loop, Mapping) and scope.value(loop.get("count")) == 0


def _within(one: Mapping[str, Any], scope: Scope, parent: _Parent, reader: _Reader, at: str) -> _Parent:
    """The whole type and name of a resource; those of a child are relative to its parent."""
    type_, name = one.get("type"), one.get("name")
    if not isinstance(type_, str) or not isinstance(name, str):
        raise reader.wrong(f"{at} has no type or no name", "give both, as the template reference says")
    if parent.type and "." not in type_.split("/")[0]:
        return _Parent(f"{parent.type}/{type_}", f"{parent.name}/{scope.text(name)}")
    return _Parent(type_, scope.text(name))


def _id(one: Mapping[str, Any], scope: Scope, parent: _Parent, reader: _Reader, at: str = "resources") -> str:
    own = _within(one, scope, parent, reader, at)
    base = scope.target.base
    if own.type.lower() == "microsoft.resources/resourcegroups":
        return f"/subscriptions/{scope.target.subscription}/resourceGroups/{own.name}"
    if "scope" in one:
        extended = scope.text(one["scope"])
        base = extended.rstrip("/") if extended.startswith("/") else f"{base}/providers/{extended}"
    before, separator, after = own.type.partition("/providers/")
    if separator:
        # The older form of an extension: `A/b/providers/c` is named `x/Microsoft.C/y`.
        names = own.name.split("/")
        count = len(before.split("/")) - 1
        extension = joined_type(f"{names[count] if len(names) > count else '{}'}/{after}", "/".join(names[count + 1 :]))
        return f"{base}/providers/{joined_type(before, '/'.join(names[:count]))}/providers/{extension}"
    return f"{base}/providers/{joined_type(own.type, own.name)}"


def _nested(one: Mapping[str, Any], scope: Scope, reader: _Reader, depth: int) -> Iterator[Resource]:
    """The resources of a deployment with a template of its own."""
    properties = one.get("properties")
    template = properties.get("template") if isinstance(properties, Mapping) else None
    if not isinstance(properties, Mapping) or not isinstance(template, Mapping):
        return
    subscription = scope.text(one["subscriptionId"]) if "subscriptionId" in one else scope.target.subscription
    group = scope.text(one["resourceGroup"]) if "resourceGroup" in one else scope.target.group
    target = Target(subscription, group)
    options = properties.get("expressionEvaluationOptions")
    where = str(options.get("scope", "outer")).lower() if isinstance(options, Mapping) else "outer"
    if where != "inner":
        yield from _template(template, scope.at(target), reader, depth + 1)
        return
    listed = properties.get("parameters")
    values = {
        str(name): scope.value(given["value"]) if "value" in given else SECRET
        for name, given in _items(listed)
        if isinstance(given, Mapping)
    }
    yield from _template(template, _scope(template, target, values, reader), reader, depth + 1)


def _made(one: Mapping[str, Any], arm_id: str, own: _Parent, scope: Scope, reader: _Reader) -> Resource:
    body = {name: settled(scope.value(value)) for name, value in one.items() if name.lower() not in _AROUND}
    version = str(one.get("apiVersion", ""))
    place = Place(str(reader.path), one.first) if isinstance(one, json_lines.Located) else None
    declared = declared_of(arm_id)
    name = own.name if "scope" not in one else f"{arm_id.split('/')[-5:][0]}/{own.name}"
    if declared is None:
        token = f"azure-native:{own.type.split('/')[0].lower().removeprefix('microsoft.')}:{own.type.partition('/')[2]}"
        return Resource(type=token, name=name, properties=body, id=arm_id, place=place, api_version=version)
    named = template_of(declared).parse(arm_id) or {}
    inputs = {key: UNKNOWN if _is_open(value) else value for key, value in named.items() if key in declared.inputs}
    asked = to_sdk(declared, {key: scope.asked(value) for key, value in one.items() if key.lower() not in _AROUND})
    return Resource(
        type=declared.token,
        name=name,
        properties={**to_sdk(declared, body), **inputs},
        id=arm_id,
        dependencies={key: ids for key, value in asked.items() if (ids := _ids_in(value))},
        place=place,
        api_version=version,
    )


def _ids_in(asked: Any) -> tuple[str, ...]:
    """The ids that `Scope.asked` found anywhere within a property."""
    return tuple(sorted({one for text in texts_in(asked) if isinstance(text, str) for one in text.splitlines()}))


def _is_open(value: str) -> bool:
    """Whether a part of an id has a hole; the id of what is extended keeps its own."""
    return "{" in value and not value.startswith("/")


__all__ = ["GROUP", "SUBSCRIPTION", "ReadError", "read_template"]
