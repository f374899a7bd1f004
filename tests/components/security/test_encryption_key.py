from __future__ import annotations

from dataclasses import replace

import pytest

from components.security.encryption_key import EncryptionKey, problems
from tests.components.examples import PROTECTED
from tests.components.recording import one, record
from tests.components.security.examples import KEY

pytestmark = pytest.mark.capability("K3")


def test_the_vault_rotates_the_key_and_the_old_version_lives_on_for_a_while() -> None:
    properties = one(record(lambda: EncryptionKey("x", KEY)), "keyvault:Key").inputs["properties"]
    assert properties["rotationPolicy"] == {
        "attributes": {"expiryTime": "P455D"},
        "lifetimeActions": [
            {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P365D"}},
            {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}},
        ],
    }


@pytest.mark.parametrize(("hsm", "kind"), [(True, "RSA-HSM"), (False, "RSA")])
def test_the_key_stays_where_it_was_made(hsm: bool, kind: str) -> None:
    properties = one(record(lambda: EncryptionKey("x", replace(KEY, hsm=hsm))), "keyvault:Key").inputs["properties"]
    assert properties["kty"] == kind
    assert properties["keySize"] == 3072
    assert properties["attributes"] == {"enabled": True, "exportable": False}


def test_the_key_can_do_what_its_service_needs_and_nothing_else() -> None:
    wrap = one(record(lambda: EncryptionKey("x", KEY)), "keyvault:Key").inputs["properties"]["keyOps"]
    etcd = replace(KEY, operations="encrypt")
    encrypt = one(record(lambda: EncryptionKey("x", etcd)), "keyvault:Key").inputs["properties"]["keyOps"]
    assert (wrap, encrypt) == (["wrapKey", "unwrapKey"], ["encrypt", "decrypt"])


def test_a_key_that_exists_is_not_written_again() -> None:
    assert one(record(lambda: EncryptionKey("x", KEY)), "keyvault:Key").ignore_changes == ("properties", "tags")


def test_the_key_is_protected_where_the_placement_says_so() -> None:
    recorded = record(lambda: EncryptionKey("x", replace(KEY, placement=PROTECTED)))
    assert one(recorded, "keyvault:Key").protect


@pytest.mark.parametrize(
    ("size", "rotation_days", "count"), [(3072, 28, 0), (1024, 365, 1), (2048, 27, 1), (4096, 365, 0)]
)
def test_size_and_rotation_have_bounds(size: int, rotation_days: int, count: int) -> None:
    assert len(problems(replace(KEY, size=size, rotation_days=rotation_days))) == count
