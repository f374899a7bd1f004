"""The public addresses of a cluster's way out, which programs allow in the firewalls of others."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.values import at
from tests.simulator.azure import GROUP, Azure
from tests.simulator.examples import EXAMPLES, deploy

CLUSTER = "containerservice:ManagedCluster"
LOAD_BALANCER = "networkProfile.loadBalancerProfile.effectiveOutboundIPs"
NAT_GATEWAY = "networkProfile.natGatewayProfile.effectiveOutboundIPs"
OWN = [{"id": f"{GROUP}/providers/Microsoft.Network/publicIPAddresses/pip"}]


def outputs(azure: Azure, network: dict[str, Any], **more: Any) -> dict[str, Any]:
    deploy(azure, until=CLUSTER)
    example = {name: value for name, value in EXAMPLES[CLUSTER].items() if name != "apiServerAccessProfile"}
    pools = [{"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4s_v5"}]
    return azure.create(
        CLUSTER, "aks", {**example, "agentPoolProfiles": pools, "networkProfile": network, **more}
    ).outputs


@pytest.mark.parametrize(
    ("network", "path", "count"),
    [
        ({}, LOAD_BALANCER, 1),
        ({"outboundType": "loadBalancer"}, LOAD_BALANCER, 1),
        ({"loadBalancerProfile": {"managedOutboundIPs": {"count": 3}}}, LOAD_BALANCER, 3),
        ({"outboundType": "managedNATGateway"}, NAT_GATEWAY, 1),
        (
            {"outboundType": "managedNATGateway", "natGatewayProfile": {"managedOutboundIPProfile": {"count": 2}}},
            NAT_GATEWAY,
            2,
        ),
    ],
)
def test_aks_makes_as_many_addresses_as_it_is_asked_for(
    azure: Azure, network: dict[str, Any], path: str, count: int
) -> None:
    made = outputs(azure, network)
    ids = [each["id"] for each in at(made, path)]
    group = f"/resourceGroups/{made['nodeResourceGroup']}/providers/Microsoft.Network/publicIPAddresses/"
    assert len(set(ids)) == count
    assert all(group in identifier for identifier in ids)


def test_addresses_of_the_program_are_answered_as_they_are(azure: Azure) -> None:
    found = outputs(azure, {"loadBalancerProfile": {"outboundIPs": {"publicIPs": OWN}}})
    assert at(found, LOAD_BALANCER) == OWN


def test_a_way_out_that_aks_does_not_make_has_no_addresses(azure: Azure) -> None:
    found = outputs(azure, {"outboundType": "none"}, bootstrapProfile={"artifactSource": "Cache"})
    assert at(found, LOAD_BALANCER) is None
    assert at(found, NAT_GATEWAY) is None
