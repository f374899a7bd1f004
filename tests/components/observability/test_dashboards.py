from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from components.observability import alert_wiring, prometheus_cluster
from components.observability.boards import BOARDS, Board, model
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


def test_drift_is_drawn_from_the_series_that_its_alert_judges() -> None:
    (drift,) = [panel for board in BOARDS if board.name == "drift" for panel in board.panels]
    alerts = {each.id: each for group in alert_wiring.rule_groups(AlertSettings()) for each in group.alerts}
    assert alerts["model-drift"].expression.startswith(f"{drift.expression} > ")


@pytest.mark.parametrize("metric", ["DCGM_FI_DEV_GPU_TEMP", "kube_pod_container_status_restarts"])
def test_a_dashboard_groups_a_metric_by_labels_that_an_alert_on_it_has(metric: str) -> None:
    alerts = [each for group in alert_wiring.rule_groups(AlertSettings()) for each in group.alerts]
    known = {label for each in alerts if metric in each.expression for label in _labels(each.expression)}
    drawn = [panel for board in BOARDS for panel in board.panels if metric in panel.expression]
    assert drawn
    for panel in drawn:
        assert set(_labels(panel.expression)) <= known, panel.title


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
def test_a_legend_names_labels_that_its_graph_keeps(board: Board) -> None:
    recorded = {each.record: each for group in alert_wiring.rule_groups(AlertSettings()) for each in group.recordings}
    for panel in board.panels:
        source = recorded[panel.expression].expression if panel.expression in recorded else panel.expression
        kept = _labels(source)
        # What is not grouped keeps all its labels.
        assert not kept or set(re.findall(r"\{\{(\w+)\}\}", panel.legend)) <= set(kept), panel.title


def _labels(expression: str) -> list[str]:
    return [label for found in re.findall(r"\bby \(([^)]*)\)", expression) for label in found.split(", ")]


def test_boards_of_one_name_and_empty_ones_are_refused() -> None:
    twice = replace(DASHBOARDS, boards=(BOARDS[0], BOARDS[0]))
    assert problems(twice) == ["two boards are named cluster"]
    assert problems(replace(DASHBOARDS, boards=(replace(BOARDS[0], panels=()),))) == ["board cluster has no panel"]
