"""Microsoft.OperationalInsights/workspaces/dataExports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import key, looks_like_id, parents, type_of
from simulator.model import CREATED, Model, Request, guid, normal_location
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import at

_PAGE: Final = "MicrosoftDocs/azure-monitor-docs logs-data-export.md of 2026-02-16, considerations (code not confirmed)"
_SINKS: Final = ("microsoft.storage/storageaccounts", "microsoft.eventhub/namespaces",
                 "microsoft.eventhub/namespaces/eventhubs")  # fmt: skip


@rule("log-export-sink", kind="static", source=_PAGE)
def sink_is_storage_or_hubs(request: Request) -> Iterator[Fault]:
    """Rows go to a storage account or to event hubs."""
    sink = request.known("resourceId")
    if isinstance(sink, str) and looks_like_id(sink) and type_of(sink).lower() not in _SINKS:
        yield Fault(f"an export to a {type_of(sink)}", "resourceId", "name a storage account or an event hub namespace")


@rule("log-export-tables", kind="static", source=_PAGE)
def tables_are_named(request: Request) -> Iterator[Fault]:
    """One table at least, and each once."""
    tables = request.known("tableNames")
    if isinstance(tables, list):
        names = [name.lower() for name in tables if isinstance(name, str)]
        if not tables or len(set(names)) < len(names):
            yield Fault("no table, or one of them twice", "tableNames", "name each table once")


@rule("log-export-premium", kind="cross-resource", source=_PAGE, reads=("resourceId",))
def storage_is_not_premium(request: Request) -> Iterator[Fault]:
    """Exports are appended, which premium storage doesn't do."""
    sink = request.world.get(str(request.known("resourceId", "")))
    if sink is not None and str(at(sink.body, "sku.name")).lower().startswith("premium"):
        yield Fault("an export to premium storage", "resourceId", "use an account of standard performance")


@rule("log-export-region", kind="cross-resource", source=_PAGE, reads=("resourceId",))
def sink_is_near(request: Request) -> Iterator[Fault]:
    """The destination lies in the region of the workspace."""
    here = _region(request.world.get(next(parents(request.id))))
    there = _region(request.world.get(str(request.known("resourceId", ""))))
    if None not in (here, there) and here != there:
        yield Fault(f"the workspace is in {here}, the destination in {there}", "resourceId", f"use one in {here}")


@rule("log-export-sink-once", kind="cross-resource", source=_PAGE, reads=("resourceId",))
def a_destination_has_one_export(request: Request) -> Iterator[Fault]:
    """A workspace has ten active exports at most, and no two to one storage account."""
    others = [
        other
        for other in request.world.below(next(parents(request.id)))
        if other.type.lower().endswith("/dataexports") and other.key != key(request.id)
    ]
    sink = request.known("resourceId")
    stored = isinstance(sink, str) and "/storageaccounts/" in sink.lower()
    if stored and any(key(str(other.body.get("resourceId"))) == key(str(sink)) for other in others):
        yield Fault("another export of the workspace goes there", "resourceId", "add the tables to that export")
    active = [other for other in others if other.body.get("enable") is not False]
    if request.old is None and request.at("enable") is not False and len(active) >= 10:
        yield Fault("the workspace has 10 active exports already", "dataExportName", "add the tables to one of them")


def _region(record: Record | None) -> str | None:
    location = record.body.get("location") if record is not None else None
    return normal_location(location) if isinstance(location, str) else None


class DataExports(Model):
    """The export of tables as rows come in."""

    token = "azure-native:operationalinsights:DataExport"
    rules = (
        sink_is_storage_or_hubs, tables_are_named, storage_is_not_premium, sink_is_near, a_destination_has_one_export,
    )  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its id and when it was made."""
        return {"dataExportId": guid(request.id, "export"), "createdDate": CREATED, "lastModifiedDate": CREATED}
