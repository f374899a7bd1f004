"""ARM resource ids: parsing, building from a path template, and what an id says of its type, name and parents.

ARM compares ids without regard to case and keeps the case that it was given, so everything here compares through `key`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from simulator.values import Unknown

# Simulated ids carry the all-zero subscription, so that nobody takes one for the id of a real resource.
SUBSCRIPTION: Final = "00000000-0000-0000-0000-000000000000"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Parameters that hold a whole resource id, for resources that extend another one.
_SCOPES: Final = frozenset({"scope", "resourceUri", "resourceId", "resourceScope", "billingScope", "managementGroupId"})


class MissingParameterError(KeyError):
    """An id can't be built: the input that names a part of it is absent."""


def key(resource_id: str) -> str:
    """The form in which ids are compared."""
    return resource_id.rstrip("/").lower()


def looks_like_id(value: object) -> bool:
    """Whether a value is the id of a resource (not of a subscription or a tenant-level object)."""
    return (
        isinstance(value, str) and value.lower().startswith("/subscriptions/") and "/resourcegroups/" in value.lower()
    )


def type_of(resource_id: str) -> str:
    """The ARM type, as `Microsoft.Network/virtualNetworks/subnets`.

    Resource groups and subscriptions have their own.
    """
    before, found, after = resource_id.rpartition("/providers/")
    if not found:
        kinds = before.split("/") if before else resource_id.split("/")
        lowered = [part.lower() for part in kinds]
        return "Microsoft.Resources/" + ("resourceGroups" if "resourcegroups" in lowered else "subscriptions")
    parts = after.split("/")
    return "/".join([parts[0], *parts[1::2]])


def name_of(resource_id: str) -> str:
    """The last segment: the resource's own name."""
    return resource_id.rstrip("/").rsplit("/", 1)[-1]


def parents(resource_id: str) -> Iterator[str]:
    """The resources that hold this one, nearest first, ending with its resource group.

    For an extension, what it extends.
    """
    before, found, after = resource_id.rpartition("/providers/")
    if not found:
        return
    parts = after.split("/")
    for end in range(len(parts) - 2, 2, -2):
        yield f"{before}/providers/{'/'.join(parts[:end])}"
    if "/resourcegroups/" in before.lower():
        yield before
        yield from parents(before)


@dataclass(frozen=True)
class PathTemplate:
    """The path of a resource type, as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/…/{name}`."""

    text: str

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The inputs that make the id, in order; the subscription is not one of them."""
        return tuple(name for name in _PLACEHOLDER.findall(self.text) if name != "subscriptionId")

    @cached_property
    def name_parameter(self) -> str | None:
        """The input that names the resource itself; `None` for a singleton such as `blobServices/default`."""
        last = _PLACEHOLDER.fullmatch(self.text.rsplit("/", 1)[-1])
        return last[1] if last else None

    @cached_property
    def is_child(self) -> bool:
        """Whether the resource lies below another one (more than one name after the provider)."""
        _, _, after = self.text.rpartition("/providers/")
        return len(after.split("/")) > 3

    @property
    def arm_type(self) -> str:
        """The ARM type, as `Microsoft.Network/virtualNetworks/subnets`."""
        return type_of(self.text)

    def build(self, inputs: Mapping[str, object]) -> str | Unknown:
        """The id for some inputs; `UNKNOWN` while a part of it is. Raises MissingParameterError for an absent part."""
        values = {"subscriptionId": SUBSCRIPTION}
        for name in self.parameters:
            value = inputs.get(name)
            if isinstance(value, Unknown):
                return value
            if value is None:
                raise MissingParameterError(name)
            values[name] = str(value).strip("/") if name in _SCOPES else str(value)
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self.text)

    def parse(self, resource_id: str) -> dict[str, str] | None:
        """The inputs in an id of this type; `None` when the id is of another type."""
        match = self._pattern.fullmatch(resource_id.rstrip("/"))
        if match is None:
            return None
        found = match.groupdict()
        found.pop("subscriptionId", None)
        return {name: f"/{value}" if name in _SCOPES and "/" in value else value for name, value in found.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern = ""
        for index, part in enumerate(_PLACEHOLDER.split(self.text)):
            if index % 2 == 0:
                pattern += re.escape(part)
            else:
                pattern += f"(?P<{part}>{'.+' if part in _SCOPES else '[^/]+'})"
        return re.compile(pattern, re.IGNORECASE)
