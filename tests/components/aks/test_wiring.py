"""From the stacks' own settings to the cluster."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import stacks
from components.aks import installation, wiring
from components.platform import Platform
from stacks.checks.pools import LABEL_DOMAINS, PLATFORM_LABELS
from stacks.sections.cluster_extensions import AzureMlExtensionSettings
from stacks.sections.cluster_operation import MaintenanceSettings, MaintenanceWindow
from tests.components.recording import Recorded, one, record

STACKS = ("dev", "test", "prod", "dr")


@cache
def made(stack: str) -> tuple[Recorded, ...]:
    settings = stacks.load(stack)
    return tuple(record(lambda: Platform(settings.name, settings)))


def cluster(stack: str) -> dict[str, Any]:
    return one(list(made(stack)), "containerservice:ManagedCluster").inputs


@pytest.mark.capability("A4")
@pytest.mark.parametrize("stack", STACKS)
def test_keys_of_ours_are_where_the_classification_demands_them(stack: str) -> None:
    demands = stacks.load(stack).demands
    assert ("azureKeyVaultKms" in cluster(stack)["securityProfile"]) is demands.etcd_key
    assert ("diskEncryptionSetID" in cluster(stack)) is demands.customer_keys


@pytest.mark.capability("A4")
@pytest.mark.parametrize("stack", STACKS)
def test_nodes_run_validated_cryptography_where_the_classification_demands_it(stack: str) -> None:
    (pool,) = cluster(stack)["agentPoolProfiles"]
    assert pool["enableFIPS"] is stacks.load(stack).demands.fips_nodes
    assert pool["enableEncryptionAtHost"] is True


@pytest.mark.parametrize("stack", STACKS)
def test_nodes_start_from_the_registry_exactly_where_it_has_the_rule(stack: str) -> None:
    rules = [each for each in made(stack) if each.inputs.get("cacheRuleName") == "aks-managed-mcr"]
    assert ("bootstrapProfile" in cluster(stack)) is (len(rules) == 1)
    assert len(rules) == stacks.load(stack).cluster.artifact_cache


@pytest.mark.parametrize("stack", STACKS)
def test_the_cluster_may_read_what_its_disks_are_encrypted_with(stack: str) -> None:
    may = [each for each in made(stack) if each.name.endswith("control-plane-reader-disk-encryption")]
    assert len(may) == ("diskEncryptionSetID" in cluster(stack))


@pytest.mark.parametrize("stack", STACKS)
def test_the_control_plane_joins_every_subnet_that_nodes_or_the_api_server_are_in(stack: str) -> None:
    used = {each.inputs["vnetSubnetID"] for each in made(stack) if each.type.endswith(":AgentPool")}
    used |= {cluster(stack)["agentPoolProfiles"][0]["vnetSubnetID"]}
    used |= {cluster(stack)["apiServerAccessProfile"]["subnetId"]}
    joined = {each.inputs["scope"] for each in made(stack) if "control-plane-network-contributor" in each.name}
    assert used <= joined


@pytest.mark.capability("A7")
def test_safeguards_are_enforced_everywhere_but_in_dev() -> None:
    levels = {stack: one(list(made(stack)), "DeploymentSafeguard").inputs["level"] for stack in STACKS}
    assert levels == {"dev": "Warn", "test": "Enforce", "prod": "Enforce", "dr": "Enforce"}


@pytest.mark.capability("T1", "M6")
def test_what_is_installed_waits_for_a_pool_that_takes_its_pods() -> None:
    recorded = list(made("prod"))
    pool = one(recorded, ":AgentPool", "mlops-pool-cpu-np").urn
    extensions = [each for each in recorded if each.type.endswith("kubernetesconfiguration:Extension")]
    assert {each.inputs["extensionName"] for each in extensions} == {"azureml", "flux", "azure-aks-backup"}
    assert all(pool in each.depends_on for each in extensions)


def test_a_window_that_is_left_out_is_that_of_kubernetes() -> None:
    wanted = MaintenanceSettings(day="Monday", node_os=MaintenanceWindow(day="Tuesday"))
    found = wiring.maintenance(wanted)
    assert (found.upgrade.day, found.node_os.day, found.releases.day) == ("Monday", "Tuesday", "Monday")


def test_endpoints_have_the_certificate_of_the_settings() -> None:
    assert installation.inference(AzureMlExtensionSettings()) is None
    plain = installation.inference(AzureMlExtensionSettings(inference=True, allow_unencrypted_inference=True))
    assert plain is not None
    assert plain.certificate is None
    wanted = AzureMlExtensionSettings(inference=True, tls_secret="tls", tls_host="ml.gov.example")
    found = installation.inference(wanted)
    assert found is not None
    assert found.certificate is not None
    assert (found.certificate.secret, found.certificate.host) == ("tls", "ml.gov.example")


@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_settings_may_set_no_label_that_the_platform_sets(stack: str) -> None:
    pools = [each.inputs for each in made(stack) if each.type.endswith(":AgentPool")]
    assert pools
    own = {
        label
        for pool in stacks.load(stack).cluster.gpu_pools.values()
        for label in pool.labels
    }  # fmt: skip
    written = {label for pool in pools for label in pool.get("nodeLabels", {})} - own
    free = {
        label
        for label in written
        if label not in PLATFORM_LABELS and label.rpartition("/")[0] not in LABEL_DOMAINS
    }  # fmt: skip
    assert free == set()


def test_the_right_to_reserved_capacity_is_given_while_the_cluster_is_made() -> None:
    # It takes minutes to hold, and the cluster takes longer; after the cluster, the pool would be refused.
    recorded = {each.urn: each for each in made("prod")}
    rights = [each for each in recorded.values() if "-reserved-" in each.name and each.type.endswith("RoleAssignment")]
    assert rights
    for right in rights:
        before, found = [right.urn], set()
        while before:
            urn = before.pop()
            if urn in recorded and urn not in found:
                found.add(urn)
                before += recorded[urn].depends_on
        assert not [urn for urn in found if recorded[urn].type.endswith(":ManagedCluster")]
