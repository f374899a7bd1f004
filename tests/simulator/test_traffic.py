"""Writes at the same moment: what Azure refuses, what azure-native gets over by itself, and what is in nobody's way."""

from __future__ import annotations

import threading

import pytest

from simulator.errors import ArmError
from simulator.traffic import Traffic
from tests.simulator.azure import GROUP

IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
ACCOUNT = f"{GROUP}/providers/Microsoft.CognitiveServices/accounts/oai"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet"
CREDENTIAL = f"{IDENTITY}/federatedIdentityCredentials"


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (f"{CREDENTIAL}/a", f"{CREDENTIAL}/b", "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"),
        (f"{ACCOUNT}/deployments/a", f"{ACCOUNT.upper()}/deployments/b", "RequestConflict"),
        (GROUP, NETWORK, "ResourceGroupNotFound"),
        (GROUP.upper(), f"{NETWORK}/subnets/a", "ResourceGroupNotFound"),
        (NETWORK, f"{NETWORK}/subnets/a", "AnotherOperationInProgress"),
    ],
)
def test_a_write_that_meets_another_is_refused(first: str, second: str, code: str) -> None:
    traffic = Traffic()
    with (
        traffic.write(first, creates=True),
        pytest.raises(ArmError) as refused,
        traffic.write(second, creates=True),
    ):
        pass
    [refusal] = refused.value.refusals
    assert refusal.code == code
    assert "dependsOn" in str(refusal.fix)
    with traffic.write(second, creates=True):
        pass


@pytest.mark.parametrize(
    ("first", "creates", "second"),
    [
        (f"{NETWORK}/subnets/a", True, f"{NETWORK}/subnets/b"),
        (f"{CREDENTIAL}/a", True, f"{IDENTITY}2/federatedIdentityCredentials/b"),
        (f"{ACCOUNT}/deployments/a", True, f"{ACCOUNT}/raiPolicies/b"),
        (NETWORK, False, f"{NETWORK}/subnets/a"),
        (NETWORK, True, f"{NETWORK}2/subnets/a"),
        (GROUP, True, f"{GROUP}2"),
        (f"{GROUP}/providers/Microsoft.Storage/storageAccounts/a", True, GROUP),
    ],
)
def test_a_write_that_meets_nothing_of_its_own_goes_on(first: str, creates: bool, second: str) -> None:
    traffic = Traffic()
    with traffic.write(first, creates=creates), traffic.write(second, creates=True):
        pass


def test_a_write_that_fails_is_no_longer_under_way() -> None:
    traffic = Traffic()
    with pytest.raises(ValueError, match="no"), traffic.write(f"{CREDENTIAL}/a", creates=True):
        raise ValueError("no")
    with traffic.write(f"{CREDENTIAL}/b", creates=True):
        pass


def test_a_parent_that_was_checked_and_is_not_made_yet_is_met_too() -> None:
    traffic = Traffic()
    traffic.announce(GROUP)
    with pytest.raises(ArmError, match="ResourceGroupNotFound"), traffic.write(NETWORK, creates=True):
        pass
    with traffic.write(GROUP, creates=True):
        pass
    with traffic.write(NETWORK, creates=True):
        pass


def test_a_child_that_comes_before_the_check_of_its_parent_waits_for_it() -> None:
    traffic = Traffic(seconds=30)
    check = threading.Timer(0.05, traffic.announce, [NETWORK])
    check.start()
    write = traffic.write(f"{NETWORK}/subnets/a", creates=True, exists=lambda _: False)
    with pytest.raises(ArmError, match="AnotherOperationInProgress"):
        write.__enter__()
    check.join()


def test_a_parent_that_nothing_makes_is_taken_on_trust_and_never_awaited_again() -> None:
    traffic = Traffic(seconds=0.01)
    asked: list[str] = []

    def exists(parent: str) -> bool:
        asked.append(parent)
        return False

    for child in ("a", "b"):
        with traffic.write(f"{NETWORK}/subnets/{child}", creates=True, exists=exists):
            pass
    assert len(asked) == len(set(asked))


def test_a_parent_that_is_only_previewed_or_imported_is_in_nobodys_way() -> None:
    traffic = Traffic()
    traffic.announce(GROUP)
    traffic.foresee(GROUP)
    traffic.read(NETWORK)
    traffic.announce(NETWORK.upper())
    with traffic.write(f"{NETWORK}/subnets/a", creates=True):
        pass
