"""Microsoft.ContainerRegistry/registries/connectedRegistries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.containerregistry.registry_rules import below_premium, registry_of
from simulator.rule import Fault, rule
from simulator.values import at

_DOCS: Final = "MicrosoftDocs/azure-management-docs container-registry"


@rule("acr-connected-premium", kind="cross-resource",
      source=f"{_DOCS}/quickstart-create-connected-registry.md (checked 2026-11-25)")  # fmt: skip
def connection_needs_premium(request: Request) -> Iterator[Fault]:
    """Others connect to Premium registries."""
    yield from below_premium(request, "a connected registry")


@rule("acr-connected-data-endpoint", kind="cross-resource",
      source=f"{_DOCS}/quickstart-create-connected-registry.md (checked 2026-11-25; code not confirmed)")  # fmt: skip
def connection_needs_a_data_endpoint(request: Request) -> Iterator[Fault]:
    """They exchange data by the dedicated endpoint."""
    registry = registry_of(request)
    if registry and at(registry, "dataEndpointEnabled") in (None, False):
        yield Fault("the registry has no dedicated data endpoint", "registryName", "set its dataEndpointEnabled")


@rule("acr-connected-name", kind="static",
      source=f"{_DOCS}/troubleshoot-connected-registry-arc.md (checked 2026-11-25; code not confirmed)")  # fmt: skip
def name_is_short(request: Request) -> Iterator[Fault]:
    """The name starts with a letter and has 5 to 40 letters and digits."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9]{4,39}", request.name) is None:
        yield Fault(f"'{request.name}' is no name of a connected registry", "connectedRegistryName", "use 5 to 40")


class ConnectedRegistries(Model):
    """A registry elsewhere that keeps copies of this one."""

    token = "azure-native:containerregistry:ConnectedRegistry"
    rules = (connection_needs_premium, connection_needs_a_data_endpoint, name_is_short)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nobody has connected yet."""
        return {"activation": {"status": "Inactive"}, "connectionState": "Offline", "version": None}
