"""What the spoke's own services need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, network
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]
HUB = "/subscriptions/00000000-0000-0000-0000-0000000000c1/resourceGroups/rg-dns/providers/Microsoft.Network"
VAULT_ZONE = f"{HUB}/privateDnsZones/privatelink.vaultcore.azure.net"
RUNNERS = {"application_id": 1, "installation_id": 1, "image": f"runners/github@sha256:{'0' * 64}"}
GITHUB = {
    "github": {
        "owner": "gov",
        "repository": "ml",
        "plan_environment": "plan",
        "apply_environment": "apply",
    }
}
FIREWALL = {"kind": "own_firewall"}
THROUGH_THE_HUB = {"use_hub_gateway": True, "hub_vnet_id": f"{HUB}/virtualNetworks/vnet-hub"}


def spoke(**values: Any) -> dict[str, Any]:
    return {"network": values}


def forwarding(forward: dict[str, list[str]]) -> dict[str, Any]:
    return spoke(dns_resolver={"forward": forward}, peer_ranges={"hub": "10.250.0.0/16"})


GOOD = [
    (network.services_have_their_subnets, {}),
    (
        network.services_have_their_subnets,
        spoke(
            dns_resolver={},
            bastion={},
            egress=FIREWALL,
            subnets={
                "dns_inbound": "10.40.4.32/28",
                "dns_outbound": "10.40.4.48/28",
                "bastion": "10.40.4.64/26",
                "firewall": "10.40.4.128/26",
            },
        ),
    ),
    (network.resolver_is_offered, spoke(dns_resolver={})),
    (network.resolver_is_offered, {"region": "canadaeast"}),
    (network.domains_can_be_forwarded, {}),
    (network.domains_can_be_forwarded, forwarding({"gov.example": ["10.250.4.10"] * 6})),
    (network.forwarded_questions_reach_their_servers, forwarding({"gov.example": ["10.250.4.10"]})),
    (network.runners_have_a_repository, {}),
    (network.runners_have_a_repository, {**spoke(github_runners=RUNNERS), "access": GITHUB}),
    (network.runners_can_reach_github, spoke(github_runners=RUNNERS)),
    (
        network.intrusion_detection_has_its_tier,
        spoke(egress={**FIREWALL, "tier": "Premium", "intrusion_detection": "Deny"}),
    ),
    (network.intrusion_detection_has_its_tier, spoke(egress=FIREWALL)),
    (network.dns_servers_are_named_once, spoke(dns_servers=["10.250.4.10", "10.250.4.11"])),
    (network.hub_is_a_network, spoke(egress=FIREWALL)),
    (network.hub_is_a_network, spoke(egress={**FIREWALL, **THROUGH_THE_HUB})),
    (network.a_gateway_is_used_over_a_peering, spoke(egress=FIREWALL)),
    (network.a_gateway_is_used_over_a_peering, spoke(egress={**FIREWALL, **THROUGH_THE_HUB})),
    (network.a_closed_spoke_installs_nothing, spoke(egress={"kind": "none"})),
    (network.a_closed_spoke_installs_nothing, {"cluster": {"node_os_upgrade_channel": "SecurityPatch"}}),
    (network.hub_zones_are_zones, {}),
    (
        network.hub_zones_are_zones,
        spoke(private_dns={"hub_zone_ids": {"privatelink.vaultcore.azure.net": VAULT_ZONE}}),
    ),
]

BAD = [
    (
        network.dns_servers_are_named_once,
        spoke(dns_servers=["10.250.4.10", "10.250.4.10"]),
        ["network.dns_servers[1]"],
    ),
    (
        network.hub_is_a_network,
        spoke(egress={**FIREWALL, "hub_vnet_id": f"{HUB}/azureFirewalls/afw-hub"}),
        ["network.egress.hub_vnet_id"],
    ),
    (
        network.a_gateway_is_used_over_a_peering,
        spoke(egress={**FIREWALL, "use_hub_gateway": True}),
        ["network.egress.use_hub_gateway"],
    ),
    (
        network.domains_can_be_forwarded,
        forwarding({"*.gov.example": ["10.250.4.10"], "none.example": [], "many.example": ["10.250.4.10"] * 7}),
        [
            "network.dns_resolver.forward.*.gov.example",
            "network.dns_resolver.forward.none.example",
            "network.dns_resolver.forward.many.example",
        ],
    ),
    (
        network.domains_can_be_forwarded,
        forwarding({"a.b.example": ["10.250.4.10"], "a-b.example": ["10.250.4.10"]}),
        ["network.dns_resolver.forward.a.b.example", "network.dns_resolver.forward.a-b.example"],
    ),
    (
        network.forwarded_questions_reach_their_servers,
        forwarding({"gov.example": ["10.250.4.10", "10.9.0.4"]}),
        ["network.dns_resolver.forward.gov.example[1]"],
    ),
    (network.resolver_is_offered, {**spoke(dns_resolver={}), "region": "canadaeast"}, ["network.dns_resolver"]),
    (
        network.services_have_their_subnets,
        spoke(dns_resolver={}),
        ["network.subnets.dns_inbound", "network.subnets.dns_outbound"],
    ),
    (network.services_have_their_subnets, spoke(egress=FIREWALL), ["network.subnets.firewall"]),
    (network.services_have_their_subnets, spoke(bastion={}), ["network.subnets.bastion"]),
    (network.services_have_their_subnets, spoke(github_runners=RUNNERS), ["network.subnets.runners"]),
    (network.runners_have_a_repository, spoke(github_runners=RUNNERS), ["network.github_runners"]),
    (
        network.runners_can_reach_github,
        spoke(github_runners=RUNNERS, egress={"kind": "none"}),
        ["network.github_runners"],
    ),
    (
        network.intrusion_detection_has_its_tier,
        spoke(egress={**FIREWALL, "intrusion_detection": "Alert"}),
        ["network.egress.intrusion_detection"],
    ),
    (
        network.a_closed_spoke_installs_nothing,
        {**spoke(egress={"kind": "none"}), "cluster": {"node_os_upgrade_channel": "SecurityPatch"}},
        ["cluster.node_os_upgrade_channel"],
    ),
    (
        network.hub_zones_are_zones,
        spoke(private_dns={"hub_zone_ids": {"privatelink.vault.azure.net": VAULT_ZONE}}),
        ["network.private_dns.hub_zone_ids.privatelink.vault.azure.net"],
    ),
    (
        network.hub_zones_are_zones,
        spoke(private_dns={"hub_zone_ids": {"privatelink.azurecr.io": VAULT_ZONE}}),
        ["network.private_dns.hub_zone_ids.privatelink.azurecr.io"],
    ),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(network)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_fits_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_does_not_fit_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths


def test_a_misspelt_zone_is_told_the_nearest_one(settings_with: Build) -> None:
    wrong = {"privatelink.vaultcore.azure.com": VAULT_ZONE}
    (problem,) = network.hub_zones_are_zones(settings_with(spoke(private_dns={"hub_zone_ids": wrong})))
    assert problem.fix == "Did you mean privatelink.vaultcore.azure.net?"


def test_a_firewall_without_a_subnet_is_told_a_range(settings_with: Build) -> None:
    (problem,) = network.services_have_their_subnets(settings_with(spoke(egress=FIREWALL)))
    assert problem.fix.endswith("The first free range is 10.40.4.64/26.")
