"""Microsoft.Databricks/accessConnectors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.rule import Fault, rule


@rule(
    "dbx-connector-identity-ids", kind="static", code="MissingIdentityIds",
    source="ohadschn/letsencrypt-webapp-renewer#81 (ARM's words; checked 2026-11-25), code not confirmed", quoted=True,
)  # fmt: skip
def identities_are_named(request: Request) -> Iterator[Fault]:
    """An identity of a user's is said by its id."""
    if "UserAssigned" in str(request.known("identity.type", "")) and request.at("identity.userAssignedIdentities") in (
        None,
        [],
    ):
        yield Fault(
            "The identity ids must not be null or empty for 'UserAssigned' identity type.",
            "identity.userAssignedIdentities",
            "list the id of the identity, or use the type SystemAssigned",
        )


class AccessConnectors(Model):
    """The identity with which Databricks reaches storage."""

    token = "azure-native:databricks:AccessConnector"
    rules = (identities_are_named,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """No workspace refers to a new connector."""
        return {"properties": {"provisioningState": "Succeeded", "referedBy": []}, "systemData": None}
