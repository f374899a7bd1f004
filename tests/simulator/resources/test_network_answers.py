"""What Microsoft.Network answers of the parts of its resources, and the addresses that it chooses."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any

from simulator.service import Outcome
from simulator.values import UNKNOWN
from tests.simulator.azure import GROUP, Azure, in_group

NETWORK = f"{GROUP}/providers/Microsoft.Network"
SUBNET = f"{NETWORK}/virtualNetworks/vnet/subnets"


def balancer(azure: Azure) -> Outcome:
    own = f"{NETWORK}/loadBalancers/lb"
    rule = {
        "name": "http", "protocol": "Tcp", "frontendPort": 80, "backendPort": 80,
        "frontendIPConfiguration": {"id": f"{own}/frontendIPConfigurations/front"},
        "backendAddressPool": {"id": f"{own}/backendAddressPools/pool"},
    }  # fmt: skip
    inputs = {
        **in_group(), "loadBalancerName": "lb", "sku": {"name": "Standard"},
        "frontendIPConfigurations": [{"name": "front", "subnet": {"id": f"{SUBNET}/snet"}}],
        "backendAddressPools": [{"name": "pool"}, {"name": "idle"}],
        "loadBalancingRules": [rule],
    }  # fmt: skip
    return azure.create("network:LoadBalancer", "lb", inputs)


def placed(azure: Azure) -> None:
    azure.group()
    azure.network()
    azure.subnet("snet", "10.0.1.0/29")


def test_a_named_part_has_an_id_a_type_an_etag_and_a_state(azure: Azure) -> None:
    placed(azure)
    outputs = balancer(azure).outputs
    pool = outputs["backendAddressPools"][0]
    assert pool["id"] == f"{NETWORK}/loadBalancers/lb/backendAddressPools/pool"
    assert pool["type"] == "Microsoft.Network/loadBalancers/backendAddressPools"
    assert pool["etag"].startswith('W/"')
    assert pool["provisioningState"] == "Succeeded"


def test_a_part_within_a_part_lies_below_it(azure: Azure) -> None:
    azure.group()
    delegation = {"name": "web", "serviceName": "Microsoft.Web/serverFarms"}
    subnets = [{"name": "apps", "addressPrefix": "10.0.1.0/24", "delegations": [delegation]}]
    outputs = azure.network(subnets=subnets).outputs
    assert outputs["subnets"][0]["delegations"][0]["id"] == f"{SUBNET}/apps/delegations/web"


def test_what_a_resource_refers_to_is_no_part_of_it(azure: Azure) -> None:
    placed(azure)
    assert balancer(azure).outputs["frontendIPConfigurations"][0]["subnet"] == {"id": f"{SUBNET}/snet"}


def test_the_parts_of_a_load_balancer_name_the_rules_that_use_them(azure: Azure) -> None:
    placed(azure)
    outputs = balancer(azure).outputs
    rules = [{"id": f"{NETWORK}/loadBalancers/lb/loadBalancingRules/http"}]
    assert outputs["frontendIPConfigurations"][0]["loadBalancingRules"] == rules
    pools: list[dict[str, Any]] = outputs["backendAddressPools"]
    assert [pool.get("loadBalancingRules") for pool in pools] == [rules, None]


def test_an_address_that_nobody_asked_for_is_one_of_the_free_addresses_of_the_subnet(azure: Azure) -> None:
    placed(azure)
    made = balancer(azure)
    found = ip_address(made.outputs["frontendIPConfigurations"][0]["privateIPAddress"])
    assert found in list(ip_network("10.0.1.0/29"))[4:7]
    read = azure.read("network:LoadBalancer", "lb", made.id)
    assert read is not None
    assert read.outputs["frontendIPConfigurations"] == made.outputs["frontendIPConfigurations"]


def test_a_firewall_has_the_first_free_address_and_a_preview_without_its_subnet_does_not_know_it(azure: Azure) -> None:
    azure.group()
    azure.network()
    azure.subnet("AzureFirewallSubnet", "10.0.2.0/26")
    firewall = {**in_group(), "azureFirewallName": "afw", "sku": {"name": "AZFW_VNet", "tier": "Standard"}}
    configuration = {"name": "ip", "subnet": {"id": f"{SUBNET}/AzureFirewallSubnet"}}
    foretold = azure.create(
        "network:AzureFirewall",
        "afw",
        {**firewall, "ipConfigurations": [{**configuration, "subnet": {"id": UNKNOWN}}]},
        preview=True,
    )
    assert foretold.outputs["ipConfigurations"][0]["privateIPAddress"] is UNKNOWN
    made = azure.create("network:AzureFirewall", "afw", {**firewall, "ipConfigurations": [configuration]})
    [answered] = made.outputs["ipConfigurations"]
    assert answered["privateIPAddress"] == "10.0.2.4"
    assert answered["id"] == f"{made.id}/azureFirewallIpConfigurations/ip"


def test_an_endpoint_says_under_which_names_and_addresses_its_target_is_reached(azure: Azure) -> None:
    placed(azure)
    account = {**in_group(), "accountName": "stanswers", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}}
    target = azure.create("storage:StorageAccount", "st", account).id
    inputs = {
        **in_group(), "privateEndpointName": "pe", "subnet": {"id": f"{SUBNET}/snet"},
        "privateLinkServiceConnections": [{"name": "st", "privateLinkServiceId": target, "groupIds": ["blob"]}],
    }  # fmt: skip
    [config] = azure.create("network:PrivateEndpoint", "pe", inputs).outputs["customDnsConfigs"]
    assert config["fqdn"] == "stanswers.blob.core.windows.net"
    assert ip_address(config["ipAddresses"][0]) in list(ip_network("10.0.1.0/29"))[4:7]
    static = [{"name": "ip", "groupId": "blob", "memberName": "blob", "privateIPAddress": "10.0.1.6"}]
    chosen = {**inputs, "privateEndpointName": "static", "ipConfigurations": static}
    [config] = azure.create("network:PrivateEndpoint", "static", chosen).outputs["customDnsConfigs"]
    assert config["ipAddresses"] == ["10.0.1.6"]
