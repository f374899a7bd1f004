"""Services read enum values without regard to case and take an empty one for none; a program's own text is kept."""

from __future__ import annotations

from typing import Any

from simulator.spelling import as_read
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure, in_group

POOL = {"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4s_v5"}


def cluster(azure: Azure, network: dict[str, Any]) -> Any:
    azure.group()
    named = {"resourceName": "aks", "dnsPrefix": "aks", "identity": {"type": "SystemAssigned"}}
    inputs = {**in_group(), **named, "agentPoolProfiles": [POOL], "networkProfile": network}
    return azure.create("containerservice:ManagedCluster", "aks", inputs)


def read(azure: Azure, inputs: dict[str, Any]) -> dict[str, Any]:
    resource, _ = azure.service.type_of_token("azure-native:containerservice:ManagedCluster")
    return as_read(resource.inputs, inputs, resource.module)


def test_values_of_another_case_are_read_as_the_sdk_spells_them(azure: Azure) -> None:
    written = {"networkProfile": {"networkPluginMode": "Overlay"}, "agentPoolProfiles": [{"osType": "linux"}]}
    assert read(azure, written) == {
        "networkProfile": {"networkPluginMode": "overlay"}, "agentPoolProfiles": [{"osType": "Linux"}],
    }  # fmt: skip


def test_an_empty_value_is_read_as_none_and_texts_and_unknowns_stay(azure: Azure) -> None:
    network = {"networkPolicy": "", "podCidr": "", "networkPlugin": UNKNOWN}
    assert read(azure, {"networkProfile": network}) == {"networkProfile": {"podCidr": "", "networkPlugin": UNKNOWN}}


def test_the_mode_of_a_pool_is_read_as_it_is_written(azure: Azure) -> None:
    assert read(azure, {"agentPoolProfiles": [{"mode": "system"}]}) == {"agentPoolProfiles": [{"mode": "system"}]}


def test_a_refresh_finds_no_change_where_a_program_spells_otherwise(azure: Azure) -> None:
    made = cluster(azure, {"networkPlugin": "azure", "networkPluginMode": "Overlay", "networkPolicy": ""})
    found = azure.read("containerservice:ManagedCluster", "aks", made.id, made.inputs)
    assert found is not None
    assert found.outputs == made.outputs
    assert found.inputs["networkProfile"] == made.inputs["networkProfile"]
