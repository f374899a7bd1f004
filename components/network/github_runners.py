"""GitHub runners: pipelines that reach the private cluster, one container for each queued job.

Owns the Container Apps environment, the job, and the place of the app's key in the vault. Does not build the image
and does not hold the key: people write it into the vault (docs/runbooks/rotate-runner-key.md). Container Apps rather
than scale sets or a managed pool: nothing runs while nothing is queued, and a container that has run one job is gone
with all that the job left in it.

The key never meets a workflow. An init container, and it alone, is given the key, asks GitHub for a configuration
that is good for one job, and leaves that in a volume; the container that runs people's steps has neither the key nor
a token of the identity that read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import app, keyvault

from components import naming
from components.identity.identity import Identity
from components.identity.role_assignment import Grant, Principal, RoleAssignments, RoleAssignmentsArgs, Scope
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

KEY = "github-app-key"
# No secret: what stands in the vault until people write the key. Container Apps makes no job that refers to nothing.
UNSET = "written by docs/runbooks/rotate-runner-key.md"
VOLUME = "runner"
MOUNT = "/run/runner"
POLL_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class GitHubApp:
    """The app that registers runners. `key_secret`: the vault's secret that holds its private key."""

    owner: str
    repository: str
    application_id: int
    installation_id: int
    key_secret: str


@dataclass(frozen=True, kw_only=True)
class KeyPlace:
    """The vault that the key is in."""

    vault_name: Input[str]
    resource_group_name: Input[str]


@dataclass(frozen=True, kw_only=True)
class GitHubRunnersArgs:
    """`image`: repository@digest in the registry. `reader`: pulls the image and reads the key, and nothing else."""

    placement: Placement
    resource_group_name: Input[str]
    subnet_id: Input[str]
    zone_redundant: bool
    github: GitHubApp
    key_place: KeyPlace
    labels: tuple[str, ...]
    image: str
    registry: Scope
    registry_server: Input[str]
    reader: Identity
    most_at_once: int
    timeout_minutes: int
    log_workspace_id: Input[str]


def problems(args: GitHubRunnersArgs) -> list[str]:
    """Every reason why the runners can't be built."""
    found = []
    if "@sha256:" not in args.image:
        found.append(f"image {args.image} has no digest: a tag could become another image between two jobs")
    if not args.labels:
        found.append("runners without a label would take every job of the repository")
    return found


