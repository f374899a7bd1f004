"""Prometheus rules of models that Triton serves in the cluster (`components.kubernetes.serving`), and of their drift.

Owns no resource. Does not own Azure ML's managed endpoints: Azure measures those (`metric_alert_table`).
"""

from __future__ import annotations

from dataclasses import dataclass

from components.observability.alert import Severity
from components.observability.prometheus_rules import PrometheusAlert, Recording, RuleGroup


@dataclass(frozen=True, kw_only=True)
class ServingThresholds:
    """From when on a model is slow, or drifts."""

    p95_seconds: float
    drift_score: float


def _named(series: str) -> str:
    """With the label `model_name`, which drift has: Triton's own is `model`."""
    return f'label_replace({series}, "model_name", "$1", "model", "(.+)")'


_SLOWEST = _named('nv_inference_request_summary_us{quantile="0.95"}')
_RECORDINGS = (
    # Of the slowest replica: quantiles of several can't be joined.
    Recording(
        record="model:latency_seconds:p95",
        expression=f"max by (cluster, namespace, model_name) ({_SLOWEST}) / 1000000",
    ),
    Recording(
        record="model:predictions:rate",
        expression=f"sum by (cluster, namespace, model_name) ({_named('rate(nv_inference_request_success[5m])')})",
    ),
    # Teams publish it: docs/runbooks/publish-drift.md.
    Recording(
        record="model:drift_score:max",
        expression="max by (cluster, namespace, model_name, feature) (model_drift_score)",
    ),
)


def serving_rules(limits: ServingThresholds) -> RuleGroup:
    """Latency, throughput and drift."""
    return RuleGroup(
        name="serving",
        what="How fast models answer, how much they are asked, and whether their inputs drift.",
        recordings=_RECORDINGS,
        alerts=(
            PrometheusAlert(
                id="model-slow",
                severity=Severity.WARNING,
                what=f"One prediction in twenty takes longer than {limits.p95_seconds:g} s.",
                runbook="model-slow.md",
                expression=f"model:latency_seconds:p95 > {limits.p95_seconds:g}",
                minutes=10,
            ),
            PrometheusAlert(
                id="model-silent",
                severity=Severity.ERROR,
                what="A model that was asked an hour ago has answered nothing for 15 minutes.",
                runbook="model-silent.md",
                expression="model:predictions:rate == 0 and model:predictions:rate offset 1h > 0",
                minutes=15,
            ),
            PrometheusAlert(
                id="model-drift",
                severity=Severity.WARNING,
                what=f"The drift score of a model's feature is above {limits.drift_score:g}.",
                runbook="model-drift.md",
                expression=f"model:drift_score:max > {limits.drift_score:g}",
                minutes=30,
            ),
        ),
    )
