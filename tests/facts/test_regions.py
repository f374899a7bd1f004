"""Regions: zones and pairs."""

from __future__ import annotations

import pytest

from facts.regions import region, regions


def test_canada_central_has_zones_and_canada_east_has_none() -> None:
    assert region("canadacentral").zones == ("1", "2", "3")
    assert region("canadaeast").zones == ()


def test_the_two_regions_of_canada_are_a_pair() -> None:
    assert region("canadacentral").paired_region == "canadaeast"
    assert region("canadaeast").paired_region == "canadacentral"


def test_an_unknown_region_names_the_nearest() -> None:
    with pytest.raises(LookupError, match="nearest is 'canadacentral'"):
        region("canada-central")


def test_the_table_is_the_same_after_a_second_look() -> None:
    assert regions() is regions()
    assert all(each.name == name for name, each in regions().items())


def test_canada_east_is_not_known_to_offer_dns_resolvers() -> None:
    assert region("canadacentral").dns_resolver
    assert not region("canadaeast").dns_resolver
