"""Microsoft.CognitiveServices/accounts/privateEndpointConnections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from simulator.ids import key, parents
from simulator.model import Model, Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import has_unknown


@rule(
    "cog-connection-is-not-made", kind="cross-resource", code="MethodNotAllowed", quoted=True,
    status=HTTPStatus.METHOD_NOT_ALLOWED, source="pulumi/pulumi-azure-native#2754",
)  # fmt: skip
def connection_is_there(request: Request) -> Iterator[Fault]:
    """A connection comes with its private endpoint; this type only approves or rejects it."""
    account = next(parents(request.id), "")
    if request.old is not None or request.world.get(account) is None or next(_endpoints(request), None) is not None:
        return
    yield Fault(
        "The request method 'PUT' is not allowed",
        "privateEndpointConnectionName",
        "create a network.PrivateEndpoint whose connection has the id of the account and the group id `account`",
    )


_CONNECTIONS = ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")


def _endpoints(request: Request) -> Iterator[Record]:
    """The private endpoints that lead to the account, or may."""
    account = next(parents(request.id), "")
    for endpoint in request.world.of_type("Microsoft.Network/privateEndpoints"):
        if any(_leads_to(endpoint.body.get(name), account) for name in _CONNECTIONS):
            yield endpoint


def _leads_to(listed: Any, account: str) -> bool:
    """Whether a connection leads to the account, or may."""
    if has_unknown(listed):
        return True
    items = listed if isinstance(listed, list) else []
    return any(isinstance(i, Mapping) and key(str(i.get("privateLinkServiceId"))) == key(account) for i in items)


class PrivateEndpointConnections(Model):
    """What an account says to a private endpoint that leads to it."""

    token = "azure-native:cognitiveservices:PrivateEndpointConnection"
    rules = (connection_is_there,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The endpoint whose connection it is, when it is the only one that leads to the account from here."""
        found = [endpoint.id for endpoint in _endpoints(request)]
        properties: dict[str, Any] = {"provisioningState": "Succeeded"}
        if len(found) == 1:
            properties["privateEndpoint"] = {"id": found[0]}
        return {"properties": properties}
