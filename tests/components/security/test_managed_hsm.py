from __future__ import annotations

from dataclasses import replace

import pytest

from components.security.managed_hsm import ManagedHsm, problems
from tests.components.recording import one, record
from tests.components.security.examples import HSM

pytestmark = pytest.mark.capability("K3")


def test_the_hsm_can_not_be_purged_and_is_reached_from_the_spoke_only() -> None:
    properties = one(record(lambda: ManagedHsm("x", HSM)), "keyvault:ManagedHsm").inputs["properties"]
    assert properties["enablePurgeProtection"] is True
    assert properties["softDeleteRetentionInDays"] == 90
    assert properties["publicNetworkAccess"] == "Disabled"
    assert properties["networkAcls"] == {"defaultAction": "Deny", "bypass": "AzureServices"}
    assert properties["initialAdminObjectIds"] == ["one", "two", "three"]


@pytest.mark.parametrize(("people", "days", "count"), [(("one",), 90, 0), ((), 90, 1), (("one",), 6, 1)])
def test_somebody_can_activate_it(people: tuple[str, ...], days: int, count: int) -> None:
    assert len(problems(replace(HSM, administrators=people, soft_delete_days=days))) == count
