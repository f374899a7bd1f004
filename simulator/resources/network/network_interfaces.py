"""Microsoft.Network/networkInterfaces."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request, digest, guid
from simulator.resources.network import (
    child_name_rules,
    nat_gateway_rules,
    private_address_answers,
    private_address_rules,
)
from simulator.values import UNKNOWN

_DOMAIN: Final = "internal.cloudapp.net"


class NetworkInterfaces(Model):
    """A network interface."""

    token = "azure-native:network:NetworkInterface"
    rules = (child_name_rules.unique_names, *private_address_rules.RULES, nat_gateway_rules.free_addresses)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its addresses and the domain of its network; what a machine brings it has once it is attached to one."""
        settings = {
            "appliedDnsServers": [],
            "internalDomainNameSuffix": f"{digest(request.id, 'domain', 26)}.bx.{_DOMAIN}",
        }
        return {
            "resourceGuid": guid(request.id, "resource"),
            "dnsSettings": UNKNOWN if request.at("dnsSettings") is UNKNOWN else settings,
            "macAddress": None,
            "virtualMachine": None,
            "dscpConfiguration": None,
            "privateEndpoint": None,
            **private_address_answers.with_addresses(request, "ipConfigurations"),
        }
