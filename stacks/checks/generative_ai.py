"""Models of Azure OpenAI: what regions offer, where answers come from, keys, logs, who asks."""

from __future__ import annotations

from collections.abc import Iterator

from facts.openai_models import offered, offers
from stacks.checks.addresses import needs_subnet
from stacks.classification import chosen
from stacks.problems import Problem, SettingPath
from stacks.sections.generative_ai import AiAccountSettings, ModelDeploymentSettings
from stacks.settings import Settings
from stacks.types import ENCRYPTED

IN_REGION = ("Standard", "ProvisionedManaged")
LARGEST_BASIC = 3
"""Replicas and partitions of a basic search service: search-limits-quotas-capacity.md (2025-11-20)."""


def _accounts(settings: Settings) -> Iterator[tuple[str, AiAccountSettings, str]]:
    wanted = settings.generative_ai
    for name, account in ({} if wanted is None else wanted.accounts).items():
        yield name, account, (settings.region if account.region is None else account.region).value


def _deployments(settings: Settings) -> Iterator[tuple[tuple[str, str, str, str, str], ModelDeploymentSettings, str]]:
    for name, account, region in _accounts(settings):
        for key, deployment in account.deployments.items():
            yield ("generative_ai", "accounts", name, "deployments", key), deployment, region


def models_are_offered_in_their_region(settings: Settings) -> Iterator[Problem]:
    """The region offers the version for the kind of deployment, as far as the table knows."""
    for path, wanted, region in _deployments(settings):
        if offered(wanted.sku, wanted.model, wanted.version, region) is not False:
            continue
        others = sorted(
            f"{model} {version}"
            for (sku, model, version), regions in offers().items()
            if sku == wanted.sku and region in regions
        )
        yield Problem(
            path=(*path, "model"),
            what=f"{region} does not offer {wanted.model} {wanted.version} as {wanted.sku}.",
            follows="Azure refuses the deployment (InvalidResourceProperties), and the account stands without it.",
            fix=f"Use one of {', '.join(others)}, or another region or kind."
            if others
            else f"{region} has no model as {wanted.sku}: use another region or kind.",
        )


def answers_come_from_canada(settings: Settings) -> Iterator[Problem]:
    """A kind that may answer abroad has a reason, and a classification that lets it."""
    for path, wanted, _ in _deployments(settings):
        if wanted.sku in IN_REGION:
            if wanted.leaves_canada_because is not None:
                yield Problem(
                    path=(*path, "leaves_canada_because"),
                    what=f"{wanted.sku} answers in its region, so nothing leaves Canada.",
                    follows="A reader would believe that prompts go abroad.",
                    fix="Take the line out.",
                )
        elif settings.demands.region_bound_models:
            yield Problem(
                path=(*path, "sku"),
                what=f"{wanted.sku} may answer in any country; {settings.classification} demands answers in Canada.",
                follows="What people ask would be worked on outside the country.",
                fix="Write `sku: Standard` or `sku: ProvisionedManaged`.",
            )
        elif wanted.leaves_canada_because is None:
            yield Problem(
                path=(*path, "sku"),
                what=f"{wanted.sku} may answer in any country, and nobody says why it may.",
                follows="What people ask would be worked on outside the country.",
                fix="Write `sku: Standard`, or the reason in `leaves_canada_because`.",
            )


def keys_are_in_their_accounts_region(settings: Settings) -> Iterator[Problem]:
    """An account takes a key of its own region only (encryption-keys-portal.md, 2026-11)."""
    keys = chosen(settings.key_vault.customer_keys, settings.demands.customer_keys)
    for name, account, region in _accounts(settings):
        path = ("generative_ai", "accounts", name, "customer_key")
        if chosen(account.customer_key, keys) and region != settings.region.value:
            yield Problem(
                path=path,
                what=f"The account is in {region}, its key would be in {settings.region.value}.",
                follows="Azure refuses the account: a key and its account must be in one region.",
                fix="Write `customer_key: false` with its reason in `microsoft_key_because`, or take `region` out.",
            )
        elif account.customer_key is True and not keys:
            yield Problem(
                path=path,
                what="The account is to have a key of our own, and the stack makes none.",
                follows="Its data would be encrypted with Microsoft's keys.",
                fix="Take the line out, or write `key_vault.customer_keys: true`.",
            )


def requests_are_logged_where_allowed(settings: Settings) -> Iterator[Problem]:
    """Nothing about what people ask is logged where the classification forbids it."""
    for name, account, _ in _accounts(settings):
        if account.log_requests and not settings.demands.prompt_logging:
            yield Problem(
                path=("generative_ai", "accounts", name, "log_requests"),
                what=f"{settings.classification} forbids logs of what people ask.",
                follows="Whoever reads logs would read more than they may.",
                fix="Take the line out.",
            )


