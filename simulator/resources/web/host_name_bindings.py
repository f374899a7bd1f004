"""Microsoft.Web/sites/hostNameBindings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.resources.web.hosting_rules import plan_tier
from simulator.rule import Fault, rule

_PRICES = "learn.microsoft.com/en-us/azure/app-service/app-service-web-tutorial-custom-domain (checked 2026-11-25)"
_SECURE = ("SniEnabled", "IpBasedEnabled")


@rule(
    "app-hostname-needs-shared", kind="cross-resource", code="Conflict",
    source=f"MicrosoftDocs/azure-docs#57840; {_PRICES}, code not confirmed",
)  # fmt: skip
def free_has_no_domains(request: Request) -> Iterator[Fault]:
    """A site in a free plan has the host name that Azure gives it."""
    if plan_tier(request) == "Free" and not request.name.lower().endswith(".azurewebsites.net"):
        yield Fault("a site in a Free plan has no custom host names", "hostName", "use a plan from Basic on")


@rule("app-hostname-tls-needs-basic", kind="cross-resource", code="Conflict", source=f"{_PRICES}, code not confirmed")
def tls_needs_basic(request: Request) -> Iterator[Fault]:
    """Certificates for one's own host names begin with Basic."""
    if plan_tier(request) == "Shared" and request.known("sslState") in _SECURE:
        yield Fault("a site in a Shared plan has no TLS for custom host names", "sslState", "use a plan from Basic on")


@rule(
    "app-hostname-thumbprint", kind="static",
    source="learn.microsoft.com REST reference, host name bindings: thumbprint (code not confirmed)",
)  # fmt: skip
def tls_needs_a_certificate(request: Request) -> Iterator[Fault]:
    """A binding with TLS says with which certificate."""
    if request.known("sslState") in _SECURE and request.at("thumbprint") in (None, ""):
        yield Fault("a binding with TLS needs the thumbprint of a certificate", "sslState",
                    "pass the thumbprint of a web.Certificate")  # fmt: skip


class HostNameBindings(Model):
    """A host name of one's own for a site."""

    token = "azure-native:web:WebAppHostNameBinding"
    rules = (free_has_no_domains, tls_needs_basic, tls_needs_a_certificate)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A name that leads to a website, without TLS."""
        return {"azureResourceType": "Website", "hostNameType": "Verified", "sslState": "Disabled"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Named for site and host."""
        return {"siteName": request.id.split("/")[8], "virtualIP": None, "systemData": None}
