"""Scrape: which pods of a namespace managed Prometheus reads.

Owns the object's shape, and the label by which a team's pods ask to be read. Does not own what they say: for drift that
is docs/runbooks/publish-drift.md. AKS's own profiles are keys of one ConfigMap for all scrapes; these objects are ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi import ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource

SCRAPED = {"platform.gov/metrics": "scrape"}
"""A team's pod with this label is read at its port `metrics`, path /metrics."""


def scrape(name: str, monitor: str, namespace: str, labels: Mapping[str, str], opts: ResourceOptions) -> CustomResource:
    """The pods with `labels`, twice a minute."""
    return CustomResource(
        name,
        api_version="azmonitoring.coreos.com/v1",
        kind="PodMonitor",
        metadata={"name": monitor, "namespace": namespace},
        spec={
            "selector": {"matchLabels": dict(labels)},
            "podMetricsEndpoints": [{"port": "metrics", "interval": "30s"}],
        },
        opts=opts,
    )
