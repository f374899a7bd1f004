"""What Azure refuses about an application gateway: its subnet, its rules, its TLS policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.resources.network.occupant_rules import occupants
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_V1: Final = ("Standard", "WAF", "Standard_Small", "Standard_Medium", "Standard_Large", "WAF_Medium", "WAF_Large")
_V2: Final = frozenset({"Standard_v2", "WAF_v2", "Basic"})
_OLD_POLICIES: Final = frozenset({"AppGwSslPolicy20150501", "AppGwSslPolicy20170401"})
_OLD_VERSIONS: Final = frozenset({"TLSv1_0", "TLSv1_1"})
_DOCS: Final = "azure-docs:application-gateway/configuration-infrastructure.md (checked 2026-11-25; code not confirmed)"


def _items(request: Request, member: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = request.at(member)
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, Mapping):
            yield index, item


@rule(
    "net-appgw-rule-priority", kind="static", code="ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty",
    source="aztfm/terraform-azurerm-application-gateway#10; MicrosoftDocs/azure-docs#112781", quoted=True,
    reads=("sku.name",),
)  # fmt: skip
def rule_priority(request: Request) -> Iterator[Fault]:
    """Each routing rule of a v2 gateway has a priority."""
    for index, item in _items(request, "requestRoutingRules") if request.known("sku.name") in _V2 else ():
        if item.get("priority") is None:
            yield Fault(
                f"Priority for the request routing rule {request.id}/requestRoutingRules/{item.get('name')} cannot be "
                "empty. All request routing rules should have a priority defined starting from api-version 2021-08-01",
                f"requestRoutingRules.{index}.priority",
                "give each rule a priority of its own (1 to 20000)",
            )


@rule(
    "net-appgw-rule-priority-twice", kind="static",
    source="Azure/application-gateway-kubernetes-ingress#1487 (code not confirmed)",
)  # fmt: skip
def own_priority(request: Request) -> Iterator[Fault]:
    """Two routing rules have different priorities."""
    seen: dict[Any, Any] = {}
    for index, item in _items(request, "requestRoutingRules"):
        priority = item.get("priority")
        if priority in (None, UNKNOWN):
            continue
        if priority in seen:
            yield Fault(
                f"routing rules {seen[priority]} and {item.get('name')} have the priority {priority}",
                f"requestRoutingRules.{index}.priority",
                "give each rule a priority of its own",
            )
        seen[priority] = item.get("name")


@rule(
    "net-appgw-tls-policy", kind="static", code="ApplicationGatewayDeprecatedTlsVersionUsedInSslPolicy",
    source="public reports of ApplicationGatewayDeprecatedTlsVersionUsedInSslPolicy since 2025-08-31 (checked "
    "2026-11-25)",
    reads=("sslPolicy",),
)  # fmt: skip
def tls_policy(request: Request) -> Iterator[Fault]:
    """TLS 1.0 and 1.1 are gone, and the predefined policies that allow them."""
    policy, version = request.known("sslPolicy.policyName"), request.known("sslPolicy.minProtocolVersion")
    if policy in _OLD_POLICIES or version in _OLD_VERSIONS:
        yield Fault(
            f"The TLS policy {policy if policy in _OLD_POLICIES else version} for Application Gateway {request.id} "
            "uses a deprecated TLS version",
            "sslPolicy",
            "use AppGwSslPolicy20220101, or minProtocolVersion TLSv1_2",
        )


@rule("net-appgw-dedicated-subnet", kind="cross-resource", source=_DOCS)
def dedicated_subnet(request: Request) -> Iterator[Fault]:
    """The subnet of a gateway holds application gateways alone."""
    for index, item in _items(request, "gatewayIPConfigurations"):
        subnet = at(item, "subnet.id")
        users = occupants(request, subnet) if isinstance(subnet, str) else []
        other = next((each for each in users if each.type.lower() != "microsoft.network/applicationgateways"), None)
        if other is not None:
            yield Fault(
                f"subnet {subnet} of application gateway {request.name} is used by {other.id}",
                f"gatewayIPConfigurations.{index}.subnet.id",
                "give application gateways a subnet of their own",
            )


@rule(
    "net-appgw-size", kind="static", code="ApplicationGatewayV2SkuMustSpecifyEitherCapacityOrAutoscaleConfiguration",
    source="Azure/application-gateway-kubernetes-ingress#82, #85; Azure/azure-cli#28160", quoted=True,
    reads=("sku", "autoscaleConfiguration"),
)  # fmt: skip
def size(request: Request) -> Iterator[Fault]:
    """A gateway has a fixed number of instances or scales by itself."""
    scales = request.at("autoscaleConfiguration") is not None
    if request.known("sku.name") in _V2 and request.at("sku.capacity") is None and not scales:
        yield Fault(
            f"Application Gateway {request.id} must specify either Capacity or AutoscaleConfiguration for the selected "
            f"SKU tier {request.known('sku.tier', request.known('sku.name'))}",
            "sku",
            "give sku.capacity or autoscaleConfiguration",
        )


@rule(
    "net-appgw-v1-retired", kind="state", reads=("sku",),
    source="hashicorp/terraform-provider-azurerm:internal/services/network/application_gateway_resource.go, "
    "aka.ms/V1retirement (checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def no_new_v1(request: Request) -> Iterator[Fault]:
    """No new gateway of the first version is made any longer."""
    tier = request.known("sku.tier", request.known("sku.name"))
    if request.old is None and tier in _V1:
        yield Fault(
            f"SKU tier {tier} is of Application Gateway V1, which is retired",
            "sku.tier",
            "use Standard_v2 or WAF_v2",
        )


RULES: Final = (no_new_v1, rule_priority, own_priority, tls_policy, dedicated_subnet, size)
