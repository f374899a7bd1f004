"""What AKS refuses about a cluster's network plugin, policy, data plane and address families.

Ranges are in `cluster_range_rules`, the way out in `cluster_outbound_rules`, the API server in
`cluster_api_server_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import AZURERM, CHANGELOG, CODES, docs, issue
from simulator.resources.containerservice.pool import pools_of
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_NET: Final = "networkProfile"
_ACNS: Final = f"{_NET}.advancedNetworking"
_SECURITY: Final = f"{_ACNS}.security"
_NAP: Final = "nodeProvisioningProfile.mode"


@rule("aks-network-plugin", kind="static",
      source=f"{issue('Azure/terraform-azurerm-aks#398')}; {docs('concepts-network-azure-cni-overlay.md')}",
      reads=(f"{_NET}.networkPlugin", f"{_NET}.networkPluginMode", f"{_NET}.networkDataplane"))  # fmt: skip
def network_plugin(request: Request) -> Iterator[Fault]:
    """Overlay and Cilium are ways of Azure CNI."""
    plugin = request.known(f"{_NET}.networkPlugin")
    if plugin in (None, "azure"):
        return
    if request.known(f"{_NET}.networkPluginMode") == "overlay":
        yield Fault(f"networkPluginMode overlay needs networkPlugin azure, not {plugin}", f"{_NET}.networkPluginMode",
                    "use networkPlugin azure")  # fmt: skip
    if request.known(f"{_NET}.networkDataplane") == "cilium":
        yield Fault(f"networkDataplane cilium needs networkPlugin azure, not {plugin}", f"{_NET}.networkDataplane",
                    "use networkPlugin azure")  # fmt: skip


@rule("aks-cilium-policy", kind="static", code="NetworkPolicyNotSupported", quoted=True,
      source=issue("AdminTurnedDevOps/DevOps-The-Hard-Way-Azure#1"),
      reads=(f"{_NET}.networkPolicy", f"{_NET}.networkDataplane"))  # fmt: skip
def cilium_policy(request: Request) -> Iterator[Fault]:
    """Cilium's policies need Cilium's data plane."""
    plane = request.known(f"{_NET}.networkDataplane", "azure")
    if request.known(f"{_NET}.networkPolicy") == "cilium" and plane != "cilium":
        yield Fault("Network Policy cilium requires NetworkDataplane cilium", f"{_NET}.networkPolicy",
                    "set networkDataplane to cilium")  # fmt: skip


@rule("aks-cilium-dataplane", kind="static", quoted=True,
      source=issue("Azure/AKS-Construction#535; Azure/bicep-registry-modules#3361"),
      reads=(f"{_NET}.networkPolicy", f"{_NET}.networkDataplane"))  # fmt: skip
def cilium_dataplane(request: Request) -> Iterator[Fault]:
    """Cilium's data plane enforces Cilium's policies and no others."""
    policy = request.known(f"{_NET}.networkPolicy")
    if request.known(f"{_NET}.networkDataplane") == "cilium" and policy not in (None, "cilium"):
        yield Fault("Cilium dataplane requires network policy cilium.", f"{_NET}.networkPolicy",
                    "use networkPolicy cilium")  # fmt: skip


@rule("aks-network-policy-kubenet", kind="static", code="NetworkPolicyAzureNotSupportedForKubenet",
      source=f"{docs('use-network-policies.md')}; {CODES}",
      reads=(f"{_NET}.networkPolicy", f"{_NET}.networkPlugin"))  # fmt: skip
def network_policy_kubenet(request: Request) -> Iterator[Fault]:
    """Kubenet knows Calico alone."""
    if request.known(f"{_NET}.networkPlugin") == "kubenet" and request.known(f"{_NET}.networkPolicy") == "azure":
        yield Fault("networkPolicy azure is not supported for networkPlugin kubenet", f"{_NET}.networkPolicy",
                    "use calico, or networkPlugin azure")  # fmt: skip


@rule("aks-network-policy-none", kind="static", code="NetworkPolicyNotSupportedForNone", source=CODES,
      reads=(f"{_NET}.networkPolicy", f"{_NET}.networkPlugin"))  # fmt: skip
def network_policy_none(request: Request) -> Iterator[Fault]:
    """Who brings the plugin brings the policies."""
    policy = request.known(f"{_NET}.networkPolicy")
    if request.known(f"{_NET}.networkPlugin") == "none" and policy not in (None, "none"):
        yield Fault(f"networkPolicy {policy} does not go with networkPlugin none", f"{_NET}.networkPolicy",
                    "leave networkPolicy out")  # fmt: skip


@rule("aks-container-network-security", kind="static", reads=(_NET,),
      source=f"{issue('Azure/azure-cli#30208')}; {AZURERM}; code not confirmed")  # fmt: skip
def container_network_security(request: Request) -> Iterator[Fault]:
    """The security features of Advanced Container Networking Services are Cilium's."""
    plane = request.known(f"{_NET}.networkDataplane", "azure")
    if request.known(f"{_SECURITY}.enabled") is True and plane != "cilium":
        yield Fault("advancedNetworking.security needs networkDataplane cilium", f"{_SECURITY}.enabled",
                    "use networkDataplane cilium, or observability alone")  # fmt: skip


