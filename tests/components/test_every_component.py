"""What holds for every component, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import pulumi
import pytest

from components.aks.cluster import Cluster
from components.aks.gpu_pool import GpuPool
from components.data.container_registry import ContainerRegistry
from components.data.data_lake import DataLake
from components.data.storage_account import StorageAccount
from components.governance.budget import Budget
from components.governance.resource_groups import ResourceGroups
from components.identity.identity import Identity
from components.identity.role_assignment import RoleAssignments
from components.machine_learning.machine_learning_workspace import MachineLearningWorkspace
from components.network.network import Network
from components.network.private_dns import PrivateDns
from components.network.private_endpoint import PrivateEndpoint
from components.observability.observability import Observability
from components.security.key_vault import KeyVault
from tests.components import examples
from tests.components.recording import Recorded, children, one, record

Make = Callable[[pulumi.ResourceOptions | None], object]

AREAS = sorted(file.parent.name for file in Path(__file__).parent.glob("*/makers.py"))

# Component, its own children ("<type>|<logical name>", shortest form), the keys of its outputs.
MAKERS: dict[str, tuple[Make, tuple[str, ...], tuple[str, ...]]] = {
    "budget:Budget": (lambda o: Budget("x", examples.BUDGET, o), ("Budget|x-budget",), ("budget_id",)),
    "cluster:Cluster": (
        lambda o: Cluster("x", examples.cluster(), o),
        (
            "MaintenanceConfiguration|x-mc-node-os",
            "MaintenanceConfiguration|x-mc-releases",
            "MaintenanceConfiguration|x-mc-upgrade",
            "ManagedCluster|x-aks",
            "DiagnosticSetting|x-diag",
        ),
        ("cluster_id", "cluster_name", "oidc_issuer_url", "private_fqdn"),
    ),
    "container_registry:ContainerRegistry": (
        lambda o: ContainerRegistry("x", examples.REGISTRY, o),
        ("Registry|x-cr", "DiagnosticSetting|x-diag", "PrivateEndpoint|x-registry"),
        ("registry_id", "registry_name", "login_server"),
    ),
    "data_lake:DataLake": (
        lambda o: DataLake("x", examples.LAKE, o),
        (
            "DiagnosticSetting|x-diag-blob",
            "BlobContainer|x-fs-curated",
            "BlobContainer|x-fs-raw",
            "BlobServiceProperties|x-blobs",
            "ManagementPolicy|x-lifecycle",
            "StorageAccount|x-dls",
            "PrivateEndpoint|x-blob",
            "PrivateEndpoint|x-dfs",
        ),
        ("account_id", "account_name"),
    ),
    "gpu_pool:GpuPool": (lambda o: GpuPool("x", examples.GPU_POOL, o), ("AgentPool|x-np",), ("pool_id",)),
    "identity:Identity": (
        lambda o: Identity("x", examples.IDENTITY, o),
        ("UserAssignedIdentity|x-id",),
        ("identity_id", "principal_id", "client_id"),
    ),
    "key_vault:KeyVault": (
        lambda o: KeyVault("x", examples.VAULT, o),
        ("Vault|x-kv", "DiagnosticSetting|x-diag", "PrivateEndpoint|x-vault"),
        ("vault_id", "vault_name", "vault_uri"),
    ),
    "machine_learning_workspace:MachineLearningWorkspace": (
        lambda o: MachineLearningWorkspace("x", examples.workspace(), o),
        (
            "ManagedNetworkSettingsRule|x-rule-host-any-anaconda-org",
            "ManagedNetworkSettingsRule|x-rule-host-pypi-org",
            "ManagedNetworkSettingsRule|x-rule-lake-blob",
            "ManagedNetworkSettingsRule|x-rule-lake-dfs",
            "Workspace|x-mlw",
            "DiagnosticSetting|x-diag",
            "PrivateEndpoint|x-amlworkspace",
        ),
        ("workspace_id", "workspace_name"),
    ),
    "network:Network": (
        lambda o: Network("x", examples.NETWORK, o),
        (
            *(f"DiagnosticSetting|x-diag-nsg-{key}" for key in sorted(examples.ADDRESSES.subnets)),
            "DiagnosticSetting|x-diag-pip-1",
            "DiagnosticSetting|x-diag-pip-2",
            "DiagnosticSetting|x-diag-vnet",
            "NatGateway|x-ng",
            *(f"NetworkSecurityGroup|x-nsg-{key}" for key in sorted(examples.ADDRESSES.subnets)),
            "PublicIPAddress|x-pip-1",
            "PublicIPAddress|x-pip-2",
            *(f"Subnet|x-snet-{key}" for key in sorted(examples.ADDRESSES.subnets)),
            "VirtualNetwork|x-vnet",
        ),
        ("vnet_id", "subnet_ids"),
    ),
    "observability:Observability": (
        lambda o: Observability("x", examples.OBSERVABILITY, o),
        ("Component|x-appi", "DiagnosticSetting|x-diag-log", "Workspace|x-log"),
        ("log_workspace_id", "application_insights_id"),
    ),
    "private_dns:PrivateDns": (
        lambda o: PrivateDns("x", examples.DNS, o),
        (
            *(f"PrivateZone|x-pdnsz-{zone}" for zone in examples.ACCESS.zone_ids),
            *(f"VirtualNetworkLink|x-link-{zone}" for zone in examples.ACCESS.zone_ids),
        ),
        ("zone_ids",),
    ),
    "private_endpoint:PrivateEndpoint": (
        lambda o: PrivateEndpoint("x", examples.ENDPOINT, o),
        ("PrivateDnsZoneGroup|x-pe-zones", "PrivateEndpoint|x-pe"),
        ("endpoint_id",),
    ),
    "resource_groups:ResourceGroups": (
        lambda o: ResourceGroups("x", examples.GROUPS, o),
        tuple(
            f"ResourceGroup|x-rg-{key}"
            for key in ("cluster", "data", "ml", "network", "observability", "security", "snapshots")
        ),
        ("names", "ids"),
    ),
    "role_assignment:RoleAssignments": (
        lambda o: RoleAssignments("x", examples.GRANTS, o),
        (
            "RoleAssignment|x-ra-engineers-acrpush-registry",
            "RoleAssignment|x-ra-engineers-key-vault-secrets-user-vault",
        ),
        ("assignment_ids",),
    ),
    "storage_account:StorageAccount": (
        lambda o: StorageAccount("x", examples.STORAGE, o),
        (
            *(f"DiagnosticSetting|x-diag-{key}" for key in ("blob", "file", "queue", "table")),
            "BlobServiceProperties|x-blobs",
            "FileServiceProperties|x-shares",
            "ManagementPolicy|x-lifecycle",
            "StorageAccount|x-st",
            *(f"PrivateEndpoint|x-{key}" for key in ("blob", "file", "queue", "table")),
        ),
        ("account_id", "account_name"),
    ),
}

# An area keeps the examples and makers of its components beside their tests.
for area in AREAS:
    MAKERS |= import_module(f"tests.components.{area}.makers").MAKERS


@cache
def made_by(token: str, preview: bool) -> tuple[Recorded, list[Recorded]]:
    """The component, and everything that was recorded."""
    recorded = record(lambda: MAKERS[token][0](None), preview)
    return one(recorded, f"platform:{token}", "x"), recorded


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "up"])
@pytest.mark.parametrize("token", MAKERS)
def test_a_component_makes_exactly_these_children(token: str, preview: bool) -> None:
    component, recorded = made_by(token, preview)
    made = sorted(f"{child.type.split(':')[-1]}|{child.name}" for child in children(recorded, component))
    assert made == sorted(MAKERS[token][1])


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "up"])
@pytest.mark.parametrize("token", MAKERS)
def test_a_component_registers_what_others_compose_with(token: str, preview: bool) -> None:
    component, _ = made_by(token, preview)
    assert component.outputs is not None
    assert set(component.outputs) == set(MAKERS[token][2])


@pytest.mark.parametrize("token", MAKERS)
def test_every_part_of_a_component_lies_inside_it(token: str) -> None:
    component, recorded = made_by(token, preview=False)
    parts = {part.urn: part for part in recorded if part.name == "x" or part.name.startswith("x-")}
    assert [part.name for part in parts.values() if part.parent not in parts] == [component.name]


@pytest.mark.parametrize("token", MAKERS)
def test_the_callers_options_reach_the_component_only(token: str) -> None:
    opts = pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old-name")])
    plain = {child.urn: child.aliases for child in record(lambda: MAKERS[token][0](None))}
    recorded = record(lambda: MAKERS[token][0](opts))
    component = one(recorded, f"platform:{token}", "x")
    assert component.aliases == plain[component.urn] + 1
    assert {child.urn for child in children(recorded, component)} <= set(plain)


@pytest.mark.parametrize("token", MAKERS)
def test_nothing_is_protected_unless_the_placement_says_so(token: str) -> None:
    _, recorded = made_by(token, preview=False)
    assert [child.name for child in recorded if child.protect] == []
