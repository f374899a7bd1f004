"""NET-006: ranges of addresses do not overlap, and subnets lie in their network."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any, Final

from policies.references import named, naming
from policies.resource import Resource, Stack
from policies.rule import (
    ABSENT,
    Break,
    Category,
    Context,
    Example,
    Property,
    Rule,
    Scope,
    Severity,
    StackBreak,
    Verdict,
)
from policies.rules._faults import adding
from policies.types import CLUSTER, SUBNET, VIRTUAL_NETWORK
from policies.values import UnjudgeableError
from policies.view import Fault, Judged, View, guarded

_SPACES: Final = "addressSpace.addressPrefixes"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def check(view: View, context: Context) -> Judged:
    """A network overlaps with no other; a subnet lies in its own beside the others; a cluster's ranges elsewhere."""
    stack, own = context.stack, context.resource
    if own.type == VIRTUAL_NETWORK:
        for other in stack.of(VIRTUAL_NETWORK):
            if other is not own and other.key != own.key:
                yield from guarded(_apart(view, (_SPACES,), other, _SPACES))
    elif own.type == SUBNET:
        yield from guarded(_in_its_network(view, context))
        for other in _siblings(stack, own):
            yield from guarded(_apart(view, ("addressPrefix", "addressPrefixes"), other, "addressPrefix"))
            yield from guarded(_apart(view, ("addressPrefix", "addressPrefixes"), other, "addressPrefixes"))
    else:
        paths = ("networkProfile.podCidr", "networkProfile.serviceCidr")
        for other in stack.of(VIRTUAL_NETWORK):
            yield from guarded(_apart(view, paths, other, _SPACES))
        pods, services = (ranges_at(view, path) for path in paths)
        if any(one.overlaps(each) for one in pods for each in services if one.version == each.version):
            yield Fault(paths[0], "overlaps with the cluster's serviceCidr")


def ranges_at(view: View, path: str) -> list[Network]:
    """The ranges that stand at a path, in a text or a list. Raises UnjudgeableError for what is none."""
    found = view.read(path, absent="")
    texts = [found] if isinstance(found, str) else view.texts(path)
    try:
        return [ipaddress.ip_network(text.strip(), strict=False) for text in texts if text]
    except (ValueError, AttributeError):
        raise UnjudgeableError(path, "is no range of addresses") from None


def _apart(view: View, paths: tuple[str, ...], other: Resource, other_path: str) -> Judged:
    theirs = ranges_at(other.view(), other_path)
    for path in paths:
        if any(one.overlaps(each) for one in ranges_at(view, path) for each in theirs if one.version == each.version):
            yield Fault(path, f"overlaps with {other.name}")


def _in_its_network(view: View, context: Context) -> Judged:
    networks = named(context.stack, context.resource, "virtualNetworkName", VIRTUAL_NETWORK, "virtualNetworkName")
    if len(networks) != 1:
        return
    spaces = ranges_at(networks[0].view(), _SPACES)
    for path in ("addressPrefix", "addressPrefixes"):
        for one in ranges_at(view, path):
            if not any(one.version == space.version and _within(one, space) for space in spaces):
                yield Fault(path, f"lies outside of {networks[0].name}")


def _within(one: Network, space: Network) -> bool:
    return space.network_address <= one.network_address and one.broadcast_address <= space.broadcast_address  # type: ignore[operator]


def _siblings(stack: Stack, subnet: Resource) -> Iterator[Resource]:
    for network in named(stack, subnet, "virtualNetworkName", VIRTUAL_NETWORK, "virtualNetworkName"):
        for other in naming(stack, network, SUBNET, "virtualNetworkName", "virtualNetworkName"):
            if other.key != subnet.key:
                yield other


def _network(prefix: str, name: str = "vnet") -> Resource:
    properties = {"virtualNetworkName": name, "addressSpace": {"addressPrefixes": [prefix]}}
    return Resource(type=VIRTUAL_NETWORK, name=name, properties=properties)


