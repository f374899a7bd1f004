"""The network operator: InfiniBand for the nodes that have its cards."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from components.kubernetes.network_operator import CARD, RESOURCE, NetworkOperator, policy_spec, problems
from tests.components.kubernetes.examples import NETWORK_OPERATOR
from tests.components.recording import Recorded, one, record


def made() -> list[Recorded]:
    return record(lambda: NetworkOperator("x", NETWORK_OPERATOR))


@pytest.mark.capability("G10")
def test_drivers_go_to_nodes_with_infiniband_cards_alone() -> None:
    spec = one(made(), ":NicClusterPolicy").inputs["spec"]
    (term,) = spec["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]["nodeSelectorTerms"]
    assert term["matchExpressions"] == [{"key": CARD, "operator": "In", "values": ["true"]}]
    (rule,) = one(made(), ":NodeFeatureRule").inputs["spec"]["rules"]
    assert rule["labels"] == {CARD: "true"}
    assert rule["matchFeatures"][0]["matchExpressions"]["device"]["value"] == ["101c", "101e"]


@pytest.mark.capability("G10")
def test_pods_share_the_cards_of_a_node() -> None:
    (plugin,) = json.loads(policy_spec(63)["rdmaSharedDevicePlugin"]["config"])["configList"]
    assert (f"rdma/{plugin['resourceName']}", plugin["rdmaHcaMax"]) == (RESOURCE, 63)
    assert plugin["selectors"]["linkTypes"] == ["infiniband"]


def test_node_features_are_discovered_by_the_gpu_operator_alone() -> None:
    values = one(made(), ":HelmRelease").inputs["spec"]["values"]
    assert values["nfd"] == {"enabled": False, "deployNodeFeatureRules": False}


def test_an_upgrade_of_the_driver_drains_no_node() -> None:
    assert policy_spec(1)["ofedDriver"]["upgradePolicy"] == {"autoUpgrade": False}


@pytest.mark.parametrize("pods", [0, 1001])
def test_a_number_of_pods_that_no_node_can_have_is_a_problem(pods: int) -> None:
    (problem,) = problems(replace(NETWORK_OPERATOR, pods_per_node=pods))
    assert problem == f"{pods} pods share the cards of a node: needs 1 to 1000"
