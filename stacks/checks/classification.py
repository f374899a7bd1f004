"""No setting falls below what the environment's classification demands (`stacks.classification`)."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.problems import Problem, SettingPath
from stacks.sections.generative_ai import AiAccountSettings
from stacks.sections.machine_learning import MachineLearningSettings
from stacks.sections.registry import RegistrySettings
from stacks.settings import Settings
from stacks.types import Classification


def keys_are_where_the_classification_demands(settings: Settings) -> Iterator[Problem]:
    """Keys are kept in an HSM where the classification demands it."""
    if settings.demands.hsm_keys and settings.key_vault.sku != "premium":
        yield Problem(
            path=("key_vault", "sku"),
            what=f"{settings.classification} demands keys in an HSM, and a {settings.key_vault.sku} vault has none.",
            follows="Data would be encrypted with keys that exist in software only.",
            fix="Write `sku: premium`.",
        )


def microsofts_keys_have_a_reason(settings: Settings) -> Iterator[Problem]:
    """One service keeps Microsoft's key where keys of our own are demanded only for a reason that is written down."""
    for path, wanted in _with_own_choice(settings):
        refused = wanted.customer_key is False
        if settings.demands.customer_keys and refused and wanted.microsoft_key_because is None:
            yield Problem(
                path=(*path, "customer_key"),
                what=f"{settings.classification} demands a key of our own; it is off here, and nobody says why.",
                follows="Nobody in the province could take away the key that this data is encrypted with.",
                fix="Take the line out, or write the reason in `microsoft_key_because` beside it.",
            )
        elif wanted.microsoft_key_because is not None and not refused:
            yield Problem(
                path=(*path, "microsoft_key_because"),
                what="There is a reason for Microsoft's key, and `customer_key` is not false.",
                follows="A reader would believe that Microsoft's key encrypts this data.",
                fix="Take the line out, or write `customer_key: false`.",
            )


_OwnChoice = AiAccountSettings | MachineLearningSettings | RegistrySettings


def _with_own_choice(settings: Settings) -> Iterator[tuple[SettingPath, _OwnChoice]]:
    """What can keep Microsoft's key by itself."""
    yield ("registry",), settings.registry
    yield ("machine_learning",), settings.machine_learning
    accounts = {} if settings.generative_ai is None else settings.generative_ai.accounts
    for name, account in accounts.items():
        yield ("generative_ai", "accounts", name), account


def egress_is_filtered_where_demanded(settings: Settings) -> Iterator[Problem]:
    """A firewall filters egress where the classification demands it."""
    if settings.demands.filtered_egress and settings.network.egress.kind == "nat_gateway":
        yield Problem(
            path=("network", "egress", "kind"),
            what=f"{settings.classification} demands filtered egress, and a NAT gateway lets everything out.",
            follows="A stolen token or a careless notebook could send the data to any host.",
            fix="Choose an egress with a firewall.",
        )


def logs_are_kept_as_long_as_demanded(settings: Settings) -> Iterator[Problem]:
    """Logs can be searched for as many days as the classification demands."""
    days, fewest = settings.monitoring.retention_days, settings.demands.log_retention_days
    if days < fewest:
        yield Problem(
            path=("monitoring", "retention_days"),
            what=f"Logs are kept for {days} days; {settings.classification} demands {fewest}.",
            follows="An incident that is found late could not be investigated.",
            fix=f"Write `retention_days: {fewest}`, or more.",
        )


def logs_are_complete_where_demanded(settings: Settings) -> Iterator[Problem]:
    """No cap drops logs where the classification demands all of them."""
    cap = settings.monitoring.daily_cap_gb
    if settings.demands.complete_logs and cap is not None:
        yield Problem(
            path=("monitoring", "daily_cap_gb"),
            what=f"Ingestion stops at {cap} GB a day; {settings.classification} forbids a cap.",
            follows="Whoever makes enough noise would act unseen for the rest of the day.",
            fix="Remove the cap; a budget and its alerts bound the cost.",
        )


def the_workspace_is_as_sensitive_as_its_data(settings: Settings) -> Iterator[Problem]:
    """Azure ML tells Microsoft less where the classification demands it."""
    if settings.demands.high_business_impact and settings.machine_learning.high_business_impact is False:
        yield Problem(
            path=("machine_learning", "high_business_impact"),
            what=f"{settings.classification} demands the high-business-impact flag, and it is switched off.",
            follows="Azure ML would send diagnostic data about jobs to Microsoft; the flag can't be set later.",
            fix="Remove the line: it follows the classification.",
        )


def administrators_activate_their_roles_where_demanded(settings: Settings) -> Iterator[Problem]:
    """No administrator holds a standing role where the classification forbids it."""
    if settings.demands.eligible_administrators and settings.access.activation is None:
        yield Problem(
            path=("access", "activation"),
            what=f"{settings.classification} demands that administrators activate their roles; they would hold them.",
            follows="One stolen session of an administrator would reach every secret, at any hour.",
            fix="Add `activation: {}`, or say how long an activation lasts and who approves it.",
        )


def pools_stay_within_the_environments_level(settings: Settings) -> Iterator[Problem]:
    """No pool is for information of a higher level than the environment may hold."""
    order = list(Classification)
    cluster = settings.cluster
    pools = [("pools", name, pool.classification) for name, pool in cluster.pools.items()]
    pools += [("gpu_pools", name, pool.classification) for name, pool in cluster.gpu_pools.items()]
    for kind, name, level in pools:
        if level is not None and order.index(level) > order.index(settings.classification):
            yield Problem(
                path=("cluster", kind, name, "classification"),
                what=f"The pool {name} is for {level}, and the environment holds {settings.classification}.",
                follows="Keys, network and logs would be too weak for what runs there.",
                fix=f"Write {settings.classification} or lower, or raise the environment's classification.",
            )


CHECKS = (
    keys_are_where_the_classification_demands,
    microsofts_keys_have_a_reason,
    egress_is_filtered_where_demanded,
    logs_are_kept_as_long_as_demanded,
    logs_are_complete_where_demanded,
    the_workspace_is_as_sensitive_as_its_data,
    administrators_activate_their_roles_where_demanded,
    pools_stay_within_the_environments_level,
)