def _subnet(prefix: str, **more: Any) -> dict[str, Any]:
    return {"virtualNetworkName": "vnet", "subnetName": "snet", "addressPrefix": prefix, **more}


def _other(prefix: str) -> Resource:
    return Resource(type=SUBNET, name="other", properties=_subnet(prefix))


def _twin(stack: Stack, resource: Resource) -> Stack | None:
    if resource.type != VIRTUAL_NETWORK:
        return None
    twin = Resource(type=VIRTUAL_NETWORK, name="twin", properties=resource.properties)
    return adding(stack, twin)


_SPACE: Final[dict[str, Any]] = {"addressSpace": {"addressPrefixes": ["10.42.0.0/16"]}}


def _cluster(pods: str, services: str) -> dict[str, Any]:
    return {"networkProfile": {"podCidr": pods, "serviceCidr": services}}


RULE = Rule(
    id="NET-006",
    title="Ranges of addresses do not overlap",
    severity=Severity.MEDIUM,
    category=Category.NETWORK,
    types=(VIRTUAL_NETWORK, SUBNET, CLUSTER),
    scope=Scope.STACK,
    controls=("itsg33/SC-7", "itsg33/SC-22", "popa/10"),
    equivalents={"psrule": ("Azure.AKS.CNISubnetSize", "AZR-000020")},
    why="Overlapping ranges can't be peered, and a cluster then answers for addresses that belong to somebody else.",
    fix="Choose ranges from the plan of addresses; pods and services of an overlay need none that the hub routes.",
    link="https://learn.microsoft.com/azure/aks/azure-cni-overlay",
    properties=(
        Property(
            "addressSpace.addressPrefixes",
            ABSENT,
            Verdict.PASS,
            "VirtualNetwork, Microsoft.Network 2024-07-01: required, or given by an IPAM pool",
            of=(VIRTUAL_NETWORK,),
        ),
        Property(
            "addressPrefix",
            ABSENT,
            Verdict.PASS,
            "Subnet, Microsoft.Network 2024-07-01: addressPrefixes takes its place",
            of=(SUBNET,),
        ),
        *(
            Property(
                f"networkProfile.{name}",
                ABSENT,
                Verdict.PASS,
                f"ManagedCluster, Microsoft.ContainerService 2025-05-01: {default} where it has any",
                of=(CLUSTER,),
            )
            for name, default in (("podCidr", "10.244.0.0/16"), ("serviceCidr", "10.0.0.0/16"))
        ),
    ),
    check=check,
    good=(
        Example(_SPACE, others=(_network("10.43.0.0/16"),)),
        Example(_subnet("10.42.0.0/24"), type=SUBNET, others=(_network("10.42.0.0/16"), _other("10.42.1.0/24"))),
        Example(_cluster("172.20.0.0/16", "172.21.0.0/16"), type=CLUSTER, others=(_network("10.42.0.0/16"),)),
    ),
    bad=(
        Example(_SPACE, others=(_network("10.40.0.0/13"),)),
        Example(_subnet("10.43.0.0/24"), type=SUBNET, others=(_network("10.42.0.0/16"),)),
        Example(_subnet("10.42.0.0/23"), type=SUBNET, others=(_network("10.42.0.0/16"), _other("10.42.1.0/24"))),
        Example(_cluster("10.42.128.0/17", "172.21.0.0/16"), type=CLUSTER, others=(_network("10.42.0.0/16"),)),
        Example(_cluster("172.20.0.0/16", "10.42.0.0/16"), type=CLUSTER, others=(_network("10.42.0.0/16"),)),
        Example(_cluster("172.20.0.0/15", "172.21.0.0/16"), type=CLUSTER),
    ),
    breaks=(
        Break("addressPrefix", "192.0.2.0/24", of=(SUBNET,)),
        Break("networkProfile.podCidr", "10.0.0.0/8", of=(CLUSTER,)),
        Break("networkProfile.serviceCidr", "10.0.0.0/8", of=(CLUSTER,)),
        StackBreak("another network has its range", _twin),
    ),
)
