"""Boards: what each dashboard shows, as data, and the Grafana model that it becomes.

Owns panels and their queries. Queries read series that the rule groups compute (`prometheus_gpu`, `prometheus_cluster`,
`prometheus_serving`), so that a dashboard and an alert never tell two stories.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["percentunit", "short", "s", "reqps", "celsius"]
# Of Grafana 11's dashboard model: a grid of 24 columns.
_COLUMNS = 24
_WIDTH, _HEIGHT = 12, 8
_SCHEMA_VERSION = 39
_SOURCE = {"type": "prometheus", "uid": "${metrics}"}


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One graph. `legend` names the labels that tell its lines apart."""

    title: str
    expression: str
    unit: Unit
    legend: str


@dataclass(frozen=True, kw_only=True)
class Board:
    """One dashboard; `name` is part of its resource's name."""

    name: str
    title: str
    panels: tuple[Panel, ...]


def _panel(title: str, expression: str, unit: Unit, legend: str) -> Panel:
    return Panel(title=title, expression=expression, unit=unit, legend=legend)


_GPU = "{{Hostname}} {{gpu}}"
_TEAM = "{{namespace}}"
_MODEL = "{{namespace}} {{model_name}}"
_FEATURE = "{{namespace}} {{model_name}} {{feature}}"

BOARDS = (
    Board(
        name="cluster",
        title="Cluster",
        panels=(
            _panel("Processors in use", "node:cpu_used:ratio", "percentunit", "{{instance}}"),
            _panel("Memory in use", "node:memory_used:ratio", "percentunit", "{{instance}}"),
            _panel("Pods that wait", 'sum by (namespace) (kube_pod_status_phase{phase="Pending"})', "short", _TEAM),
            _panel(
                "Restarts in an hour",
                "sum by (namespace) (increase(kube_pod_container_status_restarts_total[1h]))",
                "short",
                _TEAM,
            ),
        ),
    ),
    Board(
        name="gpu",
        title="GPUs",
        panels=(
            _panel("Busy", "gpu:active:ratio", "percentunit", _GPU),
            _panel("Memory in use", "gpu:memory_used:ratio", "percentunit", _GPU),
            _panel("Temperature", "max by (Hostname, gpu) (DCGM_FI_DEV_GPU_TEMP)", "celsius", _GPU),
            _panel("Errors (last XID)", "max by (Hostname, gpu) (DCGM_FI_DEV_XID_ERRORS)", "short", _GPU),
        ),
    ),
    Board(
        name="endpoints",
        title="Models in the cluster",
        panels=(
            _panel("Latency, 95th percentile", "model:latency_seconds:p95", "s", _MODEL),
            _panel("Predictions", "model:predictions:rate", "reqps", _MODEL),
        ),
    ),
    Board(
        name="drift",
        title="Drift",
        # By feature: a line for each model would not say which one drifts.
        panels=(_panel("Drift score", "model:drift_score:max", "short", _FEATURE),),
    ),
    Board(
        name="cost",
        title="What GPUs are paid for",
        panels=(
            _panel("GPUs held, by team", "sum by (namespace) (gpu:requested:count)", "short", _TEAM),
            _panel("Idle share of all GPUs", "1 - avg by (cluster) (gpu:active:ratio)", "percentunit", "{{cluster}}"),
            _panel("Nodes", "count by (cluster) (kube_node_info)", "short", "{{cluster}}"),
        ),
    ),
)


def model(board: Board) -> str:
    """The board as Grafana's JSON model: the same text for the same board, so that a preview has no change."""
    document = {
        "title": board.title,
        "schemaVersion": _SCHEMA_VERSION,
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [{"name": "metrics", "type": "datasource", "query": "prometheus"}]},
        "panels": [_graph(number, panel) for number, panel in enumerate(board.panels)],
    }
    return json.dumps(document, sort_keys=True)


def _graph(number: int, panel: Panel) -> dict[str, Any]:
    per_row = _COLUMNS // _WIDTH
    place = {"x": number % per_row * _WIDTH, "y": number // per_row * _HEIGHT, "w": _WIDTH, "h": _HEIGHT}
    return {
        "id": number + 1,
        "type": "timeseries",
        "title": panel.title,
        "datasource": _SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
        "targets": [{"refId": "A", "datasource": _SOURCE, "expr": panel.expression, "legendFormat": panel.legend}],
    }
