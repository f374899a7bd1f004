from __future__ import annotations

from dataclasses import replace
from datetime import date
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from components.aks.cluster import Cluster, ClusterArgs, problems
from components.aks.cluster_profiles import AdvancedNetworking, ClusterMonitoring
from components.aks.cluster_security import ApiServer
from tests.components import examples
from tests.components.aks.examples import etcd_key
from tests.components.examples import (
    CLUSTER_NETWORK,
    CLUSTER_PROTECTION,
    CLUSTER_VERSION,
    MAINTENANCE,
    PROTECTED,
    SCALING,
    SYSTEM_POOL,
    WINDOW,
)
from tests.components.recording import Recorded, arm_id, one, record

FIXED = ("agentPoolProfiles", "diskEncryptionSetID")


def made(**changes: Any) -> list[Recorded]:
    return record(lambda: Cluster("x", replace(examples.cluster(), **changes)))


def aks(**changes: Any) -> Recorded:
    return one(made(**changes), "containerservice:ManagedCluster")


@pytest.mark.capability("N8")
def test_the_api_server_is_private_and_inside_the_spoke() -> None:
    assert aks().inputs["apiServerAccessProfile"] == {
        "enablePrivateCluster": True,
        "enablePrivateClusterPublicFQDN": False,
        "enableVnetIntegration": True,
        "subnetId": "/api",
        "privateDNSZone": "/zone",
        "disableRunCommand": True,
    }


@pytest.mark.capability("A1")
def test_only_entra_identities_sign_in() -> None:
    inputs = aks().inputs
    assert inputs["disableLocalAccounts"] is True
    assert inputs["aadProfile"] == {
        "managed": True,
        "enableAzureRBAC": True,
        "tenantID": "a-tenant",
        "adminGroupObjectIDs": ["admins"],
    }


@pytest.mark.capability("A2")
def test_pods_can_have_identities_of_their_own() -> None:
    inputs = aks().inputs
    assert inputs["oidcIssuerProfile"] == {"enabled": True}
    assert inputs["securityProfile"]["workloadIdentity"] == {"enabled": True}


@pytest.mark.capability("A12")
def test_pods_use_the_overlay_with_cilium() -> None:
    profile = aks().inputs["networkProfile"]
    assert (profile["networkPlugin"], profile["networkPluginMode"]) == ("azure", "overlay")
    assert (profile["networkDataplane"], profile["networkPolicy"]) == ("cilium", "cilium")
    assert profile["outboundType"] == "userAssignedNATGateway"
    assert profile["advancedNetworking"] == {
        "enabled": True,
        "observability": {"enabled": True},
        "security": {"enabled": True, "advancedNetworkPolicies": "FQDN"},
    }


def test_advanced_networking_can_watch_without_filtering_and_can_be_left_out() -> None:
    watched = aks(network=replace(CLUSTER_NETWORK, advanced=AdvancedNetworking(observability=True, policies="None")))
    assert watched.inputs["networkProfile"]["advancedNetworking"]["security"] == {"enabled": False}
    plain = aks(network=replace(CLUSTER_NETWORK, advanced=None))
    assert "advancedNetworking" not in plain.inputs["networkProfile"]


@pytest.mark.capability("A3")
def test_there_is_one_inline_pool_for_the_clusters_own_pods() -> None:
    pools = aks().inputs["agentPoolProfiles"]
    assert [pool["mode"] for pool in pools] == ["System"]
    assert pools[0]["nodeTaints"] == ["CriticalAddonsOnly=true:NoSchedule"]
    assert pools[0]["availabilityZones"] == ["1", "2"]
    assert pools[0]["osDiskType"] == "Ephemeral"
    assert pools[0]["osSKU"] == "AzureLinux"
    assert pools[0]["enableNodePublicIP"] is False
    assert pools[0]["upgradeSettings"] == {"maxSurge": "33%"}


def test_nodes_run_as_the_kubelet_identity() -> None:
    assert aks().inputs["identityProfile"] == {
        "kubeletidentity": {
            "resourceId": arm_id("kubelet-id"),
            "clientId": "a-client",
            "objectId": "a-principal",
        }
    }


def test_the_cluster_waits_for_its_role_assignments() -> None:
    recorded = made()
    first = one(recorded, "managedidentity:UserAssignedIdentity", "first")
    assert first.urn in one(recorded, "containerservice:ManagedCluster").depends_on


@pytest.mark.capability("C2")
@pytest.mark.parametrize(("tier", "enabled"), [("Free", False), ("Standard", True), ("Premium", True)])
def test_cost_analysis_is_on_where_azure_has_it(tier: str, enabled: bool) -> None:
    assert aks(version=replace(CLUSTER_VERSION, tier=tier)).inputs["metricsProfile"] == {
        "costAnalysis": {"enabled": enabled}
    }


