"""The spoke's own firewall: what it lets out, and in which order it stands."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from typing import Any

import pytest

from components.network.firewall import Firewall, FirewallArgs, choice_problems
from components.network.firewall_rules import AKS_TAG, cluster_rules, flow_rules, host_rules, team_rules
from components.network.network import Network
from components.network.network import problems as network_problems
from components.network.network_plan import NODE_SUBNETS
from facts.egress_hosts import host_groups
from tests.components.examples import ADDRESSES
from tests.components.network.examples import FIREWALL, FIREWALL_CHOICE, FULL, OWN_FIREWALL
from tests.components.recording import Recorded, arm_id, one, record

pytestmark = pytest.mark.capability("N3")


def made(args: FirewallArgs = FIREWALL) -> list[Recorded]:
    return record(lambda: Firewall("x", args))


def rules(recorded: list[Recorded], group: str) -> dict[str, dict[str, Any]]:
    collections = one(recorded, "FirewallPolicyRuleCollectionGroup", f"x-rcg-{group}").inputs["ruleCollections"]
    assert {each["action"]["type"] for each in collections} == {"Allow"}
    return {rule["name"]: rule for each in collections for rule in each["rules"]}


def test_the_policy_denies_known_threats_resolves_names_and_stops_intrusions() -> None:
    policy = one(made(), "network:FirewallPolicy").inputs
    assert policy["threatIntelMode"] == "Deny"
    assert policy["dnsSettings"] == {"enableProxy": True}
    assert policy["intrusionDetection"] == {"mode": "Deny"}
    assert policy["sku"] == {"tier": "Premium"}


def test_the_firewall_asks_whom_its_clients_ask_and_lets_their_questions_through() -> None:
    addresses = replace(FULL, dns_servers=(IPv4Address("10.250.4.10"),))
    recorded = made(replace(FIREWALL, addresses=addresses))
    policy = one(recorded, "network:FirewallPolicy").inputs
    assert policy["dnsSettings"] == {"enableProxy": True, "servers": ["10.250.4.10"]}
    names = rules(recorded, "platform")["names"]
    assert (names["destinationAddresses"], names["destinationPorts"]) == (["10.250.4.10"], ["53"])
    assert names["ipProtocols"] == ["UDP", "TCP"]


def test_reporting_threats_only_has_to_be_asked_for() -> None:
    args = replace(FIREWALL, choice=replace(FIREWALL_CHOICE, deny_known_threats=False))
    assert one(made(args), "network:FirewallPolicy").inputs["threatIntelMode"] == "Alert"


def test_nodes_reach_what_aks_documents_and_nvidia() -> None:
    found = rules(made(), "platform")
    assert found["aks"]["fqdnTags"] == [AKS_TAG]
    assert found["aks"]["sourceAddresses"] == ["10.40.0.0/24", "10.40.1.0/24"]
    assert "nvcr.io" in found["nvidia-registry"]["targetFqdns"]
    assert "nvidia.github.io" in found["gpu-drivers"]["targetFqdns"]
    assert found["nodes-time"]["destinationFqdns"] == ["ntp.ubuntu.com"]
    assert found["nodes-time"]["ipProtocols"] == ["UDP"]


def test_azure_ml_compute_reaches_its_service_tags_and_no_host() -> None:
    found = rules(made(), "platform")
    compute = {name: rule for name, rule in found.items() if rule["sourceAddresses"] == ["10.40.3.0/24"]}
    assert {tag for rule in compute.values() for tag in rule["destinationAddresses"]} >= {
        "AzureMachineLearning",
        "BatchNodeManagement.canadacentral",
        "AzureActiveDirectory",
    }
    assert not [name for name, rule in compute.items() if "targetFqdns" in rule]


def test_package_mirrors_are_those_of_the_settings_only() -> None:
    assert rules(made(), "named")["named-in-settings"]["targetFqdns"] == ["pypi.org", "files.pythonhosted.org"]
    without = made(replace(FIREWALL, choice=replace(FIREWALL_CHOICE, allowed_hosts=(), cluster_hosts=())))
    assert [each.name for each in without if each.type.endswith(":FirewallPolicyRuleCollectionGroup")] == [
        "x-rcg-platform"
    ]


def test_what_the_cluster_installs_is_for_nodes_alone() -> None:
    rule = rules(made(), "named")["cluster"]
    assert rule["targetFqdns"] == ["git.gov.example"]
    assert rule["sourceAddresses"] == ["10.40.0.0/24", "10.40.1.0/24"]


def test_no_rule_lets_everything_out() -> None:
    named = (*team_rules(FULL, ("pypi.org",)), *cluster_rules(FULL, ("quay.io",)))
    for rule in (*host_rules(FULL, "canadacentral"), *named):
        assert rule.sources
        assert "*" not in rule.hosts
        assert "0.0.0.0/0" not in rule.sources
    for flow in flow_rules(FULL, "canadacentral"):
        assert flow.sources
        assert not {"*", "Internet", "AzureCloud"} & {*flow.service_tags, *flow.hosts}


def test_rules_of_subnets_that_are_absent_are_absent() -> None:
    names = {rule.name for rule in host_rules(ADDRESSES, "canadacentral")}
    assert "github" not in names
    assert "github" in {rule.name for rule in host_rules(FULL, "canadacentral")}
    assert not [rule for rule in flow_rules(ADDRESSES, "canadacentral") if rule.name.startswith("databricks")]


def test_groups_of_rules_are_written_one_after_another_and_before_the_firewall() -> None:
    recorded = made()
    platform, named = (
        one(recorded, "FirewallPolicyRuleCollectionGroup", f"x-rcg-{key}") for key in ("platform", "named")
    )
    assert platform.urn in named.depends_on
    assert {platform.urn, named.urn} <= one(recorded, "network:AzureFirewall").depends_on


def test_only_the_first_address_names_the_subnet() -> None:
    configurations = one(made(), "network:AzureFirewall").inputs["ipConfigurations"]
    assert [each.get("subnet") for each in configurations] == [{"id": "/subnet"}, None]


def test_the_spoke_sends_what_leaves_to_its_firewall() -> None:
    recorded = record(lambda: Network("x", OWN_FIREWALL))
    subnet = one(recorded, "network:Subnet", "x-snet-firewall")
    assert subnet.inputs["subnetName"] == "AzureFirewallSubnet"
    assert not {"networkSecurityGroup", "routeTable", "natGateway"} & set(subnet.inputs)
    firewall = one(recorded, "network:AzureFirewall")
    assert firewall.inputs["ipConfigurations"][0]["subnet"] == {"id": arm_id("x-snet-firewall")}
    route = one(recorded, "network:RouteTable").inputs["routes"][0]
    assert (route["nextHopType"], route["nextHopIpAddress"]) == ("VirtualAppliance", "10.40.4.132")
    assert one(recorded, "network:Subnet", "x-snet-system_pool").inputs["routeTable"] == {"id": arm_id("x-rt")}


@pytest.mark.capability("N4")
def test_aks_is_told_to_use_the_route() -> None:
    built: list[Network] = []
    record(lambda: built.append(Network("x", OWN_FIREWALL)))
    assert built[0].outbound_type == "userDefinedRouting"


def test_what_azure_would_refuse_is_a_problem() -> None:
    assert choice_problems(replace(FIREWALL_CHOICE, tier="Standard")) == [
        "intrusion detection needs the tier Premium, not Standard"
    ]
    assert choice_problems(replace(FIREWALL_CHOICE, public_ip_count=0)) == ["0 public IPs: a firewall takes 1 to 250"]
    assert network_problems(replace(OWN_FIREWALL, addresses=ADDRESSES)) == [
        "the spoke's own firewall has no subnet `firewall`"
    ]


def test_every_pool_of_nodes_reaches_the_same() -> None:
    for group in host_groups():
        assert set(NODE_SUBNETS) <= set(group.subnets) or not set(NODE_SUBNETS) & set(group.subnets), group.name
