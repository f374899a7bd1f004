"""What the spoke's own services need: subnets, a repository, a tier, an egress that fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from facts.private_link import private_links
from facts.regions import region
from stacks.checks.addresses import needs_subnet
from stacks.problems import Problem
from stacks.sections.network import HubFirewall, NoWayOut, OwnFirewall
from stacks.settings import Settings
from stacks.types import ENCRYPTED

VNET_ID = r"/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/virtualNetworks/[^/]+"
MOST_SERVERS = 6
"""DNS servers of a forwarding rule (components.network.dns_resolver)."""


def services_have_their_subnets(settings: Settings) -> Iterator[Problem]:
    """What is on has the subnet that it goes into."""
    network = settings.network
    needs = (
        (network.dns_resolver, "dns_resolver", ("dns_inbound", "dns_outbound")),
        (network.bastion, "bastion", ("bastion",)),
        (network.github_runners, "github_runners", ("runners",)),
        (network.egress if isinstance(network.egress, OwnFirewall) else None, "egress", ("firewall",)),
    )
    for wanted, name, subnets in needs:
        for subnet in subnets if wanted is not None else ():
            yield from needs_subnet(settings, subnet, ("network", name), follows="It can't be built.")


def resolver_is_offered(settings: Settings) -> Iterator[Problem]:
    """DNS resolvers are not offered in every region."""
    if settings.network.dns_resolver is not None and not region(settings.region.value).dns_resolver:
        yield Problem(
            path=("network", "dns_resolver"),
            what=f"{settings.region.value} is not known to offer DNS private resolvers (facts/regions.yaml).",
            follows="Azure refuses the resolver.",
            fix="Leave `network.dns_resolver` out, and let the hub's DNS link the zones.",
        )


def dns_servers_are_named_once(settings: Settings) -> Iterator[Problem]:
    """A list of DNS servers holds each of them once."""
    servers = settings.network.dns_servers
    for index, server in enumerate(servers):
        if server in servers[:index]:
            yield Problem(
                path=("network", "dns_servers", index),
                what=f"{server} is in the list already.",
                follows="A machine would ask the same server again when it does not answer.",
                fix="Take it out, or write the other server's address.",
            )


def hub_is_a_network(settings: Settings) -> Iterator[Problem]:
    """What the spoke peers with is a VNet."""
    egress = settings.network.egress
    hub = egress.hub_vnet_id if isinstance(egress, HubFirewall | OwnFirewall) else None
    if hub in (None, ENCRYPTED) or re.fullmatch(VNET_ID, hub, re.IGNORECASE):
        return
    yield Problem(
        path=("network", "egress", "hub_vnet_id"),
        what=f"{hub} is not the id of a virtual network.",
        follows="Azure refuses the peering.",
        fix="Write what `az network vnet show -g <group> -n <hub> --query id -o tsv` prints.",
    )


def domains_can_be_forwarded(settings: Settings) -> Iterator[Problem]:
    """A domain, one to six servers, and a name of the rule that no other domain has."""
    forward = {} if settings.network.dns_resolver is None else settings.network.dns_resolver.forward
    names = Counter(domain.replace(".", "-") for domain in forward)
    for domain, servers in forward.items():
        if domain.startswith("*"):
            what, fix = f"{domain} is a pattern.", f"Write {domain[2:]}: a rule holds for all names below its domain."
        elif not 1 <= len(servers) <= MOST_SERVERS:
            what, fix = f"{domain} has {len(servers)} DNS servers.", f"Write 1 to {MOST_SERVERS}."
        elif names[domain.replace(".", "-")] > 1:
            what, fix = f"The rule of {domain} has the name of another one's.", "Forward a domain above one of them."
        else:
            continue
        path = ("network", "dns_resolver", "forward", domain)
        yield Problem(path=path, what=what, follows="Azure refuses the forwarding rule.", fix=fix)


def forwarded_questions_reach_their_servers(settings: Settings) -> Iterator[Problem]:
    """The security group of `dns_outbound` lets questions out to peers only."""
    network = settings.network
    forward = {} if network.dns_resolver is None else network.dns_resolver.forward
    for domain, servers in forward.items():
        for index, server in enumerate(servers):
            if not any(server in each for each in network.peer_ranges.values()):
                yield Problem(
                    path=("network", "dns_resolver", "forward", domain, index),
                    what=f"The DNS server {server} lies in none of `network.peer_ranges`.",
                    follows="The security group of `dns_outbound` drops the question, and the name is not found.",
                    fix="Correct the address, or add the range that it lies in to `network.peer_ranges`.",
                )


def runners_have_a_repository(settings: Settings) -> Iterator[Problem]:
    """Runners register at the repository whose workflows deploy."""
    if settings.network.github_runners is not None and settings.access.github is None:
        yield Problem(
            path=("network", "github_runners"),
            what="There are runners, and no repository that they serve.",
            follows="They could not register anywhere.",
            fix="Set `access.github`, or leave `network.github_runners` out.",
        )


def runners_can_reach_github(settings: Settings) -> Iterator[Problem]:
    """A spoke without a way out has no runners."""
    if settings.network.github_runners is not None and isinstance(settings.network.egress, NoWayOut):
        yield Problem(
            path=("network", "github_runners"),
            what="Runners take their jobs from github.com, and nothing leaves this spoke.",
            follows="They would never see a job.",
            fix="Choose another `network.egress`, or leave `network.github_runners` out.",
        )


def intrusion_detection_has_its_tier(settings: Settings) -> Iterator[Problem]:
    """Only Premium detects intrusions."""
    egress = settings.network.egress
    if isinstance(egress, OwnFirewall) and egress.intrusion_detection is not None and egress.tier != "Premium":
        yield Problem(
            path=("network", "egress", "intrusion_detection"),
            what=f"Intrusion detection is on, and the firewall's tier is {egress.tier}.",
            follows="Azure refuses the firewall policy.",
            fix="Set `network.egress.tier` to Premium, or leave `intrusion_detection` out.",
        )


def a_gateway_is_used_over_a_peering(settings: Settings) -> Iterator[Problem]:
    """The hub's gateway is reached over the peering that the stack makes."""
    egress = settings.network.egress
    if isinstance(egress, HubFirewall | OwnFirewall) and egress.use_hub_gateway and egress.hub_vnet_id is None:
        yield Problem(
            path=("network", "egress", "use_hub_gateway"),
            what="The hub's gateway is to be used, and the stack makes no peering with a hub.",
            follows="The setting changes nothing: answers to people behind that gateway are dropped.",
            fix="Set `network.egress.hub_vnet_id`, or let the hub's owner set it on the peering and leave this out.",
        )


