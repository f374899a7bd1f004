"""The SDK's functions: `getX` reads a resource, `listX` asks its model, `getClientConfig` says who is asking."""

from __future__ import annotations

from typing import Any

from simulator.catalog import Catalog
from simulator.errors import ArmError, Refusal, not_found
from simulator.ids import SUBSCRIPTION
from simulator.model import CLIENT, PRINCIPAL, TENANT, model_of
from simulator.paths import template_of
from simulator.service import Service
from simulator.values import Secret, reveal

_CLIENT_CONFIG = {"clientId": CLIENT, "objectId": PRINCIPAL, "subscriptionId": SUBSCRIPTION, "tenantId": TENANT}


class Functions:
    """Answers invokes against the simulated subscription."""

    def __init__(self, catalog: Catalog, service: Service) -> None:
        self._catalog = catalog
        self._service = service

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The result of a function. Raises ArmError when the resource is missing or the function isn't simulated."""
        if token == "azure-native:authorization:getClientConfig":
            return dict(_CLIENT_CONFIG)
        if token == "azure-native:authorization:getClientToken":
            return {"token": Secret("simulated-token")}
        function = self._catalog.function(token)
        if function is None:
            raise ArmError([Refusal("InvalidFunction", f"the installed azure-native SDK has no function {token}")])
        plain = reveal(arguments)
        _, module, name = function.token.split(":")
        if name.startswith("get"):
            return self._get(f"azure-native:{module}:{name.removeprefix('get')}", plain)
        return self._list(function.token, name, plain)

    def _get(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        resource = self._catalog.resource(token)
        if resource is None:
            raise ArmError([_not_simulated(token)])
        template = template_of(resource)
        resource_id = template.build(arguments)
        found = self._service.world.get(str(resource_id))
        if found is None:
            raise ArmError([not_found(str(resource_id), template.arm_type)], str(resource_id))
        outcome = self._service.read("", token, found.id, {})
        return {"id": found.id, **(outcome.outputs if outcome else {})}

    def _list(self, token: str, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """A function about one resource: the type whose id the arguments make and whose model answers."""
        opened = self._catalog.module(token)
        for candidate in opened.content["resources"] if opened else ():
            resource = self._catalog.resource(candidate)
            if name not in model_of(candidate).functions or resource is None:
                continue
            resource_id = str(template_of(resource).build(arguments))
            found = self._service.world.get(resource_id)
            if found is None:
                raise ArmError([not_found(resource_id, template_of(resource).arm_type)], resource_id)
            return model_of(candidate).invoke(name, found)
        raise ArmError([_not_simulated(token)])


def _not_simulated(token: str) -> Refusal:
    return Refusal(
        "FunctionNotSimulated",
        f"the simulator can't answer {token}",
        fix="use an output of the resource, or teach the model in simulator/resources to answer it",
    )
