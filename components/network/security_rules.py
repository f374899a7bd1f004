"""Security rules of the spoke: what may flow between its subnets, and out of it.

Owns which rules a subnet has. Does not own addresses (`components.network.network_plan`) or resources
(`components.network.network`).

Every subnet denies what no rule allows, in both directions, at priority 4096 (the last one that a rule may have).
Without that, Azure's own rules at 65000 allow everything inside the VNet and, outbound, to the internet.
"""

from __future__ import annotations

from components.network import cluster_rules, data_rules, service_rules
from components.network.network_plan import AddressPlan
from components.network.security_rule import Rule, denials, to_dns_servers

# What starts no connection, and the resolver's own endpoints, which ask Azure or whom their rules name.
ASKS_NO_NAMES = ("private_endpoints", "dns_inbound", "dns_outbound")


def rules_of(key: str, plan: AddressPlan, region: str) -> tuple[Rule, ...]:
    """Every rule of the subnet `key`, the denials last."""
    makers = {
        "system_pool": lambda: cluster_rules.node_rules(plan),
        "gpu_pool": lambda: cluster_rules.node_rules(plan),
        "user_pool": lambda: cluster_rules.node_rules(plan),
        "api_server": lambda: cluster_rules.api_server_rules(plan),
        "private_endpoints": lambda: data_rules.private_endpoint_rules(plan),
        "machine_learning": lambda: data_rules.machine_learning_rules(plan, region),
        "databricks_public": lambda: data_rules.databricks_rules(plan, region),
        "databricks_private": lambda: data_rules.databricks_rules(plan, region),
        "app_service": lambda: service_rules.app_service_rules(plan),
        "api_management": lambda: service_rules.api_management_rules(plan),
        "application_gateway": lambda: service_rules.application_gateway_rules(plan),
        "runners": lambda: service_rules.runner_rules(plan),
        "dns_inbound": lambda: service_rules.dns_inbound_rules(plan),
        "dns_outbound": lambda: service_rules.dns_outbound_rules(plan),
        "bastion": lambda: service_rules.bastion_rules(plan),
    }
    names = () if key in ASKS_NO_NAMES else to_dns_servers(key, plan)
    return (*makers[key](), *names, *denials())
