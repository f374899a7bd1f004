"""Ids that the provider foresees and the engine does not hand over."""

from __future__ import annotations

from typing import Any

import pytest

from policies.crossguard.ids import with_ids
from policies.resource import Resource

GROUP = "/subscriptions/s/resourceGroups/rg"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv"
SITE = f"{GROUP}/providers/Microsoft.Web/sites/app"


def made(kind: str, name: str, arm_id: str | None = None) -> Resource:
    return Resource(type="azure-native:x:Y", name="r", urn="urn::r", id=arm_id, properties={"type": kind, "name": name})


def holder(*values: Any, urns: tuple[str, ...] = ("urn::r",)) -> Resource:
    listed = [{"id": value} for value in values]
    return Resource(
        type="azure-native:x:Z", name="h", urn="urn::h", id="/h", properties={"p": listed}, dependencies={"p": urns}
    )


@pytest.mark.parametrize(
    ("one", "others", "expected"),
    [
        (made("Microsoft.KeyVault/vaults", "kv"), [holder(VAULT)], VAULT),
        (made("microsoft.keyvault/Vaults", "KV"), [holder(VAULT), holder(VAULT.upper())], VAULT.upper()),
        (made("Microsoft.Resources/resourceGroups", "rg"), [holder(GROUP)], GROUP),
        (made("Microsoft.Web/sites/slots", "app"), [holder(f"{SITE}/slots/blue")], f"{SITE}/slots/blue"),
        (made("Microsoft.Web/sites/slots", "app/blue"), [holder(f"{SITE}/slots/blue")], f"{SITE}/slots/blue"),
        (made("Microsoft.KeyVault/vaults", "kv", "/own"), [holder(VAULT)], "/own"),
        (made("Microsoft.KeyVault/vaults", "kv"), [holder(VAULT, urns=("urn::other",))], None),
        (made("Microsoft.KeyVault/vaults", "kv"), [holder(f"{VAULT}2")], None),
        (made("Microsoft.KeyVault/vaults", "kv"), [holder(f"{VAULT}/secrets/kv")], None),
        (made("Microsoft.KeyVault/vaults", "kv"), [holder(VAULT, VAULT.replace("rg", "rg2"))], None),
        (made("Microsoft.KeyVault/vaults", "kv"), [holder("/", None, 3, "//providers/", "kv")], None),
        (Resource(type="azure-native:x:Y", name="r", urn="urn::r"), [holder(VAULT)], None),
    ],
)  # fmt: skip
def test_an_id_is_that_which_others_write_where_type_and_name_fit(
    one: Resource, others: list[Resource], expected: str | None
) -> None:
    assert with_ids([one, *others])[0].id == expected
