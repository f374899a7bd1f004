"""Limits too long for a row of a table: how many entries a list has, and how many characters a text."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, SUBSCRIPTION, TENANT, deploy
from tests.simulator.rule_cases import merge

_SUBNET = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/elsewhere/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
)


def account_addresses(number: int) -> dict[str, Any]:
    return {"networkRuleSet": {"ipRules": [{"iPAddressOrRange": "203.0.113.7"}] * number}}


def vault_addresses(number: int) -> dict[str, Any]:
    acls = {"defaultAction": "Deny", "bypass": "None", "ipRules": [{"value": "203.0.113.7"}] * number}
    return {"properties": {"networkAcls": acls}}


def vault_subnets(number: int) -> dict[str, Any]:
    acls = {"defaultAction": "Deny", "bypass": "None", "virtualNetworkRules": [{"id": _SUBNET}] * number}
    return {"properties": {"networkAcls": acls}}


def vault_policies(number: int) -> dict[str, Any]:
    policy = {"tenantId": TENANT, "objectId": TENANT, "permissions": {"secrets": ["get"]}}
    return {"properties": {"accessPolicies": [policy] * number}}


def registry_addresses(number: int) -> dict[str, Any]:
    rules = [{"action": "Allow", "iPAddressOrRange": f"203.0.113.{index}"} for index in range(number)]
    return {"networkRuleSet": {"defaultAction": "Deny", "ipRules": rules}}


def secret(length: int) -> dict[str, Any]:
    return {"properties": {"value": "x" * length}}


def described(length: int) -> dict[str, Any]:
    return {"description": "x" * length}


def named(length: int) -> dict[str, Any]:
    return {"displayName": "x" * length}


def lifecycle_rules(number: int) -> dict[str, Any]:
    [rule] = EXAMPLES["storage:ManagementPolicy"]["policy"]["rules"]
    return {"policy": {"rules": [{**rule, "name": f"r{index}"} for index in range(number)]}}


def inventory_rules(number: int) -> dict[str, Any]:
    [rule] = EXAMPLES["storage:BlobInventoryPolicy"]["policy"]["rules"]
    return {"policy": {"rules": [{**rule, "name": f"r{index}"} for index in range(number)]}}


@pytest.mark.parametrize(
    ("short", "rule", "changes", "most"),
    [
        ("storage:StorageAccount", "st-network-rule-limit", account_addresses, 400),
        ("storage:ManagementPolicy", "st-lifecycle-limit", lifecycle_rules, 100),
        ("storage:BlobInventoryPolicy", "st-inventory-limit", inventory_rules, 100),
        ("keyvault:Vault", "kv-network-rules", vault_addresses, 1000),
        ("keyvault:Vault", "kv-network-rules", vault_subnets, 200),
        ("keyvault:Vault", "kv-access-policy-limit", vault_policies, 1024),
        ("keyvault:Secret", "kv-secret-size", secret, 25600),
        ("containerregistry:Registry", "acr-ip-rules-limit", registry_addresses, 200),
        ("authorization:PolicyAssignment", "pol-assignment-texts", named, 128),
        ("authorization:PolicyExemption", "pol-exemption-texts", described, 512),
        ("authorization:RoleDefinition", "role-texts", described, 2048),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", str(value)),
)
def test_a_list_has_as_many_entries_as_azure_takes(
    azure: Azure, short: str, rule: str, changes: Any, most: int
) -> None:
    deploy(azure, until=short)
    with pytest.raises(ArmError) as refused:
        azure.create(short, short, merge(EXAMPLES[short], changes(most + 1)), preview=True)
    assert {refusal.rule for refusal in refused.value.refusals} == {rule}
    azure.create(short, short, merge(EXAMPLES[short], changes(most)), preview=True)


def test_a_locked_policy_of_an_account_stays_locked_and_only_grows(azure: Azure) -> None:
    short = "storage:StorageAccount"
    deploy(azure, until=short)

    def account(state: str, days: int) -> dict[str, Any]:
        policy = {"state": state, "immutabilityPeriodSinceCreationInDays": days}
        changes = {
            "isHnsEnabled": False,
            "immutableStorageWithVersioning": {"enabled": True, "immutabilityPolicy": policy},
        }
        return {**EXAMPLES[short], **changes}

    made = azure.create(short, "worm", account("Unlocked", 30))
    azure.update(short, "worm", made, account("Locked", 30))
    with pytest.raises(ArmError, match="cannot be changed once Locked"):
        azure.update(short, "worm", made, account("Unlocked", 30))
    with pytest.raises(ArmError, match="can't shrink from 30 to 29 days"):
        azure.update(short, "worm", made, account("Locked", 29))
    azure.update(short, "worm", made, account("Locked", 31))
