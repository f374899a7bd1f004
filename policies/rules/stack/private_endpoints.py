"""STK-001: every service that holds data or keys is reached through a private endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from policies.references import named
from policies.resource import Resource, Stack
from policies.rule import Break, Category, Context, Example, Property, Rule, Scope, Severity, StackBreak, Verdict
from policies.rules._arm_types import ARM_TYPES
from policies.rules._faults import without
from policies.rules.stack._private_links import CONNECTIONS, endpoints_of, groups_of, link_of
from policies.types import (
    AI_ACCOUNT,
    DATA_FACTORY,
    DATABRICKS_WORKSPACE,
    EVENT_NAMESPACE,
    GRAFANA,
    METRICS_WORKSPACE,
    ML_REGISTRY,
    ML_WORKSPACE,
    PRIVATE_ENDPOINT,
    PRIVATE_LINK_SCOPE,
    REGISTRY,
    SEARCH_SERVICE,
    STORAGE_ACCOUNT,
    VAULT,
    WEB_APP,
    WEB_APP_SLOT,
)
from policies.view import Fault, Judged, View

# The groups of which one at least must be there: the others (a portal, a sign-in, a copy in another region) don't
# replace it.
_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    VAULT: ("vault",),
    STORAGE_ACCOUNT: ("blob", "file", "queue", "table", "dfs"),
    REGISTRY: ("registry",),
    ML_WORKSPACE: ("amlworkspace",),
    ML_REGISTRY: ("amlregistry",),
    AI_ACCOUNT: ("account",),
    DATABRICKS_WORKSPACE: ("databricks_ui_api",),
    DATA_FACTORY: ("dataFactory",),
    EVENT_NAMESPACE: ("namespace",),
    SEARCH_SERVICE: ("searchService",),
    WEB_APP: ("sites",),
    GRAFANA: ("grafana",),
    METRICS_WORKSPACE: ("prometheusMetrics",),
    PRIVATE_LINK_SCOPE: ("azuremonitor",),
}


def check(view: View, context: Context) -> Judged:
    """An endpoint has a group that serves it, and no endpoint has a group that it does not have."""
    service, stack = context.resource, context.stack
    if service.type == WEB_APP_SLOT:
        yield from _slot(view, context)
        return
    resource_type = ARM_TYPES[service.type]
    found = set()
    for endpoint in endpoints_of(stack, service):
        for group in groups_of(endpoint):
            if link_of(resource_type, group) is None:
                yield Fault("", f"has a private endpoint ({endpoint.name}) for a group that {resource_type} lacks")
            found.add(group.lower())
    if not any(one.lower() in found for one in _GROUPS[service.type]):
        yield Fault("", f"has no private endpoint for {' or '.join(_GROUPS[service.type])}")
    elif service.type == STORAGE_ACCOUNT and view.flag("isHnsEnabled") and not found >= {"blob", "dfs"}:
        # learn.microsoft.com/azure/storage/common/storage-private-endpoints: either sends clients to the other.
        yield Fault("", "has a hierarchical namespace, and so needs private endpoints for both blob and dfs")


def _slot(view: View, context: Context) -> Judged:
    """The endpoint of a slot leads to its app, and the group names the slot."""
    group = f"sites-{view.word('slot', absent=context.resource.name)}"
    endpoints = _slot_endpoints(context.stack, context.resource)
    if not any(group == one.lower() for endpoint in endpoints for one in groups_of(endpoint)):
        yield Fault("", f"has no private endpoint of its app for {group}")


def _slot_endpoints(stack: Stack, slot: Resource) -> tuple[Resource, ...]:
    return tuple(one for app in named(stack, slot, "name", WEB_APP, "name") for one in endpoints_of(stack, app))


def _endpoints(stack: Stack, service: Resource) -> tuple[Resource, ...]:
    return _slot_endpoints(stack, service) if service.type == WEB_APP_SLOT else endpoints_of(stack, service)


def _misspelled(stack: Stack, service: Resource) -> Stack | None:
    """All endpoints of the service lead to a group that no service has."""
    doomed = _endpoints(stack, service)
    changed = {one.key: _regrouped(one, "nothing") for one in doomed}
    return replace(stack, resources=tuple(changed.get(one.key, one) for one in stack.resources)) if doomed else None


def _regrouped(endpoint: Resource, group: str) -> Resource:
    connections = [{**each, "groupIds": [group]} for each in endpoint.properties[CONNECTIONS]]
    return replace(endpoint, properties={**endpoint.properties, CONNECTIONS: connections})


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv"
_SITE: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/sites/app"

_LAKE: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/lake"
_APP: Final = Resource(type=WEB_APP, name="app", id=_SITE, properties={"name": "app"})
_SLOT: Final[dict[str, Any]] = {"name": "app", "slot": "blue"}


def _endpoint(service: str, *groups: str) -> Resource:
    connection = {"name": "one", "privateLinkServiceId": service, "groupIds": list(groups)}
    return Resource(type=PRIVATE_ENDPOINT, name="-".join(groups), properties={CONNECTIONS: [connection]})


def _with(endpoint: Resource, **more: Any) -> Resource:
    connections = [{**each, **more} for each in endpoint.properties[CONNECTIONS]]
    return replace(endpoint, properties={CONNECTIONS: connections})


def _waiting(endpoint: Resource) -> Resource:
    return _with(endpoint, privateLinkServiceConnectionState={"status": "Pending"})


def _asking(endpoint: Resource) -> Resource:
    return _with(endpoint, requestMessage=_ID)


RULE = Rule(
    id="STK-001",
    title="Every service that holds data or keys is reached through a private endpoint",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(*_GROUPS, WEB_APP_SLOT),
    scope=Scope.STACK,
    controls=(
        "itsg33/SC-7",
        "itsg33/AC-4",
        "mcsb/NS-2",
        "cis-azure/3.3.7",
        "cis-azure/4.9",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV2_AZURE_32", "CKV2_AZURE_33"),
        "azure_policy": (
            "a6abeaec-4d90-4a02-805f-6b26c4d3fbe9",
            "6edd7eda-6dd8-40f7-810d-67160c639cd9",
            "45e05259-1eb5-4f70-9574-baf73e9d219b",
            "e8eef0a8-67cf-4eb4-9386-14b0e78733d4",
            "d6759c02-b87f-42b7-892e-71b3f471d782",
            "258823f2-4595-4b52-b333-cc96192710d8",
        ),
    },
    why="A closed service without an endpoint is reached by nobody, and the quick repair is to open it to everybody.",
    fix="Add a PrivateEndpoint in the network with the service's id and its group id (facts/private_link.yaml).",
    link="https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-link-resource",
    properties=(
        Property(
            "isHnsEnabled",
            False,
            Verdict.PASS,
            "StorageAccount, Microsoft.Storage 2024-01-01: a flat namespace unless it is true",
            of=(STORAGE_ACCOUNT,),
        ),
    ),
    check=check,
    good=(
        Example({}, options={"id": _ID}, others=(_endpoint(_ID, "vault"),)),
        Example(
            {},
            type=WEB_APP,
            options={"id": _SITE},
            others=(_endpoint(_SITE, "sites"), _endpoint(_SITE, "sites-blue")),
            title="a slot has an endpoint of its own",
        ),
        Example(_SLOT, type=WEB_APP_SLOT, others=(_APP, _endpoint(_SITE, "sites-Blue"))),
        Example(
            {"isHnsEnabled": True},
            type=STORAGE_ACCOUNT,
            options={"id": _LAKE},
            others=(_endpoint(_LAKE, "blob"), _endpoint(_LAKE, "dfs")),
        ),
        Example({}, type=STORAGE_ACCOUNT, options={"id": _LAKE}, others=(_endpoint(_LAKE, "blob"),)),
    ),
    bad=(
        Example({}, options={"id": _ID}),
        Example({}, options={"id": _ID}, others=(_endpoint(f"{_ID}2", "vault"),), title="of another vault"),
        Example({}, options={"id": _ID}, others=(_endpoint(_ID, "vault"), _endpoint(_ID, "blob"))),
        Example({}, options={"id": _ID}, others=(_waiting(_endpoint(_ID, "vault")),), title="nobody has approved it"),
        Example({}, options={"id": _ID}, others=(_asking(_endpoint(f"{_ID}2", "vault")),), title="it names it only"),
        Example({}, type=WEB_APP, options={"id": _SITE}, others=(_endpoint(_SITE, "sites-blue"),)),
        Example(_SLOT, type=WEB_APP_SLOT, others=(_APP, _endpoint(_SITE, "sites"))),
        Example(
            {"isHnsEnabled": True}, type=STORAGE_ACCOUNT, options={"id": _LAKE}, others=(_endpoint(_LAKE, "blob"),)
        ),
    ),
    breaks=(
        without("the private endpoints are taken away", _endpoints),
        Break(
            "isHnsEnabled",
            True,
            of=(STORAGE_ACCOUNT,),
            where=lambda found: not found.get("isHnsEnabled"),
            companions=("GOV-007",),
        ),
        StackBreak("the private endpoints lead to a group that is none", _misspelled),
    ),
)