def a_closed_spoke_installs_nothing(settings: Settings) -> Iterator[Problem]:
    """Without a way out, nodes get fixes with their image and in no other way."""
    if isinstance(settings.network.egress, NoWayOut) and settings.cluster.node_os_upgrade_channel != "NodeImage":
        yield Problem(
            path=("cluster", "node_os_upgrade_channel"),
            what=f"{settings.cluster.node_os_upgrade_channel} fetches packages, and nothing leaves this spoke.",
            follows="Nodes would never be fixed (azure-aks-docs concepts-network-isolated.md).",
            fix="Set `cluster.node_os_upgrade_channel` to NodeImage, or choose another `network.egress`.",
        )


def hub_zones_are_zones(settings: Settings) -> Iterator[Problem]:
    """A zone of the hub is one that private endpoints use, and its id is that zone's."""
    here = settings.region.value
    known = {zone for row in private_links().values() for zone in row.zones_in(here)}
    for zone, zone_id in settings.network.private_dns.hub_zone_ids.items():
        if zone not in known:
            nearest = get_close_matches(zone, known, n=1, cutoff=0.0)[0]
            yield Problem(
                path=("network", "private_dns", "hub_zone_ids", zone),
                what=f"{zone} is no zone of private endpoints in {here}.",
                follows="The zone that was meant would be made a second time, here, and hide the hub's records.",
                fix=f"Did you mean {nearest}?",
            )
        elif zone_id.rsplit("/", 1)[-1].lower() != zone and zone_id != ENCRYPTED:
            yield Problem(
                path=("network", "private_dns", "hub_zone_ids", zone),
                what=f"The id is that of {zone_id.rsplit('/', 1)[-1]}.",
                follows="Records would go into a zone that nobody asks for these names.",
                fix="Write the id of the zone that the key names.",
            )


CHECKS = (
    services_have_their_subnets,
    resolver_is_offered,
    dns_servers_are_named_once,
    hub_is_a_network,
    domains_can_be_forwarded,
    forwarded_questions_reach_their_servers,
    runners_have_a_repository,
    runners_can_reach_github,
    intrusion_detection_has_its_tier,
    a_gateway_is_used_over_a_peering,
    a_closed_spoke_installs_nothing,
    hub_zones_are_zones,
)
