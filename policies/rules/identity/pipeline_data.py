"""IAM-007: pipelines change the platform and read none of its data."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._role_assignments import assignment_of, custom_role, judged_roles, opens_data, with_role
from policies.rules.identity._trusts import all_trusted, credential_for
from policies.types import IDENTITY
from policies.view import Fault, Judged, View


def applies(_view: View, context: Context) -> bool:
    """To identities that environments of a repository are trusted with."""
    return any(one.kind == "environment" for one in all_trusted(context.stack, context.resource))


def check(_view: View, context: Context) -> Judged:
    """None of its roles opens data, secrets or keys."""
    yield from judged_roles(context.stack, context.resource, _opening)


def _opening(stack: Stack, assignment: Resource, name: str) -> Judged:
    if opens_data(stack, assignment, name):
        shown = name or "a role with data actions"
        yield Fault("", f"holds {shown} ({assignment.name}): whoever changes a workflow reads what it opens")


def _data_role(stack: Stack, identity: Resource) -> Stack | None:
    return with_role(stack, identity, "Storage Blob Data Reader")


_BLOBS: Final = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"
_OPTIONS: Final = {"urn": "urn:apply"}
_PROPERTIES: Final = {"resourceName": "id"}
_TRUST: Final = credential_for("repo:gov-example/ml-platform:environment:prod")


def _held(name: str) -> Resource:
    return assignment_of(name, "urn:apply")


RULE = Rule(
    id="IAM-007",
    title="Pipelines read none of the platform's data",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(IDENTITY,),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "itsg33/AC-5",
        "mcsb/PA-7",
        "mcsb/DS-6",
        "hipaa/164.312(a)(1)",
        "gdpr/32(4)",
        "popa/10",
        "hia/60",
    ),
    why="A workflow file, an action or a dependency that turns bad would carry data out of the network.",
    fix="Take the data role away from the pipeline's identity; let a job inside the network do what needs the data.",
    link="https://learn.microsoft.com/azure/role-based-access-control/best-practices",
    applies=applies,
    check=check,
    good=(
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, _held("Contributor"))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, *custom_role("urn:apply", actions=["*/read"]))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_held("Key Vault Secrets User"),), title="no pipeline's"),
    ),
    bad=(
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, _held("Contributor"), _held("Key Vault Secrets User"))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, _held("Storage Blob Data Reader"))),
        Example(_PROPERTIES, options=_OPTIONS, others=(_TRUST, *custom_role("urn:apply", dataActions=[_BLOBS]))),
        Example(
            {**_PROPERTIES, "principalId": "P"},
            options=_OPTIONS,
            others=(_TRUST, replace(_held("Key Vault Secrets User"), dependencies={})),
            title="its id is written down",
        ),
    ),
    breaks=(StackBreak("one of its roles reads blobs", _data_role),),
)
