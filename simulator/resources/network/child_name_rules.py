"""What Azure refuses about the parts that a network resource lists: one without a name, two of one name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key
from simulator.model import Request
from simulator.rule import Fault, rule

# Lists whose items are resources of their own: each is found by its name.
_PARTS: Final = (
    "subnets", "delegations", "securityRules", "routes", "ipConfigurations", "gatewayIPConfigurations",
    "frontendIPConfigurations", "frontendPorts", "backendAddressPools", "backendHttpSettingsCollection",
    "httpListeners", "requestRoutingRules", "loadBalancingRules", "inboundNatRules", "outboundRules", "probes",
)  # fmt: skip


@rule(
    "net-child-names-given", kind="static", code="InvalidRequestFormat", quoted=True,
    source="pulumi/pulumi-azure-native#1064, #1286; Azure/azure-resource-manager-schemas#590; "
    "Azure/azure-rest-api-specs#16743",
)  # fmt: skip
def names_given(request: Request) -> Iterator[Fault]:
    """Each part has a name, though the schema doesn't ask for one."""
    for path, item in _parts(request.inputs, ""):
        if item.get("name") is None and item.get("id") is None:
            yield Fault("Cannot parse the request.", f"{path}.name", "give the part a name")


def _parts(body: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The path and content of every part, and of the delegations in a part."""
    for member in _PARTS:
        listed = body.get(member)
        for index, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, Mapping):
                yield f"{prefix}{member}.{index}", item
                if member == "subnets":
                    yield from _parts(item, f"{prefix}{member}.{index}.")


@rule(
    "net-child-names-unique", kind="static", code="InvalidRequestFormat", quoted=True,
    source="Azure/migAz#181 (details: DuplicateResourceName)",
)  # fmt: skip
def unique_names(request: Request) -> Iterator[Fault]:
    """The parts in one list have different names."""
    for member, listed in request.inputs.items():
        seen: set[str] = set()
        for item in listed if isinstance(listed, list) else ():
            name = item.get("name") if isinstance(item, Mapping) else None
            if not isinstance(name, str):
                continue
            if key(name) in seen:
                yield Fault(
                    f"Resource {request.id} has two child resources with the same name ({name}).",
                    member,
                    "give each part a name of its own",
                )
            seen.add(key(name))


RULES: Final = (names_given, unique_names)
