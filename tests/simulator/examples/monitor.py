"""One valid resource of each type of Azure Monitor that the foundation lacks."""

from __future__ import annotations

from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import GROUP, REGION
from tests.simulator.examples.foundation import IN_GROUP, RG, VAULT, WORKSPACE

INSIGHTS = f"{GROUP}/providers/Microsoft.Insights"
COMPONENT = f"{INSIGHTS}/components/appi-test"
METRICS = f"{GROUP}/providers/Microsoft.Monitor/accounts/amw-test"
ACTIONS = f"{INSIGHTS}/actionGroups/ag-ml"

EXAMPLES: dict[str, dict[str, Any]] = {
    "operationalinsights:Table": {
        **RG, "workspaceName": "log-test", "tableName": "Runs_CL",
        "schema": {
            "name": "Runs_CL",
            "columns": [{"name": "TimeGenerated", "type": "dateTime"}, {"name": "Message", "type": "string"}],
        },
    },
    "monitor:DataCollectionEndpoint": {**IN_GROUP, "dataCollectionEndpointName": "dce-test"},
    "monitor:DataCollectionRule": {
        **IN_GROUP, "dataCollectionRuleName": "dcr-test", "kind": "Linux",
        "dataSources": {
            "performanceCounters": [
                {
                    "name": "cpu", "streams": ["Microsoft-Perf"], "samplingFrequencyInSeconds": 60,
                    "counterSpecifiers": ["\\Processor(*)\\% Processor Time"],
                }
            ],
        },
        "destinations": {"logAnalytics": [{"name": "logs", "workspaceResourceId": WORKSPACE}]},
        "dataFlows": [{"streams": ["Microsoft-Perf"], "destinations": ["logs"]}],
    },
    "monitor:DataCollectionRuleAssociation": {
        "resourceUri": VAULT, "associationName": "dcr",
        "dataCollectionRuleId": f"{INSIGHTS}/dataCollectionRules/dcr-test",
    },
    "monitor:AzureMonitorWorkspace": {**IN_GROUP, "azureMonitorWorkspaceName": "amw-test"},
    "alertsmanagement:PrometheusRuleGroup": {
        **IN_GROUP, "ruleGroupName": "nodes", "scopes": [METRICS], "interval": "PT1M", "enabled": True,
        "rules": [{"alert": "NodeDown", "expression": "up == 0", "severity": 2, "for": "PT5M"}],
    },
    "monitor:ScheduledQueryRule": {
        **IN_GROUP, "ruleName": "errors", "severity": 2, "evaluationFrequency": "PT5M", "windowSize": "PT15M",
        "scopes": [WORKSPACE],
        "criteria": {
            "allOf": [
                {
                    "query": "Runs_CL | where Message has 'error'", "timeAggregation": "Count", "threshold": 0,
                    "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1},
                }
            ],
        },
        "actions": {"actionGroups": [ACTIONS]},
    },
    "monitor:ActivityLogAlert": {
        **RG, "activityLogAlertName": "deletes", "location": "global", "scopes": [f"/subscriptions/{SUBSCRIPTION}"],
        "condition": {
            "allOf": [
                {"field": "category", "equals": "Administrative"},
                {"field": "operationName", "equals": "Microsoft.KeyVault/vaults/delete"},
            ],
        },
        "actions": {"actionGroups": [{"actionGroupId": ACTIONS}]},
    },
    "monitor:AutoscaleSetting": {
        **IN_GROUP, "autoscaleSettingName": "scale", "enabled": True,
        "targetResourceUri": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-hub/providers/Microsoft.Compute"
        "/virtualMachineScaleSets/vmss",
        "profiles": [
            {
                "name": "usual", "capacity": {"minimum": "1", "default": "2", "maximum": "10"},
                "rules": [
                    {
                        "metricTrigger": {
                            "metricName": "Percentage CPU", "operator": "GreaterThan", "statistic": "Average",
                            "threshold": 75, "timeAggregation": "Average", "timeGrain": "PT1M", "timeWindow": "PT5M",
                            "metricResourceUri": f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-hub/providers"
                            "/Microsoft.Compute/virtualMachineScaleSets/vmss",
                        },
                        "scaleAction": {
                            "direction": "Increase", "type": "ChangeCount", "value": "1", "cooldown": "PT5M",
                        },
                    }
                ],
            }
        ],
    },
    "monitor:PrivateLinkScope": {
        **RG, "scopeName": "ampls-test", "location": "global",
        "accessModeSettings": {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "Open"},
    },
    "monitor:PrivateLinkScopedResource": {
        **RG, "scopeName": "ampls-test", "name": "logs", "linkedResourceId": WORKSPACE,
    },
    "alertsmanagement:AlertProcessingRuleByName": {
        **RG, "alertProcessingRuleName": "night", "location": "Global",
        "properties": {
            "scopes": [GROUP], "actions": [{"actionType": "RemoveAllActionGroups"}],
            "schedule": {"effectiveFrom": "2026-12-01T22:00:00", "timeZone": "Eastern Standard Time"},
        },
    },
    "alertsmanagement:SmartDetectorAlertRule": {
        **RG, "alertRuleName": "failures", "location": "global", "frequency": "PT1M", "severity": "Sev3",
        "state": "Enabled", "scope": [COMPONENT], "detector": {"id": "FailureAnomaliesDetector"},
        "actionGroups": {"groupIds": [ACTIONS]},
    },
    "operationalinsights:Cluster": {
        **IN_GROUP, "clusterName": "logs-cluster", "sku": {"name": "CapacityReservation", "capacity": 100},
        "identity": {"type": "SystemAssigned"},
    },
    "operationalinsights:DataExport": {
        **RG, "workspaceName": "log-test", "dataExportName": "to-lake", "tableNames": ["Heartbeat"], "enable": True,
        "resourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest",
    },
    "operationalinsights:LinkedService": {
        **RG, "workspaceName": "log-test", "linkedServiceName": "Cluster",
        "writeAccessResourceId": f"{GROUP}/providers/Microsoft.OperationalInsights/clusters/logs-cluster",
    },
    "operationalinsights:LinkedStorageAccount": {
        **RG, "workspaceName": "log-test", "dataSourceType": "Query",
        "storageAccountIds": [f"{GROUP}/providers/Microsoft.Storage/storageAccounts/sttest"],
    },
    "applicationinsights:WebTest": {
        **IN_GROUP, "webTestName": "ping", "syntheticMonitorId": "ping", "webTestKind": "standard", "kind": "standard",
        "enabled": True, "frequency": 300, "timeout": 30, "locations": [{"location": "us-va-ash-azr"}],
        "tags": {f"hidden-link:{COMPONENT}": "Resource"},
        "request": {"requestUrl": "https://example.com/health", "httpVerb": "GET"},
        "validationRules": {"expectedHttpStatusCode": 200},
    },
    "applicationinsights:Workbook": {
        **IN_GROUP, "resourceName": "00000000-0000-0000-0000-0000000000f1", "category": "workbook", "kind": "shared",
        "displayName": "Runs", "serializedData": '{"version":"Notebook/1.0","items":[]}',
    },
    "dashboard:Dashboard": {**IN_GROUP, "dashboardName": "dash-test"},
    "dashboard:DashboardDefinition": {
        **RG, "dashboardName": "dash-test", "definitionName": "default",
        "properties": {"serializedData": '{"title": "GPUs", "panels": []}'},
    },
    "dashboard:Grafana": {
        **IN_GROUP, "workspaceName": "amg-test", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"},
        "properties": {
            "zoneRedundancy": "Enabled", "grafanaMajorVersion": "11",
            "grafanaIntegrations": {
                "azureMonitorWorkspaceIntegrations": [{"azureMonitorWorkspaceResourceId": METRICS}],
            },
        },
    },
    "dashboard:ManagedPrivateEndpoint": {
        **RG, "workspaceName": "amg-test", "managedPrivateEndpointName": "to-metrics", "location": REGION,
        "privateLinkResourceId": METRICS, "groupIds": ["prometheusMetrics"],
    },
}  # fmt: skip
