from __future__ import annotations

from datetime import date

from facts.metrics import all_platform_metrics, platform_metrics


def test_every_type_has_metrics_a_source_and_the_date_of_its_page() -> None:
    for row in all_platform_metrics().values():
        assert row.names, row.resource_type
        assert row.source, row.resource_type
        assert date(2023, 1, 1) <= row.date <= date(2026, 11, 25), row.resource_type


def test_no_metric_is_named_twice() -> None:
    for row in all_platform_metrics().values():
        assert len({name.lower() for name in row.names}) == len(row.names), row.resource_type


def test_a_name_is_that_of_the_rest_api_and_not_what_the_portal_shows() -> None:
    vault = platform_metrics("Microsoft.KeyVault/vaults")
    assert vault is not None
    assert "ServiceApiLatency" in vault.names
    assert "Overall Service Api Latency" not in vault.names


def test_machines_have_names_with_spaces_and_scale_sets_have_the_same() -> None:
    machine = platform_metrics("Microsoft.Compute/virtualMachines")
    scale_set = platform_metrics("Microsoft.Compute/virtualMachineScaleSets")
    assert machine is not None
    assert scale_set is not None
    assert "Percentage CPU" in machine.names
    assert scale_set.names == machine.names


def test_a_type_is_found_in_any_case() -> None:
    assert platform_metrics("microsoft.insights/COMPONENTS") == platform_metrics("Microsoft.Insights/components")


def test_logs_shown_as_metrics_are_not_listed() -> None:
    assert platform_metrics("Microsoft.OperationalInsights/workspaces") is None
