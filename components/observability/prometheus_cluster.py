"""Prometheus rules of nodes, pods and volumes.

Owns no resource. Does not own what Azure measures of the cluster from outside (`metric_alert_table`).
"""

from __future__ import annotations

from components.observability.alert import Severity
from components.observability.prometheus_rules import PrometheusAlert, Recording, RuleGroup

NODES = RuleGroup(
    name="nodes",
    what="Whether nodes and volumes have room, and nodes answer.",
    recordings=(
        Recording(
            record="node:cpu_used:ratio",
            expression='1 - avg by (cluster, instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
        ),
        Recording(
            record="node:memory_used:ratio",
            expression="1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
        ),
    ),
    alerts=(
        PrometheusAlert(
            id="node-not-ready",
            severity=Severity.ERROR,
            what="A node has not been ready for ten minutes.",
            runbook="node-not-ready.md",
            expression='max by (cluster, node) (kube_node_status_condition{condition="Ready", status="true"}) == 0',
            minutes=10,
        ),
        PrometheusAlert(
            id="node-memory",
            severity=Severity.WARNING,
            what="A node has used more than 90 % of its memory for 15 minutes.",
            runbook="node-pressure.md",
            expression="node:memory_used:ratio > 0.9",
            minutes=15,
        ),
        PrometheusAlert(
            id="node-disk",
            severity=Severity.WARNING,
            what="A node's root disk is more than 85 % full.",
            runbook="node-pressure.md",
            expression='1 - node_filesystem_avail_bytes{mountpoint="/"} / '
            'node_filesystem_size_bytes{mountpoint="/"} > 0.85',
            minutes=15,
        ),
        PrometheusAlert(
            id="volume-full",
            severity=Severity.WARNING,
            what="A volume of a pod is more than 90 % full.",
            runbook="volume-full.md",
            expression="max by (cluster, namespace, persistentvolumeclaim) "
            "(kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes) > 0.9",
            minutes=15,
        ),
        PrometheusAlert(
            id="metrics-missing",
            severity=Severity.WARNING,
            what="The cluster sends no metrics of its nodes, so no alert on them can fire.",
            runbook="metrics-missing.md",
            expression="absent(kube_node_info)",
            minutes=15,
        ),
    ),
)


PODS = RuleGroup(
    name="pods",
    what="Whether pods stay up and jobs finish.",
    alerts=(
        PrometheusAlert(
            id="pod-restarts",
            severity=Severity.WARNING,
            what="A container restarted more than three times within 15 minutes.",
            runbook="pod-restarts.md",
            expression="sum by (cluster, namespace, pod, container) "
            "(increase(kube_pod_container_status_restarts_total[15m])) > 3",
            minutes=5,
        ),
        PrometheusAlert(
            id="pod-out-of-memory",
            severity=Severity.WARNING,
            what="A container was ended because it used more memory than its limit.",
            runbook="pod-restarts.md",
            expression="sum by (cluster, namespace, pod, container) "
            "(increase(kube_pod_container_status_restarts_total[15m])) > 0 "
            "and on (cluster, namespace, pod, container) max by (cluster, namespace, pod, container) "
            '(kube_pod_container_status_last_terminated_reason{reason="OOMKilled"}) == 1',
            minutes=1,
        ),
        PrometheusAlert(
            id="replicas-missing",
            severity=Severity.ERROR,
            what="A deployment has had fewer replicas than it wants for 15 minutes.",
            runbook="pod-restarts.md",
            expression="max by (cluster, namespace, deployment) (kube_deployment_spec_replicas) "
            "> max by (cluster, namespace, deployment) (kube_deployment_status_replicas_available)",
            minutes=15,
        ),
        PrometheusAlert(
            id="job-failed",
            severity=Severity.INFORMATIONAL,
            what="A job failed.",
            runbook="job-failed.md",
            expression="max by (cluster, namespace, job_name) (kube_job_status_failed) > 0",
            minutes=5,
        ),
    ),
)
