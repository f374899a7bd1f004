"""Private link to Azure Monitor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pulumi import ResourceOptions

from components.network.monitor_private_link import MonitorPrivateLink, add, problems
from facts.private_link import private_link
from tests.components.network.examples import MONITOR
from tests.components.recording import one, record

pytestmark = pytest.mark.capability("N7")


def test_logs_are_sent_and_read_privately_only() -> None:
    scope = one(record(lambda: MonitorPrivateLink("x", MONITOR)), "monitor:PrivateLinkScope").inputs
    assert scope["accessModeSettings"] == {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"}
    assert scope["location"] == "global"


def test_the_endpoint_has_records_in_all_five_zones() -> None:
    group = one(record(lambda: MonitorPrivateLink("x", MONITOR)), "network:PrivateDnsZoneGroup").inputs
    zones = {each["privateDnsZoneId"].removeprefix("/zones/") for each in group["privateDnsZoneConfigs"]}
    assert zones == {
        "privatelink.monitor.azure.com",
        "privatelink.oms.opinsights.azure.com",
        "privatelink.ods.opinsights.azure.com",
        "privatelink.agentsvc.azure-automation.net",
        "privatelink.blob.core.windows.net",
    }
    assert len(private_link("Microsoft.Insights/privateLinkScopes", "azuremonitor").zones) == len(zones)


def test_the_scope_holds_the_workspace_and_application_insights_one_after_another() -> None:
    recorded = record(lambda: MonitorPrivateLink("x", MONITOR))
    logs, insights = (one(recorded, "PrivateLinkScopedResource", f"x-scoped-{key}") for key in ("logs", "insights"))
    assert logs.inputs["linkedResourceId"] == "/logs"
    assert insights.inputs["linkedResourceId"] == "/insights"
    assert logs.urn in insights.depends_on


def test_other_areas_add_what_they_make() -> None:
    def program() -> None:
        scope = MonitorPrivateLink("x", MONITOR)
        add("x-endpoint", scope, "endpoint", "/endpoint", ResourceOptions(parent=scope))

    added = one(record(program), "PrivateLinkScopedResource", "x-endpoint").inputs
    assert added["linkedResourceId"] == "/endpoint"
    assert added["name"] == "scoped-endpoint"


def test_an_empty_scope_is_refused() -> None:
    assert problems(replace(MONITOR, scoped={})) == [
        "a scope that holds nothing would cut the spoke off from every workspace"
    ]