@rule("aks-dual-stack-plugin", kind="static", code="UnsupportedDualStackNetworkPlugin",
      source=f"{docs('configure-dual-stack.md')}; {CODES}", reads=(_NET,))  # fmt: skip
def dual_stack_plugin(request: Request) -> Iterator[Fault]:
    """IPv6 comes with kubenet or with overlay."""
    plugin, mode = request.known(f"{_NET}.networkPlugin"), request.known(f"{_NET}.networkPluginMode")
    if "IPv6" in _families(request) and plugin == "azure" and mode != "overlay":
        yield Fault("ipFamilies IPv6 with networkPlugin azure needs networkPluginMode overlay", f"{_NET}.ipFamilies",
                    "use networkPluginMode overlay")  # fmt: skip


def _families(request: Request) -> list[object]:
    listed = request.known(f"{_NET}.ipFamilies")
    return listed if isinstance(listed, list) else []


@rule("aks-dual-stack-policy", kind="static", code="UnsupportedDualStackNetworkPolicy",
      source=f"{docs('azure-cni-overlay.md')}; {CODES}", reads=(_NET,))  # fmt: skip
def dual_stack_policy(request: Request) -> Iterator[Fault]:
    """Azure's and Calico's policies don't know IPv6."""
    policy = request.known(f"{_NET}.networkPolicy")
    if "IPv6" in _families(request) and policy in ("azure", "calico"):
        yield Fault(f"networkPolicy {policy} does not go with ipFamilies IPv6", f"{_NET}.networkPolicy",
                    "use networkDataplane cilium with networkPolicy cilium")  # fmt: skip


@rule("aks-ip-families", kind="static", code="InvalidNetworkingConfig", reads=(_NET,),
      source=f"{AZURERM}; {CODES}")  # fmt: skip
def ip_families(request: Request) -> Iterator[Fault]:
    """IPv4 is always there, and there are as many ranges as families."""
    families = _families(request)
    if families == ["IPv6"]:
        yield Fault("ipFamilies has IPv6 alone, and IPv4 is always there", f"{_NET}.ipFamilies", "add IPv4")
    for path in ("podCidrs", "serviceCidrs"):
        ranges = request.known(f"{_NET}.{path}")
        if isinstance(ranges, list) and len(ranges) == 2 and len(families) != 2 and UNKNOWN not in families:
            yield Fault(f"two {path} need ipFamilies IPv4 and IPv6", f"{_NET}.{path}", "write one, or both families")


