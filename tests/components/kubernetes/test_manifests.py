"""The objects that each stack really makes in its cluster."""

from __future__ import annotations

import json
from functools import cache

import pytest

import stacks
from components.aliases import drop_version_aliases
from components.platform import Platform
from tests.components.recording import Recorded, record

STACKS = ("test", "prod", "dr")


@cache
def made(stack: str) -> tuple[Recorded, ...]:
    settings = stacks.load(stack)

    def program() -> None:
        drop_version_aliases()
        Platform(settings.name, settings)

    return tuple(record(program))


def objects(stack: str, kind: str = "") -> list[Recorded]:
    return [each for each in made(stack) if each.type.startswith("kubernetes:") and each.type.endswith(kind)]


def test_dev_makes_nothing_in_its_cluster() -> None:
    assert objects("dev") == []


@pytest.mark.parametrize("stack", STACKS)
def test_no_object_is_a_secret_or_holds_one(stack: str) -> None:
    assert objects(stack, ":Secret") == []
    text = json.dumps([each.inputs for each in objects(stack)]).lower()
    assert not [word for word in ("password", "client-secret", "private key", "accountkey") if word in text]


@pytest.mark.capability("G11")
@pytest.mark.parametrize("stack", STACKS)
def test_each_team_has_quota_limits_and_a_closed_network(stack: str) -> None:
    workloads = stacks.load(stack).workloads
    assert workloads is not None
    for kind in (":ResourceQuota", ":LimitRange"):
        assert {each.inputs["metadata"]["namespace"] for each in objects(stack, kind)} == set(workloads.teams)
    closed = [each for each in objects(stack, ":NetworkPolicy") if each.inputs["metadata"]["name"] == "deny-all"]
    assert {each.inputs["metadata"]["namespace"] for each in closed} == set(workloads.teams)


@pytest.mark.parametrize("stack", STACKS)
def test_each_namespace_says_what_its_pods_may_do(stack: str) -> None:
    labels = [each.inputs["metadata"]["labels"] for each in objects(stack, ":Namespace")]
    levels = [each["pod-security.kubernetes.io/enforce"] for each in labels]
    assert set(levels) <= {"restricted", "baseline", "privileged"}
    assert levels.count("privileged") <= 2, "only the GPU operator and the network operator reach into their nodes"


@pytest.mark.capability("G9", "G11")
@pytest.mark.parametrize("stack", ["test", "prod"])
def test_a_quota_lets_in_what_the_queue_may_admit_borrowed_or_not(stack: str) -> None:
    quotas = {each.inputs["metadata"]["namespace"]: each.inputs["spec"]["hard"] for each in objects(stack, "Quota")}
    shares = {each.inputs["metadata"]["name"]: gpus_by_flavor(each) for each in objects(stack, ":ClusterQueue")}
    for team, share in shares.items():
        admitted = sum(other.get(flavor, 0) for other in shares.values() for flavor in share)
        assert int(quotas[team]["requests.nvidia.com/gpu"]) == admitted


def gpus_by_flavor(queue: Recorded) -> dict[str, int]:
    return {
        flavor["name"]: resource["nominalQuota"]
        for group in queue.inputs["spec"]["resourceGroups"]
        for flavor in group["flavors"]
        for resource in flavor["resources"]
        if resource["name"] == "nvidia.com/gpu"
    }


@pytest.mark.parametrize("stack", STACKS)
def test_each_call_that_is_let_in_is_let_out(stack: str) -> None:
    policies = {
        (each.inputs["metadata"]["namespace"], each.inputs["metadata"]["name"]): each.inputs["spec"]
        for each in objects(stack, ":NetworkPolicy")
    }
    workloads = stacks.load(stack).workloads
    assert workloads is not None
    for callee, team in workloads.teams.items():
        for caller in team.reached_from:
            assert callee in json.dumps(policies[caller, "allow-calls"]["egress"])
            assert caller in json.dumps(policies[callee, "allow-callers"]["ingress"])


@pytest.mark.capability("I5")
@pytest.mark.parametrize("stack", STACKS)
def test_a_team_works_in_its_own_namespace_only(stack: str) -> None:
    workloads = stacks.load(stack).workloads
    assert workloads is not None
    groups = {team.group: name for name, team in workloads.teams.items()}
    roles = [each for each in made(stack) if each.type.endswith(":RoleAssignment")]
    scopes = {
        (groups[each.inputs["principalId"]], each.inputs["scope"].partition("/namespaces/")[2])
        for each in roles
        if each.inputs["principalId"] in groups and "/namespaces/" in each.inputs["scope"]
    }
    assert scopes == {(name, name) for name in workloads.teams}


@pytest.mark.parametrize("stack", STACKS)
def test_every_object_is_made_by_the_clusters_own_provider(stack: str) -> None:
    providers = [each for each in made(stack) if each.type == "pulumi:providers:kubernetes"]
    assert len(providers) == 1
    assert "renderYamlToDirectory" not in providers[0].inputs
    assert providers[0].inputs["kubeconfig"]
