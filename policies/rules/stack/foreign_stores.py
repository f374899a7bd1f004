"""STK-020: logs, bills and private links of Azure's services lead to resources of ours."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any, Final

from policies.references import dependencies, texts_in
from policies.resource import Stack
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Scope, Severity, Verdict
from policies.types import (
    COST_EXPORT,
    DATA_COLLECTION_RULE,
    FACTORY_ENDPOINT,
    FLOW_LOG,
    GRAFANA_ENDPOINT,
    LOG_EXPORT,
    ML_OUTBOUND_RULE,
    ML_WORKSPACE,
    SEARCH_LINK,
)
from policies.values import UNKNOWN, UnjudgeableError, look_up
from policies.view import Fault, Judged, View

# Where each names what it leads to.
_TARGETS: Final = {
    DATA_COLLECTION_RULE: "destinations",
    LOG_EXPORT: "resourceId",
    COST_EXPORT: "deliveryInfo.destination.resourceId",
    FLOW_LOG: "storageId",
    GRAFANA_ENDPOINT: "privateLinkResourceId",
    FACTORY_ENDPOINT: "properties.privateLinkResourceId",
    SEARCH_LINK: "properties.privateLinkResourceId",
    ML_OUTBOUND_RULE: "properties.destination",
    ML_WORKSPACE: "managedNetwork",
}
_REGISTRIES: Final = "/providers/microsoft.machinelearningservices/registries/"
_SUBSCRIPTION: Final = re.compile(r"/subscriptions/[^/]+", re.IGNORECASE)


def check(_view: View, context: Context) -> Judged:
    """Everything that it names is in this stack, or in a subscription that the stack has resources in."""
    path = _TARGETS[context.resource.type]
    for target in texts_in(look_up(context.resource.properties, path)):
        if target is UNKNOWN:
            if not dependencies(context.stack, context.resource, path):  # else the stack makes it
                raise UnjudgeableError(path, "is not known yet")
        elif _subscription(target) not in ("", *_ours(context.stack)) and not _is_ours(target, context):
            yield Fault(path, "names a resource in a subscription that is not ours")


def _is_ours(target: str, context: Context) -> bool:
    """Whether the stack makes it, or the profile names it as a registry of models that environments share."""
    if context.stack.with_id(target) is not None:
        return True
    registry = target.lower().rstrip("/").rpartition(_REGISTRIES)[2]
    names = context.profile.parameters.model_registries
    return registry != target.lower().rstrip("/") and any(fnmatchcase(registry, one.lower()) for one in names)


def _subscription(arm_id: str) -> str:
    """In lower case; empty for a text that is no id."""
    found = _SUBSCRIPTION.match(arm_id)
    return found.group().lower() if found else ""


def _ours(stack: Stack) -> frozenset[str]:
    def read() -> frozenset[str]:
        return frozenset(_subscription(one.id) for one in stack.resources if one.id)

    return stack.once("subscriptions", read)


def _id(subscription: str, name: str = "Microsoft.Storage/storageAccounts/st") -> str:
    return f"/subscriptions/{subscription}/resourceGroups/rg/providers/{name}"


def _of(type_: str, target: str) -> dict[str, Any]:
    if type_ == ML_WORKSPACE:
        rules = {"ours": {"destination": {"serviceResourceId": _id("s")}}, "x": {"destination": target}}
        return {"managedNetwork": {"outboundRules": rules}}
    if type_ == DATA_COLLECTION_RULE:
        workspaces = [{"name": "ours", "workspaceResourceId": _id("s")}, {"name": "x", "workspaceResourceId": target}]
        return {"destinations": {"logAnalytics": workspaces}}
    made: Any = target
    for step in reversed(_TARGETS[type_].split(".")):
        made = {step: made}
    return dict(made)


def _example(type_: str, target: str) -> Example:
    return Example(_of(type_, target), type=type_, options={"id": _id("s", "Microsoft.Example/examples/one")})


_EACH: Final = {
    DATA_COLLECTION_RULE: "destinations.logAnalytics[*].workspaceResourceId",
    ML_WORKSPACE: "managedNetwork.outboundRules[*].destination",
}
"""Where each of several targets stands."""

RULE = Rule(
    id="STK-020",
    title="Logs, bills and private links of Azure's services lead to resources of ours",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=tuple(_TARGETS),
    scope=Scope.STACK,
    parameters=("model_registries",),
    controls=(
        "itsg33/SC-7(10)",
        "itsg33/AC-4",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="Azure carries data along these paths itself, past firewalls and network rules, to whoever is named.",
    fix="Name a resource of this stack, or another one in its subscription.",
    link="https://learn.microsoft.com/azure/data-factory/managed-virtual-network-private-endpoint",
    properties=tuple(
        Property(path, ABSENT, Verdict.PASS, "required; without it Azure refuses the resource (not re-read)", (type_,))
        for type_, path in _TARGETS.items()
    ),
    check=check,
    good=(
        *(_example(type_, _id("S")) for type_ in _TARGETS),
        _example(ML_OUTBOUND_RULE, _id("shared", "Microsoft.MachineLearningServices/registries/mlr-mlops-prod")),
    ),
    bad=(
        *(_example(type_, _id("another")) for type_ in _TARGETS),
        _example(ML_OUTBOUND_RULE, _id("another", "Microsoft.MachineLearningServices/registries/theirs")),
    ),
    breaks=tuple(
        Break(
            _EACH.get(type_, path),
            _id("99999999-9999-9999-9999-999999999999"),
            of=(type_,),
        )
        for type_, path in _TARGETS.items()
    ),
)
