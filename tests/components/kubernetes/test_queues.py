"""Queues: the same numbers as the quotas, and whole jobs only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.kubernetes.queues import Queues, QueuesArgs, Share, problems, resource_groups
from tests.components.kubernetes.examples import QUEUES
from tests.components.recording import Recorded, one, record


def made(args: QueuesArgs = QUEUES) -> list[Recorded]:
    return record(lambda: Queues("x", args))


@pytest.mark.capability("G9")
def test_a_team_has_its_share_of_each_pool_in_one_cohort() -> None:
    spec = one(made(), ":ClusterQueue", "x-cluster-queue-vision").inputs["spec"]
    assert spec["cohortName"] == "platform"
    shares = {
        (flavor["name"], resource["name"]): resource["nominalQuota"]
        for group in spec["resourceGroups"]
        for flavor in group["flavors"]
        for resource in flavor["resources"]
    }
    assert shares == {
        ("any", "cpu"): 32,
        ("any", "memory"): "128Gi",
        ("t4", "nvidia.com/gpu"): 2,
        ("a100", "nvidia.com/mig-3g.40gb"): 4,
    }


@pytest.mark.capability("G9")
def test_gpu_jobs_start_with_all_their_nodes_or_not_at_all() -> None:
    config = one(made(), ":ProvisioningRequestConfig").inputs["spec"]
    assert config["provisioningClassName"] == "best-effort-atomic-scale-up.autoscaling.x-k8s.io"
    vision = one(made(), ":ClusterQueue", "x-cluster-queue-vision").inputs["spec"]
    (check,) = vision["admissionChecksStrategy"]["admissionChecks"]
    assert check == {"name": "whole-job", "onFlavors": ["a100", "t4"]}
    text = one(made(), ":ClusterQueue", "x-cluster-queue-text").inputs["spec"]
    assert "admissionChecksStrategy" not in text


@pytest.mark.capability("G9")
def test_idle_shares_are_lent_only_where_the_stack_says_so() -> None:
    spec = one(made(replace(QUEUES, borrow=False)), ":ClusterQueue", "x-cluster-queue-text").inputs["spec"]
    limits = {r["borrowingLimit"] for g in spec["resourceGroups"] for f in g["flavors"] for r in f["resources"]}
    assert limits == {0}
    assert one(made(), ":ClusterQueue", "x-cluster-queue-text").inputs["spec"]["preemption"] == {
        "reclaimWithinCohort": "Any",
        "withinClusterQueue": "LowerPriority",
    }


def test_kueues_own_kinds_wait_for_kueue() -> None:
    recorded = made()
    release = one(recorded, ":HelmRelease").urn
    own = [each for each in recorded if ":ResourceFlavor" in each.type or ":AdmissionCheck" in each.type]
    assert len(own) == 4
    assert [each.name for each in own if release not in each.depends_on] == []


@pytest.mark.capability("G10")
def test_a_job_over_infiniband_is_admitted_to_a_pool_that_has_it() -> None:
    t4, ib = QUEUES.flavors["t4"], replace(QUEUES.flavors["t4"], infiniband=True)
    share = Share(cpu=1, memory_gib=1, gpus={"t4": 2, "ib": 16})
    _, group = resource_groups(replace(QUEUES, flavors={"t4": t4, "ib": ib}), share)
    assert group["coveredResources"] == ["nvidia.com/gpu", "rdma/shared_ib"]
    quotas = {
        flavor["name"]: [(each["name"], each["nominalQuota"]) for each in flavor["resources"]]
        for flavor in group["flavors"]
    }
    assert quotas == {
        "t4": [("nvidia.com/gpu", 2), ("rdma/shared_ib", 0)],
        "ib": [("nvidia.com/gpu", 16), ("rdma/shared_ib", 16)],
    }


def test_a_pool_with_taints_of_its_own_is_offered_to_pods_that_tolerate_them() -> None:
    taint = {"key": "lab", "value": "vision", "effect": "NoSchedule"}
    tainted = replace(QUEUES.flavors["t4"], taints=(taint,))
    recorded = record(lambda: Queues("x", replace(QUEUES, flavors={**QUEUES.flavors, "t4": tainted})))
    assert one(recorded, ":ResourceFlavor", "x-flavor-t4").inputs["spec"]["nodeTaints"] == [taint]
    assert "nodeTaints" not in one(recorded, ":ResourceFlavor", "x-flavor-a100").inputs["spec"]


def test_no_pool_has_the_name_of_the_flavor_for_every_node() -> None:
    wrong = replace(QUEUES, flavors={**QUEUES.flavors, "any": QUEUES.flavors["t4"]})
    assert problems(wrong) == ["the pool any has the name of the flavor that stands for every node"]


def test_a_share_of_no_pool_is_a_problem() -> None:
    wrong = replace(QUEUES, shares={"vision": Share(cpu=1, memory_gib=1, gpus={"h100": 1})})
    assert problems(wrong) == ["vision has GPUs of h100, which is no pool"]
