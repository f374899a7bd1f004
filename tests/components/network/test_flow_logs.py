"""Flow logs of the VNet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.network.flow_logs import FlowLogs, problems
from tests.components.network.examples import flow_logs
from tests.components.recording import Recorded, arm_id, one, record

pytestmark = pytest.mark.capability("N2")


def made() -> list[Recorded]:
    return record(lambda: FlowLogs("x", flow_logs()))


def test_the_vnet_is_logged_by_the_regions_watcher_and_analysed() -> None:
    log = one(made(), "network:FlowLog").inputs
    assert log["targetResourceId"] == "/vnet"
    assert (log["resourceGroupName"], log["networkWatcherName"]) == ("NetworkWatcherRG", "NetworkWatcher_canadacentral")
    assert log["format"] == {"type": "JSON", "version": 2}
    analytics = log["flowAnalyticsConfiguration"]["networkWatcherFlowAnalyticsConfiguration"]
    assert analytics == {
        "enabled": True,
        "workspaceResourceId": "/logs",
        "workspaceRegion": "canadacentral",
        "trafficAnalyticsInterval": 60,
    }


def test_an_identity_writes_the_files_because_shared_keys_are_off() -> None:
    recorded = made()
    account, log = one(recorded, "storage:StorageAccount"), one(recorded, "network:FlowLog")
    assert account.inputs["allowSharedKeyAccess"] is False
    assert account.inputs["publicNetworkAccess"] == "Disabled"
    assert log.inputs["identity"]["type"] == "UserAssigned"
    role = one(recorded, "authorization:RoleAssignment")
    assert role.inputs["scope"] == arm_id("x-st")


def test_the_log_waits_for_the_right_to_write() -> None:
    recorded = made()
    assert one(recorded, "platform:role_assignment:RoleAssignments").urn in _with_parents(recorded)


def _with_parents(recorded: list[Recorded]) -> set[str]:
    """What the flow log waits for: the parts of a component stand for it."""
    waits = one(recorded, "network:FlowLog").depends_on
    return {*waits, *(each.parent for each in recorded if each.urn in waits)}


def test_raw_files_are_deleted_when_nobody_needs_them() -> None:
    (rule,) = one(made(), "storage:ManagementPolicy").inputs["policy"]["rules"]
    assert rule["definition"]["actions"]["baseBlob"]["delete"] == {"daysAfterModificationGreaterThan": 90}


def test_files_are_kept_a_year_at_most() -> None:
    found: list[str] = []
    record(lambda: found.extend(problems(replace(flow_logs(), retention_days=366))))
    assert found == ["flow logs kept for 366 days: storage keeps them 1 to 365"]
