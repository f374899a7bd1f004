"""What AKS refuses about the subnets of node pools: whose they are, how large, delegated to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, parents
from simulator.model import Request
from simulator.resources.containerservice import CODES, docs, issue, support
from simulator.resources.containerservice.pool import POOL_TOKEN, Pool, pools_of, siblings, subnet, subnet_ranges
from simulator.resources.network.addresses import networks
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN, at

_NET: Final = "networkProfile"
# Azure keeps five addresses of every subnet; a node of an overlay takes a /24 of the pods' range.
_KEPT: Final = 5
_PER_NODE: Final = 256
_DEFAULT_PODS: Final = 30


def _network_id(subnet_id: Any) -> str | None:
    return key(next(parents(subnet_id))) if isinstance(subnet_id, str) and "/subnets/" in subnet_id else None


@rule("aks-pools-in-one-network", kind="cross-resource", source=issue("Azure/AKS#2927"), reads=("vnetSubnetID",))
def pools_in_one_network(request: Request) -> Iterator[Fault]:
    """Either every pool names a subnet or none does, and all subnets lie in one network.

    A pool of its own that names none gets that of the cluster (tests of Azure/bicep-registry-modules deploy it).
    """
    pools = list(pools_of(request))
    if request.token == POOL_TOKEN:
        others = list(siblings(request))
    else:
        others = [(pool.name, pool.fields) for pool in pools[:1]]
        pools = pools[1:]
    for pool in pools:
        mine = pool.fields.get("vnetSubnetID")
        for name, other in others[:1]:
            theirs = other.get("vnetSubnetID")
            if UNKNOWN in (mine, theirs) or pool.before is not None:
                continue
            if mine is None and request.token == POOL_TOKEN:
                continue
            target = f"{pool.prefix}vnetSubnetID"
            if (mine is None) != (theirs is None):
                yield Fault(
                    f"The Agentpool {name if theirs is None else pool.name} does not have subnet defined.", target,
                    "name a subnet for every pool of the cluster or for none",
                )  # fmt: skip
            elif mine is not None and _network_id(mine) != _network_id(theirs):
                yield Fault(
                    f"vnetSubnetID lies in another network than that of pool {name}", target,
                    "use a subnet of the same virtual network",
                )  # fmt: skip


@rule(
    "aks-pod-subnet", kind="static", reads=("podSubnetID", "vnetSubnetID"),
    source=docs("configure-azure-cni-dynamic-ip-allocation.md"),
)  # fmt: skip
def pod_subnet(request: Request) -> Iterator[Fault]:
    """Pods get a subnet of their own beside the nodes' one, with Azure CNI and without overlay."""
    for pool in pools_of(request):
        if pool.known("podSubnetID") is None:
            continue
        target = f"{pool.prefix}podSubnetID"
        if pool.fields.get("vnetSubnetID") is None:
            yield Fault("podSubnetID needs a vnetSubnetID for the nodes", target, "name the nodes' subnet, too")
        if pool.of_cluster(f"{_NET}.networkPlugin") == "kubenet":
            yield Fault("podSubnetID needs networkPlugin azure, not kubenet", target)
        if pool.of_cluster(f"{_NET}.networkPluginMode") == "overlay":
            yield Fault("podSubnetID and networkPluginMode overlay exclude each other", target, "leave one of them out")


@rule(
    "aks-pool-subnet-delegated", kind="cross-resource", code="SubnetIsDelegated", quoted=True, reads=("vnetSubnetID",),
    source=support("error-codes/subnetisdelegated-error.md"),
)  # fmt: skip
def pool_subnet_delegated(request: Request) -> Iterator[Fault]:
    """The subnet of nodes is delegated to no other service; a report of 2021 had AKS's own refused, too."""
    for pool in pools_of(request):
        subnet_id = pool.known("vnetSubnetID")
        body = subnet(subnet_id, request.world)
        delegations = body.get("delegations") if body is not None else None
        services = [at(each, "serviceName") for each in delegations] if isinstance(delegations, list) else []
        if any(isinstance(each, str) and "ContainerService" not in each for each in services):
            yield Fault(
                f"AgentPoolProfile subnet with id {subnet_id} cannot be used as it's a delegated subnet. Please check "
                "https://aka.ms/adv-network-prerequest for more details.",
                f"{pool.prefix}vnetSubnetID", "use a subnet without delegations",
            )  # fmt: skip


def _has_pods(pool: Pool) -> bool | None:
    """Whether pods take addresses of the nodes' subnet; `None` where the network's kind isn't known."""
    plugin, mode = pool.of_cluster(f"{_NET}.networkPlugin"), pool.of_cluster(f"{_NET}.networkPluginMode")
    if UNKNOWN in (plugin, mode) or not pool.is_settled("podSubnetID", "maxPods") or plugin not in ("azure", "kubenet"):
        return None
    return plugin == "azure" and mode != "overlay" and pool.known("podSubnetID") is None


