from __future__ import annotations

from functools import cache

import pytest

import stacks
from components.platform import Platform
from components.security.wiring import PURPOSES
from tests.components.recording import Recorded, record
from tests.components.test_platform import resources

pytestmark = pytest.mark.capability("K3")

KEY_TYPE = "azure-native:keyvault:Key"
CRYPTO_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6"


EVERYTHING = "prod with a key of ours everywhere"


@cache
def custom(stack: str) -> list[Recorded]:
    """The resources of a stack; of EVERYTHING, prod without what prod has left to Microsoft's keys."""
    if stack != EVERYTHING:
        return resources(stack)
    base = stacks.load("prod")
    assert base.generative_ai is not None
    chat = base.generative_ai.accounts["chat"].model_copy(update={"customer_key": None, "region": None})
    changes = {
        "registry": base.registry.model_copy(update={"customer_key": None}),
        "machine_learning": base.machine_learning.model_copy(update={"customer_key": None}),
        "generative_ai": base.generative_ai.model_copy(update={"accounts": {"chat": chat}}),
    }
    settings = base.model_copy(update=changes)
    return [each for each in record(lambda: Platform(settings.name, settings)) if each.custom]


def keys(stack: str) -> dict[str, Recorded]:
    return {resource.inputs["keyName"]: resource for resource in custom(stack) if resource.type == KEY_TYPE}


def test_there_is_a_key_for_each_purpose_where_everything_has_one_of_ours() -> None:
    assert set(PURPOSES) <= set(keys(EVERYTHING))


@pytest.mark.parametrize(
    ("stack", "without"),
    [
        ("prod", {"registry", "machine-learning", "ai"}),  # left to Microsoft's keys, each with its reason
        ("dr", {"data-factory", "event-hubs", "search"}),
        ("dev", set(PURPOSES)),
    ],
)
def test_no_key_and_no_identity_is_made_that_nothing_uses(stack: str, without: set[str]) -> None:
    assert set(PURPOSES) - set(keys(stack)) == without
    identities = {each.name for each in custom(stack) if each.type.endswith(":UserAssignedIdentity")}
    assert {purpose for purpose in PURPOSES if f"mlops-encryption-{purpose}-id" in identities} == {
        purpose for purpose, it in PURPOSES.items() if purpose not in without and it.identity is None
    }


def test_a_premium_vault_keeps_its_keys_in_an_hsm() -> None:
    assert {key.inputs["properties"]["kty"] for key in keys("prod").values()} == {"RSA-HSM"}


def test_ai_services_get_the_only_size_that_they_take() -> None:
    sizes = {purpose: keys(EVERYTHING)[purpose].inputs["properties"]["keySize"] for purpose in PURPOSES}
    assert sizes.pop("ai") == 2048
    assert set(sizes.values()) == {3072}


@pytest.mark.parametrize("purpose", [name for name, purpose in PURPOSES.items() if purpose.operations == "wrap"])
def test_each_identity_may_use_the_keys_of_its_service_and_no_other(purpose: str) -> None:
    roles = [
        resource
        for resource in custom(EVERYTHING)
        if resource.type.endswith(":RoleAssignment")
        and resource.inputs["roleDefinitionId"].endswith(CRYPTO_USER)
        and f"-encryption-{purpose}-" in resource.name
    ]
    # The account also reads the keys of its own file systems.
    allowed = {"storage": {"/mock/mlops-key-lake-gold-key"}}.get(purpose, set())
    assert {role.inputs["scope"] for role in roles} == {f"/mock/mlops-key-{purpose}-key", *allowed}


def test_keys_and_secrets_lie_in_two_vaults_and_both_are_closed() -> None:
    vaults = [resource for resource in resources("prod") if resource.type == "azure-native:keyvault:Vault"]
    assert {vault.name for vault in vaults} == {"mlops-vault-kv", "mlops-keys-kv"}
    assert {vault.inputs["properties"]["publicNetworkAccess"] for vault in vaults} == {"Disabled"}
    assert {key.inputs["vaultName"] for key in keys("prod").values()} == {"name-of-mlops-keys-kv"}
