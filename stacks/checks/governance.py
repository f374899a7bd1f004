"""What is exempt from policy, what is stopped at night, and how long records are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stacks.problems import Problem
from stacks.settings import Settings
from stacks.types import Environment

LONGEST_WAIVER_DAYS = 180
LONGEST_MITIGATED_DAYS = 365
"""Our choice: a risk that is only borne is looked at twice a year, one that is met in another way once."""


def exemptions_end(settings: Settings) -> Iterator[Problem]:
    """An exemption ends after it was agreed, and before it is forgotten."""
    subscription = settings.governance.subscription
    if subscription is None or subscription.policies is None:
        return
    for name, exemption in subscription.policies.exemptions.items():
        longest = LONGEST_WAIVER_DAYS if exemption.category == "Waiver" else LONGEST_MITIGATED_DAYS
        days = (exemption.expires_on - exemption.since).days
        if not 1 <= days <= longest:
            yield Problem(
                path=("governance", "subscription", "policies", "exemptions", name, "expires_on"),
                what=f"The exemption {name} lasts {days} days; a {exemption.category} lasts 1 to {longest}.",
                follows="What was meant for a while would hold for ever, or never.",
                fix=f"Choose a day up to {longest} days after {exemption.since}, and renew it with a review.",
            )


def exemptions_are_from_what_is_assigned(settings: Settings) -> Iterator[Problem]:
    """An exemption is from a baseline that is assigned."""
    subscription = settings.governance.subscription
    if subscription is None or subscription.policies is None:
        return
    policies = subscription.policies
    optional = {"microsoft-cloud-security-benchmark", "canada-federal-pbmm", "nist-sp-800-53-r5"}
    for name, exemption in policies.exemptions.items():
        if exemption.assignment in optional - set(policies.baselines):
            yield Problem(
                path=("governance", "subscription", "policies", "exemptions", name, "assignment"),
                what=f"The exemption {name} is from {exemption.assignment}, which is not assigned.",
                follows="The deployment stops: there is no assignment to exempt from.",
                fix=f"Remove the exemption, or add {exemption.assignment} to `baselines`.",
            )


def clusters_that_serve_never_sleep(settings: Settings) -> Iterator[Problem]:
    """A cluster is stopped only where nobody is served at night."""
    if settings.governance.off_hours is not None and settings.environment in (Environment.PROD, Environment.DR):
        yield Problem(
            path=("governance", "off_hours"),
            what=f"{settings.environment.value}'s cluster is to be stopped every evening.",
            follows="The ministries' services would be down until the morning.",
            fix="Remove `off_hours`; it is for environments in which people work.",
        )


def clusters_that_make_nodes_without_pools_never_sleep(settings: Settings) -> Iterator[Problem]:
    """A cluster is stopped only where every node belongs to a pool."""
    cluster = settings.cluster
    if settings.governance.off_hours is None or not (cluster.node_provisioning or cluster.ai_toolchain_operator):
        return
    maker = "node_provisioning" if cluster.node_provisioning is not None else "ai_toolchain_operator"
    yield Problem(
        path=("governance", "off_hours"),
        what=f"The cluster is to be stopped every evening, and cluster.{maker} makes nodes outside its pools.",
        follows="AKS can't stop a cluster that provisions nodes; KAITO's nodes would stay, and be paid (kaito#2075).",
        fix=f"Remove `off_hours`, or switch cluster.{maker} off.",
    )


def a_cluster_starts_before_it_stops(settings: Settings) -> Iterator[Problem]:
    """The cluster runs in the day, not in the night."""
    wanted = settings.governance.off_hours
    if wanted is not None and wanted.start >= wanted.stop:
        yield Problem(
            path=("governance", "off_hours", "start"),
            what=f"The cluster is started at {wanted.start} and stopped at {wanted.stop}.",
            follows="It would run through the night and be stopped when people come.",
            fix="Choose a start that is earlier in the day than the stop.",
        )


def audit_records_are_kept_as_long_as_demanded(settings: Settings) -> Iterator[Problem]:
    """Audit records are kept as long as the classification demands."""
    days, fewest = settings.governance.records.audit_days, settings.demands.audit_retention_days
    if days is not None and days < fewest:
        yield Problem(
            path=("governance", "records", "audit_days"),
            what=f"Audit records are kept for {days} days; {settings.classification} demands {fewest}.",
            follows="Nobody could say who read a record in a year that a court asks about.",
            fix="Remove the line: it follows the classification. Or write more days.",
        )


def audit_records_have_a_copy_where_demanded(settings: Settings) -> Iterator[Problem]:
    """Audit records have a copy that nobody can change where the classification demands it."""
    if settings.demands.immutable_audit and settings.governance.records.archive is None:
        yield Problem(
            path=("governance", "records", "archive"),
            what=f"{settings.classification} demands a copy of audit records that can't be changed; there is none.",
            follows="An administrator of Log Analytics could purge the traces of what they did.",
            fix="Add `archive: {replication: GRS}`, with the replication that the region offers.",
        )


def costs_are_exported_by_the_owner_of_the_subscription(settings: Settings) -> Iterator[Problem]:
    """One stack exports the costs of a subscription."""
    archive = settings.governance.records.archive
    if archive is not None and archive.costs and settings.governance.subscription is None:
        yield Problem(
            path=("governance", "records", "archive", "costs"),
            what="Costs of the whole subscription are to be exported by a stack that does not own it.",
            follows="Two stacks would export the same costs, and a charge-back would count them twice.",
            fix="Write `costs: false`, or give this stack the section `governance.subscription`.",
        )


def reservations_are_for_nodes_that_always_run(settings: Settings) -> Iterator[Problem]:
    """No more nodes are paid in advance than the pools of that size always have."""
    cluster = settings.cluster
    always: Counter[str] = Counter({cluster.system_pool.vm_size: cluster.system_pool.min_count})
    nodes = [(pool.vm_size, pool.min_count) for pool in cluster.pools.values()]
    nodes += [(pool.vm_size, pool.min_count) for pool in cluster.gpu_pools.values()]
    for size, count in nodes:
        always[size] += count
    for name, reservation in settings.budget.reservations.items():
        if reservation.count > always[reservation.vm_size]:
            yield Problem(
                path=("budget", "reservations", name, "count"),
                what=f"{reservation.count} nodes of {reservation.vm_size} are reserved; {always[reservation.vm_size]} "
                "run all the time.",
                follows="The rest is paid and not used.",
                fix="Exchange the reservation at the billing account, or raise the pool's min_count.",
            )


def a_budgeted_team_has_something_of_its_own(settings: Settings) -> Iterator[Problem]:
    """A team's budget counts what carries its tag, so there must be something."""
    tagged = {pool.team for pool in settings.cluster.gpu_pools.values()}
    for team in settings.budget.teams:
        if team not in tagged:
            yield Problem(
                path=("budget", "teams", team),
                what=f"The team {team} has a budget, and no GPU pool of its own.",
                follows="Nothing carries the team's tag: the budget would stay at 0 and never warn.",
                fix=f"Write `team: {team}` in a GPU pool, or remove the budget; cost analysis shows namespaces.",
            )


