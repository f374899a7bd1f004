"""Parts of an application gateway that sites need: each site has one of each kind, all by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi import Input, Output
from pulumi_azure_native import network

from components import naming
from components.placement import Placement

PRIVATE = "private"
PORT = "https"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A host name and who answers. `certificate_id`: the vault's URI without a version, so that renewals are taken."""

    host: str
    certificate_id: Input[str]
    backend: str
    health_path: str


def own_id(subscription_id: Input[str], resource_group_name: Input[str], placement: Placement) -> Output[str]:
    """The gateway's own id: its parts point to each other before it is there."""
    return Output.concat(
        "/subscriptions/", subscription_id, "/resourceGroups/", resource_group_name,
        "/providers/Microsoft.Network/applicationGateways/", naming.named("agw", placement),
    )  # fmt: skip


def parts(own: Output[str], sites: Mapping[str, Site]) -> dict[str, Any]:
    """Certificates, backends, probes, listeners and rules of every site."""
    return {
        "ssl_certificates": [
            network.ApplicationGatewaySslCertificateArgs(name=name, key_vault_secret_id=site.certificate_id)
            for name, site in sites.items()
        ],
        "backend_address_pools": [
            network.ApplicationGatewayBackendAddressPoolArgs(
                name=name, backend_addresses=[network.ApplicationGatewayBackendAddressArgs(fqdn=site.backend)]
            )
            for name, site in sites.items()
        ],
        "probes": [_probe(name, site) for name, site in sites.items()],
        "backend_http_settings_collection": [_backend(own, name, site) for name, site in sites.items()],
        "http_listeners": [_listener(own, name, site) for name, site in sites.items()],
        "request_routing_rules": [_route(own, name, number * 10) for number, name in enumerate(sites, start=1)],
    }


def _part(own: Output[str], kind: str, name: str) -> network.SubResourceArgs:
    return network.SubResourceArgs(id=Output.concat(own, f"/{kind}/{name}"))


def _backend(own: Output[str], name: str, site: Site) -> network.ApplicationGatewayBackendHttpSettingsArgs:
    return network.ApplicationGatewayBackendHttpSettingsArgs(
        name=name,
        port=443,
        protocol="Https",
        cookie_based_affinity="Disabled",
        # App Service finds its app by the host name.
        host_name=site.backend,
        request_timeout=60,
        probe=_part(own, "probes", name),
    )


def _listener(own: Output[str], name: str, site: Site) -> network.ApplicationGatewayHttpListenerArgs:
    return network.ApplicationGatewayHttpListenerArgs(
        name=name,
        host_name=site.host,
        protocol="Https",
        require_server_name_indication=True,
        frontend_ip_configuration=_part(own, "frontendIPConfigurations", PRIVATE),
        frontend_port=_part(own, "frontendPorts", PORT),
        ssl_certificate=_part(own, "sslCertificates", name),
    )


def _route(own: Output[str], name: str, priority: int) -> network.ApplicationGatewayRequestRoutingRuleArgs:
    return network.ApplicationGatewayRequestRoutingRuleArgs(
        name=name,
        rule_type="Basic",
        priority=priority,
        http_listener=_part(own, "httpListeners", name),
        backend_address_pool=_part(own, "backendAddressPools", name),
        backend_http_settings=_part(own, "backendHttpSettingsCollection", name),
    )


def _probe(name: str, site: Site) -> network.ApplicationGatewayProbeArgs:
    return network.ApplicationGatewayProbeArgs(
        name=name,
        protocol="Https",
        path=site.health_path,
        pick_host_name_from_backend_http_settings=True,
        interval=30,
        timeout=30,
        unhealthy_threshold=3,
        match=network.ApplicationGatewayProbeHealthResponseMatchArgs(status_codes=["200"]),
    )
