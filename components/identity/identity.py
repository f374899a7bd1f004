"""User-assigned managed identity: who a service is when it calls another one.

Owns the identity and whose tokens it trusts. Does not own what it may do (`components.identity.access`) or what the
trusted subjects are called (`components.identity.federation`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import managedidentity

from components import naming
from components.identity.federation import AUDIENCE, Trust
from components.placement import Placement
from components.problems import refuse

# Entra's limit (workload-identity-federation-considerations).
MAX_TRUSTS = 20


@dataclass(frozen=True, kw_only=True)
class IdentityArgs:
    """`purpose` is what the identity is for, for example `control-plane`; part of its name. `trusts`: who may be it."""

    placement: Placement
    resource_group_name: Input[str]
    purpose: str
    trusts: tuple[Trust, ...] = ()


def problems(args: IdentityArgs) -> list[str]:
    """Every reason why the identity can't be built."""
    found = [] if args.purpose else ["an identity needs a purpose, or it can't be told from another one"]
    if len(args.trusts) > MAX_TRUSTS:
        found.append(f"{len(args.trusts)} trusted subjects: an identity takes {MAX_TRUSTS}")
    names = [trust.name for trust in args.trusts]
    found += [f"two trusted subjects are called {name}" for name in sorted(set(names)) if names.count(name) > 1]
    return found


class Identity(ComponentResource):
    """One user-assigned managed identity."""

    identity_id: Output[str]
    principal_id: Output[str]
    client_id: Output[str]
    purpose: str

    def __init__(self, name: str, args: IdentityArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:identity:Identity", name, {}, opts)
        refuse(name, problems(args))
        made = managedidentity.UserAssignedIdentity(
            f"{name}-id",
            resource_name_=naming.named("id", args.placement, args.purpose),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self),
        )
        self._trust(name, args, made)
        self.identity_id, self.principal_id, self.client_id = made.id, made.principal_id, made.client_id
        self.purpose = args.purpose
        self.register_outputs(
            {"identity_id": self.identity_id, "principal_id": self.principal_id, "client_id": self.client_id}
        )

    def _trust(self, name: str, args: IdentityArgs, made: managedidentity.UserAssignedIdentity) -> None:
        """One credential after the other: Entra refuses two at a time for one identity."""
        before: list[Resource] = []
        for trust in args.trusts:
            credential = managedidentity.FederatedIdentityCredential(
                f"{name}-fic-{trust.name}",
                federated_identity_credential_resource_name=trust.name,
                resource_name_=made.name,
                resource_group_name=args.resource_group_name,
                issuer=trust.issuer,
                subject=trust.subject,
                audiences=[AUDIENCE],
                opts=ResourceOptions(parent=self, depends_on=before),
            )
            before = [credential]

    @property
    def as_mapping(self) -> Output[Any]:
        """For the services that want identities as the keys of a mapping; an id is not known before it is made."""
        return Output.json_loads(Output.concat('{"', self.identity_id, '": {}}'))