def each_is_named_once(settings: Settings) -> Iterator[Problem]:
    """A table, a control set, a plan or a day stands once in its list."""
    records, subscription = settings.governance.records, settings.governance.subscription
    lists: list[tuple[tuple[str, ...], tuple[str, ...]]] = [(("records", "audit_tables"), records.audit_tables)]
    if records.archive is not None:
        lists.append((("records", "archive", "tables"), records.archive.tables))
    if subscription is not None and subscription.policies is not None:
        lists.append((("subscription", "policies", "baselines"), subscription.policies.baselines))
    if subscription is not None and subscription.defender is not None:
        lists.append((("subscription", "defender", "plans"), subscription.defender.plans))
    if settings.governance.off_hours is not None:
        lists.append((("off_hours", "days"), settings.governance.off_hours.days))
    for path, names in lists:
        for name in sorted(name for name, count in Counter(names).items() if count > 1):
            yield Problem(
                path=("governance", *path),
                what=f"{name} stands there {names.count(name)} times.",
                follows="Each entry is a resource or a part of one: the deployment stops at the second.",
                fix=f"Keep {name} once.",
            )


def cheap_tables_hold_no_audit_records(settings: Settings) -> Iterator[Problem]:
    """The table of container logs is on another plan than audit records."""
    if "ContainerLogV2" in settings.governance.records.audit_tables and settings.cluster.container_insights:
        yield Problem(
            path=("governance", "records", "audit_tables"),
            what="ContainerLogV2 is to be an audit table, and `cluster.container_insights` keeps it on the plan Basic.",
            follows="The table would be written twice, with two plans: every `up` would change it back and forth.",
            fix="Remove it from audit_tables: containers' own words are kept for `monitoring.retention_days`.",
        )


CHECKS = (
    exemptions_end,
    exemptions_are_from_what_is_assigned,
    clusters_that_serve_never_sleep,
    clusters_that_make_nodes_without_pools_never_sleep,
    a_cluster_starts_before_it_stops,
    audit_records_are_kept_as_long_as_demanded,
    audit_records_have_a_copy_where_demanded,
    costs_are_exported_by_the_owner_of_the_subscription,
    reservations_are_for_nodes_that_always_run,
    a_budgeted_team_has_something_of_its_own,
    each_is_named_once,
    cheap_tables_hold_no_audit_records,
)
