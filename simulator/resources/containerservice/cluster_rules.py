"""What AKS refuses about a cluster's names, tier, sign-in, security and add-on features.

Versions are in `cluster_version_rules`, networks in `cluster_network_rules`, `cluster_range_rules`,
`cluster_outbound_rules` and `cluster_api_server_rules`, identities and their roles in `cluster_identity_rules`, add-ons
in `cluster_addon_rules`, what can't be changed in `cluster_lifecycle_rules`, pools in `pool_*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import AZURERM, CODES, docs, issue, support
from simulator.resources.containerservice.pool import minor_of, pools_of
from simulator.rule import Fault, rule

_DNS = re.compile(r"^[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?$")
_GUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_FAQ = support("create-upgrade-delete/aks-common-issues-faq.yml")
_INVALID = support("error-codes/invalidparameter-error.md")
# Words that no resource of Azure may be called by, hold, or begin with.
_HELD: Final = ("microsoft", "windows")
_BEGUN: Final = ("login", "xbox")
_CALLED: Final = ("azure",)
# From this version on a new cluster has an issuer (use-oidc-issuer.md).
_ISSUER_BY_DEFAULT: Final = (1, 34)


@rule("aks-reserved-name", kind="static", code="InvalidParameter", source=_INVALID, quoted=True)
def reserved_name(request: Request) -> Iterator[Fault]:
    """Names of Microsoft's own."""
    name = request.name.lower()
    why = ""
    if any(word in name for word in _HELD):
        why = "'MICROSOFT' and 'WINDOWS' can't be used as either a whole word or a substring in the name."
    elif name.startswith(_BEGUN):
        why = "'LOGIN' and 'XBOX' can't be used at the start of a resource name, but can be used later in the name."
    elif name in _CALLED:
        why = "it is reserved."
    if why and request.old is None:
        yield Fault(
            f'The value of parameter name is invalid. Error details: "{request.name}" managed cluster name is invalid '
            f"because {why}. Please see https://aka.ms/aks-naming-rules for more details.",
            "resourceName", "use another name",
        )  # fmt: skip


@rule("aks-dns-prefix", kind="static", code="InvalidParameter", source=_FAQ, reads=("dnsPrefix", "fqdnSubdomain"))
def dns_prefix(request: Request) -> Iterator[Fault]:
    """One label of DNS, and only one of the two properties."""
    for path in ("dnsPrefix", "fqdnSubdomain"):
        name = request.known(path)
        if isinstance(name, str) and name and _DNS.match(name) is None:
            yield Fault(f"{path} '{name}' is not 1 to 54 letters, digits and hyphens, with no hyphen at the ends",
                        path, "use letters, digits and hyphens")  # fmt: skip
    if request.known("dnsPrefix") and request.known("fqdnSubdomain"):
        yield Fault("dnsPrefix and fqdnSubdomain exclude each other", "fqdnSubdomain", "leave one of the two out")


@rule("aks-dns-prefix-missing", kind="static", code="InvalidParameter", reads=("dnsPrefix", "fqdnSubdomain"),
      source="hashicorp/terraform-provider-azurerm: dns_prefix of kubernetes_cluster (checked 2026-11-25); code not "
      "confirmed")  # fmt: skip
def dns_prefix_missing(request: Request) -> Iterator[Fault]:
    """The API server of a new cluster gets a name."""
    if request.old is None and not request.at("dnsPrefix") and not request.at("fqdnSubdomain"):
        yield Fault("Required parameter dnsPrefix is missing (null).", "dnsPrefix", "write a dnsPrefix")


@rule("aks-node-resource-group", kind="static", code="InvalidParameter", source=_FAQ,
      reads=("nodeResourceGroup", "location"))  # fmt: skip
def node_resource_group(request: Request) -> Iterator[Fault]:
    """At most 80 characters, also for the name that AKS makes up."""
    group = request.id.split("/")[4]
    name = request.known("nodeResourceGroup") or f"MC_{group}_{request.name}_{request.location}"
    if request.old is None and len(name) > 80:
        yield Fault(
            f"the node resource group '{name}' has {len(name)} characters and may have 80", "nodeResourceGroup",
            "name a shorter nodeResourceGroup",
        )  # fmt: skip


