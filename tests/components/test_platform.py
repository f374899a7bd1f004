"""The platform of every stack, from the settings that are really deployed.

The goldens list what each stack is made of. They prove nothing by themselves: they make every change a diff that
someone reads. Rewrite them with `UPDATE_GOLDENS=1 uv run pytest tests/components/test_platform.py`.
"""

from __future__ import annotations

import ast
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import stacks
from components.aliases import drop_version_aliases
from components.platform import Platform
from tests.components.recording import UNKNOWN, Recorded, one, record

ROOT = Path(__file__).parents[2]
GOLDENS = ROOT / "tests" / "goldens"
STACKS = ("dev", "test", "prod", "dr")


@cache
def made(stack: str, preview: bool = False) -> tuple[Recorded, ...]:
    """Everything that the stack is made of."""
    settings = stacks.load(stack)

    def program() -> None:
        drop_version_aliases()
        Platform(settings.name, settings)

    return tuple(record(program, preview))


def resources(stack: str) -> list[Recorded]:
    return [resource for resource in made(stack) if resource.custom]


def azure(stack: str) -> list[Recorded]:
    """The resources of Azure: not the objects in the cluster, nor the provider that makes them."""
    return [resource for resource in resources(stack) if resource.type.startswith("azure-native:")]


def compare(file: Path, lines: list[str]) -> None:
    """Compare with a golden file, or rewrite it when asked to."""
    text = "".join(f"{line}\n" for line in lines)
    if os.environ.get("UPDATE_GOLDENS") == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text, f"{file.relative_to(ROOT)} is out of date; see UPDATE_GOLDENS"


@pytest.mark.parametrize("stack", STACKS)
def test_the_resources_of_a_stack_are_the_published_ones(stack: str) -> None:
    lines = [f"{resource.type} {resource.name}" for resource in made(stack)]
    compare(GOLDENS / stack / "resources.txt", lines)


@pytest.mark.parametrize("stack", STACKS)
def test_what_waits_for_what_is_the_published_graph(stack: str) -> None:
    compare(GOLDENS / stack / "graph.txt", graph(made(stack)))


def graph(recorded: tuple[Recorded, ...]) -> list[str]:
    """`<room> <component> <resources>`, then `<what stands first> -> <what is built upon it>`."""
    by_urn = {resource.urn: resource for resource in recorded}
    (platform,) = (resource.urn for resource in recorded if resource.type == "platform:platform:Platform")
    top = {resource.urn: resource for resource in recorded if resource.parent == platform}

    def owner(urn: str) -> str | None:
        while urn in by_urn and urn not in top:
            urn = by_urn[urn].parent
        return label(top[urn]) if urn in top else None

    count = Counter(owner(resource.urn) for resource in recorded if resource.custom)
    nodes = [f"{room(one)} {label(one)} {count[label(one)]}" for one in top.values()]
    edges = {
        (owner(needed), owner(resource.urn))
        for resource in recorded
        for needed in resource.depends_on
        if owner(needed) is not None and owner(resource.urn) not in {None, owner(needed)}
    }
    return [*sorted(nodes), *sorted(f"{first} -> {second}" for first, second in edges)]


def label(component: Recorded) -> str:
    """Its class, and its own name after the workload's: two kinds of component may have one name."""
    return f"{component.type.split(':')[-1]}:{component.name.partition('-')[2]}"


def room(component: Recorded) -> str:
    """The room of components/ that a component comes from."""
    if component.custom:
        return "platform"
    (file,) = (ROOT / "components").rglob(f"{component.type.split(':')[1]}.py")
    return file.parent.name


def test_type_tokens_are_the_published_ones() -> None:
    tokens = {resource.type for stack in STACKS for resource in made(stack) if not resource.custom}
    compare(GOLDENS / "tokens.txt", sorted(tokens))


