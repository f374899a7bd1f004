"""Microsoft.Insights/privateLinkScopes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.monitor.region_rules import not_global
from simulator.rule import Fault, rule

_NAME: Final = re.compile(r"[A-Za-z0-9()_.-]{0,254}[A-Za-z0-9_-]")


@rule("mon-ampls-location", kind="static", code="LocationNotAvailableForResourceType",
      source="azurerm 2026-08-21 monitor_private_link_scope (Global)")  # fmt: skip
def lies_nowhere(request: Request) -> Iterator[Fault]:
    """A scope belongs to no region."""
    yield from not_global(request, "Microsoft.Insights/privateLinkScopes")


@rule("mon-ampls-name", kind="static", source="azurerm 2026-08-21 private_link_scope_name.go (code not confirmed)")
def name_is_valid(request: Request) -> Iterator[Fault]:
    """A name has 1 to 255 letters, digits, periods, underscores, hyphens and parentheses, and no period at its end."""
    if _NAME.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no name for a scope", "scopeName", "use letters, digits and ()._-")


class PrivateLinkScopes(Model):
    """Which workspaces and components a network reaches privately."""

    token = "azure-native:monitor:PrivateLinkScope"
    rules = (lies_nowhere, name_is_valid)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A scope without connections yet."""
        return {"privateEndpointConnections": [], "provisioningState": "Succeeded"}
