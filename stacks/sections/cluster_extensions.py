"""What Azure installs in the AKS cluster and keeps up to date."""

from __future__ import annotations

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
    redundant_router: bool = Field(
        default=True, description="Optional. Three copies of the inference router, each on a node of its own; else one."
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
    secret: str | None = Field(
        default=None,
        min_length=1,
        description="Conditional. Kubernetes secret (flux-system) with which the repository is read; ssh:// needs one.",
    )
