"""How the components of generative AI are made, and what they are made of."""

from __future__ import annotations

from components.generative_ai.ai_account import AiAccount
from components.generative_ai.ai_gateway import AiGateway
from components.generative_ai.content_filter import ContentFilter
from components.generative_ai.gateway_api import GatewayApi
from components.generative_ai.gateway_team import GatewayTeam
from components.generative_ai.model_deployments import ModelDeployments
from components.generative_ai.search_service import SearchService
from tests.components.generative_ai import examples

MAKERS = {
    "ai_account:AiAccount": (
        lambda o: AiAccount("x", examples.account(), o),
        ("Account|x-ai", "DiagnosticSetting|x-diag", "PrivateEndpoint|x-account"),
        ("account_id", "endpoint"),
    ),
    "ai_gateway:AiGateway": (
        lambda o: AiGateway("x", examples.gateway(), o),
        (
            "ApiManagementService|x-apim",
            "Diagnostic|x-counts",
            "DiagnosticSetting|x-diag",
            "Logger|x-logger",
            "PrivateEndpoint|x-Gateway",
        ),
        ("gateway_id", "service_name"),
    ),
    "gateway_api:GatewayApi": (
        lambda o: GatewayApi("x", examples.gateway_api(), o),
        (
            "Api|x-api",
            "ApiOperation|x-ask",
            "ApiPolicy|x-policy",
            "Backend|x-backend-central",
            "Backend|x-backend-east",
            "Backend|x-pool",
        ),
        ("api_id",),
    ),
    "gateway_team:GatewayTeam": (
        lambda o: GatewayTeam("x", examples.gateway_team(), o),
        (
            "Product|x-product",
            "ProductApi|x-api",
            "ProductPolicy|x-limit",
            "Subscription|x-subscription",
        ),
        ("product_id",),
    ),
    "content_filter:ContentFilter": (
        lambda o: ContentFilter("x", examples.FILTER, o),
        ("RaiPolicy|x-policy",),
        ("policy_name",),
    ),
    "model_deployments:ModelDeployments": (
        lambda o: ModelDeployments("x", examples.MODELS, o),
        ("Deployment|x-chat", "Deployment|x-embeddings", "Deployment|x-summary"),
        ("deployment_ids",),
    ),
    "search_service:SearchService": (
        lambda o: SearchService("x", examples.search(), o),
        (
            "DiagnosticSetting|x-diag",
            "PrivateEndpoint|x-searchService",
            "Service|x-srch",
            "SharedPrivateLinkResource|x-spl-ai-chat",
            "SharedPrivateLinkResource|x-spl-key-vault",
            "SharedPrivateLinkResource|x-spl-lake-blob",
        ),
        ("service_id", "endpoint"),
    ),
}
