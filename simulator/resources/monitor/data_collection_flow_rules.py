"""What Azure Monitor refuses in the flows and destinations of a data collection rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.ids import key, looks_like_id, type_of
from simulator.model import Request
from simulator.resources.monitor.data_collection_source_rules import INVALID
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule
from simulator.values import has_unknown

_STRUCTURE: Final = "azure-native 3 docs of DataFlow and destinations (checked 2026-11-25; detail not confirmed)"
_SINKS: Final = {
    "logAnalytics": ("workspaceResourceId", "microsoft.operationalinsights/workspaces"),
    "monitoringAccounts": ("accountResourceId", "microsoft.monitor/accounts"),
    "eventHubs": ("eventHubResourceId", "microsoft.eventhub/namespaces/eventhubs"),
    "eventHubsDirect": ("eventHubResourceId", "microsoft.eventhub/namespaces/eventhubs"),
    "storageAccounts": ("storageAccountResourceId", "microsoft.storage/storageaccounts"),
    "storageBlobsDirect": ("storageAccountResourceId", "microsoft.storage/storageaccounts"),
    "storageTablesDirect": ("storageAccountResourceId", "microsoft.storage/storageaccounts"),
}
_METRICS: Final = "azureMonitorMetrics"


@rule("mon-dcr-destination", kind="static", code=INVALID, source=_STRUCTURE, reads=("destinations", "dataFlows"))
def flows_end_somewhere(request: Request) -> Iterator[Fault]:
    """A flow goes to destinations that the rule declares."""
    declared = {str(item.get("name")).lower() for _, item in _destinations(request)}
    for index, flow in enumerate(items(request.known("dataFlows"))):
        for name in flow.get("destinations") or ():
            if str(name).lower() not in declared:
                yield Fault(
                    f"the flow goes to '{name}', which is no destination of the rule",
                    f"dataFlows[{index}].destinations",
                    f"use one of {', '.join(sorted(declared))}",
                )


@rule("mon-dcr-destination-name", kind="static", code=INVALID, source=_STRUCTURE)
def destinations_have_names(request: Request) -> Iterator[Fault]:
    """Each destination has a name of its own."""
    seen: set[str] = set()
    for target, item in _destinations(request):
        name = item.get("name")
        if name is None:
            yield Fault("a destination without a name", f"{target}.name", "name it: flows go to it by its name")
        elif isinstance(name, str) and name.lower() in seen:
            yield Fault(f"two destinations are called '{name}'", f"{target}.name", "give each a name of its own")
        seen.add(str(name).lower())


@rule("mon-dcr-destination-type", kind="static", code=INVALID, source=_STRUCTURE)
def destinations_are_of_their_type(request: Request) -> Iterator[Fault]:
    """A workspace is a workspace."""
    for target, item in _destinations(request):
        kind = target.split(".")[1].split("[")[0]
        name, wanted = _SINKS.get(kind, ("", ""))
        value = item.get(name)
        if isinstance(value, str) and looks_like_id(value) and type_of(value).lower() != wanted:
            yield Fault(f"{name} names a resource of the type {type_of(value)}", f"{target}.{name}", f"use a {wanted}")


@rule("mon-dcr-metrics-stream", kind="static", code=INVALID,
      source="azurerm 2026-08-21 monitor_data_collection_rule docs (detail not confirmed)")  # fmt: skip
def metrics_take_insights(request: Request) -> Iterator[Fault]:
    """Azure Monitor's metrics take the stream of insights only."""
    name = request.known(f"destinations.{_METRICS}.name")
    for index, flow in enumerate(items(request.at("dataFlows")) if name is not None else ()):
        streams = flow.get("streams")
        if isinstance(streams, list) and not has_unknown(streams) and name in (flow.get("destinations") or ()):
            wrong = [each for each in streams if each != "Microsoft-InsightsMetrics"]
            if wrong:
                yield Fault(f"{', '.join(wrong)} to Azure Monitor's metrics", f"dataFlows[{index}].streams",
                            "send only Microsoft-InsightsMetrics there")  # fmt: skip


@rule("mon-dcr-transform", kind="static", code=INVALID,
      source="MicrosoftDocs/azure-monitor-docs data-collection-transformations.md (detail not confirmed)")  # fmt: skip
def transformations_begin_at_the_source(request: Request) -> Iterator[Fault]:
    """A transformation changes the rows of `source`."""
    for index, flow in enumerate(items(request.at("dataFlows"))):
        query = flow.get("transformKql")
        if isinstance(query, str) and query.strip() and re.search(r"\bsource\b", query) is None:
            yield Fault("the transformation does not read `source`", f"dataFlows[{index}].transformKql",
                        "begin with `source |`")  # fmt: skip


@rule("mon-dcr-table", kind="cross-resource", code=INVALID, quoted=True, reads=("destinations",),
      source="Azure/Azure-Sentinel#13277, hashicorp/terraform-provider-azurerm#21897 (checked 2026-11-25)")  # fmt: skip
def tables_are_there(request: Request) -> Iterator[Fault]:
    """A table of one's own has been made in a workspace that is made by the same update."""
    sinks = {str(item.get("name")).lower(): item for _, item in _destinations(request)}
    for index, flow in enumerate(items(request.at("dataFlows"))):
        stream = flow.get("outputStream")
        if not isinstance(stream, str) or not stream.startswith("Custom-"):
            continue
        for name in flow.get("destinations") or ():
            workspace = sinks.get(str(name).lower(), {}).get("workspaceResourceId")
            if isinstance(workspace, str) and _lacks(request, workspace, stream.removeprefix("Custom-")):
                yield Fault(
                    f"Data collection rule is invalid: Table for output stream '{stream}' is not available for "
                    f"destination '{name}'. Please ensure that the table exists in Log Analytics Workspace before "
                    "creating or updating the rule.",
                    f"dataFlows[{index}].outputStream",
                    "create the table (operationalinsights.Table) and let the rule depend on it",
                )


def _lacks(request: Request, workspace: str, table: str) -> bool:
    """Whether a workspace surely has no such table: it is new, and nobody has made one."""
    if not request.world.is_new(workspace):
        return False
    wanted = key(f"{workspace}/tables/{table}")
    return all(each.key != wanted for each in request.world.below(workspace))


def _destinations(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    declared = request.at("destinations")
    if not isinstance(declared, Mapping):
        return
    for kind in _SINKS:
        for index, item in enumerate(items(declared.get(kind))):
            yield f"destinations.{kind}[{index}]", item
    metrics = declared.get(_METRICS)
    if isinstance(metrics, Mapping):
        yield f"destinations.{_METRICS}", metrics


FLOW_RULES: Final[tuple[Rule, ...]] = (
    destinations_have_names, destinations_are_of_their_type, flows_end_somewhere, metrics_take_insights,
    transformations_begin_at_the_source, tables_are_there,
)  # fmt: skip
