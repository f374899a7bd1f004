"""One valid resource of each type that the others stand on."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import GROUP, HUB, REGION, SOMEONE, in_group

NETWORK = f"{GROUP}/providers/Microsoft.Network"
VNET = f"{NETWORK}/virtualNetworks/vnet"
HUB_NETWORK = f"{HUB}/providers/Microsoft.Network/virtualNetworks/hub"
ENDPOINTS = f"{VNET}/subnets/snet-pe"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-aks"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-test"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"
WORKSPACE = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-test"
ZONE = "privatelink.vaultcore.azure.net"
IN_GROUP = in_group()
RG = {"resourceGroupName": "rg-test"}
TENANT = "00000000-0000-0000-0000-0000000000aa"

EXAMPLES: dict[str, dict[str, Any]] = {
    "resources:ResourceGroup": {"resourceGroupName": "rg-test", "location": REGION, "tags": {"owner": "ml"}},
    "network:NetworkSecurityGroup": {
        **IN_GROUP,
        "networkSecurityGroupName": "nsg",
        "securityRules": [
            {
                "name": "deny-all", "priority": 4096, "direction": "Inbound", "access": "Deny", "protocol": "*",
                "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                "destinationPortRange": "*",
            }
        ],
    },
    "network:SecurityRule": {
        **RG, "networkSecurityGroupName": "nsg", "securityRuleName": "allow-https", "priority": 100,
        "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "sourceAddressPrefix": "VirtualNetwork",
        "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "443",
    },
    "network:RouteTable": {**IN_GROUP, "routeTableName": "rt", "routes": [{"name": "out", "nextHopType": "Internet"}]},
    "network:PublicIPAddress": {
        **IN_GROUP, "publicIpAddressName": "pip", "sku": {"name": "Standard"}, "publicIPAllocationMethod": "Static",
        "dnsSettings": {"domainNameLabel": "egress"},
    },
    "network:NatGateway": {
        **IN_GROUP, "natGatewayName": "ng", "sku": {"name": "Standard"},
        "publicIpAddresses": [{"id": f"{NETWORK}/publicIPAddresses/pip"}],
    },
    "network:VirtualNetwork": {
        **IN_GROUP, "virtualNetworkName": "vnet", "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
    },
    "network:Subnet": {
        **RG, "virtualNetworkName": "vnet", "subnetName": "snet-pe", "addressPrefix": "10.0.0.0/24",
        "networkSecurityGroup": {"id": f"{NETWORK}/networkSecurityGroups/nsg"},
        "routeTable": {"id": f"{NETWORK}/routeTables/rt"}, "natGateway": {"id": f"{NETWORK}/natGateways/ng"},
    },
    "network:BastionHost": {
        **IN_GROUP, "bastionHostName": "bas", "sku": {"name": "Standard"},
        "ipConfigurations": [
            {
                "name": "ipc", "subnet": {"id": f"{HUB_NETWORK}/subnets/AzureBastionSubnet"},
                "publicIPAddress": {"id": f"{HUB}/providers/Microsoft.Network/publicIPAddresses/bastion"},
            }
        ],
    },
    "network:VirtualNetworkPeering": {
        **RG, "virtualNetworkName": "vnet", "virtualNetworkPeeringName": "to-hub",
        "remoteVirtualNetwork": {
            "id": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers/"
            "Microsoft.Network/virtualNetworks/hub"
        },
    },
    "privatedns:PrivateZone": {**RG, "privateZoneName": ZONE, "location": "Global"},
    "privatedns:VirtualNetworkLink": {
        **RG, "privateZoneName": ZONE, "virtualNetworkLinkName": "vnet", "location": "Global",
        "registrationEnabled": False, "virtualNetwork": {"id": VNET},
    },
    "managedidentity:UserAssignedIdentity": {**IN_GROUP, "resourceName": "id-aks"},
    "managedidentity:FederatedIdentityCredential": {
        **RG, "resourceName": "id-aks", "federatedIdentityCredentialResourceName": "workload", "issuer": "https://x/",
        "subject": "system:serviceaccount:ml:train", "audiences": ["api://AzureADTokenExchange"],
    },
    "operationalinsights:Workspace": {**IN_GROUP, "workspaceName": "log-test", "retentionInDays": 90},
    "applicationinsights:Component": {
        **IN_GROUP, "resourceName": "appi-test", "kind": "web", "applicationType": "web",
        "workspaceResourceId": WORKSPACE,
    },
    "keyvault:Vault": {
        **IN_GROUP, "vaultName": "kv-test",
        "properties": {
            "tenantId": TENANT, "sku": {"family": "A", "name": "standard"}, "enableRbacAuthorization": True,
            "enablePurgeProtection": True, "softDeleteRetentionInDays": 90,
        },
    },
    "keyvault:Secret": {**RG, "vaultName": "kv-test", "secretName": "token", "properties": {"value": "hunter2"}},
    "keyvault:Key": {**RG, "vaultName": "kv-test", "keyName": "cmk", "properties": {"kty": "RSA", "keySize": 4096}},
    "storage:StorageAccount": {
        **IN_GROUP, "accountName": "sttest", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "isHnsEnabled": True,
        "networkRuleSet": {"defaultAction": "Deny", "bypass": "AzureServices"},
        "identity": {"type": "SystemAssigned"},
    },
    "storage:BlobServiceProperties": {
        **RG, "accountName": "sttest", "blobServicesName": "default",
        "deleteRetentionPolicy": {"enabled": True, "days": 7},
    },
    "storage:FileServiceProperties": {**RG, "accountName": "sttest", "fileServicesName": "default"},
    "storage:BlobContainer": {**RG, "accountName": "sttest", "containerName": "lake"},
    "storage:ManagementPolicy": {
        **RG, "accountName": "sttest", "managementPolicyName": "default",
        "policy": {
            "rules": [
                {
                    "name": "age", "type": "Lifecycle", "enabled": True,
                    "definition": {
                        "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 90}}},
                        "filters": {"blobTypes": ["blockBlob"]},
                    },
                }
            ]
        },
    },
    "containerregistry:Registry": {**IN_GROUP, "registryName": "crtest", "sku": {"name": "Premium"}},
    "containerregistry:Replication": {
        **RG, "registryName": "crtest", "replicationName": "canadaeast", "location": "canadaeast",
    },
    "network:PrivateEndpoint": {
        **IN_GROUP, "privateEndpointName": "pe-kv", "subnet": {"id": ENDPOINTS},
        "privateLinkServiceConnections": [
            {"name": "kv", "privateLinkServiceId": VAULT, "groupIds": ["vault"]},
        ],
    },
    "authorization:PolicyAssignment": {
        "policyAssignmentName": "tags", "scope": GROUP,
        "policyDefinitionId": f"/providers/Microsoft.Authorization/policyDefinitions/{SOMEONE}",
    },
    "network:PrivateDnsZoneGroup": {
        **RG, "privateEndpointName": "pe-kv", "privateDnsZoneGroupName": "default",
        "privateDnsZoneConfigs": [
            {"name": "kv", "privateDnsZoneId": f"{NETWORK}/privateDnsZones/{ZONE}"},
        ],
    },
    "containerservice:ManagedCluster": {
        **IN_GROUP, "resourceName": "aks", "dnsPrefix": "aks", "kubernetesVersion": "1.33.2",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]},
        "oidcIssuerProfile": {"enabled": True},
        "networkProfile": {
            "networkPlugin": "azure", "networkPluginMode": "overlay", "serviceCidr": "172.16.0.0/16",
            "dnsServiceIP": "172.16.0.10",
        },
        "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": "system"},
        "addonProfiles": {"azurepolicy": {"enabled": True}},
        "agentPoolProfiles": [
            {
                "name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4s_v5", "osType": "Linux",
                "vnetSubnetID": ENDPOINTS,
            }
        ],
    },
    "containerservice:AgentPool": {
        **RG, "resourceName": "aks", "agentPoolName": "gpu", "mode": "User", "count": 0, "minCount": 0, "maxCount": 4,
        "enableAutoScaling": True, "vmSize": "Standard_NC24ads_A100_v4", "scaleSetPriority": "Spot",
        "spotMaxPrice": -1, "vnetSubnetID": ENDPOINTS,
        "nodeTaints": ["sku=gpu:NoSchedule", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"],
    },
    "containerservice:MaintenanceConfiguration": {
        **RG, "resourceName": "aks", "configName": "aksManagedNodeOSUpgradeSchedule",
        "maintenanceWindow": {
            "startTime": "02:00", "durationHours": 4,
            "schedule": {"weekly": {"dayOfWeek": "Sunday", "intervalWeeks": 1}},
        },
    },
    "machinelearningservices:Workspace": {
        **IN_GROUP, "workspaceName": "mlw-test", "keyVault": VAULT, "storageAccount": ACCOUNT,
        "identity": {"type": "SystemAssigned"}, "publicNetworkAccess": "Disabled",
        "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"},
    },
    "machinelearningservices:ManagedNetworkSettingsRule": {
        **RG, "workspaceName": "mlw-test", "ruleName": "pypi",
        "properties": {"type": "FQDN", "destination": "pypi.org", "category": "UserDefined"},
    },
    "authorization:RoleAssignment": {
        "scope": VAULT, "roleAssignmentName": "00000000-0000-0000-0000-000000000001", "principalId": TENANT,
        "principalType": "ServicePrincipal",
        "roleDefinitionId": f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
        "4633458b-17de-408a-b874-0445c86b69e6",
    },
    "monitor:ActionGroup": {
        **RG, "actionGroupName": "ag-ml", "location": "Global", "groupShortName": "ml", "enabled": True,
    },
    "monitor:MetricAlert": {
        **RG, "ruleName": "availability", "location": "global", "enabled": True, "severity": 2, "scopes": [VAULT],
        "evaluationFrequency": "PT5M", "windowSize": "PT15M",
        "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
            "allOf": [
                {
                    "criterionType": "StaticThresholdCriterion", "name": "low", "metricName": "Availability",
                    "operator": "LessThan", "threshold": 99, "timeAggregation": "Average",
                }
            ],
        },
    },
    "monitor:DiagnosticSetting": {
        "resourceUri": VAULT, "name": "to-log", "workspaceId": WORKSPACE,
        "logs": [{"categoryGroup": "audit", "enabled": True}],
    },
    "cognitiveservices:Account": {
        **IN_GROUP, "accountName": "oai-test", "kind": "OpenAI", "sku": {"name": "S0"},
        "properties": {"customSubDomainName": "oai-test", "publicNetworkAccess": "Disabled"},
    },
    "consumption:Budget": {
        "scope": GROUP, "budgetName": "monthly", "amount": 1000, "category": "Cost", "timeGrain": "Monthly",
        "timePeriod": {"startDate": "2026-12-01T00:00:00Z"},
    },
}  # fmt: skip
