"""From settings to what a spoke can have besides its ranges: flow logs, names, Bastion, private monitoring, runners."""

from __future__ import annotations

from dataclasses import replace

from components.context import Foundation
from components.data.container_registry import ContainerRegistry
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Scope
from components.network.bastion import Bastion, BastionArgs
from components.network.dns_resolver import DnsResolver, DnsResolverArgs
from components.network.flow_logs import FlowLogs, FlowLogsArgs
from components.network.github_runners import GitHubApp, GitHubRunners, GitHubRunnersArgs, KeyPlace
from components.network.monitor_private_link import MonitorPrivateLink, MonitorPrivateLinkArgs
from components.security.key_vault import KeyVault
from facts.regions import region


def build(foundation: Foundation) -> Foundation:
    """Flow logs, DNS resolver, Bastion, private monitoring: each where the settings want it.

    Answers the foundation with the private link that other areas' workspaces and endpoints join.
    """
    _flow_logs(foundation)
    _resolver(foundation)
    _bastion(foundation)
    return replace(foundation, monitor_private_link=_private_monitoring(foundation))


def _private_monitoring(foundation: Foundation) -> MonitorPrivateLink | None:
    """The scope with what every stack has; other areas add theirs (`monitor_private_link.add`)."""
    wanted = foundation.settings.network.private_monitoring
    if wanted is None:
        return None
    args = MonitorPrivateLinkArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("network"),
        ingestion="Open" if wanted.accept_public_ingestion else "PrivateOnly",
        queries="Open" if wanted.accept_public_queries else "PrivateOnly",
        scoped={
            "logs": foundation.observability.log_workspace_id,
            "insights": foundation.observability.application_insights_id,
        },
        access=foundation.access,
    )
    return MonitorPrivateLink(f"{foundation.prefix}-monitor", args, foundation.child)


def build_runners(foundation: Foundation, vault: KeyVault, registry: ContainerRegistry) -> GitHubRunners | None:
    """Runners for the repository of `access.github`; `stacks.checks.network` sees to it that there is one."""
    wanted, github = foundation.settings.network.github_runners, foundation.settings.access.github
    if wanted is None or github is None:
        return None
    args = GitHubRunnersArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("network"),
        subnet_id=foundation.network.subnet_ids["runners"],
        zone_redundant=bool(region(foundation.placement.region).zones),
        github=GitHubApp(
            owner=github.owner,
            repository=github.repository,
            application_id=wanted.application_id,
            installation_id=wanted.installation_id,
            key_secret=wanted.private_key_secret,
        ),
        key_place=KeyPlace(vault_name=vault.vault_name, resource_group_name=foundation.group_name("security")),
        labels=wanted.labels,
        image=wanted.image,
        registry=Scope(name="registry", id=registry.registry_id),
        registry_server=registry.login_server,
        reader=_identity(foundation, "runners"),
        most_at_once=wanted.most_at_once,
        timeout_minutes=wanted.timeout_minutes,
        log_workspace_id=foundation.log_workspace_id,
    )
    return GitHubRunners(f"{foundation.prefix}-runners", args, foundation.child)


def _flow_logs(foundation: Foundation) -> FlowLogs | None:
    wanted = foundation.settings.network.flow_logs
    if wanted is None:
        return None
    args = FlowLogsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("network"),
        vnet_id=foundation.network.vnet_id,
        writer=_identity(foundation, "flow-logs"),
        watcher_resource_group=wanted.watcher_resource_group,
        watcher_name=wanted.watcher_name,
        retention_days=wanted.retention_days,
        interval_minutes=wanted.analytics_interval_minutes,
        customer_key=foundation.customer_keys.get("storage"),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return FlowLogs(f"{foundation.prefix}-flow-logs", args, foundation.child)


def _resolver(foundation: Foundation) -> DnsResolver | None:
    wanted, subnets = foundation.settings.network.dns_resolver, foundation.settings.network.subnets
    if wanted is None or subnets.dns_inbound is None:
        return None
    args = DnsResolverArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("network"),
        vnet_id=foundation.network.vnet_id,
        inbound_subnet_id=foundation.network.subnet_ids["dns_inbound"],
        # The first address that Azure leaves free in a subnet.
        inbound_address=subnets.dns_inbound[4],
        outbound_subnet_id=foundation.network.subnet_ids["dns_outbound"],
        forward=wanted.forward,
    )
    return DnsResolver(f"{foundation.prefix}-resolver", args, foundation.child)


def _bastion(foundation: Foundation) -> Bastion | None:
    wanted = foundation.settings.network.bastion
    if wanted is None:
        return None
    args = BastionArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("network"),
        subnet_id=foundation.network.subnet_ids["bastion"],
        zones=region(foundation.placement.region).zones,
        scale_units=wanted.scale_units,
        copy_and_paste=wanted.allow_copy_and_paste,
        log_workspace_id=foundation.log_workspace_id,
    )
    return Bastion(f"{foundation.prefix}-bastion", args, foundation.child)


def _identity(foundation: Foundation, purpose: str) -> Identity:
    args = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("network"), purpose=purpose
    )
    return Identity(f"{foundation.prefix}-{purpose}", args, foundation.child)
