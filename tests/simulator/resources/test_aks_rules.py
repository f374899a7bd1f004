"""Rules of AKS beyond the recorded failures: what each refuses, and what it must let through."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy

CLUSTER, POOL = "containerservice:ManagedCluster", "containerservice:AgentPool"
NET = EXAMPLES[CLUSTER]["networkProfile"]
ON_DEMAND: dict[str, Any] = {
    "scaleSetPriority": "Regular", "spotMaxPrice": None, "nodeTaints": None, "enableAutoScaling": None,
    "minCount": None, "maxCount": None, "count": 1,
}  # fmt: skip


def net(**inputs: Any) -> dict[str, Any]:
    return {"networkProfile": {**NET, **inputs}}


def system(**inputs: Any) -> dict[str, Any]:
    return {"agentPoolProfiles": [{**EXAMPLES[CLUSTER]["agentPoolProfiles"][0], **inputs}]}


def pool(**inputs: Any) -> dict[str, Any]:
    return {**ON_DEMAND, **inputs}


def outcome(azure: Azure, short: str, changed: dict[str, Any]) -> list[str]:
    deploy(azure, until=short)
    try:
        azure.create(short, short, {**EXAMPLES[short], **changed}, preview=True)
    except ArmError as error:
        return [refusal.code for refusal in error.refusals]
    return []


@pytest.mark.parametrize(
    ("short", "bad", "code", "good"),
    [
        (CLUSTER, system(name="Pool"), "InvalidParameter", system(name="pool")),
        (CLUSTER, system(count=0), "InvalidParameter", system(count=1)),
        (CLUSTER, system(scaleSetPriority="Spot"), "InvalidParameter", system(scaleSetPriority="Regular")),
        (CLUSTER, system(mode="User"), "MustDefineAtLeastOneSystemPool", system(mode=None)),
        (CLUSTER, system(count=1001), "InvalidParameter", system(count=1000)),
        (POOL, pool(maxPods=9), "InvalidParameter", pool(maxPods=10)),
        (POOL, pool(maxPods=251), "InvalidParameter", pool(maxPods=250)),
        (POOL, pool(osDiskSizeGB=29), "InvalidParameter", pool(osDiskSizeGB=30)),
        (POOL, pool(osDiskSizeGB=2049), "InvalidParameter", pool(osDiskSizeGB=0)),
        (POOL, pool(nodeTaints=["gpu:Never"]), "InvalidParameter", pool(nodeTaints=["gpu=a:NoExecute"])),
        (POOL, pool(nodeLabels={"a": "-b"}), "InvalidParameter", pool(nodeLabels={"x.io/a": ""})),
        (POOL, pool(spotMaxPrice=0.5), "InvalidParameter", pool(spotMaxPrice=-1)),
        (POOL, pool(scaleSetEvictionPolicy="Deallocate"), "InvalidParameter", pool(scaleSetEvictionPolicy="Delete")),
        (POOL, pool(upgradeSettings={"maxSurge": "half"}), "InvalidParameter",
         pool(upgradeSettings={"maxSurge": "33%"})),
        (POOL, pool(upgradeSettings={"maxSurge": "0", "maxUnavailable": "0"}), "InvalidParameter",
         pool(upgradeSettings={"maxSurge": "0", "maxUnavailable": "1"})),
        (POOL, pool(availabilityZones=["4"]), "AvailabilityZoneNotSupported", pool(availabilityZones=["3"])),
        (POOL, pool(orchestratorVersion="1.29.1"), "NodePoolMcVersionIncompatible", pool(orchestratorVersion="1.30.1")),
        (POOL, pool(osDiskType="Ephemeral", vmSize="Standard_D4s_v5", osDiskSizeGB=128), "VMCacheSizeTooSmall",
         pool(osDiskType="Ephemeral", vmSize="Standard_D4ds_v5", osDiskSizeGB=150)),
        (POOL, pool(podSubnetID=EXAMPLES[POOL]["vnetSubnetID"]), "BadRequest", pool(podSubnetID=None)),
        (CLUSTER, net(networkPolicy="cilium"), "BadRequest", net(networkPolicy="cilium", networkDataplane="cilium")),
        (CLUSTER, net(serviceCidr="172.16.0.0/11"), "InvalidParameter", net(serviceCidr="172.16.0.0/12")),
        (CLUSTER, net(dnsServiceIP="172.16.0.1"), "InvalidParameter", net(dnsServiceIP="172.16.0.2")),
        (CLUSTER, net(dnsServiceIP="172.17.0.2"), "InvalidParameter", net(dnsServiceIP=None)),
        (CLUSTER, net(serviceCidr="services"), "CidrStringParseError", net(serviceCidr="172.16.0.0/16")),
        (CLUSTER, net(podCidr="172.16.0.0/16"), "PodCidrOverlapServiceCidr", net(podCidr="172.17.0.0/16")),
        (CLUSTER, net(podCidr="10.0.0.0/16"), "PodCidrOverlapExistingSubnetsCidr", net(podCidr="10.1.0.0/16")),
        (CLUSTER, net(serviceCidr=None, dnsServiceIP=None), "ServiceCidrOverlapExistingSubnetsCidr", net()),
        (CLUSTER, {"supportPlan": "AKSLongTermSupport"}, "BadRequest",
         {"supportPlan": "AKSLongTermSupport", "sku": {"name": "Base", "tier": "Premium"}}),
        (CLUSTER, {"metricsProfile": {"costAnalysis": {"enabled": True}}}, "BadRequest",
         {"metricsProfile": {"costAnalysis": {"enabled": False}}}),
        (CLUSTER, {"fqdnSubdomain": "aks"}, "InvalidParameter", {"fqdnSubdomain": None}),
        (CLUSTER, {"nodeResourceGroup": "RG-TEST"}, "NodeResourceGroupSameAsResourceGroup",
         {"nodeResourceGroup": "rg-nodes"}),
        (CLUSTER, {"dnsPrefix": "a" * 55}, "InvalidParameter", {"dnsPrefix": "a" * 54}),
        (CLUSTER, {"identity": {"type": "UserAssigned"}}, "BadRequest", {"identity": {"type": "SystemAssigned"}}),
        (CLUSTER, {"kubernetesVersion": "1.29"}, "K8sVersionNotSupported", {"kubernetesVersion": None}),
        (CLUSTER, {"apiServerAccessProfile": {"enablePrivateCluster": True, "authorizedIPRanges": ["1.2.3.4/32"]}},
         "BadRequest", {"apiServerAccessProfile": {"authorizedIPRanges": ["1.2.3.4/32"]}}),
    ],
)  # fmt: skip
def test_what_aks_refuses_and_what_it_takes(
    azure: Azure, short: str, bad: dict[str, Any], code: str, good: dict[str, Any]
) -> None:
    assert code in outcome(azure, short, bad)
    azure.create(short, short, {**EXAMPLES[short], **good}, preview=True)


@pytest.mark.parametrize(
    ("short", "changed"),
    [
        (CLUSTER, net(serviceCidr=UNKNOWN)),
        (CLUSTER, system(count=UNKNOWN, vmSize=UNKNOWN, vnetSubnetID=UNKNOWN)),
        (CLUSTER, {"agentPoolProfiles": UNKNOWN}),
        (CLUSTER, {"identity": UNKNOWN, "kubernetesVersion": UNKNOWN, "sku": UNKNOWN}),
        (POOL, pool(vmSize=UNKNOWN, osDiskSizeGB=UNKNOWN, nodeTaints=UNKNOWN, scaleSetPriority=UNKNOWN)),
        (POOL, pool(vmSize="Standard_New_v9", osDiskType="Ephemeral", osDiskSizeGB=500)),
    ],
)
def test_what_is_not_known_is_not_refused(azure: Azure, short: str, changed: dict[str, Any]) -> None:
    assert outcome(azure, short, changed) == []


@pytest.mark.parametrize(
    ("version", "code"),
    [("1.32.1", "OperationNotAllowed"), ("1.35.0", "OperationNotAllowed"), ("1.34.0", None), (None, None)],
)
def test_a_cluster_moves_one_minor_version_at_a_time(azure: Azure, version: str | None, code: str | None) -> None:
    deploy(azure, until=CLUSTER)
    made = azure.create(CLUSTER, "aks", EXAMPLES[CLUSTER])
    inputs = {**EXAMPLES[CLUSTER], "kubernetesVersion": version}
    if code is None:
        azure.update(CLUSTER, "aks", made, inputs)
        return
    with pytest.raises(ArmError, match=code):
        azure.update(CLUSTER, "aks", made, inputs)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"oidcIssuerProfile": {"enabled": False}}, "BadRequest"), (system(vmSize="Standard_D8s_v5"), "PropertyChange")],
)
def test_what_a_cluster_keeps(azure: Azure, changed: dict[str, Any], code: str) -> None:
    deploy(azure, until=CLUSTER)
    made = azure.create(CLUSTER, "aks", EXAMPLES[CLUSTER])
    with pytest.raises(ArmError, match=code):
        azure.update(CLUSTER, "aks", made, {**EXAMPLES[CLUSTER], **changed})
    azure.update(CLUSTER, "aks", made, {**EXAMPLES[CLUSTER], "tags": {"a": "b"}})
