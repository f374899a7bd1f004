from __future__ import annotations

import re

import pytest

from facts.private_link import private_link, private_links

STORAGE = "Microsoft.Storage/storageAccounts"


def test_every_zone_is_a_domain_name_once_the_region_is_filled_in() -> None:
    for row in private_links().values():
        assert row.zones
        for zone in row.zones_in("canadacentral"):
            assert re.fullmatch(r"(\{\w+\}\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", zone), zone
            assert "{regionName}" not in zone


def test_azure_ml_has_two_zones() -> None:
    row = private_link("Microsoft.MachineLearningServices/workspaces", "amlworkspace")
    assert row.zones_in("canadaeast") == ("privatelink.api.azureml.ms", "privatelink.notebooks.azure.net")


@pytest.mark.parametrize("group", ["blob", "file", "queue", "table", "dfs"])
def test_storage_has_one_zone_per_service(group: str) -> None:
    assert private_link(STORAGE, group).zones == (f"privatelink.{group}.core.windows.net",)


def test_a_regional_zone_holds_the_region() -> None:
    row = private_link("Microsoft.ContainerService/managedClusters", "management")
    assert row.zones_in("canadaeast") == ("privatelink.canadaeast.azmk8s.io",)


def test_a_wrong_group_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(LookupError, match=r"nearest is 'Microsoft\.Storage/storageAccounts#blob'"):
        private_link(STORAGE, "blobs")


@pytest.mark.parametrize(
    ("resource_type", "group", "other", "same"),
    [
        ("Microsoft.KeyVault/vaults", "vault", "Vault", True),
        ("Microsoft.SignalRService/SignalR", "signalr", "signalR", False),
    ],
)
def test_only_some_services_tell_the_case_of_a_group(resource_type: str, group: str, other: str, same: bool) -> None:
    row = private_link(resource_type, group)
    assert row.is_spelled(group)
    assert row.is_spelled(other) is same
