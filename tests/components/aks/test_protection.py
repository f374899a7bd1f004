"""Safeguards, disk encryption and the cache that nodes start from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.aks import safeguards
from components.aks.bootstrap_cache import BootstrapCache
from components.aks.disk_encryption import DiskEncryption
from components.aks.safeguards import Safeguards
from tests.components.aks import examples
from tests.components.recording import arm_id, one, record


@pytest.mark.capability("A7")
def test_safeguards_are_enforced_outside_the_namespaces_of_the_platforms_charts() -> None:
    made = one(record(lambda: Safeguards("x", examples.SAFEGUARDS)), "DeploymentSafeguard")
    assert made.inputs == {"resourceUri": "/cluster", "level": "Enforce", "excludedNamespaces": ["gpu-operator"]}


def test_a_namespace_is_excluded_once() -> None:
    twice = replace(examples.SAFEGUARDS, excluded_namespaces=("a", "b", "a"))
    assert safeguards.problems(twice) == ["namespace a is excluded twice"]


@pytest.mark.capability("A4", "K3")
def test_disks_have_two_layers_of_keys_and_follow_a_rotation() -> None:
    recorded = record(lambda: DiskEncryption("x", examples.disk_encryption()))
    made = one(recorded, "DiskEncryptionSet")
    assert made.inputs["encryptionType"] == "EncryptionAtRestWithPlatformAndCustomerKeys"
    assert made.inputs["activeKey"] == {
        "keyUrl": "https://a-vault.example/keys/cluster-disks",
        "sourceVault": {"id": "/vault"},
    }
    assert made.inputs["rotationToLatestKeyVersionEnabled"] is True
    assert made.inputs["identity"]["userAssignedIdentities"] == [arm_id("encryption-cluster-disks-id")]
    assert one(recorded, "managedidentity:UserAssignedIdentity", "cluster-disks-role").urn in made.depends_on


@pytest.mark.capability("A9")
def test_the_cache_has_the_names_that_aks_asks_for_and_waits_for_the_registry() -> None:
    recorded = record(lambda: BootstrapCache("x", examples.bootstrap_cache()))
    made = one(recorded, "containerregistry:CacheRule")
    assert made.inputs == {
        "resourceGroupName": "rg",
        "registryName": "aregistry",
        "cacheRuleName": "aks-managed-mcr",
        "sourceRepository": "mcr.microsoft.com/*",
        "targetRepository": "aks-managed-repository/*",
    }
    assert one(recorded, "managedidentity:UserAssignedIdentity", "first").urn in made.depends_on
