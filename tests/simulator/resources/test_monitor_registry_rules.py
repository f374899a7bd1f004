"""What registries, workspaces and alerts refuse, and what lies just inside."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import ACCOUNT, EXAMPLES, VAULT, deploy

REGISTRY, REPLICATION = "containerregistry:Registry", "containerregistry:Replication"
ALERT, SETTING, LOGS = "monitor:MetricAlert", "monitor:DiagnosticSetting", "operationalinsights:Workspace"
BASIC, STANDARD = {"sku": {"name": "Basic"}}, {"sku": {"name": "Standard"}}
ON, OFF = {"status": "enabled"}, {"status": "disabled"}
CMK = {"encryption": {"status": "enabled", "keyVaultProperties": {"keyIdentifier": "https://x/keys/k"}}}
CLOSED = {"publicNetworkAccess": "Disabled"}


def ip_rules(number: int) -> dict[str, Any]:
    rules = [{"action": "Allow", "iPAddressOrRange": f"203.0.113.{index}"} for index in range(number)]
    return {"networkRuleSet": {"defaultAction": "Deny", "ipRules": rules}}


def log(category: str) -> dict[str, Any]:
    return {"logs": [{"category": category, "enabled": True}]}


@pytest.mark.parametrize(
    ("short", "changed", "message"),
    [
        (REGISTRY, {**BASIC, "dataEndpointEnabled": True}, "a dedicated data endpoint needs"),
        (REGISTRY, {**BASIC, "policies": {"trustPolicy": ON}}, "content trust needs"),
        (REGISTRY, {**STANDARD, "policies": {"retentionPolicy": ON}}, "a retention policy needs"),
        (REGISTRY, {**BASIC, "policies": {"quarantinePolicy": ON}}, "The SKU Basic is not supported."),
        (REGISTRY, {**BASIC, "anonymousPullEnabled": True}, "anonymous pull needs"),
        (REGISTRY, {"policies": {"exportPolicy": OFF}}, "can be disabled only when public network access"),
        (REGISTRY, {"policies": {"retentionPolicy": {**ON, "days": 366}}}, "0 to 365 days, not 366"),
        (REGISTRY, {**CMK, "policies": {"trustPolicy": ON}}, "content trust is not supported where"),
        (REGISTRY, {"encryption": ON}, "needs `keyIdentifier`"),
        (REGISTRY, ip_rules(201), "200 IP rules at most"),
        (REPLICATION, {"location": "Canada Central"}, "the registry itself is in canadacentral"),
        (ALERT, {"severity": 5}, "not one of 0 to 4"),
        (ALERT, {"evaluationFrequency": "PT30M", "windowSize": "PT15M"}, "shorter than the time between"),
        (ALERT, {"windowSize": "PT2H"}, "PT2H is none of"),
        (ALERT, {"scopes": [VAULT, ACCOUNT]}, "Alert scope is invalid."),
        ("monitor:ActionGroup", {"groupShortName": "thirteen-long"}, "is too long"),
        (SETTING, log("StorageRead"), "Category 'StorageRead' is not supported."),
        (SETTING, {"resourceUri": ACCOUNT, **log("StorageRead")}, "Category 'StorageRead' is not supported."),
        (SETTING, {"workspaceId": ACCOUNT}, "names a resource of the type"),
        (LOGS, {"retentionInDays": 29}, "between 30 to 730"),
        (LOGS, {"retentionInDays": 731}, "between 30 to 730"),
        (LOGS, {"workspaceCapping": {"dailyQuotaGb": -2}}, "a daily cap of -2"),
    ],
)
def test_what_is_refused(azure: Azure, short: str, changed: dict[str, Any], message: str) -> None:
    deploy(azure, until=short)
    with pytest.raises(ArmError) as refused:
        azure.create(short, short, {**EXAMPLES[short], **changed})
    [refusal] = refused.value.refusals
    assert message in refusal.message


@pytest.mark.parametrize(
    ("short", "changed"),
    [
        (REGISTRY, {**BASIC, "policies": {"trustPolicy": OFF, "retentionPolicy": OFF, "quarantinePolicy": OFF}}),
        (REGISTRY, {**BASIC, "networkRuleSet": {"defaultAction": "Allow", "ipRules": []}}),
        (REGISTRY, {**STANDARD, "anonymousPullEnabled": True}),
        (REGISTRY, {**CLOSED, "policies": {"exportPolicy": OFF}}),
        (REGISTRY, {"publicNetworkAccess": UNKNOWN, "policies": {"exportPolicy": OFF}}),
        (REGISTRY, {"sku": {"name": UNKNOWN}, "dataEndpointEnabled": True, "policies": {"trustPolicy": ON}}),
        (REGISTRY, {"policies": {"retentionPolicy": {**ON, "days": 365}, "trustPolicy": ON, "quarantinePolicy": ON}}),
        (REGISTRY, {**CMK, "policies": {"trustPolicy": OFF}}),
        (REGISTRY, ip_rules(200)),
        (REPLICATION, {"location": UNKNOWN}),
        (ALERT, {"severity": 0, "evaluationFrequency": "PT1H", "windowSize": "P1D"}),
        (ALERT, {"severity": 4, "scopes": UNKNOWN, "windowSize": UNKNOWN}),
        ("monitor:ActionGroup", {"groupShortName": "twelve-chars"}),
        (SETTING, log("AuditEvent")),
        (SETTING, log("SomethingNew")),
        (SETTING, {"resourceUri": f"{ACCOUNT}/blobServices/default", **log("StorageRead")}),
        (LOGS, {"retentionInDays": None}),
        (LOGS, {"retentionInDays": 30}),
        (LOGS, {"retentionInDays": 730, "workspaceCapping": {"dailyQuotaGb": -1}}),
        (LOGS, {"retentionInDays": 7, "sku": {"name": "Free"}}),
        (LOGS, {"retentionInDays": 7, "sku": {"name": UNKNOWN}}),
    ],
)
def test_what_lies_inside_or_is_not_known_is_not_refused(azure: Azure, short: str, changed: dict[str, Any]) -> None:
    deploy(azure, until=short)
    azure.create(short, short, {**EXAMPLES[short], **changed}, preview=True)


def test_encryption_with_an_own_key_is_for_ever(azure: Azure) -> None:
    plain = EXAMPLES[REGISTRY]
    made = azure.create(REGISTRY, "cr", plain)
    with pytest.raises(ArmError, match="can't be switched on or off"):
        azure.update(REGISTRY, "cr", made, {**plain, **CMK})
    azure.update(REGISTRY, "cr", made, {**plain, "encryption": OFF})


def test_a_registry_is_replicated_to_a_region_once_and_stays_premium(azure: Azure) -> None:
    made = azure.create(REGISTRY, "cr", EXAMPLES[REGISTRY])
    azure.create(REPLICATION, "one", EXAMPLES[REPLICATION])
    with pytest.raises(ArmError, match="replicated to canadaeast already"):
        azure.create(REPLICATION, "two", {**EXAMPLES[REPLICATION], "replicationName": "again"})
    with pytest.raises(ArmError, match="has replications"):
        azure.update(REGISTRY, "cr", made, {**EXAMPLES[REGISTRY], **BASIC})


def test_a_category_goes_to_one_place_once_and_a_resource_has_five_settings(azure: Azure) -> None:
    deploy(azure, until=SETTING)
    setting = EXAMPLES[SETTING]
    azure.create(SETTING, "0", {**setting, "name": "setting-0"})
    with pytest.raises(ArmError, match="for audit already"):
        azure.create(SETTING, "1", {**setting, "name": "setting-1"})
    for index in range(1, 5):
        elsewhere = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-{index}"
        azure.create(LOGS, elsewhere, {**EXAMPLES[LOGS], "workspaceName": f"log-{index}"})
        azure.create(SETTING, str(index), {**setting, "name": f"setting-{index}", "workspaceId": elsewhere})
    with pytest.raises(ArmError, match="5 diagnostic settings already"):
        azure.create(SETTING, "5", {**setting, "name": "setting-5", "workspaceId": None, "storageAccountId": ACCOUNT})
