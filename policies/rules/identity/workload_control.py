"""IAM-010: a workload of a cluster uses services and does not change them."""

from __future__ import annotations

from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._role_assignments import assignment_of, changes_resources, custom_role, judged_roles, with_role
from policies.rules._roles import DATA_ROLES
from policies.rules.identity._trusts import all_trusted, credential_for
from policies.types import IDENTITY
from policies.view import Fault, Judged, View

# Built-in roles that change resources end so; those of data planes that do are in DATA_ROLES.
_CHANGING: Final = ("Contributor", "Owner", "Administrator", "Admin", "Operator", "Approver", "Officer")
_KEEPING: Final = frozenset({"Key Vault Administrator", "Key Vault Secrets Officer", "Key Vault Crypto Officer"})


def applies(_view: View, context: Context) -> bool:
    """To identities that service accounts of a cluster are trusted with."""
    return any(one.kind == "namespace" for one in all_trusted(context.stack, context.resource))


def check(_view: View, context: Context) -> Judged:
    """None of its roles changes resources, roles, or what a vault holds."""
    yield from judged_roles(context.stack, context.resource, _changing)


def _changing(stack: Stack, assignment: Resource, name: str) -> Judged:
    named = (name.endswith(_CHANGING) and name not in DATA_ROLES) or name in _KEEPING
    if named or (not name and changes_resources(stack, assignment)):
        shown = name or "a role that changes resources"
        yield Fault("", f"holds {shown} ({assignment.name}): who takes over one pod changes the platform")


def _contributor(stack: Stack, identity: Resource) -> Stack | None:
    return with_role(stack, identity, "Contributor")


_START: Final = "Microsoft.ContainerService/managedClusters/start/action"
_OPTIONS: Final = {"urn": "urn:workload"}
_PROPERTIES: Final = {"resourceName": "id"}
_TRUST: Final = credential_for("system:serviceaccount:ml-serving:serving")


def _held(name: str) -> Resource:
    return assignment_of(name, "urn:workload")


RULE = Rule(
    id="IAM-010",
    title="Workloads of a cluster change no resources",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(IDENTITY,),
    scope=Scope.STACK,
    controls=("itsg33/AC-6", "mcsb/PA-7", "mcsb/IM-3", "hipaa/164.312(a)(1)", "gdpr/32(4)", "popa/10", "hia/60"),
    why="A model server answers strangers; through its identity a hole in it would open networks and switch logs off.",
    fix="Give the workload's identity roles of the data plane only, at the resources that it reads or writes.",
    link="https://learn.microsoft.com/azure/aks/workload-identity-overview",
    applies=applies,
    check=check,
    good=(
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, _held("Storage Blob Data Contributor"))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_held("Contributor"),), title="no workload's"),
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, *custom_role("urn:workload", actions=["*/read"]))),
    ),
    bad=(
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, _held("Contributor"))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, _held("Key Vault Secrets Officer"))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, *custom_role("urn:workload", actions=[_START]))),
        Example(
            _PROPERTIES,
            options=_OPTIONS,
            others=(_TRUST, _held("Storage Blob Data Reader"), _held("Managed Identity Operator")),
        ),
    ),
    breaks=(StackBreak("one of its roles changes resources", _contributor),),
)
