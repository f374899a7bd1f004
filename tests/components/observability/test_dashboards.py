from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from components.observability import alert_wiring, prometheus_cluster
from components.observability.boards import BOARDS, model
from components.observability.dashboards import Dashboards, problems
from stacks.sections.monitoring import AlertSettings
from tests.components.observability.examples import DASHBOARDS
from tests.components.recording import record

pytestmark = pytest.mark.capability("O2")

COMPUTED = {each.record for group in alert_wiring.rule_groups(AlertSettings()) for each in group.recordings}


def test_there_is_a_dashboard_for_the_cluster_gpus_endpoints_drift_and_cost() -> None:
    assert [board.name for board in BOARDS] == ["cluster", "gpu", "endpoints", "drift", "cost"]


def test_every_dashboard_has_the_model_of_its_board() -> None:
    recorded = record(lambda: Dashboards("x", DASHBOARDS))
    made = {r.name: r.inputs for r in recorded if r.type.endswith("DashboardDefinition")}
    for board in BOARDS:
        document = json.loads(made[f"x-{board.name}-definition"]["properties"]["serializedData"])
        assert document["title"] == board.title
        assert [panel["targets"][0]["expr"] for panel in document["panels"]] == [p.expression for p in board.panels]


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_graphs_lie_beside_and_below_each_other(board: object) -> None:
    panels = json.loads(model(board))["panels"]  # type: ignore[arg-type]
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]
    assert len(set(places)) == len(places)
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)


def test_a_series_that_a_dashboard_reads_is_computed_by_a_rule() -> None:
    read = {
        name
        for board in BOARDS
        for panel in board.panels
        for name in re.findall(r"\b[a-z_]+:[a-z_0-9]+:[a-z0-9]+", panel.expression)
    }
    assert read - COMPUTED == set()
    assert prometheus_cluster.NODES.recordings[0].record in read


def test_boards_of_one_name_and_empty_ones_are_refused() -> None:
    twice = replace(DASHBOARDS, boards=(BOARDS[0], BOARDS[0]))
    assert problems(twice) == ["two boards are named cluster"]
    assert problems(replace(DASHBOARDS, boards=(replace(BOARDS[0], panels=()),))) == ["board cluster has no panel"]
