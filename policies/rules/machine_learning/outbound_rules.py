"""AML-012: no outbound rule of an ML workspace lets out to everybody."""

from __future__ import annotations

from typing import Any, Final

from policies.addresses import is_everyone
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_OUTBOUND_RULE, ML_WORKSPACE
from policies.view import Fault, Judged, View, guarded, judged_each

# Tags that stand for everybody's addresses: whoever rents a machine in Azure is behind AzureCloud.
_WIDE: Final = frozenset({"internet", "azurecloud", "*"})


def check(view: View, context: Context) -> Judged:
    """No rule lets out to a whole domain that strangers have names in, or to everybody's addresses."""
    if context.resource.type == ML_WORKSPACE:
        for rule in view.each("managedNetwork.outboundRules"):
            yield from guarded(_judge(rule, context))
    else:
        yield from guarded(_judge(view.below("properties"), context))


def _judge(rule: View, context: Context) -> Judged:
    kind = rule.word("type")
    if kind == "fqdn":
        host = rule.word("destination")
        allowed = {one.lower() for one in context.profile.parameters.wildcard_hosts}
        if host.startswith("*") and host not in allowed:
            yield Fault(f"{rule.path}.destination", "is a whole domain, and not among the profile's wildcard_hosts")
    elif kind == "servicetag":
        tag = rule.word("destination.serviceTag")
        if tag.split(".", 1)[0] in _WIDE:
            yield Fault(f"{rule.path}.destination.serviceTag", "stands for the addresses of everybody")
        # Where ranges are given the tag is ignored: ServiceTagDestination (not re-read).
        yield from judged_each(rule.each("destination.addressPrefixes"), _range)


def _range(prefix: View) -> Judged:
    if is_everyone(prefix.text("", absent="")):
        yield Fault(prefix.path, "stands for the addresses of everybody, whatever the tag says")


def _host(host: str) -> dict[str, str]:
    return {"type": "FQDN", "destination": host}


def _tag(tag: str) -> dict[str, Any]:
    return {"type": "ServiceTag", "destination": {"serviceTag": tag, "protocol": "TCP", "portRanges": "443"}}


def _ranged(*prefixes: str) -> dict[str, Any]:
    return {"type": "ServiceTag", "destination": {"serviceTag": "AzureMonitor", "addressPrefixes": list(prefixes)}}


def _inline(**rules: Any) -> dict[str, Any]:
    return {"managedNetwork": {"outboundRules": rules}}


def _properties(prefix: str, type_: str) -> tuple[Property, ...]:
    source = "Microsoft.MachineLearningServices 2025-12-01: a rule without it names no destination"
    paths = ("type", "destination", "destination.serviceTag")
    return tuple(Property(f"{prefix}.{path}", ABSENT, Verdict.PASS, source, of=(type_,)) for path in paths)


RULE = Rule(
    id="AML-012",
    title="No outbound rule of an ML workspace lets out to everybody",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(
        ML_OUTBOUND_RULE,
        ML_WORKSPACE,
    ),
    controls=(
        "itsg33/SC-7(5)",
        "itsg33/AC-4",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    parameters=("wildcard_hosts",),
    why="One rule for a domain in which anybody gets a name, or for all of Azure, and isolation is gone.",
    fix="Name hosts one by one; the profile may allow a domain in which nobody else has names (settings: "
    "machine_learning.allowed_fqdns).",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-managed-network",
    properties=(
        *_properties("properties", ML_OUTBOUND_RULE),
        *_properties("managedNetwork.outboundRules[*]", ML_WORKSPACE),
    ),
    check=check,
    good=(
        Example({"properties": _host("pypi.org")}),
        Example({"properties": _host("*.anaconda.org")}, parameters={"wildcard_hosts": ("*.Anaconda.org",)}),
        Example({"properties": _tag("AzureMonitor")}),
        Example({"properties": _ranged("20.1.2.0/24")}),
        Example(_inline(a=_host("pypi.org"), b=_tag("Storage.CanadaCentral")), type=ML_WORKSPACE),
    ),
    bad=(
        Example({"properties": _host("*.blob.core.windows.net")}),
        Example({"properties": _host("*")}),
        Example({"properties": _tag("internet")}),
        Example({"properties": _ranged("20.1.2.0/24", "0.0.0.0/0")}),
        Example(_inline(a=_host("pypi.org"), b=_tag("AzureCloud.CanadaCentral")), type=ML_WORKSPACE),
    ),
    breaks=(
        Break("properties", _host("*.example.org"), of=(ML_OUTBOUND_RULE,)),
        Break("properties", _tag("Internet"), of=(ML_OUTBOUND_RULE,)),
        Break("managedNetwork.outboundRules", {"all": _host("*")}, of=(ML_WORKSPACE,)),
    ),
)
