"""Services that hold data and that the platform does not make itself; `--arm` and `--state` meet them."""

from __future__ import annotations

from typing import Final

POSTGRESQL: Final = "azure-native:dbforpostgresql:Server"
REDIS: Final = "azure-native:redis:Redis"
COSMOS: Final = "azure-native:cosmosdb:DatabaseAccount"
SQL: Final = "azure-native:sql:Server"
SERVICE_BUS: Final = "azure-native:servicebus:Namespace"
APP_CONFIGURATION: Final = "azure-native:appconfiguration:ConfigurationStore"
EVENT_TOPIC: Final = "azure-native:eventgrid:Topic"
EVENT_DOMAIN: Final = "azure-native:eventgrid:Domain"
API_MANAGEMENT: Final = "azure-native:apimanagement:ApiManagementService"
AUTOMATION: Final = "azure-native:automation:AutomationAccount"
BATCH: Final = "azure-native:batch:BatchAccount"
SYNAPSE: Final = "azure-native:synapse:Workspace"
DATA_EXPLORER: Final = "azure-native:kusto:Cluster"
