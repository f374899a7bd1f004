"""Drives the service as the engine does: check, then create or update, with what a deployment would keep as state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.catalog import Catalog
from simulator.difference import Change, changes
from simulator.ids import SUBSCRIPTION
from simulator.replacement import replacing_inputs
from simulator.service import Outcome, Service
from simulator.store import Store

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-test"
HUB = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub"
REGION = "canadacentral"
SOMEONE = "00000000-0000-0000-0000-0000000000aa"
READER = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"


def urn_of(token: str, name: str) -> str:
    """The URN of a resource without a parent in stack `dev`."""
    return f"urn:pulumi:dev::mlops-platform::{token}::{name}"


def token_of(short: str) -> str:
    """`network:Subnet` with its package."""
    return short if short.startswith("azure-native:") else f"azure-native:{short}"


@dataclass
class Azure:
    """One plugin process over a store."""

    catalog: Catalog
    store: Store

    def __post_init__(self) -> None:
        self.service = Service(self.catalog, self.store)

    def another(self) -> Azure:
        """The next plugin process over the same store."""
        return Azure(self.catalog, self.store)

    def checked(self, short: str, name: str, inputs: Mapping[str, Any], old: Mapping[str, Any] | None = None) -> Any:
        """The inputs as Check completes them; a problem fails the test."""
        filled, found = self._check(short, name, inputs, old)
        assert not found, "; ".join(map(str, found))
        return filled

    def problems(self, short: str, name: str, inputs: Mapping[str, Any]) -> list[str]:
        """What Check finds wrong with inputs."""
        _, found = self._check(short, name, inputs, None)
        return list(map(str, found))

    def _check(self, short: str, name: str, inputs: Mapping[str, Any], old: Mapping[str, Any] | None) -> Any:
        token = token_of(short)
        return self.service.check(urn_of(token, name), token, dict(inputs), dict(old or {}), b"seed")

    def create(
        self, short: str, name: str, inputs: Mapping[str, Any], *, preview: bool = False, urn: str | None = None
    ) -> Outcome:
        """Check and Create."""
        token = token_of(short)
        return self.service.create(
            urn or urn_of(token, name), token, self.checked(short, name, inputs), preview=preview
        )

    def update(
        self, short: str, name: str, made: Outcome, inputs: Mapping[str, Any], *, preview: bool = False
    ) -> Outcome:
        """Check and Update of what `create` answered."""
        token = token_of(short)
        filled = self.checked(short, name, inputs, made.inputs)
        return self.service.update(urn_of(token, name), token, made.id, filled, preview=preview)

    def read(self, short: str, name: str, resource_id: str, inputs: Mapping[str, Any] | None = None) -> Outcome | None:
        """Read: with inputs a refresh, without them an import."""
        token = token_of(short)
        return self.service.read(urn_of(token, name), token, resource_id, dict(inputs or {}))

    def diff(self, short: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
        """Diff between two inputs."""
        resource, template = self.service.type_of_token(token_of(short))
        return changes(old, new, template, replacing_inputs(resource.token, template.arm_type))

    def group(self) -> Outcome:
        """The resource group that the other resources of a test lie in."""
        short = "resources:ResourceGroup"
        return self.create(short, short, {"resourceGroupName": "rg-test", "location": REGION})

    def network(self, prefix: str = "10.0.0.0/16", **inputs: Any) -> Outcome:
        """A virtual network `vnet` in the group."""
        return self.create(
            "network:VirtualNetwork",
            "vnet",
            {**in_group(), "virtualNetworkName": "vnet", "addressSpace": {"addressPrefixes": [prefix]}, **inputs},
        )

    def subnet(self, name: str, prefix: str, **inputs: Any) -> Outcome:
        """A subnet of `vnet`."""
        named = {"virtualNetworkName": "vnet", "subnetName": name, "addressPrefix": prefix}
        return self.create("network:Subnet", name, {"resourceGroupName": "rg-test", **named, **inputs})

    def assign(self, scope: str) -> Outcome:
        """A role assignment at a scope."""
        inputs = {"scope": scope, "roleAssignmentName": SOMEONE, "principalId": SOMEONE, "roleDefinitionId": READER}
        return self.create("authorization:RoleAssignment", "role", inputs)


def in_group() -> dict[str, Any]:
    """Where the resources of the tests lie."""
    return {"resourceGroupName": "rg-test", "location": REGION}
