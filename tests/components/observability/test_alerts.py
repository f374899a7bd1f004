"""What holds for every alert, whatever measures it, and that each has its runbook."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import stacks
from components.observability import metric_alerts
from components.observability.alert import Alert, Severity, alert_problems
from components.observability.alert_wiring import rule_groups
from components.observability.metric_alerts import MetricAlert
from components.observability.prometheus_rules import MOST_RULES, PrometheusAlert
from docs.alert_page import alerts, render
from facts.metrics import platform_metrics
from facts.prometheus_metrics import exporter_of, prometheus_metrics
from stacks.sections.monitoring import AlertSettings
from tests.components.observability.examples import METRIC_ALERTS

ROOT = Path(__file__).parents[3]
ALERTS = [alert for _, alert in alerts()]
GROUPS = rule_groups(AlertSettings())
EXPRESSIONS = {
    **{each.record: each.expression for group in GROUPS for each in group.recordings},
    **{each.id: each.expression for group in GROUPS for each in group.alerts},
}
# What stands in PromQL without being a metric.
_WORDS = {
    "and", "or", "unless", "on", "by", "offset", "sum", "max", "min", "avg", "rate", "increase", "histogram_quantile",
    "avg_over_time", "max_over_time", "absent", "ignoring", "group_left", "label_replace",
}  # fmt: skip


def metrics_of(expression: str) -> set[str]:
    """The series that a PromQL expression reads: its names outside of label lists, strings and durations."""
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"|offset \w+", "", expression)
    bare = re.sub(r"\b(by|on|ignoring)\s*\([^)]*\)", "", bare)
    return {word for word in re.findall(r"[A-Za-z_:][\w:]*", bare) if word not in _WORDS}


@pytest.mark.capability("O3", "O4", "G8")
def test_every_alert_names_a_runbook_that_names_it() -> None:
    for alert in ALERTS:
        assert alert_problems(alert) == []
        text = (ROOT / alert.runbook_path).read_text(encoding="utf-8")
        assert f"`{alert.id}`" in text.split("\n## ")[0], f"{alert.runbook} does not say that it is about {alert.id}"


@pytest.mark.capability("O3", "O4", "G8")
def test_every_runbook_of_alerts_is_named_by_each_of_them() -> None:
    named = {(alert.runbook, alert.id) for alert in ALERTS}
    for file in (ROOT / "docs" / "runbooks").glob("*.md"):
        head = re.search(r"^Alerts: (.*)\.$", file.read_text(encoding="utf-8"), re.MULTILINE)
        said = re.findall(r"`([^`]+)`", head.group(1)) if head else []
        assert {(file.name, each) for each in said} <= named


def test_a_runbook_of_alerts_says_what_to_look_at_first_and_whom_to_tell() -> None:
    for name in {alert.runbook for alert in ALERTS}:
        text = (ROOT / "docs" / "runbooks" / name).read_text(encoding="utf-8")
        for part in ("What it means", "Look first", "Likely causes", "Fix", "Escalate"):
            assert f"\n## {part}\n\n" in text, f"{name} has no part {part}"
        assert re.search(r"```(sh|kusto|promql)\n", text), f"{name} has no command to begin with"


def test_no_two_alerts_have_one_id() -> None:
    assert [each for each, count in Counter(alert.id for alert in ALERTS).items() if count > 1] == []


def test_the_page_lists_every_alert() -> None:
    page = render()
    assert [alert.id for alert in ALERTS if f"| `{alert.id}` |" not in page] == []


@pytest.mark.capability("O3", "G8")
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_is_balanced_and_reads_only_series_that_exist(name: str) -> None:
    expression = EXPRESSIONS[name]
    for opening, closing in ("()", "[]", "{}"):
        assert expression.count(opening) == expression.count(closing)
    assert expression.count('"') % 2 == 0
    recorded = {each.record for group in GROUPS for each in group.recordings}
    unknown = {each for each in metrics_of(expression) - recorded if exporter_of(each) is None}
    assert unknown == set()


@pytest.mark.capability("G8")
def test_no_gpu_rule_depends_on_a_metric_that_the_exporter_leaves_out() -> None:
    """An optional metric may only be the first choice before one that is always there."""
    optional = set(prometheus_metrics()["optional"])
    for name, expression in EXPRESSIONS.items():
        choices = expression.split(" or ")
        if any(optional & metrics_of(choice) for choice in choices):
            assert [c for c in choices if not optional & metrics_of(c)], name


@pytest.mark.capability("G8")
@pytest.mark.parametrize(
    ("alert", "metric"),
    [
        ("gpu-idle", "gpu:active:ratio"),
        ("gpu-xid", "DCGM_FI_DEV_XID_ERRORS"),
        ("gpu-memory-fault", "DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS"),
        ("gpu-hot", "DCGM_FI_DEV_GPU_TEMP"),
        ("gpu-pending", "kube_pod_status_phase"),
        ("gpu-throttled", "DCGM_FI_DEV_SM_CLOCK"),
    ],
)
def test_what_ails_a_gpu_has_an_alert(alert: str, metric: str) -> None:
    assert metric in metrics_of(EXPRESSIONS[alert])


@pytest.mark.capability("O4")
def test_a_metric_alert_reads_a_metric_that_azure_has() -> None:
    for alert in ALERTS:
        if isinstance(alert, MetricAlert):
            known = platform_metrics(alert.resource_type)
            assert known is not None
            assert alert.metric in known.names


@pytest.mark.capability("O4")
def test_a_metric_is_aggregated_as_azure_can() -> None:
    least = Severity.VERBOSE
    table = tuple(alert for alert in ALERTS if isinstance(alert, MetricAlert))
    assert metric_alerts.problems(replace(METRIC_ALERTS, alerts=table, least=least)) == []
    waiting = next(alert for alert in table if alert.id == "pods-unschedulable")
    wrong = replace(METRIC_ALERTS, alerts=(replace(waiting, aggregation="Minimum"),))
    assert metric_alerts.problems(wrong) == [
        "alert pods-unschedulable: cluster_autoscaler_unschedulable_pods_count has no Minimum, only Average, Total"
    ]


def test_limits_follow_the_settings() -> None:
    changed = AlertSettings(gpu_idle_hours=7, gpu_idle_percent=11, gpu_hot_celsius=77, model_drift_score=0.42)
    found = {alert.id: alert for group in rule_groups(changed) for alert in group.alerts}
    assert found["gpu-idle"].expression.startswith("avg_over_time(gpu:active:ratio[7h]) < 0.11 ")
    assert found["gpu-hot"].expression.endswith(">= 77")
    assert found["model-drift"].expression.endswith("> 0.42")


@pytest.mark.capability("G8")
def test_a_gpu_that_has_just_come_is_not_idle_for_hours() -> None:
    """The average of a young series is that of its few minutes: the series must have been there at the start."""
    for hours in (2, 7):
        found = {each.id: each for group in rule_groups(AlertSettings(gpu_idle_hours=hours)) for each in group.alerts}
        assert f" and gpu:active:ratio offset {hours}h >= 0" in found["gpu-idle"].expression


@pytest.mark.capability("O3")
def test_a_rule_group_is_small_enough_for_azure() -> None:
    assert [group.name for group in GROUPS if len(group.recordings) + len(group.alerts) > MOST_RULES] == []


def test_prod_makes_all_alerts_but_those_that_are_only_written_down() -> None:
    assert stacks.load("prod").monitoring.alerts.up_to_severity == Severity.INFORMATIONAL


def test_a_prometheus_alert_waits_at_least_a_minute() -> None:
    assert all(alert.minutes >= 1 for alert in ALERTS if isinstance(alert, PrometheusAlert))


def test_the_example_of_a_bad_alert_is_found() -> None:
    bad = Alert(id="a", severity=Severity.ERROR, what="no sentence", runbook="a.md")
    assert alert_problems(bad) != []
    assert metrics_of('sum by (a, b) (rate(http_total{code="x"}[5m])) > 0.5 offset 1h') == {"http_total"}
