"""Serving: models as plain deployments that scale to zero."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.kubernetes.scrape import SCRAPED
from components.kubernetes.serving import Serving, problems
from tests.components.kubernetes.examples import MODEL, SERVING
from tests.components.recording import one, record


def spec(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = one(record(lambda: Serving("x", SERVING)), kind).inputs["spec"]
    return found


@pytest.mark.capability("L7")
def test_kserve_runs_in_standard_mode() -> None:
    release = one(record(lambda: Serving("x", SERVING)), ":HelmRelease", "x-kserve-release").inputs["spec"]
    assert release["values"]["kserve"]["controller"]["deploymentMode"] == "RawDeployment"


@pytest.mark.capability("L7")
def test_the_runtime_comes_from_the_platforms_registry_and_has_no_rights() -> None:
    (container,) = spec(":ClusterServingRuntime")["containers"]
    assert container["image"] == SERVING.image
    assert container["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.capability("L7")
def test_a_model_scales_to_zero_by_its_load_and_by_keda_alone() -> None:
    scale = spec(":ScaledObject")
    assert (scale["minReplicaCount"], scale["maxReplicaCount"]) == (0, 3)
    assert scale["scaleTargetRef"] == {"name": "roads-predictor"}
    assert scale["triggers"][0]["metadata"]["threshold"] == "10"
    service = one(record(lambda: Serving("x", SERVING)), ":InferenceService")
    assert service.inputs["metadata"]["annotations"] == {"serving.kserve.io/autoscalerClass": "external"}


def test_what_alerts_and_boards_ask_of_a_model_is_published_and_read() -> None:
    [container] = spec(":ClusterServingRuntime")["containers"]
    assert "--metrics-config=summary_latencies=true" in container["args"], "else there is no quantile"
    [port] = [each for each in container["ports"] if each.get("name") == "metrics"]
    assert f"--metrics-port={port['containerPort']:g}" in container["args"]
    assert container["ports"].index(port) == 1, "the first port is where requests go"
    labels = spec(":InferenceService")["predictor"]["labels"]
    assert SCRAPED.items() <= labels.items()


def test_a_models_pods_are_given_the_token_of_their_identity() -> None:
    predictor = spec(":InferenceService")["predictor"]
    assert predictor["labels"]["azure.workload.identity/use"] == "true"
    assert predictor["serviceAccountName"] == "serving"


def test_keda_reads_metrics_as_an_identity() -> None:
    assert spec(":ClusterTriggerAuthentication") == {
        "podIdentity": {"provider": "azure-workload", "identityId": "a-client"}
    }


def test_a_model_waits_for_the_runtime_and_the_runtime_for_kserve() -> None:
    recorded = record(lambda: Serving("x", SERVING))
    assert one(recorded, ":ClusterServingRuntime").urn in one(recorded, ":InferenceService").depends_on
    release = one(recorded, ":HelmRelease", "x-kserve-release")
    assert release.urn in one(recorded, ":ClusterServingRuntime").depends_on
    assert one(recorded, ":HelmRelease", "x-cert-manager-release").urn in release.depends_on


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (replace(SERVING, metrics=None), "models scale by metrics, and none are given"),
        (replace(SERVING, models={"roads": replace(MODEL, min_replicas=4)}), "model roads: 4 to 3 pods"),
        (
            replace(SERVING, models={"roads": replace(MODEL, model_format="pickle")}),
            "model roads: the runtime has no format pickle; it has onnx, tensorrt, pytorch, tensorflow",
        ),
    ],
)
def test_a_model_that_could_not_be_served_is_a_problem(args: Any, problem: str) -> None:
    assert problems(args) == [problem]
