"""The exact subjects: one letter off, and either nobody or somebody else gets in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from components.identity.federation import GITHUB_ISSUER, Repository, Trust, github_environment, service_account
from components.identity.identity import MAX_TRUSTS, Identity, problems
from tests.components.examples import IDENTITY
from tests.components.recording import one, record

# The owner, the repository and the numbers of the example in Entra's own page.
CONTOSO = Repository(owner="contoso", owner_id=5544123, name="payments-api", id=821093847)


@pytest.mark.capability("I1")
def test_the_subject_of_a_service_account_is_exact() -> None:
    trust = service_account("https://issuer.example/", "ml-training", "training")
    assert trust.subject == "system:serviceaccount:ml-training:training"
    assert trust.issuer == "https://issuer.example/"


@pytest.mark.capability("I2")
def test_a_github_environment_is_trusted_in_both_forms() -> None:
    assert {trust.subject for trust in github_environment(CONTOSO, "prod")} == {
        "repo:contoso/payments-api:environment:prod",
        "repo:contoso@5544123/payments-api@821093847:environment:prod",
    }
    assert {trust.issuer for trust in github_environment(CONTOSO, "prod")} == {GITHUB_ISSUER}


@pytest.mark.parametrize(
    "trust",
    [
        *github_environment(CONTOSO, "prod.v2"),
        service_account("https://issuer.example/", "n" * 63, "s" * 63),
    ],
    ids=lambda trust: trust.name[:20],
)
def test_a_credential_has_a_name_that_azure_takes(trust: Trust) -> None:
    # azure-rest-api-specs, FederatedIdentityCredential.
    assert re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}", trust.name)


@pytest.mark.capability("I2")
@pytest.mark.parametrize("numbers", [(None, 821093847), (5544123, None), (None, None)])
def test_without_both_numbers_there_is_no_immutable_subject(numbers: tuple[int | None, int | None]) -> None:
    (trust,) = github_environment(replace(CONTOSO, owner_id=numbers[0], id=numbers[1]), "prod")
    assert "@" not in trust.subject


@pytest.mark.capability("I1")
def test_credentials_are_made_one_after_the_other() -> None:
    trusts = github_environment(CONTOSO, "prod")
    made = record(lambda: Identity("x", replace(IDENTITY, trusts=trusts)))
    first = one(made, ":FederatedIdentityCredential", "x-fic-github-prod")
    second = one(made, ":FederatedIdentityCredential", "x-fic-github-prod-immutable")
    assert first.urn in second.depends_on
    assert first.inputs["audiences"] == ["api://AzureADTokenExchange"]
    assert first.inputs["subject"] == "repo:contoso/payments-api:environment:prod"


def test_more_subjects_than_entra_takes_are_a_problem() -> None:
    many = tuple(Trust(name=f"t{index}", issuer=GITHUB_ISSUER, subject=f"s{index}") for index in range(MAX_TRUSTS + 1))
    assert not problems(replace(IDENTITY, trusts=many[1:]))
    assert len(problems(replace(IDENTITY, trusts=many))) == 1


def test_two_subjects_of_one_name_are_a_problem() -> None:
    trust = Trust(name="t", issuer=GITHUB_ISSUER, subject="s")
    assert problems(replace(IDENTITY, trusts=(trust, trust))) == ["two trusted subjects are called t"]
