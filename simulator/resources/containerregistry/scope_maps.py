"""Microsoft.ContainerRegistry/registries/scopeMaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, Model, Request
from simulator.rule import Fault, rule

_SOURCE: Final = (
    "MicrosoftDocs/azure-management-docs container-registry/container-registry-token-based-repository-permissions.md "
    "(checked 2026-11-25; code not confirmed)"
)
_ACTION: Final = re.compile(
    r"repositories/(?P<repository>.+)/(content/(read|write|delete)|metadata/(read|write))"
    r"|gateway/.+/(config|message)/(read|write)",
    re.IGNORECASE,
)
_MAX_ACTIONS: Final = 500


@rule("acr-scope-map-action", kind="static", source=_SOURCE)
def actions_exist(request: Request) -> Iterator[Fault]:
    """An action is one of five on a repository, or of a connected registry."""
    listed = request.known("actions", [])
    for action in listed if isinstance(listed, list) else ():
        if isinstance(action, str) and _ACTION.fullmatch(action) is None:
            yield Fault(f"'{action}' is no action", "actions", "write it as repositories/samples/hello/content/read")


@rule("acr-scope-map-wildcard", kind="static", source=_SOURCE)
def wildcards_are_last(request: Request) -> Iterator[Fault]:
    """A wildcard stands for everything below a path, once."""
    listed = request.known("actions", [])
    for action in listed if isinstance(listed, list) else ():
        found = _ACTION.fullmatch(action) if isinstance(action, str) else None
        repository = found["repository"] if found is not None else None
        if repository and "*" in repository and repository != "*" and repository.find("*") != len(repository) - 1:
            yield Fault(f"'{action}' has a wildcard inside", "actions", "end the path with /*")
        elif repository and repository != "*" and repository.endswith("*") and not repository.endswith("/*"):
            yield Fault(f"'{action}' has a wildcard inside a name", "actions", "end the path with /*")


@rule("acr-scope-map-limit", kind="static", source="MicrosoftDocs/azure-management-docs container-registry/"
      "container-registry-skus.md (checked 2026-11-25; code not confirmed)")  # fmt: skip
def actions_are_few(request: Request) -> Iterator[Fault]:
    """A scope map has 500 actions."""
    listed = request.known("actions", [])
    if isinstance(listed, list) and len(listed) > _MAX_ACTIONS:
        yield Fault(f"{len(listed)} actions", "actions", f"use at most {_MAX_ACTIONS}")


class ScopeMaps(Model):
    """What the tokens that have it may do."""

    token = "azure-native:containerregistry:ScopeMap"
    rules = (actions_exist, wildcards_are_last, actions_are_few)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Ours, not one of the service's own."""
        return {"creationDate": CREATED, "type": "Microsoft.ContainerRegistry/registries/scopeMaps"}
