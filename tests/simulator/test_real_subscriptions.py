"""A plugin that was left on PATH never tells a real stack that its resources changed or are gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import HUB, Azure, urn_of
from tests.simulator.examples import EXAMPLES

REAL = f"{HUB}/providers/Microsoft.Network/virtualNetworks/vnet"
TOKEN = "azure-native:network:VirtualNetwork"
INPUTS = {**EXAMPLES["network:VirtualNetwork"], "resourceGroupName": "rg-hub"}


@pytest.mark.parametrize(
    "operation",
    [
        lambda azure: azure.service.read(urn_of(TOKEN, "vnet"), TOKEN, REAL, INPUTS),
        lambda azure: azure.service.update(urn_of(TOKEN, "vnet"), TOKEN, REAL, INPUTS, preview=False),
        lambda azure: azure.service.update(urn_of(TOKEN, "vnet"), TOKEN, REAL, INPUTS, preview=True),
        lambda azure: azure.service.delete(REAL),
        lambda azure: azure.service.require_simulated(REAL),
    ],
    ids=["refresh", "update", "preview", "delete", "diff"],
)
def test_a_resource_in_the_state_of_a_real_stack_is_left_alone(
    azure: Azure, operation: Callable[[Azure], object]
) -> None:
    before = azure.store.all()
    with pytest.raises(ArmError) as refused:
        operation(azure)
    [refusal] = refused.value.refusals
    assert refusal.code == "RealSubscription"
    assert "11111111-1111-1111-1111-111111111111" in refusal.message
    assert refusal.fix is not None
    assert "take simulator/bin off PATH" in refusal.fix
    assert azure.store.all() == before


def test_a_program_may_look_a_real_resource_up(azure: Azure) -> None:
    assert azure.read("network:VirtualNetwork", "hub", REAL) is not None


def test_a_role_on_a_real_resource_is_one_of_ours(azure: Azure) -> None:
    inputs = {**EXAMPLES["authorization:RoleAssignment"], "scope": REAL}
    made = azure.create("authorization:RoleAssignment", "role", inputs)
    assert made.id.startswith(REAL)
    assert azure.read("authorization:RoleAssignment", "role", made.id, made.inputs) == made
    azure.update("authorization:RoleAssignment", "role", made, {**inputs, "description": "why"})
    azure.service.delete(made.id)
    assert azure.store.get(made.id) is None


def test_a_role_of_a_real_stack_is_left_alone(azure: Azure) -> None:
    role = f"{REAL}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-0000-0000-000000000009"
    with pytest.raises(ArmError, match="RealSubscription"):
        azure.service.delete(role)


def test_what_belongs_to_the_tenant_is_in_no_subscription(azure: Azure) -> None:
    azure.service.require_simulated("/providers/Microsoft.Management/managementGroups/mg")
