from __future__ import annotations

from dataclasses import replace

import pytest

from components.observability.observability import Observability, ObservabilityArgs, problems
from tests.components.examples import OBSERVABILITY
from tests.components.recording import Recorded, arm_id, one, record


def made(args: ObservabilityArgs = OBSERVABILITY) -> list[Recorded]:
    return record(lambda: Observability("x", args))


def test_neither_service_takes_a_key() -> None:
    recorded = made()
    assert one(recorded, "operationalinsights:Workspace").inputs["features"]["disableLocalAuth"] is True
    assert one(recorded, "applicationinsights:Component").inputs["disableLocalAuth"] is True


def test_application_insights_stores_in_the_workspace() -> None:
    insights = one(made(), "applicationinsights:Component").inputs
    assert insights["ingestionMode"] == "LogAnalytics"
    assert insights["workspaceResourceId"] == arm_id("x-log")


@pytest.mark.parametrize(("cap", "expected"), [(0.5, {"dailyQuotaGb": 0.5}), (None, None)])
def test_no_cap_is_not_a_cap_of_zero(cap: float | None, expected: object) -> None:
    workspace = one(made(replace(OBSERVABILITY, daily_cap_gb=cap)), "operationalinsights:Workspace")
    assert workspace.inputs.get("workspaceCapping") == expected


@pytest.mark.parametrize(
    ("args", "count"),
    [
        (OBSERVABILITY, 0),
        (replace(OBSERVABILITY, retention_days=29), 1),
        (replace(OBSERVABILITY, retention_days=731), 1),
        (replace(OBSERVABILITY, daily_cap_gb=0.0), 1),
        (replace(OBSERVABILITY, daily_cap_gb=-1.0, retention_days=1), 2),
    ],
)
def test_what_azure_would_refuse_is_a_problem(args: ObservabilityArgs, count: int) -> None:
    assert len(problems(args)) == count


@pytest.mark.capability("O5")
def test_logs_of_containers_are_on_the_cheap_plan_and_kept_as_long_as_all_others() -> None:
    table = one(made(replace(OBSERVABILITY, container_log_days=365)), "operationalinsights:Table").inputs
    assert (table["tableName"], table["plan"], table["totalRetentionInDays"]) == ("ContainerLogV2", "Basic", 365)
    assert "retentionInDays" not in table


@pytest.mark.capability("O5")
def test_without_logs_of_containers_their_table_is_left_alone() -> None:
    assert [each.name for each in made() if each.type.endswith(":Table")] == []
