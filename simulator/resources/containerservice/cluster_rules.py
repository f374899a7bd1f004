"""What AKS refuses about a cluster's names, tier, version, sign-in and security.

Networks are in `cluster_network_rules`, identities and their roles in `cluster_identity_rules`, pools in `pool_*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.aks_versions import Support, aks_versions, as_of
from simulator.model import Request
from simulator.resources.containerservice.agent_pools import AgentPools
from simulator.resources.containerservice.pool import minor_of, pools_of
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at, has_unknown

_DNS = re.compile(r"^[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?$")
_FAQ = "MicrosoftDocs/SupportArticles-docs:create-upgrade-delete/aks-common-issues-faq.yml"
_LTS = "AKSLongTermSupport"


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


@rule("aks-node-resource-group-own", kind="static", code="NodeResourceGroupSameAsResourceGroup",
      source="MicrosoftDocs/azure-aks-docs:faq.yml (not re-read)", reads=("nodeResourceGroup",))  # fmt: skip
def node_resource_group_own(request: Request) -> Iterator[Fault]:
    """AKS makes the group of the nodes: it can't be the cluster's."""
    name = request.known("nodeResourceGroup")
    if isinstance(name, str) and name.lower() == request.id.split("/")[4].lower():
        yield Fault(f"the node resource group '{name}' is the cluster's own", "nodeResourceGroup", "use another name")


@rule("aks-one-system-pool", kind="static", code="MustDefineAtLeastOneSystemPool", quoted=True,
      source="Azure/AKS#1568", reads=("agentPoolProfiles",))  # fmt: skip
def one_system_pool(request: Request) -> Iterator[Fault]:
    """A cluster whose pools are all user pools has nowhere to run its own pods."""
    modes = [pool.known("mode") for pool in pools_of(request)]
    if request.old is None and modes and all(mode == "User" for mode in modes):
        yield Fault("Must define at least one system pool.", "agentPoolProfiles", "give one pool the mode System")


@rule("aks-inline-pool-fixed", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True,
      source="MicrosoftDocs/azure-aks-docs:articles/aks/manage-node-pools.md (not re-read)")  # fmt: skip
def inline_pool_fixed(request: Request) -> Iterator[Fault]:
    """What is fixed for a pool is fixed for one inside a cluster, too."""
    for pool in pools_of(request):
        for path in (*AgentPools.unchangeable, "vmSize", "gpuInstanceProfile"):
            was, now = (at(pool.before, path) if pool.before is not None else None), pool.known(path)
            if was is None or now is None or has_unknown(was) or has_unknown(now):
                continue
            if _plain(was) != _plain(now):
                yield Fault(
                    f"Changing property 'properties.{path}' is not allowed.", f"{pool.prefix}{path}",
                    "put the old value back, or make a pool with another name and move to it",
                )  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.lower()
    return sorted(map(str, value)) if isinstance(value, list) else value


@rule("aks-support-plan", kind="static", source="Azure/AKS#5076 (2025-06-11)", reads=("supportPlan", "sku"))
def support_plan(request: Request) -> Iterator[Fault]:
    """Long-term support is a part of the Premium tier."""
    tier = request.known("sku.tier", "Free")
    if request.known("supportPlan") == _LTS and tier != "Premium":
        yield Fault(f"supportPlan {_LTS} needs the Premium tier, not {tier}", "supportPlan", "use sku.tier Premium")


@rule("aks-version-lts-only", kind="state", code="K8sVersionNotSupported", quoted=True,
      source="Azure/secrets-store-csi-driver-provider-azure#1713",
      reads=("kubernetesVersion", "sku", "supportPlan"))  # fmt: skip
def version_lts_only(request: Request) -> Iterator[Fault]:
    """Versions long out of standard support are for clusters with long-term support alone.

    One whose standard support has just ended is let through: regions drop it weeks later.
    """
    version, minor = request.known("kubernetesVersion"), minor_of(request.known("kubernetesVersion"))
    before = request.old.body.get("kubernetesVersion") if request.old is not None else None
    has_lts = request.known("sku.tier") == "Premium" and request.known("supportPlan") == _LTS
    if minor is None or version == before or has_lts:
        return
    known = {minor_of(name): each for name, each in aks_versions().items()}
    oldest = min(each for each in known if each is not None)
    if minor < oldest or (minor in known and known[minor].support_on(as_of()) is Support.NONE):
        yield Fault(
            f"Managed cluster {request.name} is on version {version}, which is only available for Long-Term Support "
            "(LTS). If you intend to onboard to LTS, please ensure the cluster is in Premium tier and LTS support plan "
            "(see https://aka.ms/aks/enable-lts). Otherwise, use [az aks get-versions] command to get the supported "
            "version list in this region. For more information, please check https://aka.ms/supported-version-list",
            "kubernetesVersion", "use a version in standard support, or the Premium tier with supportPlan " + _LTS,
        )  # fmt: skip


@rule("aks-upgrade-steps", kind="lifecycle", code="OperationNotAllowed", reads=("kubernetesVersion",),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/upgrade-aks-cluster.md (not re-read)")  # fmt: skip
def upgrade_steps(request: Request) -> Iterator[Fault]:
    """One minor version at a time, and never back; only out of a version without any support AKS lets one skip."""
    was = request.old.body.get("kubernetesVersion") if request.old is not None else None
    before, after = minor_of(was), minor_of(request.known("kubernetesVersion"))
    if before is None or after is None or was is UNKNOWN:
        return
    supported = aks_versions().get(f"{before[0]}.{before[1]}")
    skips = after[1] > before[1] + 1 and supported is not None and supported.support_on(as_of()) is not Support.NONE
    if after < before or skips:
        what = "goes back" if after < before else "skips a minor version"
        yield Fault(
            f"Upgrading Kubernetes version {was} to {request.known('kubernetesVersion')} is not allowed: it {what}",
            "kubernetesVersion", f"go to {before[0]}.{before[1] + 1} first" if skips else "keep the version",
        )  # fmt: skip


@rule("aks-pools-within-skew", kind="lifecycle", code="NodePoolMcVersionIncompatible", reads=("kubernetesVersion",),
      source="MicrosoftDocs/SupportArticles-docs:nodepoolmcversionincompatible-error.md")  # fmt: skip
def pools_within_skew(request: Request) -> Iterator[Fault]:
    """The control plane never leaves a pool more than three minor versions behind."""
    after = minor_of(request.known("kubernetesVersion"))
    for record in request.world.below(request.id) if request.old is not None and after is not None else ():
        pool = minor_of(record.body.get("orchestratorVersion")) if record.token == AgentPools.token else None
        if pool is not None and after is not None and pool[1] < after[1] - 3:
            yield Fault(
                f"node pool {record.id.rsplit('/', 1)[-1]} is on {record.body['orchestratorVersion']}, too old for a "
                f"control plane on {request.known('kubernetesVersion')}",
                "kubernetesVersion", "move the pool first",
            )  # fmt: skip


@rule("aks-cost-analysis-tier", kind="static", reads=("metricsProfile", "sku"),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/cost-analysis.md (not re-read)")  # fmt: skip
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


@rule("aks-local-accounts-need-aad", kind="static", quoted=True, source="cilium/cilium#48265",
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


@rule("aks-azure-rbac", kind="static", reads=("aadProfile", "enableRBAC"),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/manage-azure-rbac.md (not re-read)")  # fmt: skip
def azure_rbac(request: Request) -> Iterator[Fault]:
    """Azure roles for Kubernetes need managed Entra, and Kubernetes' own RBAC switched on."""
    if request.known("aadProfile.enableAzureRBAC") is True and request.known("aadProfile.managed") is False:
        yield Fault(
            "enableAzureRBAC needs a managed aadProfile", "aadProfile.enableAzureRBAC", "set aadProfile.managed"
        )
    if request.at("enableRBAC") is False and request.at("aadProfile") is not None:
        yield Fault("aadProfile needs enableRBAC", "enableRBAC", "leave enableRBAC on")