@pytest.mark.parametrize(
    ("channel", "ignored"),
    [
        ("patch", FIXED),
        ("node-image", FIXED),
        ("stable", (*FIXED, "kubernetesVersion")),
        ("rapid", (*FIXED, "kubernetesVersion")),
    ],
)
def test_what_aks_moves_by_itself_is_not_moved_back(channel: str, ignored: tuple[str, ...]) -> None:
    assert aks(version=replace(CLUSTER_VERSION, upgrade_channel=channel)).ignore_changes == ignored


@pytest.mark.capability("A5")
def test_channels_are_set_for_kubernetes_and_for_node_images() -> None:
    assert aks().inputs["autoUpgradeProfile"] == {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}


@pytest.mark.capability("A5")
def test_each_kind_of_upgrade_has_a_window_and_they_are_written_one_after_another() -> None:
    recorded = made()
    upgrade = one(recorded, "MaintenanceConfiguration", "x-mc-upgrade")
    node_os = one(recorded, "MaintenanceConfiguration", "x-mc-node-os")
    assert upgrade.inputs["configName"] == "aksManagedAutoUpgradeSchedule"
    assert node_os.inputs["configName"] == "aksManagedNodeOSUpgradeSchedule"
    releases = one(recorded, "MaintenanceConfiguration", "x-mc-releases")
    assert releases.inputs["configName"] == "default"
    assert upgrade.urn in node_os.depends_on
    assert node_os.urn in releases.depends_on
    assert node_os.inputs["maintenanceWindow"] == {
        "schedule": {"weekly": {"dayOfWeek": "Saturday", "intervalWeeks": 1}},
        "startTime": "01:00",
        "durationHours": 6,
        "utcOffset": "-07:00",
        "notAllowedDates": [{"start": "2027-03-24", "end": "2027-04-07"}],
    }


def test_the_cluster_is_protected_where_the_placement_says_so() -> None:
    assert aks(placement=PROTECTED).protect is True


@pytest.mark.capability("N8")
def test_the_zone_can_be_made_by_aks_and_the_way_in_be_a_private_endpoint() -> None:
    profile = aks(api_server=ApiServer(subnet_id=None, private_dns_zone="system")).inputs["apiServerAccessProfile"]
    assert profile == {
        "enablePrivateCluster": True,
        "enablePrivateClusterPublicFQDN": False,
        "privateDNSZone": "system",
        "disableRunCommand": True,
    }


@pytest.mark.capability("A4")
def test_kubernetes_secrets_are_encrypted_with_a_version_of_our_key_in_a_closed_vault() -> None:
    def program() -> None:
        args = examples.cluster()
        Cluster("x", replace(args, protection=replace(CLUSTER_PROTECTION, etcd_key=etcd_key())))

    recorded = record(program)
    cluster = one(recorded, "containerservice:ManagedCluster")
    assert cluster.inputs["securityProfile"]["azureKeyVaultKms"] == {
        "enabled": True,
        "keyId": "https://a-vault.example/keys/cluster-etcd/1",
        "keyVaultNetworkAccess": "Private",
        "keyVaultResourceId": "/vault",
    }
    assert one(recorded, "managedidentity:UserAssignedIdentity", "etcd-id").urn in cluster.depends_on


@pytest.mark.capability("A4")
def test_nodes_are_encrypted_on_the_host_and_run_validated_cryptography() -> None:
    pool = aks().inputs["agentPoolProfiles"][0]
    assert (pool["enableEncryptionAtHost"], pool["enableFIPS"]) == (True, True)
    plain = aks(system_pool=replace(SYSTEM_POOL, fips=False)).inputs["agentPoolProfiles"][0]
    assert plain["enableFIPS"] is False


@pytest.mark.capability("A6")
def test_defender_watches_and_unused_images_go() -> None:
    profile = aks().inputs["securityProfile"]
    assert profile["defender"] == {
        "logAnalyticsWorkspaceResourceId": "/logs",
        "securityMonitoring": {"enabled": True},
    }
    assert profile["imageCleaner"] == {"enabled": True, "intervalHours": 168}


@pytest.mark.capability("A7", "A8")
def test_policy_is_admitted_and_secrets_follow_their_rotation() -> None:
    addons = aks().inputs["addonProfiles"]
    assert addons["azurepolicy"] == {"enabled": True}
    assert addons["azureKeyvaultSecretsProvider"] == {
        "enabled": True,
        "config": {"enableSecretRotation": "true", "rotationPollInterval": "2m"},
    }


