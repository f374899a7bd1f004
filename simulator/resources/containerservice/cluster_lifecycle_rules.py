"""What AKS refuses to change about a cluster that exists; what azure-native replaces it for is not here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.ids import looks_like_id
from simulator.model import Request
from simulator.resources.containerservice import CODES, docs, issue
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_OUTBOUND: Final = "networkProfile.outboundType"
_API: Final = "apiServerAccessProfile"


def _was(request: Request, path: str) -> object:
    """The earlier value: what was written, or else what the service answered; `None` on the first write."""
    if request.old is None:
        return None
    written = at(request.old.body, path)
    return at(request.old.outputs, path) if written is None else written


@rule("aks-oidc-stays", kind="lifecycle", code="OIDCIssuerCannotBeDisabled", reads=("oidcIssuerProfile",),
      source=f"{docs('use-oidc-issuer.md')}; {CODES}")  # fmt: skip
def oidc_stays(request: Request) -> Iterator[Fault]:
    """The issuer can't be switched off."""
    if _was(request, "oidcIssuerProfile.enabled") is True and request.known("oidcIssuerProfile.enabled") is False:
        yield Fault("the OIDC issuer can't be disabled once it is enabled", "oidcIssuerProfile.enabled",
                    "leave it enabled")  # fmt: skip


@rule("aks-cluster-fixed", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True,
      source=f"{issue('Azure/azure-cli#24764; Azure/AKS#1519')}; {docs('load-balancer-standard.md')}")  # fmt: skip
def cluster_fixed(request: Request) -> Iterator[Fault]:
    """The service principal, managed Entra, Kubernetes' RBAC and the kind of load balancer stay as they are made."""
    paths = ("servicePrincipalProfile.clientId", "enableRBAC", "networkProfile.loadBalancerSku")
    for path in (*paths, "aadProfile.managed"):
        was, now = _was(request, path), request.known(path)
        if was is None or was is UNKNOWN or now is None or str(was).lower() == str(now).lower():
            continue
        if path != "aadProfile.managed" or was is True:
            yield Fault(f"Changing property '{path}' is not allowed.", path,
                        "put the old value back, or make a cluster with another name and move to it")  # fmt: skip


@rule("aks-private-cluster-fixed", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True, reads=(_API,),
      source=f"{docs('private-clusters.md')}; {docs('api-server-vnet-integration.md')}")  # fmt: skip
def private_cluster_fixed(request: Request) -> Iterator[Fault]:
    """Only an API server in one's own network can be made private or public later."""
    integrated = True in (_was(request, f"{_API}.enableVnetIntegration"), request.at(f"{_API}.enableVnetIntegration"))
    was, now = _was(request, f"{_API}.enablePrivateCluster"), request.known(f"{_API}.enablePrivateCluster")
    if request.old is not None and now is not None and bool(was) != now and was is not UNKNOWN and not integrated:
        yield Fault(f"Changing property '{_API}.enablePrivateCluster' is not allowed.", f"{_API}.enablePrivateCluster",
                    "put the old value back, or make a cluster with another name and move to it")  # fmt: skip


@rule("aks-private-dns-fixed", kind="lifecycle", code="PropertyChangeNotAllowed", quoted=True, reads=(_API,),
      source=docs("private-clusters.md"))  # fmt: skip
def private_dns_fixed(request: Request) -> Iterator[Fault]:
    """A zone may be given up, and no other taken for it."""
    was, now = _was(request, f"{_API}.privateDNSZone"), request.known(f"{_API}.privateDNSZone")
    if not isinstance(was, str) or not isinstance(now, str) or was.lower() == now.lower() or now.lower() == "none":
        return
    if looks_like_id(was) or looks_like_id(now) or was.lower() == "none":
        yield Fault(f"Changing property '{_API}.privateDNSZone' is not allowed.", f"{_API}.privateDNSZone",
                    "put the old value back; only none may come instead")  # fmt: skip


@rule("aks-vnet-integration-stays", kind="lifecycle", code="BadRequest", reads=(_API,),
      source=f"{docs('api-server-vnet-integration.md')}; code not confirmed")  # fmt: skip
def vnet_integration_stays(request: Request) -> Iterator[Fault]:
    """An API server that is in a network stays there."""
    path = f"{_API}.enableVnetIntegration"
    if _was(request, path) is True and request.known(path) is False:
        yield Fault("API server VNet integration can't be disabled once it is enabled", path, "leave it enabled")


@rule("aks-kms-access-fixed", kind="lifecycle", code="BadRequest", reads=("securityProfile.azureKeyVaultKms",),
      source=f"{docs('use-kms-etcd-encryption.md')}; code not confirmed")  # fmt: skip
def kms_access_fixed(request: Request) -> Iterator[Fault]:
    """How AKS reaches the vault changes only while encryption is off."""
    kms = "securityProfile.azureKeyVaultKms"
    was, now = _was(request, f"{kms}.keyVaultNetworkAccess"), request.known(f"{kms}.keyVaultNetworkAccess")
    runs = _was(request, f"{kms}.enabled") is True and request.known(f"{kms}.enabled") is True
    if runs and isinstance(was, str) and isinstance(now, str) and was != now:
        yield Fault(f"keyVaultNetworkAccess can't change from {was} to {now} while KMS is on",
                    f"{kms}.keyVaultNetworkAccess", "turn KMS off first, then on again")  # fmt: skip


@rule("aks-node-provisioning-outbound", kind="lifecycle", code="OperationNotAllowed",
      reads=("networkProfile.outboundType", "nodeProvisioningProfile"),
      source=f"{docs('node-auto-provisioning.md')}; code not confirmed")  # fmt: skip
def node_provisioning_outbound(request: Request) -> Iterator[Fault]:
    """The way out of a cluster that makes its own nodes stays."""
    if _was(request, "nodeProvisioningProfile.mode") != "Auto":
        return
    was, now = _was(request, _OUTBOUND), request.known(_OUTBOUND)
    before = "loadBalancer" if was is None else was
    if now is not None and before is not UNKNOWN and now != before:
        yield Fault(f"outboundType {before} can't become {now} with nodeProvisioningProfile.mode Auto", _OUTBOUND,
                    "keep the way out")  # fmt: skip


CLUSTER_LIFECYCLE_RULES = (
    oidc_stays, cluster_fixed, private_cluster_fixed, private_dns_fixed, vnet_integration_stays, kms_access_fixed,
    node_provisioning_outbound,
)  # fmt: skip
