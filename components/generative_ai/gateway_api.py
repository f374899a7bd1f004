"""Gateway API: one address for one model that several accounts have.

Owns the accounts' backends, the pool of them, the API with its one operation, and its policy. Does not own limits:
those are the teams' (`components.generative_ai.gateway_team`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import apimanagement

from components.generative_ai.gateway_policies import api_policy
from components.problems import refuse

POOL = "models"
API = "models"
KEY_HEADER = "api-key"
"""Where the SDKs of Azure OpenAI put a key; the gateway finds the team by it."""


@dataclass(frozen=True, kw_only=True)
class GatewayApiArgs:
    """`accounts`: addresses by account, without a slash at the end."""

    resource_group_name: Input[str]
    service_name: Input[str]
    deployment: str
    accounts: Mapping[str, Input[str]]


def problems(args: GatewayApiArgs) -> list[str]:
    """A pool of none."""
    return [] if args.accounts else [f"no account has a deployment {args.deployment}, so the pool would be empty"]


class GatewayApi(ComponentResource):
    """Backends, pool, API, operation, policy."""

    api_id: Output[str]

    def __init__(self, name: str, args: GatewayApiArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:gateway_api:GatewayApi", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        pool = self._pool()
        api = self._api()
        apimanagement.ApiPolicy(
            f"{name}-policy",
            api_id=API,
            policy_id="policy",
            format="rawxml",
            value=api_policy(POOL),
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=ResourceOptions(parent=self, depends_on=[api, pool]),
        )
        self.api_id = api.id
        self.register_outputs({"api_id": self.api_id})

    def _pool(self) -> apimanagement.Backend:
        args = self._args
        members = [self._backend(account, address) for account, address in args.accounts.items()]
        return apimanagement.Backend(
            f"{self._prefix}-pool",
            backend_id=POOL,
            type="Pool",
            pool=apimanagement.BackendBaseParametersPoolArgs(
                services=[apimanagement.BackendPoolItemArgs(id=each.id, priority=1, weight=1) for each in members]
            ),
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=self._child,
        )

    def _backend(self, account: str, address: Input[str]) -> apimanagement.Backend:
        return apimanagement.Backend(
            f"{self._prefix}-backend-{account}",
            backend_id=f"account-{account}",
            type="Single",
            protocol="http",
            url=Output.concat(address, "/openai"),
            circuit_breaker=apimanagement.BackendCircuitBreakerArgs(rules=[_breaker()]),
            service_name=self._args.service_name,
            resource_group_name=self._args.resource_group_name,
            opts=self._child,
        )

    def _api(self) -> apimanagement.Api:
        args = self._args
        api = apimanagement.Api(
            f"{self._prefix}-api",
            api_id=API,
            display_name="Models",
            path="openai",
            protocols=["https"],
            subscription_required=True,
            subscription_key_parameter_names=apimanagement.SubscriptionKeyParameterNamesContractArgs(
                header=KEY_HEADER, query=KEY_HEADER
            ),
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=self._child,
        )
        apimanagement.ApiOperation(
            f"{self._prefix}-ask",
            operation_id="ask",
            api_id=API,
            display_name="Ask",
            method="POST",
            # This deployment only: the accounts may have others that no team was given.
            url_template=f"/deployments/{args.deployment}/*",
            service_name=args.service_name,
            resource_group_name=args.resource_group_name,
            opts=ResourceOptions(parent=self, depends_on=[api]),
        )
        return api


def _breaker() -> apimanagement.CircuitBreakerRuleArgs:
    """An account that has no tokens left, or fails, is left alone for as long as it says, or a minute."""
    return apimanagement.CircuitBreakerRuleArgs(
        name="busy-or-broken",
        accept_retry_after=True,
        trip_duration="PT1M",
        failure_condition=apimanagement.CircuitBreakerFailureConditionArgs(
            count=3,
            interval="PT1M",
            status_code_ranges=[
                apimanagement.FailureStatusCodeRangeArgs(min=429, max=429),
                apimanagement.FailureStatusCodeRangeArgs(min=500, max=599),
            ],
        ),
    )