@rule("aks-workload-identity-needs-oidc", kind="static", source="Azure/terraform-azurerm-aks#377",
      reads=("securityProfile.workloadIdentity", "oidcIssuerProfile"))  # fmt: skip
def workload_identity_needs_oidc(request: Request) -> Iterator[Fault]:
    """Federated tokens need an issuer."""
    wanted, issuer = request.known("securityProfile.workloadIdentity.enabled"), request.at("oidcIssuerProfile.enabled")
    if wanted is True and issuer is not True:
        yield Fault("securityProfile.workloadIdentity needs oidcIssuerProfile.enabled",
                    "securityProfile.workloadIdentity.enabled", "set oidcIssuerProfile.enabled to true")  # fmt: skip


@rule("aks-oidc-stays", kind="lifecycle", reads=("oidcIssuerProfile",),
      source="MicrosoftDocs/azure-aks-docs:articles/aks/use-oidc-issuer.md (not re-read)")  # fmt: skip
def oidc_stays(request: Request) -> Iterator[Fault]:
    """The issuer can't be switched off."""
    before = at(request.old.body, "oidcIssuerProfile.enabled") if request.old is not None else None
    if before is True and request.known("oidcIssuerProfile.enabled") is False:
        yield Fault("the OIDC issuer can't be disabled once it is enabled", "oidcIssuerProfile.enabled",
                    "leave it enabled")  # fmt: skip


GENERAL_RULES = (
    dns_prefix, node_resource_group, node_resource_group_own, one_system_pool, inline_pool_fixed, support_plan,
    version_lts_only, upgrade_steps, pools_within_skew, cost_analysis_tier, local_accounts_need_aad, azure_rbac,
    workload_identity_needs_oidc, oidc_stays,
)  # fmt: skip
