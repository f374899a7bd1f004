from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from components.generative_ai import ai_gateway, gateway_api, gateway_team
from components.generative_ai.ai_gateway import AiGateway
from components.generative_ai.gateway_api import GatewayApi
from components.generative_ai.gateway_policies import TokenLimit, api_policy, team_policy
from components.generative_ai.gateway_team import GatewayTeam, GatewayTeamArgs
from tests.components.generative_ai import examples
from tests.components.generative_ai.examples import gateway
from tests.components.generative_ai.examples import gateway_team as a_team
from tests.components.recording import Recorded, arm_id, one, record

pytestmark = pytest.mark.capability("E3")


def inbound(policy: str) -> Element:
    found = fromstring(policy).find("inbound")  # noqa: S314 - our own text
    assert found is not None
    return found


def test_the_gateway_is_reached_in_the_spoke_and_reaches_into_it() -> None:
    recorded = record(lambda: AiGateway("x", gateway()))
    service = one(recorded, "apimanagement:ApiManagementService").inputs
    assert service["publicNetworkAccess"] == "Disabled"
    assert service["virtualNetworkConfiguration"] == {"subnetResourceId": "/gateway-subnet"}
    assert service["virtualNetworkType"] == "External"
    assert service["sku"] == {"name": "StandardV2", "capacity": 1}
    assert service["developerPortalStatus"] == "Disabled"
    connection = one(recorded, "network:PrivateEndpoint").inputs["privateLinkServiceConnections"][0]
    assert connection["groupIds"] == ["Gateway"]


def test_only_the_setting_that_says_so_opens_it() -> None:
    recorded = record(lambda: AiGateway("x", replace(gateway(), open_while_created=True)))
    assert one(recorded, "apimanagement:ApiManagementService").inputs["publicNetworkAccess"] == "Enabled"


def test_no_log_holds_what_people_ask() -> None:
    recorded = record(lambda: AiGateway("x", gateway()))
    logs = one(recorded, "monitor:DiagnosticSetting").inputs["logs"]
    assert [each["category"] for each in logs] == ["GatewayLogs"]
    counts = one(recorded, "apimanagement:Diagnostic").inputs
    assert (counts["metrics"], counts["logClientIp"], counts["alwaysLog"]) == (True, False, "allErrors")
    assert not {"frontend", "backend"} & set(counts)


def test_the_gateway_signs_in_as_itself_and_passes_no_teams_key_on() -> None:
    policy = inbound(api_policy("models"))
    sign_in = policy.find("authentication-managed-identity")
    assert sign_in is not None
    assert sign_in.get("resource") == "https://cognitiveservices.azure.com"
    assert "client-id" not in sign_in.attrib  # the identity that the service has by itself
    dropped = policy.find("set-header")
    assert dropped is not None
    assert (dropped.get("name"), dropped.get("exists-action")) == ("api-key", "delete")
    service = one(record(lambda: AiGateway("x", gateway())), "apimanagement:ApiManagementService").inputs
    assert service["identity"] == {"type": "SystemAssigned"}


def test_tokens_are_counted_by_team() -> None:
    counted = inbound(api_policy("models")).find("azure-openai-emit-token-metric")
    assert counted is not None
    assert {each.get("name"): each.get("value") for each in counted}["Team"] == "@(context.Product.Id)"


def test_a_team_has_a_limit_and_where_wanted_a_quota() -> None:
    limit = inbound(team_policy(TokenLimit(per_minute=1000, per_month=5_000_000))).find("azure-openai-token-limit")
    assert limit is not None
    assert (limit.get("tokens-per-minute"), limit.get("estimate-prompt-tokens")) == ("1000", "true")
    assert (limit.get("token-quota"), limit.get("token-quota-period")) == ("5000000", "Monthly")
    unlimited = inbound(team_policy(TokenLimit(per_minute=1000, per_month=None))).find("azure-openai-token-limit")
    assert unlimited is not None
    assert "token-quota" not in unlimited.attrib


@pytest.mark.parametrize("policy", [api_policy("models"), team_policy(TokenLimit(per_minute=1, per_month=None))])
def test_every_section_keeps_what_its_parent_says(policy: str) -> None:
    root = fromstring(policy)  # noqa: S314 - our own text
    assert [section.tag for section in root] == ["inbound", "backend", "outbound", "on-error"]
    assert all(section[0].tag == "base" for section in root)


def api() -> list[Recorded]:
    return record(lambda: GatewayApi("x", examples.gateway_api()))


def test_one_deployment_is_served_by_every_account_that_has_it() -> None:
    recorded = api()
    members = one(recorded, "apimanagement:Backend", "x-pool").inputs["pool"]["services"]
    assert {each["id"] for each in members} == {arm_id("x-backend-east"), arm_id("x-backend-central")}
    east = one(recorded, "apimanagement:Backend", "x-backend-east").inputs
    assert east["url"] == "https://east.example/openai"
    assert east["circuitBreaker"]["rules"][0]["acceptRetryAfter"] is True
    assert one(recorded, "apimanagement:ApiOperation").inputs["urlTemplate"] == "/deployments/chat/*"


def test_nobody_asks_without_a_key_of_a_team() -> None:
    served = one(api(), "apimanagement:Api").inputs
    assert (served["subscriptionRequired"], served["protocols"]) == (True, ["https"])
    subscription = one(record(lambda: GatewayTeam("x", a_team())), "apimanagement:Subscription").inputs
    assert subscription["allowTracing"] is False
    product = one(record(lambda: GatewayTeam("x", a_team())), "apimanagement:Product").inputs
    assert (product["subscriptionRequired"], product["approvalRequired"]) == (True, True)
    assert product["subscriptionsLimit"] == 1


def test_the_policy_waits_for_what_it_names() -> None:
    recorded = api()
    policy = one(recorded, "apimanagement:ApiPolicy")
    for name in ("x-api", "x-pool"):
        assert one(recorded, "", name).urn in policy.depends_on


def test_a_team_reaches_the_models_only_once_it_is_limited() -> None:
    recorded = record(lambda: GatewayTeam("x", a_team()))
    limit, reached = (one(recorded, f"apimanagement:{kind}") for kind in ("ProductPolicy", "ProductApi"))
    assert limit.urn in reached.depends_on
    assert reached.urn in one(recorded, "apimanagement:Subscription").depends_on


def test_what_could_not_work_is_refused() -> None:
    found: list[list[str]] = []

    def program() -> None:
        team: GatewayTeamArgs = a_team()
        found.append(gateway_team.problems(replace(team, limit=TokenLimit(per_minute=10, per_month=9))))
        found.append(gateway_api.problems(replace(examples.gateway_api(), accounts={})))
        found.append(ai_gateway.problems(replace(gateway(), units=0)))
        found.append(gateway_team.problems(team))

    record(program)
    assert [len(each) for each in found] == [1, 1, 1, 0]
