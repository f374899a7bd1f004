"""The export of a stack as an ARM template, and the way back to Pulumi."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from policies.catalogue import rules
from policies.judge import judge
from policies.resource import Resource, Stack
from policies.values import SECRET, UNKNOWN
from review.arm_reader import read_template
from review.arm_template import DEPLOYMENTS, arm_template
from tests.policies.planned import planned, profile_of

STACKS = pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
ACCOUNT = "azure-native:storage:StorageAccount"
CONTAINER = "azure-native:storage:BlobContainer"
ASSIGNMENT = "azure-native:authorization:RoleAssignment"


def resource(type_: str, name: str, *needs: str, **properties: Any) -> Resource:
    return Resource(type=type_, name=name, urn=f"urn::{name}", properties=properties, dependencies={"x": tuple(needs)})


def document(*resources: Resource) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(arm_template(Stack("s", resources)).text)
    return loaded


def inner(template: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for each in template["resources"] for one in each["properties"]["template"]["resources"]]


def test_a_resource_has_its_type_name_and_place() -> None:
    account = resource(ACCOUNT, "a", accountName="st", resourceGroupName="rg", location="canadacentral")
    container = resource(CONTAINER, "c", "urn::a", accountName="st", resourceGroupName="rg", containerName="x")
    template = document(account, container)
    [deployment] = template["resources"]
    assert (deployment["type"], deployment["resourceGroup"]) == (DEPLOYMENTS, "rg")
    found = inner(template)
    assert [(one["type"], one["name"]) for one in found] == [
        ("Microsoft.Storage/storageAccounts", "st"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "st/default/x"),
    ]
    assert found[0]["location"] == "canadacentral"
    assert found[1]["dependsOn"] == ["[resourceId('Microsoft.Storage/storageAccounts', 'st')]"]
    assert all(one["apiVersion"] for one in found)


def test_an_extension_says_what_it_extends() -> None:
    scope = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys/k"
    one = resource(ASSIGNMENT, "r", scope=scope, roleAssignmentName="g", principalId="p")
    one = replace(one, id=f"{scope}/providers/Microsoft.Authorization/roleAssignments/g")
    [found] = inner(document(one))
    assert (found["name"], found["scope"]) == ("g", "Microsoft.KeyVault/vaults/kv/keys/k")
    assert found["properties"] == {"principalId": "p"}


def test_what_an_unknown_scope_depends_on_is_extended() -> None:
    account = resource(ACCOUNT, "a", accountName="st", resourceGroupName="rg")
    one = resource(ASSIGNMENT, "r", scope=UNKNOWN, roleAssignmentName="g")
    one = replace(one, dependencies={"scope": ("urn::a",)})
    assert inner(document(account, one))[-1]["scope"] == "Microsoft.Storage/storageAccounts/st"


def test_two_groups_that_need_each_other_are_deployed_in_steps() -> None:
    first = resource(ACCOUNT, "a", accountName="a", resourceGroupName="one")
    second = resource(ACCOUNT, "b", "urn::a", accountName="b", resourceGroupName="two")
    third = resource(ACCOUNT, "c", "urn::b", accountName="c", resourceGroupName="one")
    found = {one["name"]: one.get("dependsOn", []) for one in document(first, second, third)["resources"]}
    assert list(found) == ["one-0", "two-1", "one-2"]
    assert "'one-0'" in found["two-1"][0]
    assert "'two-1'" in found["one-2"][0]


@STACKS
def test_no_deployment_waits_for_itself(stack: str) -> None:
    done: set[str] = set()
    for one in json.loads(arm_template(planned(stack)).text)["resources"]:
        names = {part for text in one.get("dependsOn", []) for part in text.split("'") if part.startswith("rg-")}
        waits = {name for name in names if name[-2:].strip("-").isdigit() or name[-3:].lstrip("-").isdigit()}
        assert waits <= done, one["name"]
        done.add(one["name"])


def test_unknowns_and_secrets_are_listed_and_not_written() -> None:
    one = resource(ACCOUNT, "a", accountName=UNKNOWN, resourceGroupName="rg", location=UNKNOWN, tags={"x": SECRET})
    exported = arm_template(Stack("s", (one,)))
    assert [(each.path, each.why) for each in exported.left_out] == [
        ("accountName", "unknown"), ("location", "unknown"), ("tags.x", "secret")
    ]  # fmt: skip
    [found] = inner(json.loads(exported.text))
    assert found["name"] == "a"
    assert "location" not in found


def test_a_type_that_the_sdk_lacks_is_listed() -> None:
    exported = arm_template(Stack("s", (Resource(type="azure-native:none:Such", name="n"),)))
    assert [(each.path, each.why) for each in exported.left_out] == [("", "the SDK has no such type")]


def test_a_text_in_brackets_is_no_expression() -> None:
    one = resource(ACCOUNT, "a", accountName="st", resourceGroupName="rg", tags={"x": "[b]", "y": "[b"})
    assert inner(document(one))[0]["tags"] == {"x": "[[b]", "y": "[b"}


def test_lines_and_names_lead_back_to_the_resource() -> None:
    exported = arm_template(planned("dev"))
    lines = exported.text.split("\n")
    for origin in exported.origins:
        assert lines[origin.first - 1].strip() == "{"
        assert f'"type": "{origin.type}"' in lines[origin.first]
        assert exported.at(origin.first) is exported.at(origin.last) is origin.resource
    account = next(planned("dev").of(ACCOUNT))
    name = account.properties["accountName"]
    assert exported.named("microsoft.storage/STORAGEACCOUNTS", name) is account
    assert exported.at(1) is None


@STACKS
def test_every_azure_resource_is_exported_once_and_in_the_same_text(stack: str) -> None:
    exported = arm_template(planned(stack))
    wanted = {one.urn for one in planned(stack).resources if one.type.startswith("azure-native:")}
    assert {one.resource.urn for one in exported.origins} == wanted
    assert len(exported.origins) == len(wanted)
    assert exported.left_out == ()
    assert arm_template(planned(stack)).text == exported.text


def without_options(stack: Stack) -> Stack:
    """As both can tell it: a template has no options of Pulumi, and a stack leaves API versions to the SDK.

    That a written id is of nobody in the stack is said by the engine alone, so roles of such ones are left out.
    """
    kept = (one for one in stack.resources if one.type.startswith("azure-native:") and not _is_of_somebody_else(one))
    none: dict[str, Any] = {"protect": None, "ignore_changes": None, "parent": "", "api_version": ""}
    return Stack(stack.name, tuple(replace(one, **none) for one in kept))


def _is_of_somebody_else(one: Resource) -> bool:
    service = one.properties.get("principalType") == "ServicePrincipal"
    return one.type == ASSIGNMENT and service and not one.dependencies.get("principalId")


def verdicts(stack: Stack, name: str) -> set[tuple[str, str, str]]:
    found = judge(stack, profile_of(name), rules()).findings
    return {(one.rule.id, (one.resource.id or "").lower(), one.verdict.value) for one in found}


def contained(stack: Stack) -> Iterator[str]:
    """What holds a template, which a reader unfolds, and what the SDK has only as any type."""
    for type_ in ("azure-native:resources:Deployment", "azure-native:resources:Resource"):
        yield from ((one.id or "").lower() for one in stack.of(type_))


@STACKS
def test_rules_say_the_same_of_an_exported_stack_read_back(stack: str, tmp_path: Path) -> None:
    file = tmp_path / "arm.json"
    file.write_text(arm_template(planned(stack)).text, encoding="utf-8")
    before, after = without_options(planned(stack)), without_options(read_template(file))
    apart = set(contained(before))
    assert {one.id.lower() for one in after.resources if one.id} | apart >= {
        one.id.lower() for one in before.resources if one.id
    }
    said, again = verdicts(before, stack), verdicts(after, stack)
    assert {each for each in said ^ again if each[1] not in apart} == set()
    assert len(said) > 10


@STACKS
def test_a_template_holds_nothing_unresolved(stack: str, tmp_path: Path) -> None:
    file = tmp_path / "arm.json"
    file.write_text(arm_template(planned(stack)).text, encoding="utf-8")
    open_ids = [one.id for one in read_template(file).resources if "{" in str(one.id)]
    assert open_ids == []
