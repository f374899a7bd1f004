"""From settings to what Azure installs in the cluster: Azure ML's extension and Flux."""

from __future__ import annotations

from pulumi import Input

from components.aks.azure_ml_extension import AzureMlExtension, AzureMlExtensionArgs, Certificate, Inference
from components.aks.git_ops import GitOps, GitOpsArgs
from components.aks.wiring import Aks
from components.context import Foundation
from stacks.sections.cluster_extensions import AzureMlExtensionSettings


def build(foundation: Foundation, aks: Aks, workspace_id: Input[str]) -> AzureMlExtension | None:
    """Azure ML's extension, where the stack wants it; what an attached compute waits for."""
    wanted = foundation.settings.cluster.azure_ml
    if wanted is None:
        return None
    args = AzureMlExtensionArgs(
        resource_group_name=foundation.group_name("cluster"),
        cluster_name=aks.cluster.cluster_name,
        workspace_id=workspace_id,
        training=wanted.training,
        inference=inference(wanted),
        volcano=wanted.volcano,
        ready=aks.pools,
    )
    return AzureMlExtension(f"{foundation.prefix}-azure-ml", args, foundation.child)


def inference(wanted: AzureMlExtensionSettings) -> Inference | None:
    """How endpoints answer."""
    if not wanted.inference:
        return None
    certificate = None
    if wanted.tls_secret is not None and wanted.tls_host is not None:
        certificate = Certificate(secret=wanted.tls_secret, host=wanted.tls_host)
    return Inference(certificate=certificate, redundant=wanted.redundant_router)


def git_ops(foundation: Foundation, aks: Aks) -> GitOps | None:
    """Flux, where the stack wants it; what charts in the cluster wait for."""
    wanted = foundation.settings.cluster.gitops
    if wanted is None:
        return None
    args = GitOpsArgs(
        resource_group_name=foundation.group_name("cluster"),
        cluster_name=aks.cluster.cluster_name,
        url=wanted.url,
        branch=wanted.branch,
        path=cluster_folder(foundation.settings.environment.value),
        sync_minutes=wanted.sync_minutes,
        prune=wanted.prune,
        secret=wanted.secret,
        ready=aks.pools,
    )
    return GitOps(f"{foundation.prefix}-git-ops", args, foundation.child)


def cluster_folder(environment: str) -> str:
    """Where the objects of one environment's cluster are, from the repository's root."""
    return f"gitops/clusters/{environment}"
