"""SVC-001: databases, queues and other services beside the platform are reached through private endpoints only."""

from __future__ import annotations

from typing import Final

from policies.rule import Category, Context, Example, Rule, Severity
from policies.rules._setting import Setting, Settings, breaks, examples, judged, properties
from policies.rules.services._types import (
    API_MANAGEMENT,
    APP_CONFIGURATION,
    AUTOMATION,
    BATCH,
    COSMOS,
    DATA_EXPLORER,
    EVENT_DOMAIN,
    EVENT_TOPIC,
    POSTGRESQL,
    REDIS,
    SERVICE_BUS,
    SQL,
    SYNAPSE,
)
from policies.view import Judged, View

_SUBNET: Final = "network.delegatedSubnetResourceId"


def _closed(api: str, path: str = "publicNetworkAccess") -> tuple[Setting, ...]:
    return (Setting(path, "Disabled", "Enabled", f"{api}: Enabled (not re-read)", "Enabled"),)


_SETTINGS: Final[Settings] = {
    POSTGRESQL: _closed("Server, Microsoft.DBforPostgreSQL 2025-08-01", "network.publicNetworkAccess"),
    REDIS: _closed("Redis, Microsoft.Cache 2024-11-01"),
    COSMOS: _closed("DatabaseAccount, Microsoft.DocumentDB 2025-10-15"),
    SQL: _closed("Server, Microsoft.Sql 2023-08-01"),
    SERVICE_BUS: _closed("Namespace, Microsoft.ServiceBus 2026-01-01"),
    APP_CONFIGURATION: _closed("ConfigurationStore, Microsoft.AppConfiguration 2024-05-01"),
    EVENT_TOPIC: _closed("Topic, Microsoft.EventGrid 2025-02-15"),
    EVENT_DOMAIN: _closed("Domain, Microsoft.EventGrid 2025-02-15"),
    API_MANAGEMENT: _closed("ApiManagementService, Microsoft.ApiManagement 2024-05-01"),
    AUTOMATION: (
        Setting(
            "publicNetworkAccess",
            False,
            True,
            "AutomationAccount, Microsoft.Automation 2024-10-23: true (not re-read)",
            True,
        ),
    ),
    BATCH: _closed("BatchAccount, Microsoft.Batch 2024-07-01"),
    SYNAPSE: _closed("Workspace, Microsoft.Synapse 2021-06-01"),
    DATA_EXPLORER: _closed("Cluster, Microsoft.Kusto 2024-04-13"),
}


def applies(view: View, context: Context) -> bool:
    """To what isn't inside a subnet of ours anyway."""
    return context.resource.type != POSTGRESQL or not view.has(_SUBNET)


def check(view: View, context: Context) -> Judged:
    """Public access is off."""
    yield from judged(view, context, _SETTINGS)


RULE = Rule(
    id="SVC-001",
    title="Databases, queues and other services are reached through private endpoints only",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=tuple(_SETTINGS),
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-17(3)",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_AZURE_89",
            "CKV_AZURE_101",
            "CKV_AZURE_113",
            "CKV_AZURE_185",
            "CKV_AZURE_193",
            "CKV_AZURE_204",
        ),
        "psrule": ("Azure.Redis.PublicNetworkAccess", "Azure.Cosmos.PublicAccess", "Azure.ADX.PublicAccess"),
        "azure_policy": (
            "5e1de0e3-42cb-4ebc-a86d-61d0c619ca48",
            "470baccb-7e51-4549-8b1a-3e5be069f663",
            "797b37f7-06b8-444c-b1ad-fc62867f335a",
            "cbd11fd3-3002-4907-b6c8-579f0e700e13",
            "3d9f5e4c-9947-4579-9539-2a7695fbc187",
            "1adadefe-5f21-44f7-b931-a59b54ccdb45",
            "f8f774be-6aee-492a-9e29-486ef81f3a68",
            "df73bd95-24da-4a4f-96b9-4e8b94b402bd",
        ),
    },
    why="A service that somebody adds beside the platform has copies of its data, a password away from the internet.",
    fix="Set publicNetworkAccess to Disabled, and add a private endpoint and its zone.",
    link="https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
    properties=properties(_SETTINGS),
    applies=applies,
    check=check,
    good=(
        *examples(_SETTINGS, bad=False),
        Example({"network": {"delegatedSubnetResourceId": "a-subnet"}}, type=POSTGRESQL),
    ),
    bad=(*examples(_SETTINGS, bad=True), Example({"publicNetworkAccess": "SecuredByPerimeter"}, type=SQL)),
    breaks=breaks(_SETTINGS),
)
