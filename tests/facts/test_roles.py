from __future__ import annotations

import re

import pytest

from facts.roles import role, roles


def test_a_role_has_a_guid_a_source_and_a_date() -> None:
    for name, row in roles().items():
        assert row.name == name
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", row.id)
        assert row.source
        assert row.date.year >= 2023


def test_no_two_roles_share_a_guid() -> None:
    guids = [row.id for row in roles().values()]
    assert len(set(guids)) == len(guids)


def test_a_well_known_role_has_its_well_known_guid() -> None:
    assert role("AcrPull").id == "7f951dda-4ed3-4680-a7ca-43fe172d538d"
    assert role("Reader").id == "acdd72a7-3385-48ef-bd42-f606fba81ae7"


def test_a_wrong_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(LookupError, match=r"'Acr Pull' is not in facts/roles\.yaml; the nearest is 'AcrPull'"):
        role("Acr Pull")
