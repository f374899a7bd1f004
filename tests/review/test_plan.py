"""The plan: what an update would leave, with unknowns and secrets as such."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

from policies.resource import Place
from policies.values import SECRET, UNKNOWN
from review.plan import PlanError, read_preview

VAULT = "azure-native:keyvault/v20240401:Vault"
URN = f"urn:pulumi:prod::platform::{VAULT}::kv"
STATE: dict[str, Any] = {
    "urn": URN,
    "type": VAULT,
    "inputs": {"resourceGroupName": "rg", "vaultName": "kv-a", "properties": {"tenantId": "t"}},
    "parent": "urn:pulumi:prod::platform::pulumi:pulumi:Stack::platform-prod",
    "propertyDependencies": {"resourceGroupName": ["urn:rg"], "vaultName": None},
    "ignoreChanges": ["tags"],
    "protect": True,
    "sourcePosition": "project:///components/security/key_vault.py#71,4",
}


def preview(*steps: tuple[str, dict[str, Any]]) -> str:
    listed = [{"op": op, "urn": state["urn"], "newState": state} for op, state in steps]
    return "warning: using a plugin from $PATH\n" + json.dumps({"config": {}, "steps": listed})


def only(**changes: Any) -> Any:
    (found,) = read_preview(preview(("create", {**STATE, **changes})), "prod").stack.resources
    return found


def test_a_resource_is_read_whole() -> None:
    one = only()
    assert one.type == "azure-native:keyvault:Vault"
    assert one.name == "kv"
    assert one.protect is True
    assert one.ignore_changes == ("tags",)
    assert one.dependencies == {"resourceGroupName": ("urn:rg",), "vaultName": ()}
    assert one.place == Place("components/security/key_vault.py", 71)


def test_an_id_that_the_preview_does_not_tell_follows_from_names() -> None:
    zero = "/subscriptions/00000000-0000-0000-0000-000000000000"
    assert only().id == f"{zero}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-a"
    assert only(id="/subscriptions/s/x").id == "/subscriptions/s/x"


def test_without_a_name_there_is_no_id() -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    assert only(id=unknown, inputs={"resourceGroupName": "rg", "vaultName": unknown}).id is None
    assert only(inputs={"resourceGroupName": "rg"}).id is None


@pytest.mark.parametrize(
    ("written", "marker"),
    [
        ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", UNKNOWN),
        ("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", UNKNOWN),
        ("[secret]", SECRET),
        ({"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}, SECRET),
    ],
)
def test_unknowns_and_secrets_are_marked(written: Any, marker: object) -> None:
    assert only(inputs={"a": [{"b": written}]}).properties == {"a": [{"b": marker}]}


def test_what_goes_away_is_in_no_plan() -> None:
    plan = read_preview(preview(("same", STATE), ("delete", {**STATE, "urn": f"{URN}-old"})), "prod")
    assert plan.operations == {URN: "same"}


@pytest.mark.parametrize("text", ["", "no preview", "{}", '{"steps": 1', "[]"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="preview --json"):
        read_preview(text, "prod")


def test_the_order_of_steps_makes_no_difference_and_what_is_needed_comes_first() -> None:
    parent = {**STATE, "urn": f"{URN}-z", "parent": ""}
    needed = {**STATE, "urn": f"{URN}-y", "parent": ""}
    child = {**STATE, "urn": f"{URN}-a", "parent": parent["urn"], "dependencies": [needed["urn"]]}
    other = {**STATE, "urn": f"{URN}-b", "parent": ""}
    steps = [("create", state) for state in (parent, needed, child, other)]
    names = [[one.name for one in read_preview(preview(*some), "prod").stack.resources] for some in permutations(steps)]
    assert {tuple(one) for one in names} == {("kv-b", "kv-y", "kv-z", "kv-a")}