def each_asker_is_named_once(settings: Settings) -> Iterator[Problem]:
    """Azure has one assignment of a role for a principal: the second is refused (RoleAssignmentExists)."""
    for name, account, _ in _accounts(settings):
        path = ("generative_ai", "accounts", name)
        for field, names in (("groups", account.groups), ("workloads", account.workloads)):
            for twice in sorted({each for each in names if names.count(each) > 1}):
                yield _named_twice((*path, field), f"{twice} stands twice in `{field}`.")
        known = {getattr(settings.access, group): f"`access.{group}`" for group in account.groups}
        for user, group_id in account.users.items():
            # Texts that only Pulumi can read all look alike.
            if group_id in known and group_id != ENCRYPTED:
                yield _named_twice((*path, "users", user), f"{user} is the same group as {known[group_id]}.")
            known.setdefault(group_id, user)


def _named_twice(path: SettingPath, what: str) -> Problem:
    return Problem(path=path, what=what, follows="Azure refuses the second role assignment.", fix="Name it once.")


def workloads_that_ask_exist(settings: Settings) -> Iterator[Problem]:
    """Who may ask is a workload that has an identity."""
    for name, account, _ in _accounts(settings):
        for index, workload in enumerate(account.workloads):
            if workload not in settings.access.workloads:
                yield Problem(
                    path=("generative_ai", "accounts", name, "workloads", index),
                    what=f"There is no workload {workload} in `access.workloads`.",
                    follows="Nobody would get the role.",
                    fix=f"Name one of {', '.join(settings.access.workloads) or 'none, as there are none'}.",
                )


def search_fits_its_tier(settings: Settings) -> Iterator[Problem]:
    """A basic service stays small."""
    wanted = None if settings.generative_ai is None else settings.generative_ai.search
    if wanted is None or wanted.sku != "basic":
        return
    for setting, value in (("replicas", wanted.replicas), ("partitions", wanted.partitions)):
        if value > LARGEST_BASIC:
            yield Problem(
                path=("generative_ai", "search", setting),
                what=f"{setting} is {value}; basic has at most {LARGEST_BASIC}.",
                follows="Azure refuses the search service.",
                fix=f"Write {LARGEST_BASIC} or less, or `sku: standard`.",
            )


def the_gateway_has_its_subnet(settings: Settings) -> Iterator[Problem]:
    """The gateway reaches the accounts' private endpoints from a subnet of the spoke."""
    if settings.generative_ai is not None and settings.generative_ai.gateway is not None:
        follows = "The gateway would reach no account: they have private addresses only."
        yield from needs_subnet(settings, "api_management", ("generative_ai", "gateway"), follows=follows)


def the_gateway_has_something_to_serve(settings: Settings) -> Iterator[Problem]:
    """Some account has the deployment that the gateway serves."""
    wanted = settings.generative_ai
    if wanted is None or wanted.gateway is None:
        return
    names = sorted({name for account in wanted.accounts.values() for name in account.deployments})
    if wanted.gateway.deployment not in names:
        yield Problem(
            path=("generative_ai", "gateway", "deployment"),
            what=f"No account has a deployment {wanted.gateway.deployment}.",
            follows="The gateway would answer every call with an error.",
            fix=f"Name one of {', '.join(names)}.",
        )


def months_are_longer_than_minutes(settings: Settings) -> Iterator[Problem]:
    """A team's month has at least the tokens of one of its minutes."""
    gateway = None if settings.generative_ai is None else settings.generative_ai.gateway
    for name, team in ({} if gateway is None else gateway.teams).items():
        if team.tokens_per_month is not None and team.tokens_per_month < team.tokens_per_minute:
            yield Problem(
                path=("generative_ai", "gateway", "teams", name, "tokens_per_month"),
                what=f"{name} has {team.tokens_per_month} tokens a month and {team.tokens_per_minute} a minute.",
                follows="One busy minute would leave the team without models until the next month.",
                fix="Write more tokens a month, or leave the line out.",
            )


CHECKS = (
    models_are_offered_in_their_region,
    answers_come_from_canada,
    keys_are_in_their_accounts_region,
    requests_are_logged_where_allowed,
    each_asker_is_named_once,
    workloads_that_ask_exist,
    search_fits_its_tier,
    the_gateway_has_its_subnet,
    the_gateway_has_something_to_serve,
    months_are_longer_than_minutes,
)
