"""What holds data: tiers, immutability, keys, and the images of other registries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.registry_upstreams import SIGN_IN, UPSTREAMS
from facts.storage_tiers import ARCHIVE_REPLICATIONS
from stacks.classification import chosen
from stacks.problems import Problem
from stacks.sections.registry import CacheRuleSettings
from stacks.settings import Settings

CACHE_RULE_NAME = r"[a-zA-Z0-9]([a-zA-Z0-9-]{3,48})[a-zA-Z0-9]"


def _uses_customer_keys(settings: Settings) -> bool:
    """Whether there are keys of our own: by the setting, else by the classification."""
    return chosen(settings.key_vault.customer_keys, settings.demands.customer_keys)


def keys_are_ours_where_demanded(settings: Settings) -> Iterator[Problem]:
    """Customer-managed keys are not switched off where the classification demands them."""
    if settings.demands.customer_keys and settings.key_vault.customer_keys is False:
        yield Problem(
            path=("key_vault", "customer_keys"),
            what=f"{settings.classification} demands keys of our own, and they are switched off.",
            follows="Nobody in the province could take away the keys that the data is encrypted with.",
            fix="Remove the line: it follows the classification.",
        )


def keys_of_one_thing_need_keys(settings: Settings) -> Iterator[Problem]:
    """What is to have a key of its own needs the vault of keys."""
    if _uses_customer_keys(settings):
        return
    follows = "There is no vault of keys, so nothing could encrypt with one."
    fix = "Write `key_vault.customer_keys: true`, or remove the line."
    if settings.storage.own_key_containers:
        yield Problem(
            path=("storage", "own_key_containers"),
            what="File systems are to have keys of their own, but the platform has no customer-managed keys.",
            follows=follows,
            fix=fix,
        )
    if settings.registry.customer_key is True:
        yield Problem(
            path=("registry", "customer_key"),
            what="The registry is to have a customer-managed key, but the platform has none.",
            follows=follows,
            fix=fix,
        )


def file_systems_are_named_once(settings: Settings) -> Iterator[Problem]:
    """A file system is in use or retired, not both."""
    storage = settings.storage
    names = (*storage.lake_containers, *storage.retired_lake_containers)
    for name in sorted({name for name in names if names.count(name) > 1}):
        retired = name in storage.retired_lake_containers
        yield Problem(
            path=("storage", "retired_lake_containers" if retired else "lake_containers"),
            what=f"The file system {name} is named {names.count(name)} times.",
            follows="Pulumi refuses two resources of one name.",
            fix="Name it once.",
        )


def protected_file_systems_exist(settings: Settings) -> Iterator[Problem]:
    """Only file systems of the lake are immutable or have a key."""
    storage = settings.storage
    for setting, names in (
        ("immutable_days", tuple(storage.immutable_days)),
        ("own_key_containers", storage.own_key_containers),
    ):
        for name in names:
            if name not in storage.lake_containers:
                yield Problem(
                    path=("storage", setting),
                    what=f"{name} is no file system of the lake.",
                    follows="What it was meant to protect stays unprotected.",
                    fix=f"Name one of {', '.join(storage.lake_containers)}, or add it to `storage.lake_containers`.",
                )


def tiers_exist_and_get_colder(settings: Settings) -> Iterator[Problem]:
    """Blobs go from tier to colder tier, and to the archive only where there is one."""
    tiers, replication = settings.storage.lifecycle, settings.storage.replication
    days = [tiers.cool_after_days, tiers.cold_after_days, tiers.archive_after_days]
    steps = [each for each in days if each is not None]
    if steps != sorted(set(steps)):
        yield Problem(
            path=("storage", "lifecycle"),
            what=f"The tiers come after {', '.join(map(str, steps))} days.",
            follows="A blob would skip a tier, or pay for a tier that it leaves at once.",
            fix="Let each colder tier come later than the one before.",
        )
    if tiers.archive_after_days is not None and replication not in ARCHIVE_REPLICATIONS:
        yield Problem(
            path=("storage", "lifecycle", "archive_after_days"),
            what=f"Accounts with {replication} have no archive tier.",
            follows="Azure refuses the lifecycle policy.",
            fix=f"Remove it and rely on the cold tier, or replicate with {' or '.join(ARCHIVE_REPLICATIONS)}.",
        )


def restore_has_what_it_replays(settings: Settings) -> Iterator[Problem]:
    """A restore to a point in time needs deleted blobs and the change feed for longer than it reaches back."""
    storage = settings.storage
    if storage.restore_days is None:
        return
    for setting, days in (
        ("soft_delete_days", storage.soft_delete_days),
        ("change_feed_days", storage.change_feed_days),
    ):
        if storage.restore_days >= days:
            yield Problem(
                path=("storage", "restore_days"),
                what=f"A restore reaches back {storage.restore_days} days, and `{setting}` is {days}.",
                follows="Azure refuses the restore policy.",
                fix=f"Lower restore_days to {days - 1}, or raise {setting}.",
            )


def replicas_are_elsewhere(settings: Settings) -> Iterator[Problem]:
    """A replica of the registry is in another region, and there is one in each."""
    regions = (settings.region, *settings.registry.replicas)
    for index, each in enumerate(settings.registry.replicas):
        if each in regions[: index + 1]:
            yield Problem(
                path=("registry", "replicas", index),
                what=f"The registry would be in {each.value} twice.",
                follows="Azure refuses the replica.",
                fix="Name each other region once.",
            )


def cache_rules_can_work(settings: Settings) -> Iterator[Problem]:
    """Azure takes every rule, and it can pull."""
    for name, rule in settings.registry.cache_rules.items():
        if re.fullmatch(CACHE_RULE_NAME, name) is None:
            yield _cache_problem(
                name, f"{name!r} is no name of a cache rule.", "Use 5 to 50 letters, digits and hyphens."
            )
        yield from _upstream_problems(name, rule)
        if rule.source.endswith("*") != rule.target.endswith("*"):
            yield _cache_problem(
                name, f"Only one of {rule.source} and {rule.target} ends with /*.", "End both with /*, or neither."
            )


def _upstream_problems(name: str, rule: CacheRuleSettings) -> Iterator[Problem]:
    upstream = rule.source.partition("/")[0]
    if upstream not in UPSTREAMS:
        yield _cache_problem(
            name,
            f"{upstream} can't be cached.",
            f"Use one of {', '.join(UPSTREAMS)}, or import its images (docs/runbooks/add-cache-rule.md).",
        )
    if upstream in SIGN_IN and not rule.signed_in:
        yield _cache_problem(name, f"{upstream} serves caches only if they sign in.", "Write `signed_in: true`.")


def _cache_problem(name: str, what: str, fix: str) -> Problem:
    return Problem(path=("registry", "cache_rules", name), what=what, follows="Azure refuses the cache rule.", fix=fix)


def builds_have_a_subnet(settings: Settings) -> Iterator[Problem]:
    """Machines that build images stand in the runners' subnet."""
    if settings.registry.build_pool is not None and settings.network.subnets.runners is None:
        yield Problem(
            path=("registry", "build_pool"),
            what="Machines build images, but `network.subnets.runners` is not set.",
            follows="They would stand nowhere, and could not reach the private registry.",
            fix="Give them a range of /27 or larger, or remove build_pool.",
        )


CHECKS = (
    keys_are_ours_where_demanded,
    keys_of_one_thing_need_keys,
    file_systems_are_named_once,
    protected_file_systems_exist,
    tiers_exist_and_get_colder,
    restore_has_what_it_replays,
    replicas_are_elsewhere,
    cache_rules_can_work,
    builds_have_a_subnet,
)
