"""Names that are unique in the world: taken by somebody else, or by another resource group of the subscription."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure, in_group
from tests.simulator.examples import EXAMPLES
from tests.simulator.failures import in_subscription

LOCATIONS = [{"locationName": "canadacentral"}]
TYPES: list[tuple[str, dict[str, Any], str]] = [
    ("keyvault:Vault", EXAMPLES["keyvault:Vault"], "VaultAlreadyExists"),
    (
        "appconfiguration:ConfigurationStore",
        {**in_group(), "configStoreName": "appcs-test", "sku": {"name": "Standard"}},
        "NameUnavailable",
    ),
    (
        "cosmosdb:DatabaseAccount",
        {**in_group(), "accountName": "cosmos", "databaseAccountOfferType": "Standard", "locations": LOCATIONS},
        "BadRequest",
    ),
    (
        "redis:Redis",
        {**in_group(), "name": "redis", "sku": {"name": "Standard", "family": "C", "capacity": 1}},
        "NameNotAvailable",
    ),
]


@pytest.mark.parametrize(("short", "inputs", "code"), TYPES)
def test_another_group_has_the_name(azure: Azure, short: str, inputs: dict[str, Any], code: str) -> None:
    made = azure.create(short, "first", inputs)
    azure.create("resources:ResourceGroup", "other", {"resourceGroupName": "rg-other", "location": "canadacentral"})
    for preview in (True, False):
        with pytest.raises(ArmError) as refused:
            azure.create(short, "second", {**inputs, "resourceGroupName": "rg-other"}, preview=preview)
        assert [refusal.code for refusal in refused.value.refusals] == [code]
        assert made.id in str(refused.value)
    azure.update(short, "first", made, {**inputs, "tags": {"a": "b"}})


@pytest.mark.parametrize(("short", "inputs", "code"), TYPES)
def test_somebody_else_has_the_name(azure: Azure, short: str, inputs: dict[str, Any], code: str) -> None:
    _, template = azure.service.type_of_token(f"azure-native:{short}")
    name = inputs[str(template.name_parameter)]
    with in_subscription({"names_taken": {template.arm_type: [name]}}):
        with pytest.raises(ArmError) as refused:
            azure.create(short, "first", inputs)
        assert [refusal.code for refusal in refused.value.refusals] == [code]
    azure.create(short, "first", inputs)
