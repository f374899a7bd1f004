"""K8S-009: services have no public addresses and no ports of nodes, and ingresses encrypt."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.view import Fault, Judged, View, guarded, judged_each

_SERVICE: Final = "kubernetes:core/v1:Service"
_INGRESS: Final = "kubernetes:networking.k8s.io/v1:Ingress"
_INTERNAL: Final = "metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-internal]"


def check(view: View, context: Context) -> Judged:
    """Load balancers are internal, nothing opens ports of nodes; every host of an ingress has a certificate."""
    if context.resource.type == _SERVICE:
        yield from view.must_not_be("spec.type", ("NodePort",), "which opens a port on every node")
        yield from view.must_not_be_set("spec.externalIPs", "which takes other services' traffic (CVE-2020-8554)")
        if view.word("spec.type") == "loadbalancer":
            yield from guarded(_internal(view))
        return
    yield from guarded(_encrypted(view))


def _internal(service: View) -> Judged:
    # Azure's controller compares with "true" as it is written, and takes "True" as no.
    if service.text(_INTERNAL) != "true":
        yield Fault(_INTERNAL, 'must be "true", as small as that, else the load balancer has a public address')


def _encrypted(ingress: View) -> Judged:
    certified = {host.lower() for tls in ingress.each("spec.tls") for host in tls.texts("hosts")}
    yield from judged_each(ingress.each("spec.rules"), partial(_host, certified))
    if ingress.has("spec.defaultBackend") and not certified:
        yield Fault("spec.tls", "must be set")


def _host(certified: set[str], rule: View) -> Judged:
    host = rule.word("host")
    if not host or host == "*":
        yield Fault(f"{rule.path}.host", "must be set: else it answers to every name")
    elif host not in certified and f"*.{host.partition('.')[2]}" not in certified:
        yield Fault(f"{rule.path}.host", "has no certificate in spec.tls")


def _service(type_: str, internal: str | None = None, **spec: Any) -> Example:
    annotations = {} if internal is None else {"service.beta.kubernetes.io/azure-load-balancer-internal": internal}
    return Example({"metadata": {"annotations": annotations}, "spec": {"type": type_, **spec}}, type=_SERVICE)


def _ingress(*hosts: str | None, tls: list[str] | None = None) -> Example:
    rules = [{} if host is None else {"host": host} for host in hosts]
    spec: dict[str, Any] = {"rules": rules}
    if tls is not None:
        spec["tls"] = [{"hosts": tls, "secretName": "own"}]
    return Example({"spec": spec}, type=_INGRESS)


RULE = Rule(
    id="K8S-009",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    controls=(
        "itsg33/SC-7",
        "itsg33/SC-8",
        "mcsb/DP-3",
        "cis-aks/5.4.5",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(a)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "azure_policy": (
            "3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e",
            "1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d",
        ),
        "trivy": ("KSV-0108",),
    },
    title="Services have no public address, and ingresses encrypt",
    types=(_SERVICE, _INGRESS),
    why=(
        "A service of type LoadBalancer gets a public address within a minute, past the firewall and its logs; an "
        "ingress without a certificate carries tokens and records in clear."
    ),
    fix=(
        'Annotate load balancers with service.beta.kubernetes.io/azure-load-balancer-internal "true"; use ClusterIP '
        "instead of NodePort; name each host of an ingress in spec.tls."
    ),
    link="https://learn.microsoft.com/azure/aks/internal-lb",
    properties=(
        Property(
            "spec.type",
            "ClusterIP",
            Verdict.PASS,
            "kubernetes.io API reference core/v1 ServiceSpec: ClusterIP",
            of=(_SERVICE,),
        ),
        Property(
            _INTERNAL,
            "false",
            Verdict.FAIL,
            "learn.microsoft.com/azure/aks/internal-lb: public without it (not re-read)",
            of=(_SERVICE,),
        ),
        Property(
            "spec.externalIPs",
            ABSENT,
            Verdict.PASS,
            "kubernetes.io API reference core/v1 ServiceSpec: none (not re-read)",
            of=(_SERVICE,),
        ),
        Property(
            "spec.rules[*].host",
            ABSENT,
            Verdict.FAIL,
            "kubernetes.io API reference networking.k8s.io/v1 IngressRule: every host (not re-read)",
            of=(_INGRESS,),
        ),
    ),
    check=check,
    good=(
        _service("ClusterIP", externalIPs=[]),
        _service("LoadBalancer", internal="true"),
        _ingress("a.example", "b.c.example", tls=["a.example", "*.c.example"]),
    ),
    bad=(
        _service("LoadBalancer"),
        _service("LoadBalancer", internal="false"),
        _service("LoadBalancer", internal="True"),
        _service("NodePort"),
        _service("ClusterIP", externalIPs=["192.0.2.1"]),
        _ingress("a.example", "b.example", tls=["a.example"]),
        _ingress("a.example"),
        _ingress("a.example", None, tls=["a.example"]),
    ),
    breaks=(
        Break("spec.type", "NodePort", of=(_SERVICE,)),
        changing(
            "a public load balancer",
            ("spec.type", "LoadBalancer"),
            (_INTERNAL, "false"),
            where=lambda view: not view.has("spec.rules"),
        ),
        Break("spec.externalIPs", ["192.0.2.1"], of=(_SERVICE,)),
        Break("spec.rules[*].host", ABSENT, of=(_INGRESS,)),
        Break("spec.tls", ABSENT, of=(_INGRESS,)),
    ),
)
