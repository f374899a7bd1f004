"""What each service asks of the subnet that it is put into: its name, its owner, its size.

Owns one row for each purpose of the platform. Does not own ranges (settings) or what may flow
(`components.network.security_rules`).

Sources, read 2026-11-25 (date of the page): MicrosoftDocs/azure-docs `app-service/overview-vnet-integration.md`
(2021-10-20), `application-gateway/configuration-infrastructure.md` (2021-06-14: /24 advised),
`dns/dns-private-resolver-overview.md` (2022-12-06), learn.microsoft.com `container-apps/networking` and
`api-management/integrate-vnet-outbound`; MicrosoftDocs/azure-aks-docs `api-server-vnet-integration.md`. Bastion,
Azure Firewall and Databricks: the sources of the simulator's rules (`simulator/resources/network`,
`simulator/resources/databricks`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class SubnetTraits:
    """One purpose. `smallest` and `largest` are prefix lengths: a subnet has between those many bits."""

    smallest: int
    # Azure's own reason for `smallest`, as a message says it.
    because: str
    largest: int = 8
    # What a new subnet is given when nothing speaks for another size; None: `smallest`.
    advised: int | None = None
    # The service that the subnet is handed to; nothing else may then be in it.
    delegation: str | None = None
    # Set where the service only takes a subnet of this name.
    fixed_name: str | None = None
    # Whether machines in it start connections to the internet, and so need the way out of the spoke.
    egress: bool = False
    # Whether Azure takes a security group on it.
    security_group: bool = True

    @property
    def usual(self) -> int:
        """The prefix length of a new subnet."""
        return self.smallest if self.advised is None else self.advised


FIVE = "Azure keeps five addresses of every subnet, so that a /30 holds none"

SUBNETS: Mapping[str, SubnetTraits] = MappingProxyType(
    {
        "system_pool": SubnetTraits(advised=24, smallest=29, because=FIVE, egress=True),
        "gpu_pool": SubnetTraits(advised=24, smallest=29, because=FIVE, egress=True),
        "private_endpoints": SubnetTraits(
            advised=24, smallest=26, because="the endpoints of a whole platform take about 45 addresses"
        ),
        "machine_learning": SubnetTraits(advised=24, smallest=29, because=FIVE, egress=True),
        "api_server": SubnetTraits(
            smallest=28,
            because="AKS needs a /28 or larger",
            delegation="Microsoft.ContainerService/managedClusters",
        ),
        "app_service": SubnetTraits(
            advised=26,
            smallest=28,
            because="VNet integration needs a /28 or larger, twice the instances while a plan is scaled",
            delegation="Microsoft.Web/serverFarms",
            egress=True,
        ),
        "databricks_public": SubnetTraits(
            advised=24,
            smallest=26,
            because="Databricks needs a /26 or larger; each cluster node takes an address in both of its subnets",
            delegation="Microsoft.Databricks/workspaces",
            egress=True,
        ),
        "databricks_private": SubnetTraits(
            advised=24,
            smallest=26,
            because="Databricks needs a /26 or larger; each cluster node takes an address in both of its subnets",
            delegation="Microsoft.Databricks/workspaces",
            egress=True,
        ),
        "api_management": SubnetTraits(
            smallest=27,
            because="API Management v2 needs a /27 or larger",
            delegation="Microsoft.Web/serverFarms",
            egress=True,
        ),
        "application_gateway": SubnetTraits(
            advised=24,
            smallest=26,
            because="an Application Gateway v2 takes one address for each instance while it scales",
        ),
        "runners": SubnetTraits(
            smallest=27,
            because="Container Apps with workload profiles need a /27 or larger",
            delegation="Microsoft.App/environments",
            egress=True,
        ),
        "dns_inbound": SubnetTraits(
            smallest=28,
            largest=24,
            because="an endpoint of the DNS resolver needs a /28 to /24",
            delegation="Microsoft.Network/dnsResolvers",
        ),
        "dns_outbound": SubnetTraits(
            smallest=28,
            largest=24,
            because="an endpoint of the DNS resolver needs a /28 to /24",
            delegation="Microsoft.Network/dnsResolvers",
        ),
        "bastion": SubnetTraits(smallest=26, because="Bastion needs a /26 or larger", fixed_name="AzureBastionSubnet"),
        "firewall": SubnetTraits(
            smallest=26,
            because="Azure Firewall needs a /26 or larger",
            fixed_name="AzureFirewallSubnet",
            security_group=False,
        ),
        "user_pool": SubnetTraits(smallest=29, because=FIVE, egress=True),
    }
)
"""By purpose, in the order in which they are created; a new one goes to the end, so that none waits anew."""

ALWAYS = ("system_pool", "gpu_pool", "private_endpoints", "machine_learning", "api_server")
"""The subnets that no stack can do without."""
