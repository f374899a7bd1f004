"""GOV-007: what can't be made again can't be deleted in the portal either."""

from __future__ import annotations

from typing import Any, Final

from policies.references import leading_to, named
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity
from policies.rules._faults import without
from policies.types import BACKUP_VAULT, LOCK, RESOURCE_GROUP, STORAGE_ACCOUNT
from policies.values import UnjudgeableError
from policies.view import Fault, Judged, View

_LEVELS: Final = ("cannotdelete", "readonly")
_GROUP: Final = "resourceGroupName"

# Of storage only lakes: they hold the data, and no release deletes anything beside them. A lock on the group of Azure
# ML or of the cluster would stop idle nodes from going away (components/governance/locks.py).


def applies(view: View, context: Context) -> bool:
    """Lakes and the vault of backups, where the profile protects state."""
    is_store = context.resource.type == BACKUP_VAULT or bool(view.flag("isHnsEnabled", absent=False))
    return context.profile.parameters.protected_state and is_store


def check(_view: View, context: Context) -> Judged:
    """A lock stands on it or on its group."""
    if not _locks(context.stack, context.resource):
        yield Fault("", "has no lock (CanNotDelete), and neither has its group")


def _locks(stack: Stack, resource: Resource) -> list[Resource]:
    groups = named(stack, resource, _GROUP, RESOURCE_GROUP, _GROUP)
    found = [
        lock
        for held in (resource, *groups)
        for lock in leading_to(stack, held, LOCK, "scope")
        if lock.view().word("level", absent="") in _LEVELS
    ]
    if not found and not groups:
        raise UnjudgeableError(_GROUP, "is a group that stands elsewhere, where its locks do")
    return found


_ID: Final = "/subscriptions/s/resourceGroups/rg-data"
_DATA: Final = Resource(type=RESOURCE_GROUP, name="data", properties={_GROUP: "rg-data"}, id=_ID, urn="urn:group")


def _lock(scope: str = _ID, level: str = "CanNotDelete") -> Resource:
    return Resource(type=LOCK, name="lock", properties={"scope": scope, "level": level})


def _lake(*locks: Resource, type_: str = STORAGE_ACCOUNT, **options: Any) -> Example:
    properties = {_GROUP: "rg-data", "isHnsEnabled": True} if type_ == STORAGE_ACCOUNT else {_GROUP: "rg-data"}
    return Example(properties, type=type_, options={"id": f"{_ID}/providers/p/t/n"}, others=(_DATA, *locks), **options)


RULE = Rule(
    id="GOV-007",
    title="What can't be made again can't be deleted in the portal either",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(STORAGE_ACCOUNT, BACKUP_VAULT),
    applies=applies,
    scope=Scope.STACK,
    controls=("itsg33/CP-9", "itsg33/CM-5", "hipaa/164.312(c)(1)", "gdpr/32(1)(c)", "popa/10", "hia/60"),
    parameters=("protected_state",),
    why="protect stops Pulumi only: an owner in the portal, or a script with the wrong group, deletes the lake.",
    fix="Put a ManagementLockByScope with level CanNotDelete on the resource group (settings: "
    "governance.locked_groups).",
    link="https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
    check=check,
    good=(
        _lake(_lock()),
        _lake(_lock(f"{_ID}/providers/p/t/n"), type_=BACKUP_VAULT),
        _lake(_lock(level="readonly"), environment="dr"),
        _lake(environment="dev", title="dev is made again"),
        Example({_GROUP: "rg-data"}, title="no lake"),
    ),
    bad=(
        _lake(),
        _lake(_lock("/subscriptions/s/resourceGroups/rg-other")),
        _lake(_lock(level="NotSpecified"), type_=BACKUP_VAULT),
    ),
    breaks=(without("no lock", _locks),),
)
