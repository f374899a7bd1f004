"""How each component of the network is made, what it makes, and what it registers."""

from __future__ import annotations

from typing import Any

from components.network.firewall import Firewall
from tests.components.network import examples

MAKERS: dict[str, Any] = {
    "firewall:Firewall": (
        lambda o: Firewall("x", examples.FIREWALL, o),
        (
            "AzureFirewall|x-afw",
            "DiagnosticSetting|x-diag-afw",
            "DiagnosticSetting|x-diag-pip-1",
            "DiagnosticSetting|x-diag-pip-2",
            "FirewallPolicy|x-afwp",
            "FirewallPolicyRuleCollectionGroup|x-rcg-named",
            "FirewallPolicyRuleCollectionGroup|x-rcg-platform",
            "PublicIPAddress|x-pip-1",
            "PublicIPAddress|x-pip-2",
        ),
        ("private_address",),
    ),
}
