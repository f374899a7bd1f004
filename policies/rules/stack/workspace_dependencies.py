"""STK-004: what an ML workspace stands on is in this stack, closed, and reached in the groups that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.references import behind
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
from policies.rules._faults import having_properties, without
from policies.rules.stack._private_links import endpoints_of, groups_of
from policies.types import (
    APPLICATION_INSIGHTS,
    ML_WORKSPACE,
    PRIVATE_ENDPOINT,
    REGISTRY,
    STORAGE_ACCOUNT,
    VAULT,
)
from policies.values import joined
from policies.view import Fault, Judged, View, guarded

# That each of them is closed is judged by its own rules (ST-004, KV-003, ACR-003, MON-003).
_NEEDS: Final[Mapping[str, str]] = {
    "storageAccount": STORAGE_ACCOUNT,
    "keyVault": VAULT,
    "containerRegistry": REGISTRY,
    "applicationInsights": APPLICATION_INSIGHTS,
}
# learn.microsoft.com/azure/machine-learning/how-to-secure-workspace-vnet: notebooks lie in file shares.
_GROUPS: Final = ("blob", "file")


def applies(view: View, _context: Context) -> bool:
    """Not to projects: they stand on what their hub names."""
    return view.word("kind", absent="Default") != "project"


def check(workspace: View, context: Context) -> Judged:
    """Each dependency is named and is a resource of this stack; the storage has both endpoints and flat names."""
    for path, type_ in _NEEDS.items():
        yield from guarded(_named(workspace, context, path, type_))
    for account in behind(context.stack, context.resource, "storageAccount"):
        if account.type != STORAGE_ACCOUNT:
            continue
        if account.view().flag("isHnsEnabled", absent=False):
            yield Fault("storageAccount", "has hierarchical names, which a workspace's own account may not have")
        served = {group.lower() for one in endpoints_of(context.stack, account) for group in groups_of(one)}
        for group in _GROUPS:
            if group not in served:
                yield Fault("storageAccount", f"has no private endpoint in group {group}, which the workspace needs")


def _named(workspace: View, context: Context, path: str, type_: str) -> Judged:
    if not workspace.has(path):
        made = ": Azure makes an open one at the first build" if type_ == REGISTRY else ""
        yield Fault(joined(workspace.path, path), f"must be set{made}")
    elif not any(one.type == type_ for one in behind(context.stack, context.resource, path)):
        yield Fault(joined(workspace.path, path), "is outside of this stack, where nobody judges whether it is closed")


def _account(stack: Stack, workspace: Resource) -> Resource | None:
    found = behind(stack, workspace, "storageAccount")
    return found[0] if found else None


def _account_endpoints(stack: Stack, workspace: Resource) -> tuple[Resource, ...]:
    account = _account(stack, workspace)
    return endpoints_of(stack, account) if account is not None else ()


def _hierarchical(stack: Stack, workspace: Resource) -> Stack | None:
    account = _account(stack, workspace)
    return None if account is None else having_properties(stack, account, isHnsEnabled=True)


_PREFIX: Final = "/subscriptions/s/resourceGroups/rg/providers/"
_IDS: Final = {
    "storageAccount": f"{_PREFIX}Microsoft.Storage/storageAccounts/st",
    "keyVault": f"{_PREFIX}Microsoft.KeyVault/vaults/kv",
    "containerRegistry": f"{_PREFIX}Microsoft.ContainerRegistry/registries/cr",
    "applicationInsights": f"{_PREFIX}Microsoft.Insights/components/appi",
}


def _around(*groups: str, **account: Any) -> tuple[Resource, ...]:
    those = (
        Resource(type=_NEEDS[path], name=path, id=arm_id, properties=account if path == "storageAccount" else {})
        for path, arm_id in _IDS.items()
    )
    connections = ([{"privateLinkServiceId": _IDS["storageAccount"], "groupIds": [group]}] for group in groups)
    endpoints = (
        Resource(type=PRIVATE_ENDPOINT, name=str(number), properties={"privateLinkServiceConnections": each})
        for number, each in enumerate(connections)
    )
    return (*those, *endpoints)


RULE = Rule(
    id="STK-004",
    title="What an ML workspace stands on is in its stack and reached privately",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(ML_WORKSPACE,),
    scope=Scope.STACK,
    controls=(
        "itsg33/SC-7",
        "itsg33/SA-9",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    why="Training data, models and secrets lie in the workspace's account, vault and registry, not in the workspace.",
    fix="Name an account, vault, registry and Application Insights of this stack; give the account both endpoints.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-secure-workspace-vnet",
    properties=tuple(
        Property(
            path,
            ABSENT,
            Verdict.FAIL,
            "Workspace, Microsoft.MachineLearningServices 2024-10-01: none, or one that Azure makes",
        )
        for path in _NEEDS
    ),
    applies=applies,
    check=check,
    good=(
        Example(_IDS, others=_around("blob", "file")),
        Example({"kind": "Project"}, title="a project stands on its hub's"),
    ),
    bad=(
        Example(_IDS, others=_around("blob")),
        Example(_IDS, others=_around("blob", "file", isHnsEnabled=True)),
        Example({**_IDS, "keyVault": f"{_PREFIX}Microsoft.KeyVault/vaults/other"}, others=_around("blob", "file")),
        Example(
            {key: each for key, each in _IDS.items() if key != "containerRegistry"}, others=_around("blob", "file")
        ),
    ),
    breaks=(
        *(Break(path, ABSENT) for path in _NEEDS),
        *(Break(path, f"{_PREFIX}Microsoft.Example/others/other") for path in _NEEDS),
        without("the private endpoints of its account are taken away", _account_endpoints),
        StackBreak("its account has hierarchical names", _hierarchical),
    ),
)