def _wanted(pool: Pool, fields: Mapping[str, Any]) -> int:
    """The addresses that a pool takes at most, without those of a surge."""
    own = Pool("", fields, "", pool.cluster, "", None)
    per_node = 1 + int(own.number("maxPods") or _DEFAULT_PODS) if _has_pods(own) else 1
    return own.most_nodes * per_node


@rule(
    "aks-subnet-size", kind="cross-resource", code="InsufficientSubnetSize", quoted=True,
    source=issue("Azure/AKS#3653, #456; rancher/rancher#20784"),
    reads=("vnetSubnetID", "count", "maxCount", "maxPods", "enableAutoScaling"),
)  # fmt: skip
def subnet_size(request: Request) -> Iterator[Fault]:
    """With Azure CNI every pod takes an address of the subnet, else every node; a pool that shrinks isn't judged."""
    for pool in pools_of(request):
        subnet_id = pool.known("vnetSubnetID")
        body = subnet(subnet_id, request.world)
        ranges = [each for each in subnet_ranges(body) if each.version == 4] if body is not None else []
        if not ranges or _has_pods(pool) is None or (pool.before is not None and not _grows(pool)):
            continue
        wanted = _wanted(pool, pool.fields) + sum(
            _wanted(pool, fields) for name, fields in _beside(request, pool) if _same(fields, subnet_id)
        )
        room = sum(each.num_addresses - _KEPT for each in ranges)
        if wanted > room:
            yield Fault(
                f"Pre-allocated IPs {wanted} exceeds IPs available {room} in Subnet Cidr {ranges[0]}, Subnet Name "
                f"{str(subnet_id).rsplit('/', 1)[-1]}. If Autoscaler is enabled, the max-count from each nodepool is "
                "counted towards this total (which means that pre-allocated IPs count represents a theoretical max "
                "value, not the actual number of IPs requested). http://aka.ms/aks/insufficientsubnetsize",
                f"{pool.prefix}vnetSubnetID", "use a larger subnet, fewer nodes, a smaller maxPods or overlay",
            )  # fmt: skip
            return


def _grows(pool: Pool) -> bool:
    before = Pool(pool.name, pool.before if pool.before is not None else {}, "", pool.cluster, "", None)
    return pool.most_nodes > before.most_nodes


def _beside(request: Request, pool: Pool) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if request.token == POOL_TOKEN:
        yield from siblings(request)
    for other in pools_of(request):
        if other.name != pool.name:
            yield other.name, other.fields


def _same(fields: Mapping[str, Any], subnet_id: Any) -> bool:
    theirs = fields.get("vnetSubnetID")
    return isinstance(theirs, str) and key(theirs) == key(str(subnet_id))


@rule(
    "aks-pod-cidr-size", kind="cross-resource", code="InsufficientSubnetSize", quoted=True,
    source=f"{issue('Azure/AKS-Construction#701')}; {CODES}", reads=("count", "maxCount", f"{_NET}.podCidr"),
)  # fmt: skip
def pod_cidr_size(request: Request) -> Iterator[Fault]:
    """Every node of an overlay, and of kubenet, takes a /24 of the pods' range."""
    pools = list(pools_of(request))
    plugin, mode = (pools[0].of_cluster(f"{_NET}.{name}") if pools else None
                    for name in ("networkPlugin", "networkPluginMode"))  # fmt: skip
    if not (plugin == "kubenet" or mode == "overlay"):
        return
    cidr = pools[0].of_cluster(f"{_NET}.podCidr")
    nodes = sum(pool.most_nodes for pool in pools)
    if request.token == POOL_TOKEN:
        nodes += sum(Pool("", fields, "", {}, "", None).most_nodes for _, fields in siblings(request))
    for each in networks(cidr):
        if each.version == 4 and nodes * _PER_NODE > each.num_addresses:
            yield Fault(
                f"Pre-allocated IPs {nodes * _PER_NODE} exceeds IPs available {each.num_addresses} in Subnet Cidr "
                f"{each}, Subnet Name networkProfile.podCIDR. If Autoscaler is enabled, the max-count from each "
                "nodepool is counted towards this total (which means that pre-allocated IPs count represents a "
                "theoretical max value, not the actual number of IPs requested). "
                "http://aka.ms/aks/insufficientsubnetsize",
                "count" if request.token == POOL_TOKEN else f"{_NET}.podCidr",
                "use a larger podCidr or fewer nodes: every node takes a /24",
            )  # fmt: skip


SUBNET_RULES = (pools_in_one_network, pod_subnet, pool_subnet_delegated, subnet_size, pod_cidr_size)
