"""Microsoft.Dashboard/grafana."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Model, Request, digest, guid
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, rule
from simulator.values import at

_AZURERM: Final = "azurerm 2026-08-21 dashboard_grafana (code not confirmed)"
_TIERS: Final = "MicrosoftDocs/azure-docs managed-grafana/overview.md, service tiers (code not confirmed)"
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,21}[A-Za-z0-9]")
_MAJOR: Final = "11"
# Of the range for documentation (RFC 5737), as all public addresses here.
_ADDRESSES: Final = ("203.0.113.10", "203.0.113.11")
_PAID: Final = ("zoneRedundancy", "deterministicOutboundIP", "apiKey")


@rule("grafana-name", kind="static", source=_AZURERM, reads=("workspaceName",))
def name_is_valid(request: Request) -> Iterator[Fault]:
    """2 to 23 letters, digits and hyphens, a letter first and no hyphen last."""
    if _NAME.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no name for Grafana", "workspaceName",
                    "use 2 to 23 letters, digits and hyphens; begin with a letter")  # fmt: skip


@rule("grafana-essential", kind="static", source=_TIERS, reads=("sku.name",))
def essential_lacks_much(request: Request) -> Iterator[Fault]:
    """The tier Essential has neither zones nor fixed addresses nor keys."""
    if str(request.known("sku.name", "")).lower() != "essential":
        return
    for name in _PAID:
        if request.known(f"properties.{name}") == "Enabled":
            yield Fault(f"{name} needs the tier Standard", f"properties.{name}", "use sku Standard, or leave it off")


@rule("grafana-integration", kind="static", source=_AZURERM)
def integrations_are_workspaces(request: Request) -> Iterator[Fault]:
    """Grafana is integrated with Azure Monitor workspaces, not with those of Log Analytics."""
    path = "properties.grafanaIntegrations.azureMonitorWorkspaceIntegrations"
    for each in items(request.at(path)):
        value = each.get("azureMonitorWorkspaceResourceId")
        if isinstance(value, str) and looks_like_id(value) and type_of(value).lower() != "microsoft.monitor/accounts":
            yield Fault(f"an integration with a {type_of(value)}", path, "name a Microsoft.Monitor/accounts")


@rule("grafana-zones-change", kind="lifecycle", source="MicrosoftDocs/azure-docs managed-grafana, zone redundancy "
      "(checked 2026-11-25; code not confirmed)")  # fmt: skip
def zones_stay(request: Request) -> Iterator[Fault]:
    """Zones are chosen when Grafana is made."""
    before = at(request.old.body, "properties.zoneRedundancy") if request.old is not None else None
    after = request.known("properties.zoneRedundancy")
    if request.old is not None and after is not None and after != ("Disabled" if before is None else before):
        yield Fault(f"zone redundancy can't change to {after}", "properties.zoneRedundancy",
                    "put the old value back, or make another instance")  # fmt: skip


class Grafana(Model):
    """An instance of Azure Managed Grafana."""

    token = "azure-native:dashboard:Grafana"
    rules = (name_is_valid, essential_lacks_much, integrations_are_workspaces, zones_stay)

    def defaults(self, request: Request) -> dict[str, Any]:
        """Open to everybody who signs in, in one zone."""
        return {
            "properties": {
                "apiKey": "Disabled",
                "deterministicOutboundIP": "Disabled",
                "publicNetworkAccess": "Enabled",
                "zoneRedundancy": "Disabled",
            }
        }

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its address, and the principal of its own identity."""
        host = f"{request.name}-{digest(request.id, 'grafana', 16)}.cca.grafana.azure.com"
        found: dict[str, Any] = {
            "properties": {
                **_software(request),
                "endpoint": f"https://{host}",
                "privateEndpointConnections": [],
                "provisioningState": "Succeeded",
            }
        }
        if request.at("identity.type") != "SystemAssigned":
            return found
        return {**found, "identity": {"principalId": guid(request.id, "principal")}}


def _software(request: Request) -> dict[str, Any]:
    """The release that runs, its plugins, and the addresses that it calls out from where they are fixed."""
    found: dict[str, Any] = {"grafanaVersion": f"{request.text('properties.grafanaMajorVersion', _MAJOR)}.2.2"}
    if request.at("properties.deterministicOutboundIP") == "Enabled":
        found["outboundIPs"] = list(_ADDRESSES)
    plugins = request.at("properties.grafanaPlugins")
    if isinstance(plugins, list):
        found["grafanaPlugins"] = {each: {"pluginId": each} for each in plugins if isinstance(each, str)}
    return found
