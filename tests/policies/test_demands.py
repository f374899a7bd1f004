"""Every demand of a classification is enforced, and this says by which rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from policies.catalogue import rule, rules
from policies.example import context_of
from policies.judge import judge_one
from policies.profile import Level
from policies.rule import Context, Rule, Verdict
from stacks.classification import DEMANDS, Demands
from stacks.types import Classification

# Rules that fail something for a demand alone: without it, it would pass.
ENFORCED_BY = {
    "audit_retention_days": {"ST-009"},
    "complete_logs": {"MON-001"},
    "customer_keys": {
        "ACR-004", "ADF-002", "AKS-011", "AML-004", "CMP-001", "DBX-003", "EVH-003", "K8S-048", "OAI-003", "SRCH-003",
        "ST-005", "SVC-004",
    },
    "databricks_compliance_profile": {"DBX-004"},
    "eligible_administrators": {"IAM-005"},
    "etcd_key": {"AKS-012"},
    "filtered_egress": {"AKS-009"},
    "fips_nodes": {"AKS-013"},
    "high_business_impact": {"AML-013"},
    "hsm_keys": {"KV-005"},
    "immutable_audit": {"ST-009"},
    "infrastructure_encryption": {"DBX-003", "EVH-003", "KV-008", "ST-011"},
    "log_retention_days": {"MON-001"},
    "own_pools": {"AKS-027"},
    "prompt_logging": {"API-003", "OAI-008"},
    "region_bound_models": {"OAI-005"},
}  # fmt: skip
# What every level demands is demanded without asking for the level.
ALWAYS_ENFORCED_BY = {
    "private_access": (
        "ACR-003", "ADF-001", "AKS-001", "AML-001", "APP-003", "DBX-001", "EVH-001", "GRAF-001", "KV-003", "OAI-001",
        "SRCH-001", "ST-004", "STK-001", "NET-004",
    ),
}  # fmt: skip


def relaxed(demand: str) -> bool | int:
    """The value of a demand that asks for nothing."""
    weakest: bool | int = getattr(DEMANDS[Classification.PUBLIC], demand)
    return weakest if demand == "prompt_logging" else type(weakest)(0)


def under(context: Context, demands: Demands) -> Context:
    return replace(context, profile=replace(context.profile, demands=demands))


def fails(own: Rule, context: Context) -> bool:
    found = judge_one(own, context, Level.MANDATORY)
    return found is not None and found.verdict is Verdict.FAIL


def enforcing(demand: str) -> Iterator[str]:
    """Rules with a bad example that is bad because of this demand."""
    asking_nothing: dict[str, Any] = {demand: relaxed(demand)}
    for own in rules():
        for example in own.bad:
            context = context_of(own, example)
            milder = replace(context.profile.demands, **asking_nothing)
            if not fails(own, under(context, milder)):
                yield own.id
                break


def test_every_demand_is_here() -> None:
    assert {each.name for each in fields(Demands)} == set(ENFORCED_BY) | set(ALWAYS_ENFORCED_BY)


@pytest.mark.parametrize("demand", sorted(ENFORCED_BY))
def test_a_demand_is_enforced_by_these_rules(demand: str) -> None:
    assert set(enforcing(demand)) == ENFORCED_BY[demand]


@pytest.mark.parametrize("demand", sorted(ALWAYS_ENFORCED_BY))
@pytest.mark.parametrize("level", Classification)
def test_what_every_level_demands_is_enforced_at_every_level(demand: str, level: Classification) -> None:
    assert getattr(DEMANDS[level], demand) is True
    lenient = [
        own.id
        for own in map(rule, ALWAYS_ENFORCED_BY[demand])
        if not any(fails(own, under(context_of(own, example), DEMANDS[level])) for example in own.bad)
    ]
    assert lenient == []
