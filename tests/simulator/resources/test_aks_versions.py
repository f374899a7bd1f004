"""Versions of a cluster beside those of the pools that are resources of their own."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES, deploy

CLUSTER, POOL = "containerservice:ManagedCluster", "containerservice:AgentPool"
LTS: dict[str, Any] = {"supportPlan": "AKSLongTermSupport", "sku": {"name": "Base", "tier": "Premium"}}


@pytest.mark.parametrize(("version", "refused"), [("1.35.0", True), ("1.34.0", False)])
def test_a_control_plane_leaves_no_pool_more_than_three_versions_behind(
    azure: Azure, version: str, refused: bool
) -> None:
    deploy(azure, until=CLUSTER)
    made = azure.create(CLUSTER, "aks", {**EXAMPLES[CLUSTER], **LTS, "kubernetesVersion": "1.33.2"})
    azure.create(POOL, "old", {**EXAMPLES[POOL], "orchestratorVersion": "1.31.1"})
    inputs = {**EXAMPLES[CLUSTER], **LTS, "kubernetesVersion": version}
    if refused:
        with pytest.raises(ArmError, match="NodePoolMcVersionIncompatible"):
            azure.update(CLUSTER, "aks", made, inputs)
    else:
        azure.update(CLUSTER, "aks", made, inputs)
