"""User-assigned managed identity: who a service is when it calls another one.

Owns the identity. Does not own what it may do (`components.identity.access`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import managedidentity

from components import naming
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class IdentityArgs:
    """`purpose` is what the identity is for, for example `control-plane`; part of its name."""

    placement: Placement
    resource_group_name: Input[str]
    purpose: str


def problems(args: IdentityArgs) -> list[str]:
    """Every reason why the identity can't be built."""
    return [] if args.purpose else ["an identity needs a purpose, or it can't be told from another one"]


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
        self.identity_id, self.principal_id, self.client_id = made.id, made.principal_id, made.client_id
        self.purpose = args.purpose
        self.register_outputs(
            {"identity_id": self.identity_id, "principal_id": self.principal_id, "client_id": self.client_id}
        )