def test_a_token_is_named_for_its_module_and_class() -> None:
    for token in (GOLDENS / "tokens.txt").read_text(encoding="utf-8").split():
        _, module, name = token.split(":")
        (file,) = (ROOT / "components").rglob(f"{module}.py")
        tree = ast.parse(file.read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


@pytest.mark.parametrize(("stack", "least"), [("dev", 60), ("test", 60), ("prod", 120), ("dr", 120)])
def test_a_stack_is_a_whole_platform(stack: str, least: int) -> None:
    assert len(resources(stack)) >= least


@pytest.mark.parametrize("stack", STACKS)
def test_a_preview_has_the_same_resources_as_a_deployment(stack: str) -> None:
    assert [r.urn for r in made(stack, True)] == [r.urn for r in made(stack, False)]


@pytest.mark.parametrize("stack", STACKS)
def test_no_name_depends_on_what_a_deployment_computes(stack: str) -> None:
    named = {
        "virtualNetworkName", "accountName", "clusterName", "resourceName", "resourceGroupName", "workspaceName",
        "privateZoneName", "privateEndpointName", "roleAssignmentName", "vaultName", "registryName", "budgetName",
    }  # fmt: skip
    unknown = [
        (resource.name, key)
        for resource in made(stack, True)
        for key in named & set(resource.inputs)
        if resource.inputs[key] == UNKNOWN
    ]
    assert unknown == []


@pytest.mark.parametrize("stack", STACKS)
def test_every_component_registers_outputs_and_none_lies_outside_the_platform(stack: str) -> None:
    components = [resource for resource in made(stack) if not resource.custom]
    assert [c.name for c in components if not c.outputs] == []
    urns = {resource.urn for resource in made(stack)}
    assert [r.type for r in made(stack) if r.parent not in urns] == ["platform:platform:Platform"]


@pytest.mark.parametrize("stack", STACKS)
def test_no_two_resources_have_one_physical_name(stack: str) -> None:
    """Within a type and its parent: Azure would take the second for the first."""
    keys = ("virtualNetworkName", "resourceGroupName", "accountName", "privateZoneName", "privateEndpointName")
    names = Counter(
        (
            resource.type,
            str(resource.inputs.get("scope")),
            str(resource.inputs.get("name")),
            tuple(str(resource.inputs.get("metadata", {}).get(key)) for key in ("namespace", "name")),
            resource.inputs.get("resourceUri"),
            resource.inputs.get("resourceId"),
            tuple(str(resource.inputs.get(key)) for key in keys),
            tuple(
                sorted(
                    str(value)
                    for key, value in resource.inputs.items()
                    if key.endswith("Name") and key not in keys and isinstance(value, str)
                )
            ),
        )
        for resource in resources(stack)
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("stack", STACKS)
def test_every_resource_that_can_have_tags_says_who_pays_and_what_it_holds(stack: str) -> None:
    expected = {"owner", "cost-centre", "environment", "classification", "data-residency", "managed-by"}
    tagged = [resource for resource in resources(stack) if "tags" in resource.inputs]
    # What one team uses alone says which, for its budget.
    assert all(set(resource.inputs["tags"]) - {"team"} == expected for resource in tagged)


def test_a_type_is_untagged_only_where_azure_has_no_tags_for_it() -> None:
    found = {r.type.split(":")[-1] for stack in STACKS for r in azure(stack) if "tags" not in r.inputs}
    assert found == UNTAGGED


# Azure has no tags for these: they are parts or settings of another resource, or rights.
UNTAGGED = {
    "BackupPolicy",
    "BlobContainer",
    "BlobContainerImmutabilityPolicy",
    "BlobServiceProperties",
    "Budget",
    "CacheRule",
    "ConsumerGroup",
    "CredentialSet",
    "DashboardDefinition",
    "DataExport",
    "Datastore",
    "DataCollectionRuleAssociation",
    "DefenderForStorage",
    "DeploymentSafeguard",
    "DiagnosticSetting",
    "EncryptionScope",
    "EnvironmentVersion",
    "EventHub",
    "Export",
    "Extension",
    "FederatedIdentityCredential",
    "FileServiceProperties",
    "FluxConfiguration",
    "FirewallPolicyRuleCollectionGroup",
    "ForwardingRule",
    "IntegrationRuntime",
    "MaintenanceConfiguration",
    "ManagedNetworkSettingsRule",
    "ManagedPrivateEndpoint",
    "ManagementLockByScope",
    "ManagementPolicy",
    "NamespaceNetworkRuleSet",
    "PimRoleEligibilitySchedule",
    "PolicyAssignment",
    "PolicyDefinition",
    "PolicySetDefinition",
    "Pricing",
    "PrivateDnsZoneGroup",
    "PrivateLinkScopedResource",
    "PrivateResolverVirtualNetworkLink",
    "Resource",
    "RoleAssignment",
    "RoleDefinition",
    "RoleManagementPolicy",
    "Schedule",
    "SharedPrivateLinkResource",
    "SecurityContact",
    "Subnet",
    "SystemTopicEventSubscription",
    "Table",
    "TagInheritanceSetting",
    "TrustedAccessRoleBinding",
    "VirtualNetworkPeering",
    "WebAppFtpAllowed",
    "WebAppFtpAllowedSlot",
    "WebAppScmAllowed",
    "WebAppScmAllowedSlot",
    "WebAppSlotConfigurationNames",
}
# Types that hold data, or whose name Azure keeps after a deletion.
STATEFUL = {
    "Account",
    "AzureMonitorWorkspace",
    "BackupVault",
    "BlobContainer",
    "EncryptionScope",
    "EventHub",
    "Factory",
    "Key",
    "ManagedCluster",
    "Namespace",
    "Registry",
    "ResourceGroup",
    "Service",
    "StorageAccount",
    "Vault",
    "Workspace",
}


def test_prod_protects_what_holds_data_and_dev_protects_nothing() -> None:
    azure = [resource for resource in resources("prod") if resource.type.startswith("azure-native:")]
    protected = {resource.type.split(":")[-1] for resource in azure if resource.protect}
    assert protected == STATEFUL
    unprotected = {r.name for r in azure if r.type.split(":")[-1] in STATEFUL and not r.protect}
    assert {name.split("-rg-")[-1] for name in unprotected} == {"network", "cluster"}
    assert not [resource.name for resource in resources("dev") if resource.protect]


WITH_A_DOOR = {
    "containerregistry:Registry",
    "databricks:Workspace",
    "datafactory:Factory",
    "eventhub:Namespace",
    "keyvault:ManagedHsm",
    "keyvault:Vault",
    "machinelearningservices:Workspace",
    "storage:StorageAccount",
    "web:WebApp",
    "web:WebAppSlot",
}


@pytest.mark.parametrize("stack", STACKS)
def test_every_service_with_a_public_door_has_it_closed(stack: str) -> None:
    doors = {
        resource.name: resource.inputs.get("publicNetworkAccess")
        or resource.inputs.get("properties", {}).get("publicNetworkAccess")
        for resource in resources(stack)
        if resource.type.removeprefix("azure-native:") in WITH_A_DOOR
    }
    assert {name: door for name, door in doors.items() if door != "Disabled"} == {}
    assert len(doors) >= 5


@pytest.mark.parametrize("stack", STACKS)
def test_the_budget_counts_every_group_and_those_that_services_make(stack: str) -> None:
    budget = one(list(made(stack)), "consumption:Budget", "mlops-budget-budget")
    values = budget.inputs["filter"]["dimensions"]["values"]
    groups = [r for r in resources(stack) if r.type.endswith(":ResourceGroup")]
    managed = {one(list(made(stack)), ":ManagedCluster").inputs["nodeResourceGroup"]}
    for workspace in (each for each in made(stack) if each.type.endswith("databricks:Workspace")):
        managed.add(workspace.inputs["managedResourceGroupId"].rsplit("/", 1)[-1])
    assert managed <= set(values)
    assert len(values) == len(groups) + len(managed)


@pytest.mark.parametrize("stack", STACKS)
def test_exports_hold_names_and_addresses_and_nothing_secret(stack: str) -> None:
    outputs = one(list(made(stack)), "platform:platform:Platform").outputs
    assert outputs is not None
    assert {"cluster_name", "workspace_name", "vault_uri", "registry_login_server"} <= set(outputs)
    assert not [key for key in outputs if any(word in key for word in ("key", "secret", "token", "password"))]


@pytest.mark.parametrize("stack", STACKS)
def test_one_pool_per_setting(stack: str) -> None:
    pools = {r.inputs["agentPoolName"] for r in resources(stack) if r.type.endswith(":AgentPool")}
    wanted = stacks.load(stack).cluster
    fallbacks = {f"{name}od" for name, pool in wanted.gpu_pools.items() if pool.spot is not None and pool.spot.fallback}
    assert pools == {*wanted.pools, *wanted.gpu_pools, *fallbacks}
