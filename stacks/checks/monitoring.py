"""What keeps alerts from reaching nobody."""

from __future__ import annotations

from collections.abc import Iterator

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


CHECKS = (everybody_who_is_told_can_be_reached,)
