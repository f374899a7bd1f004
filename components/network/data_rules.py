"""Security rules of what holds and works on data: private endpoints, Azure ML compute, Databricks.

Sources: MicrosoftDocs/azure-docs `how-to-access-azureml-behind-firewall.md` (service tags of Azure ML compute, read
2026-11-24); learn.microsoft.com Databricks `security/network/classic/udr` and `concepts/private-link` (Storage, Event
Hubs; back-end Private Link in place of the control plane's tag, rules NoAzureDatabricksRules; read 2026-11-25). Ports
of the back-end endpoint: `concepts/private-link`, key considerations (443, 6666, 3306, 8443-8451 into the subnet of the
endpoint, where groups bind endpoints); read 2026-11-25 as three public repositories quote it, one dated 2026-06-26.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from components.network.network_plan import NODE_SUBNETS, AddressPlan
from components.network.security_rule import Protocol, Rule, both_ways, operators_to, to_private_endpoints

DATABRICKS = ("databricks_public", "databricks_private")
# The control plane's REST, the relay of secure cluster connectivity, the metastore, and what Unity Catalog logs.
DATABRICKS_PORTS = ("443", "6666", "3306", "8443-8451")


@dataclass(frozen=True, kw_only=True)
class TagFlow:
    """One service tag that compute must reach."""

    tag: str
    ports: tuple[str, ...]
    why: str
    protocol: Protocol = "Tcp"


def machine_learning_flows(region: str) -> tuple[TagFlow, ...]:
    """What Azure ML compute in the spoke must reach outside; security group and firewall allow the same."""
    return (
        TagFlow(tag="AzureActiveDirectory", ports=("443",), why="Tokens."),
        TagFlow(
            tag="AzureMachineLearning",
            ports=("443", "18881"),
            why="Control plane; 18881 for completion in notebooks.",
        ),
        TagFlow(
            tag="AzureMachineLearning", ports=("5831",), why="Creates and deletes compute instances.", protocol="Udp"
        ),
        TagFlow(
            tag=f"BatchNodeManagement.{region}",
            ports=("443",),
            why="Azure Batch runs the compute clusters.",
            protocol="*",
        ),
        TagFlow(tag="AzureResourceManager", ports=("443",), why="Azure ML's client tools."),
        TagFlow(
            tag=f"Storage.{region}",
            ports=("443",),
            why="Batch's own storage accounts, which have no private endpoint.",
        ),
        TagFlow(tag="MicrosoftContainerRegistry", ports=("443",), why="Images that Microsoft provides."),
        TagFlow(tag="AzureFrontDoor.FirstParty", ports=("443",), why="Serves those images."),
        TagFlow(tag="AzureMonitor", ports=("443",), why="Logs and metrics."),
    )


def databricks_flows(region: str) -> tuple[TagFlow, ...]:
    """What Databricks clusters must reach outside; the control plane is behind a private endpoint."""
    return (
        TagFlow(tag="AzureActiveDirectory", ports=("443",), why="Tokens."),
        TagFlow(
            tag=f"Storage.{region}",
            ports=("443",),
            why="Images, logs and artifacts of Databricks' own accounts, which have no private endpoint.",
        ),
        TagFlow(tag=f"EventHub.{region}", ports=("9093",), why="Logs that Databricks collects."),
    )


def private_endpoint_rules(plan: AddressPlan) -> Iterator[Rule]:
    """The services' own addresses: who may call them."""
    endpoints = plan.of("private_endpoints")
    yield Rule(
        name="workloads-to-endpoints",
        direction="Inbound",
        priority=100,
        why="Nodes (pods leave with their node's address) and Azure ML compute; 445 for file shares.",
        sources=plan.of(*NODE_SUBNETS, "machine_learning"),
        destinations=endpoints,
        ports=("443", "445", *plan.endpoint_ports),
    )
    callers = plan.of("app_service", "api_management", "application_gateway", "runners")
    if callers:
        yield Rule(
            name="services-to-endpoints",
            direction="Inbound",
            priority=110,
            why="Apps, gateways and pipelines call the platform's services.",
            sources=callers,
            destinations=endpoints,
            ports=("443", *plan.endpoint_ports),
        )
    databricks = plan.of(*DATABRICKS)
    if databricks:
        yield Rule(
            name="databricks-to-endpoints",
            direction="Inbound",
            priority=120,
            why="Clusters reach the lake, the vault and their control plane.",
            sources=databricks,
            destinations=endpoints,
            ports=(*DATABRICKS_PORTS, *plan.endpoint_ports),
        )
    yield from operators_to("endpoints", plan, endpoints)


def machine_learning_rules(plan: AddressPlan, region: str) -> Iterator[Rule]:
    """Azure ML compute that is not in the managed network."""
    compute = plan.of("machine_learning")
    yield from both_ways(
        "compute-to-compute", 100, "Distributed training between nodes of one cluster.", compute, compute
    )
    yield to_private_endpoints(plan, compute)
    if plan.internet:
        yield from tag_rules("compute", compute, machine_learning_flows(region))


def databricks_rules(plan: AddressPlan, region: str) -> Iterator[Rule]:
    """Both subnets of Databricks have the same rules; the workspace adds none (NoAzureDatabricksRules)."""
    nodes = plan.of(*DATABRICKS)
    yield from both_ways("workers-to-workers", 100, "Shuffle and control between nodes of a cluster.", nodes, nodes)
    yield to_private_endpoints(plan, nodes, DATABRICKS_PORTS)
    if plan.internet:
        yield from tag_rules("clusters", nodes, databricks_flows(region))


def tag_rules(who: str, sources: tuple[str, ...], flows: tuple[TagFlow, ...]) -> Iterator[Rule]:
    """One outbound rule for each service tag, from priority 200 on."""
    for index, flow in enumerate(flows):
        yield Rule(
            name=f"{who}-to-{flow.tag.split('.')[0]}-{flow.protocol.replace('*', 'any').lower()}",
            direction="Outbound",
            priority=200 + 10 * index,
            why=flow.why,
            sources=sources,
            destinations=(flow.tag,),
            protocol=flow.protocol,
            ports=flow.ports,
        )
