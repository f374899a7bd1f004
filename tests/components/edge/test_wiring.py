"""The edge of a stack: who the gateway is, and where it stands."""

from __future__ import annotations

from functools import cache

import pytest

import stacks
from components.platform import Platform
from stacks.sections.edge import EdgeSettings
from tests.components.recording import Recorded, record

pytestmark = pytest.mark.capability("B2")

SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6"


def site(name: str, certificate: str) -> dict[str, str]:
    return {"host": f"{name}.gov.example", "certificate": certificate, "backend": f"{name}.azurewebsites.net"}


@cache
def platform() -> tuple[Recorded, ...]:
    edge = EdgeSettings.model_validate(
        {"sites": {"triage": site("triage", "wildcard"), "credit": site("credit", "wildcard")}}
    )
    settings = stacks.load("test").model_copy(update={"edge": edge})
    return tuple(record(lambda: Platform("mlops", settings)))


def test_the_gateway_reads_secrets_and_changes_none() -> None:
    roles = [each.inputs for each in platform() if each.name.startswith("mlops-edge-roles-ra-")]
    assert [role["roleDefinitionId"].rsplit("/", 1)[-1] for role in roles] == [SECRETS_USER]
    assert roles[0]["scope"].endswith("/mlops-vault-kv")


def test_it_listens_on_a_fixed_address_of_its_subnet() -> None:
    gateway = next(each for each in platform() if each.type == "azure-native:network:ApplicationGateway")
    frontends = {each["name"]: each for each in gateway.inputs["frontendIPConfigurations"]}
    assert frontends["private"]["privateIPAddress"] == "10.41.6.10"
    assert gateway.inputs["sslCertificates"][0]["keyVaultSecretId"].endswith("/secrets/wildcard")
