"""Microsoft.MachineLearningServices/workspaces/outboundRules: why a rule of a managed network is refused.

A rule is a resource of its own, or stands in `managedNetwork.outboundRules` of its workspace: the checks are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_network
from typing import Any, Final

from facts.private_link import private_links
from simulator.ids import key, looks_like_id, type_of
from simulator.model import Request
from simulator.resources.machinelearningservices.workspace_rules import isolation_of, workspace_of
from simulator.rule import Fault, Rule, rule
from simulator.values import at, has_unknown

_DOC: Final = "MicrosoftDocs/azure-ai-docs how-to-managed-network.md"
_CHECKED: Final = "(code not confirmed; checked 2026-11-25)"
_APPROVED: Final = "AllowOnlyApprovedOutbound"
_INLINE: Final = "managedNetwork.outboundRules"
_PORTS: Final = re.compile(r"\*|\d+(?:-\d+)?")
_PROTOCOLS: Final = ("*", "tcp", "udp", "icmp")

# One check: the type of a rule, its destination and the isolation mode → what is wrong, where, what to write instead.
_Found = Iterator[tuple[str, str, str]]
_Check = Callable[[Mapping[str, Any], str | None], _Found]


def _kind(rule_: Mapping[str, Any], mode: str | None) -> _Found:
    """Only a network that is closed to the internet takes hosts and service tags."""
    kind = rule_.get("type")
    if kind in ("FQDN", "ServiceTag") and mode in ("Disabled", "AllowInternetOutbound"):
        yield (
            f"{kind} rules are for the isolation mode {_APPROVED}, and the mode is {mode}",
            "destination",
            f"use a PrivateEndpoint rule, or set managedNetwork.isolationMode to {_APPROVED}",
        )


def _host(rule_: Mapping[str, Any], _mode: str | None) -> _Found:
    """A host rule names hosts, for which the ports 80 and 443 are open."""
    hosts = rule_.get("destination")
    if rule_.get("type") != "FQDN" or not isinstance(hosts, str):
        return
    wrong = [host for host in hosts.split(",") if re.search(r"[/:\s]", host.strip()) or host.strip() == ""]
    if wrong:
        yield f"'{wrong[0]}' is no host name", "destination", "write the host alone, such as pypi.org or *.pypi.org"


def _endpoint(rule_: Mapping[str, Any], _mode: str | None) -> _Found:
    """An endpoint rule names a resource and one of the sub-resources that its type has."""
    target, group = at(rule_, "destination.serviceResourceId"), at(rule_, "destination.subresourceTarget")
    if rule_.get("type") != "PrivateEndpoint":
        return
    if target is None or (isinstance(target, str) and not looks_like_id(target)):
        yield "the destination is no resource id", "destination", "pass the id of the resource as serviceResourceId"
        return
    if group is None:
        yield "the destination has no subresourceTarget", "destination", "name the sub-resource, such as blob"
        return
    groups = [link for link in private_links().values() if link.resource_type.lower() == type_of(str(target)).lower()]
    if groups and isinstance(group, str) and not any(link.is_spelled(group) for link in groups):
        listed = ", ".join(sorted(link.group_id for link in groups))
        yield f"{type_of(target)} has no sub-resource {group}", "destination", f"use one of {listed}"


def _service_tag(rule_: Mapping[str, Any], _mode: str | None) -> _Found:
    """A service tag rule names a tag or addresses, ports and a protocol."""
    if rule_.get("type") != "ServiceTag":
        return
    protocol, ports = at(rule_, "destination.protocol"), at(rule_, "destination.portRanges")
    prefixes = at(rule_, "destination.addressPrefixes")
    if isinstance(protocol, str) and protocol.lower() not in _PROTOCOLS:
        yield f"the protocol {protocol} is none of TCP, UDP, ICMP and *", "destination", "use one of them"
    if isinstance(ports, str) and not all(_is_port_range(part.strip()) for part in ports.split(",")):
        yield f"portRanges '{ports}' are no ports", "destination", "write ports and ranges, such as 80, 8080-8089"
    for prefix in prefixes if isinstance(prefixes, list) else ():
        if isinstance(prefix, str) and not _is_prefix(prefix):
            yield f"{prefix} is no address range", "destination", "write CIDR notation, such as 10.0.0.0/24"
    if at(rule_, "destination.serviceTag") is None and prefixes in (None, []):
        yield "the destination has neither a service tag nor addresses", "destination", "give serviceTag"


def _is_port_range(text: str) -> bool:
    ports = [int(port) for port in re.findall(r"\d+", text)]
    return _PORTS.fullmatch(text) is not None and all(port <= 65535 for port in ports) and ports == sorted(ports)


def _is_prefix(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _pair(rule_id: str, code: str, source: str, check: _Check) -> tuple[Rule, Rule]:
    """The rule of a resource of its own, and that of the list in a workspace."""

    def own(request: Request) -> Iterator[Fault]:
        written = request.known("properties")
        if isinstance(written, Mapping):
            for message, member, fix in check(written, isolation_of(workspace_of(request))):
                yield Fault(message, f"properties.{member}", fix)

    def inline(request: Request) -> Iterator[Fault]:
        mode = request.known("managedNetwork.isolationMode")
        listed = request.known(_INLINE)
        for name, written in listed.items() if isinstance(listed, Mapping) else ():
            if not isinstance(written, Mapping) or has_unknown(written):
                continue
            for message, _, fix in check(written, mode):
                yield Fault(f"rule {name}: {message}", _INLINE, fix)

    own.__doc__ = inline.__doc__ = check.__doc__
    make = rule(rule_id, kind="cross-resource", code=code, source=source, reads=("properties",))
    make_inline = rule(f"{rule_id}-inline", kind="static", code=code, source=source)
    return make(own), make_inline(inline)


_PAIRS: Final = (
    _pair("ml-outbound-kind", "ValidationError",
          f"microsoft-foundry/foundry-samples#961; {_DOC}, Add user-defined outbound rules {_CHECKED}", _kind),
    _pair("ml-outbound-host", "ValidationError", f"{_DOC}, Limitations: FQDN rules {_CHECKED}", _host),
    _pair("ml-outbound-endpoint", "ValidationError",
          f"hashicorp/terraform-provider-azurerm#27874; facts/private_link.yaml {_CHECKED}", _endpoint),
    _pair("ml-outbound-service-tag", "ValidationError",
          f"hashicorp/terraform-provider-azurerm …_network_outbound_rule_service_tag_resource.go {_CHECKED}",
          _service_tag),
)  # fmt: skip


@rule("ml-outbound-twice", kind="cross-resource", code="ValidationError",
      source=f"Azure/azureml-examples#2990, review {_CHECKED}", reads=("properties",))  # fmt: skip
def endpoint_is_new(request: Request) -> Iterator[Fault]:
    """A managed network has one endpoint to each sub-resource."""
    wanted, workspace = _destination(request.inputs), workspace_of(request)
    if wanted is None or workspace is None or request.old is not None:
        return
    for record in request.world.below(workspace.id):
        is_rule = record.type.lower().endswith("/outboundrules") and record.key != key(request.id)
        if is_rule and _destination(record.body) == wanted:
            yield Fault(f"{record.id} has the same destination", "properties.destination", "leave one of them out")


def _destination(inputs: Mapping[str, Any]) -> tuple[str, str] | None:
    target = at(inputs, "properties.destination.serviceResourceId")
    group = at(inputs, "properties.destination.subresourceTarget")
    return (key(target), group.lower()) if isinstance(target, str) and isinstance(group, str) else None


OUTBOUND_RULES: Final[tuple[Rule, ...]] = (*(own for own, _ in _PAIRS), endpoint_is_new)
INLINE_OUTBOUND_RULES: Final[tuple[Rule, ...]] = tuple(inline for _, inline in _PAIRS)
