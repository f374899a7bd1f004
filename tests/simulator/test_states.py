"""Operations that were accepted and failed later: the resource is there, says so, and the next write mends it."""

from __future__ import annotations

import pytest

from simulator.errors import ArmError
from simulator.values import at
from tests.simulator.azure import GROUP, Azure, in_group
from tests.simulator.examples import EXAMPLES


@pytest.mark.parametrize(
    ("short", "path"),
    [("network:VirtualNetwork", "provisioningState"), ("keyvault:Vault", "properties.provisioningState")],
)
def test_a_resource_whose_operation_failed_late_says_so_until_it_is_written_again(
    azure: Azure, short: str, path: str
) -> None:
    made = azure.create(short, short, EXAMPLES[short])
    azure.service.fail(made.id)
    read = azure.another().read(short, short, made.id, made.inputs)
    assert read is not None
    assert (at(made.outputs, path), at(read.outputs, path)) == ("Succeeded", "Failed")
    assert at(azure.update(short, short, made, EXAMPLES[short]).outputs, path) == "Succeeded"
    read = azure.another().read(short, short, made.id, made.inputs)
    assert read is not None
    assert at(read.outputs, path) == "Succeeded"


def test_the_network_takes_no_resource_whose_last_operation_failed(azure: Azure) -> None:
    made = azure.create("network:NetworkSecurityGroup", "nsg", {**in_group(), "networkSecurityGroupName": "nsg"})
    azure.network()
    azure.service.fail(made.id)
    with pytest.raises(ArmError) as refused:
        azure.subnet("snet", "10.0.1.0/24", networkSecurityGroup={"id": made.id})
    assert [refusal.code for refusal in refused.value.refusals] == ["ReferencedResourceNotProvisioned"]
    azure.update("network:NetworkSecurityGroup", "nsg", made, {**in_group(), "networkSecurityGroupName": "nsg"})
    azure.subnet("snet", "10.0.1.0/24", networkSecurityGroup={"id": made.id})


def test_a_type_that_answers_no_state_fails_without_one(azure: Azure) -> None:
    made = azure.assign(GROUP)
    azure.service.fail(made.id)
    record = azure.store.get(made.id)
    assert record is not None
    assert record.outputs == made.outputs
