"""Charts are pinned, and nothing that needs them comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.kubernetes.chart import Chart, ChartArgs, problems, release_spec
from facts.charts import chart, charts
from tests.components.kubernetes.examples import CHART
from tests.components.recording import one, record


@pytest.mark.capability("G6")
def test_an_oci_chart_is_pinned_by_its_digest() -> None:
    source = one(record(lambda: Chart("x", CHART)), ":OCIRepository").inputs["spec"]
    assert source["ref"] == {"tag": chart("kueue").version, "digest": chart("kueue").digest}


@pytest.mark.capability("G6")
def test_a_chart_of_a_repository_is_pinned_by_its_version() -> None:
    args = ChartArgs(chart="gpu-operator", namespace="gpu-operator", pod_security="privileged", values={})
    recorded = record(lambda: Chart("x", args))
    assert one(recorded, ":HelmRepository").inputs["spec"]["url"] == "https://helm.ngc.nvidia.com/nvidia"
    release = one(recorded, ":HelmRelease").inputs["spec"]
    assert release["chart"]["spec"]["version"] == "v25.10.1"


@pytest.mark.parametrize("name", sorted(charts()))
def test_a_digest_is_known_or_the_reason_is_told(name: str) -> None:
    assert (chart(name).digest is None) == (chart(name).reason is not None)


@pytest.mark.parametrize("kind", [":OCIRepository", ":HelmRelease"])
def test_an_update_waits_until_the_chart_is_ready(kind: str) -> None:
    metadata = one(record(lambda: Chart("x", CHART)), kind).inputs["metadata"]
    assert metadata["annotations"] == {"pulumi.com/waitFor": "condition=Ready"}


def test_an_update_waits_longer_than_flux_tries() -> None:
    release = one(record(lambda: Chart("x", CHART)), ":HelmRelease")
    assert (release.create_timeout, release.inputs["spec"]["timeout"]) == ("30m", "15m")


def test_flux_mends_what_somebody_changes_by_hand() -> None:
    assert release_spec(chart("kueue"), CHART)["driftDetection"] == {"mode": "enabled"}


def test_a_namespace_of_another_chart_is_not_made_twice() -> None:
    recorded = record(lambda: Chart("x", replace(CHART, pod_security=None)))
    assert [each for each in recorded if each.type.endswith(":Namespace")] == []


def test_a_chart_stays_out_of_the_clusters_namespaces() -> None:
    assert problems(replace(CHART, namespace="kube-system")) == ["namespace kube-system belongs to the cluster"]


def test_an_unknown_chart_names_the_nearest() -> None:
    with pytest.raises(LookupError, match="kueue"):
        chart("kueu")
