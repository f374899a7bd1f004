"""The words for a value of a wrong shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from stacks import SettingsError, load
from stacks.problems import Problem, dotted

Write = Callable[[Mapping[str, Any]], None]

DATE_FIX = (
    "Put the date in quotes: unquoted, Pulumi takes it for a time. "
    "What it is: First day of a month, in quotes; fixed, or every `up` would move it."
)
RANGE_FIX = (
    "The range of that size around the address is 10.40.0.0/16. "
    "What it is: The spoke's address space; holds every subnet."
)

WORDS: list[tuple[dict[str, Any], str, str, str]] = [
    (
        {"storage": {"replication": "zrs"}},
        "storage.replication",
        "'zrs' is not one of LRS, ZRS, GRS, GZRS.",
        "Write 'ZRS'.",
    ),
    (
        {"region": "westus"},
        "region",
        "'westus' is not one of canadacentral, canadaeast.",
        "Write one of canadacentral, canadaeast.",
    ),
    (
        {"cluster": {"kubernetes_version": 1.3}},
        "cluster.kubernetes_version",
        "1.3 is not text.",
        "Put it in quotes: without them 1.30 is the number 1.3. What it is: Minor version, for example 1.35.",
    ),
    (
        {"cluster": {"system_pool": {"zones": [1]}}},
        "cluster.system_pool.zones[0]",
        "1 is not text.",
        "Put it in quotes. What it is: Required in prod where the region has zones.",
    ),
    (
        {"cluster": {"system_pool": {"min_count": True}}},
        "cluster.system_pool.min_count",
        "true is not a whole number.",
        "Correct it. What it is: Fewest nodes; fixed at creation.",
    ),
    (
        {"registry": {"zone_redundancy": "yes"}},
        "registry.zone_redundancy",
        "'yes' is not true or false.",
        "Correct it. What it is: Needs a region with zones.",
    ),
    (
        {"budget": {"monthly_amount": 0}},
        "budget.monthly_amount",
        "0 is not valid: it should be greater than 0.",
        "Correct it. What it is: In the billing currency (CAD).",
    ),
    (
        {"budget": {"contacts": []}},
        "budget.contacts",
        "A list is not long enough: it needs 1 or more.",
        "Correct it. What it is: Who is told.",
    ),
    (
        {"budget": {"contacts": "x@gov.example"}},
        "budget.contacts",
        "'x@gov.example' is not a list.",
        "Correct it. What it is: Who is told.",
    ),
    (
        {"budget": {"contacts": [None]}},
        "budget.contacts[0]",
        "Nothing is not text.",
        "Correct it. What it is: Who is told.",
    ),
    (
        {"budget": {"start_date": "2026-12-01 00:00:00 +0000 UTC"}},
        "budget.start_date",
        "'2026-12-01 00:00:00 +0000 UTC' is not a date such as \"2026-12-01\".",
        DATE_FIX,
    ),
    (
        {"network": {"address_space": "10.40.0.1/16"}},
        "network.address_space",
        "'10.40.0.1/16' is not valid: 10.40.0.1/16 has host bits set.",
        RANGE_FIX,
    ),
    (
        {"network": {"egress": {"kind": "nat_gatway"}}},
        "network.egress.kind",
        "'nat_gatway' is not one of nat_gateway, hub_firewall, own_firewall, none.",
        "Write 'nat_gateway'.",
    ),
    (
        {"network": {"egress": {"kind": None}}},
        "network.egress.kind",
        "The setting 'kind' is missing.",
        "Write one of nat_gateway, hub_firewall, own_firewall, none.",
    ),
    (
        {"network": {"egress": {"kind": "hub_firewall"}}},
        "network.egress.next_hop",
        "The setting 'next_hop' is missing.",
        "Add it: Private address of the hub's firewall.",
    ),
    (
        {"storage": None},
        "storage",
        "The section 'storage' is missing.",
        (
            "Add it, with the keys: replication, soft_delete_days, restore_days, change_feed_days, lifecycle, "
            "defender, lake_containers, retired_lake_containers, immutable_days, own_key_containers."
        ),
    ),
    (
        {"storage": "LRS"},
        "storage",
        "'LRS' is not a section (a mapping of settings).",
        "Correct it. What it is: Storage accounts.",
    ),
    (
        {"cluster": {"gpu_pools": {"T4-spot": {"vm_size": "Standard_NC4as_T4_v3", "max_count": 1}}}},
        "cluster.gpu_pools.T4-spot",
        "'T4-spot' is not a valid name here.",
        "Choose a name of at most 12 small letters and digits, a letter first.",
    ),
    (
        {"owner": "nobody" + 80 * "y"},
        "owner",
        "'nobody" + 53 * "y" + "… is not an e-mail address in small letters, such as ml-platform@gov.example.",
        "Correct it. What it is: Who answers for the environment; the `owner` tag.",
    ),
]


@pytest.mark.parametrize(("changes", "path", "what", "fix"), WORDS, ids=[row[1] for row in WORDS])
def test_a_wrong_value_is_put_in_words(
    folder: Path, write_dev: Write, changes: dict[str, Any], path: str, what: str, fix: str
) -> None:
    write_dev(changes)
    (problem,) = found(folder)
    assert (dotted(problem.path), problem.what, problem.fix) == (path, what, fix)


def test_all_wrong_values_are_reported_at_once_in_the_order_of_the_file(folder: Path, write_dev: Write) -> None:
    write_dev({"classification": "Secret", "storage": {"replication": 1}, "cluster": {"tier": "Gold"}})
    problems = found(folder)
    assert [dotted(problem.path) for problem in problems] == ["classification", "storage.replication", "cluster.tier"]
    lines = [problem.place.line for problem in problems if problem.place is not None]
    assert lines == sorted(lines)
    assert len(lines) == 3


def test_a_problem_in_the_defaults_names_that_file(folder: Path) -> None:
    file = folder / "defaults.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("cost_centre: TI-1", "cost_centre: x"), encoding="utf-8")
    (problem,) = found(folder)
    assert problem.place is not None
    assert problem.place.file == "stacks/defaults.yaml"
    assert problem.what == "'x' is not 3 to 20 capital letters, digits and hyphens."


def found(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(SettingsError) as caught:
        load("dev", folder=folder)
    return caught.value.problems
