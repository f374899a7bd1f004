from __future__ import annotations

from dataclasses import replace

import pytest

from components.governance.locks import LOCKABLE, Locks, problems
from components.governance.resource_groups import STATEFUL
from tests.components.deployed import deployed
from tests.components.governance.examples import LOCKS
from tests.components.recording import one, record


@pytest.mark.capability("V3")
def test_a_lock_stops_deletions_and_says_how_it_is_taken_away() -> None:
    lock = one(record(lambda: Locks("x", LOCKS)), ":ManagementLockByScope").inputs
    assert lock["level"] == "CanNotDelete"
    assert lock["lockName"] == "lock-mlops-dev-cnc-data"
    assert "docs/runbooks/unlock-a-group.md" in lock["notes"]


@pytest.mark.capability("V3")
def test_only_groups_that_hold_data_and_need_no_deletions_are_locked() -> None:
    # With a lock Azure ML's compute clusters would keep idle nodes, no release could remove an alert, and backups could
    # not remove old snapshots.
    assert set(STATEFUL) - set(LOCKABLE) == {"ml", "observability", "snapshots"}
    assert set(LOCKABLE) <= set(STATEFUL)
    assert problems(replace(LOCKS, groups={"ml": "/rg-ml"})) == ["the group ml can't be locked"]


@pytest.mark.capability("V3")
@pytest.mark.parametrize("stack", ["prod", "dr"])
def test_a_lock_is_the_last_to_come_and_the_first_to_go(stack: str) -> None:
    made = deployed(stack)
    locks = [resource for resource in made if resource.type.endswith(":ManagementLockByScope")]
    assert {str(lock.inputs["lockName"]).rsplit("-", 1)[-1] for lock in locks} == {"data"}
    later = {"platform:locks:Locks", "azure-native:authorization:ManagementLockByScope"}
    own = {r.urn for r in made if r.custom and r.type not in later and not r.type.endswith("getClientConfig")}
    for lock in locks:
        assert own - set(lock.depends_on) == set()


@pytest.mark.parametrize("stack", ["dev", "test"])
def test_a_stack_that_may_be_thrown_away_has_no_locks(stack: str) -> None:
    made = deployed(stack)
    assert not [resource for resource in made if resource.type.endswith(":ManagementLockByScope")]
