from __future__ import annotations

from dataclasses import replace

import pulumi
import pytest

from components.network.private_endpoint import PrivateEndpoint, problems
from tests.components.examples import ACCESS, ENDPOINT
from tests.components.recording import one, record


def test_the_workspace_gets_a_record_in_both_of_its_zones() -> None:
    group = one(record(lambda: PrivateEndpoint("x", ENDPOINT)), "network:PrivateDnsZoneGroup")
    assert group.inputs["privateDnsZoneConfigs"] == [
        {"name": "privatelink-api-azureml-ms", "privateDnsZoneId": "/zones/privatelink.api.azureml.ms"},
        {"name": "privatelink-notebooks-azure-net", "privateDnsZoneId": "/zones/privatelink.notebooks.azure.net"},
    ]


def test_the_endpoint_connects_its_group_of_the_target() -> None:
    endpoint = one(record(lambda: PrivateEndpoint("x", ENDPOINT)), "network:PrivateEndpoint")
    assert endpoint.inputs["privateLinkServiceConnections"] == [
        {"name": "amlworkspace", "privateLinkServiceId": "/workspace", "groupIds": ["amlworkspace"]}
    ]
    assert endpoint.inputs["subnet"] == {"id": "/subnet"}
    assert endpoint.inputs["customNetworkInterfaceName"] == "nic-mlops-dev-cnc-workspace-amlworkspace"


def test_a_missing_zone_is_refused_because_the_public_address_would_be_used() -> None:
    args = replace(ENDPOINT, access=replace(ACCESS, zone_ids={"privatelink.api.azureml.ms": "/zone"}))
    expected = "private DNS zone privatelink.notebooks.azure.net is missing, so workspace would resolve to its public"
    assert [problem[: len(expected)] for problem in problems(args)] == [expected]
    with pytest.raises(pulumi.RunError, match=r"^x can't be built: private DNS zone"):
        record(lambda: PrivateEndpoint("x", args))


@pytest.mark.capability("N6")
def test_where_a_policy_writes_the_records_the_platform_writes_none() -> None:
    access = replace(ACCESS, zone_ids={}, writes_records=False)
    recorded = record(lambda: PrivateEndpoint("x", replace(ENDPOINT, access=access)))
    assert not [each for each in recorded if each.type.endswith(":PrivateDnsZoneGroup")]
    assert one(recorded, "network:PrivateEndpoint").inputs["subnet"] == {"id": "/subnet"}
