from __future__ import annotations

from dataclasses import replace

from components.governance.resource_groups import STATEFUL, ResourceGroups, ResourceGroupsArgs, problems
from tests.components.examples import GROUPS, PLACEMENT, PROTECTED
from tests.components.recording import record


def test_groups_that_hold_data_are_protected_and_the_others_are_not() -> None:
    recorded = record(lambda: ResourceGroups("x", ResourceGroupsArgs(placement=PROTECTED)))
    assert {group.name.removeprefix("x-rg-") for group in recorded if group.protect} == set(STATEFUL)


def test_groups_carry_name_region_and_tags() -> None:
    recorded = record(lambda: ResourceGroups("x", GROUPS))
    group = next(group for group in recorded if group.name == "x-rg-data")
    assert group.inputs["resourceGroupName"] == "rg-mlops-dev-cnc-data"
    assert group.inputs["location"] == "canadacentral"
    assert group.inputs["tags"] == dict(PLACEMENT.tags)


def test_a_name_that_azure_would_refuse_is_a_problem() -> None:
    long = replace(PLACEMENT, workload="w" * 80)
    assert all("longer than 90" in problem for problem in problems(ResourceGroupsArgs(placement=long)))
    assert problems(ResourceGroupsArgs(placement=long)) != []