@rule("aks-node-resource-group-own", kind="static", code="NodeResourceGroupSameAsResourceGroup", source=CODES,
      reads=("nodeResourceGroup",))  # fmt: skip
def node_resource_group_own(request: Request) -> Iterator[Fault]:
    """AKS makes the group of the nodes: it can't be the cluster's."""
    name = request.known("nodeResourceGroup")
    if isinstance(name, str) and name.lower() == request.id.split("/")[4].lower():
        yield Fault(f"the node resource group '{name}' is the cluster's own", "nodeResourceGroup", "use another name")


@rule("aks-node-resource-group-exists", kind="cross-resource", code="NodeResourceGroupAlreadyExists",
      source=f"{CODES}; {docs('faq.yml')}", reads=("nodeResourceGroup",))  # fmt: skip
def node_resource_group_exists(request: Request) -> Iterator[Fault]:
    """AKS makes the group of the nodes: nobody else may have made it."""
    name = request.known("nodeResourceGroup")
    own = request.id.split("/")[4]
    if not isinstance(name, str) or request.old is not None or name.lower() == own.lower():
        return
    if request.world.get(f"{'/'.join(request.id.split('/')[:4])}/{name}") is not None:
        yield Fault(f"the resource group '{name}' exists, and AKS makes the group of the nodes itself",
                    "nodeResourceGroup", "don't declare the group, or use another name")  # fmt: skip


@rule("aks-pools-missing", kind="static", code="InvalidParameter", quoted=True, source=issue("Azure/ARO-HCP#629"),
      reads=("agentPoolProfiles", "sku"))  # fmt: skip
def pools_missing(request: Request) -> Iterator[Fault]:
    """A cluster is made with its first pool; AKS Automatic may have pools that AKS manages."""
    if request.old is None and not request.at("agentPoolProfiles") and request.known("sku.name") != "Automatic":
        yield Fault("Required parameter agentPoolProfiles is missing (null).", "agentPoolProfiles",
                    "declare a pool with the mode System inside the cluster")  # fmt: skip


@rule("aks-one-system-pool", kind="static", code="MustDefineAtLeastOneSystemPool", quoted=True,
      source=issue("Azure/AKS#1568"), reads=("agentPoolProfiles",))  # fmt: skip
def one_system_pool(request: Request) -> Iterator[Fault]:
    """A cluster whose pools are all user pools has nowhere to run its own pods."""
    modes = [pool.known("mode") for pool in pools_of(request)]
    if request.old is None and modes and all(mode == "User" for mode in modes):
        yield Fault("Must define at least one system pool.", "agentPoolProfiles", "give one pool the mode System")


@rule("aks-cost-analysis-tier", kind="static", reads=("metricsProfile", "sku"),
      source=f"{docs('cost-analysis.md')}; {AZURERM}")  # fmt: skip
def cost_analysis_tier(request: Request) -> Iterator[Fault]:
    """The Free tier has no cost analysis."""
    tier = request.known("sku.tier", "Free")
    if (
        request.known("metricsProfile.costAnalysis.enabled") is True
        and tier == "Free"
        and request.known("sku.name", "Base") == "Base"
    ):
        yield Fault("cost analysis needs the Standard or Premium tier", "metricsProfile.costAnalysis.enabled",
                    "use sku.tier Standard")  # fmt: skip


@rule("aks-local-accounts-need-aad", kind="static", quoted=True, source=issue("cilium/cilium#48265"),
      reads=("disableLocalAccounts", "kubernetesVersion"))  # fmt: skip
def local_accounts_need_aad(request: Request) -> Iterator[Fault]:
    """Without local accounts and without Entra nobody could sign in."""
    old_version = (minor_of(request.known("kubernetesVersion")) or (1, 99)) < (1, 25)
    if request.at("disableLocalAccounts") is True and request.at("aadProfile") is None and not old_version:
        yield Fault(
            "Since kubernetes version 1.25, disableLocalAccounts can only be set on Azure AD integration enabled "
            "cluster. Please integrate your cluster with AAD.",
            "disableLocalAccounts", "add an aadProfile with managed: true",
        )  # fmt: skip


