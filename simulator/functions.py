"""The SDK's functions: `getX` reads a resource, `listX` asks its model, `getClientConfig` says who is asking."""

from __future__ import annotations

from typing import Any

from simulator.catalog import Catalog, Resource
from simulator.catalog.package_schema import package_schema
from simulator.errors import ArmError, Refusal, not_found
from simulator.ids import SUBSCRIPTION, MissingParameterError
from simulator.locks import write_lock_refusals
from simulator.model import CLIENT, PRINCIPAL, TENANT, model_of
from simulator.paths import template_of
from simulator.service import Service
from simulator.values import UNKNOWN, Secret, has_unknown, reveal

_CLIENT_CONFIG = {"clientId": CLIENT, "objectId": PRINCIPAL, "subscriptionId": SUBSCRIPTION, "tenantId": TENANT}


class Functions:
    """Answers invokes against the simulated subscription."""

    def __init__(self, catalog: Catalog, service: Service) -> None:
        self._catalog = catalog
        self._service = service

    def package_schema(self, version: str) -> str:
        """Everything that the SDK declares, as a Pulumi package schema in JSON."""
        return package_schema(self._catalog, version)

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The result of a function. Raises ArmError when the resource is missing or the function isn't simulated."""
        if token == "azure-native:authorization:getClientConfig":
            return dict(_CLIENT_CONFIG)
        if token == "azure-native:authorization:getClientToken":
            return {"token": Secret("simulated-token")}
        function = self._catalog.function(token)
        if function is None:
            raise ArmError([Refusal("InvalidFunction", f"the installed azure-native SDK has no function {token}")])
        if has_unknown(arguments):
            return dict.fromkeys(function.result, UNKNOWN)
        _, module, name = function.token.split(":")
        owner = self._owner(function.token, name)
        if owner is not None:
            return self._ask(owner, name, reveal(arguments))
        if name.startswith("get"):
            return self._get(f"azure-native:{module}:{name.removeprefix('get')}", reveal(arguments))
        raise ArmError([_not_simulated(function.token)])

    def _get(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """A resource that the program only looks up; like a reference, one outside the store is taken on trust."""
        resource = self._catalog.resource(token)
        if resource is None:
            raise ArmError([_not_simulated(token)])
        resource_id = _id(resource, arguments)
        outcome = self._service.read(resource_id, token, resource_id, {})
        if outcome is None:
            raise ArmError([not_found(resource_id, template_of(resource).arm_type)], resource_id)
        return {"id": outcome.id, **outcome.outputs}

    def _owner(self, token: str, name: str) -> Resource | None:
        """The type whose model answers a function about one of its resources, as `listStorageAccountKeys`."""
        opened = self._catalog.module(token)
        owners = [owner for owner in opened.content["resources"] if name in model_of(owner).functions] if opened else []
        return self._catalog.resource(owners[0]) if owners else None

    def _ask(self, owner: Resource, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        resource_id = _id(owner, arguments)
        found = self._service.world.get(resource_id)
        if found is None:
            raise ArmError([not_found(resource_id, template_of(owner).arm_type)], resource_id)
        # What is asked like this is a POST, and a read-only lock keeps every POST from a resource: learn.microsoft.com
        # "Apply an Azure Resource Manager lock to a storage account", terraform-provider-azurerm#13234 (2026-11-25).
        locked = list(write_lock_refusals(found.id, found.type, self._service.world))
        if locked:
            raise ArmError(locked, found.id)
        return model_of(owner.token).invoke(name, found)


def _id(resource: Resource, arguments: dict[str, Any]) -> str:
    try:
        return str(template_of(resource).build(arguments))
    except MissingParameterError as missing:
        name = str(missing.args[0])
        raise ArmError([Refusal("MissingParameter", f"the function needs {name}", name)]) from None


def _not_simulated(token: str) -> Refusal:
    return Refusal(
        "FunctionNotSimulated",
        f"the simulator can't answer {token}",
        fix="use an output of the resource, or teach the model in simulator/resources to answer it",
    )
