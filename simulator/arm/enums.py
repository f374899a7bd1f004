"""The enum values that ARM takes and the SDK's enum lacks, from the dated table `enums.yaml`, and open enums.

Does not own: which values the SDK has, and the check of a value (`simulator.conformity`).
"""

from __future__ import annotations

from functools import cache

from simulator.arm import table
from simulator.values import Path

EACH = "[*]"
# Enums of which the SDK lists some values of many: new sizes come every month, streams carry the names of
# tables and of what sends them. From learn.microsoft.com azure-monitor data-collection-rule-structure and the tests of
# Azure/bicep-registry-modules, which deploy others (read 2026-11-25).
_OPEN = frozenset(
    {
        ("applicationinsights:Component", "flowType"),
        ("applicationinsights:Component", "requestSource"),
        ("compute:VirtualMachine", "hardwareProfile.vmSize"),
        ("monitor:DataCollectionRule", "dataFlows.[*].streams.[*]"),
        ("monitor:DataCollectionRule", "dataSources.extensions.[*].streams.[*]"),
        ("monitor:DataCollectionRule", "dataSources.performanceCounters.[*].streams.[*]"),
        ("monitor:DataCollectionRule", "dataSources.syslog.[*].streams.[*]"),
        ("monitor:DataCollectionRule", "dataSources.windowsEventLogs.[*].streams.[*]"),
        ("monitor:DataCollectionRule", "kind"),
    }
)
# Any combination of Logging, Metrics and AzureServices, says the API's description of StorageAccount (read 2026-11-25).
_LISTS = frozenset({("storage:StorageAccount", "networkRuleSet.bypass")})
# Values that tests deploy and no package lists: azurerm's of query alerts, whose API lists `Equals`
# (monitor_scheduled_query_rules_alert_v2_resource_test.go), and Azure/bicep-registry-modules (both read 2026-11-25).
_DEPLOYED: dict[tuple[str, str], list[str]] = {
    ("apimanagement:ApiManagementService", "sku.name"): ["PremiumV2"],
    ("app:ContainerApp", "kind"): ["containerapps"],
    ("elasticsan:VolumeGroup", "identity.type"): ["SystemAssigned, UserAssigned"],
    ("logic:Workflow", "identity.type"): ["SystemAssigned, UserAssigned"],
    ("maintenance:MaintenanceConfiguration", "installPatches.rebootSetting"): ["AlwaysReboot"],
    ("monitor:ScheduledQueryRule", "criteria.allOf.[*].operator"): ["Equal"],
    ("search:Service", "dataExfiltrationProtections.[*]"): ["All"],
}


def added_values(token: str, path: Path) -> list[str]:
    """The values that an input takes beside those of its enum in the SDK; mostly none."""
    place = _place(token, path)
    for steps, values in _rows(place[0]):
        if len(steps) == len(path) and all(s in {EACH, p} for s, p in zip(steps, path, strict=True)):
            return [*_DEPLOYED.get(place, ()), *values]
    return _DEPLOYED.get(place, [])


def is_list(token: str, path: Path) -> bool:
    """Whether ARM takes several values of an enum in one text, with commas between them."""
    return _place(token, path) in _LISTS


def is_open(token: str, path: Path) -> bool:
    """Whether ARM takes values of an enum that nobody lists."""
    return _place(token, path) in _OPEN


def _place(token: str, path: Path) -> tuple[str, str]:
    """The type without its version and the path with `[*]` for every item, as in the tables above."""
    _, module, name = token.split(":")
    return f"{module.split('/')[0]}:{name}", ".".join(EACH if isinstance(step, int) else step for step in path)


@cache
def _rows(short: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """(steps of a path, values) of one type."""
    rows = table("enums.yaml")["types"].get(short, {})
    return [
        (tuple(path.replace(EACH, f".{EACH}").split(".")), [value for listed in sources.values() for value in listed])
        for path, sources in rows.items()
    ]
