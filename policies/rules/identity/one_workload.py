"""IAM-011: an identity belongs to one workload."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policies.references import users_of
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import adding
from policies.types import (
    CLUSTER,
    CONTAINER_APP,
    CONTAINER_JOB,
    DIAGNOSTIC_SETTING,
    FEDERATED_CREDENTIAL,
    IDENTITY,
    LOCK,
    ML_COMPUTE,
    ML_ENDPOINT,
    ROLE_ASSIGNMENT,
    TEMPLATE_DEPLOYMENT,
    WEB_APP,
    WEB_APP_SLOT,
)
from policies.view import Fault, Judged, View

# Each of these runs code of its own, so that two of them are two workloads; a service has its parts under one identity.
_RUNNING: Final = frozenset({WEB_APP, CONTAINER_APP, CONTAINER_JOB, CLUSTER})
# What is allowed, watched or deployed for the identity does not run as it; a slot is a part of its app.
_NO_USERS: Final = frozenset({ROLE_ASSIGNMENT, DIAGNOSTIC_SETTING, LOCK, WEB_APP_SLOT, TEMPLATE_DEPLOYMENT})


def check(_view: View, context: Context) -> Judged:
    """Either federation trusts it, or one service of Azure, or one app, job or cluster runs as it."""
    workloads = sorted(set(_workloads(context.stack, context.resource)))
    if len(workloads) > 1:
        yield Fault("", f"is shared by {' and '.join(workloads)}; each then holds the roles that the other needs")


def _workloads(stack: Stack, identity: Resource) -> Iterator[str]:
    for user in users_of(stack, identity):
        if user.type == FEDERATED_CREDENTIAL:
            yield "whom its credentials trust"  # whether those are one party, IAM-006 judges
        elif user.type in _RUNNING:
            yield f"{user.type.rpartition(':')[2]} {user.name}"
        elif user.type.startswith("azure-native:") and user.type not in _NO_USERS:
            yield user.type.split(":")[1]


def _second(stack: Stack, identity: Resource) -> Stack | None:
    if identity.id is None or not any(_workloads(stack, identity)):
        return None
    return adding(stack, _user(WEB_APP, "second", identity.id))


def _user(type_: str, name: str, arm_id: str) -> Resource:
    properties: dict[str, Any] = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [arm_id]}}
    return Resource(type=type_, name=name, properties=properties)


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
_OPTIONS: Final = {"id": _ID, "urn": "urn:id"}
_TRUST: Final = Resource(type=FEDERATED_CREDENTIAL, name="fic", dependencies={"resourceName": ("urn:id",)})
_APP: Final = _user(WEB_APP, "app", _ID)

RULE = Rule(
    id="IAM-011",
    title="An identity belongs to one workload",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(IDENTITY,),
    scope=Scope.STACK,
    controls=("itsg33/AC-6", "itsg33/AC-5", "mcsb/IM-3", "hipaa/164.312(a)(1)", "gdpr/32(1)(b)", "hia/60"),
    why="Two workloads with one identity hold each other's roles, and no log tells which of them read something.",
    fix="Make an identity for each workload, with the roles that this one needs.",
    link="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations",
    check=check,
    good=(
        Example({}, options=_OPTIONS, others=(_APP, _user(WEB_APP_SLOT, "slot", _ID))),
        Example({}, options=_OPTIONS, others=(_TRUST,)),
        Example({}, options=_OPTIONS, others=(_user(ML_COMPUTE, "a", _ID), _user(ML_ENDPOINT, "b", _ID))),
        Example({}, options=_OPTIONS, title="nobody's"),
    ),
    bad=(
        Example({}, options=_OPTIONS, others=(_APP, _user(WEB_APP, "other", _ID))),
        Example({}, options=_OPTIONS, others=(_APP, _user(CLUSTER, "aks", _ID.upper()))),
        Example({}, options=_OPTIONS, others=(_APP, _TRUST), title="a pipeline acts as the app"),
        Example({}, options=_OPTIONS, others=(_user(ML_COMPUTE, "a", _ID), _user(CONTAINER_JOB, "b", _ID))),
    ),
    breaks=(StackBreak("another app runs as it", _second),),
)
