"""What Azure installs in the AKS cluster and keeps up to date."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import GitUrl


class AzureMlExtensionSettings(Section):
    """The cluster as a compute of the Azure ML workspace."""

    training: bool = Field(default=True, description="Optional. Jobs may run in the cluster.")
    inference: bool = Field(default=False, description="Optional. Online endpoints may be served from the cluster.")
    allow_unencrypted_inference: bool = Field(
        default=False,
        description="Optional. Endpoints answer over HTTP inside the spoke; otherwise `tls_secret` is needed.",
    )
    tls_secret: str | None = Field(
        default=None, min_length=1, description="Conditional. Kubernetes secret (namespace azureml) with a certificate."
    )
    tls_host: str | None = Field(
        default=None, min_length=1, description="Conditional. Host name of that certificate; needed with `tls_secret`."
    )
    router_replicas: int = Field(
        default=3, ge=1, le=50, description="Optional. Copies of the inference router; below 3 it is not redundant."
    )
    volcano: bool = Field(
        default=False, description="Optional. Azure ML's own scheduler of jobs; off where Kueue queues them."
    )


class GitOpsSettings(Section):
    """Flux: what the folder `gitops/clusters/<environment>` of a repository says is applied, and nothing else."""

    url: GitUrl = Field(description="Required. Repository with the folder `gitops`: https://… or ssh://….")
    branch: str = Field(default="main", min_length=1, description="Optional. Branch that the cluster follows.")
    sync_minutes: int = Field(default=5, ge=1, le=60, description="Optional. Minutes between two looks at it.")
    prune: bool = Field(default=True, description="Optional. What is taken out of the folder is deleted.")
    credentials: Literal["none", "workload_identity", "secret"] = Field(
        default="none", description="Optional. none: a public repository; secret: the one named `secret`."
    )
    secret: str | None = Field(
        default=None, min_length=1, description="Conditional. Kubernetes secret (flux-system) from the vault."
    )
