from __future__ import annotations

import pytest

from components.security.wiring import PURPOSES
from tests.components.recording import Recorded
from tests.components.test_platform import resources

pytestmark = pytest.mark.capability("K3")

KEY_TYPE = "azure-native:keyvault:Key"
CRYPTO_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6"


def keys(stack: str) -> dict[str, Recorded]:
    return {resource.inputs["keyName"]: resource for resource in resources(stack) if resource.type == KEY_TYPE}


def test_there_is_a_key_for_each_purpose_where_keys_are_ours_and_none_elsewhere() -> None:
    assert set(PURPOSES) <= set(keys("prod"))
    assert keys("dev") == {}


def test_a_premium_vault_keeps_its_keys_in_an_hsm() -> None:
    assert {key.inputs["properties"]["kty"] for key in keys("prod").values()} == {"RSA-HSM"}


def test_ai_services_get_the_only_size_that_they_take() -> None:
    sizes = {purpose: keys("prod")[purpose].inputs["properties"]["keySize"] for purpose in PURPOSES}
    assert sizes.pop("ai") == 2048
    assert set(sizes.values()) == {3072}


@pytest.mark.parametrize("purpose", [name for name, purpose in PURPOSES.items() if purpose.operations == "wrap"])
def test_each_identity_may_use_the_keys_of_its_service_and_no_other(purpose: str) -> None:
    roles = [
        resource
        for resource in resources("prod")
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
