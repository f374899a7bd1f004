"""How the components of the edge are made, and what they are made of."""

from __future__ import annotations

from components.edge.application_gateway import ApplicationGateway
from tests.components.edge import examples

MAKERS = {
    "application_gateway:ApplicationGateway": (
        lambda o: ApplicationGateway("x", examples.gateway(), o),
        (
            "ApplicationGateway|x-agw",
            "DiagnosticSetting|x-diag",
            "DiagnosticSetting|x-diag-pip",
            "PublicIPAddress|x-pip",
            "WebApplicationFirewallPolicy|x-waf",
        ),
        ("gateway_id",),
    ),
}
