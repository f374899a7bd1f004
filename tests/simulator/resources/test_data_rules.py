"""What storage, vaults, identities, roles and budgets refuse, each beside what is just accepted."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES, IDENTITY, SUBSCRIPTION, deploy

ACCOUNT = {
    **EXAMPLES["storage:StorageAccount"], "isHnsEnabled": None, "sku": {"name": "Standard_LRS"}, "networkRuleSet": None,
}  # fmt: skip
SUBNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet-pe"
RULES = "virtualNetworkResourceId"
POLICY = EXAMPLES["storage:ManagementPolicy"]
PRINCIPAL = "00000000-0000-0000-0000-0000000000ee"


def ranges(*texts: Any) -> dict[str, Any]:
    return {"networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": text} for text in texts]}}


def vault(**properties: Any) -> dict[str, Any]:
    return {"properties": {**EXAMPLES["keyvault:Vault"]["properties"], **properties}}


def lifecycle(actions: dict[str, Any], *types: str) -> dict[str, Any]:
    definition = {"actions": actions, "filters": {"blobTypes": list(types) if types else ["blockBlob"]}}
    return {"policy": {"rules": [{"name": "age", "type": "Lifecycle", "definition": definition}]}}


def rotation(expiry: Any, **trigger: Any) -> dict[str, Any]:
    actions = [{"action": {"type": "rotate"}, "trigger": trigger}]
    policy = {"attributes": {"expiryTime": expiry}, "lifetimeActions": actions if trigger else None}
    return {"properties": {"kty": "RSA", "rotationPolicy": policy}}


def notice(**changed: Any) -> dict[str, Any]:
    wanted = {"enabled": True, "operator": "GreaterThan", "threshold": 90, "contactEmails": ["a@example.com"]}
    return {"notifications": {"n": {**wanted, **changed}}}


def period(start: Any, end: Any = None) -> dict[str, Any]:
    return {"timePeriod": {"startDate": start, "endDate": end}}


def own_key(**encryption: Any) -> dict[str, Any]:
    used = {"keySource": "Microsoft.Keyvault", **encryption}
    return {"encryption": used, "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}}


KEY = {"keyName": "cmk", "keyVaultUri": "https://kv-test.vault.azure.net"}
WEEK = {"enabled": True, "days": 7}
RESTORE = {"isVersioningEnabled": True, "changeFeed": {"enabled": True}}
TIER, GONE = (
    {"tierToCool": {"daysAfterModificationGreaterThan": 30}},
    {"delete": {"daysAfterModificationGreaterThan": 0}},
)
NFS = {"isHnsEnabled": True, "enableNfsV3": True}
CLOSED = {"networkRuleSet": {"defaultAction": "Deny"}}

# What is created, then what is refused with which code, then what is accepted.
Row = tuple[str, dict[str, Any], str, list[dict[str, Any]]]
ACCOUNTS: list[Row] = [
    ("st-kind-and-sku", {"kind": "BlockBlobStorage"}, "InvalidValuesForRequestParameters",
     [{"kind": "BlockBlobStorage", "sku": {"name": "Premium_ZRS"}}, {"sku": {"name": "Standard_RAGZRS"}},
      {"kind": "FileStorage", "sku": {"name": "StandardV2_LRS"}}, {"kind": UNKNOWN}]),
    ("st-zones-in-region", {"location": "canadaeast", "sku": {"name": "Standard_ZRS"}},
     "RedundancyConfigurationNotAvailableInRegion",
     [{"location": "canadaeast"}, {"location": "Canada Central", "sku": {"name": "Standard_GZRS"}},
      {"location": "elsewhere", "sku": {"name": "Standard_ZRS"}}]),
    ("st-access-tier", {"accessTier": "Premium"}, "InvalidRequestPropertyValue",
     [{"accessTier": "Cold"}, {"accessTier": None}]),
    ("st-access-tier", {"kind": "BlobStorage"}, "InvalidRequestPropertyValue",
     [{"kind": "BlobStorage", "accessTier": "Cool"}]),
    ("st-hns-kind", {"isHnsEnabled": True, "sku": {"name": "Premium_LRS"}}, "InvalidRequestPropertyValue",
     [{"isHnsEnabled": True}, {"isHnsEnabled": True, "kind": "BlockBlobStorage", "sku": {"name": "Premium_LRS"}}]),
    ("st-nfs-needs-hns", {"enableNfsV3": True, **CLOSED}, "InvalidRequestPropertyValue",
     [{**NFS, **CLOSED}, {"enableNfsV3": False}]),
    ("st-nfs-needs-deny-default", NFS, "NetworkAclsDefaultActionMisconfigured",
     [{**NFS, "publicNetworkAccess": "Disabled"}]),
    ("st-sftp-needs-hns", {"isSftpEnabled": True}, "InvalidRequestPropertyValue",
     [{"isSftpEnabled": True, "isHnsEnabled": True}, {"isSftpEnabled": True, "isHnsEnabled": UNKNOWN}]),
    ("st-ip-rule", ranges("172.31.0.1"), "InvalidValuesForRequestParameters",
     [ranges("172.32.0.1", "203.0.113.0/30", UNKNOWN)]),
    ("st-ip-rule", ranges("203.0.113.0/31"), "InvalidValuesForRequestParameters", [ranges()]),
    ("st-ip-rule", ranges("office"), "InvalidValuesForRequestParameters", [ranges("11.0.0.0/8")]),
    ("st-network-rule-limit", ranges(*["203.0.113.7"] * 401), "InvalidValuesForRequestParameters",
     [ranges(*["203.0.113.7"] * 400)]),
    ("st-subnet-needs-service-endpoint", {"networkRuleSet": {
        "defaultAction": "Deny", "virtualNetworkRules": [{RULES: SUBNET}]}}, "NetworkAclsValidationFailure",
     [{"networkRuleSet": {"defaultAction": "Deny", "virtualNetworkRules": [{RULES: UNKNOWN}]}}]),
    ("st-cmk-needs-key-and-identity", own_key(), "InvalidRequestPropertyValue",
     [own_key(keyVaultProperties=KEY), own_key(keyVaultProperties={**KEY, "keyVaultUri": UNKNOWN})]),
    ("st-cmk-needs-key-and-identity", {**own_key(keyVaultProperties=KEY), "identity": None},
     "InvalidRequestPropertyValue", [{"encryption": {"keySource": "Microsoft.Storage"}, "identity": None}]),
]  # fmt: skip
OTHERS: list[tuple[str, *Row]] = [
    ("storage:BlobServiceProperties", "st-blob-retention-days", {"deleteRetentionPolicy": {"days": 366}},
     "InvalidRequestPropertyValue", [{"deleteRetentionPolicy": {"enabled": True, "days": 365}}]),
    ("storage:FileServiceProperties", "st-share-retention-days", {"shareDeleteRetentionPolicy": {"days": 0}},
     "InvalidRequestPropertyValue", [{"shareDeleteRetentionPolicy": WEEK}, {"shareDeleteRetentionPolicy": None}]),
    ("storage:ManagementPolicy", "st-lifecycle-action", lifecycle({"baseBlob": {}}), "InvalidRequestPropertyValue",
     [lifecycle({"baseBlob": GONE}), lifecycle({"baseBlob": TIER})]),
    ("storage:ManagementPolicy", "st-lifecycle-append-blobs", lifecycle({"baseBlob": TIER}, "appendBlob"),
     "InvalidRequestPropertyValue", [lifecycle({"baseBlob": GONE}, "blockBlob", "appendBlob")]),
    ("storage:ManagementPolicy", "st-lifecycle-tiers-of-account",
     lifecycle({"baseBlob": {"tierToArchive": {"daysAfterModificationGreaterThan": 90}}}),
     "InvalidRequestPropertyValue", [lifecycle({"baseBlob": {"tierToCold": TIER["tierToCool"]}})]),
    ("keyvault:Vault", "kv-soft-delete-days", vault(softDeleteRetentionInDays=91), "BadRequest",
     [vault(softDeleteRetentionInDays=7), vault(softDeleteRetentionInDays=None)]),
    ("keyvault:Vault", "kv-network-rules", vault(networkAcls={"ipRules": [{"value": "office"}]}), "BadRequest",
     [vault(networkAcls={"ipRules": [{"value": "203.0.113.7/32"}, {"value": UNKNOWN}]})]),
    ("keyvault:Key", "kv-key-size", {"properties": {"kty": "RSA", "keySize": 1024}}, "BadRequest",
     [{"properties": {"kty": "RSA", "keySize": 3072}}, {"properties": {"kty": "EC", "curveName": "P-256"}}]),
    ("keyvault:Key", "kv-hsm-key-needs-premium", {"properties": {"kty": "RSA-HSM"}}, "BadRequest",
     [{"properties": {"kty": UNKNOWN}}]),
    ("keyvault:Key", "kv-rotation-expiry", rotation("P27D"), "BadRequest",
     [rotation("P28D"), rotation("P1M"), rotation("P2Y"), rotation(None)]),
    ("keyvault:Key", "kv-rotation-trigger", rotation("P90D", timeBeforeExpiry="P6D"), "BadRequest",
     [rotation("P90D", timeBeforeExpiry="P7D"), rotation("P90D", timeAfterCreate="P30D")]),
    ("keyvault:Secret", "kv-secret-size", {"properties": {"value": "x" * 25601}}, "BadParameter",
     [{"properties": {"value": "x" * 25600}}]),
    ("keyvault:Secret", "kv-content-dates", {"properties": {"attributes": {"notBefore": 2, "expires": 2}}},
     "BadParameter", [{"properties": {"attributes": {"notBefore": 1, "expires": 2}}}]),
    ("managedidentity:FederatedIdentityCredential", "mi-fic-one-audience", {"audiences": ["a", "b"]},
     "InvalidFederatedIdentityCredentialsAudienceLength", [{"audiences": UNKNOWN}]),
    ("managedidentity:FederatedIdentityCredential", "mi-fic-issuer-is-https", {"issuer": "http://x/"}, "BadRequest",
     [{"issuer": "https://y/"}, {"issuer": UNKNOWN}]),
    ("authorization:RoleAssignment", "ra-principal-must-be-guid", {"principalId": "me@example.com"},
     "InvalidPrincipalId", [{"principalId": PRINCIPAL}, {"principalId": UNKNOWN}]),
    ("authorization:RoleAssignment", "ra-role-must-be-guid",
     {"roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/Reader"},
     "InvalidRoleDefinitionId", [{"roleDefinitionId": UNKNOWN}]),
    ("authorization:RoleAssignment", "ra-condition-version", {"condition": "x", "conditionVersion": "1.0"},
     "BadRequest", [{"condition": "x", "conditionVersion": "2.0"}, {"condition": "x"}]),
    ("consumption:Budget", "bud-name", {"budgetName": "b" * 64}, "400", [{"budgetName": "B_" + "-" * 61}]),
    ("consumption:Budget", "bud-end-after-start", period("2026-12-01T00:00:00Z", "2026-12-01"), "400",
     [period("2026-12-01", "2026-12-02T00:00:00Z")]),
    ("consumption:Budget", "bud-amount", {"amount": -1}, "400", [{"amount": 0}]),
    ("consumption:Budget", "bud-threshold-over-1000", notice(threshold=1001), "400",
     [notice(threshold=1000), notice(threshold=0), notice(threshold=UNKNOWN)]),
    ("consumption:Budget", "bud-notification-without-contact", notice(contactEmails=[]), "400",
     [notice(contactEmails=[], contactRoles=["Owner"]), notice(contactEmails=UNKNOWN)]),
]  # fmt: skip
ALL = [("storage:StorageAccount", *row) for row in ACCOUNTS] + OTHERS


def inputs_of(short: str, changed: dict[str, Any]) -> dict[str, Any]:
    return {**(ACCOUNT if short == "storage:StorageAccount" else EXAMPLES[short]), **changed}


@pytest.mark.parametrize(
    ("short", "rule", "bad", "code", "good"), ALL, ids=[f"{row[1]}-{at}" for at, row in enumerate(ALL)]
)
def test_a_rule_refuses_what_azure_refuses_and_no_more(
    azure: Azure, short: str, rule: str, bad: dict[str, Any], code: str, good: list[dict[str, Any]]
) -> None:
    deploy(azure, until=short)
    with pytest.raises(ArmError) as refused:
        azure.create(short, short, inputs_of(short, bad))
    assert {refusal.code for refusal in refused.value.refusals} == {code}, rule
    for changed in good:
        azure.create(short, short, inputs_of(short, changed), preview=True)


def test_an_account_keeps_its_performance_and_kind(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "st", ACCOUNT)
    for changed in ({"sku": {"name": "Premium_LRS"}}, {"kind": "Storage"}):
        with pytest.raises(ArmError, match="AccountPropertyCannotBeUpdated"):
            azure.update("storage:StorageAccount", "st", made, {**ACCOUNT, **changed})
    azure.update("storage:StorageAccount", "st", made, {**ACCOUNT, "sku": {"name": "Standard_GRS"}})


def test_a_restore_reaches_back_less_far_than_deleted_blobs_are_kept(azure: Azure) -> None:
    azure.create("storage:StorageAccount", "st", ACCOUNT)
    short = "storage:BlobServiceProperties"
    base = {"resourceGroupName": "rg-test", "accountName": "sttest", "blobServicesName": "default", **RESTORE}
    wanted = {**base, "deleteRetentionPolicy": WEEK, "restorePolicy": {"enabled": True, "days": 7}}
    with pytest.raises(ArmError, match="should be greater than zero and less"):
        azure.create(short, "blobs", wanted)
    azure.create(short, "blobs", {**wanted, "restorePolicy": {"enabled": True, "days": 6}}, preview=True)
    with pytest.raises(ArmError, match="isVersioningEnabled"):
        azure.create(
            short, "blobs", {**wanted, "restorePolicy": {"enabled": True, "days": 6}, "isVersioningEnabled": None}
        )


def test_a_container_is_public_only_where_the_account_allows_it(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "st", {**ACCOUNT, "allowBlobPublicAccess": False})
    public = {**EXAMPLES["storage:BlobContainer"], "publicAccess": "Blob"}
    with pytest.raises(ArmError, match="Public access is not permitted on this storage account"):
        azure.create("storage:BlobContainer", "lake", public)
    azure.update("storage:StorageAccount", "st", made, {**ACCOUNT, "allowBlobPublicAccess": True})
    azure.create("storage:BlobContainer", "lake", public)


def test_a_role_for_an_identity_of_the_same_update_names_its_type(azure: Azure) -> None:
    deploy(azure, until="authorization:RoleAssignment")
    found = azure.service.store.get(IDENTITY)
    assert found is not None
    role = {**EXAMPLES["authorization:RoleAssignment"], "principalId": found.outputs["principalId"]}
    untyped = {**role, "principalType": None}
    with pytest.raises(ArmError, match="PrincipalNotFound"):
        azure.create("authorization:RoleAssignment", "role", untyped)
    with pytest.raises(ArmError, match="UnmatchedPrincipalType"):
        azure.create("authorization:RoleAssignment", "role", {**role, "principalType": "Group"})
    azure.another().create("authorization:RoleAssignment", "role", untyped, preview=True)
    azure.create("authorization:RoleAssignment", "role", role)


def test_an_identity_has_twenty_credentials(azure: Azure) -> None:
    short = "managedidentity:FederatedIdentityCredential"
    deploy(azure, until=short)
    for number in range(21):
        named = {"federatedIdentityCredentialResourceName": f"cred-{number}", "subject": f"s{number}"}
        if number == 20:
            with pytest.raises(ArmError, match="20 federated credentials already"):
                azure.create(short, f"c{number}", {**EXAMPLES[short], **named})
        else:
            azure.create(short, f"c{number}", {**EXAMPLES[short], **named})
