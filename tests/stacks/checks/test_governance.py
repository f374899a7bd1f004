"""What is exempt, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from stacks.checks import Check, governance
from stacks.settings import Settings

Build = Callable[[Mapping[str, Any]], Settings]


def exempt(expires_on: str, category: str = "Waiver", assignment: str = "guardrails") -> dict[str, Any]:
    exemption = {
        "assignment": assignment,
        "group": "ml",
        "category": category,
        "since": "2026-12-01",
        "expires_on": expires_on,
        "reason": "A trial, agreed with security.",
    }
    return {"governance": {"subscription": {"policies": {"exemptions": {"trial": exemption}}}}}


def records(**changes: Any) -> dict[str, Any]:
    return {"governance": {"records": changes}}


def reserved(count: int, size: str = "Standard_D4ds_v5") -> dict[str, Any]:
    """The system pool of the example always has one node of that size; its GPU pool has none."""
    nodes = {"vm_size": size, "count": count, "ends_on": "2027-12-01"}
    return {"budget": {"reservations": {"nodes": nodes}}}


SLEEP: dict[str, Any] = {"governance": {"off_hours": {}}}
KAITO: dict[str, Any] = {"cluster": {"ai_toolchain_operator": True}}
TEAM: dict[str, Any] = {"budget": {"teams": {"health": 100}}}
B = {"classification": "Protected B"}
COSTS = {"replication": "LRS", "costs": True}

END = "governance.subscription.policies.exemptions.trial.expires_on"
ASSIGNMENT = "governance.subscription.policies.exemptions.trial.assignment"

CONTAINERS = {"cluster": {"container_insights": True}}
TWICE: dict[str, dict[str, Any]] = {
    "records.audit_tables": {"records": {"audit_tables": ["AzureActivity", "AzureActivity"]}},
    "records.archive.tables": {"records": {"archive": {"replication": "LRS", "tables": ["AKSAudit", "AKSAudit"]}}},
    "subscription.policies.baselines": {"subscription": {"policies": {"baselines": ["canada-federal-pbmm"] * 2}}},
    "subscription.defender.plans": {
        "subscription": {"defender": {"contacts": ["security@gov.example"], "plans": ["Arm", "KeyVaults", "Arm"]}}
    },
    "off_hours.days": {"off_hours": {"days": ["Monday", "Monday"]}},
}

GOOD = [
    (governance.each_is_named_once, {}),
    (governance.each_is_named_once, {"governance": {"subscription": {"policies": {}}, "off_hours": {}}}),
    (governance.cheap_tables_hold_no_audit_records, CONTAINERS),
    (governance.cheap_tables_hold_no_audit_records, records(audit_tables=["ContainerLogV2"])),
    (governance.exemptions_end, {}),
    (governance.exemptions_end, {"governance": {"subscription": {}}}),
    (governance.exemptions_end, exempt("2027-05-30")),  # 180 days
    (governance.exemptions_end, exempt("2027-12-01", "Mitigated")),  # 365 days
    (governance.exemptions_are_from_what_is_assigned, {}),
    (governance.exemptions_are_from_what_is_assigned, {"governance": {"subscription": {}}}),
    (governance.exemptions_are_from_what_is_assigned, exempt("2027-01-01")),
    (governance.exemptions_are_from_what_is_assigned, exempt("2027-01-01", assignment="canada-federal-pbmm")),
    (governance.clusters_that_serve_never_sleep, SLEEP),
    (governance.clusters_that_serve_never_sleep, {"environment": "prod"}),
    (governance.clusters_that_make_nodes_without_pools_never_sleep, SLEEP),
    (governance.clusters_that_make_nodes_without_pools_never_sleep, KAITO),
    (governance.a_cluster_starts_before_it_stops, {}),
    (governance.a_cluster_starts_before_it_stops, SLEEP),
    (governance.audit_records_are_kept_as_long_as_demanded, {}),
    (governance.audit_records_are_kept_as_long_as_demanded, records(audit_days=365)),
    (governance.audit_records_have_a_copy_where_demanded, {}),
    (governance.audit_records_have_a_copy_where_demanded, {**B, **records(archive={"replication": "LRS"})}),
    (governance.costs_are_exported_by_the_owner_of_the_subscription, records(archive={"replication": "LRS"})),
    (
        governance.costs_are_exported_by_the_owner_of_the_subscription,
        {"governance": {**records(archive=COSTS)["governance"], "subscription": {}}},
    ),
    (governance.reservations_are_for_nodes_that_always_run, reserved(1)),
    (governance.a_budgeted_team_has_something_of_its_own, {}),
    (
        governance.a_budgeted_team_has_something_of_its_own,
        {**TEAM, "cluster": {"gpu_pools": {"t4": {"team": "health"}}}},
    ),
]
BAD = [
    *((governance.each_is_named_once, {"governance": lists}, [f"governance.{path}"]) for path, lists in TWICE.items()),
    (
        governance.cheap_tables_hold_no_audit_records,
        {**CONTAINERS, **records(audit_tables=["ContainerLogV2"])},
        ["governance.records.audit_tables"],
    ),
    (governance.exemptions_end, exempt("2027-05-31"), [END]),
    (governance.exemptions_end, exempt("2027-12-02", "Mitigated"), [END]),
    (governance.exemptions_end, exempt("2026-12-01"), [END]),
    (
        governance.exemptions_are_from_what_is_assigned,
        exempt("2027-01-01", assignment="nist-sp-800-53-r5"),
        [ASSIGNMENT],
    ),
    (governance.clusters_that_serve_never_sleep, {**SLEEP, "environment": "prod"}, ["governance.off_hours"]),
    (governance.clusters_that_serve_never_sleep, {**SLEEP, "environment": "dr"}, ["governance.off_hours"]),
    (
        governance.clusters_that_make_nodes_without_pools_never_sleep,
        {**SLEEP, **KAITO},
        ["governance.off_hours"],
    ),
    (
        governance.clusters_that_make_nodes_without_pools_never_sleep,
        {**SLEEP, "cluster": {"node_provisioning": {}}},
        ["governance.off_hours"],
    ),
    (
        governance.a_cluster_starts_before_it_stops,
        {"governance": {"off_hours": {"start": "19:00", "stop": "07:00"}}},
        ["governance.off_hours.start"],
    ),
    (
        governance.audit_records_are_kept_as_long_as_demanded,
        records(audit_days=364),
        ["governance.records.audit_days"],
    ),
    (governance.audit_records_have_a_copy_where_demanded, B, ["governance.records.archive"]),
    (
        governance.costs_are_exported_by_the_owner_of_the_subscription,
        records(archive=COSTS),
        ["governance.records.archive.costs"],
    ),
    (
        governance.reservations_are_for_nodes_that_always_run,
        reserved(2),
        ["budget.reservations.nodes.count"],
    ),
    (
        governance.reservations_are_for_nodes_that_always_run,
        reserved(1, "Standard_NC4as_T4_v3"),
        ["budget.reservations.nodes.count"],
    ),
    (governance.a_budgeted_team_has_something_of_its_own, TEAM, ["budget.teams.health"]),
]


def test_every_rule_has_a_good_and_a_bad_example(rules_of: Callable[..., set[Check]]) -> None:
    assert {rule for rule, _ in GOOD} == {rule for rule, _, _ in BAD} == rules_of(governance)


@pytest.mark.parametrize(("rule", "changes"), GOOD)
def test_what_was_agreed_passes(settings_with: Build, rule: Check, changes: dict[str, Any]) -> None:
    assert not list(rule(settings_with(changes)))


@pytest.mark.capability("V2", "V6", "C4")
@pytest.mark.parametrize(("rule", "changes", "paths"), BAD)
def test_what_would_go_wrong_is_found(
    settings_with: Build, at: Callable[..., list[str]], rule: Check, changes: dict[str, Any], paths: list[str]
) -> None:
    assert at(rule, settings_with(changes)) == paths
