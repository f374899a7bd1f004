"""Whom an identity trusts through its federated credentials: environments of repositories, accounts of namespaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from policies.references import naming
from policies.resource import Resource, Stack
from policies.rules._faults import adding
from policies.types import FEDERATED_CREDENTIAL, IDENTITY

GITHUB: Final = "https://token.actions.githubusercontent.com"
# docs.github.com/actions/reference/security/oidc: a subject may carry the ids of owner and repository, which a later
# owner of the name does not have. Wildcards are no names.
ENVIRONMENT: Final = re.compile(
    r"repo:(?P<owner>[A-Za-z0-9-]+)(@\d+)?/(?P<name>[\w.-]+)(@\d+)?:environment:(?P<environment>[\w.-]+)"
)
# kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin: DNS labels and subdomains.
SERVICE_ACCOUNT: Final = re.compile(r"system:serviceaccount:(?P<namespace>[a-z0-9-]+):(?P<account>[a-z0-9.-]+)")
SUFFIXES: Final = ("", "-plan")
"""Environments of a repository that belong to a stack: its own, and the one that only previews."""


@dataclass(frozen=True)
class Trusted:
    """Who gets tokens of an identity: `kind` is `environment` or `namespace`."""

    kind: str
    name: str


def trusted_by(credential: Resource) -> Trusted | None:
    """Whom a credential trusts; None where it is of another form, which IAM-004 judges. Raises UnjudgeableError."""
    subject = credential.view().text("subject", absent="")
    account = SERVICE_ACCOUNT.fullmatch(subject)
    if account is not None:
        return Trusted("namespace", account["namespace"])
    environment = ENVIRONMENT.fullmatch(subject)
    return None if environment is None else Trusted("environment", environment["environment"].lower())


def credentials_of(stack: Stack, identity: Resource) -> tuple[Resource, ...]:
    """The credentials of an identity. Raises UnjudgeableError where none is its and one can't be followed."""
    return naming(stack, identity, FEDERATED_CREDENTIAL, "resourceName", "resourceName")


def all_trusted(stack: Stack, identity: Resource) -> set[Trusted]:
    """Everybody whom an identity trusts. Raises UnjudgeableError."""
    return {one for each in credentials_of(stack, identity) if (one := trusted_by(each)) is not None}


def credential_for(subject: str, identity: str = "id", name: str = "fic") -> Resource:
    """A credential, for examples."""
    issuer = "https://an-issuer.example/" if subject.startswith("system:") else GITHUB
    properties = {"resourceName": identity, "subject": subject, "issuer": issuer}
    return Resource(type=FEDERATED_CREDENTIAL, name=name, properties=properties)


def with_credential(stack: Stack, identity: Resource, subject: str) -> Stack | None:
    """The stack with one more credential of an identity. For the faults of rules."""
    name = identity.properties.get("resourceName")
    if identity.type != IDENTITY or not isinstance(name, str):
        return None
    return adding(stack, credential_for(subject, name, f"{identity.name}-more"))
