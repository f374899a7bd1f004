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
# A path that begins with a parameter is that of an extension: the parameter holds the whole id of what is extended.
_SCOPE = re.compile(r"/\{(\w+)\}/")
_PROVIDERS: Final = "/providers/"
# Types and names come in pairs, also below an extension. A text with spaces, braces or wildcards is prose or a pattern.
_PART: Final = r"/[^/\s*{}<>?#]+"
_ID = re.compile(rf"/subscriptions{_PART}/resourcegroups{_PART}/providers{_PART}(?:{_PART}{_PART})+/?", re.IGNORECASE)


class MissingParameterError(KeyError):
    """An id can't be built: the input that names a part of it is absent."""


def key(resource_id: str) -> str:
    """The form in which ids are compared."""
    return resource_id.rstrip("/").lower()


def looks_like_id(value: object) -> bool:
    """Whether a value is the id of a resource in a resource group."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def subscription_of(resource_id: str) -> str | None:
    """The subscription that an id lies in; `None` for what belongs to the tenant, such as a management group."""
    parts = resource_id.split("/")
    return parts[2] if len(parts) > 2 and parts[1].lower() == "subscriptions" else None


def _split(resource_id: str) -> tuple[str, str, str]:
    """What comes before the last `/providers/`, the separator itself (empty when there is none), and what follows."""
    at = resource_id.lower().rfind(_PROVIDERS)
    if at < 0:
        return resource_id, "", ""
    return resource_id[:at], _PROVIDERS, resource_id[at + len(_PROVIDERS) :]


def type_of(resource_id: str) -> str:
    """The ARM type, as `Microsoft.Network/virtualNetworks/subnets`.

    Resource groups and subscriptions have their own.
    """
    before, found, after = _split(resource_id.rstrip("/"))
    if not found:
        lowered = [part.lower() for part in before.split("/")]
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
    before, found, after = _split(resource_id.rstrip("/"))
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
        _, _, after = _split(self.text)
        return len(after.split("/")) > 3

    @cached_property
    def scope_parameter(self) -> str | None:
        """The input that holds the id of what the resource extends; `None` when it extends nothing."""
        first = _SCOPE.match(self.text)
        return first[1] if first else None

    @property
    def arm_type(self) -> str:
        """The ARM type, as `Microsoft.Network/virtualNetworks/subnets`."""
        return type_of(self.text)

    def type_at(self, resource_id: str) -> str:
        """The ARM type of one resource of this path: that of a DNS record set is a part of its id."""
        return type_of(resource_id) if "{" in self.arm_type else self.arm_type

    def build(self, inputs: Mapping[str, object]) -> str | Unknown:
        """The id for some inputs; `UNKNOWN` while a part of it is. Raises MissingParameterError for an absent part."""
        values = {"subscriptionId": SUBSCRIPTION}
        for name in self.parameters:
            value = inputs.get(name)
            if isinstance(value, Unknown):
                return value
            if value is None:
                raise MissingParameterError(name)
            values[name] = str(value).strip("/") if name == self.scope_parameter else str(value)
        # The scope `/` is the tenant itself: nothing stands before its providers.
        return "/" + _PLACEHOLDER.sub(lambda match: values[match[1]], self.text).lstrip("/")

    def parse(self, resource_id: str) -> dict[str, str] | None:
        """The inputs in an id of this type; `None` when the id is of another type."""
        match = self._pattern.fullmatch(resource_id.rstrip("/"))
        if match is None:
            return None
        found = match.groupdict(default="")
        found.pop("subscriptionId", None)
        return {name: f"/{value}" if name == self.scope_parameter else value for name, value in found.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        scope = self.scope_parameter
        text = self.text.removeprefix(f"/{{{scope}}}")
        pattern = f"(?:/(?P<{scope}>.+))?" if scope is not None else ""
        for index, part in enumerate(_PLACEHOLDER.split(text)):
            # The path of a generic resource's parent has slashes of its own.
            value = ".+" if part.endswith("Path") else "[^/]+"
            pattern += re.escape(part) if index % 2 == 0 else f"(?P<{part}>{value})"
        return re.compile(pattern, re.IGNORECASE)
