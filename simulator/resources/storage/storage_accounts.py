"""Microsoft.Storage/storageAccounts."""

from __future__ import annotations

import base64
from typing import Any

from simulator.model import CREATED, Model, Request, digest
from simulator.resources.storage.account_answers import encryption, endpoints, second_region
from simulator.resources.storage.account_change_rules import ACCOUNT_CHANGE_RULES
from simulator.resources.storage.account_key_rules import ACCOUNT_KEY_RULES
from simulator.resources.storage.account_rules import ACCOUNT_RULES
from simulator.resources.storage.network_rules import NETWORK_RULES
from simulator.store import Record
from simulator.values import UNKNOWN


class StorageAccounts(Model):
    """A storage account."""

    token = "azure-native:storage:StorageAccount"
    # Decided at creation (azure-docs, storage account overview); azure-native replaces the account for `isHnsEnabled`
    # only.
    unchangeable = (
        "encryption.requireInfrastructureEncryption",
        "enableNfsV3",
        "immutableStorageWithVersioning.enabled",
    )
    unchangeable_code = "AccountPropertyCannotBeUpdated"
    born_with = ("blobServices/default", "fileServices/default", "queueServices/default", "tableServices/default")
    functions = ("listStorageAccountKeys",)
    rules = (*ACCOUNT_RULES, *NETWORK_RULES, *ACCOUNT_KEY_RULES, *ACCOUNT_CHANGE_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """The hot tier, HTTPS only, and TLS 1.0, which is how the service reads a request that is silent."""
        return {
            "accessTier": "Hot",
            "allowSharedKeyAccess": True,
            "enableHttpsTrafficOnly": True,
            "isHnsEnabled": False,
            "minimumTlsVersion": "TLS1_0",
            "encryption": encryption(request),
            "networkRuleSet": {
                "bypass": "AzureServices",
                "defaultAction": "Allow",
                "ipRules": [],
                "virtualNetworkRules": [],
            },
            "publicNetworkAccess": "Enabled",
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Endpoints, regions, keys and state."""
        return {
            "primaryEndpoints": endpoints(request),
            "primaryLocation": request.location,
            "statusOfPrimary": "available",
            "privateEndpointConnections": [],
            "creationTime": CREATED,
            "keyCreationTime": {"key1": CREATED, "key2": CREATED},
            "lastGeoFailoverTime": None,
            **second_region(request),
            "sku": {"tier": _tier(request)},
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The two access keys."""
        return {"keys": [_key(record, "key1"), _key(record, "key2")]}


def access_key(account_id: str, name: str) -> str:
    """An access key of an account: 64 bytes that follow from its id."""
    return base64.b64encode(digest(account_id, name, 64).encode()).decode()


def _tier(request: Request) -> Any:
    name = request.at("sku.name")
    return UNKNOWN if name is UNKNOWN else "Premium" if str(name).startswith("Premium") else "Standard"


def _key(record: Record, name: str) -> dict[str, Any]:
    value = access_key(record.id, name)
    return {"keyName": name, "permissions": "FULL", "value": value, "creationTime": CREATED}
