"""Microsoft.Network: address ranges, priorities, peerings, in ARM's words."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import ArmError
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure, in_group
from tests.simulator.examples import EXAMPLES, VNET

RULE = EXAMPLES["network:SecurityRule"]
GROUP_OF_RULES = EXAMPLES["network:NetworkSecurityGroup"]


def codes(refused: pytest.ExceptionInfo[ArmError]) -> list[str]:
    return [refusal.code for refusal in refused.value.refusals]


def test_a_subnet_outside_its_network_is_refused(azure: Azure) -> None:
    azure.network("10.0.0.0/16")
    with pytest.raises(ArmError) as refused:
        azure.subnet("snet", "10.1.0.0/24")
    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.target) == ("NetcfgSubnetRangeOutsideVnet", "addressPrefix")
    assert refusal.message == (
        "Subnet 'snet' is not valid because its IP address range is outside the IP address range of virtual network "
        "'vnet'."
    )


def test_a_subnet_that_meets_another_is_refused_with_the_name_of_the_other(azure: Azure) -> None:
    azure.network()
    azure.subnet("one", "10.0.0.0/24")
    with pytest.raises(ArmError) as refused:
        azure.subnet("two", "10.0.0.128/25")
    [refusal] = refused.value.refusals
    assert refusal.code == "NetcfgSubnetRangesOverlap"
    assert "Subnet 'two' is not valid because its IP address range overlaps" in refusal.message
    assert refusal.fix == "choose a range that does not meet the one of subnet 'one'"


def test_a_subnet_may_not_meet_one_that_the_network_declares(azure: Azure) -> None:
    azure.network(subnets=[{"name": "inline", "addressPrefix": "10.0.0.0/24"}])
    with pytest.raises(ArmError, match="NetcfgSubnetRangesOverlap"):
        azure.subnet("two", "10.0.0.0/25")


def test_a_subnet_may_be_written_again_and_moved(azure: Azure) -> None:
    azure.network()
    made = azure.subnet("snet", "10.0.0.0/24")
    azure.update("network:Subnet", "snet", made, {**made.inputs, "addressPrefix": "10.0.0.0/25"})
    azure.subnet("next", "10.0.0.128/25")


def test_subnets_side_by_side_are_no_overlap(azure: Azure) -> None:
    azure.network()
    for index in range(4):
        azure.subnet(f"snet{index}", f"10.0.{index}.0/24")


def test_all_that_is_wrong_with_the_subnets_of_a_network_is_said_at_once(azure: Azure) -> None:
    subnets = [
        {"name": "a", "addressPrefix": "10.0.0.0/24"},
        {"name": "b", "addressPrefix": "10.0.0.0/25"},
        {"name": "c", "addressPrefix": "10.9.0.0/24"},
        {"name": "d", "addressPrefix": "10.0.9.0/30"},
    ]
    with pytest.raises(ArmError) as refused:
        azure.network(subnets=subnets)
    assert sorted(codes(refused)) == [
        "NetcfgInvalidSubnet",
        "NetcfgSubnetRangeOutsideVnet",
        "NetcfgSubnetRangesOverlap",
    ]


def test_a_network_keeps_the_ranges_of_its_subnets(azure: Azure) -> None:
    made = azure.network()
    azure.subnet("snet", "10.0.1.0/24")
    with pytest.raises(ArmError) as refused:
        azure.update(
            "network:VirtualNetwork",
            "vnet",
            made,
            {**made.inputs, "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}},
        )
    assert codes(refused) == ["NetcfgSubnetRangeOutsideVnet"]
    assert "'snet'" in str(refused.value)


def test_a_network_with_a_range_that_is_not_known_yet_is_not_judged_by_the_others(azure: Azure) -> None:
    planning = azure.another()
    inputs = {**in_group(), "virtualNetworkName": "vnet", "addressSpace": {"addressPrefixes": ["10.0.0.0/24", UNKNOWN]}}
    planning.create("network:VirtualNetwork", "vnet", inputs, preview=True)
    planning.create(
        "network:Subnet",
        "snet",
        {
            "resourceGroupName": "rg-test",
            "virtualNetworkName": "vnet",
            "subnetName": "s",
            "addressPrefix": "10.9.0.0/24",
        },
        preview=True,
    )


def test_a_network_without_ranges_of_its_own_is_not_judged(azure: Azure) -> None:
    pool = "/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/networkManagers/m/ipamPools/p"
    azure.network(addressSpace={"ipamPoolPrefixAllocations": [{"id": pool, "numberOfIpAddresses": "256"}]})
    azure.subnet("snet", "10.0.0.0/24")


def test_ranges_of_both_families_live_side_by_side(azure: Azure) -> None:
    azure.network(addressSpace={"addressPrefixes": ["10.0.0.0/16", "fd00::/48"]})
    azure.subnet("snet", "", addressPrefix=None, addressPrefixes=["10.0.0.0/24", "fd00::/64"])


def test_a_network_answers_its_subnets_wherever_they_were_declared(azure: Azure) -> None:
    made = azure.network(subnets=[{"name": "inline", "addressPrefix": "10.0.0.0/24"}])
    for index in (1, 2):
        azure.subnet(f"snet{index}", f"10.0.{index}.0/24")
    read = azure.read("network:VirtualNetwork", "vnet", made.id, made.inputs)
    assert read is not None
    assert [subnet["id"] for subnet in read.outputs["subnets"]] == [
        f"{VNET}/subnets/{name}" for name in ("inline", "snet1", "snet2")
    ]
    assert [subnet["name"] for subnet in read.outputs["subnets"]] == ["inline", "snet1", "snet2"]


# Security rules


def test_two_rules_of_a_group_may_not_share_a_priority(azure: Azure) -> None:
    rules = [{**GROUP_OF_RULES["securityRules"][0], "name": name} for name in ("one", "two")]
    with pytest.raises(ArmError) as refused:
        azure.create("network:NetworkSecurityGroup", "nsg", {**GROUP_OF_RULES, "securityRules": rules})
    [refusal] = refused.value.refusals
    assert refusal.code == "SecurityRuleConflict"
    assert refusal.message.startswith("Security rule two conflicts with rule one. Rules cannot have the same Priority")


def test_a_separate_rule_may_not_take_the_priority_of_another(azure: Azure) -> None:
    azure.create("network:NetworkSecurityGroup", "nsg", GROUP_OF_RULES)
    azure.create("network:SecurityRule", "one", RULE)
    with pytest.raises(ArmError, match="conflicts with rule allow-https"):
        azure.create("network:SecurityRule", "two", {**RULE, "securityRuleName": "two"})
    with pytest.raises(ArmError, match="conflicts with rule deny-all"):
        azure.create("network:SecurityRule", "two", {**RULE, "securityRuleName": "two", "priority": 4096})


def test_the_two_directions_do_not_meet(azure: Azure) -> None:
    azure.create("network:NetworkSecurityGroup", "nsg", GROUP_OF_RULES)
    azure.create("network:SecurityRule", "in", RULE)
    azure.create("network:SecurityRule", "out", {**RULE, "securityRuleName": "out", "direction": "Outbound"})


def test_a_priority_that_is_not_known_yet_meets_nothing(azure: Azure) -> None:
    azure.create("network:NetworkSecurityGroup", "nsg", GROUP_OF_RULES)
    azure.create("network:SecurityRule", "one", RULE)
    azure.create("network:SecurityRule", "x", {**RULE, "securityRuleName": "x", "priority": UNKNOWN}, preview=True)


# Peerings


def peer(azure: Azure, prefix: str) -> Any:
    azure.network("10.0.0.0/16")
    right = {**in_group(), "virtualNetworkName": "right", "addressSpace": {"addressPrefixes": [prefix]}}
    azure.create("network:VirtualNetwork", "right", right)
    inputs = {
        **EXAMPLES["network:VirtualNetworkPeering"],
        "remoteVirtualNetwork": {"id": VNET.replace("vnet", "right")},
    }
    return azure.create("network:VirtualNetworkPeering", "peering", inputs)


def test_networks_that_meet_are_not_peered(azure: Azure) -> None:
    with pytest.raises(ArmError) as refused:
        peer(azure, "10.0.128.0/17")
    [refusal] = refused.value.refusals
    assert refusal.code == "VnetAddressSpacesOverlap"
    assert "Overlapping address prefixes: 10.0.0.0/16, 10.0.128.0/17" in refusal.message


def test_a_peering_keeps_its_other_end(azure: Azure) -> None:
    made = peer(azure, "10.1.0.0/16")
    with pytest.raises(ArmError) as refused:
        azure.update("network:VirtualNetworkPeering", "peering", made, EXAMPLES["network:VirtualNetworkPeering"])
    assert codes(refused) == ["ChangingRemoteVirtualNetworkNotAllowed"]
