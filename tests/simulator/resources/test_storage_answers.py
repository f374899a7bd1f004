"""What a storage account answers of its addresses, regions and keys."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.values import UNKNOWN, at
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, IDENTITY, deploy

ACCOUNT = "storage:StorageAccount"
KEY = {"keyVaultUri": "https://kv-test.vault.azure.net/", "keyName": "cmk"}


def answered(azure: Azure, *, preview: bool = False, **inputs: Any) -> dict[str, Any]:
    deploy(azure, until=ACCOUNT)
    return azure.create(ACCOUNT, ACCOUNT, {**EXAMPLES[ACCOUNT], **inputs}, preview=preview).outputs


@pytest.mark.parametrize(
    ("sku", "region", "readable"),
    [
        ("Standard_LRS", None, None),
        ("Standard_GZRS", "canadaeast", None),
        ("Standard_RAGRS", "canadaeast", "https://sttest-secondary.blob.core.windows.net/"),
    ],
)
def test_only_a_replicated_account_has_a_second_region(
    azure: Azure, sku: str, region: str | None, readable: str | None
) -> None:
    outputs = answered(azure, sku={"name": sku})
    assert outputs.get("secondaryLocation") == region
    assert at(outputs, "secondaryEndpoints.blob") == readable


def test_whether_there_is_a_second_region_is_unknown_while_the_sku_is(azure: Azure) -> None:
    assert answered(azure, preview=True, sku={"name": UNKNOWN})["secondaryLocation"] is UNKNOWN


def test_published_routes_have_addresses_of_their_own(azure: Azure) -> None:
    outputs = answered(azure, routingPreference={"publishInternetEndpoints": True, "publishMicrosoftEndpoints": False})
    routed = "https://sttest-internetrouting.dfs.core.windows.net/"
    assert at(outputs, "primaryEndpoints.internetEndpoints.dfs") == routed
    assert "microsoftEndpoints" not in outputs["primaryEndpoints"]


def test_an_account_in_a_zone_of_the_dns_has_its_addresses_there(azure: Azure) -> None:
    blob = answered(azure, dnsEndpointType="AzureDnsZone")["primaryEndpoints"]["blob"]
    assert blob.startswith("https://sttest.z")
    assert blob.endswith(".blob.storage.azure.net/")


def test_the_version_of_a_key_of_ones_own_is_answered(azure: Azure) -> None:
    identity = {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}
    encryption = {
        "keySource": "Microsoft.Keyvault",
        "encryptionIdentity": {"encryptionUserAssignedIdentity": IDENTITY},
        "keyVaultProperties": {**KEY, "keyVersion": "a" * 32},
    }
    outputs = answered(azure, identity=identity, encryption=encryption)
    current = "encryption.keyVaultProperties.currentVersionedKeyIdentifier"
    assert at(outputs, current) == f"https://kv-test.vault.azure.net/keys/cmk/{'a' * 32}"
    assert at(outputs, "encryption.services.file.enabled") is True


def test_what_is_encrypted_is_unknown_while_the_services_are(azure: Azure) -> None:
    encryption = {"keySource": "Microsoft.Storage", "services": UNKNOWN}
    assert at(answered(azure, preview=True, encryption=encryption), "encryption.services") is UNKNOWN
