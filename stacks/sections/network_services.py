"""What a spoke can have besides its ranges and its way out: logs of its flows, names, a Bastion, private monitoring."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Address, Fqdn, GitHubName, GroupName, ImageDigest, ResourceId, SecretName, WatcherName


class FlowLogs(Section):
    """Logs of every flow of the spoke, and traffic analytics over them."""

    retention_days: int = Field(default=90, ge=1, le=365, description="Optional. Days until the raw logs are deleted.")
    analytics_interval_minutes: Literal[10, 60] = Field(
        default=60, description="Optional. How often traffic analytics runs; 10 costs more."
    )
    watcher_resource_group: GroupName = Field(
        default="NetworkWatcherRG", description="Optional. Group of the region's Network Watcher, which Azure makes."
    )
    watcher_name: WatcherName | None = Field(
        default=None, description="Optional. The region's Network Watcher; absent: NetworkWatcher_<region>."
    )


class DnsResolver(Section):
    """A DNS private resolver: other networks ask it for the spoke's names, and it asks them for theirs."""

    forward: dict[Fqdn, tuple[Address, ...]] = Field(
        default_factory=dict, description="Optional. DNS servers (at most 6) of other networks' domains, by domain."
    )


class Bastion(Section):
    """A private Bastion (Premium, no public address), reached from the operator ranges only."""

    scale_units: int = Field(default=2, ge=2, le=50, description="Optional. Each unit serves about 20 sessions.")
    allow_copy_and_paste: bool = Field(
        default=False, description="Optional. true lets text leave a session through the clipboard."
    )


class PrivateMonitoring(Section):
    """An Azure Monitor Private Link Scope: logs and metrics are sent and read through a private endpoint."""

    accept_public_ingestion: bool = Field(
        default=False, description="Optional. true lets any network with a token send logs and metrics."
    )
    accept_public_queries: bool = Field(
        default=False, description="Optional. true lets logs be read from outside the operator ranges."
    )


class PrivateDnsSettings(Section):
    """Who owns the zones of private endpoints, and who writes their records."""

    hub_zone_ids: dict[Fqdn, ResourceId] = Field(
        default_factory=dict,
        description="Optional. Zones that the hub owns, by zone name; every zone that is not named is the spoke's own.",
    )
    records_by_policy: bool = Field(
        default=False, description="Optional. true: a policy of the landing zone writes records, the platform none."
    )
    further_services: tuple[
        Literal[
            "app_configuration",
            "automation",
            "backup",
            "cosmos",
            "event_grid",
            "postgresql",
            "purview",
            "redis",
            "service_bus",
            "synapse",
        ],
        ...,
    ] = Field(default=(), description="Optional. Services that teams put private endpoints on by themselves.")


class GitHubRunners(Section):
    """Self-hosted runners in the spoke, for the repository of `access.github`: a container for each queued job."""

    labels: tuple[GitHubName, ...] = Field(
        default=("platform",), min_length=1, description="Optional. What `runs-on` of a job must name."
    )
    application_id: int = Field(gt=0, description="Required. Id of the GitHub App that registers runners.")
    installation_id: int = Field(gt=0, description="Required. Installation of that app at the owner.")
    private_key_secret: SecretName = Field(
        default="github-app-key", description="Optional. Secret of the vault that holds the app's private key."
    )
    image: ImageDigest = Field(description="Required. Runner image in the platform's registry, repository@digest.")
    most_at_once: int = Field(default=5, ge=1, le=100, description="Optional. Jobs that may run at the same time.")
    timeout_minutes: int = Field(default=60, ge=1, le=1440, description="Optional. A job that takes longer is stopped.")
