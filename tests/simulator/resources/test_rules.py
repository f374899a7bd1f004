"""What single types refuse, in ARM's words where they are known; and what they must not refuse."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy

VAULT = EXAMPLES["keyvault:Vault"]
SETTING = EXAMPLES["monitor:DiagnosticSetting"]
MIXED = [{"category": "AuditEvent", "enabled": True}, {"categoryGroup": "audit", "enabled": True}]
SOMEONE_ELSE = "00000000-0000-0000-0000-0000000000ee"
ROLE = EXAMPLES["authorization:RoleAssignment"]
CREDENTIAL = EXAMPLES["managedidentity:FederatedIdentityCredential"]


def vault(**properties: Any) -> dict[str, Any]:
    return {**VAULT, "properties": {**VAULT["properties"], **properties}}


@pytest.mark.parametrize(
    ("short", "changed", "code", "message"),
    [
        ("keyvault:Vault", vault(enablePurgeProtection=False), "BadRequest", "cannot be set to false"),
        ("containerregistry:Registry", {"sku": {"name": "Basic"}, "publicNetworkAccess": "Disabled"},
         "DisablingPublicNetworkAccessNotSupported", "not supported for the SKU Basic"),
        ("authorization:RoleAssignment", {"roleAssignmentName": "reader"}, "InvalidRoleAssignmentId",
         "The role assignment ID 'reader' is not valid. The role assignment ID must be a GUID."),
        ("monitor:DiagnosticSetting", {"workspaceId": None}, "BadRequest", "at least one destination"),
        ("monitor:DiagnosticSetting", {"logs": None}, "BadRequest", "at least one category"),
        ("monitor:DiagnosticSetting", {"logs": MIXED}, "BadRequest",
         "does not support mix of log category and log category group"),
        ("consumption:Budget", {"timePeriod": {"startDate": "2026-12-02T00:00:00Z"}}, "400", "not the first day"),
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
        ("monitor:DiagnosticSetting", {"logs": None, "metrics": [{"category": "AllMetrics", "enabled": True}]}),
        ("monitor:DiagnosticSetting", {"logs": UNKNOWN}),
        ("monitor:DiagnosticSetting", {"workspaceId": UNKNOWN}),
        ("consumption:Budget", {"timePeriod": {"startDate": UNKNOWN}}),
        ("authorization:RoleAssignment", {"principalId": UNKNOWN}),
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


def test_a_role_is_assigned_once(azure: Azure) -> None:
    deploy(azure, until="authorization:RoleAssignment")
    azure.create("authorization:RoleAssignment", "one", ROLE)
    again = {**ROLE, "roleAssignmentName": "00000000-0000-0000-0000-000000000002"}
    with pytest.raises(ArmError) as refused:
        azure.create("authorization:RoleAssignment", "two", again)
    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.message) == ("RoleAssignmentExists", "The role assignment already exists.")
    assert refusal.fix is not None
    assert ROLE["roleAssignmentName"] in refusal.fix
    azure.create("authorization:RoleAssignment", "three", {**again, "principalId": SOMEONE_ELSE})


def test_an_identity_trusts_a_subject_once(azure: Azure) -> None:
    deploy(azure, until="managedidentity:FederatedIdentityCredential")
    azure.create("managedidentity:FederatedIdentityCredential", "one", CREDENTIAL)
    again = {**CREDENTIAL, "federatedIdentityCredentialResourceName": "again"}
    with pytest.raises(ArmError, match="Issuer and subject combination already exists"):
        azure.create("managedidentity:FederatedIdentityCredential", "two", again)
    azure.create("managedidentity:FederatedIdentityCredential", "two", {**again, "subject": "another"})
    azure.create("managedidentity:FederatedIdentityCredential", "x", {
        **again, "federatedIdentityCredentialResourceName": "unknown", "subject": UNKNOWN,
    }, preview=True)  # fmt: skip
