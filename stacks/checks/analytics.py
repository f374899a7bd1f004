"""What moves and works data: subnets, tiers and keys of event streams and Databricks."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.checks.addresses import needs_subnet
from stacks.classification import chosen
from stacks.problems import Problem
from stacks.settings import Settings

LONGEST_HOURS = {"Standard": 7 * 24, "Premium": 90 * 24}
MOST_PARTITIONS = {"Standard": 32, "Premium": 100}
"""Event Hubs quotas: MicrosoftDocs/azure-docs event-hubs-quotas.md (2026-11)."""

DATABRICKS_APPLICATION = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"
"""AzureDatabricks, the same in every tenant: learn.microsoft.com databricks dev-tools/auth (2026-11)."""


def _customer_keys(settings: Settings) -> bool:
    return chosen(settings.key_vault.customer_keys, settings.demands.customer_keys)


def streams_fit_their_tier(settings: Settings) -> Iterator[Problem]:
    """Every stream has what its tier offers."""
    wanted = settings.event_streams
    if wanted is None:
        return
    for name, stream in wanted.streams.items():
        for setting, value, most in (
            ("partitions", stream.partitions, MOST_PARTITIONS[wanted.sku]),
            ("retention_hours", stream.retention_hours, LONGEST_HOURS[wanted.sku]),
        ):
            if value > most:
                yield Problem(
                    path=("event_streams", "streams", name, setting),
                    what=f"{setting} is {value}; {wanted.sku} has at most {most}.",
                    follows="Azure refuses the event hub.",
                    fix=f"Write {most} or less" + ("." if wanted.sku == "Premium" else ", or `sku: Premium`."),
                )


def streams_can_have_a_key(settings: Settings) -> Iterator[Problem]:
    """Where keys are ours, the tier has customer-managed keys."""
    wanted = settings.event_streams
    if wanted is not None and wanted.sku == "Standard" and _customer_keys(settings):
        yield Problem(
            path=("event_streams", "sku"),
            what="Standard has no customer-managed keys, and this platform encrypts with its own.",
            follows="Events would be the one thing that Microsoft's keys protect.",
            fix="Write `sku: Premium`; Standard can't become Premium later.",
        )


def captures_go_into_the_lake(settings: Settings) -> Iterator[Problem]:
    """What is captured goes into a file system that there is."""
    wanted = settings.event_streams
    for name, stream in ({} if wanted is None else wanted.streams).items():
        if stream.capture_to is not None and stream.capture_to not in settings.storage.lake_containers:
            yield Problem(
                path=("event_streams", "streams", name, "capture_to"),
                what=f"{stream.capture_to} is no file system of the lake.",
                follows="Every event would be lost when its time is over.",
                fix=f"Name one of {', '.join(settings.storage.lake_containers)}.",
            )


def consumers_are_named_once(settings: Settings) -> Iterator[Problem]:
    """A consumer group stands once at its stream."""
    for name, stream in ({} if settings.event_streams is None else settings.event_streams.streams).items():
        for consumer in sorted({each for each in stream.consumers if stream.consumers.count(each) > 1}):
            yield Problem(
                path=("event_streams", "streams", name, "consumers"),
                what=f"{consumer} stands there {stream.consumers.count(consumer)} times.",
                follows="Pulumi refuses two resources of one name.",
                fix=f"Keep {consumer} once.",
            )


def databricks_has_its_subnets(settings: Settings) -> Iterator[Problem]:
    """Clusters stand in two subnets of the spoke."""
    if settings.databricks is None:
        return
    for name in ("databricks_public", "databricks_private"):
        follows = "Databricks would make a network of its own, with public addresses."
        yield from needs_subnet(settings, name, ("databricks",), follows=follows)


def databricks_may_use_its_key(settings: Settings) -> Iterator[Problem]:
    """Microsoft's own application gets the right to use the key of notebooks."""
    if settings.databricks is None or settings.databricks.application_object_id is not None:
        return
    if _customer_keys(settings):
        yield Problem(
            path=("databricks", "application_object_id"),
            what="Keys are ours, and nobody has said who Databricks is in this tenant.",
            follows="Notebooks, queries and secrets would be encrypted with Microsoft's keys.",
            fix=f"Write what `az ad sp show --id {DATABRICKS_APPLICATION} --query id -o tsv` prints.",
        )


CHECKS = (
    streams_fit_their_tier,
    streams_can_have_a_key,
    captures_go_into_the_lake,
    consumers_are_named_once,
    databricks_has_its_subnets,
    databricks_may_use_its_key,
)
