"""Key vault: what one purpose keeps secret, reachable from the spoke only.

Owns the vault, its endpoint and its logs. Does not own its contents or who may read them
(`components.identity.access`). One vault for each purpose: who may read an application's secret must not thereby be
near the keys that encrypt everything, and a vault's limits of requests are not shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
class KeyVaultArgs:
    """`soft_delete_days` can't change after creation."""

    placement: Placement
    resource_group_name: Input[str]
    purpose: naming.VaultPurpose
    tenant_id: Input[str]
    sku: Literal["standard", "premium"]
    soft_delete_days: int
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: KeyVaultArgs) -> list[str]:
    """Every reason why the vault can't be built."""
    if not 7 <= args.soft_delete_days <= 90:
        return [f"soft delete of {args.soft_delete_days} days: Key Vault keeps 7 to 90"]
    return []


class KeyVault(ComponentResource):
    """Vault, private endpoint, diagnostics."""

    vault_id: Output[str]
    vault_name: Output[str]
    vault_uri: Output[str]

    def __init__(self, name: str, args: KeyVaultArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:key_vault:KeyVault", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        vault = _vault(f"{name}-kv", args, stateful(self, args.placement))
        target = "vault" if args.purpose == "secrets" else f"{args.purpose}-vault"
        endpoints(self, name, args.placement, args.access, target, vault.id, (private_dns.VAULT,))
        send_diagnostics(f"{name}-diag", vault.id, "Microsoft.KeyVault/vaults", args.log_workspace_id, child)
        self.vault_id, self.vault_name, self.vault_uri = vault.id, vault.name, vault.properties.vault_uri
        self.register_outputs({"vault_id": self.vault_id, "vault_name": self.vault_name, "vault_uri": self.vault_uri})


def _vault(name: str, args: KeyVaultArgs, opts: ResourceOptions) -> keyvault.Vault:
    return keyvault.Vault(
        name,
        vault_name=naming.key_vault(args.placement, args.purpose),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        properties=keyvault.VaultPropertiesArgs(
            tenant_id=args.tenant_id,
            sku=keyvault.SkuArgs(family="A", name=keyvault.SkuName(args.sku)),
            enable_rbac_authorization=True,
            enable_soft_delete=True,
            # One-way: once on, nobody can destroy a deleted secret before its time, not even an owner.
            enable_purge_protection=True,
            soft_delete_retention_in_days=args.soft_delete_days,
            enabled_for_deployment=False,
            enabled_for_disk_encryption=False,
            enabled_for_template_deployment=False,
            public_network_access="Disabled",
            # The bypass lets Azure's own trusted services in (disk encryption, Azure ML's control plane), nobody else.
            network_acls=keyvault.NetworkRuleSetArgs(default_action="Deny", bypass="AzureServices"),
        ),
        tags=args.placement.tags,
        opts=opts,
    )
