"""Azure ML workspace: inside a network that Azure ML manages and that lets only approved traffic out.

Owns the workspace, its outbound rules, endpoint and logs. Does not own the vault, storage, registry and insights it
uses, nor compute. Endpoints from the managed network to those four are made by Azure ML itself; ours are for the
data lake only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import machinelearningservices as ml

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class WorkspaceResources:
    """ARM ids of what the workspace uses. `ready`: what must exist first, the identity's role assignments."""

    vault_id: Input[str]
    storage_account_id: Input[str]
    registry_id: Input[str]
    application_insights_id: Input[str]
    data_lake_id: Input[str]
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class MachineLearningWorkspaceArgs:
    """`high_business_impact` can't change after creation. `allowed_fqdns` may start with `*.`."""

    placement: Placement
    resource_group_name: Input[str]
    identity: Identity
    uses: WorkspaceResources
    allowed_fqdns: tuple[str, ...]
    high_business_impact: bool
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: MachineLearningWorkspaceArgs) -> list[str]:
    """Hosts named twice: the second rule would overwrite the first."""
    repeated = sorted({host for host in args.allowed_fqdns if args.allowed_fqdns.count(host) > 1})
    return [f"host {host} is allowed twice" for host in repeated]


class MachineLearningWorkspace(ComponentResource):
    """Workspace, outbound rules, private endpoint, diagnostics."""

    workspace_id: Output[str]
    workspace_name: Output[str]

    def __init__(self, name: str, args: MachineLearningWorkspaceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:machine_learning_workspace:MachineLearningWorkspace", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        ready = ResourceOptions(depends_on=list(args.uses.ready))
        made = _workspace(f"{name}-mlw", args, ResourceOptions.merge(stateful(self, args.placement), ready))
        self._outbound_rules(name, made, args)
        endpoints(self, name, args.placement, args.access, "workspace", made.id, (private_dns.WORKSPACE,))
        send_diagnostics(
            f"{name}-diag", made.id, "Microsoft.MachineLearningServices/workspaces", args.log_workspace_id, child
        )
        self.workspace_id, self.workspace_name = made.id, made.name
        self.register_outputs({"workspace_id": self.workspace_id, "workspace_name": self.workspace_name})

    def _outbound_rules(self, name: str, workspace: ml.Workspace, args: MachineLearningWorkspaceArgs) -> None:
        last: list[Resource] = []
        for rule_name, properties in _rules(args):
            # One after another: each rule rewrites the one managed network, and Azure ML refuses parallel writes.
            made = ml.ManagedNetworkSettingsRule(
                f"{name}-rule-{rule_name}",
                rule_name=rule_name,
                workspace_name=workspace.name,
                resource_group_name=args.resource_group_name,
                properties=properties,
                opts=ResourceOptions(parent=self, depends_on=last),
            )
            last = [made]


def _rules(
    args: MachineLearningWorkspaceArgs,
) -> list[tuple[str, ml.FqdnOutboundRuleArgs | ml.PrivateEndpointOutboundRuleArgs]]:
    """The rules by name: the lake's endpoints, then the hosts."""
    lake = [
        (
            naming.outbound_rule("lake", service),
            ml.PrivateEndpointOutboundRuleArgs(
                type="PrivateEndpoint",
                category="UserDefined",
                destination=ml.PrivateEndpointDestinationArgs(
                    service_resource_id=args.uses.data_lake_id,
                    subresource_target=service,
                    spark_enabled=True,
                ),
            ),
        )
        for service in ("blob", "dfs")
    ]
    hosts = [
        (
            naming.outbound_rule("host", host),
            ml.FqdnOutboundRuleArgs(type="FQDN", category="UserDefined", destination=host),
        )
        for host in args.allowed_fqdns
    ]
    return [*lake, *hosts]


def _workspace(name: str, args: MachineLearningWorkspaceArgs, opts: ResourceOptions) -> ml.Workspace:
    uses = args.uses
    return ml.Workspace(
        name,
        workspace_name=naming.named("mlw", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        kind="Default",
        sku=ml.SkuArgs(name="Basic", tier=ml.SkuTier.BASIC),
        friendly_name=naming.stem(args.placement),
        identity=ml.ManagedServiceIdentityArgs(
            type="UserAssigned", user_assigned_identities=[args.identity.identity_id]
        ),
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
        managed_network=ml.ManagedNetworkSettingsArgs(
            # No outbound_rules here: separate rules and an inline list would overwrite each other.
            isolation_mode="AllowOnlyApprovedOutbound",
            # Only host rules need the firewall; it is billed from the first one on. Standard costs a multiple.
            firewall_sku="Basic",
        ),
        # Else the first compute waits half an hour for the network.
        provision_network_now=True,
        tags=args.placement.tags,
        opts=opts,
    )
