"""Microsoft.Consumption/budgets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule
from simulator.values import at, has_unknown

# What the service itself answers as a code.
_CODE: Final = "400"
_REFERENCE: Final = "Microsoft.Consumption/budgets reference (2024-08-01; checked in azure-native 3 docs 2026-11-25)"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,63}")
_FIRST_DAY: Final = datetime(2017, 6, 1, tzinfo=UTC)
_MAX_THRESHOLD: Final = 1000
_MAX_CONTACTS: Final = 50
_MAX_NOTIFICATIONS: Final = 5
_CONTACTS: Final = ("contactEmails", "contactRoles", "contactGroups")


@rule("bud-name", kind="static", code=_CODE, source=_REFERENCE)
def name_is_valid(request: Request) -> Iterator[Fault]:
    """A name has up to 63 letters, digits, hyphens and underscores."""
    if _NAME.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no name for a budget", "budgetName", "use letters, digits, - and _, up to 63")


@rule("bud-start-first-of-month", kind="static", code=_CODE, reads=("timeGrain",),
      source=f"{_REFERENCE}; hashicorp/terraform-provider-azurerm#15467 (billing periods)")  # fmt: skip
def starts_on_the_first(request: Request) -> Iterator[Fault]:
    """Starts on the first of a month, from June 2017 on; a budget of billing periods starts when these do."""
    text = request.known("timePeriod.startDate")
    start = _date(text)
    billing = str(request.known("timeGrain", "")).startswith("Billing")
    if isinstance(text, str) and (start is None or (start.day != 1 and not billing)):
        yield Fault(
            f"the start date {text} of budget '{request.name}' is not the first day of a month",
            "timePeriod.startDate",
            "use the first of a month, for example 2026-01-01T00:00:00Z",
        )
    elif start is not None and start < _FIRST_DAY:
        yield Fault(f"the start date {text} lies before June 2017", "timePeriod.startDate", "use the current month")


@rule("bud-start-far", kind="static", code=_CODE,
      source="hashicorp/terraform-provider-azurerm#12121; " + _REFERENCE)  # fmt: skip
def starts_within_a_year(request: Request) -> Iterator[Fault]:
    """Starts within twelve months from now. How far back a new budget may start, hangs on the clock: not judged."""
    start = _date(request.known("timePeriod.startDate"))
    if start is not None and start > datetime.now(UTC) + timedelta(days=366):
        yield Fault(
            f"the start date {start:%Y-%m-%d} is more than a year away", "timePeriod.startDate", "start earlier"
        )


@rule("bud-notifications", kind="static", code=_CODE, source=_REFERENCE)
def notifications_are_few(request: Request) -> Iterator[Fault]:
    """Five notifications at most."""
    listed = request.known("notifications")
    if isinstance(listed, Mapping) and len(listed) > _MAX_NOTIFICATIONS:
        yield Fault(f"{len(listed)} notifications", "notifications", f"use at most {_MAX_NOTIFICATIONS}")


@rule("bud-contact-groups", kind="static", code=_CODE, source=_REFERENCE, reads=("scope",))
def groups_are_named_where_they_work(request: Request) -> Iterator[Fault]:
    """Action groups are told of budgets of subscriptions and resource groups only, and are named by their ids."""
    scope = str(request.known("scope", "")).lower()
    for target, notice in _notifications(request):
        groups = notice.get("contactGroups")
        for group in groups if isinstance(groups, list) else ():
            if isinstance(group, str) and "/providers/microsoft.insights/actiongroups/" not in group.lower():
                yield Fault(f"'{group}' is no id of an action group", f"{target}.contactGroups", "use its `id` output")
        if groups and not scope.startswith("/subscriptions/"):
            yield Fault(f"action groups for a budget of {scope}", f"{target}.contactGroups", "use contactEmails")


@rule("bud-filter", kind="static", code=_CODE, source=_REFERENCE)
def filters_join_two(request: Request) -> Iterator[Fault]:
    """`and` joins two filters at least, and each filter is on dimensions or on tags."""
    joined = request.known("filter.and")
    if isinstance(joined, list) and len(joined) < 2:
        yield Fault(f"`and` of {len(joined)} filters", "filter.and", "use the one filter without `and`")


@rule("bud-end-after-start", kind="static", code=_CODE, source=_REFERENCE)
def ends_after_start(request: Request) -> Iterator[Fault]:
    """Ends after it starts."""
    start, end = _date(request.known("timePeriod.startDate")), _date(request.known("timePeriod.endDate"))
    if start is not None and end is not None and end <= start:
        yield Fault(
            f"the end date {end:%Y-%m-%d} is not after the start date {start:%Y-%m-%d}",
            "timePeriod.endDate",
            "use a later day, or leave it out for ten years",
        )


@rule(
    "bud-start-date-change",
    kind="lifecycle",
    code=_CODE,
    source="jpsnover/ai-triad-research#1697",
    quoted=True,
)
def start_stays(request: Request) -> Iterator[Fault]:
    """Starts at the same time for ever."""
    before = at(request.old.body, "timePeriod.startDate") if request.old is not None else None
    after = request.known("timePeriod.startDate")
    if before is not None and after is not None and before != after:
        yield Fault(
            "Start date of budgets cannot be updated. Please delete and create a new budget.",
            "timePeriod.startDate",
            f"keep {before}",
        )


@rule("bud-amount", kind="static", code=_CODE, source=_REFERENCE)
def amount_is_positive(request: Request) -> Iterator[Fault]:
    """An amount is not negative."""
    amount = request.known("amount")
    if isinstance(amount, int | float) and amount < 0:
        yield Fault(f"an amount of {amount}", "amount", "use a positive amount")


@rule(
    "bud-threshold-over-1000",
    kind="static",
    code=_CODE,
    source="hashicorp/terraform-provider-azurerm#14411",
)
def threshold_is_a_percentage(request: Request) -> Iterator[Fault]:
    """A threshold is a percentage between 0 and 1000."""
    for target, notice in _notifications(request):
        threshold = notice.get("threshold")
        if isinstance(threshold, int | float) and not 0 <= threshold <= _MAX_THRESHOLD:
            yield Fault(f"a threshold of {threshold} percent", f"{target}.threshold", f"use 0 to {_MAX_THRESHOLD}")


@rule(
    "bud-notification-without-contact",
    kind="static",
    code=_CODE,
    source="hashicorp/terraform-provider-azurerm#28927",
)
def somebody_is_told(request: Request) -> Iterator[Fault]:
    """A notification goes to somebody, and to 50 addresses at most."""
    for target, notice in _notifications(request):
        contacts = [notice.get(name) for name in _CONTACTS]
        if not any(has_unknown(listed) or listed for listed in contacts):
            yield Fault("the notification goes to nobody", f"{target}.contactEmails", f"name one of {_CONTACTS}")
        emails = notice.get("contactEmails")
        if isinstance(emails, list) and len(emails) > _MAX_CONTACTS:
            yield Fault(f"{len(emails)} addresses", f"{target}.contactEmails", f"use at most {_MAX_CONTACTS}")


class Budgets(Model):
    """A budget with its alerts."""

    token = "azure-native:consumption:Budget"
    rules = (
        name_is_valid, starts_on_the_first, starts_within_a_year, ends_after_start, start_stays, amount_is_positive,
        filters_join_two, notifications_are_few, threshold_is_a_percentage, somebody_is_told,
        groups_are_named_where_they_work,
    )  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """Nothing has been spent in a simulated subscription."""
        return {"currentSpend": {"amount": 0.0, "unit": "CAD"}, "forecastSpend": {"amount": 0.0, "unit": "CAD"}}


def _notifications(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    listed = request.known("notifications", {})
    for name, notice in listed.items() if isinstance(listed, Mapping) else ():
        if isinstance(notice, Mapping):
            yield f"notifications.{name}", notice


def _date(text: Any) -> datetime | None:
    """A date as the service reads it; `None` for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
