"""The harvested ARM facts hold together with the installed SDK, and the rows that the platform lives on are exact."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.arm import generate_operations, generate_paths, harvest
from simulator.arm.generate_immutable import immutable_properties
from simulator.arm.generate_naming import arm_type, name_rules
from simulator.arm.generate_sdk import SdkType, sdk_types

ARM = Path(harvest.__file__).parent
PARAMETER = re.compile(r"\{(\w+)\}")
IN_GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/"

# Checked line by line on 2026-11-24; `~` stands for IN_GROUP.
VERIFIED = """
resources:ResourceGroup /subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}
network:VirtualNetwork ~Microsoft.Network/virtualNetworks/{virtualNetworkName}
network:Subnet ~Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}
network:NetworkSecurityGroup ~Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}
network:SecurityRule \
~Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}
network:RouteTable ~Microsoft.Network/routeTables/{routeTableName}
network:Route ~Microsoft.Network/routeTables/{routeTableName}/routes/{routeName}
network:NatGateway ~Microsoft.Network/natGateways/{natGatewayName}
network:PublicIPAddress ~Microsoft.Network/publicIPAddresses/{publicIpAddressName}
network:PublicIPPrefix ~Microsoft.Network/publicIPPrefixes/{publicIpPrefixName}
network:VirtualNetworkPeering \
~Microsoft.Network/virtualNetworks/{virtualNetworkName}/virtualNetworkPeerings/{virtualNetworkPeeringName}
network:PrivateEndpoint ~Microsoft.Network/privateEndpoints/{privateEndpointName}
network:PrivateDnsZoneGroup \
~Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}
network:FlowLog ~Microsoft.Network/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}
network:NetworkWatcher ~Microsoft.Network/networkWatchers/{networkWatcherName}
network:BastionHost ~Microsoft.Network/bastionHosts/{bastionHostName}
network:AzureFirewall ~Microsoft.Network/azureFirewalls/{azureFirewallName}
network:FirewallPolicy ~Microsoft.Network/firewallPolicies/{firewallPolicyName}
privatedns:PrivateZone ~Microsoft.Network/privateDnsZones/{privateZoneName}
privatedns:VirtualNetworkLink \
~Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}
privatedns:PrivateRecordSet ~Microsoft.Network/privateDnsZones/{privateZoneName}/{recordType}/{relativeRecordSetName}
managedidentity:UserAssignedIdentity ~Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}
managedidentity:FederatedIdentityCredential ~Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}\
/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}
authorization:RoleAssignment /{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}
authorization:RoleDefinition /{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}
authorization:ManagementLockByScope /{scope}/providers/Microsoft.Authorization/locks/{lockName}
authorization:PolicyAssignment /{scope}/providers/Microsoft.Authorization/policyAssignments/{policyAssignmentName}
authorization:PolicyDefinition \
/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/policyDefinitions/{policyDefinitionName}
keyvault:Vault ~Microsoft.KeyVault/vaults/{vaultName}
keyvault:Secret ~Microsoft.KeyVault/vaults/{vaultName}/secrets/{secretName}
keyvault:Key ~Microsoft.KeyVault/vaults/{vaultName}/keys/{keyName}
storage:StorageAccount ~Microsoft.Storage/storageAccounts/{accountName}
storage:BlobServiceProperties ~Microsoft.Storage/storageAccounts/{accountName}/blobServices/{blobServicesName}
storage:BlobContainer ~Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}
storage:FileShare ~Microsoft.Storage/storageAccounts/{accountName}/fileServices/default/shares/{shareName}
storage:ManagementPolicy ~Microsoft.Storage/storageAccounts/{accountName}/managementPolicies/{managementPolicyName}
containerregistry:Registry ~Microsoft.ContainerRegistry/registries/{registryName}
containerregistry:Replication ~Microsoft.ContainerRegistry/registries/{registryName}/replications/{replicationName}
containerregistry:CacheRule ~Microsoft.ContainerRegistry/registries/{registryName}/cacheRules/{cacheRuleName}
operationalinsights:Workspace ~Microsoft.OperationalInsights/workspaces/{workspaceName}
applicationinsights:Component ~Microsoft.Insights/components/{resourceName}
machinelearningservices:Workspace ~Microsoft.MachineLearningServices/workspaces/{workspaceName}
machinelearningservices:ManagedNetworkSettingsRule \
~Microsoft.MachineLearningServices/workspaces/{workspaceName}/outboundRules/{ruleName}
machinelearningservices:Compute ~Microsoft.MachineLearningServices/workspaces/{workspaceName}/computes/{computeName}
machinelearningservices:Datastore ~Microsoft.MachineLearningServices/workspaces/{workspaceName}/datastores/{name}
machinelearningservices:OnlineEndpoint \
~Microsoft.MachineLearningServices/workspaces/{workspaceName}/onlineEndpoints/{endpointName}
machinelearningservices:OnlineDeployment \
~Microsoft.MachineLearningServices/workspaces/{workspaceName}/onlineEndpoints/{endpointName}/deployments/{deploymentName}
containerservice:ManagedCluster ~Microsoft.ContainerService/managedClusters/{resourceName}
containerservice:AgentPool ~Microsoft.ContainerService/managedClusters/{resourceName}/agentPools/{agentPoolName}
containerservice:MaintenanceConfiguration \
~Microsoft.ContainerService/managedClusters/{resourceName}/maintenanceConfigurations/{configName}
monitor:DiagnosticSetting /{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}
monitor:ActionGroup ~Microsoft.Insights/actionGroups/{actionGroupName}
monitor:MetricAlert ~Microsoft.Insights/metricAlerts/{ruleName}
consumption:Budget /{scope}/providers/Microsoft.Consumption/budgets/{budgetName}
"""

# Two Pulumi types, one ARM resource: kinds of one polymorphic type, or an older name that Pulumi keeps beside a newer.
SHARED = {
    "containerinstance": [{"CGProfile", "ContainerGroupProfile"}],
    "dbforpostgresql": [
        {"Administrator", "AdministratorsMicrosoftEntra"},
        {"Backup", "BackupsAutomaticAndOnDemand"},
    ],
    "kusto": [
        {"CosmosDbDataConnection", "EventGridDataConnection", "EventHubDataConnection", "IotHubDataConnection"},
        {"ReadOnlyFollowingDatabase", "ReadWriteDatabase"},
    ],
    "network": [
        {"NetworkManagerRoutingConfiguration", "RoutingConfiguration"},
        {"NetworkSecurityPerimeterAccessRule", "NspAccessRule"},
        {"NetworkSecurityPerimeterAssociation", "NspAssociation"},
        {"NetworkSecurityPerimeterLink", "NspLink"},
        {"NetworkSecurityPerimeterProfile", "NspProfile"},
    ],
    "resources": [{"AzureCliScript", "AzurePowerShellScript"}],
    "synapse": [
        {"DatabasePrincipalAssignment", "KustoPoolDatabasePrincipalAssignment"},
        {"EventGridDataConnection", "EventHubDataConnection", "IotHubDataConnection"},
        {"ReadOnlyFollowingDatabase", "ReadWriteDatabase"},
    ],
}


def load(name: str) -> dict[str, Any]:
    # The C loader reads the 250 kB in a tenth of the time.
    document: dict[str, Any] = yaml.load((ARM / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return document


@pytest.fixture(scope="module")
def paths() -> dict[str, dict[str, dict[str, str]]]:
    rows: dict[str, dict[str, dict[str, str]]] = load("resource_paths.yaml")["paths"]
    return rows


@pytest.fixture(scope="module")
def sdk() -> dict[str, SdkType]:
    spec = importlib.util.find_spec("pulumi_azure_native")
    assert spec is not None
    assert spec.origin is not None
    return {t.token: t for t in sdk_types(Path(spec.origin).parent)}


def test_hand_verified_paths_are_exact(paths: dict[str, Any]) -> None:
    wanted = dict(line.split(" ", 1) for line in VERIFIED.strip().splitlines())
    found = {token: paths[token.split(":")[0]][token.split(":")[1]]["path"] for token in wanted}
    assert found == {token: path.replace("~", IN_GROUP) for token, path in wanted.items()}


def test_every_path_parameter_is_an_input_of_its_type(paths: dict[str, Any], sdk: dict[str, SdkType]) -> None:
    wrong = []
    for module, rows in paths.items():
        for name, row in rows.items():
            foreign = set(PARAMETER.findall(row["path"])) - {"subscriptionId"}
            foreign -= set(sdk[f"azure-native:{module}:{name}"].inputs)
            wrong += [f"{module}:{name} {sorted(foreign)}"] if foreign else []
    assert wrong == []


def test_no_path_uses_a_parameter_twice(paths: dict[str, Any]) -> None:
    counts = {row["path"]: Counter(PARAMETER.findall(row["path"])) for rows in paths.values() for row in rows.values()}
    assert [path for path, count in counts.items() if count and max(count.values()) > 1] == []


def test_every_path_starts_at_a_scope(paths: dict[str, Any]) -> None:
    starts = re.compile(r"/(subscriptions/\{subscriptionId\}|\{\w+\}|providers/Microsoft\.\w+|[Pp]roviders)/")
    found = [row["path"] for rows in paths.values() for row in rows.values()]
    assert [path for path in found if not starts.match(path)] == []


def test_only_listed_types_share_a_path(paths: dict[str, Any]) -> None:
    shared: dict[str, list[set[str]]] = {}
    for module, rows in paths.items():
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for name, row in rows.items():
            groups[row["path"].lower()].add(name)
        if several := sorted((names for names in groups.values() if len(names) > 1), key=sorted):
            shared[module] = several
    assert shared == SHARED


@pytest.mark.parametrize("name", ["resource_paths.yaml", "naming.yaml", "immutable.yaml"])
def test_each_file_says_when_it_was_read_and_from_what(name: str) -> None:
    document = load(name)
    assert isinstance(document["read_on"], date)
    rows = (
        document["types"] if "types" in document else {k: v for m in document["paths"].values() for k, v in m.items()}
    )
    assert [key for key, row in rows.items() if not row.get("source") and not row.get("documented")] == []


def test_every_source_of_a_path_is_a_listed_package(paths: dict[str, Any]) -> None:
    listed = {line.replace("==", " ") for line in harvest.requirements()}
    assert {row["source"] for rows in paths.values() for row in rows.values()} <= listed


def test_name_patterns_compile_and_lengths_are_in_order() -> None:
    for name, rule in load("naming.yaml")["types"].items():
        for key in ("api_pattern", "pattern"):
            re.compile(rule.get(key, ""))
        assert rule.get("min_length", 0) <= rule.get("max_length", 10_000), name


@pytest.mark.parametrize(
    ("resource_type", "good", "bad"),
    [
        ("Microsoft.Storage/storageAccounts", "stmlops1", "st-mlops"),
        ("Microsoft.ContainerService/managedClusters/agentPools", "gpu1", "GPU"),
        ("Microsoft.KeyVault/vaults", "kv-mlops", "kv_mlops"),
        ("Microsoft.MachineLearningServices/workspaces", "mlw-dev", "-mlw"),
        ("Microsoft.ContainerRegistry/registries", "crmlops", "cr-mlops"),
        ("Microsoft.Resources/resourceGroups", "rg_mlops_(dev)", "rg mlops"),
    ],
)
def test_api_patterns_tell_good_names_from_bad(resource_type: str, good: str, bad: str) -> None:
    pattern = load("naming.yaml")["types"][resource_type]["api_pattern"]
    assert re.search(pattern, good)
    assert not re.search(pattern, bad)


def test_naming_and_immutable_types_are_spelled_as_in_the_paths(paths: dict[str, Any]) -> None:
    types = {t for rows in paths.values() for row in rows.values() if (t := arm_type(row["path"])) is not None}
    spelled = {t.lower(): t for t in types}
    for name in ("naming.yaml", "immutable.yaml"):
        assert [t for t in load(name)["types"] if spelled.get(t.lower(), t) != t] == []


def test_immutable_facts_of_the_cluster_are_inputs(sdk: dict[str, SdkType]) -> None:
    found = load("immutable.yaml")["types"]["Microsoft.ContainerService/managedClusters"]["properties"]
    assert found["dnsPrefix"] == "documented"
    assert found["location"] == "visibility"
    inputs = sdk["azure-native:containerservice:ManagedCluster"].inputs
    assert {re.split(r"[.\[]", path)[0] for path in found} <= set(inputs)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/subscriptions/{s}/resourceGroups/{g}", "Microsoft.Resources/resourceGroups"),
        ("/{scope}/providers/Microsoft.Authorization/locks/{lockName}", "Microsoft.Authorization/locks"),
        (
            f"{IN_GROUP}Microsoft.Storage/storageAccounts/{{a}}/blobServices/default",
            "Microsoft.Storage/storageAccounts/blobServices",
        ),
        (f"{IN_GROUP}Microsoft.Network/privateDnsZones/{{z}}/{{recordType}}/{{n}}", None),
    ],
)
def test_arm_type_follows_from_the_path(path: str, wanted: str | None) -> None:
    assert arm_type(path) == wanted


OPERATIONS = """
def build_{group}_create_or_update_request(resource_group_name, vault_name, subscription_id, **kwargs):
    api_version: str = kwargs.pop("api_version", _params.pop("api-version", "{version}"))
    _url = "{url}"
    path_format_arguments = {{
        "subscriptionId": _SERIALIZER.url("subscription_id", subscription_id, "str"),
        "{parameter}": _SERIALIZER.url("vault_name", vault_name, "str", max_length=24, pattern=r"^[a-z]+$"),
    }}
    return HttpRequest(method="PUT", url=_url, params=_params, headers=_headers, **kwargs)


