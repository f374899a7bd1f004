from __future__ import annotations

from dataclasses import replace

from components.identity.identity import Identity, problems
from tests.components.examples import IDENTITY
from tests.components.recording import UNKNOWN, one, record


def test_the_identity_is_named_for_its_purpose() -> None:
    made = one(record(lambda: Identity("x", IDENTITY)), "managedidentity:UserAssignedIdentity")
    assert made.inputs["resourceName"] == "id-mlops-dev-cnc-kubelet"


def test_who_the_identity_is_stays_unknown_until_it_is_there() -> None:
    outputs = one(record(lambda: Identity("x", IDENTITY), preview=True), "identity:Identity").outputs
    assert outputs == {"identity_id": UNKNOWN, "principal_id": UNKNOWN, "client_id": UNKNOWN}


def test_an_identity_without_a_purpose_is_a_problem() -> None:
    assert len(problems(replace(IDENTITY, purpose=""))) == 1
