"""SVC-002: databases, queues and other services beside the platform take no keys and no passwords."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import Category, Context, Rule, Severity
from policies.rules._setting import Setting, Settings, breaks, examples, judged, properties
from policies.rules.services._types import (
    APP_CONFIGURATION,
    AUTOMATION,
    COSMOS,
    EVENT_DOMAIN,
    EVENT_TOPIC,
    POSTGRESQL,
    REDIS,
    SERVICE_BUS,
    SQL,
    SYNAPSE,
)
from policies.view import Judged, View


def _off(api: str, path: str = "disableLocalAuth") -> tuple[Setting, ...]:
    good: Any = True
    bad: Any = False
    return (Setting(path, good, bad, f"{api}: keys are taken", bad),)


_SETTINGS: Final[Settings] = {
    POSTGRESQL: (
        Setting(
            "authConfig.passwordAuth",
            "Disabled",
            "Enabled",
            "Server, Microsoft.DBforPostgreSQL 2025-08-01: Enabled (not re-read)",
            "Enabled",
        ),
    ),
    REDIS: _off("Redis, Microsoft.Cache 2024-11-01", "disableAccessKeyAuthentication"),
    COSMOS: _off("DatabaseAccount, Microsoft.DocumentDB 2025-10-15"),
    SQL: _off("Server, Microsoft.Sql 2023-08-01", "administrators.azureADOnlyAuthentication"),
    SERVICE_BUS: _off("Namespace, Microsoft.ServiceBus 2026-01-01"),
    APP_CONFIGURATION: _off("ConfigurationStore, Microsoft.AppConfiguration 2024-05-01"),
    EVENT_TOPIC: _off("Topic, Microsoft.EventGrid 2025-02-15"),
    EVENT_DOMAIN: _off("Domain, Microsoft.EventGrid 2025-02-15"),
    AUTOMATION: _off("AutomationAccount, Microsoft.Automation 2024-10-23"),
    SYNAPSE: _off("Workspace, Microsoft.Synapse 2021-06-01", "azureADOnlyAuthentication"),
}


def check(view: View, context: Context) -> Judged:
    """Entra ID alone says who is there."""
    yield from judged(view, context, _SETTINGS)


RULE = Rule(
    id="SVC-002",
    title="Databases, queues and other services take no keys and no passwords",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=tuple(_SETTINGS),
    controls=(
        "itsg33/IA-2",
        "itsg33/IA-5",
        "mcsb/IM-1",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_AZURE_140", "CKV_AZURE_184", "CKV_AZURE_192", "CKV_AZURE_195", "CKV_AZURE_203"),
        "psrule": (
            "Azure.Cosmos.DisableLocalAuth",
            "Azure.ServiceBus.DisableLocalAuth",
            "Azure.EventGrid.DisableLocalAuth",
            "Azure.AppConfig.DisableLocalAuth",
        ),
        "azure_policy": (
            "fa498b91-8a7e-4710-9578-da944c68d1fe",
            "3827af20-8f80-4b15-8300-6db0873ec901",
            "5450f5bd-9c72-4390-a9c4-a7aba4edfdd2",
            "cfb11c26-f069-4c14-8e36-56c394dae5af",
            "b08ab3ca-1062-4db3-8803-eec9cae605d6",
            "ae9fb87f-8a17-4428-94a4-8135d431055c",
            "8bfadddb-ee1c-4639-8911-a38cb8e0b3bd",
        ),
    },
    why="A key has no owner, no second factor and no end; it stands in settings, scripts and chats.",
    fix="Switch local authentication off, and give people and workloads roles for data in Entra ID.",
    link="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview",
    properties=properties(_SETTINGS),
    check=check,
    good=examples(_SETTINGS, bad=False),
    bad=examples(_SETTINGS, bad=True),
    breaks=breaks(_SETTINGS),
)
