"""STK-001: every service that holds data or keys is reached through a private endpoint."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policies.resource import Resource, Stack
from policies.rule import Category, Context, Example, Rule, Scope, Severity, StackBreak
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
)
from policies.view import Fault, Judged, View

# The resource type, and the groups of which one at least must be there: the others (a portal, a sign-in, a copy in
# another region) don't replace it.
_SERVICES: Final = {
    VAULT: ("Microsoft.KeyVault/vaults", ("vault",)),
    STORAGE_ACCOUNT: ("Microsoft.Storage/storageAccounts", ("blob", "file", "queue", "table", "dfs")),
    REGISTRY: ("Microsoft.ContainerRegistry/registries", ("registry",)),
    ML_WORKSPACE: ("Microsoft.MachineLearningServices/workspaces", ("amlworkspace",)),
    ML_REGISTRY: ("Microsoft.MachineLearningServices/registries", ("amlregistry",)),
    AI_ACCOUNT: ("Microsoft.CognitiveServices/accounts", ("account",)),
    DATABRICKS_WORKSPACE: ("Microsoft.Databricks/workspaces", ("databricks_ui_api",)),
    DATA_FACTORY: ("Microsoft.DataFactory/factories", ("dataFactory",)),
    EVENT_NAMESPACE: ("Microsoft.EventHub/namespaces", ("namespace",)),
    SEARCH_SERVICE: ("Microsoft.Search/searchServices", ("searchService",)),
    WEB_APP: ("Microsoft.Web/sites", ("sites",)),
    GRAFANA: ("Microsoft.Dashboard/grafana", ("grafana",)),
    METRICS_WORKSPACE: ("Microsoft.Monitor/accounts", ("prometheusMetrics",)),
    PRIVATE_LINK_SCOPE: ("Microsoft.Insights/privateLinkScopes", ("azuremonitor",)),
}


def check(_view: View, context: Context) -> Judged:
    """One endpoint has a group that serves it, and no endpoint has a group that it does not have."""
    resource_type, wanted = _SERVICES[context.resource.type]
    found = []
    for endpoint in endpoints_of(context.stack, context.resource):
        for group in groups_of(endpoint):
            if link_of(resource_type, group) is None:
                yield Fault("", f"has a private endpoint ({endpoint.name}) for a group that {resource_type} lacks")
            found.append(group.lower())
    if not any(one.lower() in found for one in wanted):
        yield Fault("", f"has no private endpoint for {' or '.join(wanted)}")


def _misspelled(stack: Stack, service: Resource) -> Stack | None:
    """All endpoints of the service lead to a group that no service has."""
    doomed = endpoints_of(stack, service)
    changed = {one.key: _regrouped(one, "nothing") for one in doomed}
    return replace(stack, resources=tuple(changed.get(one.key, one) for one in stack.resources)) if doomed else None


def _regrouped(endpoint: Resource, group: str) -> Resource:
    connections = [{**each, "groupIds": [group]} for each in endpoint.properties[CONNECTIONS]]
    return replace(endpoint, properties={**endpoint.properties, CONNECTIONS: connections})


_ID: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv"
_SITE: Final = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/sites/app"


def _endpoint(service: str, *groups: str) -> Resource:
    connection = {"name": "one", "privateLinkServiceId": service, "groupIds": list(groups)}
    return Resource(type=PRIVATE_ENDPOINT, name="-".join(groups), properties={CONNECTIONS: [connection]})


RULE = Rule(
    id="STK-001",
    title="Every service that holds data or keys is reached through a private endpoint",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=tuple(_SERVICES),
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
    ),
    bad=(
        Example({}, options={"id": _ID}),
        Example({}, options={"id": _ID}, others=(_endpoint(f"{_ID}2", "vault"),), title="of another vault"),
        Example({}, options={"id": _ID}, others=(_endpoint(_ID, "vault"), _endpoint(_ID, "blob"))),
        Example({}, type=WEB_APP, options={"id": _SITE}, others=(_endpoint(_SITE, "sites-blue"),)),
    ),
    breaks=(
        without("the private endpoints are taken away", endpoints_of),
        StackBreak("the private endpoints lead to a group that is none", _misspelled),
    ),
)
