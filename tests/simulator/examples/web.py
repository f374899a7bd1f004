"""One valid resource of each type of Microsoft.Web that has a model."""

from __future__ import annotations

from typing import Any

from tests.simulator.azure import GROUP, REGION
from tests.simulator.examples.foundation import IN_GROUP, RG

PLAN = f"{GROUP}/providers/Microsoft.Web/serverfarms/asp-test"

EXAMPLES: dict[str, dict[str, Any]] = {
    "web:AppServicePlan": {
        **IN_GROUP, "name": "asp-test", "kind": "linux", "reserved": True, "sku": {"name": "S1", "capacity": 2},
    },
    "web:WebApp": {
        **IN_GROUP, "name": "app-test", "kind": "app,linux", "serverFarmId": PLAN, "httpsOnly": True,
        "identity": {"type": "SystemAssigned"},
        "siteConfig": {
            "alwaysOn": True, "linuxFxVersion": "PYTHON|3.12", "minTlsVersion": "1.2", "ftpsState": "Disabled",
            "appSettings": [{"name": "LOG_LEVEL", "value": "info"}],
        },
    },
    "web:WebAppSlot": {
        **IN_GROUP, "name": "app-test", "slot": "staging", "kind": "app,linux", "serverFarmId": PLAN,
        "siteConfig": {"linuxFxVersion": "PYTHON|3.12"},
    },
    "web:WebAppSlotConfigurationNames": {**RG, "name": "app-test", "appSettingNames": ["LOG_LEVEL"]},
    "web:WebAppFtpAllowed": {**RG, "name": "app-test", "allow": False},
    "web:WebAppScmAllowed": {**RG, "name": "app-test", "allow": False},
    "web:WebAppFtpAllowedSlot": {**RG, "name": "app-test", "slot": "staging", "allow": False},
    "web:WebAppScmAllowedSlot": {**RG, "name": "app-test", "slot": "staging", "allow": False},
    "web:WebAppApplicationSettings": {**RG, "name": "app-test", "properties": {"LOG_LEVEL": "debug"}},
    "web:WebAppSwiftVirtualNetworkConnection": {
        **RG, "name": "app-test",
        "subnetResourceId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-hub/providers/"
        "Microsoft.Network/virtualNetworks/hub/subnets/snet-app",
    },
    "web:Certificate": {**IN_GROUP, "name": "cert-test", "serverFarmId": PLAN, "canonicalName": "app.example.org"},
    "web:WebAppHostNameBinding": {**RG, "name": "app-test", "hostName": "app.example.org"},
    "web:StaticSite": {**IN_GROUP, "name": "stapp-test", "location": "eastus2", "sku": {"name": "Standard"}},
    "web:StaticSiteLinkedBackend": {
        **RG, "name": "stapp-test", "linkedBackendName": "api", "region": REGION,
        "backendResourceId": f"{GROUP}/providers/Microsoft.Web/sites/app-test",
    },
}  # fmt: skip
