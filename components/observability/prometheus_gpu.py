"""Prometheus rules of GPUs, from what NVIDIA's DCGM exporter measures.

Owns no resource. Only metrics that the exporter sends without further settings are needed (`facts.prometheus_metrics`).
"""

from __future__ import annotations

from dataclasses import dataclass

from components.observability.alert import Severity
from components.observability.prometheus_rules import PrometheusAlert, Recording, RuleGroup

# What a program mostly does wrong by itself. NVIDIA has all four among its common errors (XID Errors vR384, 4.1,
# 4.2, 4.4, 4.5); for 13 its catalogue says to restart the program (analyzing-xid-catalog, read 2026-11-25). That the
# other three are the program's is our choice. Every other number is taken for the GPU, its driver or its bus.
PROGRAM_XIDS = (13, 31, 43, 45)
_GPU = "cluster, Hostname, gpu"


@dataclass(frozen=True, kw_only=True)
class GpuThresholds:
    """From when on a GPU is idle, hot, or missing."""

    idle_hours: int
    idle_percent: int
    hot_celsius: int
    pending_minutes: int


def gpu_rules(limits: GpuThresholds) -> RuleGroup:
    """Recordings and alerts."""
    return RuleGroup(
        name="gpu",
        what="What GPUs do, and what ails them.",
        recordings=_recordings(),
        alerts=(*_use(limits), *_health(limits)),
    )


def _recordings() -> tuple[Recording, ...]:
    return (
        Recording(
            record="gpu:active:ratio",
            # Streaming multiprocessors where the exporter is told to measure them, else the whole engine. Unlike
            # DCGM_FI_DEV_GPU_UTIL both exist on a GPU that is sliced by MIG.
            expression=f"max by ({_GPU}) (DCGM_FI_PROF_SM_ACTIVE) or max by ({_GPU}) (DCGM_FI_PROF_GR_ENGINE_ACTIVE)",
        ),
        Recording(
            record="gpu:memory_used:ratio",
            expression=f"sum by ({_GPU}) (DCGM_FI_DEV_FB_USED) "
            f"/ (sum by ({_GPU}) (DCGM_FI_DEV_FB_USED) + sum by ({_GPU}) (DCGM_FI_DEV_FB_FREE))",
        ),
        Recording(
            record="gpu:requested:count",
            expression='sum by (cluster, namespace) (kube_pod_container_resource_requests{resource="nvidia_com_gpu"})',
        ),
    )


def _use(limits: GpuThresholds) -> tuple[PrometheusAlert, ...]:
    return (
        PrometheusAlert(
            id="gpu-idle",
            severity=Severity.WARNING,
            what=f"A GPU was less than {limits.idle_percent} % busy for {limits.idle_hours} hours, and is paid for.",
            runbook="gpu-idle.md",
            # The second half: an average says nothing of hours in which the node was not there yet.
            expression=f"avg_over_time(gpu:active:ratio[{limits.idle_hours}h]) < {limits.idle_percent / 100:g} "
            f"and gpu:active:ratio offset {limits.idle_hours}h >= 0",
            minutes=30,
        ),
        PrometheusAlert(
            id="gpu-pending",
            severity=Severity.WARNING,
            what=f"A pod has waited {limits.pending_minutes} minutes for a GPU.",
            runbook="gpu-pending.md",
            expression="sum by (cluster, namespace, pod) "
            '(kube_pod_container_resource_requests{resource="nvidia_com_gpu"}) > 0 '
            "and on (cluster, namespace, pod) "
            'max by (cluster, namespace, pod) (kube_pod_status_phase{phase="Pending"}) == 1',
            minutes=limits.pending_minutes,
        ),
    )


def _health(limits: GpuThresholds) -> tuple[PrometheusAlert, ...]:
    program = " and ".join(f"DCGM_FI_DEV_XID_ERRORS != {number}" for number in PROGRAM_XIDS)
    return (
        PrometheusAlert(
            id="gpu-xid",
            severity=Severity.ERROR,
            what="A GPU reported an XID error that is not a program's own.",
            runbook="gpu-xid.md",
            expression=f"max by ({_GPU}) (DCGM_FI_DEV_XID_ERRORS > 0 and {program}) > 0",
            minutes=1,
        ),
        PrometheusAlert(
            id="gpu-memory-fault",
            severity=Severity.ERROR,
            what="A GPU's memory had an error that ECC could not correct.",
            runbook="gpu-memory-fault.md",
            expression=f"max by ({_GPU}) (increase(DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS[1h])) > 0 "
            f"or max by ({_GPU}) (increase(DCGM_FI_DEV_RETIRED_DBE[1h])) > 0 "
            f"or max by ({_GPU}) (DCGM_FI_DEV_ROW_REMAP_FAILURE) > 0",
            minutes=1,
        ),
        PrometheusAlert(
            id="gpu-hot",
            severity=Severity.WARNING,
            what=f"A GPU is at {limits.hot_celsius} °C or more.",
            runbook="gpu-hot.md",
            expression=f"max by ({_GPU}) (DCGM_FI_DEV_GPU_TEMP) >= {limits.hot_celsius}",
            minutes=10,
        ),
        PrometheusAlert(
            id="gpu-throttled",
            severity=Severity.INFORMATIONAL,
            what="A busy GPU runs at less than 70 % of the clock that it reached within the last day.",
            runbook="gpu-hot.md",
            expression=f"max by ({_GPU}) (DCGM_FI_DEV_SM_CLOCK) "
            f"< 0.7 * max by ({_GPU}) (max_over_time(DCGM_FI_DEV_SM_CLOCK[1d])) "
            f"and on ({_GPU}) gpu:active:ratio > 0.8",
            minutes=15,
        ),
    )
