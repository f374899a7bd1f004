"""IAM-006: an identity is trusted with one party, of the stack's own environment."""

from __future__ import annotations

from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import having_properties
from policies.rules.identity._trusts import SUFFIXES, all_trusted, credential_for, credentials_of, with_credential
from policies.types import IDENTITY
from policies.view import Fault, Judged, View


def check(_view: View, context: Context) -> Judged:
    """Its credentials name one environment or one namespace; an environment is that of the stack."""
    found = all_trusted(context.stack, context.resource)
    if len(found) > 1:
        names = ", ".join(sorted(f"{one.kind} {one.name}" for one in found))
        yield Fault("", f"trusts more than one party ({names}); each then holds the roles that the other needs")
    own = {f"{context.profile.environment}{suffix}" for suffix in SUFFIXES}
    for one in sorted(found, key=lambda each: each.name):
        if one.kind == "environment" and one.name not in own:
            yield Fault("", f"trusts environment {one.name}, which is not of {context.profile.environment}")


def _other_environment(stack: Stack, identity: Resource) -> Stack | None:
    own = credentials_of(stack, identity)
    for one in own:
        stack = having_properties(stack, one, subject="repo:gov-example/ml-platform:environment:elsewhere")
    return stack if own else None


def _second_namespace(stack: Stack, identity: Resource) -> Stack | None:
    if not credentials_of(stack, identity):
        return None
    return with_credential(stack, identity, "system:serviceaccount:elsewhere:other")


_ID: Final = {"resourceName": "id"}
_REPOSITORY: Final = "repo:gov-example/ml-platform:environment:"

RULE = Rule(
    id="IAM-006",
    title="An identity is trusted with one party of its own environment",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    types=(IDENTITY,),
    scope=Scope.STACK,
    controls=(
        "itsg33/AC-6",
        "itsg33/AC-5",
        "itsg33/IA-5",
        "mcsb/IM-3",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="Who is trusted with an identity holds all its roles: a pipeline of dev that shares it acts in prod.",
    fix="Make one identity for each environment of the repository and each namespace, with the roles of that one.",
    link="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
    check=check,
    good=(
        Example(_ID, others=(credential_for(f"{_REPOSITORY}prod"), credential_for("repo:o@1/r@2:environment:prod"))),
        Example(_ID, others=(credential_for(f"{_REPOSITORY}prod-plan"),)),
        Example(_ID, others=(credential_for("system:serviceaccount:a:x"), credential_for("system:serviceaccount:a:y"))),
        Example(_ID, others=(credential_for(f"{_REPOSITORY}dev", "another"),), title="of another identity"),
    ),
    bad=(
        Example(_ID, others=(credential_for(f"{_REPOSITORY}prod"), credential_for(f"{_REPOSITORY}prod-plan"))),
        Example(_ID, others=(credential_for("system:serviceaccount:a:x"), credential_for("system:serviceaccount:b:x"))),
        Example(_ID, others=(credential_for(f"{_REPOSITORY}prod"), credential_for("system:serviceaccount:b:x"))),
        Example(_ID, others=(credential_for(f"{_REPOSITORY}dev"),), title="another environment"),
        Example(_ID, others=(credential_for(f"{_REPOSITORY}production"),), title="a name that starts alike"),
    ),
    breaks=(
        StackBreak("its credentials name another environment", _other_environment, companions=("IAM-007",)),
        StackBreak("a namespace more is trusted", _second_namespace, companions=("IAM-010",)),
    ),
)
