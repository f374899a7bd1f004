"""The spoke network."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Literal

from pydantic import Field

from stacks.sections.network_services import (
    Bastion,
    DnsResolver,
    FlowLogs,
    GitHubRunners,
    PrivateDnsSettings,
    PrivateMonitoring,
)
from stacks.sections.section import Section
from stacks.types import Address, Cidr, Fqdn, PeerName, ResourceId

HUB_GATEWAY = (
    "Conditional. true where people come through a VPN or ExpressRoute gateway of the hub: answers to them take its "
    "routes. The hub's half of the peering, with gateway transit, must stand first."
)


class Subnets(Section):
    """Address ranges of the spoke. Each is data, not position: adding one never moves another."""

    system_pool: Cidr = Field(description="Required. AKS system node pool; nodes only, pods use the overlay.")
    gpu_pool: Cidr = Field(description="Required. AKS GPU node pools.")
    private_endpoints: Cidr = Field(description="Required. Private endpoints of every platform service.")
    machine_learning: Cidr = Field(description="Required. Azure ML compute that is not in the managed network.")
    api_server: Cidr = Field(description="Required. AKS API server VNet integration; delegated, /28 or larger.")
    app_service: Cidr | None = Field(
        default=None, description="Conditional. Apps of App Service; needed with it, /28 or larger."
    )
    databricks_public: Cidr | None = Field(
        default=None, description="Conditional. Host subnet of Databricks clusters; needed with it, /26 or larger."
    )
    databricks_private: Cidr | None = Field(
        default=None, description="Conditional. Container subnet of Databricks clusters; needed with it, /26 or larger."
    )
    api_management: Cidr | None = Field(
        default=None, description="Conditional. Outbound side of API Management; needed with it, /27 or larger."
    )
    application_gateway: Cidr | None = Field(
        default=None, description="Conditional. Application Gateway; needed with it, /26 or larger, /24 is advised."
    )
    runners: Cidr | None = Field(
        default=None, description="Conditional. Self-hosted pipeline runners; needed with them, /27 or larger."
    )
    dns_inbound: Cidr | None = Field(
        default=None, description="Conditional. Inbound endpoint of the DNS resolver; needed with it, /28 to /24."
    )
    dns_outbound: Cidr | None = Field(
        default=None, description="Conditional. Outbound endpoint of the DNS resolver; needed with it, /28 to /24."
    )
    bastion: Cidr | None = Field(
        default=None, description="Conditional. The spoke's own Bastion; needed with it, /26 or larger."
    )
    firewall: Cidr | None = Field(
        default=None, description="Conditional. The spoke's own Azure Firewall; needed with it, /26 or larger."
    )

    user_pool: Cidr | None = Field(
        default=None, description="Conditional. AKS pools without a GPU; needed with `cluster.pools`."
    )

    @property
    def present(self) -> dict[str, IPv4Network]:
        """The ranges that are set, by purpose."""
        ranges = {key: getattr(self, key) for key in type(self).model_fields}
        return {key: each for key, each in ranges.items() if each is not None}


class NatGateway(Section):
    """Egress through a NAT gateway of the spoke: fixed public addresses, no filtering."""

    kind: Literal["nat_gateway"] = Field(description="Required. Which way out this is.")
    public_ip_count: int = Field(
        default=1, ge=1, le=16, description="Optional. Public IPs; each gives 64,512 SNAT ports."
    )
    idle_timeout_minutes: int = Field(
        default=4, ge=4, le=120, description="Optional. Idle TCP connections end after it."
    )


class HubFirewall(Section):
    """Egress through the hub's firewall: a route table sends 0.0.0.0/0 to it."""

    kind: Literal["hub_firewall"] = Field(description="Required. Which way out this is.")
    next_hop: Address = Field(description="Required. Private address of the hub's firewall.")
    hub_vnet_id: ResourceId | None = Field(
        default=None, description="Optional. Hub VNet to peer with; absent: the hub's owner peers."
    )
    use_hub_gateway: bool = Field(default=False, description=HUB_GATEWAY)


class OwnFirewall(Section):
    """Egress through an Azure Firewall of the spoke's own, which lets out only what rules name; no hub is needed."""

    kind: Literal["own_firewall"] = Field(description="Required. Which way out this is.")
    tier: Literal["Standard", "Premium"] = Field(
        default="Standard", description="Optional. Premium can detect intrusions."
    )
    public_ip_count: int = Field(
        default=1, ge=1, le=250, description="Optional. Public IPs; each gives 2,496 SNAT ports per instance."
    )
    intrusion_detection: Literal["Deny", "Alert"] | None = Field(
        default=None, description="Optional. Premium only; absent: off."
    )
    only_report_known_threats: bool = Field(
        default=False, description="Optional. true lets traffic to known malicious hosts pass, and reports it."
    )
    allowed_fqdns: tuple[Fqdn, ...] = Field(
        default=(), description="Optional. Package mirrors and other hosts that people's code may reach."
    )
    hub_vnet_id: ResourceId | None = Field(
        default=None, description="Optional. Hub VNet to peer with, for people who come through it; absent: no peering."
    )
    use_hub_gateway: bool = Field(default=False, description=HUB_GATEWAY)


class NoWayOut(Section):
    """No egress at all: AKS pulls its images through the registry's cache, and nothing is installed from outside."""

    kind: Literal["none"] = Field(description="Required. Which way out this is.")


class NetworkSettings(Section):
    """The spoke network."""

    address_space: Cidr = Field(description="Required. The spoke's address space; holds every subnet.")
    subnets: Subnets = Field(description="Required. One range for each use.")
    egress: NatGateway | HubFirewall | OwnFirewall | NoWayOut = Field(
        discriminator="kind", description="Required. How traffic leaves the spoke."
    )
    pod_cidr: Cidr = Field(description="Required. AKS overlay pods; must not meet any routed range.")
    service_cidr: Cidr = Field(description="Required. Kubernetes services; must not meet any routed range.")
    dns_service_ip: Address = Field(description="Required. kube-dns; inside service_cidr and not its first address.")
    operator_ranges: tuple[Cidr, ...] = Field(
        default=(), description="Optional. Ranges (VPN, bastion) that may reach private endpoints and the API server."
    )
    peer_ranges: dict[PeerName, Cidr] = Field(
        default_factory=dict, description="Optional. Ranges routed elsewhere (hub, on-premises, other spokes), by name."
    )
    dns_servers: tuple[Address, ...] = Field(
        default=(), description="Optional. DNS servers of the spoke, for example the hub's; absent: Azure's own."
    )
    private_dns: PrivateDnsSettings = Field(
        default=PrivateDnsSettings(), description="Optional. Who owns the zones of private endpoints."
    )
    flow_logs: FlowLogs | None = Field(default=None, description="Optional. Logs of every flow; absent: none.")
    dns_resolver: DnsResolver | None = Field(
        default=None, description="Optional. Names across networks; absent: only the spoke resolves its own."
    )
    bastion: Bastion | None = Field(default=None, description="Optional. The spoke's own Bastion; absent: the hub's.")
    private_monitoring: PrivateMonitoring | None = Field(
        default=None, description="Optional. Private link to Azure Monitor; absent: its public endpoints."
    )
    github_runners: GitHubRunners | None = Field(
        default=None, description="Optional. Pipeline runners in the spoke; absent: pipelines can't reach the cluster."
    )
