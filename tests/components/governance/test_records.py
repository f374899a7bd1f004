"""How long records are kept, and the copy that nobody can change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import stacks
from components.governance import activity_log, cost_export, record_archive, record_retention
from components.governance.cost_export import CostExport
from components.governance.record_archive import RecordArchive, container
from components.governance.record_retention import RecordRetention, longest_fitting
from facts.diagnostics import diagnostics
from tests.components.deployed import deployed
from tests.components.governance.examples import ACTIVITY_LOG, ARCHIVE, COST_EXPORT, RETENTION
from tests.components.recording import SUBSCRIPTION, one, record


@pytest.mark.capability("V6")
@pytest.mark.parametrize(("days", "offered"), [(90, 90), (730, 730), (731, 1095), (2556, 2556), (4000, 4018)])
def test_a_retention_is_the_next_longer_one_that_is_offered(days: int, offered: int) -> None:
    assert longest_fitting(days) == offered


@pytest.mark.capability("V6")
@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_audit_records_are_kept_as_long_as_the_classification_demands(stack: str) -> None:
    settings = stacks.load(stack)
    tables = {r.inputs["tableName"]: r.inputs for r in deployed(stack) if r.type.endswith(":operationalinsights:Table")}
    for name in settings.governance.records.audit_tables:
        assert tables[name]["totalRetentionInDays"] >= settings.demands.audit_retention_days


@pytest.mark.capability("V6")
@pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
def test_the_activity_log_comes_into_the_workspace_that_keeps_it(stack: str) -> None:
    """Else AzureActivity is empty, and with it every runbook's query and the archive's copy."""
    settings = [r for r in deployed(stack) if r.type.endswith(":monitor:DiagnosticSetting")]
    subscription = f"/subscriptions/{SUBSCRIPTION}"
    (sent,) = [r for r in settings if r.inputs["resourceUri"] == subscription]
    kept = diagnostics("Microsoft.Resources/subscriptions").logs
    assert kept is not None
    assert (
        {log["category"] for log in sent.inputs["logs"] if log["enabled"]} == set(kept) >= {"Administrative", "Policy"}
    )


def test_stacks_that_share_a_subscription_send_its_activity_log_under_names_of_their_own() -> None:
    uris = [
        (r.inputs["resourceUri"], r.inputs["name"])
        for stack in ("dev", "test", "prod", "dr")
        for r in deployed(stack)
        if r.type.endswith(":monitor:DiagnosticSetting")
        and r.inputs["resourceUri"].count("/") == 2
        and r.inputs["resourceUri"].startswith("/subscriptions/")
    ]
    assert len(set(uris)) == len(uris) == 4


def test_a_setting_with_a_name_that_azure_refuses_is_a_problem() -> None:
    long = replace(ACTIVITY_LOG, placement=replace(ACTIVITY_LOG.placement, workload="w" * 260))
    assert len(activity_log.problems(long)) == 1


@pytest.mark.capability("V6")
def test_nobody_can_change_an_exported_record_and_the_export_can_append() -> None:
    made = record(lambda: RecordArchive("x", ARCHIVE))
    policies = [r for r in made if r.type.endswith(":BlobContainerImmutabilityPolicy")]
    assert {p.inputs["immutabilityPeriodSinceCreationInDays"] for p in policies} == {730}
    assert all(p.inputs["allowProtectedAppendWrites"] is True for p in policies)
    export = one(made, ":DataExport")
    assert export.inputs["tableNames"] == ["AKSAuditAdmin", "AzureActivity"]
    assert {p.urn for p in policies} <= export.depends_on


@pytest.mark.capability("V6")
def test_every_exported_table_of_prod_has_a_container_of_its_own() -> None:
    export = one(list(deployed("prod")), ":DataExport").inputs
    containers = {r.inputs["containerName"] for r in deployed("prod") if r.type.endswith(":BlobContainer")}
    assert {container(table) for table in export["tableNames"]} <= containers
    assert container("AKSAuditAdmin") == "am-aksauditadmin"


def test_tables_are_changed_one_after_the_other() -> None:
    made = record(lambda: RecordRetention("x", RETENTION))
    first, second = (one(made, ":Table", f"x-table-{name}") for name in RETENTION.tables)
    assert first.urn in second.depends_on


def test_what_log_analytics_would_refuse_is_a_problem() -> None:
    assert len(record_retention.problems(replace(RETENTION, total_days=800))) == 1
    assert len(record_retention.problems(replace(RETENTION, tables=("A", "A")))) == 1
    assert len(record_archive.problems(replace(ARCHIVE, tables=()))) == 1
    assert len(record_archive.problems(replace(ARCHIVE, immutable_days=0))) == 1


@pytest.mark.capability("C2")
def test_costs_are_written_every_day_by_an_identity_and_not_with_a_key() -> None:
    export = one(record(lambda: CostExport("x", COST_EXPORT)), ":Export").inputs
    assert export["identity"] == {"type": "SystemAssigned"}
    assert export["schedule"]["recurrence"] == "Daily"
    assert export["schedule"]["recurrencePeriod"] == {"from": "2026-12-01T00:00:00Z", "to": "2036-12-01T00:00:00Z"}
    assert "sasToken" not in export["deliveryInfo"]["destination"]
    assert len(cost_export.problems(replace(COST_EXPORT, start_date=date(2028, 2, 29)))) == 1