@pytest.mark.capability("A9")
def test_nodes_start_from_the_private_registry_and_their_group_is_read_only() -> None:
    inputs = aks().inputs
    assert inputs["bootstrapProfile"] == {"artifactSource": "Cache", "containerRegistryId": "/registry"}
    assert inputs["nodeResourceGroupProfile"] == {"restrictionLevel": "ReadOnly"}
    assert "bootstrapProfile" not in aks(artifact_registry_id=None).inputs


@pytest.mark.capability("A10")
def test_the_autoscaler_has_a_profile_and_keeps_no_node_for_scratch_files() -> None:
    assert aks().inputs["autoScalerProfile"] == {
        "expander": "least-waste",
        "scaleDownUnneededTime": "10m",
        "scaleDownDelayAfterAdd": "15m",
        "scaleDownUtilizationThreshold": "0.5",
        "maxGracefulTerminationSec": "600",
        "skipNodesWithLocalStorage": "false",
    }


@pytest.mark.capability("A10")
def test_node_provisioning_is_an_option() -> None:
    assert "nodeProvisioningProfile" not in aks().inputs
    wanted = aks(scaling=replace(SCALING, node_provisioning="None")).inputs["nodeProvisioningProfile"]
    assert wanted == {"mode": "Auto", "defaultNodePools": "None"}


def test_pods_scale_by_events_and_by_use() -> None:
    profile = aks().inputs["workloadAutoScalerProfile"]
    assert profile == {"keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}}


@pytest.mark.capability("L7")
def test_the_ai_toolchain_operator_is_a_setting() -> None:
    assert aks().inputs["aiToolchainOperatorProfile"] == {"enabled": False}
    assert aks(ai_toolchain_operator=True).inputs["aiToolchainOperatorProfile"] == {"enabled": True}


@pytest.mark.capability("O2")
def test_metrics_go_to_prometheus_and_container_logs_to_log_analytics_without_a_key() -> None:
    inputs = aks().inputs
    assert inputs["azureMonitorProfile"] == {"metrics": {"enabled": True}}
    assert inputs["addonProfiles"]["omsagent"] == {
        "enabled": True,
        "config": {"logAnalyticsWorkspaceResourceID": "/logs", "useAADAuth": "true"},
    }
    quiet = aks(monitoring=ClusterMonitoring(prometheus=False, container_insights=False, cost_analysis=True)).inputs
    assert quiet["azureMonitorProfile"] == {"metrics": {"enabled": False}}
    assert "omsagent" not in quiet["addonProfiles"]


def changed(**changes: Any) -> list[str]:
    found: list[str] = []

    def program() -> None:
        args: ClusterArgs = replace(examples.cluster(), **changes)
        found.extend(problems(args))

    record(program)
    return found


def test_the_example_has_no_problem() -> None:
    assert changed() == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"network": replace(CLUSTER_NETWORK, dns_service_ip=IPv4Address("172.21.0.1"))}, "DNS address 172.21.0.1"),
        ({"network": replace(CLUSTER_NETWORK, dns_service_ip=IPv4Address("172.22.0.9"))}, "DNS address 172.22.0.9"),
        ({"network": replace(CLUSTER_NETWORK, pods=IPv4Network("172.21.0.0/17"))}, "pod range 172.21.0.0/17"),
        ({"system_pool": replace(SYSTEM_POOL, min_count=4)}, "system pool of 4 to 3 nodes"),
        ({"version": replace(CLUSTER_VERSION, support_plan="AKSLongTermSupport")}, "long-term support in the tier"),
        ({"maintenance": replace(MAINTENANCE, upgrade=replace(WINDOW, duration_hours=3))}, "the window upgrade of 3"),
        ({"maintenance": replace(MAINTENANCE, freezes=((date(2027, 4, 7), date(2027, 4, 1)),))}, "a freeze from 2027"),
    ],
)
def test_what_aks_would_refuse_is_a_problem(changes: dict[str, Any], problem: str) -> None:
    assert [found[: len(problem)] for found in changed(**changes)] == [problem]


def test_a_key_of_a_closed_vault_needs_an_api_server_inside_the_network() -> None:
    def program() -> None:
        protection = replace(CLUSTER_PROTECTION, etcd_key=etcd_key())
        endpoint = ApiServer(subnet_id=None, private_dns_zone="system")
        found.extend(problems(replace(examples.cluster(), protection=protection, api_server=endpoint)))

    found: list[str] = []
    record(program)
    assert [problem[:35] for problem in found] == ["etcd has a key of a private vault, "]
