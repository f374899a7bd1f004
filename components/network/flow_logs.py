"""Flow logs: who talked to whom in the spoke, and what traffic analytics makes of it.

Owns the flow log of the VNet and the account of its raw files. Does not own Network Watcher: Azure makes one for each
region of a subscription, and refuses a second. Logs the VNet and no security group: Azure takes no new logs of groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import network, storage

from components import naming
from components.data import storage_account
from components.data.blob_protection import BlobProtection, Lifecycle
from components.data.storage_account import StorageAccountArgs
from components.identity.identity import Identity
from components.identity.role_assignment import Grant, Principal, RoleAssignments, RoleAssignmentsArgs, Scope
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey


@dataclass(frozen=True, kw_only=True)
class FlowLogsArgs:
    """`writer`: the identity that writes the files; shared keys are off. `watcher_name` None: Azure's own name."""

    placement: Placement
    resource_group_name: Input[str]
    vnet_id: Input[str]
    writer: Identity
    watcher_resource_group: str
    watcher_name: str | None
    retention_days: int
    interval_minutes: Literal[10, 60]
    customer_key: CustomerKey | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: FlowLogsArgs) -> list[str]:
    """Every reason why the logs can't be kept."""
    if not 1 <= args.retention_days <= 365:
        return [f"flow logs kept for {args.retention_days} days: storage keeps them 1 to 365"]
    return []


class FlowLogs(ComponentResource):
    """Account and flow log."""

    account_id: Output[str]

    def __init__(self, name: str, args: FlowLogsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:flow_logs:FlowLogs", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        account = _account(f"{name}-st", args, self)
        _expiry(f"{name}-expiry", account, args, child)
        endpoints(self, name, args.placement, args.access, "flow-logs", account.id, (private_dns.BLOB,))
        storage_account.log_service(f"{name}-diag-blob", account.id, "blob", args.log_workspace_id, child)
        role = _writer_role(f"{name}-roles", account, args, child)
        _flow_log(f"{name}-fl", account, args, ResourceOptions(parent=self, depends_on=[role]))
        self.account_id = account.id
        self.register_outputs({"account_id": self.account_id})


def _account(name: str, args: FlowLogsArgs, parent: Resource) -> storage.StorageAccount:
    """Without versions or undelete: nobody changes a log, and two copies of every flow would be paid."""
    wanted = StorageAccountArgs(
        placement=args.placement,
        resource_group_name=args.resource_group_name,
        # Raw flows can be lost with a region: the analysed ones are in Log Analytics.
        replication="LRS",
        protection=BlobProtection(
            soft_delete_days=7,
            restore_days=None,
            change_feed_days=7,
            lifecycle=Lifecycle(cool_after_days=7, cold_after_days=None, archive_after_days=None),
        ),
        customer_key=args.customer_key,
        defender=None,
        access=args.access,
        log_workspace_id=args.log_workspace_id,
    )
    return storage_account.account(name, naming.flow_log_account(args.placement), wanted, parent, hierarchical=False)


def _expiry(
    name: str, account: storage.StorageAccount, args: FlowLogsArgs, opts: ResourceOptions
) -> storage.ManagementPolicy:
    """How long raw files are kept: a rule of the account, so that it holds whoever writes the files."""
    gone = storage.DateAfterModificationArgs(days_after_modification_greater_than=args.retention_days)
    return storage.ManagementPolicy(
        name,
        account_name=account.name,
        management_policy_name="default",
        resource_group_name=args.resource_group_name,
        policy=storage.ManagementPolicySchemaArgs(
            rules=[
                storage.ManagementPolicyRuleArgs(
                    name="expire-flow-logs",
                    type="Lifecycle",
                    enabled=True,
                    definition=storage.ManagementPolicyDefinitionArgs(
                        filters=storage.ManagementPolicyFilterArgs(blob_types=["blockBlob"]),
                        actions=storage.ManagementPolicyActionArgs(
                            base_blob=storage.ManagementPolicyBaseBlobArgs(delete=gone)
                        ),
                    ),
                )
            ]
        ),
        opts=opts,
    )


def _writer_role(
    name: str, account: storage.StorageAccount, args: FlowLogsArgs, opts: ResourceOptions
) -> RoleAssignments:
    writer = Principal(name=args.writer.purpose, id=args.writer.principal_id, type="ServicePrincipal")
    grant = Grant(principal=writer, role="Storage Blob Data Contributor", scope=Scope(name="flow-logs", id=account.id))
    return RoleAssignments(name, RoleAssignmentsArgs(namespace=naming.stem(args.placement), grants=(grant,)), opts)


def _flow_log(name: str, account: storage.StorageAccount, args: FlowLogsArgs, opts: ResourceOptions) -> network.FlowLog:
    region = args.placement.region
    return network.FlowLog(
        name,
        flow_log_name=naming.named("fl", args.placement),
        # The watcher is the subscription's, so the log is in its group and not in one of ours.
        resource_group_name=args.watcher_resource_group,
        network_watcher_name=f"NetworkWatcher_{region}" if args.watcher_name is None else args.watcher_name,
        location=region,
        target_resource_id=args.vnet_id,
        storage_id=account.id,
        identity=network.ManagedServiceIdentityArgs(
            type="UserAssigned", user_assigned_identities=[args.writer.identity_id]
        ),
        enabled=True,
        format=network.FlowLogFormatParametersArgs(type="JSON", version=2),
        flow_analytics_configuration=network.TrafficAnalyticsPropertiesArgs(
            network_watcher_flow_analytics_configuration=network.TrafficAnalyticsConfigurationPropertiesArgs(
                enabled=True,
                workspace_resource_id=args.log_workspace_id,
                workspace_region=region,
                traffic_analytics_interval=args.interval_minutes,
            )
        ),
        tags=args.placement.tags,
        opts=opts,
    )
