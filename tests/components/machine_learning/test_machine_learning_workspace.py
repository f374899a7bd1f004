from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from components.machine_learning.machine_learning_workspace import MachineLearningWorkspace, problems
from tests.components import examples
from tests.components.recording import Recorded, arm_id, one, record

RULES = ("lake-blob", "lake-dfs", "host-pypi-org", "host-any-anaconda-org")


def made() -> list[Recorded]:
    return record(lambda: MachineLearningWorkspace("x", examples.workspace()))


def rule(recorded: list[Recorded], name: str) -> Recorded:
    return one(recorded, "machinelearningservices:ManagedNetworkSettingsRule", f"x-rule-{name}")


def test_only_approved_traffic_leaves_and_nobody_comes_in_from_outside() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    assert inputs["managedNetwork"]["isolationMode"] == "AllowOnlyApprovedOutbound"
    assert "outboundRules" not in inputs["managedNetwork"]
    assert inputs["publicNetworkAccess"] == "Disabled"
    assert inputs["v1LegacyMode"] is False
    assert inputs["hbiWorkspace"] is True


def test_the_workspace_acts_as_its_own_identity_and_uses_no_key() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    assert inputs["identity"]["type"] == "UserAssigned"
    assert inputs["primaryUserAssignedIdentity"] == arm_id("workspace-id")
    assert inputs["systemDatastoresAuthMode"] == "Identity"


def test_the_workspace_uses_the_platforms_vault_storage_registry_and_insights() -> None:
    inputs = one(made(), "machinelearningservices:Workspace").inputs
    used = [inputs[key] for key in ("keyVault", "storageAccount", "containerRegistry", "applicationInsights")]
    assert used == ["/vault", "/storage", "/registry", "/insights"]


def test_the_workspace_waits_for_its_role_assignments() -> None:
    recorded = made()
    first = one(recorded, "managedidentity:UserAssignedIdentity", "first")
    assert first.urn in one(recorded, "machinelearningservices:Workspace").depends_on


def test_outbound_rules_are_written_one_after_another() -> None:
    recorded = made()
    for before, after in pairwise(RULES):
        assert rule(recorded, before).urn in rule(recorded, after).depends_on


def test_the_lake_is_reached_by_endpoint_and_hosts_by_name() -> None:
    recorded = made()
    assert rule(recorded, "lake-dfs").inputs["properties"] == {
        "type": "PrivateEndpoint",
        "category": "UserDefined",
        "destination": {"serviceResourceId": "/lake", "subresourceTarget": "dfs", "sparkEnabled": True},
    }
    assert rule(recorded, "host-any-anaconda-org").inputs["properties"] == {
        "type": "FQDN",
        "category": "UserDefined",
        "destination": "*.anaconda.org",
    }


@pytest.mark.parametrize(("hosts", "found"), [((), []), (("a.org", "a.org"), ["host a.org is allowed twice"])])
def test_a_host_named_twice_is_a_problem(hosts: tuple[str, ...], found: list[str]) -> None:
    result: list[str] = []
    record(lambda: result.extend(problems(replace(examples.workspace(), allowed_fqdns=hosts))))
    assert result == found
