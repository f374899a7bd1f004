"""AKS versions: support on a day."""

from __future__ import annotations

from datetime import date

import pytest

from facts.aks_versions import Support, aks_version, aks_versions, as_of


@pytest.mark.parametrize(
    ("day", "support"),
    [
        (date(2026, 1, 3), Support.NONE),
        (date(2026, 1, 4), Support.STANDARD),
        (date(2026, 11, 30), Support.STANDARD),
        (date(2026, 12, 1), Support.LTS),
        (date(2027, 11, 30), Support.LTS),
        (date(2027, 12, 1), Support.NONE),
    ],
)
def test_support_of_1_34_changes_on_the_days_of_the_table(day: date, support: Support) -> None:
    assert aks_version("1.34").support_on(day) is support


def test_the_days_of_every_version_are_in_order() -> None:
    for version in aks_versions().values():
        assert version.ga < version.standard_support_ends < version.lts_ends


def test_the_table_is_newest_first_and_of_its_day() -> None:
    releases = [version.ga for version in aks_versions().values()]
    assert releases == sorted(releases, reverse=True)
    assert max(releases) <= as_of()


def test_an_unknown_version_names_the_nearest() -> None:
    with pytest.raises(LookupError, match=r"nearest is '1\.36'"):
        aks_version("1.366")
