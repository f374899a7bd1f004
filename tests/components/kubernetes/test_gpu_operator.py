"""The GPU operator: what it installs, and how GPUs are offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from components.kubernetes.gpu_operator import GpuOperator, device_plugin_config, problems, values
from tests.components.kubernetes.examples import OPERATOR
from tests.components.recording import one, record


@pytest.mark.capability("G2", "G6")
@pytest.mark.parametrize("driver", [True, False])
def test_driver_and_toolkit_come_together_or_not_at_all(driver: bool) -> None:
    made = values(replace(OPERATOR, driver=driver))
    assert made["driver"]["enabled"] is made["toolkit"]["enabled"] is driver


@pytest.mark.capability("G10")
@pytest.mark.parametrize(("driver", "infiniband"), [(True, True), (True, False), (False, True)])
def test_gpus_are_reached_over_infiniband_where_the_operator_has_the_driver(driver: bool, infiniband: bool) -> None:
    made = values(replace(OPERATOR, driver=driver, infiniband=infiniband))
    assert made["driver"]["rdma"]["enabled"] is (driver and infiniband)


@pytest.mark.capability("G6")
def test_the_toolkit_reads_containerds_file_so_that_nodes_stay_ready() -> None:
    assert {"name": "RUNTIME_CONFIG_SOURCE", "value": "file"} in values(OPERATOR)["toolkit"]["env"]


@pytest.mark.capability("G3")
def test_slices_are_made_by_aks_alone() -> None:
    assert values(OPERATOR)["migManager"] == {"enabled": False}


@pytest.mark.capability("G3")
def test_each_kind_of_pool_finds_its_configuration() -> None:
    data = one(record(lambda: GpuOperator("x", OPERATOR)), ":ConfigMap").inputs["data"]
    assert set(data) == {"whole", "mig-single", "shares-4"}
    assert yaml.safe_load(data["mig-single"])["flags"] == {"migStrategy": "single"}
    slicing = yaml.safe_load(data["shares-4"])["sharing"]["timeSlicing"]
    assert slicing["resources"] == [{"name": "nvidia.com/gpu", "replicas": 4}]
    assert slicing["failRequestsGreaterThanOne"] is True


@pytest.mark.parametrize("name", ["mig-both", "shares-", "half"])
def test_a_label_that_no_configuration_has_is_a_problem(name: str) -> None:
    assert device_plugin_config(name) is None
    assert problems(replace(OPERATOR, configs=(name,))) == [f"unknown device configuration {name}"]


@pytest.mark.capability("G7")
def test_managed_prometheus_reads_the_gpus() -> None:
    monitor = one(record(lambda: GpuOperator("x", OPERATOR)), ":PodMonitor")
    assert monitor.type == "kubernetes:azmonitoring.coreos.com/v1:PodMonitor"
    assert monitor.inputs["spec"]["selector"] == {"matchLabels": {"app": "nvidia-dcgm-exporter"}}


@pytest.mark.capability("G7")
def test_without_metrics_nothing_is_exported_or_read() -> None:
    args = replace(OPERATOR, metrics=False)
    assert values(args)["dcgmExporter"]["enabled"] is False
    assert not [each for each in record(lambda: GpuOperator("x", args)) if each.type.endswith(":PodMonitor")]
