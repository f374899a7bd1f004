"""Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Refusal
from simulator.ids import key, parents
from simulator.model import Model, Request


class FederatedIdentityCredentials(Model):
    """Trust in the tokens that an issuer gives to one subject."""

    token = "azure-native:managedidentity:FederatedIdentityCredential"

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """One identity trusts an issuer and subject once."""
        own = (request.known("issuer"), request.known("subject"))
        if None in own:
            return
        for sibling in request.world.below(next(parents(request.id))):
            if sibling.key != key(request.id) and (sibling.body.get("issuer"), sibling.body.get("subject")) == own:
                yield Refusal(
                    "BadRequest",
                    "Issuer and subject combination already exists for this Managed Identity.",
                    target="subject",
                    quoted=True,
                )
