"""What programs read of web hooks that take events, and of connections to an AI account."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.values import UNKNOWN, at
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES, deploy

HOOK = "https://app.example.com/runtime/webhooks/blobs"
SUBSCRIPTION = "eventgrid:SystemTopicEventSubscription"
CONNECTION = "cognitiveservices:PrivateEndpointConnection"


def subscribed(azure: Azure, url: Any) -> dict[str, Any]:
    deploy(azure, until=SUBSCRIPTION)
    destination = {"endpointType": "WebHook", "endpointUrl": url}
    inputs = {**EXAMPLES[SUBSCRIPTION], "destination": destination}
    return azure.create(SUBSCRIPTION, SUBSCRIPTION, inputs, preview=url is UNKNOWN).outputs


@pytest.mark.parametrize("url", [HOOK, f"{HOOK}?functionName=arrived&code=secret"])
def test_a_web_hook_is_answered_without_its_key(azure: Azure, url: str) -> None:
    assert subscribed(azure, url)["destination"] == {"endpointType": "WebHook", "endpointBaseUrl": HOOK}


def test_the_address_of_a_web_hook_is_unknown_while_the_hook_is(azure: Azure) -> None:
    assert at(subscribed(azure, UNKNOWN), "destination.endpointBaseUrl") is UNKNOWN


def test_a_connection_names_the_endpoint_that_leads_to_the_account(azure: Azure) -> None:
    deploy(azure, until=CONNECTION)
    account = f"{GROUP}/providers/Microsoft.CognitiveServices/accounts/ais-test"
    link = {"name": "ais", "privateLinkServiceId": account, "groupIds": ["account"]}
    subnet = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet-pe"
    endpoint = {
        "resourceGroupName": "rg-test", "location": "canadacentral", "privateEndpointName": "pe-ais",
        "subnet": {"id": subnet}, "privateLinkServiceConnections": [link],
    }  # fmt: skip
    made = azure.create("network:PrivateEndpoint", "pe-ais", endpoint)
    inputs = {**EXAMPLES[CONNECTION], "resourceGroupName": "rg-test", "accountName": "ais-test"}
    answered = azure.create(CONNECTION, "approved", inputs).outputs["properties"]
    assert answered["privateEndpoint"] == {"id": made.id}
