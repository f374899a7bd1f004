"""Azure ML workspace: inside a network that Azure ML manages and that lets only approved traffic out.

Owns the workspace, its endpoint and logs. Does not own the outbound rules (`managed_network_rules`), the vault,
storage, registry and insights it uses, nor compute. Endpoints from the managed network to those four are made by
Azure ML itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components import naming
from components.identity.identity import Identity
from components.machine_learning.managed_network_rules import NetworkRules, rule_problems, write_rules
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey


@dataclass(frozen=True, kw_only=True)
class WorkspaceResources:
    """ARM ids of what the workspace uses. `ready`: what must exist first, the identity's role assignments."""

    vault_id: Input[str]
    storage_account_id: Input[str]
    registry_id: Input[str]
    application_insights_id: Input[str]
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class FeatureStore:
    """What makes a workspace a feature store."""

    spark_version: str


@dataclass(frozen=True, kw_only=True)
class MachineLearningWorkspaceArgs:
    """`high_business_impact`, `customer_key` and `firewall_sku` can't change after creation.

    `purpose` and `generation` are parts of the name. `image_build_cluster` None: serverless compute builds images.
    """

    placement: Placement
    resource_group_name: Input[str]
    identity: Identity
    uses: WorkspaceResources
    rules: NetworkRules
    firewall_sku: Literal["Basic", "Standard"]
    high_business_impact: bool
    customer_key: CustomerKey | None
    image_build_cluster: str | None
    feature_store: FeatureStore | None = None
    purpose: str | None = None
    generation: str | None = None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: MachineLearningWorkspaceArgs) -> list[str]:
    """Every reason why the workspace can't be built."""
    found = rule_problems(args.rules)
    length = len(naming.workspace(args.placement, args.purpose, args.generation))
    if length > 33:  # resource-name-rules
        found.append(f"the workspace's name has {length} characters, and 33 are allowed")
    return found


class MachineLearningWorkspace(ComponentResource):
    """Workspace, outbound rules, private endpoint, diagnostics."""

    workspace_id: Output[str]
    workspace_name: Output[str]
    networked: tuple[Resource, ...]
    """What computes wait for: a compute that comes between two outbound rules is refused, as the network is busy."""

    def __init__(self, name: str, args: MachineLearningWorkspaceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:machine_learning_workspace:MachineLearningWorkspace", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        key_ready = () if args.customer_key is None else args.customer_key.ready
        ready = ResourceOptions(depends_on=[*args.uses.ready, *key_ready])
        made = _workspace(f"{name}-mlw", args, ResourceOptions.merge(stateful(self, args.placement), ready))
        rules = write_rules(name, made.name, args.resource_group_name, args.rules, self)
        target = "workspace" if args.purpose is None else f"workspace-{args.purpose}"
        endpoints(self, name, args.placement, args.access, target, made.id, (private_dns.WORKSPACE,))
        send_diagnostics(
            f"{name}-diag", made.id, "Microsoft.MachineLearningServices/workspaces", args.log_workspace_id, child
        )
        self.workspace_id, self.workspace_name = made.id, made.name
        self.networked = (made, *rules)
        self.register_outputs({"workspace_id": self.workspace_id, "workspace_name": self.workspace_name})


def _encryption(key: CustomerKey | None) -> ml.EncryptionPropertyArgs | None:
    if key is None:
        return None
    return ml.EncryptionPropertyArgs(
        status=ml.EncryptionStatus.ENABLED,
        # Azure ML takes a key with its version only: a rotated key reaches it with the next `up`.
        key_vault_properties=ml.KeyVaultPropertiesArgs(
            key_identifier=key.key_version_uri, key_vault_arm_id=key.vault_id
        ),
        identity=ml.IdentityForCmkArgs(user_assigned_identity=key.identity.identity_id),
    )


def _identities(args: MachineLearningWorkspaceArgs) -> ml.ManagedServiceIdentityArgs:
    own = [] if args.customer_key is None else [args.customer_key.identity.identity_id]
    return ml.ManagedServiceIdentityArgs(
        type="UserAssigned", user_assigned_identities=[args.identity.identity_id, *own]
    )


def _feature_store(store: FeatureStore | None) -> ml.FeatureStoreSettingsArgs | None:
    if store is None:
        return None
    runtime = ml.ComputeRuntimeDtoArgs(spark_runtime_version=store.spark_version)
    return ml.FeatureStoreSettingsArgs(compute_runtime=runtime)


def _workspace(name: str, args: MachineLearningWorkspaceArgs, opts: ResourceOptions) -> ml.Workspace:
    uses, store = args.uses, args.feature_store
    return ml.Workspace(
        name,
        workspace_name=naming.workspace(args.placement, args.purpose, args.generation),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="Default" if store is None else "FeatureStore",
        sku=ml.SkuArgs(name="Basic", tier=ml.SkuTier.BASIC),
        friendly_name=naming.stem(args.placement),
        identity=_identities(args),
        primary_user_assigned_identity=args.identity.identity_id,
        key_vault=uses.vault_id,
        storage_account=uses.storage_account_id,
        container_registry=uses.registry_id,
        application_insights=uses.application_insights_id,
        # The account has no keys to use, so datastores act as whoever reads them.
        system_datastores_auth_mode="Identity",
        public_network_access="Disabled",
        v1_legacy_mode=False,
        hbi_workspace=args.high_business_impact,
        encryption=_encryption(args.customer_key),
        # The registry is closed: its own build service could not push to it.
        image_build_compute=args.image_build_cluster,
        serverless_compute_settings=ml.ServerlessComputeSettingsArgs(serverless_compute_no_public_ip=True),
        managed_network=ml.ManagedNetworkSettingsArgs(
            # No outbound_rules here: separate rules and an inline list would overwrite each other.
            isolation_mode="AllowOnlyApprovedOutbound",
            # Only host rules need the firewall; it is billed from the first one on. Standard costs a multiple.
            firewall_sku=args.firewall_sku,
        ),
        # Else the first compute waits half an hour for the network.
        provision_network_now=True,
        feature_store_settings=_feature_store(store),
        tags=args.placement.tags,
        opts=opts,
    )
