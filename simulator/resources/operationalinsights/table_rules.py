"""What Log Analytics refuses in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule

_CODE: Final = "InvalidParameter"
_AZURERM: Final = "azurerm 2026-08-21 log_analytics_workspace_table_custom_log (code not confirmed)"
_YEARS: Final = (1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383)
_COLUMN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PAGE: Final = "MicrosoftDocs/azure-monitor-docs create-custom-table.md (code not confirmed)"


@rule("log-table-retention", kind="static", code=_CODE, source=_AZURERM)
def retention_is_offered(request: Request) -> Iterator[Fault]:
    """4 to 730 days at hand; in all up to 730 or one of some years. -1 is what the workspace has."""
    days, total = request.known("retentionInDays"), request.known("totalRetentionInDays")
    if isinstance(days, int) and days != -1 and not 4 <= days <= 730:
        yield Fault(f"{days} days", "retentionInDays", "use 4 to 730, or -1 for the workspace's")
    if isinstance(total, int) and total != -1 and not 4 <= total <= 730 and total not in _YEARS:
        yield Fault(f"{total} days in all", "totalRetentionInDays", f"use 4 to 730, or {', '.join(map(str, _YEARS))}")
    elif isinstance(days, int) and isinstance(total, int) and -1 not in (days, total) and total < days:
        yield Fault(f"{total} days in all and {days} of them at hand", "totalRetentionInDays", "use no fewer")


@rule("log-table-basic", kind="static", code=_CODE, reads=("plan",),
      source="hashicorp/terraform-provider-azurerm#24341, #30925 (checked 2026-11-25; code not confirmed)")  # fmt: skip
def basic_tables_keep_30_days(request: Request) -> Iterator[Fault]:
    """The plan Basic has 30 days at hand; only the days in all can be set."""
    if request.known("plan") == "Basic" and request.known("retentionInDays") not in (None, 30, -1):
        yield Fault("the plan Basic has a fixed retention", "retentionInDays", "set totalRetentionInDays instead")


@rule("log-table-name", kind="static", code=_CODE, source=_PAGE, reads=("schema.columns",))
def own_tables_end_in_cl(request: Request) -> Iterator[Fault]:
    """A table with columns of its own is called …_CL; one of a search …_SRCH, a restored one …_RST.

    Azure's own tables take further columns, which end in _CF.
    """
    own = [each for each in items(request.at("schema.columns")) if not str(each.get("name")).endswith("_CF")]
    for given, ending in (
        (request.at("searchResults") is not None, "_SRCH"),
        (request.at("restoredLogs") is not None, "_RST"),
        (bool(own) and not request.name.endswith(("_SRCH", "_RST")), "_CL"),
    ):
        if given and not request.name.endswith(ending):
            yield Fault(f"'{request.name}' does not end in {ending}", "tableName", f"call it {request.name}{ending}")


@rule("log-table-schema-name", kind="static", code=_CODE, source=_PAGE, reads=("tableName", "schema.name"))
def schema_has_the_name(request: Request) -> Iterator[Fault]:
    """The schema is called like its table."""
    name = request.known("schema.name")
    if isinstance(name, str) and name.lower() != request.name.lower():
        yield Fault(f"the schema of {request.name} is called {name}", "schema.name", f"use {request.name}")


@rule("log-table-time", kind="static", code=_CODE, source=_PAGE, reads=("schema.columns",))
def own_tables_have_a_time(request: Request) -> Iterator[Fault]:
    """Each row has the time at which it was made, in TimeGenerated."""
    columns = items(request.at("schema.columns"))
    times = [each for each in columns if each.get("name") == "TimeGenerated"]
    if not request.name.endswith("_CL") or not columns:
        return
    if not times:
        yield Fault("no column TimeGenerated", "schema.columns", "add {name: TimeGenerated, type: dateTime}")
    elif isinstance(times[0].get("type"), str) and times[0]["type"].lower() != "datetime":
        yield Fault(f"TimeGenerated of the type {times[0]['type']}", "schema.columns", "use dateTime")


@rule("log-table-columns", kind="static", code=_CODE, source=_PAGE, reads=("schema.columns",))
def columns_have_names(request: Request) -> Iterator[Fault]:
    """A column's name begins with a letter, has letters, digits and underscores, and is used once."""
    columns = items(request.at("schema.columns"))
    seen: set[str] = set()
    for each in columns:
        name = each.get("name")
        if not isinstance(name, str):
            continue
        if name.lower() in seen:
            yield Fault(f"two columns are called {name}", "schema.columns", "name each once")
        seen.add(name.lower())
        if _COLUMN.fullmatch(name) is None:
            yield Fault(f"'{name}' is no name for a column", "schema.columns", "use letters, digits and _")


TABLE_RULES: Final[tuple[Rule, ...]] = (
    own_tables_end_in_cl, schema_has_the_name, own_tables_have_a_time, columns_have_names, retention_is_offered,
    basic_tables_keep_30_days,
)  # fmt: skip
