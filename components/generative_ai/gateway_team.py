"""Gateway team: who calls the gateway, with how many tokens.

Owns the team's product, its limit and its subscription. Does not hand out its keys: a person does, into the team's
vault (`docs/runbooks/add-a-team-to-the-gateway.md`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import apimanagement

from components.generative_ai.gateway_api import API
from components.generative_ai.gateway_policies import TokenLimit, team_policy
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class GatewayTeamArgs:
    """`ready`: the API that the team may call."""

    resource_group_name: Input[str]
    service_name: Input[str]
    team: str
    limit: TokenLimit
    ready: tuple[Resource, ...]


def problems(args: GatewayTeamArgs) -> list[str]:
    """A month that a minute uses up."""
    quota = args.limit.per_month
    if quota is not None and quota < args.limit.per_minute:
        return [f"team {args.team} has {quota} tokens a month, and may use {args.limit.per_minute} in one minute"]
    return []


class GatewayTeam(ComponentResource):
    """Product, limit, subscription."""

    product_id: Output[str]

    def __init__(self, name: str, args: GatewayTeamArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:gateway_team:GatewayTeam", name, {}, opts)
        refuse(name, problems(args))
        product = apimanagement.Product(
            f"{name}-product",
            product_id=args.team,
            display_name=args.team,
            state="published",
            subscription_required=True,
            # Else whoever finds the product could get a key by himself.
            approval_required=True,
            subscriptions_limit=1,
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=ResourceOptions(parent=self, depends_on=list(args.ready)),
        )
        after = ResourceOptions(parent=self, depends_on=[product])
        limited = apimanagement.ProductPolicy(
            f"{name}-limit",
            product_id=args.team,
            policy_id="policy",
            format="rawxml",
            value=team_policy(args.limit),
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=after,
        )
        # The limit first: a product that reaches the API without one is not bounded.
        reached = apimanagement.ProductApi(
            f"{name}-api",
            product_id=args.team,
            api_id=API,
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=ResourceOptions(parent=self, depends_on=[limited]),
        )
        apimanagement.Subscription(
            f"{name}-subscription",
            sid=args.team,
            display_name=args.team,
            scope=product.id,
            state="active",
            allow_tracing=False,
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=ResourceOptions(parent=self, depends_on=[reached]),
        )
        self.product_id = product.id
        self.register_outputs({"product_id": self.product_id})
