"""Runners inside the spoke, and where the app's key can be read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from components.network.github_runners import KEY, UNSET, GitHubRunners, problems
from tests.components.network.examples import runners
from tests.components.recording import Recorded, arm_id, one, record

pytestmark = pytest.mark.capability("N9")


def made() -> list[Recorded]:
    return record(lambda: GitHubRunners("x", runners()))


def test_the_environment_is_in_the_spoke_and_closed() -> None:
    environment = one(made(), "app:ManagedEnvironment").inputs
    assert environment["vnetConfiguration"] == {"internal": True, "infrastructureSubnetId": "/runners"}
    assert environment["publicNetworkAccess"] == "Disabled"
    assert environment["appLogsConfiguration"] == {"destination": "azure-monitor"}


def test_a_queued_job_starts_one_container_and_none_runs_otherwise() -> None:
    configuration = one(made(), "app:Job").inputs["configuration"]
    assert configuration["triggerType"] == "Event"
    scale = configuration["eventTriggerConfig"]["scale"]
    assert (scale["minExecutions"], scale["maxExecutions"]) == (0, 5)
    (rule,) = scale["rules"]
    assert rule["type"] == "github-runner"
    assert rule["metadata"]["owner"] == "gov-example"
    assert rule["metadata"]["repos"] == "ml-platform"
    assert rule["metadata"]["targetWorkflowQueueLength"] == "1"
    assert rule["auth"] == [{"secretRef": KEY, "triggerParameter": "appKey"}]


def test_a_failed_job_is_not_run_again_by_itself() -> None:
    assert one(made(), "app:Job").inputs["configuration"]["replicaRetryLimit"] == 0


def test_the_key_comes_from_the_vault_by_reference() -> None:
    (secret,) = one(made(), "app:Job").inputs["configuration"]["secrets"]
    assert secret == {
        "name": KEY,
        "keyVaultUrl": "https://a-vault.example/secrets/a-secret",
        "identity": arm_id("runners-id"),
    }


def test_the_container_that_runs_workflows_has_neither_key_nor_identity() -> None:
    job = one(made(), "app:Job").inputs
    (runner,) = job["template"]["containers"]
    (register,) = job["template"]["initContainers"]
    assert "env" not in runner
    assert [each["name"] for each in register["env"] if "secretRef" in each] == ["GITHUB_APP_KEY"]
    assert job["configuration"]["identitySettings"] == [{"identity": arm_id("runners-id"), "lifecycle": "None"}]


def test_no_value_of_a_secret_is_in_the_program() -> None:
    recorded = made()
    key = one(recorded, "keyvault:Secret")
    assert key.inputs["properties"]["value"] == UNSET
    # What people write into the vault must survive the next `up`.
    assert set(key.ignore_changes) == {"properties", "tags"}
    assert "PRIVATE KEY" not in json.dumps([each.inputs for each in recorded])


def test_the_reader_reads_one_secret_and_pulls_images() -> None:
    scopes = {each.inputs["scope"] for each in made() if each.type.endswith(":RoleAssignment")}
    assert scopes == {arm_id("x-key"), "/registry"}


def test_the_image_is_taken_by_digest() -> None:
    job = one(made(), "app:Job").inputs
    assert job["template"]["containers"][0]["image"] == f"a-registry.example/runners/github@sha256:{'a' * 64}"
    found: list[str] = []
    record(lambda: found.extend(problems(replace(runners(), image="runners/github:latest", labels=()))))
    assert found == [
        "image runners/github:latest has no digest: a tag could become another image between two jobs",
        "runners without a label would take every job of the repository",
    ]
