"""DBX-003: a Databricks workspace is encrypted with keys of our own, and its storage twice."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import DATABRICKS_WORKSPACE
from policies.view import Judged, View

_DISK: Final = "encryption.entities.managedDisk.keySource"
_SERVICES: Final = "encryption.entities.managedServices.keySource"
_TWICE: Final = "parameters.requireInfrastructureEncryption.value"
_OURS: Final = "Microsoft.Keyvault"

# The key of the root storage is not judged: its identity exists only once the workspace does, so a second step adds it.


def check(workspace: View, context: Context) -> Judged:
    """The tier has keys; where the classification demands them, disks and services have one, and storage two layers."""
    yield from workspace.must_be("sku.name", "premium", "other tiers have neither keys nor private endpoints")
    demands = context.profile.demands
    if demands.customer_keys:
        yield from workspace.must_be(_DISK, _OURS)
        yield from workspace.must_be(_SERVICES, _OURS)
    if demands.infrastructure_encryption:
        yield from workspace.must_be(_TWICE, True)


def _workspace(disk: str = _OURS, services: str = _OURS, *, twice: bool = True, sku: str = "premium") -> dict[str, Any]:
    entities = {"managedDisk": {"keySource": disk}, "managedServices": {"keySource": services}}
    layers = {"requireInfrastructureEncryption": {"value": twice}}
    return {"sku": {"name": sku}, "encryption": {"entities": entities}, "parameters": layers}


_SOURCE: Final = "Workspace, Microsoft.Databricks 2026-01-01: Microsoft's key"

RULE = Rule(
    id="DBX-003",
    title="A Databricks workspace is encrypted with keys of our own, and its storage twice",
    severity=Severity.HIGH,
    category=Category.ENCRYPTION,
    types=(DATABRICKS_WORKSPACE,),
    controls=(
        "itsg33/SC-28(1)",
        "mcsb/DP-5",
        "hipaa/164.312(a)(2)(iv)",
        "gdpr/32(1)(a)",
        "gc-guardrails/6",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV2_AZURE_48",),
        "psrule": ("Azure.Databricks.SKU", "AZR-000409"),
        "azure_policy": ("2cc2c3b5-c2f8-45aa-a9e6-f90d85ae8352",),
    },
    why="Notebooks, results and disks of clusters hold the data itself; only our key takes them away from everybody.",
    fix="Take the premium tier, name a key for managedDisk and managedServices, and requireInfrastructureEncryption.",
    link="https://learn.microsoft.com/azure/databricks/security/keys/customer-managed-keys",
    properties=(
        Property("sku.name", ABSENT, Verdict.FAIL, "Workspace, Microsoft.Databricks 2026-01-01: none is promised"),
        Property(_DISK, ABSENT, Verdict.FAIL, _SOURCE),
        Property(_SERVICES, ABSENT, Verdict.FAIL, _SOURCE),
        Property(_TWICE, False, Verdict.FAIL, "Workspace, Microsoft.Databricks 2026-01-01: one layer (not re-read)"),
    ),
    check=check,
    good=(
        Example(_workspace()),
        Example(_workspace("microsoft.keyvault")),
        Example({"sku": {"name": "premium"}}, classification="Protected A"),
    ),
    bad=(
        Example(_workspace(sku="standard")),
        Example(_workspace("Default")),
        Example(_workspace(services="Default")),
        Example(_workspace(twice=False)),
    ),
    breaks=(
        Break("sku.name", "standard"),
        Break("sku.name", ABSENT),
        changing("the disks have no key", (_DISK, ABSENT), where=lambda workspace: workspace.has(_DISK)),
        changing("the services have no key", (_SERVICES, ABSENT), where=lambda workspace: workspace.has(_SERVICES)),
        changing("one layer", (_TWICE, False), where=lambda workspace: workspace.has(_TWICE)),
        changing("no word of layers", (_TWICE, ABSENT), where=lambda workspace: workspace.has(_TWICE)),
    ),
)
