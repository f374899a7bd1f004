"""Microsoft.KubernetesConfiguration: what is installed in a cluster from outside."""

from __future__ import annotations

from typing import Final

from simulator.ids import parents
from simulator.model import Request
from simulator.store import Record

CLI: Final = (
    "Azure/azure-cli-extensions:src/k8s-configuration/azext_k8s_configuration/validators.py (checked 2026-11-25)"
)


def cluster_of(request: Request) -> Record | None:
    """The cluster that a request is about, where it is known here."""
    return request.world.get(next(parents(request.id)))
