"""From settings to the edge; nothing where it is absent."""

from __future__ import annotations

from pulumi import Output

from components.context import Foundation
from components.edge.application_gateway import ApplicationGateway, ApplicationGatewayArgs
from components.edge.gateway_sites import Site
from components.identity.access import of_identity
from components.identity.identity import Identity, IdentityArgs
from components.identity.role_assignment import Grant, Scope
from components.identity.wiring import grant
from components.security.key_vault import KeyVault
from facts.regions import region
from stacks.sections.edge import EdgeSettings

# Azure keeps the first four addresses of a subnet; the gateway's instances take free ones from the start.
OFFSET = 10


def build(foundation: Foundation, vault: KeyVault) -> ApplicationGateway | None:
    """The application gateway."""
    wanted = foundation.settings.edge
    subnet = foundation.settings.network.subnets.present.get("application_gateway")
    if wanted is None or subnet is None:
        return None
    identity = _identity(foundation)
    # At the vault, not at the certificates: Azure knows no scope of one that nobody has imported yet, so a new stack
    # could not be rehearsed. Nobody gets tokens of this identity: the gateway's own service uses it.
    reads = Grant(
        principal=of_identity(identity), role="Key Vault Secrets User", scope=Scope(name="vault", id=vault.vault_id)
    )
    ready = grant(foundation, "edge-roles", (reads,))
    args = ApplicationGatewayArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("network"),
        subscription_id=foundation.subscription_id,
        subnet_id=foundation.network.subnet_ids["application_gateway"],
        address=str(subnet.network_address + OFFSET),
        zones=region(foundation.placement.region).zones,
        min_units=wanted.min_units,
        max_units=wanted.max_units,
        prevent=not wanted.only_report_attacks,
        sites=_sites(wanted, vault),
        identity=identity,
        # The vault with its endpoint: the gateway fetches certificates through it.
        ready=(ready, vault),
        log_workspace_id=foundation.log_workspace_id,
    )
    return ApplicationGateway(f"{foundation.prefix}-edge", args, foundation.child)


def _identity(foundation: Foundation) -> Identity:
    args = IdentityArgs(
        placement=foundation.placement, resource_group_name=foundation.group_name("network"), purpose="edge"
    )
    return Identity(f"{foundation.prefix}-edge-identity", args, foundation.child)


def _sites(wanted: EdgeSettings, vault: KeyVault) -> dict[str, Site]:
    return {
        name: Site(
            host=site.host,
            certificate_id=Output.concat(vault.vault_uri, "secrets/", site.certificate),
            backend=site.backend,
            health_path=site.health_path,
        )
        for name, site in wanted.sites.items()
    }