@rule("aks-azure-rbac", kind="static", reads=("aadProfile",), source=docs("entra-id-authorization.md"))
def azure_rbac(request: Request) -> Iterator[Fault]:
    """Azure roles for Kubernetes need managed Entra."""
    if request.known("aadProfile.enableAzureRBAC") is True and request.known("aadProfile.managed") is False:
        yield Fault(
            "enableAzureRBAC needs a managed aadProfile", "aadProfile.enableAzureRBAC", "set aadProfile.managed"
        )


@rule("aks-aad-needs-rbac", kind="static", code="RBACNotEnabledForAAD", source=CODES,
      reads=("aadProfile", "enableRBAC"))  # fmt: skip
def aad_needs_rbac(request: Request) -> Iterator[Fault]:
    """Entra signs in people to whom Kubernetes' own RBAC gives rights."""
    if request.at("enableRBAC") is False and request.at("aadProfile") is not None:
        yield Fault("aadProfile needs enableRBAC", "enableRBAC", "leave enableRBAC on")


@rule("aks-admin-groups", kind="static", code="InvalidAdminGroupObjectID", source=CODES,
      reads=("aadProfile.adminGroupObjectIDs",))  # fmt: skip
def admin_groups(request: Request) -> Iterator[Fault]:
    """Groups are named by their object ids, not by their names."""
    listed = request.known("aadProfile.adminGroupObjectIDs")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, str) and _GUID.match(each) is None:
            yield Fault(f"'{each}' among adminGroupObjectIDs is no object id", "aadProfile.adminGroupObjectIDs",
                        "write the object id of the Entra group")  # fmt: skip


@rule("aks-workload-identity-needs-oidc", kind="static", source=issue("Azure/terraform-azurerm-aks#377"),
      reads=("securityProfile.workloadIdentity", "oidcIssuerProfile", "kubernetesVersion"))  # fmt: skip
def workload_identity_needs_oidc(request: Request) -> Iterator[Fault]:
    """Federated tokens need an issuer; AKS Automatic and new clusters of 1.34 and later have one without asking."""
    wanted, issuer = request.known("securityProfile.workloadIdentity.enabled"), request.at("oidcIssuerProfile.enabled")
    minor = minor_of(request.known("kubernetesVersion"))
    had = request.old is not None and bool(request.old.outputs.get("oidcIssuerProfile"))
    given = had or request.known("sku.name") == "Automatic" or (minor is not None and minor >= _ISSUER_BY_DEFAULT)
    if wanted is True and (issuer is False or (issuer is None and not given)):
        yield Fault("securityProfile.workloadIdentity needs oidcIssuerProfile.enabled",
                    "securityProfile.workloadIdentity.enabled", "set oidcIssuerProfile.enabled to true")  # fmt: skip


@rule("aks-image-cleaner-interval", kind="static", code="InvalidParameter", source=docs("image-cleaner.md"),
      reads=("securityProfile.imageCleaner",))  # fmt: skip
def image_cleaner_interval(request: Request) -> Iterator[Fault]:
    """From a day to three months."""
    hours = request.known("securityProfile.imageCleaner.intervalHours")
    if isinstance(hours, int | float) and hours != 0 and not 24 <= hours <= 24 * 92:
        yield Fault(f"imageCleaner.intervalHours is {hours}, and has to be from 24 to three months",
                    "securityProfile.imageCleaner.intervalHours", "write 168 for a week")  # fmt: skip


GENERAL_RULES = (
    reserved_name, dns_prefix, dns_prefix_missing,
    node_resource_group, node_resource_group_own, node_resource_group_exists, pools_missing,
    one_system_pool, cost_analysis_tier, local_accounts_need_aad, azure_rbac, aad_needs_rbac, admin_groups,
    workload_identity_needs_oidc, image_cleaner_interval,
)  # fmt: skip
