"""What is taken over of the JSON that `az` prints. Shapes: azure-cli 2.76.0; names and ids are made up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from simulator.az import refresh
from simulator.subscription import Subscription, SubscriptionError, read

SUBSCRIPTION = "/subscriptions/99999999-9999-9999-9999-999999999999"
USAGE = [
    {"currentValue": "8", "limit": "20", "localName": "Total Regional vCPUs",
     "name": {"localizedValue": "Total Regional vCPUs", "value": "cores"}},
    {"currentValue": "0", "limit": "0", "localName": "Standard NCADSA100v4 Family vCPUs",
     "name": {"localizedValue": "Standard NCADSA100v4 Family vCPUs", "value": "StandardNCADSA100v4Family"}},
    {"currentValue": "1", "limit": "2500", "localName": "Availability Sets",
     "name": {"localizedValue": "Availability Sets", "value": "availabilitySets"}},
]  # fmt: skip
SKUS = [
    {"name": "Standard_DS2_v2", "resourceType": "virtualMachines", "locations": ["westus"], "restrictions": [
        {"reasonCode": "NotAvailableForSubscription", "type": "Location", "values": ["westus"],
         "restrictionInfo": {"locations": ["westus"]}},
    ]},
    {"name": "Standard_D4s_v5", "resourceType": "virtualMachines", "locations": ["westus"], "restrictions": [
        {"reasonCode": "NotAvailableForSubscription", "type": "Zone", "values": ["westus"],
         "restrictionInfo": {"locations": ["westus"], "zones": ["2", "1"]}},
    ]},
    {"name": "Standard_LRS", "resourceType": "disks", "locations": ["westus"], "restrictions": []},
]  # fmt: skip
FEATURES = [
    {"id": f"{SUBSCRIPTION}/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost",
     "name": "Microsoft.Compute/EncryptionAtHost", "properties": {"state": "NotRegistered"},
     "type": "Microsoft.Features/providers/features"},
    {"name": "Microsoft.ContainerService/AKS-AzureDefender", "properties": {"state": "NotRegistered"},
     "type": "Microsoft.Features/providers/features"},
    {"name": "Microsoft.Compute/X", "properties": {"state": "Registered"},
     "type": "Microsoft.Features/providers/features"},
]  # fmt: skip
PROVIDERS = [
    {"id": f"{SUBSCRIPTION}/providers/Microsoft.Databricks", "namespace": "Microsoft.Databricks",
     "registrationState": "NotRegistered", "resourceTypes": []},
    {"namespace": "Microsoft.Network", "registrationState": "Registered", "resourceTypes": []},
]  # fmt: skip
VAULTS = [
    {"id": f"{SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/kv-old", "name": "kv-old",
     "properties": {"location": "eastus2", "purgeProtectionEnabled": None}, "type": "Microsoft.KeyVault/deletedVaults"},
    {"name": "hsm-old", "properties": {"location": "eastus2"}, "type": "Microsoft.KeyVault/deletedManagedHSMs"},
]  # fmt: skip
ACCOUNTS = [
    {"kind": "OpenAI", "location": "eastus", "name": "oai-old",
     "type": "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts"},
]  # fmt: skip


def refreshed(tmp_path: Path, **printed: Any) -> tuple[str, Subscription]:
    files = []
    for name, rows in printed.items():
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(json.dumps(rows), encoding="utf-8")
    target = tmp_path / "subscription.yaml"
    said = refresh(files, target, date(2026, 11, 25))
    return said, read(target)


def test_quotas_are_those_of_the_region_in_the_file_name(tmp_path: Path) -> None:
    _, facts = refreshed(tmp_path, usage_eastus2=USAGE)
    assert facts.quota("standardncadsa100v4family", "eastus2") == 0
    assert facts.quota("cores", "eastus2") == 20
    assert facts.quota("cores", "westus") is None
    assert facts.quota("availabilitySets", "eastus2") is None


def test_usage_without_a_region_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(SubscriptionError, match=r"name the file usage-REGION\.json"):
        refreshed(tmp_path, usage=USAGE)
    assert not (tmp_path / "subscription.yaml").exists()


def test_restrictions_of_a_region_and_of_zones(tmp_path: Path) -> None:
    _, facts = refreshed(tmp_path, skus=SKUS)
    assert facts.size_restriction("standard_ds2_v2", "westus") == "NotAvailableForSubscription"
    assert facts.size_restriction("Standard_D4s_v5", "westus") is None
    assert facts.closed_zones("Standard_D4s_v5", "westus") == {"1", "2"}
    assert facts.closed_zones("Standard_DS2_v2", "westus") == frozenset()


def test_features_that_everybody_has_by_now_are_left_out(tmp_path: Path) -> None:
    _, facts = refreshed(tmp_path, features=FEATURES)
    assert facts.features_not_registered == ("Microsoft.Compute/EncryptionAtHost",)


def test_providers(tmp_path: Path) -> None:
    _, facts = refreshed(tmp_path, providers=PROVIDERS)
    assert not facts.provider_registered("microsoft.databricks")
    assert facts.provider_registered("Microsoft.Network")
    assert facts.provider_registered("Microsoft.Unheard")


def test_deleted_names_of_one_type_leave_those_of_another_alone(tmp_path: Path) -> None:
    refreshed(tmp_path, vaults=VAULTS)
    _, facts = refreshed(tmp_path, accounts=ACCOUNTS)
    assert facts.soft_deleted("Microsoft.KeyVault/vaults", "KV-old") is not None
    assert facts.soft_deleted("Microsoft.KeyVault/managedHSMs", "hsm-old") is not None
    assert facts.soft_deleted("Microsoft.CognitiveServices/accounts", "oai-old") is not None
    assert facts.soft_deleted("Microsoft.CognitiveServices/accounts", "kv-old") is None


def test_no_id_of_an_account_is_kept(tmp_path: Path) -> None:
    refreshed(tmp_path, features=FEATURES, providers=PROVIDERS, vaults=VAULTS)
    assert "9999" not in (tmp_path / "subscription.yaml").read_text(encoding="utf-8")


def test_an_empty_list_says_nothing_and_other_json_is_refused(tmp_path: Path) -> None:
    said, _ = refreshed(tmp_path, vaults=[])
    assert "an empty list, which says nothing" in said
    with pytest.raises(SubscriptionError, match="isn't what one of these prints: az vm list-usage"):
        refreshed(tmp_path, groups=[{"name": "rg"}])
    with pytest.raises(SubscriptionError, match="isn't a list of objects"):
        refreshed(tmp_path, group={"name": "rg"})


def test_a_file_with_an_unknown_fact_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("quota: {}\n", encoding="utf-8")
    with pytest.raises(SubscriptionError, match="quota: Extra inputs are not permitted"):
        read(path)


def test_what_is_not_said_is_not_known(tmp_path: Path) -> None:
    nothing = Subscription()
    assert nothing.quota("cores", "eastus") is None
    assert nothing.limit("ml_deployment_instances") is None
    assert nothing.metrics_of("Microsoft.Insights/components") is None
    assert nothing.feature_registered("Microsoft.Compute/EncryptionAtHost")
