"""What workspaces and alerts refuse, and what lies just inside."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import ACCOUNT, EXAMPLES, VAULT, deploy

ALERT, SETTING, LOGS = "monitor:MetricAlert", "monitor:DiagnosticSetting", "operationalinsights:Workspace"


def log(category: str) -> dict[str, Any]:
    return {"logs": [{"category": category, "enabled": True}]}


@pytest.mark.parametrize(
    ("short", "changed", "message"),
    [
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
