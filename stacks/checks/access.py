"""Who may do what, so that nobody can approve, deploy or rescue themselves by accident."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.problems import Problem, SettingPath, dotted
from stacks.settings import Settings
from stacks.types import ENCRYPTED


def previews_and_updates_are_apart(settings: Settings) -> Iterator[Problem]:
    """Previews run in another GitHub environment than updates."""
    github = settings.access.github
    if github is not None and github.plan_environment == github.apply_environment:
        yield Problem(
            path=("access", "github", "plan_environment"),
            what=f"Previews and updates both run in the GitHub environment {github.apply_environment!r}.",
            follows="The code of any pull request would run as the identity that may change everything.",
            fix=f"Write `plan_environment: {github.apply_environment}-plan`.",
        )


def immutable_subjects_have_both_numbers(settings: Settings) -> Iterator[Problem]:
    """The numbers of the owner and of the repository go together."""
    github = settings.access.github
    if github is not None and (github.owner_id is None) != (github.repository_id is None):
        missing = "owner_id" if github.owner_id is None else "repository_id"
        yield Problem(
            path=("access", "github", missing),
            what="Of the two numbers that an immutable subject needs, only one is written.",
            follows="Tokens of a repository made since July 2026 would not be trusted.",
            fix=f"Add `{missing}`: `gh api repos/<owner>/<repository> --jq '.id, .owner.id'` prints both.",
        )


def emergencies_have_their_own_group(settings: Settings) -> Iterator[Problem]:
    """The emergency accounts are in no everyday group, and don't approve activations."""
    access = settings.access
    if access.break_glass is None:
        return
    everyday = {
        "platform_admins": access.platform_admins,
        "ml_engineers": access.ml_engineers,
        "data_scientists": access.data_scientists,
        "auditors": access.auditors,
        "activation.approvers": access.activation.approvers if access.activation is not None else None,
    }
    same = [name for name, group in everyday.items() if group == access.break_glass]
    if same:
        yield Problem(
            path=("access", "break_glass"),
            what=f"The emergency group is also access.{same[0]}.",
            follows="What is meant for one bad day would be used every day, and nobody would notice.",
            fix="Name a group that holds the emergency accounts and nobody else.",
        )


def groups_are_told_apart(settings: Settings) -> Iterator[Problem]:
    """No group is two: both would be granted one role at one scope, which Azure makes once."""
    wanted, workloads = settings.access, settings.workloads
    seen: dict[str, SettingPath] = {}
    named: list[tuple[SettingPath, str | None]] = [
        (("access", name), getattr(wanted, name))
        for name in ("platform_admins", "ml_engineers", "data_scientists", "auditors", "break_glass")
    ]
    teams = {} if workloads is None else workloads.teams
    named += [(("workloads", "teams", name, "group"), team.group) for name, team in teams.items()]
    for path, group in named:
        first = None if group in (None, ENCRYPTED) else seen.setdefault(str(group), path)
        # What is wrong with an emergency group that is an everyday one, another rule says.
        if first in (None, path) or path == ("access", "break_glass"):
            continue
        yield Problem(
            path=path,
            what=f"The group is also `{dotted(first)}`.",
            follows="Azure refuses a role at a scope that the group holds already (RoleAssignmentExists).",
            fix="Make a group for each purpose; one person may be in several.",
        )


def three_people_activate_an_hsm(settings: Settings) -> Iterator[Problem]:
    """The security domain of a managed HSM is shared between people, not kept by one."""
    wanted = settings.key_vault.managed_hsm
    people = () if wanted is None else wanted.administrators
    for index, person in enumerate(people):
        if person != ENCRYPTED and person in people[:index]:
            yield Problem(
                path=("key_vault", "managed_hsm", "administrators", index),
                what=f"{person} is named already.",
                follows="Fewer people than it looks could activate the HSM or recover it.",
                fix="Name three or more different people.",
            )


def workloads_are_told_apart(settings: Settings) -> Iterator[Problem]:
    """No two workloads have one service account."""
    seen: dict[tuple[str, str], str] = {}
    for name, workload in settings.access.workloads.items():
        account = (workload.namespace, workload.service_account)
        if account in seen:
            yield Problem(
                path=("access", "workloads", name, "service_account"),
                what=f"{name} and {seen[account]} have the same service account {'/'.join(account)}.",
                follows="A pod could be either identity, so each workload would have the rights of both.",
                fix="Give each workload a service account of its own.",
            )
        seen.setdefault(account, name)


def workloads_live_in_a_namespace_of_the_cluster(settings: Settings) -> Iterator[Problem]:
    """Where the cluster's namespaces are made here, a workload lives in one of them."""
    if settings.workloads is None:
        return
    teams = settings.workloads.teams
    for name, workload in settings.access.workloads.items():
        if workload.namespace not in teams:
            yield Problem(
                path=("access", "workloads", name, "namespace"),
                what=f"{name} lives in the namespace {workload.namespace}, which no team has.",
                follows="Its service account would never be made, and nobody could use the identity.",
                fix=f"Choose one of {', '.join(teams)}, or add the team to `workloads.teams`.",
            )


CHECKS = (
    previews_and_updates_are_apart,
    immutable_subjects_have_both_numbers,
    emergencies_have_their_own_group,
    groups_are_told_apart,
    three_people_activate_an_hsm,
    workloads_are_told_apart,
    workloads_live_in_a_namespace_of_the_cluster,
)
