"""Microsoft.OperationalInsights/workspaces/linkedStorageAccounts."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_KINDS = ("AzureWatson", "CustomLogs", "Query", "Ingestion", "Alerts")


@rule("log-storage-kind", kind="static", reads=("dataSourceType",),
      source="azure-rest-api-specs LinkedStorageAccounts.json DataSourceType (code not confirmed)")  # fmt: skip
def kind_is_known(request: Request) -> Iterator[Fault]:
    """What is kept in the accounts is one of a few kinds."""
    if request.name.lower() not in {kind.lower() for kind in _KINDS}:
        yield Fault(f"'{request.name}' is no kind of data", "dataSourceType", f"use one of {', '.join(_KINDS)}")


@rule("log-storage-accounts", kind="static",
      source="azurerm 2026-08-21 log_analytics_linked_storage_account (code not confirmed)")  # fmt: skip
def accounts_are_named(request: Request) -> Iterator[Fault]:
    """One account at least."""
    if request.at("storageAccountIds") in (None, []):
        yield Fault("no storage account", "storageAccountIds", "name one")


class LinkedStorageAccounts(Model):
    """Where a workspace keeps saved queries and other data of one's own."""

    token = "azure-native:operationalinsights:LinkedStorageAccount"
    rules = (kind_is_known, accounts_are_named)
