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
        self._prefix, self._args = name, args
        product = self._product()
        self._subscription(product, self._reach(self._limit(product)))
        self.product_id = product.id
        self.register_outputs({"product_id": self.product_id})

    def _after(self, *before: Resource) -> ResourceOptions:
        return ResourceOptions(parent=self, depends_on=list(before))

    def _product(self) -> apimanagement.Product:
        args = self._args
        return apimanagement.Product(
            f"{self._prefix}-product",
            product_id=args.team,
            display_name=args.team,
            state="published",
            subscription_required=True,
            # Else whoever finds the product could get a key by himself.
            approval_required=True,
            subscriptions_limit=1,
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=self._after(*args.ready),
        )

    def _limit(self, product: Resource) -> apimanagement.ProductPolicy:
        args = self._args
        return apimanagement.ProductPolicy(
            f"{self._prefix}-limit",
            product_id=args.team,
            policy_id="policy",
            format="rawxml",
            value=team_policy(args.limit),
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=self._after(product),
        )

    def _reach(self, limited: Resource) -> apimanagement.ProductApi:
        """After the limit: a product that reaches the API without one is not bounded."""
        args = self._args
        return apimanagement.ProductApi(
            f"{self._prefix}-api",
            product_id=args.team,
            api_id=API,
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=self._after(limited),
        )

    def _subscription(self, product: apimanagement.Product, reached: Resource) -> None:
        args = self._args
        apimanagement.Subscription(
            f"{self._prefix}-subscription",
            sid=args.team,
            display_name=args.team,
            scope=product.id,
            state="active",
            allow_tracing=False,
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=self._after(reached),
        )
