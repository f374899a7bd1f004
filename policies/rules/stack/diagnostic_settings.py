"""STK-003: everything that can write logs has a diagnostic setting."""

from __future__ import annotations

from typing import Final

from policies.references import leading_to
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.types import (
    AI_ACCOUNT,
    APPLICATION_GATEWAY,
    BACKUP_VAULT,
    BASTION,
    CLUSTER,
    CONTAINER_ENVIRONMENT,
    DATA_COLLECTION_RULE,
    DATA_FACTORY,
    DATABRICKS_WORKSPACE,
    DIAGNOSTIC_SETTING,
    EVENT_NAMESPACE,
    EVENT_TOPIC,
    FIREWALL,
    GRAFANA,
    LOG_WORKSPACE,
    ML_ENDPOINT,
    ML_REGISTRY,
    ML_WORKSPACE,
    PUBLIC_IP,
    REGISTRY,
    SEARCH_SERVICE,
    SECURITY_GROUP,
    STORAGE_ACCOUNT,
    VAULT,
    VIRTUAL_NETWORK,
    WEB_APP,
    WEB_APP_SLOT,
)
from policies.values import UNKNOWN, UnjudgeableError, look_up
from policies.view import Fault, Judged, View

# Those of facts/diagnostics.yaml with logs. Not Application Insights: what it gets is in its Log Analytics workspace
# already, and a setting would send it there a second time.
_TYPES: Final = (
    VAULT,
    STORAGE_ACCOUNT,
    CLUSTER,
    REGISTRY,
    ML_WORKSPACE,
    ML_REGISTRY,
    ML_ENDPOINT,
    AI_ACCOUNT,
    DATABRICKS_WORKSPACE,
    DATA_FACTORY,
    EVENT_NAMESPACE,
    SEARCH_SERVICE,
    WEB_APP,
    WEB_APP_SLOT,
    GRAFANA,
    LOG_WORKSPACE,
    CONTAINER_ENVIRONMENT,
    BACKUP_VAULT,
    SECURITY_GROUP,
    VIRTUAL_NETWORK,
    APPLICATION_GATEWAY,
    BASTION,
    FIREWALL,
    PUBLIC_IP,
    DATA_COLLECTION_RULE,
    EVENT_TOPIC,
)
_URI: Final = "resourceUri"


def check(_view: View, context: Context) -> Judged:
    """A setting names the resource; of a storage account, its blobs. What it sends is another rule's."""
    if not _settings(context.stack, context.resource):
        logged = "its blobs have" if context.resource.type == STORAGE_ACCOUNT else "has"
        yield Fault("", f"{logged} no diagnostic setting, so nobody can tell who did what")


def _settings(stack: Stack, resource: Resource) -> tuple[Resource, ...]:
    if resource.type != STORAGE_ACCOUNT:
        found = leading_to(stack, resource, DIAGNOSTIC_SETTING, _URI)
    else:
        found = tuple(setting for setting in stack.of(DIAGNOSTIC_SETTING) if _of_blobs(setting, resource))
    # One may have metrics only, which tell nothing of who did what.
    return tuple(setting for setting in found if setting.view().has("logs"))


def _of_blobs(setting: Resource, account: Resource) -> bool:
    """An account logs nothing itself: its services do, and each has a setting of its own."""
    uri = look_up(setting.properties, _URI)
    if isinstance(uri, str) and account.id is not None:
        return uri.lower().startswith(f"{account.id.lower()}/blobservices/")
    urns = setting.dependencies.get(_URI, ())
    if uri is UNKNOWN and not urns:
        raise UnjudgeableError(_URI, "is not known yet")
    return account.urn in urns


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv"
_ACCOUNT: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st"


def _setting(uri: str) -> Resource:
    logs = [{"categoryGroup": "allLogs", "enabled": True}]
    return Resource(type=DIAGNOSTIC_SETTING, name="setting", properties={_URI: uri, "logs": logs})


_METRICS: Final = Resource(
    type=DIAGNOSTIC_SETTING,
    name="setting",
    properties={_URI: _ID, "metrics": [{"category": "AllMetrics", "enabled": True}]},
)

RULE = Rule(
    id="STK-003",
    title="Everything that can write logs has a diagnostic setting",
    severity=Severity.HIGH,
    category=Category.LOGGING,
    types=_TYPES,
    scope=Scope.STACK,
    controls=(
        "itsg33/AU-2",
        "itsg33/AU-12",
        "mcsb/LT-3",
        "cis-azure/6.1.4",
        "hipaa/164.312(b)",
        "gdpr/32(1)(d)",
        "gc-guardrails/11",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.KeyVault.Logs", "Azure.AKS.AuditLogs"),
        "azure_policy": (
            "afe0c3be-ba3b-4544-ba52-0c99672a8ad6",
            "1b4d1c4e-934c-4703-944c-27c82c06bebb",
            "138ff14d-b687-4faa-a81c-898c91a87fa2",
            "cf820ca0-f99e-4f3e-84fb-66e913812d21",
        ),
    },
    why="Azure keeps no logs of a resource by itself: who read a key, a blob or a model can't be told afterwards.",
    fix="Add a DiagnosticSetting for the id of the resource (of a storage account: of its blobServices/default).",
    link="https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings",
    check=check,
    good=(
        Example({}, options={"id": _ID}, others=(_setting(_ID),)),
        Example(
            {},
            type=STORAGE_ACCOUNT,
            options={"id": _ACCOUNT},
            others=(_setting(f"{_ACCOUNT}/blobServices/default"),),
        ),
    ),
    bad=(
        Example({}, options={"id": _ID}),
        Example({}, options={"id": _ID}, others=(_setting(f"{_ID}2"),), title="of another vault"),
        Example({}, options={"id": _ID}, others=(_METRICS,), title="metrics only"),
        Example({}, type=STORAGE_ACCOUNT, options={"id": _ACCOUNT}, others=(_setting(_ACCOUNT),), title="its metrics"),
        Example(
            {},
            type=STORAGE_ACCOUNT,
            options={"id": _ACCOUNT},
            others=(_setting(f"{_ACCOUNT}2/blobServices/default"),),
        ),
    ),
    breaks=(without("the diagnostic settings are taken away", _settings),),
)
