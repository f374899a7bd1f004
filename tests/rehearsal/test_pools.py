"""Pools come and go, and taints change, without touching the cluster."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

import engine
from rehearsal.workspace import Workspace

pytestmark = pytest.mark.engine

POOL = "azure-native:containerservice:AgentPool"


@pytest.mark.capability("A11")
def test_a_new_pool_and_a_new_taint_leave_the_cluster_alone(
    tmp_path: Path, run: Any, dev_document: dict[str, Any]
) -> None:
    workspace = Workspace("dev", engine.ensure(engine.Silent()), root=tmp_path)
    workspace.prepare()
    run(workspace, "up")
    changed = copy.deepcopy(dev_document)
    pools = changed["config"]["platform:settings"]["cluster"]["pools"]
    pools["cpu"]["taints"] = ["team=vision:NoSchedule"]
    pools["memory"] = {"vm_size": "Standard_D8ds_v5", "max_count": 2}
    workspace.prepare(changed)
    assert azure_steps(run(workspace, "up")) == [(POOL, "create"), (POOL, "update")]
    workspace.prepare()
    assert azure_steps(run(workspace, "up")) == [(POOL, "delete"), (POOL, "update")]


def azure_steps(outcome: Any) -> list[tuple[str, str]]:
    """What was done in Azure; the component around a pool is none of it."""
    return sorted((step.type, step.operation) for step in outcome.changed if step.type.startswith("azure-native:"))
