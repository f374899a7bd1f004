"""ST-008: storage outlives the loss of a data centre."""

from __future__ import annotations

from typing import Final

from policies.references import leading_to
from policies.resource import Resource
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.types import FLOW_LOG, STORAGE_ACCOUNT
from policies.view import Judged, View

# Three copies in one building are lost with it; the other tiers keep some elsewhere.
_ELSEWHERE: Final = (
    *(f"{tier}_{kind}" for tier in ("Standard", "Premium", "StandardV2") for kind in ("ZRS", "GRS", "GZRS")),
    "Standard_RAGRS",
    "Standard_RAGZRS",
)


def applies(_account: View, context: Context) -> bool:
    """Where the profile wants it; raw flow logs may be lost: traffic analytics keeps what is read of them."""
    raw = leading_to(context.stack, context.resource, FLOW_LOG, "storageId")
    return context.profile.parameters.redundant_storage and not raw


def check(account: View, _context: Context) -> Judged:
    """The tier keeps copies in more than one data centre."""
    yield from account.must_be_one_of("sku.name", _ELSEWHERE)


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st"

RULE = Rule(
    id="ST-008",
    title="Storage outlives the loss of a data centre",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(STORAGE_ACCOUNT,),
    controls=("itsg33/CP-6", "itsg33/CP-9", "mcsb/BR-1", "gdpr/32(1)(c)", "gc-guardrails/13", "popa/10"),
    equivalents={
        "checkov": ("CKV_AZURE_206",),
        "psrule": ("Azure.Storage.UseReplication",),
        "azure_policy": ("bf045164-79ba-4215-8f95-f8048dc1780b",),
        "trivy": ("AZU-0058",),
    },
    scope=Scope.STACK,
    parameters=("redundant_storage",),
    why="Training data and models that lie in one building are lost with it; nobody makes them twice.",
    fix="Choose a tier with copies elsewhere: Standard_ZRS, or Standard_GRS where the region has no zones (settings: "
    "storage.replication).",
    link="https://learn.microsoft.com/azure/storage/common/storage-redundancy",
    properties=(Property("sku.name", ABSENT, Verdict.FAIL, "StorageAccount, Microsoft.Storage 2024-01-01: required"),),
    applies=applies,
    check=check,
    good=(
        Example({"sku": {"name": "Standard_ZRS"}}, options={"id": _ID}),
        Example({"sku": {"name": "standard_ragzrs"}}, options={"id": _ID}),
        Example({"sku": {"name": "Standard_LRS"}}, options={"id": _ID}, environment="dev"),
        Example(
            {"sku": {"name": "Standard_LRS"}},
            options={"id": _ID},
            others=(Resource(type=FLOW_LOG, name="log", properties={"storageId": _ID}),),
            title="raw flow logs",
        ),
    ),
    bad=(
        Example({"sku": {"name": "Standard_LRS"}}, options={"id": _ID}),
        Example({"sku": {"name": "Premium_LRS"}}, options={"id": _ID}),
    ),
    breaks=(Break("sku.name", "Standard_LRS", where=lambda account: account["sku"]["name"].lower() != "standard_lrs"),),
)
