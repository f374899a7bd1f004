"""AKS-006: few named groups are administrators of a cluster, and no people."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.types import CLUSTER
from policies.view import Doubt, Fault, Judged, View, guarded

_GROUPS: Final = "aadProfile.adminGroupObjectIDs"
_MOST: Final = 2


def check(cluster: View, context: Context) -> Judged:
    """At most two groups, each one that may be; and one at least where no role assignment could make administrators."""
    groups = list(cluster.each(_GROUPS))
    if len(groups) > _MOST:
        yield Fault(_GROUPS, f"names {len(groups)} groups; there must be at most {_MOST}")
    for group in groups:
        yield from guarded(_named(group, context.profile.parameters.cluster_administrators))
    if not groups and not cluster.flag("aadProfile.enableAzureRBAC"):
        yield Fault(_GROUPS, "must be set, else nobody is administrator: local accounts are off and Azure RBAC too")


def _named(group: View, allowed: tuple[str, ...]) -> Judged:
    own = group.word("", absent="")
    try:
        UUID(own)
    except ValueError:
        yield Doubt(group.path, "is no object id of Entra ID")
        return
    if allowed and own not in {one.lower() for one in allowed}:
        yield Fault(group.path, "is not among the profile's cluster_administrators")


_ONE: Final = "00000000-0000-0000-0000-0000000000b1"
_OTHER: Final = "00000000-0000-0000-0000-0000000000b2"
_THIRD: Final = "00000000-0000-0000-0000-0000000000b3"


def _cluster(*groups: str, azure_rbac: bool = True) -> dict[str, Any]:
    return {"aadProfile": {"enableAzureRBAC": azure_rbac, "adminGroupObjectIDs": list(groups)}}


RULE = Rule(
    id="AKS-006",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    controls=(
        "itsg33/AC-2(7)",
        "itsg33/AC-6(5)",
        "mcsb/PA-1",
        "cis-aks/4.1.1",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/2",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("36a27de4-199b-40fb-b336-945a8475d6c5",)},
    title="At most two known groups are administrators of a cluster",
    types=(CLUSTER,),
    parameters=("cluster_administrators",),
    why=(
        "These groups may do everything in the cluster whatever Azure RBAC says: each further one is a way around the "
        "access reviews. They are for emergencies."
    ),
    fix="Leave one or two groups for emergencies in aadProfile.adminGroupObjectIDs; give others roles of Azure RBAC.",
    link="https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id",
    properties=(
        Property(
            _GROUPS,
            default=ABSENT,
            absent=Verdict.FAIL,  # where Azure RBAC is off, which makes administrators else
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: no group unless named (not re-read)",
        ),
        Property(
            "aadProfile.enableAzureRBAC",
            default=False,
            absent=Verdict.FAIL,
            source="ManagedCluster, Microsoft.ContainerService 2025-09-01: off unless it is true (not re-read)",
        ),
    ),
    check=check,
    good=(
        Example(_cluster(_ONE)),
        Example(_cluster(_ONE, _OTHER.upper()), parameters={"cluster_administrators": (_ONE, _OTHER)}),
        Example(_cluster(), title="administrators come by role assignments"),
        Example(_cluster(_ONE, azure_rbac=False), title="Azure RBAC is another rule's"),
    ),
    bad=(
        Example(_cluster(_ONE, _OTHER, _THIRD)),
        Example(_cluster(_ONE, _OTHER), parameters={"cluster_administrators": (_ONE,)}),
        Example(_cluster(azure_rbac=False), title="nobody is administrator"),
    ),
    breaks=(
        Break(_GROUPS, [_ONE, _OTHER, _THIRD]),
        changing(
            "nobody is administrator",
            (_GROUPS, ABSENT),
            ("aadProfile.enableAzureRBAC", False),
            companions=("AKS-005",),
        ),
    ),
)
