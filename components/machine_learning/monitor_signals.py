"""Signals of a model monitor: which comparison, on which data, above which value somebody is told.

Owns their shape. Owns no resource: a monitor is one schedule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pulumi_azure_native import machinelearningservices as ml

Signal: TypeAlias = (
    "ml.DataDriftMonitoringSignalArgs | ml.PredictionDriftMonitoringSignalArgs | ml.DataQualityMonitoringSignalArgs"
    " | ml.FeatureAttributionDriftMonitoringSignalArgs"
)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """`collected`: folder of the data collector. `reference`: MLTable with the training data."""

    collected: str
    reference: str
    target_column: str
    window_days: int


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Above which value somebody is told, for `attribution_ndcg` below which; None: not watched."""

    data_drift: float | None
    prediction_drift: float | None
    null_rate: float | None
    attribution_ndcg: float | None


def signals(compared: Compared, thresholds: Thresholds, notify: Sequence[str]) -> dict[str, Signal]:
    """The signals by name."""
    found: dict[str, Signal] = {}
    inputs, outputs = _production(compared, "model_inputs"), _production(compared, "model_outputs")
    reference = _reference(compared)
    told = list(notify)
    if thresholds.data_drift is not None:
        found["data-drift"] = ml.DataDriftMonitoringSignalArgs(
            signal_type="DataDrift",
            production_data=inputs,
            reference_data=reference,
            metric_thresholds=_drift(thresholds.data_drift),
            notification_types=told,
        )
    if thresholds.prediction_drift is not None:
        found["prediction-drift"] = ml.PredictionDriftMonitoringSignalArgs(
            signal_type="PredictionDrift",
            production_data=outputs,
            reference_data=reference,
            metric_thresholds=_prediction_drift(thresholds.prediction_drift),
            notification_types=told,
        )
    if thresholds.null_rate is not None:
        found["data-quality"] = ml.DataQualityMonitoringSignalArgs(
            signal_type="DataQuality",
            production_data=inputs,
            reference_data=reference,
            metric_thresholds=_quality(thresholds.null_rate),
            notification_types=told,
        )
    if thresholds.attribution_ndcg is not None:
        found["attribution-drift"] = _attribution(compared, thresholds.attribution_ndcg, told)
    return found


def _attribution(
    compared: Compared, threshold: float, told: list[str]
) -> ml.FeatureAttributionDriftMonitoringSignalArgs:
    return ml.FeatureAttributionDriftMonitoringSignalArgs(
        signal_type="FeatureAttributionDrift",
        production_data=[_production(compared, "model_inputs"), _production(compared, "model_outputs")],
        reference_data=_reference(compared),
        feature_importance_settings=ml.FeatureImportanceSettingsArgs(
            mode="Enabled", target_column=compared.target_column
        ),
        metric_threshold=ml.FeatureAttributionMetricThresholdArgs(
            metric="NormalizedDiscountedCumulativeGain", threshold=_value(threshold)
        ),
        notification_types=told,
    )


def _value(value: float) -> ml.MonitoringThresholdArgs:
    return ml.MonitoringThresholdArgs(value=value)


def _drift(value: float) -> list[ml.NumericalDataDriftMetricThresholdArgs | ml.CategoricalDataDriftMetricThresholdArgs]:
    return [
        ml.NumericalDataDriftMetricThresholdArgs(
            data_type="Numerical", metric="JensenShannonDistance", threshold=_value(value)
        ),
        ml.CategoricalDataDriftMetricThresholdArgs(
            data_type="Categorical", metric="JensenShannonDistance", threshold=_value(value)
        ),
    ]


def _prediction_drift(
    value: float,
) -> list[ml.NumericalPredictionDriftMetricThresholdArgs | ml.CategoricalPredictionDriftMetricThresholdArgs]:
    return [
        ml.NumericalPredictionDriftMetricThresholdArgs(
            data_type="Numerical", metric="JensenShannonDistance", threshold=_value(value)
        ),
        ml.CategoricalPredictionDriftMetricThresholdArgs(
            data_type="Categorical", metric="JensenShannonDistance", threshold=_value(value)
        ),
    ]


def _quality(
    value: float,
) -> list[ml.NumericalDataQualityMetricThresholdArgs | ml.CategoricalDataQualityMetricThresholdArgs]:
    return [
        ml.NumericalDataQualityMetricThresholdArgs(
            data_type="Numerical", metric="NullValueRate", threshold=_value(value)
        ),
        ml.CategoricalDataQualityMetricThresholdArgs(
            data_type="Categorical", metric="NullValueRate", threshold=_value(value)
        ),
    ]


def _production(compared: Compared, collection: str) -> ml.RollingInputDataArgs:
    return ml.RollingInputDataArgs(
        input_data_type="Rolling",
        job_input_type="uri_folder",
        uri=f"{compared.collected}/{collection}",
        data_context=collection,
        window_size=f"P{compared.window_days}D",
        window_offset="P0D",
    )


def _reference(compared: Compared) -> ml.FixedInputDataArgs:
    return ml.FixedInputDataArgs(
        input_data_type="Fixed",
        job_input_type="mltable",
        uri=compared.reference,
        data_context="training",
        # The CLI hands its `data_column_names` on as they are, and calls this one so (azure-ai-ml, signals.py).
        columns={"target_column": compared.target_column},
    )
