"""A criterion whose namespace or validation isn't known yet may be about any metric."""

from __future__ import annotations

import pytest

from simulator.errors import ArmError
from simulator.ids import SUBSCRIPTION
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES
from tests.simulator.rule_cases import merge

MACHINE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-other/providers/Microsoft.Compute/virtualMachines/vm"
CRITERION = {**EXAMPLES["monitor:MetricAlert"]["criteria"]["allOf"][0], "metricName": "Disk Queue"}


def write(azure: Azure, scope: object, changes: dict[str, object]) -> None:
    azure.group()
    changed = {"scopes": [scope], "criteria": {"allOf": [{**CRITERION, **changes}]}}
    azure.create("monitor:MetricAlert", "slow", merge(EXAMPLES["monitor:MetricAlert"], changed), preview=True)


def test_a_metric_that_no_machine_has_is_refused(azure: Azure) -> None:
    with pytest.raises(ArmError, match="The metric names were not found Disk Queue") as refused:
        write(azure, MACHINE, {})
    assert "OS Disk Queue Depth" in str(refused.value)


@pytest.mark.parametrize(
    ("scope", "changes"),
    [
        (MACHINE, {"metricNamespace": UNKNOWN}),
        (MACHINE, {"skipMetricValidation": UNKNOWN}),
        (UNKNOWN, {}),
    ],
)
def test_what_is_not_known_yet_is_not_refused(azure: Azure, scope: object, changes: dict[str, object]) -> None:
    write(azure, scope, changes)