class GitHubRunners(ComponentResource):
    """Environment and job."""

    job_name: Output[str]

    def __init__(self, name: str, args: GitHubRunnersArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:github_runners:GitHubRunners", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        environment = _environment(f"{name}-cae", args, child)
        send_diagnostics(
            f"{name}-diag", environment.id, "Microsoft.App/managedEnvironments", args.log_workspace_id, child
        )
        key = _key(f"{name}-key", args, child)
        roles = _roles(f"{name}-roles", key, args, child)
        job = _job(f"{name}-caj", environment, key, args, ResourceOptions(parent=self, depends_on=[roles]))
        self.job_name = job.name
        self.register_outputs({"job_name": self.job_name})


def _environment(name: str, args: GitHubRunnersArgs, opts: ResourceOptions) -> app.ManagedEnvironment:
    return app.ManagedEnvironment(
        name,
        environment_name=naming.named("cae", args.placement, "runners"),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        # Container Apps makes a group for its load balancer; named, so that people know whose it is.
        infrastructure_resource_group=naming.named("rg", args.placement, "runners-managed"),
        vnet_configuration=app.VnetConfigurationArgs(internal=True, infrastructure_subnet_id=args.subnet_id),
        public_network_access="Disabled",
        zone_redundant=args.zone_redundant,
        # The only profile without machines that are paid while nothing runs.
        workload_profiles=[app.WorkloadProfileArgs(name="Consumption", workload_profile_type="Consumption")],
        # The other destination would need the key of the workspace, which has none.
        app_logs_configuration=app.AppLogsConfigurationArgs(destination="azure-monitor"),
        peer_traffic_configuration=app.ManagedEnvironmentPeerTrafficConfigurationArgs(
            encryption=app.ManagedEnvironmentEncryptionArgs(enabled=True)
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _key(name: str, args: GitHubRunnersArgs, opts: ResourceOptions) -> keyvault.Secret:
    return keyvault.Secret(
        name,
        secret_name=args.github.key_secret,
        vault_name=args.key_place.vault_name,
        resource_group_name=args.key_place.resource_group_name,
        properties=keyvault.SecretPropertiesArgs(value=UNSET, content_type="PEM of the GitHub App's private key"),
        tags=args.placement.tags,
        # Every update would write the value again, over the key that people put there.
        opts=ResourceOptions.merge(opts, ResourceOptions(ignore_changes=["properties", "tags"])),
    )


def _roles(name: str, key: keyvault.Secret, args: GitHubRunnersArgs, opts: ResourceOptions) -> RoleAssignments:
    """One secret and the registry's images: the reader can read no other secret of the vault."""
    reader = Principal(name=args.reader.purpose, id=args.reader.principal_id, type="ServicePrincipal")
    grants = (
        Grant(principal=reader, role="Key Vault Secrets User", scope=Scope(name=f"secret-{KEY}", id=key.id)),
        Grant(principal=reader, role="AcrPull", scope=args.registry),
    )
    return RoleAssignments(name, RoleAssignmentsArgs(namespace=naming.stem(args.placement), grants=grants), opts)


def _job(
    name: str,
    environment: app.ManagedEnvironment,
    key: keyvault.Secret,
    args: GitHubRunnersArgs,
    opts: ResourceOptions,
) -> app.Job:
    reader = args.reader.identity_id
    return app.Job(
        name,
        job_name=naming.named("caj", args.placement, "runners"),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        environment_id=environment.id,
        workload_profile_name="Consumption",
        identity=app.ManagedServiceIdentityArgs(type="UserAssigned", user_assigned_identities=[reader]),
        configuration=app.JobConfigurationArgs(
            trigger_type="Event",
            replica_timeout=args.timeout_minutes * 60,
            # A job that failed half-way must not be run again by itself: it may have deployed something.
            replica_retry_limit=0,
            event_trigger_config=_trigger(args),
            secrets=[app.SecretArgs(name=KEY, key_vault_url=key.properties.secret_uri, identity=reader)],
            registries=[app.RegistryCredentialsArgs(server=args.registry_server, identity=reader)],
            # Container Apps uses the identity; no container can ask for its tokens.
            identity_settings=[app.IdentitySettingsArgs(identity=reader, lifecycle="None")],
        ),
        template=_template(args),
        tags=args.placement.tags,
        opts=opts,
    )


def _trigger(args: GitHubRunnersArgs) -> app.JobConfigurationEventTriggerConfigArgs:
    github = args.github
    return app.JobConfigurationEventTriggerConfigArgs(
        parallelism=1,
        replica_completion_count=1,
        scale=app.JobScaleArgs(
            min_executions=0,
            max_executions=args.most_at_once,
            polling_interval=POLL_SECONDS,
            rules=[
                app.JobScaleRuleArgs(
                    name="queued-jobs",
                    type="github-runner",
                    metadata={
                        "owner": github.owner,
                        "repos": github.repository,
                        "runnerScope": "repo",
                        "labels": ",".join(args.labels),
                        "targetWorkflowQueueLength": "1",
                        "applicationID": str(github.application_id),
                        "installationID": str(github.installation_id),
                    },
                    auth=[app.ScaleRuleAuthArgs(secret_ref=KEY, trigger_parameter="appKey")],
                )
            ],
        ),
    )


def _template(args: GitHubRunnersArgs) -> app.JobTemplateArgs:
    image = Output.concat(args.registry_server, "/", args.image)
    mounts = [app.VolumeMountArgs(volume_name=VOLUME, mount_path=MOUNT)]
    github = args.github
    return app.JobTemplateArgs(
        volumes=[app.VolumeArgs(name=VOLUME, storage_type="EmptyDir")],
        init_containers=[
            app.InitContainerArgs(
                name="register",
                image=image,
                args=["register"],
                resources=app.ContainerResourcesArgs(cpu=0.25, memory="0.5Gi"),
                env=[
                    app.EnvironmentVarArgs(name="GITHUB_OWNER", value=github.owner),
                    app.EnvironmentVarArgs(name="GITHUB_REPOSITORY", value=github.repository),
                    app.EnvironmentVarArgs(name="GITHUB_APP_ID", value=str(github.application_id)),
                    app.EnvironmentVarArgs(name="GITHUB_INSTALLATION_ID", value=str(github.installation_id)),
                    app.EnvironmentVarArgs(name="RUNNER_LABELS", value=",".join(args.labels)),
                    app.EnvironmentVarArgs(name="GITHUB_APP_KEY", secret_ref=KEY),
                ],
                volume_mounts=mounts,
            )
        ],
        containers=[
            app.ContainerArgs(
                name="runner",
                image=image,
                args=["run"],
                resources=app.ContainerResourcesArgs(cpu=1.75, memory="3.5Gi"),
                volume_mounts=mounts,
            )
        ],
    )
