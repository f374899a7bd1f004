from __future__ import annotations

from dataclasses import replace

import pytest

from components.data.registry_cache import CacheRule, RegistryCache, problems
from tests.components.data.examples import CACHE
from tests.components.recording import arm_id, one, record

pytestmark = pytest.mark.capability("R5")


def problem_of(source: str, target: str, signed_in: bool = False) -> list[str]:
    return problems(replace(CACHE, rules={"a-rule": CacheRule(source=source, target=target, signed_in=signed_in)}))


def test_images_of_nvidia_are_cached_without_signing_in() -> None:
    rule = one(record(lambda: RegistryCache("x", CACHE)), "containerregistry:CacheRule", "x-rule-nvidia").inputs
    assert (rule["sourceRepository"], rule["targetRepository"]) == ("nvcr.io/nvidia/*", "nvidia/*")
    assert "credentialSetResourceId" not in rule


def test_docker_hub_is_cached_with_secrets_that_stay_in_the_vault() -> None:
    recorded = record(lambda: RegistryCache("x", CACHE))
    rule = one(recorded, "containerregistry:CacheRule", "x-rule-docker").inputs
    assert rule["credentialSetResourceId"] == arm_id("x-credentials-docker")
    assert one(recorded, "containerregistry:CredentialSet").inputs["authCredentials"] == [
        {
            "name": "Credential1",
            "usernameSecretIdentifier": "https://a-vault.example/secrets/docker-user",
            "passwordSecretIdentifier": "https://a-vault.example/secrets/docker-password",
        }
    ]


@pytest.mark.capability("R3")
def test_a_credential_set_may_read_secrets_and_nothing_else() -> None:
    roles = [each for each in record(lambda: RegistryCache("x", CACHE)) if each.type.endswith(":RoleAssignment")]
    assert [(role.inputs["scope"], role.inputs["principalType"]) for role in roles] == [("/vault", "ServicePrincipal")]


@pytest.mark.parametrize(
    ("source", "target", "signed_in", "count"),
    [
        ("mcr.microsoft.com/*", "mcr/*", False, 0),
        ("quay.io/prometheus/node-exporter", "node-exporter", False, 0),
        ("docker.io/library/*", "docker/*", False, 1),
        ("registry.example/*", "other/*", False, 1),
        ("quay.io/*", "quay", False, 1),
    ],
)
def test_rules_that_azure_refuses_are_problems(source: str, target: str, signed_in: bool, count: int) -> None:
    assert len(problem_of(source, target, signed_in)) == count
