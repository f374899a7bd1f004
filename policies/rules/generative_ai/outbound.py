"""OAI-004: an AI account calls named hosts only."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import AI_ACCOUNT
from policies.view import Fault, Judged, View, judged_each

_RESTRICTED: Final = "properties.restrictOutboundNetworkAccess"
_HOSTS: Final = "properties.allowedFqdnList"


def check(account: View, _context: Context) -> Judged:
    """What it may call is restricted, and no host stands for many; an empty list is the strictest."""
    yield from account.must_be(_RESTRICTED, True)
    yield from judged_each(account.each(_HOSTS), _host)


def _host(host: View) -> Judged:
    if "*" in host.text("", absent=""):
        yield Fault(host.path, "stands for more than one host")


def _account(*hosts: str, restricted: bool = True) -> dict[str, Any]:
    return {"properties": {"restrictOutboundNetworkAccess": restricted, "allowedFqdnList": list(hosts)}}


RULE = Rule(
    id="OAI-004",
    title="An AI account calls named hosts only",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(AI_ACCOUNT,),
    controls=(
        "itsg33/AC-4",
        "itsg33/SC-7(10)",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="A prompt can name an address to fetch; a restricted account can't carry data to a host of an attacker.",
    fix="Set restrictOutboundNetworkAccess to true, and name in allowedFqdnList whole hosts that are ours, or none.",
    link="https://learn.microsoft.com/azure/ai-services/cognitive-services-data-loss-prevention",
    properties=(
        Property(
            _RESTRICTED,
            False,
            Verdict.FAIL,
            "learn.microsoft.com/azure/ai-services/cognitive-services-data-loss-prevention: off (not re-read)",
        ),
        Property(
            _HOSTS,
            ABSENT,
            Verdict.PASS,
            "learn.microsoft.com/azure/ai-services/cognitive-services-data-loss-prevention: no host (not re-read)",
        ),
    ),
    check=check,
    good=(Example(_account("data.gov.example")), Example(_account(), title="no host at all")),
    bad=(
        Example(_account(restricted=False)),
        Example(_account("data.gov.example", "*.blob.core.windows.net"), title="the second host"),
    ),
    breaks=(
        Break(_RESTRICTED, False),
        Break(_RESTRICTED, ABSENT),
        Break(_HOSTS, ["*.example.org"]),
    ),
)
