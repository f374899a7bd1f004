"""Microsoft.ContainerRegistry/registries/tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import CREATED, Model, Request
from simulator.rule import Fault, rule

_SOURCE: Final = (
    "MicrosoftDocs/azure-management-docs container-registry/container-registry-token-based-repository-permissions.md "
    "(checked 2026-11-25; code not confirmed)"
)


@rule("acr-token-scope-map", kind="static", source=_SOURCE)
def token_has_a_scope_map(request: Request) -> Iterator[Fault]:
    """Each token has a scope map of its registry."""
    named, registry = request.at("scopeMapId"), next(parents(request.id), "")
    if named is None:
        yield Fault("a token needs a scope map", "scopeMapId", "name one, such as _repositories_pull of the registry")
    elif isinstance(named, str) and key(next(parents(named), "")) != key(registry):
        yield Fault(f"{named} is no scope map of {registry}", "scopeMapId", "use a scope map of the same registry")


class Tokens(Model):
    """A user that only the registry knows."""

    token = "azure-native:containerregistry:Token"
    rules = (token_has_a_scope_map,)

    def defaults(self, request: Request) -> dict[str, Any]:
        """In use."""
        return {"status": "enabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was made."""
        return {"creationDate": CREATED}
