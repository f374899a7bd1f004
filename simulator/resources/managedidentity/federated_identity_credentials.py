"""Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import key, parents
from simulator.model import Model, Request
from simulator.rule import Fault, rule
from simulator.store import Record

_LIMITS: Final = "learn.microsoft.com entra/workload-id/workload-identity-federation-considerations (2026-11-24)"
_MAX_CREDENTIALS: Final = 20
_MAX_LENGTH: Final = 600


@rule("mi-fic-issuer-missing", kind="static", source="zioproto/istio-aks-example#6", quoted=True)
def says_whom_it_trusts(request: Request) -> Iterator[Fault]:
    """Issuer and subject are there; an AKS cluster without an OIDC issuer answers an empty one."""
    for name in ("issuer", "subject"):
        if request.at(name) == "":
            yield Fault(
                "The request format was unexpected. Federated Identity Credential must specify 'issuer', 'subject' and "
                "'audience'.",
                name,
                "enable the OIDC issuer of the cluster, and pass its URL" if name == "issuer" else None,
            )


@rule(
    "mi-fic-one-audience",
    kind="static",
    code="InvalidFederatedIdentityCredentialsAudienceLength",
    source="Azure/azure-cli#31598",
    quoted=True,
)
def has_one_audience(request: Request) -> Iterator[Fault]:
    """Exactly one audience."""
    audiences = request.known("audiences")
    if isinstance(audiences, list) and len(audiences) != 1:
        message = "Federated identity credentials must have exactly 1 audience."
        yield Fault(message, "audiences", "use api://AzureADTokenExchange")


@rule("mi-fic-issuer-is-https", kind="static", source=_LIMITS)
def issuer_is_https(request: Request) -> Iterator[Fault]:
    """The issuer is an HTTPS address, and neither it nor the subject is longer than 600 characters."""
    issuer = request.known("issuer", "")
    if isinstance(issuer, str) and issuer != "" and not issuer.lower().startswith("https://"):
        yield Fault(f"issuer {issuer} is no HTTPS address", "issuer", "use the issuer's https:// URL, as in its tokens")
    for name in ("issuer", "subject"):
        text = request.known(name, "")
        if isinstance(text, str) and len(text) > _MAX_LENGTH:
            yield Fault(f"{name} has {len(text)} characters", name, f"use at most {_MAX_LENGTH}")


@rule(
    "mi-fic-duplicate-issuer-subject",
    kind="cross-resource",
    source="Azure/bicep-types-az#2054",
    reads=("issuer", "subject"),
    quoted=True,
)
def trusts_a_subject_once(request: Request) -> Iterator[Fault]:
    """One identity trusts an issuer and subject once."""
    own = (request.known("issuer"), request.known("subject"))
    if None in own:
        return
    for sibling in _siblings(request):
        if (sibling.body.get("issuer"), sibling.body.get("subject")) == own:
            yield Fault("Issuer and subject combination already exists for this Managed Identity.", "subject")


@rule("mi-fic-limit", kind="cross-resource", source=_LIMITS)
def credentials_are_few(request: Request) -> Iterator[Fault]:
    """An identity has at most 20 federated credentials."""
    if request.old is None and len(_siblings(request)) >= _MAX_CREDENTIALS:
        yield Fault(
            f"the identity has {_MAX_CREDENTIALS} federated credentials already",
            "resourceName",
            "use another identity for further subjects",
        )


def _siblings(request: Request) -> list[Record]:
    """The other credentials of the identity."""
    others = request.world.below(next(parents(request.id)))
    return [
        other
        for other in others
        if other.key != key(request.id) and other.type.lower().endswith("/federatedidentitycredentials")
    ]


class FederatedIdentityCredentials(Model):
    """Trust in the tokens that an issuer gives to one subject."""

    token = "azure-native:managedidentity:FederatedIdentityCredential"
    rules = (says_whom_it_trusts, has_one_audience, issuer_is_https, trusts_a_subject_once, credentials_are_few)
