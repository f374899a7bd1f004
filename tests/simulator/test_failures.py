"""The recorded failures: the bad program is refused for the right reason, and the corrected one goes through.

A case holds `related_resources` (deployed first, in order), `old_inputs` (deployed before, for updates), `bad_inputs`
with the `error_code` that Azure answered (null: not known), and `good_inputs`, with `good_related_resources` where
those differ. `subscription` has the facts of the subscription that it needs, in the shape of `subscription.yaml`
(`good_subscription` where the corrected program needs others). A resource group, and any id that no listed resource
makes, exists.
"""

from __future__ import annotations

from typing import Any

import pytest

from simulator.catalog import Catalog
from simulator.store import Store
from tests.simulator.azure import Azure
from tests.simulator.failures import cases, families, not_yet, play

ALL = [(family, case) for family in families() for case in cases(family)]
IDS = [f"{family}-{case['rule']}-{case['id']}" for family, case in ALL]
NOT_YET = not_yet()


@pytest.fixture
def empty(catalog: Catalog, store: Store) -> Azure:
    """A subscription in which nothing is known."""
    return Azure(catalog, store)


@pytest.mark.parametrize(("family", "case"), ALL, ids=IDS)
def test_the_bad_program_is_refused_for_its_reason(empty: Azure, family: str, case: dict[str, Any]) -> None:
    refused = play(empty, case, "bad")
    caught = refused is not None and (case["error_code"] is None or f'Code="{case["error_code"]}"' in refused.text)
    if case["id"] in NOT_YET:
        assert not caught, f"{case['rule']} is caught now: take {case['id']} out of not_yet"
        return
    assert refused is not None, f"{case['rule']} is not caught ({case['source']})"
    assert caught, refused.text


@pytest.mark.parametrize(("family", "case"), ALL, ids=IDS)
def test_the_corrected_program_goes_through(empty: Azure, family: str, case: dict[str, Any]) -> None:
    refused = play(empty, case, "good")
    assert refused is None, refused


def test_the_list_of_what_is_not_caught_names_cases_only() -> None:
    assert set(NOT_YET) <= {case["id"] for _, case in ALL}
