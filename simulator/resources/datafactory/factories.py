"""Microsoft.DataFactory/factories."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from simulator.ids import key
from simulator.model import CREATED, Model, Request, guid
from simulator.rule import Fault, rule
from simulator.subscription import subscription

_TYPE: Final = "Microsoft.DataFactory/factories"
_READER: Final = "encryption.identity.userAssignedIdentity"


@rule("adf-name-taken", kind="state", code="DataFactoryNameInUse", status=HTTPStatus.CONFLICT, quoted=True,
      source="Azure-Player/azure.datafactory.tools#43 (checked 2026-11-25)")  # fmt: skip
def name_is_free(request: Request) -> Iterator[Fault]:
    """The name is unique in the world."""
    others = (each for each in request.world.of_type(_TYPE) if key(each.id) != key(request.id))
    here = any(each.id.rsplit("/", 1)[-1].lower() == request.name.lower() for each in others)
    if request.old is None and (here or subscription().is_name_taken(_TYPE, request.name)):
        yield Fault(
            f"The specified resource name '{request.name}' is already in use. Resource names must be globally unique.",
            "factoryName",
            "use another name",
        )


@rule("adf-cmk-identity", kind="static", source="azurerm data_factory_resource.go (checked 2026-11-25; code not "
      "confirmed)", reads=("encryption", "identity"))  # fmt: skip
def key_has_a_reader(request: Request) -> Iterator[Fault]:
    """The key of a new factory is read by a user-assigned identity, which the factory has."""
    if request.at("encryption") is None:
        return
    used, listed = request.known(_READER), request.known("identity.userAssignedIdentities", [])
    assigned = {key(str(item)) for item in listed} if isinstance(listed, list | dict) else set()
    if used is None and request.old is None:
        yield Fault("nobody is named who reads the key", _READER, "name a user-assigned identity of the factory")
    elif isinstance(used, str) and key(used) not in assigned:
        yield Fault(f"identity {used} is not assigned to the factory", _READER, "list it in the identity")


class Factories(Model):
    """A data factory."""

    token = "azure-native:datafactory:Factory"
    rules = (name_is_free, key_has_a_reader)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Open to the public network."""
        return {"publicNetworkAccess": "Enabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state, and the principal of its system-assigned identity."""
        answer: dict[str, Any] = {"provisioningState": "Succeeded", "createTime": CREATED, "version": "2018-06-01"}
        if "SystemAssigned" in request.text("identity.type"):
            answer["identity"] = {"principalId": guid(request.id, "principal")}
        return answer
