"""What single types refuse, in ARM's words where they are known; and what they must not refuse."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy

VAULT = EXAMPLES["keyvault:Vault"]


def vault(**properties: Any) -> dict[str, Any]:
    return {**VAULT, "properties": {**VAULT["properties"], **properties}}


@pytest.mark.parametrize(
    ("short", "changed", "code", "message"),
    [
        ("keyvault:Vault", vault(enablePurgeProtection=False), "BadRequest", "cannot be set to false"),
        ("containerregistry:Registry", {"sku": {"name": "Basic"}, "publicNetworkAccess": "Disabled"},
         "DisablingPublicNetworkAccessNotSupported", "not supported for the SKU Basic"),
        ("containerservice:MaintenanceConfiguration", {"configName": "nightly"}, "InvalidParameter", "Only"),
        ("storage:BlobServiceProperties", {"isVersioningEnabled": True}, "FeatureNotSupportedForAccount", "versioning"),
    ],
)  # fmt: skip
def test_what_is_refused(azure: Azure, short: str, changed: dict[str, Any], code: str, message: str) -> None:
    deploy(azure, until=short)
    with pytest.raises(ArmError) as refused:
        azure.create(short, short, {**EXAMPLES[short], **changed})
    [refusal] = refused.value.refusals
    assert refusal.code == code
    assert message in refusal.message


@pytest.mark.parametrize(
    ("short", "changed"),
    [
        ("keyvault:Vault", vault(enablePurgeProtection=None)),
        ("keyvault:Vault", vault(enablePurgeProtection=UNKNOWN)),
        ("containerregistry:Registry", {"sku": {"name": "Basic"}, "publicNetworkAccess": "Enabled"}),
        ("containerregistry:Registry", {"sku": {"name": UNKNOWN}, "publicNetworkAccess": "Disabled"}),
        ("storage:BlobServiceProperties", {"isVersioningEnabled": UNKNOWN}),
    ],
)
def test_what_is_absent_or_unknown_is_not_refused(azure: Azure, short: str, changed: dict[str, Any]) -> None:
    deploy(azure, until=short)
    azure.create(short, short, {**EXAMPLES[short], **changed}, preview=True)


def test_a_vault_keeps_its_days_of_soft_delete(azure: Azure) -> None:
    made = azure.create("keyvault:Vault", "kv", VAULT)
    with pytest.raises(ArmError, match="has been set already and it can't be modified"):
        azure.update("keyvault:Vault", "kv", made, vault(softDeleteRetentionInDays=7))
    azure.update("keyvault:Vault", "kv", made, vault(softDeleteRetentionInDays=None))
