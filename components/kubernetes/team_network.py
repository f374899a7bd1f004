"""Network policies of a team's namespace: nothing in or out, then exactly what its pods need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

from pulumi import ResourceOptions
from pulumi_kubernetes.networking.v1 import NetworkPolicy

METADATA_SERVICE = "169.254.169.254/32"
"""Azure's instance metadata: hands the node's own identity to any pod that may ask."""


@dataclass(frozen=True, kw_only=True)
class Peers:
    """Other namespaces: a call needs the caller's way out as well as the callee's way in.

    `inside`: the cluster's own ranges, which only the policies by namespace open.
    """

    reached_from: Sequence[str]
    reaches: Sequence[str]
    inside: Sequence[IPv4Network]


def network_policies(name: str, namespace: str, peers: Peers, opts: ResourceOptions) -> None:
    """Every policy, as a resource."""
    for key, spec in policies(peers).items():
        metadata: Any = {"name": key, "namespace": namespace}
        NetworkPolicy(f"{name}-{key}", metadata=metadata, spec=_typed(spec), opts=opts)


def policies(peers: Peers) -> dict[str, dict[str, Any]]:
    """Every policy by name."""
    everybody: dict[str, Any] = {"pod_selector": {}}
    own: list[dict[str, Any]] = [{"pod_selector": {}}]
    out = {"cidr": "0.0.0.0/0", "except_": [METADATA_SERVICE, *map(str, peers.inside)]}
    found = {
        "deny-all": {**everybody, "policy_types": ["Ingress", "Egress"]},
        "allow-own-namespace": {
            **everybody,
            "policy_types": ["Ingress", "Egress"],
            "ingress": [{"from_": own}],
            "egress": [{"to": own}],
        },
        "allow-dns": {
            **everybody,
            "policy_types": ["Egress"],
            "egress": [
                {"to": [_namespace("kube-system")], "ports": [_port("UDP", 53), _port("TCP", 53)]},
            ],
        },
        # Private endpoints, Entra and what the firewall lets through; it filters by name, which a policy can't.
        "allow-https-out": {
            **everybody,
            "policy_types": ["Egress"],
            "egress": [{"to": [{"ip_block": out}], "ports": [_port("TCP", 443)]}],
        },
        # Prometheus of the add-on reads the metrics of the pods.
        "allow-metrics": {
            **everybody,
            "policy_types": ["Ingress"],
            "ingress": [{"from_": [{**_namespace("kube-system"), "pod_selector": _AGENTS}]}],
        },
    }
    return {**found, **_calls(peers)}


def _calls(peers: Peers) -> dict[str, dict[str, Any]]:
    """Who calls in, and who is called: nothing where no namespace is named."""
    found: dict[str, dict[str, Any]] = {}
    callers, called = ([_namespace(each) for each in names] for names in (peers.reached_from, peers.reaches))
    if callers:
        found["allow-callers"] = {"pod_selector": {}, "policy_types": ["Ingress"], "ingress": [{"from_": callers}]}
    if called:
        found["allow-calls"] = {"pod_selector": {}, "policy_types": ["Egress"], "egress": [{"to": called}]}
    return found


def _typed(spec: dict[str, Any]) -> Any:
    """A plain mapping, where the SDK has a type for each level."""
    return spec


_AGENTS = {"match_expressions": [{"key": "rsName", "operator": "In", "values": ["ama-metrics"]}]}


def _namespace(name: str) -> dict[str, Any]:
    return {"namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": name}}}


def _port(protocol: str, number: int) -> dict[str, Any]:
    return {"protocol": protocol, "port": number}
