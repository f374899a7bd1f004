"""IAM-014: the identity that a service account names trusts that service account."""

from __future__ import annotations

from typing import Any, Final

from policies.references import dependencies
from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
from policies.rules._faults import having_properties, without
from policies.rules.identity._trusts import credential_for, credentials_of
from policies.types import IDENTITY, SERVICE_ACCOUNT
from policies.view import Fault, Judged, View

# learn.microsoft.com/azure/aks/workload-identity-overview#service-account-labels-and-annotations (not re-read).
_CLIENT: Final = "metadata.annotations[azure.workload.identity/client-id]"


def applies(account: View, context: Context) -> bool:
    """To accounts that name an identity of the stack."""
    return account.has(_CLIENT) and bool(_identities(context.stack, context.resource))


def check(account: View, context: Context) -> Judged:
    """One of the identity's credentials has the account as its subject."""
    metadata = account.below("metadata")
    subject = f"system:serviceaccount:{metadata.text('namespace', absent='default')}:{metadata.text('name', absent='')}"
    for identity in _identities(context.stack, context.resource):
        trusted = [one.view().text("subject", absent="") for one in credentials_of(context.stack, identity)]
        if subject not in trusted:
            yield Fault(_CLIENT, f"names {identity.name}, of which no credential trusts {subject}")


def _identities(stack: Stack, account: Resource) -> list[Resource]:
    # A client id is Azure's answer: only the dependency leads to the identity.
    return [one for one in dependencies(stack, account, _CLIENT) if one.type == IDENTITY]


def _credentials(stack: Stack, account: Resource) -> list[Resource]:
    return [one for identity in _identities(stack, account) for one in credentials_of(stack, identity)]


def _other_namespace(stack: Stack, account: Resource) -> Stack | None:
    those = _credentials(stack, account)
    for one in those:
        stack = having_properties(stack, one, subject="system:serviceaccount:elsewhere:serving")
    return stack if those else None


_IDENTITY: Final = Resource(type=IDENTITY, name="id", urn="urn:id", properties={"resourceName": "id"})
_OPTIONS: Final = {"dependencies": {"metadata": ("urn:id",)}}
_ACCOUNT: Final[dict[str, Any]] = {
    "metadata": {
        "name": "serving",
        "namespace": "ml-serving",
        "annotations": {"azure.workload.identity/client-id": "00000000-0000-0000-0000-0000000000c1"},
    }
}
_TRUST: Final = credential_for("system:serviceaccount:ml-serving:serving")

RULE = Rule(
    id="IAM-014",
    title="The identity that a service account names trusts that account",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(SERVICE_ACCOUNT,),
    scope=Scope.STACK,
    controls=("itsg33/IA-5", "itsg33/AC-6", "mcsb/IM-3", "cis-aks/5.2.1", "gdpr/32(1)(b)"),
    why="Its pods get no token, and the quick repair is a secret in a variable; another account gets what was theirs.",
    fix="Give the identity a federated credential with system:serviceaccount:<namespace>:<name> of this account.",
    link="https://learn.microsoft.com/azure/aks/workload-identity-overview",
    applies=applies,
    check=check,
    good=(
        Example(_ACCOUNT, options=_OPTIONS, others=(_IDENTITY, _TRUST)),
        Example({"metadata": {"name": "serving"}}, title="an account without an identity"),
    ),
    bad=(
        Example(_ACCOUNT, options=_OPTIONS, others=(_IDENTITY,)),
        Example(
            _ACCOUNT,
            options=_OPTIONS,
            others=(_IDENTITY, credential_for("system:serviceaccount:ml-serving:training")),
            title="another account",
        ),
        Example(
            _ACCOUNT,
            options=_OPTIONS,
            others=(_IDENTITY, credential_for("system:serviceaccount:ml-serving:serving", "other")),
            title="of another identity",
        ),
    ),
    breaks=(
        without("the credentials of its identity are taken away", _credentials),
        StackBreak("its identity trusts another namespace", _other_namespace),
    ),
)
