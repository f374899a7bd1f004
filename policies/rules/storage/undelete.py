"""ST-010: deleted and overwritten blobs can be restored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from policies.references import leading_to
from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.types import BLOB_SERVICE, FLOW_LOG, STORAGE_ACCOUNT
from policies.view import Fault, Judged, View, guarded


def check(service: View, context: Context) -> Judged:
    """Deleted blobs and containers can be restored; overwritten ones as well, where the account can keep versions."""
    if context.resource.type == STORAGE_ACCOUNT:
        name = service.word("accountName", absent="")
        if not any(one.view().word("accountName", absent="") == name for one in context.stack.of(BLOB_SERVICE)):
            yield Fault("", "has no settings of its blob service, and Azure's own restore nothing")
        return
    fewest = context.profile.parameters.undelete_days
    for policy in ("deleteRetentionPolicy", "containerDeleteRetentionPolicy"):
        yield from service.must_be(f"{policy}.enabled", True)
        yield from guarded(_days(service, policy, fewest))
    yield from service.must_be("deleteRetentionPolicy.allowPermanentDelete", False)
    if not _is_hierarchical(service, context):
        yield from service.must_be("isVersioningEnabled", True)


def _days(service: View, policy: str, fewest: int) -> Judged:
    if service.flag(f"{policy}.enabled"):
        yield from service.must_be_between(f"{policy}.days", fewest, None)


def _is_hierarchical(service: View, context: Context) -> bool:
    # Azure refuses versions in an account with a hierarchical namespace.
    name = service.word("accountName", absent="")
    accounts = (one.view() for one in context.stack.of(STORAGE_ACCOUNT))
    return any(
        one.word("accountName", absent="") == name and one.flag("isHnsEnabled", absent=False) for one in accounts
    )


def applies(service: View, context: Context) -> bool:
    """For every account with blobs but that of raw flow logs, which nobody changes."""
    if service.word("kind", absent="") == "filestorage":
        return False
    name = service.word("accountName", absent="")
    for account in context.stack.of(STORAGE_ACCOUNT):
        if account.view().word("accountName", absent="") == name:
            return not leading_to(context.stack, account, FLOW_LOG, "storageId")
    return True


def _without_service(stack: Stack, account: Resource) -> Stack | None:
    if account.type != STORAGE_ACCOUNT:
        return None
    return replace(stack, resources=tuple(one for one in stack.resources if one.type != BLOB_SERVICE))


def _service(days: int = 30, *, versions: bool = True, **changes: Any) -> dict[str, Any]:
    policy = {"enabled": True, "days": days}
    kept = {"deleteRetentionPolicy": {**policy, "allowPermanentDelete": False}, "isVersioningEnabled": versions}
    return {"accountName": "st", **kept, "containerDeleteRetentionPolicy": policy, **changes}


_LAKE: Final = Resource(type=STORAGE_ACCOUNT, name="st", properties={"accountName": "st", "isHnsEnabled": True})
_OFF: Final = {"enabled": False}

RULE = Rule(
    id="ST-010",
    title="Deleted and overwritten blobs can be restored",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(
        BLOB_SERVICE,
        STORAGE_ACCOUNT,
    ),
    controls=(
        "itsg33/CP-6",
        "itsg33/CP-9",
        "mcsb/BR-1",
        "cis-azure/4.10",
        "gdpr/32(1)(c)",
        "gc-guardrails/13",
        "popa/10",
    ),
    equivalents={"psrule": ("Azure.Storage.SoftDelete", "Azure.Storage.ContainerSoftDelete"), "trivy": ("AZU-0056",)},
    scope=Scope.STACK,
    parameters=("undelete_days",),
    why="A wrong command or ransomware removes or overwrites data in minutes; copies elsewhere repeat the deletion.",
    fix="Enable deleteRetentionPolicy and containerDeleteRetentionPolicy, and versions unless the namespace is "
    "hierarchical (settings: storage.soft_delete_days).",
    link="https://learn.microsoft.com/azure/storage/blobs/data-protection-overview",
    properties=(
        Property(
            "deleteRetentionPolicy.enabled",
            False,
            Verdict.FAIL,
            "BlobServiceProperties, Microsoft.Storage 2024-01-01: off unless it is true",
            of=(BLOB_SERVICE,),
        ),
        Property(
            "deleteRetentionPolicy.days",
            ABSENT,
            Verdict.FAIL,
            "BlobServiceProperties, Microsoft.Storage 2024-01-01: required where it is on",
            of=(BLOB_SERVICE,),
        ),
        Property(
            "deleteRetentionPolicy.allowPermanentDelete",
            False,
            Verdict.PASS,
            "BlobServiceProperties, Microsoft.Storage 2024-01-01: false unless it is set",
            of=(BLOB_SERVICE,),
        ),
        Property(
            "containerDeleteRetentionPolicy.enabled",
            False,
            Verdict.FAIL,
            "BlobServiceProperties, Microsoft.Storage 2024-01-01: off unless it is true",
            of=(BLOB_SERVICE,),
        ),
        Property(
            "containerDeleteRetentionPolicy.days",
            ABSENT,
            Verdict.FAIL,
            "BlobServiceProperties, Microsoft.Storage 2024-01-01: required where it is on",
            of=(BLOB_SERVICE,),
        ),
        Property(
            "isVersioningEnabled",
            False,
            Verdict.FAIL,
            "BlobServiceProperties, Microsoft.Storage 2024-01-01: off unless it is true",
            of=(BLOB_SERVICE,),
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_service()),
        Example(_service(7, versions=False), others=(_LAKE,), title="a hierarchical namespace"),
        Example(
            {"accountName": "st"},
            type=STORAGE_ACCOUNT,
            others=(Resource(type=BLOB_SERVICE, name="blobs", properties={"accountName": "ST"}),),
        ),
    ),
    bad=(
        Example(_service(deleteRetentionPolicy=_OFF)),
        Example(_service(containerDeleteRetentionPolicy=_OFF)),
        Example(_service(containerDeleteRetentionPolicy={"enabled": True, "days": 6})),
        Example(_service(deleteRetentionPolicy={"enabled": True, "days": 30, "allowPermanentDelete": True})),
        Example(_service(versions=False)),
        Example({"accountName": "st"}, type=STORAGE_ACCOUNT),
    ),
    breaks=(
        Break("deleteRetentionPolicy.enabled", False, of=(BLOB_SERVICE,)),
        Break("deleteRetentionPolicy.days", 1, of=(BLOB_SERVICE,)),
        Break("deleteRetentionPolicy.allowPermanentDelete", True, of=(BLOB_SERVICE,)),
        Break("containerDeleteRetentionPolicy", ABSENT, of=(BLOB_SERVICE,)),
        Break("containerDeleteRetentionPolicy.enabled", False, of=(BLOB_SERVICE,)),
        Break("containerDeleteRetentionPolicy.days", 1, of=(BLOB_SERVICE,)),
        Break(
            "isVersioningEnabled",
            ABSENT,
            of=(BLOB_SERVICE,),
            where=lambda service: service["isVersioningEnabled"] is True,
        ),
        StackBreak("the settings of its blob service are taken away", _without_service),
    ),
)
