"""What an ARM id says of a resource in a template: the deployment that it belongs to, its type, name and scope."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policies.resource import Resource
from policies.values import Marker
from simulator.catalog import Resource as Declared
from simulator.ids import SUBSCRIPTION, PathTemplate
from simulator.paths import template_of

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_GROUP: Final = re.compile(r"(/subscriptions/[^/]+)/resourceGroups/([^/]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """Where a resource stands. `group`: its resource group, empty where it lies in the subscription itself.

    `scope`: what it extends, as a template writes it; empty where it extends nothing smaller than a group.
    """

    subscription: str
    group: str
    type: str
    name: str
    scope: str

    @property
    def reference(self) -> str:
        """The expression for its id, within its own deployment."""
        if self.scope:
            return f"[extensionResourceId({_id(self.scope)}, {_arguments(self.type, self.name)})]"
        function = "resourceId" if self.group else "subscriptionResourceId"
        return f"[{function}({_arguments(self.type, self.name)})]"


def _arguments(type_: str, name: str) -> str:
    return ", ".join(f"'{part}'" for part in (type_, *name.split("/")))


def _id(scope: str) -> str:
    provider, *rest = scope.split("/")
    return f"resourceId({_arguments('/'.join([provider, *rest[::2]]), '/'.join(rest[1::2]))})"


def id_of(resource: Resource, declared: Declared, ids: Callable[[str], str | None]) -> tuple[str, list[str]]:
    """The id, and the inputs that name it and are not known; Pulumi's own name stands in for these.

    `ids`: the id of a URN. What a resource extends is the one resource that this input depends on.
    """
    if resource.id is not None and resource.id.startswith("/"):
        return resource.id, []
    template = template_of(declared)
    inputs = dict(resource.properties)
    scope = template.scope_parameter
    urns = resource.dependencies.get(scope or "", ())
    if scope is not None and _is_open(inputs.get(scope)) and len(urns) == 1:
        inputs[scope] = ids(urns[0])
    unknown = [name for name in template.parameters if name != "subscriptionId" and _is_open(inputs.get(name))]
    return _built(template, inputs, resource.name), unknown


def _is_open(value: Any) -> bool:
    return value is None or isinstance(value, Marker)


def _built(template: PathTemplate, inputs: Mapping[str, Any], stand_in: str) -> str:
    def filled(match: re.Match[str]) -> str:
        if match[1] == "subscriptionId":
            return SUBSCRIPTION
        value = inputs.get(match[1])
        if not _is_open(value):
            return str(value).strip("/")
        return f"subscriptions/{SUBSCRIPTION}" if match[1] == template.scope_parameter else stand_in

    return "/" + _PLACEHOLDER.sub(filled, template.text).lstrip("/")


def address_of(arm_id: str) -> Address:
    """Where the resource of an id stands in a template."""
    group = _GROUP.match(arm_id)
    subscription = re.match("/subscriptions/([^/]+)", arm_id, re.IGNORECASE)
    before, _, after = arm_id.rpartition("/providers/")
    of = (subscription[1] if subscription else "", group[2] if group else "")
    if not after or "/providers/" not in arm_id:
        return Address(of[0], "", "Microsoft.Resources/resourceGroups", arm_id.rsplit("/", 1)[-1], "")
    provider, *rest = after.split("/")
    extended = before.partition("/providers/")[2].replace("/providers/", "/")
    return Address(*of, "/".join([provider, *rest[::2]]), "/".join(rest[1::2]), extended)
