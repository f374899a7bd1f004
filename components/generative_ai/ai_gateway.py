"""AI gateway: API Management in front of the models, reached from inside the spoke.

Owns the service, its endpoint, its sign-in and where it sends counts and logs. Does not own the API that it serves
(`components.generative_ai.gateway_api`) or the teams that call it (`components.generative_ai.gateway_team`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import apimanagement

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse

Sku = Literal["StandardV2", "PremiumV2"]
TYPE = "Microsoft.ApiManagement/service"
# GatewayLlmLogs can hold prompts and answers, so they are never sent; the developer portal is off.
LOGGED = ("GatewayLogs",)


@dataclass(frozen=True, kw_only=True)
class AiGatewayArgs:
    """`subnet_id`: where it reaches the accounts' endpoints from. `open_while_created`: Azure
    makes none that is closed. `insights_connection`: address of Application Insights, where tokens are counted.
    """

    placement: Placement
    resource_group_name: Input[str]
    sku: Sku
    units: int
    publisher_name: str
    publisher_email: str
    open_while_created: bool
    subnet_id: Input[str]
    insights_id: Input[str]
    insights_connection: Input[str]
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: AiGatewayArgs) -> list[str]:
    """Every reason why the gateway can't be built."""
    return [] if args.units > 0 else [f"{args.units} units: API Management has at least 1"]


class AiGateway(ComponentResource):
    """Service with an identity, private endpoint, counts, diagnostics."""

    gateway_id: Output[str]
    service_name: Output[str]
    principal_id: Output[str]

    def __init__(self, name: str, args: AiGatewayArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:ai_gateway:AiGateway", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        self._child = ResourceOptions(parent=self)
        made = self._service()
        endpoints(self, name, args.placement, args.access, "gateway", made.id, (private_dns.API_MANAGEMENT,))
        self._count(made)
        diagnostics = f"{name}-diag"
        send_diagnostics(diagnostics, made.id, TYPE, args.log_workspace_id, self._child, categories=LOGGED)
        self.gateway_id, self.service_name = made.id, made.name
        self.principal_id = made.identity["principal_id"]
        self.register_outputs({"gateway_id": self.gateway_id, "service_name": self.service_name})

    def _service(self) -> apimanagement.ApiManagementService:
        args = self._args
        return apimanagement.ApiManagementService(
            f"{self._prefix}-apim",
            service_name=naming.api_management(args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            sku=apimanagement.ApiManagementServiceSkuPropertiesArgs(name=args.sku, capacity=args.units),
            publisher_name=args.publisher_name,
            publisher_email=args.publisher_email,
            # Its own: one of ours goes in by the id as a key, which is known only once it stands.
            identity=apimanagement.ApiManagementServiceIdentityArgs(type="SystemAssigned"),
            # In the v2 tiers External is the way out into the spoke; the way in is the private endpoint.
            virtual_network_type="External",
            virtual_network_configuration=apimanagement.VirtualNetworkConfigurationArgs(
                subnet_resource_id=args.subnet_id
            ),
            # "is not enabled during service creation": Azure/azure-rest-api-specs#24947 (2023-07-26).
            public_network_access="Enabled" if args.open_while_created else "Disabled",
            developer_portal_status="Disabled",
            tags=args.placement.tags,
            opts=stateful(self, args.placement),
        )

    def _count(self, made: apimanagement.ApiManagementService) -> None:
        args = self._args
        logger = apimanagement.Logger(
            f"{self._prefix}-logger",
            logger_id="application-insights",
            logger_type="applicationInsights",
            resource_id=args.insights_id,
            credentials={
                "connectionString": args.insights_connection,
                "identityClientId": "SystemAssigned",
            },
            service_name=made.name,
            resource_group_name=args.resource_group_name,
            opts=self._child,
        )
        apimanagement.Diagnostic(
            f"{self._prefix}-counts",
            diagnostic_id="applicationinsights",
            logger_id=logger.id,
            # Without it the counts of tokens by team are thrown away.
            metrics=True,
            # No bodies, no addresses: what people ask is kept nowhere.
            log_client_ip=False,
            always_log="allErrors",
            service_name=made.name,
            resource_group_name=args.resource_group_name,
            opts=self._child,
        )
