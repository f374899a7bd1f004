"""Managed HSM: a pool of hardware modules that belongs to us alone (FIPS 140-3 level 3), instead of a shared one.

Owns the HSM, its endpoint and its logs. Does not own its keys: a new HSM serves nobody until three people have taken
its security domain (docs/runbooks/activate-managed-hsm.md), which no deployment can do for them. A premium vault keeps
keys in an HSM as well; this one is for when the hardware must not be shared.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import keyvault

from components import naming
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.options import stateful
from components.placement import Placement
from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class ManagedHsmArgs:
    """`administrators`: object ids of who may activate it; `soft_delete_days` can't change after creation."""

    placement: Placement
    resource_group_name: Input[str]
    tenant_id: Input[str]
    administrators: tuple[str, ...]
    soft_delete_days: int
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: ManagedHsmArgs) -> list[str]:
    """Every reason why the HSM can't be built."""
    found = []
    if not args.administrators:
        found.append("no administrator: nobody could ever activate the HSM")
    if not 7 <= args.soft_delete_days <= 90:
        found.append(f"soft delete of {args.soft_delete_days} days: an HSM keeps 7 to 90")
    return found


class ManagedHsm(ComponentResource):
    """HSM, private endpoint, diagnostics."""

    hsm_id: Output[str]
    hsm_uri: Output[str]

    def __init__(self, name: str, args: ManagedHsmArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:managed_hsm:ManagedHsm", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        made = keyvault.ManagedHsm(
            f"{name}-hsm",
            name=naming.managed_hsm(args.placement),
            resource_group_name=args.resource_group_name,
            location=args.placement.region,
            sku=keyvault.ManagedHsmSkuArgs(family="B", name=keyvault.ManagedHsmSkuName.STANDARD_B1),
            properties=keyvault.ManagedHsmPropertiesArgs(
                tenant_id=args.tenant_id,
                initial_admin_object_ids=list(args.administrators),
                enable_soft_delete=True,
                enable_purge_protection=True,
                soft_delete_retention_in_days=args.soft_delete_days,
                public_network_access="Disabled",
                network_acls=keyvault.MHSMNetworkRuleSetArgs(default_action="Deny", bypass="AzureServices"),
            ),
            tags=args.placement.tags,
            opts=stateful(self, args.placement),
        )
        endpoints(self, name, args.placement, args.access, "hsm", made.id, (private_dns.MANAGED_HSM,))
        send_diagnostics(f"{name}-diag", made.id, "Microsoft.KeyVault/managedHSMs", args.log_workspace_id, child)
        self.hsm_id, self.hsm_uri = made.id, made.properties.hsm_uri
        self.register_outputs({"hsm_id": self.hsm_id, "hsm_uri": self.hsm_uri})
