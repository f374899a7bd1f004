from __future__ import annotations

from dataclasses import replace

import pytest

from components.security.key_vault import KeyVault, problems
from tests.components.examples import PROTECTED, VAULT
from tests.components.recording import one, record


def test_the_vault_can_not_be_emptied_and_is_reached_from_the_spoke_only() -> None:
    properties = one(record(lambda: KeyVault("x", VAULT)), "keyvault:Vault").inputs["properties"]
    assert properties["enablePurgeProtection"] is True
    assert properties["softDeleteRetentionInDays"] == 90
    assert properties["enableRbacAuthorization"] is True
    for door in ("enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"):
        assert properties[door] is False
    assert properties["publicNetworkAccess"] == "Disabled"
    assert properties["networkAcls"] == {"defaultAction": "Deny", "bypass": "AzureServices"}
    assert properties["sku"] == {"family": "A", "name": "premium"}
    assert properties["tenantId"] == "a-tenant"


def test_the_vault_is_protected_where_the_placement_says_so() -> None:
    recorded = record(lambda: KeyVault("x", replace(VAULT, placement=PROTECTED)))
    assert [resource.type for resource in recorded if resource.protect] == ["azure-native:keyvault:Vault"]


@pytest.mark.parametrize(("days", "ok"), [(6, False), (7, True), (90, True), (91, False)])
def test_soft_delete_has_bounds(days: int, ok: bool) -> None:
    assert (problems(replace(VAULT, soft_delete_days=days)) == []) is ok
