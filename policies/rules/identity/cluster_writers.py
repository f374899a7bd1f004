"""IAM-015: rights to write in a cluster end at a namespace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.rules._role_assignments import role_definition, role_id
from policies.rules._roles import NAMES, guid
from policies.types import ROLE_ASSIGNMENT, ROLE_ELIGIBILITY
from policies.view import Fault, Judged, View

# learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers: both read secrets and run pods as any
# service account where they hold. Cluster Admin is for a whole cluster by its name; IAM-005 judges who has it for good.
_WRITING: Final = frozenset({"Azure Kubernetes Service RBAC Writer", "Azure Kubernetes Service RBAC Admin"})


def check(assignment: View, context: Context) -> Judged:
    """The scope of such a role is `<cluster>/namespaces/<name>`."""
    name = NAMES.get(role_id(assignment, context.stack, context.resource))
    if name in _WRITING and "/namespaces/" not in assignment.word("scope"):
        yield Fault("scope", f"is every namespace, for {name}: pods may then run as any controller of the platform")


def _writes(found: Mapping[str, Any]) -> bool:
    return NAMES.get(guid(str(found["roleDefinitionId"]))) in _WRITING


def _at_cluster(found: Mapping[str, Any]) -> bool:
    return str(found["scope"]).lower().rstrip("/").rpartition("/")[0].endswith("/managedclusters")


_CLUSTER: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks"
_SOURCE: Final = "RoleAssignment, Microsoft.Authorization 2022-04-01: Azure refuses an assignment without it"


def _assignment(name: str, scope: str = _CLUSTER) -> dict[str, Any]:
    return {"roleDefinitionId": role_definition(f"Azure Kubernetes Service RBAC {name}"), "scope": scope}


RULE = Rule(
    id="IAM-015",
    title="Rights to write in a cluster end at a namespace",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(ROLE_ASSIGNMENT, ROLE_ELIGIBILITY),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "mcsb/PA-7",
        "cis-aks/4.1.2",
        "cis-aks/4.1.4",
        "hipaa/164.312(a)(1)",
        "gdpr/32(4)",
        "hia/60",
    ),
    why="Whoever writes pods in every namespace takes the account of a controller, and so the whole cluster.",
    fix="Give the role at <cluster id>/namespaces/<name>, once for each namespace that the group works in.",
    link="https://learn.microsoft.com/azure/aks/manage-azure-rbac",
    properties=(
        Property("roleDefinitionId", ABSENT, Verdict.PASS, _SOURCE),
        Property("scope", ABSENT, Verdict.FAIL, _SOURCE),
    ),
    check=check,
    good=(
        Example(_assignment("Writer", f"{_CLUSTER}/namespaces/vision")),
        Example(_assignment("Reader")),
        Example(_assignment("Cluster Admin"), title="for a whole cluster by its name"),
    ),
    bad=(
        Example(_assignment("Writer")),
        Example(_assignment("Admin", _CLUSTER.upper())),
        Example(_assignment("Writer", "/subscriptions/s/resourceGroups/rg")),
        Example(_assignment("Admin"), type=ROLE_ELIGIBILITY),
    ),
    breaks=(
        Break("scope", _CLUSTER, where=_writes),
        Break("roleDefinitionId", role_definition("Azure Kubernetes Service RBAC Writer"), where=_at_cluster),
    ),
)
