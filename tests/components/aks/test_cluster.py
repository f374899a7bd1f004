from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest

from components.aks.cluster import Cluster, ClusterArgs, problems
from tests.components import examples
from tests.components.examples import CLUSTER_NETWORK, PROTECTED
from tests.components.recording import Recorded, arm_id, one, record


def made(**changes: Any) -> list[Recorded]:
    return record(lambda: Cluster("x", replace(examples.cluster(), **changes)))


def aks(**changes: Any) -> Recorded:
    return one(made(**changes), "containerservice:ManagedCluster")


def test_the_api_server_is_private_and_inside_the_spoke() -> None:
    assert aks().inputs["apiServerAccessProfile"] == {
        "enablePrivateCluster": True,
        "enablePrivateClusterPublicFQDN": False,
        "enableVnetIntegration": True,
        "subnetId": "/api",
        "privateDNSZone": "/zone",
        "disableRunCommand": True,
    }


def test_only_entra_identities_sign_in() -> None:
    inputs = aks().inputs
    assert inputs["disableLocalAccounts"] is True
    assert inputs["aadProfile"] == {
        "managed": True,
        "enableAzureRBAC": True,
        "tenantID": "a-tenant",
        "adminGroupObjectIDs": ["admins"],
    }


def test_pods_can_have_identities_of_their_own() -> None:
    inputs = aks().inputs
    assert inputs["oidcIssuerProfile"] == {"enabled": True}
    assert inputs["securityProfile"]["workloadIdentity"] == {"enabled": True}


def test_pods_use_the_overlay_with_cilium() -> None:
    profile = aks().inputs["networkProfile"]
    assert (profile["networkPlugin"], profile["networkPluginMode"]) == ("azure", "overlay")
    assert (profile["networkDataplane"], profile["networkPolicy"]) == ("cilium", "cilium")
    assert profile["outboundType"] == "userAssignedNATGateway"


def test_there_is_one_inline_pool_for_the_clusters_own_pods() -> None:
    pools = aks().inputs["agentPoolProfiles"]
    assert [pool["mode"] for pool in pools] == ["System"]
    assert pools[0]["nodeTaints"] == ["CriticalAddonsOnly=true:NoSchedule"]
    assert pools[0]["availabilityZones"] == ["1", "2"]
    assert pools[0]["osDiskType"] == "Ephemeral"
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


@pytest.mark.parametrize(("tier", "enabled"), [("Free", False), ("Standard", True), ("Premium", True)])
def test_cost_analysis_is_on_where_azure_has_it(tier: str, enabled: bool) -> None:
    assert aks(tier=tier).inputs["metricsProfile"] == {"costAnalysis": {"enabled": enabled}}


@pytest.mark.parametrize(
    ("channel", "ignored"),
    [
        ("patch", ("agentPoolProfiles",)),
        ("node-image", ("agentPoolProfiles",)),
        ("stable", ("agentPoolProfiles", "kubernetesVersion")),
        ("rapid", ("agentPoolProfiles", "kubernetesVersion")),
    ],
)
def test_what_aks_moves_by_itself_is_not_moved_back(channel: str, ignored: tuple[str, ...]) -> None:
    assert aks(upgrade_channel=channel).ignore_changes == ignored


def test_both_kinds_of_upgrade_have_a_window_and_are_written_one_after_another() -> None:
    recorded = made()
    upgrade = one(recorded, "MaintenanceConfiguration", "x-mc-upgrade")
    node_os = one(recorded, "MaintenanceConfiguration", "x-mc-node-os")
    assert upgrade.inputs["configName"] == "aksManagedAutoUpgradeSchedule"
    assert node_os.inputs["configName"] == "aksManagedNodeOSUpgradeSchedule"
    assert upgrade.urn in node_os.depends_on
    assert node_os.inputs["maintenanceWindow"] == {
        "schedule": {"weekly": {"dayOfWeek": "Sunday", "intervalWeeks": 1}},
        "startTime": "01:00",
        "durationHours": 6,
        "utcOffset": "-07:00",
    }


def test_the_cluster_is_protected_where_the_placement_says_so() -> None:
    assert aks(placement=PROTECTED).protect is True


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
    ],
)
def test_what_aks_would_refuse_is_a_problem(changes: dict[str, Any], problem: str) -> None:
    assert [found[: len(problem)] for found in changed(**changes)] == [problem]
