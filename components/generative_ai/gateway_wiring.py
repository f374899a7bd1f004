"""From settings to the gateway in front of the models; nothing where it is absent."""

from __future__ import annotations

from collections.abc import Mapping

from components.context import Foundation
from components.generative_ai.ai_account import AiAccount
from components.generative_ai.ai_gateway import AiGateway, AiGatewayArgs
from components.generative_ai.gateway_api import GatewayApi, GatewayApiArgs
from components.generative_ai.gateway_policies import TokenLimit
from components.generative_ai.gateway_team import GatewayTeam, GatewayTeamArgs
from components.generative_ai.wiring import OPENAI_USER, GenerativeAi, account_scope
from components.identity.role_assignment import Grant, Principal, Scope
from components.identity.wiring import grant
from stacks.sections.generative_ai import AiGatewaySettings


def build(foundation: Foundation, answers: GenerativeAi) -> None:
    """The gateway, its API and its teams."""
    settings = foundation.settings.generative_ai
    if settings is None or settings.gateway is None:
        return
    wanted = settings.gateway
    members = {
        name: answers.accounts[name]
        for name, each in settings.accounts.items()
        if wanted.deployment in each.deployments
    }
    gateway = _gateway(foundation, wanted, members)
    api = GatewayApi(
        f"{foundation.prefix}-gateway-api",
        GatewayApiArgs(
            resource_group_name=foundation.group_name("ml"),
            service_name=gateway.service_name,
            deployment=wanted.deployment,
            accounts={name: each.endpoint for name, each in members.items()},
        ),
        foundation.child,
    )
    for team, limit in wanted.teams.items():
        args = GatewayTeamArgs(
            resource_group_name=foundation.group_name("ml"),
            service_name=gateway.service_name,
            team=team,
            limit=TokenLimit(per_minute=limit.tokens_per_minute, per_month=limit.tokens_per_month),
            ready=(api,),
        )
        GatewayTeam(f"{foundation.prefix}-gateway-{team}", args, foundation.child)


def _gateway(foundation: Foundation, wanted: AiGatewaySettings, members: Mapping[str, AiAccount]) -> AiGateway:
    args = AiGatewayArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        sku=wanted.sku,
        units=wanted.units,
        publisher_name=wanted.publisher_name,
        publisher_email=wanted.publisher_email,
        open_while_created=wanted.open_while_created,
        subnet_id=foundation.network.subnet_ids["api_management"],
        insights_id=foundation.observability.application_insights_id,
        insights_connection=foundation.observability.application_insights_connection,
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    gateway = AiGateway(f"{foundation.prefix}-gateway", args, foundation.child)
    itself = Principal(name="ai-gateway", id=gateway.principal_id, type="ServicePrincipal")
    asks = (
        Grant(principal=itself, role=OPENAI_USER, scope=account_scope(name, each)) for name, each in members.items()
    )
    insights = Scope(name="insights", id=foundation.observability.application_insights_id)
    grant(
        foundation,
        "gateway-roles",
        (*asks, Grant(principal=itself, role="Monitoring Metrics Publisher", scope=insights)),
    )
    return gateway
