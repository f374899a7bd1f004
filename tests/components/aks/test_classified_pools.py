"""Work of a high classification runs on nodes that no lower one shares."""

from __future__ import annotations

import pytest

from components.aks.classified_pools import KEY, label, taints
from stacks.types import Classification
from tests.components.deployed import deployed

PUBLIC, A, B, C = Classification


@pytest.mark.capability("V4")
def test_every_pool_of_prod_says_what_it_is_for() -> None:
    pools = [r.inputs for r in deployed("prod") if r.type.endswith(":AgentPool")]
    assert pools
    assert {pool["nodeLabels"][KEY] for pool in pools} == {"protected-b"}


def test_a_label_has_no_blanks() -> None:
    assert [label(level)[KEY] for level in Classification] == ["public", "protected-a", "protected-b", "protected-c"]


@pytest.mark.capability("V4")
@pytest.mark.parametrize(
    ("level", "levels", "tainted"),
    [
        (B, (B, B), False),
        (B, (B, A), True),
        (C, (B, C), True),
        (B, (B, C), False),  # the higher pool keeps the lower work out, not the other way round
        (A, (A, PUBLIC), False),  # Protected A demands no pools of its own
    ],
)
def test_a_pool_is_tainted_once_a_lower_one_stands_beside_it(
    level: Classification, levels: tuple[Classification, ...], tainted: bool
) -> None:
    assert taints(level, levels) == ((f"{KEY}={label(level)[KEY]}:NoSchedule",) if tainted else ())
