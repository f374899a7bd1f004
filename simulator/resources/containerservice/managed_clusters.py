"""Microsoft.ContainerService/managedClusters."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from simulator.ids import name_of
from simulator.model import TENANT, Model, Request, digest, guid
from simulator.resources.containerservice.cluster_addon_rules import ADDON_RULES
from simulator.resources.containerservice.cluster_api_server_rules import API_SERVER_RULES
from simulator.resources.containerservice.cluster_identity_rules import IDENTITY_RULES
from simulator.resources.containerservice.cluster_lifecycle_rules import CLUSTER_LIFECYCLE_RULES
from simulator.resources.containerservice.cluster_network_rules import NETWORK_RULES
from simulator.resources.containerservice.cluster_outbound_answers import outbound_addresses
from simulator.resources.containerservice.cluster_outbound_rules import OUTBOUND_RULES
from simulator.resources.containerservice.cluster_range_rules import RANGE_RULES
from simulator.resources.containerservice.cluster_rules import GENERAL_RULES
from simulator.resources.containerservice.cluster_version_rules import VERSION_RULES
from simulator.resources.containerservice.pool import NODE_IMAGE
from simulator.resources.containerservice.pool_cluster_rules import CLUSTER_FIT_RULES
from simulator.resources.containerservice.pool_config_rules import CONFIG_RULES
from simulator.resources.containerservice.pool_gateway_rules import GATEWAY_RULES
from simulator.resources.containerservice.pool_label_rules import LABEL_RULES
from simulator.resources.containerservice.pool_lifecycle_rules import LIFECYCLE_RULES
from simulator.resources.containerservice.pool_os_rules import OS_RULES
from simulator.resources.containerservice.pool_placement_rules import PLACEMENT_RULES
from simulator.resources.containerservice.pool_retired_rules import RETIRED_RULES
from simulator.resources.containerservice.pool_rules import POOL_RULES
from simulator.resources.containerservice.pool_size_rules import SIZE_RULES
from simulator.resources.containerservice.pool_subnet_rules import SUBNET_RULES
from simulator.resources.containerservice.state_rules import CLUSTER_STATE_RULES
from simulator.store import Record
from simulator.values import UNKNOWN

# Of the tests and docs of Azure/bicep-registry-modules: add-ons whose identity is given roles (read 2026-11-25).
_WITH_IDENTITY = frozenset(
    {"aciconnectorlinux", "azurekeyvaultsecretsprovider", "azurepolicy", "ingressapplicationgateway", "omsagent"}
)


class ManagedClusters(Model):
    """An AKS cluster with the node pools declared inside it."""

    token = "azure-native:containerservice:ManagedCluster"
    write_only = ("servicePrincipalProfile.secret", "windowsProfile.adminPassword")
    inline = (("agentPoolProfiles", "agentPools"),)
    rules = (
        *GENERAL_RULES, *VERSION_RULES, *IDENTITY_RULES, *API_SERVER_RULES, *NETWORK_RULES, *RANGE_RULES,
        *OUTBOUND_RULES, *ADDON_RULES, *CLUSTER_LIFECYCLE_RULES, *RETIRED_RULES, *POOL_RULES, *LABEL_RULES, *OS_RULES,
        *SIZE_RULES, *PLACEMENT_RULES, *CONFIG_RULES, *CLUSTER_FIT_RULES, *SUBNET_RULES, *LIFECYCLE_RULES,
        *GATEWAY_RULES, *CLUSTER_STATE_RULES,
    )  # fmt: skip
    functions = ("listManagedClusterUserCredentials", "listManagedClusterAdminCredentials")

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in for a cluster that says nothing."""
        return {
            "enableRBAC": True,
            "supportPlan": "KubernetesOfficial",
            "nodeResourceGroup": _node_resource_group(request),
            "disableLocalAccounts": False,
            "sku": {"name": "Base", "tier": "Free"},
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Addresses, issuer, identities and pools."""
        return {
            "azurePortalFQDN": f"{_host(request)}.portal.hcp.{request.location}.azmk8s.io",
            "currentKubernetesVersion": request.at("kubernetesVersion"),
            "powerState": {"code": "Running"},
            "maxAgentPools": 100,
            "resourceUID": guid(request.id, "uid").replace("-", "")[:24],
            "agentPoolProfiles": _pools(request),
            "identityProfile": _identities(request),
            **outbound_addresses(request, _node_group_id(request)),
            **_addons(request),
            **_ingress(request),
            **_names(request),
            **_issuer(request),
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """A kubeconfig that reaches nothing: the host is the cluster's simulated address."""
        host = record.outputs.get("privateFQDN") or record.outputs.get("fqdn")
        name = name_of(record.id)
        text = (
            f"apiVersion: v1\nkind: Config\ncurrent-context: {name}\nclusters:\n- name: {name}\n  cluster:\n"
            f"    server: https://{host}:443\ncontexts:\n- name: {name}\n  context: {{cluster: {name}, user: {name}}}\n"
            f"users:\n- name: {name}\n  user: {{}}\n"
        )
        kind = "clusterAdmin" if "Admin" in function else "clusterUser"
        return {"kubeconfigs": [{"name": kind, "value": base64.b64encode(text.encode()).decode()}]}


def _names(request: Request) -> dict[str, Any]:
    """The names of the API server: a private cluster has one more, and may hide the public one."""
    private = request.at("apiServerAccessProfile.enablePrivateCluster")
    shown = request.at("apiServerAccessProfile.enablePrivateClusterPublicFQDN")
    public_name = f"{_host(request)}.hcp.{request.location}.azmk8s.io"
    private_name = f"{_host(request)}.{_private_zone(request)}"
    if private is UNKNOWN:
        return {"fqdn": UNKNOWN, "privateFQDN": UNKNOWN}
    if private is not True:
        return {"fqdn": public_name, "privateFQDN": None}
    return {
        "fqdn": UNKNOWN if shown is UNKNOWN else None if shown is False else public_name,
        "privateFQDN": private_name,
    }


def _issuer(request: Request) -> dict[str, Any]:
    enabled = request.at("oidcIssuerProfile.enabled")
    if enabled is UNKNOWN:
        return {"oidcIssuerProfile": UNKNOWN}
    host = f"{request.location}.oic.prod-aks.azure.com"
    url = f"https://{host}/{TENANT}/{guid(request.id, 'oidc')}/"
    return {"oidcIssuerProfile": {"issuerURL": url}} if enabled is True else {}


def _host(request: Request) -> str:
    for path in ("dnsPrefix", "fqdnSubdomain"):
        if request.at(path) is not None:
            return f"{request.text(path)}-{digest(request.id, 'host', 8)}"
    return f"{request.name}-{digest(request.id, 'host', 8)}"


def _private_zone(request: Request) -> str:
    zone = request.text("apiServerAccessProfile.privateDNSZone", "system")
    if zone.lower() in {"system", "none"}:
        return f"{guid(request.id, 'zone')}.privatelink.{request.location}.azmk8s.io"
    return name_of(zone)


def _node_resource_group(request: Request) -> str:
    group = request.id.split("/")[4]
    return f"MC_{group}_{request.name}_{request.location}"


def _node_group_id(request: Request) -> str:
    node_group = request.text("nodeResourceGroup", _node_resource_group(request))
    return f"{request.id.split('/resourceGroups/')[0]}/resourceGroups/{node_group}"


def _pools(request: Request) -> Any:
    pools = request.at("agentPoolProfiles")
    if not isinstance(pools, list):
        return UNKNOWN if pools is UNKNOWN else []
    return [_pool(request, item) if isinstance(item, Mapping) else item for item in pools]


def _pool(request: Request, item: Mapping[str, Any]) -> dict[str, Any]:
    version = item.get("orchestratorVersion", request.at("kubernetesVersion"))
    return {
        "osType": "Linux",
        "type": "VirtualMachineScaleSets",
        **item,
        "currentOrchestratorVersion": version,
        "nodeImageVersion": NODE_IMAGE,
        "provisioningState": "Succeeded",
        "powerState": {"code": "Running"},
        "eTag": guid(f"{request.id}/agentPools/{item.get('name')}", "etag"),
    }


def _addons(request: Request) -> dict[str, Any]:
    """Each add-on that is on has an identity that AKS makes in the node resource group."""
    addons = request.at("addonProfiles")
    if not isinstance(addons, Mapping):
        return {}
    known = {name: addon for name, addon in addons.items() if isinstance(addon, Mapping)}
    found = {
        name: {"identity": _made_identity(request, f"{name.lower()}-{request.name}", addon.get("enabled"))}
        for name, addon in known.items()
        if name.lower() in _WITH_IDENTITY and addon.get("enabled") in (True, UNKNOWN)
    }
    return {"addonProfiles": found} if found else {}


def _ingress(request: Request) -> dict[str, Any]:
    """Application routing has an identity as well, for DNS zones and certificates."""
    enabled = request.at("ingressProfile.webAppRouting.enabled")
    if enabled not in (True, UNKNOWN) or request.at("ingressProfile.webAppRouting") is UNKNOWN:
        return {}
    identity = _made_identity(request, f"webapprouting-{request.name}", enabled)
    return {"ingressProfile": {"webAppRouting": {"identity": identity}}}


def _made_identity(request: Request, name: str, enabled: Any) -> Any:
    """An identity of the node resource group; `UNKNOWN` while nobody knows whether it is made."""
    if enabled is UNKNOWN:
        return UNKNOWN
    made = f"{_node_group_id(request)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}"
    return {"resourceId": made, "clientId": guid(made, "client"), "objectId": guid(made, "principal")}


def _identities(request: Request) -> dict[str, Any]:
    """The kubelet's identity: the one that was asked for, or the one that AKS makes in the node resource group."""
    asked = request.at("identityProfile.kubeletidentity.resourceId")
    made = (
        f"{_node_group_id(request)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{request.name}-agentpool"
    )
    identity = asked if isinstance(asked, str) else made
    kubelet = {"resourceId": identity, "clientId": guid(identity, "client"), "objectId": guid(identity, "principal")}
    return {"kubeletidentity": dict.fromkeys(kubelet, UNKNOWN) if asked is UNKNOWN else kubelet}