@rule("aks-service-cidr-ipv6", kind="static", code="InvalidServiceCidrIPv6MaskSize",
      source=f"{docs('configure-dual-stack.md')}; {CODES}", reads=(f"{_NET}.serviceCidrs",))  # fmt: skip
def service_cidr_ipv6(request: Request) -> Iterator[Fault]:
    """Kubernetes takes at most a /108 of IPv6 for services."""
    ranges = request.known(f"{_NET}.serviceCidrs")
    for each in ranges if isinstance(ranges, list) else ():
        try:
            network = ip_network(each, strict=False) if isinstance(each, str) else None
        except ValueError:
            continue
        if network is not None and network.version == 6 and network.prefixlen < 108:
            yield Fault(f"{each} among serviceCidrs is larger than a /108", f"{_NET}.serviceCidrs", "use a /108")


@rule("aks-basic-load-balancer", kind="static", reads=(f"{_NET}.loadBalancerSku",),
      source=f"{CHANGELOG}; code not confirmed")  # fmt: skip
def basic_load_balancer(request: Request) -> Iterator[Fault]:
    """Basic load balancers retired on 2025-09-30."""
    sku = request.known(f"{_NET}.loadBalancerSku")
    if request.old is None and isinstance(sku, str) and sku.lower() == "basic":
        yield Fault("new clusters with loadBalancerSku basic are blocked: it retired on 2025-09-30",
                    f"{_NET}.loadBalancerSku", "use loadBalancerSku standard")  # fmt: skip


@rule("aks-node-provisioning-families", kind="static", code="OperationNotAllowed", quoted=True, reads=(_NET, _NAP),
      source=issue("Azure/AKS#4759"))  # fmt: skip
def node_provisioning_families(request: Request) -> Iterator[Fault]:
    """Node auto-provisioning makes nodes with IPv4."""
    if request.known(_NAP) == "Auto" and "IPv6" in _families(request):
        yield Fault(
            ".properties.nodeProvisioningProfile.mode cannot be Auto unless .properties.networkProfile.ipFamilies is "
            "set to one of [IPv4].",
            f"{_NET}.ipFamilies", "leave ipFamilies out",
        )  # fmt: skip


@rule("aks-node-provisioning", kind="static", code="OperationNotAllowed",
      reads=(_NET, _NAP, "agentPoolProfiles", "servicePrincipalProfile"),
      source=f"{docs('node-auto-provisioning.md')}; {CHANGELOG}; {issue('Azure/AKS#4759')}")  # fmt: skip
def node_provisioning(request: Request) -> Iterator[Fault]:
    """Node auto-provisioning: with Azure CNI, without Calico, Windows and service principals."""
    if request.known(_NAP) != "Auto":
        return
    start = ".properties.nodeProvisioningProfile.mode cannot be Auto"
    if request.known(f"{_NET}.networkPlugin") == "kubenet":
        yield Fault(f"{start} with networkPlugin kubenet", f"{_NET}.networkPlugin", "use networkPlugin azure")
    if request.known(f"{_NET}.networkPolicy") == "calico":
        yield Fault(f"{start} with networkPolicy calico", f"{_NET}.networkPolicy", "use networkPolicy cilium")
    client = request.known("servicePrincipalProfile.clientId")
    if client not in (None, "msi"):
        yield Fault(f"{start} with a service principal", "servicePrincipalProfile.clientId", "use a managed identity")
    for pool in pools_of(request):
        if pool.is_windows:
            yield Fault(f"{start} with Windows pool {pool.name}", f"{pool.prefix}osType", "run Linux")


NETWORK_RULES = (
    network_plugin, cilium_policy, cilium_dataplane, network_policy_kubenet, network_policy_none,
    container_network_security, dual_stack_plugin, dual_stack_policy, ip_families, service_cidr_ipv6,
    basic_load_balancer, node_provisioning_families, node_provisioning,
)  # fmt: skip