class VaultsOperations:
    def begin_create_or_update(self, resource_group_name: str, vault_name: str, parameters: _models.Vault):
        build_{group}_create_or_update_request()
"""
MODELS = '''
class Vault(_Model):
    location: str = rest_field(visibility=["read", "create"])
    properties: "_models.VaultProperties" = rest_field(visibility=["read", "create", "update"])

class VaultProperties(_Model):
    tenant_id: str = rest_field(name="tenantId", visibility=["read", "create", "update"])
    """The tenant. It cannot be changed after the vault was created."""
    sku: str = rest_field(visibility=["read", "create", "update"])
    """The SKU. It cannot be changed once retired."""
'''


def unpacked(folder: Path, url: str, *, parameter: str, group: str = "vaults") -> list[generate_operations.Operation]:
    package = folder / "azure_mgmt_keyvault-1.0.0" / "azure" / "mgmt" / "keyvault"
    (package / "operations").mkdir(parents=True)
    (package / "models").mkdir()
    text = OPERATIONS.format(url=url, parameter=parameter, group=group, version="2024-11-01")
    (package / "operations" / "_operations.py").write_text(text, encoding="utf-8")
    (package / "models" / "_models.py").write_text(MODELS, encoding="utf-8")
    return list(generate_operations.read_operations(folder))


def test_a_renamed_parameter_gets_the_name_that_pulumi_gives_it(tmp_path: Path, sdk: dict[str, SdkType]) -> None:
    operations = unpacked(tmp_path, f"{IN_GROUP}Microsoft.KeyVault/vaults/{{name}}", parameter="name")
    matched, left_out = generate_paths.match_types([sdk["azure-native:keyvault:Vault"]], operations)
    assert [row.path for row in matched] == [f"{IN_GROUP}Microsoft.KeyVault/vaults/{{vaultName}}"]
    assert left_out == []


def test_a_type_without_a_clear_operation_is_left_out(tmp_path: Path, sdk: dict[str, SdkType]) -> None:
    url = f"{IN_GROUP}Microsoft.KeyVault/safes/{{safeName}}/doors/{{vaultName}}"
    operations = unpacked(tmp_path, url, parameter="vaultName", group="doors")
    matched, left_out = generate_paths.match_types([sdk["azure-native:keyvault:Vault"]], operations)
    assert matched == []
    assert [t.name for t in left_out] == ["Vault"]


def test_limits_and_immutable_properties_are_read_from_the_package(tmp_path: Path, sdk: dict[str, SdkType]) -> None:
    operations = unpacked(tmp_path, f"{IN_GROUP}Microsoft.KeyVault/vaults/{{vaultName}}", parameter="vaultName")
    matched, _ = generate_paths.match_types([sdk["azure-native:keyvault:Vault"]], operations)
    assert name_rules(matched, operations, {"rules": []}) == {
        "Microsoft.KeyVault/vaults": {
            "max_length": 24,
            "api_pattern": "^[a-z]+$",
            "source": "azure-mgmt-keyvault 1.0.0",
        }
    }
    immutable = immutable_properties(matched, operations)["Microsoft.KeyVault/vaults"]
    assert immutable.properties == {"location": "visibility", "properties.tenantId": "documented"}
