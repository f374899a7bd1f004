"""Names across networks."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address

import pytest

from components.network.dns_resolver import DnsResolver, problems
from tests.components.network.examples import RESOLVER
from tests.components.recording import one, record

pytestmark = pytest.mark.capability("N6")


def test_other_networks_ask_a_fixed_address() -> None:
    (configuration,) = one(record(lambda: DnsResolver("x", RESOLVER)), "InboundEndpoint").inputs["ipConfigurations"]
    assert configuration == {
        "subnet": {"id": "/in"},
        "privateIpAllocationMethod": "Static",
        "privateIpAddress": "10.40.4.36",
    }


def test_other_networks_domains_go_to_their_servers() -> None:
    rule = one(record(lambda: DnsResolver("x", RESOLVER)), "ForwardingRule").inputs
    assert rule["domainName"] == "gov.example."
    assert rule["targetDnsServers"] == [
        {"ipAddress": "10.250.4.10", "port": 53},
        {"ipAddress": "10.250.4.11", "port": 53},
    ]


def test_without_domains_nothing_is_forwarded() -> None:
    recorded = record(lambda: DnsResolver("x", replace(RESOLVER, forward={})))
    assert not [each for each in recorded if each.type.endswith((":DnsForwardingRuleset", ":ForwardingRule"))]


@pytest.mark.parametrize("count", [0, 7])
def test_a_rule_takes_one_to_six_servers(count: int) -> None:
    servers = tuple(IPv4Address(f"10.250.4.{index}") for index in range(count))
    found = problems(replace(RESOLVER, forward={"gov.example": servers}))
    assert found == [f"domain gov.example has {count} DNS servers: a rule takes 1 to 6"]
