"""From settings to models of Azure OpenAI: accounts, filters, deployments, search; nothing where they are absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pulumi import ResourceOptions

from components.context import Foundation
from components.generative_ai.ai_account import AiAccount, AiAccountArgs
from components.generative_ai.content_filter import ContentFilter, ContentFilterArgs, Severity
from components.generative_ai.model_deployments import ModelDeployment, ModelDeployments, ModelDeploymentsArgs
from components.generative_ai.search_service import SearchService, SearchServiceArgs, SharedLink
from components.identity.access import DataScopes, of_identity
from components.identity.data_access import approvers
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, Principal, Scope
from components.identity.wiring import grant
from stacks.classification import chosen
from stacks.sections.generative_ai import AiAccountSettings, SearchSettings
from stacks.settings import Settings

OPENAI_USER = "Cognitive Services OpenAI User"
FILTER = "platform"


@dataclass(frozen=True, kw_only=True)
class GenerativeAi:
    """What answers; empty where the settings have none. `models`: by account, what others wait for."""

    accounts: Mapping[str, AiAccount] = field(default_factory=dict)
    models: Mapping[str, ModelDeployments] = field(default_factory=dict)
    search: SearchService | None = None


def build(foundation: Foundation, scopes: DataScopes, workloads: Mapping[str, Identity]) -> GenerativeAi:
    """Every part that the settings have."""
    wanted = foundation.settings.generative_ai
    if wanted is None:
        return GenerativeAi()
    identities = {name: _identity(foundation, f"ai-{name}") for name in wanted.accounts}
    accounts = {name: _account(foundation, name, each, identities[name]) for name, each in wanted.accounts.items()}
    models = {name: _models(foundation, name, each, accounts[name]) for name, each in wanted.accounts.items()}
    grant(foundation, "ai-roles", tuple(_users(foundation.settings, accounts, workloads)))
    search = None if wanted.search is None else _search(foundation, scopes, wanted.search, accounts, models, identities)
    return GenerativeAi(accounts=accounts, models=models, search=search)


def _identity(foundation: Foundation, purpose: str) -> Identity:
    args = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("ml"), purpose=purpose
    )
    return Identity(f"{foundation.prefix}-{purpose}", args, foundation.child)


def account_scope(name: str, account: AiAccount) -> Scope:
    """One account, as a scope of roles."""
    return Scope(name=f"ai-{name}", id=account.account_id)


def _users(settings: Settings, accounts: Mapping[str, AiAccount], workloads: Mapping[str, Identity]) -> Iterator[Grant]:
    wanted = {} if settings.generative_ai is None else settings.generative_ai.accounts
    for name, each in wanted.items():
        scope = account_scope(name, accounts[name])
        people = {group.replace("_", "-"): getattr(settings.access, group) for group in each.groups}
        # Prefixed: a group of theirs may be called like one of ours, or like a workload.
        people |= {f"ai-{team}": object_id for team, object_id in each.users.items()}
        for group, object_id in people.items():
            yield Grant(principal=Principal(name=group, id=object_id, type="Group"), role=OPENAI_USER, scope=scope)
        for workload in each.workloads:
            yield Grant(principal=of_identity(workloads[workload]), role=OPENAI_USER, scope=scope)


def _account(foundation: Foundation, name: str, wanted: AiAccountSettings, identity: Identity) -> AiAccount:
    key = foundation.customer_keys.get("ai")
    args = AiAccountArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        account_name=name,
        kind=wanted.kind,
        region=foundation.placement.region if wanted.region is None else wanted.region.value,
        identity=identity,
        allowed_hosts=wanted.allowed_fqdns,
        log_requests=wanted.log_requests,
        customer_key=key if chosen(wanted.customer_key, key is not None) else None,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return AiAccount(f"{foundation.prefix}-ai-{name}", args, foundation.child)


def stops_from(prompts_may_be_logged: bool) -> Severity:
    """Where nobody may read afterwards what was asked, the filter stops more beforehand."""
    return "Medium" if prompts_may_be_logged else "Low"


def _models(foundation: Foundation, name: str, wanted: AiAccountSettings, account: AiAccount) -> ModelDeployments:
    # An account works on one change at a time: endpoint first, then the filter, then one model after another.
    after = ResourceOptions.merge(foundation.child, ResourceOptions(depends_on=[account]))
    policy = ContentFilter(
        f"{foundation.prefix}-filter-{name}",
        ContentFilterArgs(
            placement=foundation.placement,
            resource_group_name=foundation.group_name("ml"),
            account_name=account.account_name,
            policy_name=FILTER,
            stops_from=stops_from(foundation.settings.demands.prompt_logging),
        ),
        after,
    )
    args = ModelDeploymentsArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        account_name=account.account_name,
        content_filter=policy.policy_name,
        deployments={
            key: ModelDeployment(
                model=each.model,
                version=each.version,
                sku=each.sku,
                capacity=each.capacity,
                upgrade=each.upgrade,
                leaves_canada_because=each.leaves_canada_because,
            )
            for key, each in wanted.deployments.items()
        },
    )
    return ModelDeployments(f"{foundation.prefix}-models-{name}", args, foundation.child)


def _search(
    foundation: Foundation,
    scopes: DataScopes,
    wanted: SearchSettings,
    accounts: Mapping[str, AiAccount],
    models: Mapping[str, ModelDeployments],
    identities: Mapping[str, Identity],
) -> SearchService:
    reader = _identity(foundation, "search")
    args = SearchServiceArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        sku=wanted.sku,
        replicas=wanted.replicas,
        partitions=wanted.partitions,
        semantic_ranking=wanted.semantic_ranking,
        customer_key=foundation.customer_keys.get("search"),
        identity=reader,
        reads=_reads(scopes, accounts),
        ready=tuple(models.values()),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    made = SearchService(f"{foundation.prefix}-search", args, foundation.child)
    roles = _search_roles(scopes, reader, accounts, identities, Scope(name="search", id=made.service_id))
    grant(foundation, "search-roles", (*roles, *_link_approvers(foundation, scopes, accounts)))
    return made


def _reads(scopes: DataScopes, accounts: Mapping[str, AiAccount]) -> dict[str, SharedLink]:
    """What indexers reach: the lake, and the models that turn its documents into vectors."""
    models = {
        f"ai-{name}": SharedLink(target_id=each.account_id, group="openai_account") for name, each in accounts.items()
    }
    lake = {f"lake-{group}": SharedLink(target_id=scopes.lake.id, group=group) for group in ("blob", "dfs")}
    return {**lake, **models}


def _link_approvers(foundation: Foundation, scopes: DataScopes, accounts: Mapping[str, AiAccount]) -> tuple[Grant, ...]:
    """Who says yes to the links: no deployment can."""
    key = foundation.customer_keys.get("search")
    vault = [] if key is None else [Scope(name="keys-vault", id=key.vault_id)]
    at = [scopes.lake, *vault, *(account_scope(*each) for each in accounts.items())]
    return approvers(foundation.settings.access.platform_admins, at)


def _search_roles(
    scopes: DataScopes,
    reader: Identity,
    accounts: Mapping[str, AiAccount],
    identities: Mapping[str, Identity],
    search: Scope,
) -> tuple[Grant, ...]:
    indexer = of_identity(reader)
    return (
        Grant(principal=indexer, role="Storage Blob Data Reader", scope=scopes.lake),
        *(Grant(principal=indexer, role=OPENAI_USER, scope=account_scope(*each)) for each in accounts.items()),
        *(
            Grant(principal=of_identity(each), role="Search Index Data Reader", scope=search)
            for each in identities.values()
        ),
    )
