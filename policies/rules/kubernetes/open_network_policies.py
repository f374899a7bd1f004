"""K8S-015: no network policy lets everything through, nor pods to the metadata service of their node."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import Break, Category, Context, Example, Rule, Severity
from policies.types import NETWORK_POLICY
from policies.values import UnjudgeableError
from policies.view import Fault, Judged, View, guarded

# Azure's instance metadata service: whoever reaches it gets tokens of the node's identities.
_MANY_PORTS: Final = 16_384
"""From this many on a range of ports is no service's own."""
_METADATA: Final = ip_address("169.254.169.254")


def check(view: View, _context: Context) -> Judged:
    """Every rule names who may come or where pods may go; no block of addresses is everybody, or holds the service."""
    for rule in view.each("spec.ingress"):
        yield from guarded(_rule(rule, "from"))
    for rule in view.each("spec.egress"):
        yield from guarded(_rule(rule, "to"))


def _rule(rule: View, side: str) -> Judged:
    peers = list(rule.each(side))
    narrow = _has_narrow_ports(rule)
    if not peers:
        yield Fault(f"{rule.path}.{side}", "must be set: without it the rule is for everything")
    for peer in peers:
        yield from guarded(_peer(peer, outwards=side == "to", ports=narrow))


def _peer(peer: View, *, outwards: bool, ports: bool) -> Judged:
    if not peer.has("ipBlock"):
        if _takes_all(peer, "namespaceSelector") and not _narrows(peer, "podSelector"):
            yield Fault(f"{peer.path}.namespaceSelector", "must name namespaces: empty it means all of them")
        return
    block = _network(peer, peer.text("ipBlock.cidr", absent=""))
    path = f"{peer.path}.ipBlock"
    everybody = is_everyone(str(block))
    if everybody and not outwards:
        yield Fault(f"{path}.cidr", "must not be everything")
    if everybody and outwards and not ports:
        yield Fault(f"{path}.cidr", "must not be everything in a rule without ports")
    if outwards and block.version == _METADATA.version and _METADATA in block:
        excepted = [_network(peer, one) for one in peer.texts("ipBlock.except")]
        if not any(_METADATA in one for one in excepted):
            yield Fault(f"{path}.except", f"must hold {_METADATA}: it gives tokens of the node's identities")


def _has_narrow_ports(rule: View) -> bool:
    """Whether a rule names ports: an item without a port, or a range with most of them, means all."""
    ports = list(rule.each("ports"))
    return bool(ports) and all(one.has("port") and _number_of_ports(one) < _MANY_PORTS for one in ports)


def _number_of_ports(one: View) -> float:
    last = one.number("endPort", absent=None)
    return 1 if last is None else last - (one.number("port", absent=0) or 0) + 1


def _takes_all(peer: View, selector: str) -> bool:
    return peer.has(selector) and not _narrows(peer, selector)


def _narrows(peer: View, selector: str) -> bool:
    return bool(peer.keys(f"{selector}.matchLabels") or list(peer.each(f"{selector}.matchExpressions")))


def _network(peer: View, text: str) -> Any:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise UnjudgeableError(f"{peer.path}.ipBlock", "is no block of addresses") from None


def _policy(direction: str, *rules: dict[str, Any]) -> Example:
    spec = {"podSelector": {}, "policyTypes": [direction.capitalize()], direction: list(rules)}
    return Example({"metadata": {"name": "policy", "namespace": "team"}, "spec": spec})


def _block(cidr: str, *excepted: str) -> dict[str, Any]:
    return {"ipBlock": {"cidr": cidr, "except": list(excepted)}}


_HTTPS: Final = [{"protocol": "TCP", "port": 443}]
_OWN: Final[dict[str, Any]] = {"podSelector": {}}
_NAMED: Final = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "other"}}}
_LISTED: Final = {"namespaceSelector": {"matchExpressions": [{"key": "team", "operator": "Exists"}]}}

RULE = Rule(
    id="K8S-015",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    controls=(
        "itsg33/SC-7",
        "cis-aks/4.4.2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/8",
        "popa/10",
        "hia/60",
    ),
    title="No network policy lets everything through",
    types=(NETWORK_POLICY,),
    why=(
        "Policies add up: a single one that allows everything undoes the default deny of its namespace. A pod that "
        "reaches the metadata service of its node takes the identities of the node."
    ),
    fix=("Name peers in from or to; with 0.0.0.0/0 in egress name ports, and put 169.254.169.254/32 into except."),
    link="https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    check=check,
    good=(
        _policy("ingress", {"from": [_OWN]}, {"from": [_NAMED, _LISTED]}),
        _policy("ingress", {"from": [{"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "proxy"}}}]}),
        _policy("ingress", {"from": [_block("10.0.0.0/8")]}),
        _policy("egress", {"to": [_block("0.0.0.0/0", "169.254.0.0/16")], "ports": _HTTPS}),
        _policy("egress", {"to": [_block("10.0.0.0/8")]}, {"to": [_block("::/0")], "ports": _HTTPS}),
        _policy("egress", {"to": [_block("::/0")], "ports": [{"port": 9000, "endPort": 9010}, {"port": "web"}]}),
        _policy("egress"),
    ),
    bad=(
        _policy("ingress", {"from": [_OWN]}, {}),
        _policy("ingress", {"ports": _HTTPS}),
        _policy("ingress", {"from": [_OWN, {"namespaceSelector": {}}]}),
        _policy("ingress", {"from": [{"namespaceSelector": {}, "podSelector": {}}]}),
        _policy("ingress", {"from": [_block("0.0.0.0/0")]}),
        _policy("ingress", {"from": [_block("::/0")]}),
        _policy("ingress", {"from": [_block("10.0.0.0/8"), _block("0.0.0.0/1")]}),
        _policy("egress", {"to": [_block("0.0.0.0/1")]}),
        _policy("egress", {"to": [_block("::/0")], "ports": [*_HTTPS, {"protocol": "TCP"}]}),
        _policy("egress", {"to": [_block("::/0")], "ports": [{"port": 1, "endPort": 65535}]}),
        _policy("egress", {"to": []}),
        _policy("egress", {"to": [_block("0.0.0.0/0", "169.254.169.254/32")]}),
        _policy("egress", {"to": [_block("0.0.0.0/0", "10.0.0.0/8")], "ports": _HTTPS}),
        _policy("egress", {"to": [_block("169.254.0.0/16")], "ports": _HTTPS}),
    ),
    breaks=(
        Break("spec.ingress", [{}]),
        Break("spec.ingress[*]", {}),
        Break("spec.ingress[*].from[*]", {"namespaceSelector": {}}),
        Break("spec.ingress[*].from[*]", {"ipBlock": {"cidr": "0.0.0.0/0"}}),
        Break("spec.egress", [{}]),
        Break("spec.egress[*].to", []),
        Break("spec.egress[*].to[*]", {"ipBlock": {"cidr": "169.254.169.254/32"}}),
        Break("spec.egress[*]", {"to": [{"ipBlock": {"cidr": "::/0"}}]}),
        Break("spec.egress[*]", {"to": [{"ipBlock": {"cidr": "::/0"}}], "ports": [{"protocol": "TCP"}]}),
        Break("spec.ingress[*].from[*]", {"ipBlock": {"cidr": "128.0.0.0/1"}}),
    ),
)
