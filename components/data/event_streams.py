"""Event streams: an Event Hubs namespace for what models answer and what sources tell.

Owns the namespace, its event hubs with their consumer groups, capture into the lake, the endpoint and the logs. Does
not own who sends and receives (`components.identity.access`), or schemas: those are the teams'.
Access is by Entra identity only: connection strings are off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import eventhub

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse
from components.security.customer_key import CustomerKey

Sku = Literal["Standard", "Premium"]
# Event Hubs quotas (event-hubs-quotas.md, 2026-11): hours that events are kept, partitions of one hub.
LONGEST_HOURS: Mapping[Sku, int] = {"Standard": 7 * 24, "Premium": 90 * 24}
MOST_PARTITIONS: Mapping[Sku, int] = {"Standard": 32, "Premium": 100}
# All nine parts are obligatory; Hive's `key=value` would not be understood by older readers of Avro captures.
CAPTURE_PATH = "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}"


@dataclass(frozen=True, kw_only=True)
class Stream:
    """One event hub. `partitions` can't change in Standard. `capture_to`: a file system; None: nothing is kept."""

    partitions: int
    retention_hours: int
    consumers: tuple[str, ...]
    capture_to: str | None


@dataclass(frozen=True, kw_only=True)
class Capture:
    """Where captures go, and who writes them. `ready`: the role of `identity` at the lake."""

    lake_id: Input[str]
    identity: Identity
    ready: Sequence[Resource]


@dataclass(frozen=True, kw_only=True)
class EventStreamsArgs:
    """`capacity`: throughput units (Standard) or processing units (Premium). `sku` can't change between the two."""

    placement: Placement
    resource_group_name: Input[str]
    sku: Sku
    capacity: int
    streams: Mapping[str, Stream]
    capture: Capture
    customer_key: CustomerKey | None
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: EventStreamsArgs) -> list[str]:
    """Every reason why the namespace can't be built."""
    found = []
    if args.customer_key is not None and args.sku != "Premium":
        found.append(f"a customer-managed key with {args.sku}: Event Hubs has them in Premium only")
    for name, stream in args.streams.items():
        if not 1 <= stream.partitions <= MOST_PARTITIONS[args.sku]:
            found.append(f"{name} with {stream.partitions} partitions: {args.sku} has 1 to {MOST_PARTITIONS[args.sku]}")
        if not 1 <= stream.retention_hours <= LONGEST_HOURS[args.sku]:
            found.append(f"{name} kept for {stream.retention_hours} h: {args.sku} keeps 1 to {LONGEST_HOURS[args.sku]}")
    return found


class EventStreams(ComponentResource):
    """Namespace, event hubs, consumer groups, private endpoint, diagnostics."""

    namespace_id: Output[str]
    stream_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: EventStreamsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:event_streams:EventStreams", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        child = ResourceOptions(parent=self)
        made = self._namespace()
        self._close(made)
        streams = {key: self._stream(made, key, stream) for key, stream in args.streams.items()}
        endpoints(self, name, args.placement, args.access, "events", made.id, (private_dns.EVENT_HUBS,))
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.EventHub/namespaces", args.log_workspace_id, child)
        self.namespace_id, self.stream_ids = made.id, {key: each.id for key, each in streams.items()}
        self.register_outputs({"namespace_id": self.namespace_id, "stream_ids": self.stream_ids})

    def _namespace(self) -> eventhub.Namespace:
        args, key = self._args, self._args.customer_key
        identities = [args.capture.identity, *([] if key is None else [key.identity])]
        ready = ResourceOptions(depends_on=[*args.capture.ready, *([] if key is None else key.ready)])
        return eventhub.Namespace(
            f"{self._prefix}-evhns",
            namespace_name=naming.event_hubs(args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            sku=eventhub.SkuArgs(name=args.sku, tier=args.sku, capacity=args.capacity),
            disable_local_auth=True,
            minimum_tls_version="1.2",
            public_network_access="Disabled",
            identity=eventhub.IdentityArgs(
                type=eventhub.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[identity.identity_id for identity in identities],
            ),
            encryption=None if key is None else _encryption(key),
            tags=args.placement.tags,
            opts=ResourceOptions.merge(stateful(self, args.placement), ready),
        )

    def _close(self, made: eventhub.Namespace) -> None:
        """Azure's own services (Event Grid, diagnostics) still get in, by their identities; nobody else."""
        eventhub.NamespaceNetworkRuleSet(
            f"{self._prefix}-rules",
            namespace_name=made.name,
            resource_group_name=self._args.resource_group_name,
            public_network_access="Disabled",
            default_action="Deny",
            trusted_service_access_enabled=True,
            opts=ResourceOptions(parent=self),
        )

    def _stream(self, made: eventhub.Namespace, key: str, stream: Stream) -> eventhub.EventHub:
        hub = eventhub.EventHub(
            f"{self._prefix}-evh-{key}",
            event_hub_name=key,
            namespace_name=made.name,
            resource_group_name=self._args.resource_group_name,
            partition_count=stream.partitions,
            retention_description=eventhub.RetentionDescriptionArgs(
                cleanup_policy="Delete", retention_time_in_hours=stream.retention_hours
            ),
            capture_description=None if stream.capture_to is None else self._capture(stream.capture_to),
            opts=stateful(self, self._args.placement),
        )
        for consumer in stream.consumers:
            eventhub.ConsumerGroup(
                f"{self._prefix}-consumer-{key}-{consumer}",
                consumer_group_name=consumer,
                event_hub_name=hub.name,
                namespace_name=made.name,
                resource_group_name=self._args.resource_group_name,
                opts=ResourceOptions(parent=self),
            )
        return hub

    def _capture(self, file_system: str) -> eventhub.CaptureDescriptionArgs:
        to = self._args.capture
        return eventhub.CaptureDescriptionArgs(
            enabled=True,
            encoding=eventhub.EncodingCaptureDescription.AVRO,
            interval_in_seconds=300,
            size_limit_in_bytes=300 * 1024 * 1024,
            # Else every partition writes an empty file every five minutes, for ever.
            skip_empty_archives=True,
            destination=eventhub.DestinationArgs(
                # Data Lake Storage Gen2 goes by this name as well; the one with "DataLake" is the first generation.
                name="EventHubArchive.AzureBlockBlob",
                storage_account_resource_id=to.lake_id,
                blob_container=file_system,
                archive_name_format=CAPTURE_PATH,
                identity=eventhub.CaptureIdentityArgs(
                    type=eventhub.CaptureIdentityType.USER_ASSIGNED, user_assigned_identity=to.identity.identity_id
                ),
            ),
        )


def _encryption(key: CustomerKey) -> eventhub.EncryptionArgs:
    return eventhub.EncryptionArgs(
        key_source=eventhub.KeySource.MICROSOFT_KEY_VAULT,
        require_infrastructure_encryption=True,
        key_vault_properties=[
            eventhub.KeyVaultPropertiesArgs(
                key_name=key.key_name,
                key_vault_uri=key.vault_uri,
                identity=eventhub.UserAssignedIdentityPropertiesArgs(user_assigned_identity=key.identity.identity_id),
            )
        ],
    )
