"""What keeps alerts from reaching nobody or crying wolf, and dashboards from being empty."""

from __future__ import annotations

from collections.abc import Iterator

from facts.private_link import private_links
from facts.regions import region
from stacks.problems import Problem
from stacks.settings import Settings


def everybody_who_is_told_can_be_reached(settings: Settings) -> Iterator[Problem]:
    """Contacts that are written hold an address or a web hook, and each address once."""
    for urgency, contact in settings.monitoring.contacts:
        if contact is None:
            continue
        path = ("monitoring", "contacts", urgency)
        if not contact.emails and contact.webhook is None:
            yield Problem(
                path=path,
                what=f"The contacts for {urgency} alerts hold no address and no web hook.",
                follows="These alerts would stand in the portal, and nobody would be told.",
                fix=f"Write `emails` or `webhook`, or remove `{urgency}`: then the environment's owner is told.",
            )
        if len(set(contact.emails)) < len(contact.emails):
            yield Problem(
                path=(*path, "emails"),
                what=f"An address stands twice in the contacts for {urgency} alerts.",
                follows="Azure refuses the action group: each receiver has a name of its own.",
                fix="Keep it once.",
            )


def grafana_has_metrics_to_show(settings: Settings) -> Iterator[Problem]:
    """Grafana is made on the metrics of managed Prometheus."""
    if settings.monitoring.grafana is not None and not settings.cluster.managed_prometheus:
        yield Problem(
            path=("monitoring", "grafana"),
            what="Grafana is wanted, and `cluster.managed_prometheus` is off.",
            follows="There is no metrics workspace for it to read, so none would be made and nobody would notice.",
            fix="Write `managed_prometheus: true`, or remove `grafana`.",
        )


def grafana_has_the_zones_that_it_asks_for(settings: Settings) -> Iterator[Problem]:
    """Grafana is spread over zones only where the region has some."""
    grafana, where = settings.monitoring.grafana, region(settings.region.value)
    if grafana is not None and grafana.zone_redundancy and not where.zones:
        yield Problem(
            path=("monitoring", "grafana", "zone_redundancy"),
            what=f"Grafana is to be zone-redundant, and {where.name} has no zones.",
            follows="Azure refuses the instance.",
            fix="Write `zone_redundancy: false`.",
        )


def tests_ask_what_the_internet_reaches(settings: Settings) -> Iterator[Problem]:
    """An availability test asks one host, and none that only has a private address."""
    zones = {zone for row in private_links().values() for zone in row.zones_in(settings.region.value)}
    private = tuple({*zones, *(zone.removeprefix("privatelink.") for zone in zones)})
    for name, wanted in settings.monitoring.availability_tests.items():
        if wanted.host.startswith("*"):
            what, fix = f"{wanted.host} is a pattern, and a test asks one host.", "Write one host name."
        elif wanted.host.endswith(tuple(f".{zone}" for zone in private)):
            what = f"{wanted.host} is the name of a service that the platform closes to the internet."
            fix = "Test the name by which it is published, or remove the test: alerts watch it from inside."
        else:
            continue
        yield Problem(
            path=("monitoring", "availability_tests", name, "host"),
            what=what,
            follows="The test would fail for ever, and somebody would be called every night.",
            fix=fix,
        )


CHECKS = (
    everybody_who_is_told_can_be_reached,
    grafana_has_metrics_to_show,
    grafana_has_the_zones_that_it_asks_for,
    tests_ask_what_the_internet_reaches,
)
