"""Examples of models of Azure OpenAI, and what stands around them."""

from __future__ import annotations

from components.generative_ai.ai_account import AiAccountArgs
from components.generative_ai.ai_gateway import AiGatewayArgs
from components.generative_ai.content_filter import ContentFilterArgs
from components.generative_ai.gateway_api import GatewayApiArgs
from components.generative_ai.gateway_policies import TokenLimit
from components.generative_ai.gateway_team import GatewayTeamArgs
from components.generative_ai.model_deployments import ModelDeployment, ModelDeploymentsArgs
from components.generative_ai.search_service import SearchServiceArgs, SharedLink
from tests.components.examples import ACCESS, LOGS, PLACEMENT, an_identity, something
from tests.components.security.examples import a_customer_key

FILTER = ContentFilterArgs(
    placement=PLACEMENT, resource_group_name="rg", account_name="an-account", policy_name="platform", stops_from="Low"
)
CHAT = ModelDeployment(model="gpt-4.1-mini", version="2025-04-14", sku="Standard", capacity=50, upgrade="NoAutoUpgrade")
MODELS = ModelDeploymentsArgs(
    placement=PLACEMENT,
    resource_group_name="rg",
    account_name="an-account",
    content_filter="platform",
    deployments={
        "chat": CHAT,
        "embeddings": ModelDeployment(
            model="text-embedding-3-large", version="1", sku="Standard", capacity=10, upgrade="NoAutoUpgrade"
        ),
        "summary": CHAT,
    },
)


def account() -> AiAccountArgs:
    """An account in the other region; to be made inside a recorded program."""
    return AiAccountArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        account_name="chat",
        kind="OpenAI",
        region="canadaeast",
        identity=an_identity("ai-chat"),
        allowed_hosts=("docs.gov.example",),
        log_requests=False,
        customer_key=None,
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def search() -> SearchServiceArgs:
    """A search service that reads two things; to be made inside a recorded program."""
    return SearchServiceArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        sku="basic",
        replicas=1,
        partitions=1,
        semantic_ranking=False,
        customer_key=a_customer_key("search"),
        identity=an_identity("search"),
        reads={
            "lake-blob": SharedLink(target_id="/lake", group="blob"),
            "ai-chat": SharedLink(target_id="/account", group="openai_account"),
        },
        ready=(something("models"),),
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def gateway() -> AiGatewayArgs:
    """A gateway that stands already; to be made inside a recorded program."""
    return AiGatewayArgs(
        placement=PLACEMENT,
        resource_group_name="rg",
        sku="StandardV2",
        units=1,
        publisher_name="Platform",
        publisher_email="ml-platform@gov.example",
        open_while_created=False,
        subnet_id="/gateway-subnet",
        insights_id="/insights",
        insights_connection="InstrumentationKey=none",
        access=ACCESS,
        log_workspace_id=LOGS,
    )


def gateway_api() -> GatewayApiArgs:
    """An API over two accounts; to be made inside a recorded program."""
    return GatewayApiArgs(
        resource_group_name="rg",
        service_name="a-gateway",
        deployment="chat",
        accounts={"east": "https://east.example", "central": "https://central.example"},
    )


def gateway_team() -> GatewayTeamArgs:
    """A team with a limit and a quota; to be made inside a recorded program."""
    return GatewayTeamArgs(
        resource_group_name="rg",
        service_name="a-gateway",
        team="health",
        limit=TokenLimit(per_minute=1000, per_month=5_000_000),
        ready=(something("api"),),
    )
