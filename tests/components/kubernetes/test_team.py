"""A team has its share, and nobody else gets in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.kubernetes.team import Team, TeamArgs, problems
from tests.components.kubernetes.examples import TEAM
from tests.components.recording import Recorded, one, record


def made(args: TeamArgs = TEAM) -> list[Recorded]:
    return record(lambda: Team("x", args))


def policy(name: str, args: TeamArgs = TEAM) -> dict[str, Any]:
    spec: dict[str, Any] = one(made(args), ":NetworkPolicy", f"x-np-{name}").inputs["spec"]
    return spec


@pytest.mark.capability("G11")
def test_gpus_memory_and_processors_are_bounded() -> None:
    hard = one(made(), ":ResourceQuota").inputs["spec"]["hard"]
    assert hard["requests.nvidia.com/gpu"] == "2"
    assert (hard["requests.cpu"], hard["requests.memory"], hard["limits.memory"]) == ("32", "128Gi", "128Gi")
    assert (hard["services.loadbalancers"], hard["services.nodeports"]) == ("0", "0")


@pytest.mark.capability("G11")
def test_a_team_without_gpus_may_ask_for_none() -> None:
    hard = one(made(replace(TEAM, gpus={})), ":ResourceQuota").inputs["spec"]["hard"]
    assert hard["requests.nvidia.com/gpu"] == "0"


@pytest.mark.capability("G11")
def test_a_container_that_names_no_limits_gets_some() -> None:
    (limit,) = one(made(), ":LimitRange").inputs["spec"]["limits"]
    assert limit["type"] == "Container"
    assert limit["default"] == {"memory": "1Gi"}
    assert limit["defaultRequest"] == {"cpu": "250m", "memory": "512Mi"}


@pytest.mark.capability("G11")
def test_nothing_comes_in_or_goes_out_unless_a_policy_says_so() -> None:
    assert policy("deny-all") == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


@pytest.mark.capability("G11")
def test_pods_find_names_and_reach_services_but_not_the_nodes_identity_or_other_teams() -> None:
    assert {port["port"] for port in policy("allow-dns")["egress"][0]["ports"]} == {53}
    (rule,) = policy("allow-https-out")["egress"]
    assert rule["ports"] == [{"protocol": "TCP", "port": 443}]
    (peer,) = rule["to"]
    assert peer["ipBlock"] == {
        "cidr": "0.0.0.0/0",
        "except": ["169.254.169.254/32", "172.20.0.0/16", "172.21.0.0/16"],
    }


def test_only_named_namespaces_may_call() -> None:
    (rule,) = policy("allow-callers")["ingress"]
    assert rule["from"] == [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}]
    names = {each.name for each in made(replace(TEAM, reached_from=()))}
    assert "x-np-allow-callers" not in names


def test_a_call_gets_out_as_well_as_in() -> None:
    assert policy("allow-calls")["policyTypes"] == ["Egress"]
    (rule,) = policy("allow-calls")["egress"]
    assert rule["to"] == [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "text"}}}]
    assert "x-np-allow-calls" not in {each.name for each in made(replace(TEAM, reaches=()))}


@pytest.mark.parametrize("level", ["restricted", "baseline"])
def test_pod_security_is_enforced_and_told(level: Any) -> None:
    labels = one(made(replace(TEAM, pod_security=level)), ":Namespace").inputs["metadata"]["labels"]
    modes = {labels[f"pod-security.kubernetes.io/{mode}"] for mode in ("enforce", "audit", "warn")}
    assert modes == {level}


@pytest.mark.capability("I5")
def test_the_entra_group_is_bound_to_its_own_namespace() -> None:
    binding = one(made(), ":RoleBinding").inputs
    assert binding["metadata"]["namespace"] == "vision"
    assert binding["roleRef"]["kind"] == "Role"
    assert [(each["kind"], each["name"]) for each in binding["subjects"]] == [("Group", TEAM.group_id)]


@pytest.mark.capability("I5")
def test_no_role_reaches_secrets_or_other_peoples_queues() -> None:
    rules = one(made(), "v1:Role").inputs["rules"]
    assert all("secrets" not in rule["resources"] and "*" not in rule["verbs"] for rule in rules)
    (kueue,) = [rule for rule in rules if rule["apiGroups"] == ["kueue.x-k8s.io"]]
    assert kueue["verbs"] == ["get", "list", "watch"]


def test_a_service_account_is_its_identity_and_mounts_no_token() -> None:
    account = one(made(), ":ServiceAccount").inputs
    assert account["metadata"]["annotations"] == {"azure.workload.identity/client-id": "a-client"}
    assert account["automountServiceAccountToken"] is False


def test_nothing_is_made_before_the_namespace() -> None:
    recorded = made()
    space = one(recorded, ":Namespace").urn
    later = [each for each in recorded if each.type.startswith("kubernetes:") and each.urn != space]
    binding = one(recorded, ":RoleBinding").urn
    assert [each.name for each in later if each.urn != binding and space not in each.depends_on] == []


@pytest.mark.parametrize("namespace", ["kube-system", "default", "flux-system", "gpu-operator"])
def test_the_clusters_own_namespaces_are_no_teams(namespace: str) -> None:
    assert problems(replace(TEAM, namespace=namespace)) == [f"{namespace} belongs to the cluster"]


@pytest.mark.capability("O3")
def test_managed_prometheus_reads_the_pods_that_ask_for_it() -> None:
    monitor = one(made(), ":PodMonitor").inputs
    assert monitor["metadata"] == {"name": "team", "namespace": "vision"}
    assert monitor["spec"]["selector"] == {"matchLabels": {"platform.gov/metrics": "scrape"}}
    assert [each["port"] for each in monitor["spec"]["podMetricsEndpoints"]] == ["metrics"]
    assert not [each for each in made(replace(TEAM, metrics=False)) if each.type.endswith(":PodMonitor")]
