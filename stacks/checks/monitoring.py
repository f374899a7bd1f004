"""What keeps alerts from reaching nobody, and dashboards from being empty."""

from __future__ import annotations

from collections.abc import Iterator

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


CHECKS = (
    everybody_who_is_told_can_be_reached,
    grafana_has_metrics_to_show,
    grafana_has_the_zones_that_it_asks_for,
)
