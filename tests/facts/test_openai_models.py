from __future__ import annotations

import pytest

from facts.openai_models import REGIONS, offered, offers, versions


def test_every_offer_names_regions_that_the_table_covers() -> None:
    for row, regions in offers().items():
        assert regions, row
        assert regions <= REGIONS, row


@pytest.mark.parametrize(
    ("sku", "region", "answer"),
    [
        ("Standard", "canadaeast", True),
        ("Standard", "canadacentral", False),
        ("GlobalStandard", "canadaeast", True),
        ("GlobalProvisionedManaged", "canadacentral", True),
        ("DataZoneStandard", "canadaeast", False),
        ("Standard", "swedencentral", None),
        ("Developer", "canadaeast", None),
    ],
)
def test_canada_offers_less_than_the_states(sku: str, region: str, answer: bool | None) -> None:
    assert offered(sku, "gpt-4o", "2024-11-20", region) is answer


def test_a_version_that_the_table_does_not_hold_is_not_judged() -> None:
    assert offered("Standard", "gpt-4o", "2031-01-01", "canadaeast") is None
    assert offered("Standard", "gpt-9", "2031-01-01", "canadaeast") is None


def test_what_is_offered_is_not_retired() -> None:
    offered_versions = {(model, version) for _, model, version in offers()}
    for listed in versions().values():
        for each in listed:
            assert each.retired is None or (each.model, each.version) not in offered_versions


def test_retired_versions_stay_known() -> None:
    retired = {each.version: each.retired for each in versions()["gpt-35-turbo"]}
    assert str(retired["0613"]) == "2025-02-13"
    assert retired["0125"] is None
