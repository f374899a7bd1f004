"""NET-021: names are forwarded to private servers that can be spared, one domain at a time."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_private
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FORWARDING_RULE
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

_SERVERS: Final = "targetDnsServers"


def check(rule: View, _context: Context) -> Judged:
    """It is on, for a domain and not for all; two servers, each in a private network."""
    yield from rule.must_be("forwardingRuleState", "Enabled")
    yield from rule.must_not_be("domainName", (".",), "because all names, Azure's own too, would be asked there")
    servers = [*rule.each(_SERVERS)]
    if len(servers) < 2:
        yield Fault(_SERVERS, "must have two servers, so that names are known while one is gone")
    for server in servers:
        yield from guarded(_private(server))


def _private(server: View) -> Judged:
    if not is_private(server.text("ipAddress")):
        yield Fault(joined(server.path, "ipAddress"), "must be a private address: questions tell what people do")


def _rule(*addresses: str, domain: str = "gov.example.", state: str = "Enabled") -> dict[str, Any]:
    servers = [{"ipAddress": one, "port": 53} for one in addresses or ("10.250.4.10", "10.250.4.11")]
    return {"domainName": domain, "forwardingRuleState": state, "targetDnsServers": servers}


_API: Final = "ForwardingRule, Microsoft.Network 2023-07-01-preview"

RULE = Rule(
    id="NET-021",
    title="Names are forwarded to private servers that can be spared, one domain at a time",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(FORWARDING_RULE,),
    controls=("itsg33/SC-20", "itsg33/SC-22", "mcsb/NS-2", "gdpr/32(1)(b)", "gc-guardrails/13", "popa/10"),
    why="Who answers for the names of the province decides where its traffic goes; one server is one reboot away from "
    "an outage of everything.",
    fix="Forward named domains to two servers or more with private addresses, and set forwardingRuleState to Enabled "
    "(settings: network.dns_resolver).",
    link="https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    properties=(
        Property("forwardingRuleState", "Enabled", Verdict.PASS, f"{_API}: Enabled (not re-read)"),
        Property("domainName", ABSENT, Verdict.PASS, f"{_API}: required"),
        Property(f"{_SERVERS}[*].ipAddress", ABSENT, Verdict.FAIL, f"{_API}: required"),
    ),
    check=check,
    good=(Example(_rule()), Example(_rule("10.0.0.4", "172.16.0.4", "192.168.0.4"), environment="dev")),
    bad=(
        Example(_rule("10.250.4.10")),
        Example(_rule("10.250.4.10", "8.8.8.8"), title="the second server"),
        Example(_rule(domain=".")),
        Example(_rule(state="Disabled")),
    ),
    breaks=(
        Break("forwardingRuleState", "Disabled"),
        Break("domainName", "."),
        Break(_SERVERS, [{"ipAddress": "10.250.4.10"}]),
        Break(f"{_SERVERS}[*].ipAddress", "1.1.1.1"),
    ),
)
