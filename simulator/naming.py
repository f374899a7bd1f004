"""Whether ARM takes a name: length and characters, from the dated table `arm/naming.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from simulator.arm import table
from simulator.errors import Refusal


def name_refusals(arm_type: str, name: str) -> Iterator[Refusal]:
    """Why ARM refuses a name for a type; nothing for a type that the table does not hold."""
    rule = _table().get(arm_type.lower())
    if rule is None or arm_type.lower() in _BY_RULE:
        return
    faults = list(_faults(rule, name))
    if faults:
        yield Refusal(
            _CODES.get(arm_type.lower(), "InvalidResourceName"),
            f"Resource name '{name}' is invalid for {arm_type}: {'; '.join(faults)}",
            target="name",
            fix=_fix(rule),
        )


# Where the table is narrower than Azure. Sources on learn.microsoft.com, read 2026-11-24 and 2026-11-25: "Naming rules
# and restrictions for Azure resources" (hyphens in disks, disk encryption sets, queues and topics; underscores in
# galleries; event hubs to 256, App Service plans to 60, Databricks workspaces to 64, application gateways to 80,
# compute clusters to 32, private endpoints from 2) and "Static website hosting in Azure Storage" ($web).
# The 63 characters of a DNS zone are those of one label (RFC 1035). Connections and dashboards have longer names in the
# programs that Azure/bicep-registry-modules and microsoft-foundry/foundry-samples deploy (read 2026-11-25).
_WIDER: Final[dict[str, dict[str, Any]]] = {
    "microsoft.cognitiveservices/accounts/connections": {"api_pattern": r"^[a-zA-Z0-9][a-zA-Z0-9_-]{2,}$"},
    "microsoft.cognitiveservices/accounts/projects/connections": {"api_pattern": r"^[a-zA-Z0-9][a-zA-Z0-9_-]{2,}$"},
    "microsoft.compute/diskencryptionsets": {"pattern": r"^[a-zA-Z0-9_-]+$"},
    "microsoft.compute/disks": {"pattern": r"^[a-zA-Z0-9_.-]+$"},
    "microsoft.compute/galleries": {"pattern": r"^[a-zA-Z0-9]([a-zA-Z0-9_.]*[a-zA-Z0-9])?$"},
    "microsoft.databricks/workspaces": {"pattern": r"^[a-zA-Z0-9_-]+$"},
    "microsoft.eventhub/namespaces/eventhubs": {
        "max_length": 256,
        "pattern": r"^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$",
    },
    "microsoft.machinelearningservices/workspaces/computes": {"max_length": 32, "pattern": r"^[a-zA-Z0-9-]+$"},
    "microsoft.network/applicationgateways": {
        "max_length": 80,
        "pattern": r"^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$",
    },
    # One label matches as well: Azure refuses it with a code of its own, see `privatedns/zone_rules.py`.
    "microsoft.network/dnszones": {"max_length": 253, "pattern": r"^([a-zA-Z0-9_-]+\.){0,33}[a-zA-Z0-9_-]+$"},
    "microsoft.network/privatednszones": {"max_length": 253, "pattern": r"^([a-zA-Z0-9_-]+\.){0,33}[a-zA-Z0-9_-]+$"},
    "microsoft.network/privateendpoints": {"pattern": r"^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$"},
    "microsoft.portal/dashboards": {"api_pattern": r"^[a-zA-Z0-9-]{3,}$", "max_length": 160},
    "microsoft.servicebus/namespaces/queues": {"pattern": r"^[a-zA-Z0-9]([a-zA-Z0-9_./-]*[a-zA-Z0-9])?$"},
    "microsoft.servicebus/namespaces/topics": {"pattern": r"^[a-zA-Z0-9]([a-zA-Z0-9_./-]*[a-zA-Z0-9])?$"},
    "microsoft.storage/storageaccounts/blobservices/containers": {
        "pattern": r"^(\$(web|root|logs)|(?!.*--)[a-z0-9][a-z0-9-]*[a-z0-9])$"
    },
    "microsoft.web/serverfarms": {"max_length": 60, "pattern": r"^[\w-]+$"},
}

# Documented names can be narrower than those that Azure takes (Pulumi's own examples have container groups with
# capitals), so documents alone count only for the services whose names were compared with programs that were deployed.
_COMPARED: Final = frozenset(
    f"microsoft.{service}"
    for service in (
        "authorization", "cognitiveservices", "compute", "containerregistry", "containerservice", "databricks",
        "eventgrid", "eventhub", "insights", "keyvault", "machinelearningservices", "managedidentity", "network",
        "operationalinsights", "recoveryservices", "resources", "servicebus", "storage", "web",
    )
)  # fmt: skip


def _faults(rule: dict[str, Any], name: str) -> Iterator[str]:
    shortest, longest = rule.get("min_length"), rule.get("max_length")
    if shortest is not None and len(name) < shortest:
        yield f"it has {len(name)} characters and needs at least {shortest}"
    if longest is not None and len(name) > longest:
        yield f"it has {len(name)} characters and may have at most {longest}"
    pattern = _pattern(rule)
    if pattern is not None and re.search(pattern, name) is None:
        yield f"it does not match {pattern}"


def _pattern(rule: dict[str, Any]) -> str | None:
    """What the API itself checks, else what Microsoft documents (which can be narrower)."""
    return rule.get("api_pattern") or rule.get("pattern")


def _fix(rule: dict[str, Any]) -> str:
    shortest, longest = rule.get("min_length"), rule.get("max_length")
    pattern = _pattern(rule)
    span = f"{shortest} to {longest} characters" if shortest is not None and longest is not None else "another name"
    return f"use {span}" + (f" matching {pattern}" if pattern else "")


# Where a rule of the type says it in ARM's own words.
_BY_RULE: Final = frozenset({"microsoft.containerservice/managedclusters/agentpools"})

# Where ARM's own code for a bad name is not the general one (recorded failures, see tests/simulator).
_CODES = {
    "microsoft.storage/storageaccounts": "AccountNameInvalid",
    "microsoft.keyvault/vaults": "VaultNameNotValid",
}


@cache
def _table() -> dict[str, dict[str, Any]]:
    document = table("naming.yaml")
    return {
        arm_type.lower(): {**rule, **_WIDER.get(arm_type.lower(), {})}
        for arm_type, rule in document["types"].items()
        if "source" in rule or arm_type.lower().split("/")[0] in _COMPARED
    }
