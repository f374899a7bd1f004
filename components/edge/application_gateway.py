"""Application gateway: the one door through which callers outside the spoke reach what serves inside it.

Owns the firewall's policy, the gateway, the public address that Azure asks for, and the logs. Does not own
certificates (the vault's, fetched by reference), names (the hub's DNS), or what answers. Nothing listens on the public
address: callers come through the hub. It makes no Front Door, which answers from outside Canada.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import network

from components import naming
from components.edge import gateway_sites
from components.edge.gateway_sites import Site
from components.identity.identity import Identity
from components.observability.diagnostic_setting import send_diagnostics
from components.placement import Placement
from components.problems import refuse

# DRS 2.1 and bot manager 1.1: application-gateway-crs-rulegroups-rules.md. OWASP CRS is the older set.
RULE_SETS = (("Microsoft_DefaultRuleSet", "2.1"), ("Microsoft_BotManagerRuleSet", "1.1"))
TLS_POLICY = "AppGwSslPolicy20220101"


@dataclass(frozen=True, kw_only=True)
class ApplicationGatewayArgs:
    """`address`: of the subnet, where the gateway listens. `ready`: the roles that fetch the certificates."""

    placement: Placement
    resource_group_name: Input[str]
    subscription_id: Input[str]
    subnet_id: Input[str]
    address: str
    zones: tuple[str, ...]
    min_units: int
    max_units: int
    prevent: bool
    sites: Mapping[str, Site]
    identity: Identity
    ready: Sequence[Resource]
    log_workspace_id: Input[str]


def problems(args: ApplicationGatewayArgs) -> list[str]:
    """Every reason why the gateway can't be built."""
    found = [] if args.sites else ["a gateway needs a site"]
    if args.min_units > args.max_units or args.max_units < 2:
        found.append(f"{args.min_units} to {args.max_units} units are no range: the most is 2 at least")
    hosts = [site.host for site in args.sites.values()]
    return found + [f"two sites have the host {host}" for host in sorted(set(hosts)) if hosts.count(host) > 1]


class ApplicationGateway(ComponentResource):
    """Firewall policy, public address, gateway, diagnostics."""

    gateway_id: Output[str]

    def __init__(self, name: str, args: ApplicationGatewayArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:application_gateway:ApplicationGateway", name, {}, opts)
        refuse(name, problems(args))
        child = ResourceOptions(parent=self)
        policy = _policy(f"{name}-waf", args, child)
        address = _public_address(f"{name}-pip", args, child)
        waiting = ResourceOptions(parent=self, depends_on=list(args.ready))
        gateway = _gateway(f"{name}-agw", args, policy.id, address.id, waiting)
        for key, resource_id, kind in (
            ("diag", gateway.id, "Microsoft.Network/applicationGateways"),
            ("diag-pip", address.id, "Microsoft.Network/publicIPAddresses"),
        ):
            send_diagnostics(f"{name}-{key}", resource_id, kind, args.log_workspace_id, child)
        self.gateway_id = gateway.id
        self.register_outputs({"gateway_id": self.gateway_id})


def _policy(name: str, args: ApplicationGatewayArgs, opts: ResourceOptions) -> network.WebApplicationFirewallPolicy:
    return network.WebApplicationFirewallPolicy(
        name,
        # No dash: Azure takes letters and digits only here.
        policy_name=naming.web_firewall(args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        policy_settings=network.PolicySettingsArgs(
            state="Enabled",
            mode="Prevention" if args.prevent else "Detection",
            request_body_check=True,
            max_request_body_size_in_kb=128,
            file_upload_limit_in_mb=100,
        ),
        managed_rules=network.ManagedRulesDefinitionArgs(
            managed_rule_sets=[
                network.ManagedRuleSetArgs(rule_set_type=kind, rule_set_version=version) for kind, version in RULE_SETS
            ]
        ),
        tags=args.placement.tags,
        opts=opts,
    )


def _public_address(name: str, args: ApplicationGatewayArgs, opts: ResourceOptions) -> network.PublicIPAddress:
    return network.PublicIPAddress(
        name,
        public_ip_address_name=naming.named("pip", args.placement, "edge"),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        sku=network.PublicIPAddressSkuArgs(name="Standard", tier="Regional"),
        public_ip_allocation_method="Static",
        public_ip_address_version="IPv4",
        zones=list(args.zones) if args.zones else None,
        tags=args.placement.tags,
        opts=opts,
    )


def _gateway(
    name: str, args: ApplicationGatewayArgs, policy_id: Input[str], public_id: Input[str], opts: ResourceOptions
) -> network.ApplicationGateway:
    own = gateway_sites.own_id(args.subscription_id, args.resource_group_name, args.placement)
    subnet = network.SubResourceArgs(id=args.subnet_id)
    return network.ApplicationGateway(
        name,
        application_gateway_name=naming.named("agw", args.placement),
        resource_group_name=args.resource_group_name,
        location=args.placement.region,
        zones=list(args.zones) if args.zones else None,
        sku=network.ApplicationGatewaySkuArgs(name="WAF_v2", tier="WAF_v2"),
        autoscale_configuration=network.ApplicationGatewayAutoscaleConfigurationArgs(
            min_capacity=args.min_units, max_capacity=args.max_units
        ),
        identity=network.ManagedServiceIdentityArgs(
            type=network.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[args.identity.identity_id]
        ),
        firewall_policy=network.SubResourceArgs(id=policy_id),
        enable_http2=True,
        ssl_policy=network.ApplicationGatewaySslPolicyArgs(policy_type="Predefined", policy_name=TLS_POLICY),
        gateway_ip_configurations=[network.ApplicationGatewayIPConfigurationArgs(name="gateway", subnet=subnet)],
        frontend_ip_configurations=[
            network.ApplicationGatewayFrontendIPConfigurationArgs(
                name=gateway_sites.PRIVATE,
                private_ip_address=args.address,
                private_ip_allocation_method="Static",
                subnet=subnet,
            ),
            # A v2 gateway has a public address; no listener uses it.
            network.ApplicationGatewayFrontendIPConfigurationArgs(
                name="public", public_ip_address=network.SubResourceArgs(id=public_id)
            ),
        ],
        frontend_ports=[network.ApplicationGatewayFrontendPortArgs(name=gateway_sites.PORT, port=443)],
        **gateway_sites.parts(own, args.sites),
        tags=args.placement.tags,
        opts=opts,
    )
