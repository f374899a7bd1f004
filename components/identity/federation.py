"""Federation: whose tokens an identity trusts instead of a secret.

Owns the exact subjects of Kubernetes service accounts and of GitHub environments. Does not own the credentials as
resources (`components.identity.identity`).

Sources (read 2026-11-25): learn.microsoft.com entra/workload-id/workload-identities-github-immutable-subjects;
github/docs#45221 (repositories made or renamed since 2026-07-15 send immutable subjects).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input

GITHUB_ISSUER = "https://token.actions.githubusercontent.com"
AUDIENCE = "api://AzureADTokenExchange"
# Of a credential's name (azure-rest-api-specs, managedidentity: 3 to 120 letters, digits, hyphens, underscores).
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Trust:
    """One subject of one issuer; `name` is the credential's, unique within the identity, as Azure takes it."""

    name: str
    issuer: Input[str]
    subject: str


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A GitHub repository. The ids are numbers that GitHub never gives to another owner or repository."""

    owner: str
    owner_id: int | None
    name: str
    id: int | None


def service_account(issuer: Input[str], namespace: str, account: str) -> Trust:
    """One service account of a cluster: no wildcard, so no other pod can be this identity."""
    name = f"{namespace}-{account}"[:LONGEST_NAME]
    return Trust(name=name, issuer=issuer, subject=f"system:serviceaccount:{namespace}:{account}")


def github_environment(repository: Repository, environment: str) -> tuple[Trust, ...]:
    """A job in one GitHub environment, in both forms of its subject.

    Which form a token has, GitHub decides by the repository's age and settings: with one form only, a rename of the
    repository stops every deployment. The form with ids can't be taken over by a new repository of the same name.
    """
    # The name of an environment may hold dots, the name of a credential none.
    credential = f"github-{environment.replace('.', '-')}"
    trusts = [
        Trust(
            name=credential,
            issuer=GITHUB_ISSUER,
            subject=f"repo:{repository.owner}/{repository.name}:environment:{environment}",
        )
    ]
    if repository.owner_id is not None and repository.id is not None:
        owner, name = f"{repository.owner}@{repository.owner_id}", f"{repository.name}@{repository.id}"
        trusts.append(
            Trust(
                name=f"{credential}-immutable",
                issuer=GITHUB_ISSUER,
                subject=f"repo:{owner}/{name}:environment:{environment}",
            )
        )
    return tuple(trusts)
