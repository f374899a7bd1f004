"""What a management lock keeps from being deleted or written."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure, in_group


def refused_codes(azure: Azure, short: str, inputs: dict[str, Any]) -> list[str]:
    try:
        azure.create(short, "main", inputs)
    except ArmError as error:
        return [refusal.code for refusal in error.refusals]
    return []


LOCK = {"resourceGroupName": "rg-test", "lockName": "keep"}


@pytest.mark.parametrize("level", ["CanNotDelete", "ReadOnly"])
def test_a_lock_keeps_what_it_holds_until_it_is_deleted(azure: Azure, level: str) -> None:
    group = azure.group()
    network = azure.network()
    lock = azure.create("authorization:ManagementLockAtResourceGroupLevel", "keep", {**LOCK, "level": level})
    for resource_id in (network.id, group.id):
        with pytest.raises(ArmError) as refused:
            azure.service.delete(resource_id)
        assert [refusal.code for refusal in refused.value.refusals] == ["ScopeLocked"]
    azure.service.delete(lock.id)
    azure.service.delete(network.id)


@pytest.mark.parametrize(("level", "codes"), [("CanNotDelete", []), ("ReadOnly", ["ScopeLocked"])])
def test_only_a_read_only_lock_refuses_writes(azure: Azure, level: str, codes: list[str]) -> None:
    azure.group()
    azure.create("authorization:ManagementLockAtResourceGroupLevel", "keep", {**LOCK, "level": level})
    inputs = {**in_group(), "routeTableName": "rt"}
    assert refused_codes(azure, "network:RouteTable", inputs) == codes


def test_a_lock_on_another_group_keeps_nothing_here(azure: Azure) -> None:
    azure.group()
    network = azure.network()
    lock = {**LOCK, "resourceGroupName": "rg-test2", "level": "ReadOnly"}
    azure.create("authorization:ManagementLockAtResourceGroupLevel", "keep", lock)
    azure.service.delete(network.id)
