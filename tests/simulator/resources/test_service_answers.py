"""What services answer that a program, a check or an operator reads, beyond what it was given."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.values import UNKNOWN, at
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES, deploy


def answered(azure: Azure, short: str, **inputs: Any) -> dict[str, Any]:
    deploy(azure, until=short)
    return azure.create(short, short, {**EXAMPLES[short], **inputs}).outputs


@pytest.mark.parametrize(
    ("kind", "operations", "size", "curve"),
    [
        ("RSA", ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"], 2048, None),
        ("EC", ["sign", "verify"], None, "P-256"),
    ],
)
def test_a_key_has_what_azure_chooses_for_its_kind(
    azure: Azure, kind: str, operations: list[str], size: int | None, curve: str | None
) -> None:
    outputs = answered(azure, "keyvault:Key", properties={"kty": kind})
    assert outputs["keyOps"] == operations
    assert (outputs.get("keySize"), outputs.get("curveName")) == (size, curve)
    assert outputs["attributes"]["enabled"] is True


@pytest.mark.parametrize(
    ("settings", "level"),
    [
        ({}, "Recoverable+Purgeable"),
        ({"enablePurgeProtection": True}, "Recoverable"),
        ({"softDeleteRetentionInDays": 7}, "CustomizedRecoverable+Purgeable"),
    ],
)
def test_a_key_says_whether_it_can_be_purged(azure: Azure, settings: dict[str, Any], level: str) -> None:
    azure.group()
    properties = {**EXAMPLES["keyvault:Vault"]["properties"], "enablePurgeProtection": None, **settings}
    azure.create("keyvault:Vault", "vault", {**EXAMPLES["keyvault:Vault"], "properties": properties})
    outputs = azure.create("keyvault:Key", "key", {**EXAMPLES["keyvault:Key"], "properties": {"kty": "RSA"}}).outputs
    assert outputs["attributes"]["recoveryLevel"] == level


def test_a_key_of_an_unknown_kind_has_unknown_uses(azure: Azure) -> None:
    deploy(azure, until="keyvault:Key")
    inputs = {**EXAMPLES["keyvault:Key"], "properties": {"kty": UNKNOWN}}
    assert azure.create("keyvault:Key", "key", inputs, preview=True).outputs["keyOps"] is UNKNOWN


def test_a_rule_names_the_id_of_each_workspace_that_it_writes_to(azure: Azure) -> None:
    workspace = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-test"
    outputs = answered(azure, "monitor:DataCollectionRule")
    found = [each for each in at(outputs, "destinations.logAnalytics") if each["workspaceResourceId"] == workspace]
    known = azure.service.world.get(workspace)
    assert known is not None
    assert [each["workspaceId"] for each in found] == [known.outputs["customerId"]]


def test_autoscaling_answers_its_settings_below_properties(azure: Azure) -> None:
    properties = answered(azure, "monitor:AutoscaleSetting")["properties"]
    assert properties["profiles"] == EXAMPLES["monitor:AutoscaleSetting"]["profiles"]


@pytest.mark.parametrize(("tier", "time"), [("Standard", "2026-01-01T00:00:00Z"), ("Free", None)])
def test_only_a_plan_that_is_on_was_enabled(azure: Azure, tier: str, time: str | None) -> None:
    assert answered(azure, "security:Pricing", pricingTier=tier).get("enablementTime") == time


@pytest.mark.parametrize(
    ("settings", "state", "nodes"),
    [
        ({}, None, 0),
        ({"computeType": "ComputeInstance", "properties": {"vmSize": "Standard_D4s_v5"}}, "Running", None),
    ],
)
def test_a_compute_answers_the_state_of_its_machines(
    azure: Azure, settings: dict[str, Any], state: str | None, nodes: int | None
) -> None:
    short = "machinelearningservices:Compute"
    properties = {**EXAMPLES[short]["properties"], **settings}
    outputs = answered(azure, short, computeName="one", properties=properties)
    assert at(outputs, "properties.properties.state") == state
    assert at(outputs, "properties.properties.currentNodeCount") == nodes
