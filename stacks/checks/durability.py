"""What survives: the loss of a node, of a zone, and a careless deployment."""

from __future__ import annotations

from collections.abc import Iterator

from facts.regions import region
from stacks.problems import Problem
from stacks.settings import Settings

ZONE_REDUNDANT = ("ZRS", "GZRS")
FEWEST_ZONES = 2
FEWEST_SYSTEM_NODES = 2


def redundancy_exists_in_the_region(settings: Settings) -> Iterator[Problem]:
    """Zone redundancy is asked for only where there are zones."""
    where = region(settings.region.value)
    if where.zones:
        return
    if settings.storage.replication in ZONE_REDUNDANT:
        yield Problem(
            path=("storage", "replication"),
            what=f"{settings.storage.replication} spreads copies over zones, and {where.name} has none.",
            follows="Azure refuses the storage accounts.",
            fix=f"Write GRS (a copy in {where.paired_region}) or LRS.",
        )
    archive = settings.governance.records.archive
    if archive is not None and archive.replication in ZONE_REDUNDANT:
        yield Problem(
            path=("governance", "records", "archive", "replication"),
            what=f"{archive.replication} spreads copies over zones, and {where.name} has none.",
            follows="Azure refuses the archive's storage account.",
            fix=f"Write GRS (a copy in {where.paired_region}) or LRS.",
        )
    if settings.registry.zone_redundancy:
        yield Problem(
            path=("registry", "zone_redundancy"),
            what=f"The registry is to be zone-redundant, and {where.name} has no zones.",
            follows="Azure refuses the registry.",
            fix="Write `zone_redundancy: false`.",
        )


def prod_survives_a_zone(settings: Settings) -> Iterator[Problem]:
    """In prod and dr the system pool is spread: over zones where there are any, else over nodes."""
    if not settings.environment.serves_ministries:
        return
    name, pool = settings.environment.value, settings.cluster.system_pool
    where = region(settings.region.value)
    offered = where.zones
    if offered and len(set(pool.zones)) < FEWEST_ZONES:
        yield Problem(
            path=("cluster", "system_pool", "zones"),
            what=f"{name}'s system pool is in {len(set(pool.zones))} of the {len(offered)} zones of {where.name}.",
            follows="One zone's outage stops the cluster; zones can't be changed once the pool exists.",
            fix=f"Write `zones: [{', '.join(repr(zone) for zone in offered)}]`.".replace("'", '"'),
        )
    fewest = max(FEWEST_SYSTEM_NODES, len(set(pool.zones)))
    if pool.min_count < fewest:
        yield Problem(
            path=("cluster", "system_pool", "min_count"),
            what=f"{name}'s system pool may shrink to {pool.min_count} of the {fewest} nodes that it needs.",
            follows="A zone (or an upgrade) can take the only node that answers DNS.",
            fix=f"Raise min_count to {fewest} or more.",
        )


def prod_keeps_its_data(settings: Settings) -> Iterator[Problem]:
    """In prod and dr data outlives a deployment and a rack."""
    if not settings.environment.serves_ministries:
        return
    if not settings.protect_stateful:
        yield Problem(
            path=("protect_stateful",),
            what=f"{settings.environment.value} does not protect what holds data.",
            follows="A renamed resource would be replaced, and its vault, lake or registry deleted.",
            fix="Write `protect_stateful: true`.",
        )
    if settings.storage.replication == "LRS":
        better = "GZRS" if region(settings.region.value).zones else "GRS"
        yield Problem(
            path=("storage", "replication"),
            what=f"LRS keeps every copy of {settings.environment.value}'s data in one data centre.",
            follows="Its loss is the loss of the data.",
            fix=f"Write {better}.",
        )


CHECKS = (
    redundancy_exists_in_the_region,
    prod_survives_a_zone,
    prod_keeps_its_data,
)
