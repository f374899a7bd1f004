"""Microsoft.ContainerRegistry/registries/credentialSets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import CREATED, Model, Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

_SOURCE: Final = "azurerm container_registry_credential_set_resource.go (checked 2026-11-25; code not confirmed)"
_SECRET: Final = re.compile(r"https://[^/]+/secrets/[0-9a-zA-Z-]+(/\w*)?/?")


@rule("acr-credential-secrets", kind="static", source=_SOURCE)
def credentials_are_secrets_of_a_vault(request: Request) -> Iterator[Fault]:
    """User and password are named by the addresses of secrets."""
    for target, item in known_items(request, "authCredentials"):
        for name in ("usernameSecretIdentifier", "passwordSecretIdentifier"):
            text = at(item, name)
            if isinstance(text, str) and _SECRET.fullmatch(text) is None:
                yield Fault(
                    f"{target}.{name} is no address of a secret",
                    "authCredentials",
                    "use the `secretUri` of a secret in a vault",
                )


@rule("acr-credential-identity", kind="static", source=_SOURCE, reads=("identity",))
def credentials_have_a_reader(request: Request) -> Iterator[Fault]:
    """The set reads its secrets by an identity of its own."""
    if "SystemAssigned" not in str(request.known("identity.type", "None")):
        yield Fault("the set has no system-assigned identity", "identity", "set identity.type to SystemAssigned")


class CredentialSets(Model):
    """How the registry signs in at another one."""

    token = "azure-native:containerregistry:CredentialSet"
    rules = (credentials_are_secrets_of_a_vault, credentials_have_a_reader)

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was made, and that its secrets can be read."""
        found: dict[str, Any] = {"creationDate": CREATED}
        credentials = request.known("authCredentials")
        if isinstance(credentials, list):
            health = {"credentialHealth": {"status": "Healthy"}}
            found["authCredentials"] = [
                {**each, **health} if isinstance(each, Mapping) else each for each in credentials
            ]
        return found
