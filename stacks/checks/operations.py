"""What keeps an environment supported, observable and within its budget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facts.aks_versions import Support, aks_version, aks_versions, as_of
from stacks.problems import Problem
from stacks.settings import Settings

RETENTION_DAYS = (30, 31, 60, 90, 120, 180, 270, 365, 550, 730)
"""What the portal and the API take for a workspace: azure-monitor-docs data-retention-configure.md."""

EARLIEST_BUDGET = date(2017, 6, 1)
MOST_NOTIFICATIONS = 5
"""Both from the API's own description, `pulumi_azure_native.consumption.Budget` 3.29 (API 2024-08-01)."""


def kubernetes_version_is_supported(settings: Settings) -> Iterator[Problem]:
    """AKS supports the version in the tier, on the day of the facts."""
    wanted, tier = settings.cluster.kubernetes_version, settings.cluster.tier
    path, today = ("cluster", "kubernetes_version"), as_of()
    fine = [minor for minor, version in aks_versions().items() if version.support_on(today) is Support.STANDARD]
    fix = f"Choose a version in standard support: {', '.join(fine)}."
    try:
        support = aks_version(wanted).support_on(today)
    except LookupError as error:
        yield Problem(path=path, what=f"{error.args[0]}", follows="Nobody could say whether AKS takes it.", fix=fix)
        return
    if support is Support.NONE:
        yield Problem(
            path=path,
            what=f"AKS no longer supports Kubernetes {wanted} (as of {today}).",
            follows="Azure refuses the cluster (K8sVersionNotSupported).",
            fix=fix,
        )
    elif support is Support.LTS and tier != "Premium":
        yield Problem(
            path=path,
            what=f"Kubernetes {wanted} has long-term support only (as of {today}), and the tier is {tier}.",
            follows="Azure refuses the cluster: long-term support needs the tier Premium.",
            fix=f"{fix} Or write `tier: Premium`.",
        )


def prod_has_an_uptime_promise(settings: Settings) -> Iterator[Problem]:
    """In prod and dr Microsoft answers for the API server."""
    if settings.environment.serves_ministries and settings.cluster.tier == "Free":
        yield Problem(
            path=("cluster", "tier"),
            what=f"{settings.environment.value}'s cluster is in the tier Free.",
            follows="Nobody answers for the API server, and it is sized for some ten nodes.",
            fix="Write `tier: Standard`.",
        )


def log_retention_is_allowed(settings: Settings) -> Iterator[Problem]:
    """Log Analytics takes a few lengths only."""
    days = settings.monitoring.retention_days
    if days not in RETENTION_DAYS:
        longer = next(each for each in RETENTION_DAYS if each > days)
        yield Problem(
            path=("monitoring", "retention_days"),
            what=f"Log Analytics does not keep logs for {days} days.",
            follows="Azure refuses the workspace.",
            fix=f"Write {longer}; allowed are {', '.join(map(str, RETENTION_DAYS))}.",
        )


def budget_starts_on_the_first(settings: Settings) -> Iterator[Problem]:
    """A monthly budget starts with a month."""
    start = settings.budget.start_date
    if start.day != 1 or start < EARLIEST_BUDGET:
        first = max(start.replace(day=1), EARLIEST_BUDGET)
        yield Problem(
            path=("budget", "start_date"),
            what=f"{start} is not the first day of a month, or lies before {EARLIEST_BUDGET}.",
            follows="Azure refuses the budget.",
            fix=f'Write "{first}".',
        )


def budget_thresholds_are_in_order(settings: Settings) -> Iterator[Problem]:
    """Thresholds rise, none is there twice, there is one, and Azure takes that many."""
    budget = settings.budget
    for name in ("actual_thresholds", "forecast_thresholds"):
        thresholds: tuple[int, ...] = getattr(budget, name)
        ordered = sorted(set(thresholds))
        if list(thresholds) != ordered:
            yield Problem(
                path=("budget", name),
                what=f"The thresholds {', '.join(map(str, thresholds))} don't rise, or one is there twice.",
                follows="Each threshold is one alert: two alerts would claim the same name.",
                fix=f"Write [{', '.join(map(str, ordered))}].",
            )
    count = len(budget.actual_thresholds) + len(budget.forecast_thresholds)
    if count > MOST_NOTIFICATIONS:
        yield Problem(
            path=("budget", "actual_thresholds"),
            what=f"The budget has {count} thresholds, actual and forecast together.",
            follows=f"Azure refuses it: a budget has at most {MOST_NOTIFICATIONS} notifications.",
            fix="Keep the thresholds that somebody acts on.",
        )
    if count == 0:
        yield Problem(
            path=("budget", "actual_thresholds"),
            what="The budget has no threshold, actual or forecast.",
            follows="Nobody would be told before the money is spent: the budget only draws a line in the portal.",
            fix="Write one at least, such as `actual_thresholds: [80]`.",
        )


CHECKS = (
    kubernetes_version_is_supported,
    prod_has_an_uptime_promise,
    log_retention_is_allowed,
    budget_starts_on_the_first,
    budget_thresholds_are_in_order,
)
