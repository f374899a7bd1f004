"""Web app: one container that answers, and beside it the one that is to answer next.

Owns the site, its slot `staging`, which settings stay with a slot, sign-in by password (off), the endpoints and the
logs. Does not own the plan (`components.serving.app_service_plan`), the image, which a pipeline pushes, or the swap:
people do that, and then tell the settings (docs/runbooks/swap-an-app.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import web

from components import naming
from components.identity.identity import Identity
from components.network import private_dns
from components.network.private_endpoint import PrivateAccess, endpoints
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse
from components.serving.app_settings import STICKY, app_settings, taken

STAGING = "staging"
"""The slot's name; its private endpoint's group, `sites-staging`, is made from it."""
SITES = "Microsoft.Web/sites"


@dataclass(frozen=True, kw_only=True)
class Release:
    """What one slot runs. `image`: repository@digest in the registry. `model`: what the image serves, if it is one."""

    image: str
    model: str | None


@dataclass(frozen=True, kw_only=True)
class WebAppArgs:
    """`app_name` has 12 characters at most. `secrets`: names in the vault, by setting. `ready`: roles of `identity`.

    `identity` pulls the image and reads the secrets; it may do nothing else by itself.
    """

    placement: Placement
    resource_group_name: Input[str]
    app_name: str
    plan_id: Input[str]
    subnet_id: Input[str]
    identity: Identity
    ready: Sequence[Resource]
    registry_server: Input[str]
    live: Release
    staged: Release
    port: int
    health_path: str
    values: Mapping[str, str]
    secrets: Mapping[str, str]
    vault_uri: Input[str]
    access: PrivateAccess
    log_workspace_id: Input[str]


def problems(args: WebAppArgs) -> list[str]:
    """Every reason why the app can't be built."""
    found = [
        f"image {each.image} has no digest: a restart could run another image"
        for each in (args.live, args.staged)
        if "@sha256:" not in each.image
    ]
    if not args.health_path.startswith("/"):
        found.append(f"health path {args.health_path} does not begin with /")
    return [*found, *taken(args.values, args.secrets)]


class WebApp(ComponentResource):
    """Site, slot, private endpoints, diagnostics."""

    app_id: Output[str]
    app_name: Output[str]

    def __init__(self, name: str, args: WebAppArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:web_app:WebApp", name, {}, opts)
        refuse(name, problems(args))
        self._prefix, self._args = name, args
        child = ResourceOptions(parent=self)
        site = self._site()
        slot = self._slot(site)
        self._keep_with_slot(site, slot)
        self._no_passwords(site, slot)
        self._endpoints(site, slot)
        send_diagnostics(f"{name}-diag", site.id, SITES, args.log_workspace_id, child)
        # A slot has the log categories of its site (AVM avm/res/web/site/slot/main.bicep, checked 2026-11-25).
        send_diagnostics(f"{name}-{STAGING}-diag", slot.id, SITES, args.log_workspace_id, child)
        self.app_id, self.app_name = site.id, site.name
        self.register_outputs({"app_id": self.app_id, "app_name": self.app_name})

    def _site(self) -> web.WebApp:
        return web.WebApp(
            f"{self._prefix}-app",
            name=naming.web_app(self._args.placement, self._args.app_name),
            opts=ResourceOptions(parent=self, depends_on=list(self._args.ready)),
            **self._settings("live", self._args.live),
        )

    def _slot(self, site: web.WebApp) -> web.WebAppSlot:
        return web.WebAppSlot(
            f"{self._prefix}-{STAGING}",
            name=site.name,
            slot=STAGING,
            opts=ResourceOptions(parent=self),
            **self._settings(STAGING, self._args.staged),
        )

    def _settings(self, slot: str, release: Release) -> dict[str, Any]:
        """What site and slot have in common, which is all but the release: a swap must change nothing else."""
        args = self._args
        return {
            "resource_group_name": args.resource_group_name,
            "location": args.placement.region,
            "kind": "app,linux,container",
            "reserved": True,
            "server_farm_id": args.plan_id,
            "identity": web.ManagedServiceIdentityArgs(
                type=web.ManagedServiceIdentityType.USER_ASSIGNED,
                user_assigned_identities=[args.identity.identity_id],
            ),
            "key_vault_reference_identity": args.identity.identity_id,
            "https_only": True,
            "public_network_access": "Disabled",
            "client_cert_enabled": False,
            # A container answers any instance's caller alike; cookies that bind a caller to one defeat scaling.
            "client_affinity_enabled": False,
            "ssh_enabled": False,
            "virtual_network_subnet_id": args.subnet_id,
            "outbound_vnet_routing": web.OutboundVnetRoutingArgs(
                # Also what the platform does for the app: the registry has a private address only.
                all_traffic=True,
                application_traffic=True,
                image_pull_traffic=True,
            ),
            "site_config": self._config(slot, release),
            "tags": args.placement.tags,
        }

    def _config(self, slot: str, release: Release) -> web.SiteConfigArgs:
        args = self._args
        own = app_settings(slot, args.port, args.health_path, release.model, args.values, args.secrets, args.vault_uri)
        return web.SiteConfigArgs(
            linux_fx_version=Output.concat("DOCKER|", args.registry_server, "/", release.image),
            acr_use_managed_identity_creds=True,
            # By client id here, while everything else names an identity by its ARM id.
            acr_user_managed_identity_id=args.identity.client_id,
            always_on=True,
            health_check_path=args.health_path,
            http20_enabled=True,
            min_tls_version=web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
            scm_min_tls_version=web.SupportedTlsVersions.SUPPORTED_TLS_VERSIONS_1_2,
            ftps_state=web.FtpsState.DISABLED,
            remote_debugging_enabled=False,
            vnet_route_all_enabled=True,
            app_settings=[web.NameValuePairArgs(name=key, value=value) for key, value in own.items()],
        )

    def _keep_with_slot(self, site: web.WebApp, slot: web.WebAppSlot) -> None:
        web.WebAppSlotConfigurationNames(
            f"{self._prefix}-sticky",
            name=site.name,
            resource_group_name=self._args.resource_group_name,
            app_setting_names=list(STICKY),
            opts=ResourceOptions(parent=self, depends_on=[slot]),
        )

    def _no_passwords(self, site: web.WebApp, slot: web.WebAppSlot) -> None:
        """Publishing profiles hold a password that no identity and no role guards."""
        args, child = self._args, ResourceOptions(parent=self)
        of_site: dict[str, Any] = {
            "name": site.name,
            "resource_group_name": args.resource_group_name,
            "allow": False,
        }
        of_slot: dict[str, Any] = {**of_site, "slot": STAGING}
        after = ResourceOptions(parent=self, depends_on=[slot])
        web.WebAppFtpAllowed(f"{self._prefix}-ftp", opts=child, **of_site)
        web.WebAppScmAllowed(f"{self._prefix}-scm", opts=child, **of_site)
        web.WebAppFtpAllowedSlot(f"{self._prefix}-{STAGING}-ftp", opts=after, **of_slot)
        web.WebAppScmAllowedSlot(f"{self._prefix}-{STAGING}-scm", opts=after, **of_slot)

    def _endpoints(self, site: web.WebApp, slot: web.WebAppSlot) -> None:
        """The slot has an address of its own, or nobody could try what is staged."""
        args, target = self._args, f"app-{self._args.app_name}"
        place = (self, self._prefix, args.placement, args.access, target, site.id)
        first = endpoints(*place, (private_dns.APP_SERVICE,))
        # Both are connections of one site, and App Service takes one change of it at a time.
        endpoints(*place, (private_dns.APP_SERVICE_STAGING,), after=(slot, *first))
