"""GitOps: Flux in the cluster, which applies one folder of a repository and nothing else.

Owns the Flux extension and its configuration. Does not own what the folder says (`gitops/`), nor objects that the
platform itself makes in the cluster: each object has one owner, or the two undo each other's changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import kubernetesconfiguration as extensions

from components.problems import refuse

NAMESPACE = "flux-system"


@dataclass(frozen=True, kw_only=True)
class GitOpsArgs:
    """`path` from the root of the repository. `secret` None: the repository is read without signing in."""

    resource_group_name: Input[str]
    cluster_name: Input[str]
    url: str
    branch: str
    path: str
    sync_minutes: int
    prune: bool
    secret: str | None
    ready: Sequence[Resource]


def problems(args: GitOpsArgs) -> list[str]:
    """Every reason why Flux could not apply the folder."""
    found = []
    if args.path.startswith("/") or ".." in args.path:
        found.append(f"path {args.path}: must be relative to the repository's root and stay below it")
    if args.url.startswith("ssh://") and args.secret is None:
        found.append(f"{args.url} is read with a key, and no secret is named")
    return found


class GitOps(ComponentResource):
    """Extension and configuration."""

    configuration_id: Output[str]

    def __init__(self, name: str, args: GitOpsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:git_ops:GitOps", name, {}, opts)
        refuse(name, problems(args))
        flux = _extension(f"{name}-ext", args, ResourceOptions(parent=self, depends_on=list(args.ready)))
        made = _configuration(f"{name}-flux", args, ResourceOptions(parent=self, depends_on=[flux]))
        self.configuration_id = made.id
        self.register_outputs({"configuration_id": self.configuration_id})


def _extension(name: str, args: GitOpsArgs, opts: ResourceOptions) -> extensions.Extension:
    return extensions.Extension(
        name,
        extension_name="flux",
        extension_type="microsoft.flux",
        cluster_rp="Microsoft.ContainerService",
        cluster_resource_name="managedClusters",
        cluster_name=args.cluster_name,
        resource_group_name=args.resource_group_name,
        auto_upgrade_minor_version=True,
        release_train="Stable",
        scope=extensions.ScopeArgs(cluster=extensions.ScopeClusterArgs(release_namespace=NAMESPACE)),
        configuration_settings={
            # A folder of one team can't refer to a source of another one.
            "multiTenancy.enforce": "true",
            # Nobody writes image tags back into the repository by itself: a change is a pull request.
            "image-automation-controller.enabled": "false",
            "image-reflector-controller.enabled": "false",
        },
        opts=opts,
    )


def _configuration(name: str, args: GitOpsArgs, opts: ResourceOptions) -> extensions.FluxConfiguration:
    seconds = args.sync_minutes * 60
    return extensions.FluxConfiguration(
        name,
        flux_configuration_name="platform",
        cluster_rp="Microsoft.ContainerService",
        cluster_resource_name="managedClusters",
        cluster_name=args.cluster_name,
        resource_group_name=args.resource_group_name,
        namespace=NAMESPACE,
        scope="cluster",
        source_kind="GitRepository",
        git_repository=extensions.GitRepositoryDefinitionArgs(
            url=args.url,
            repository_ref=extensions.RepositoryRefDefinitionArgs(branch=args.branch),
            sync_interval_in_seconds=seconds,
            # The secret is in the cluster, from the vault: none passes through a state or a plan.
            local_auth_ref=args.secret,
        ),
        kustomizations={
            "cluster": extensions.KustomizationDefinitionArgs(
                path=f"./{args.path}", prune=args.prune, sync_interval_in_seconds=seconds, force=False
            )
        },
        opts=opts,
    )
