"""An exported template has the form that every reader of ARM expects, checkov and Azure itself among them.

The form is that of the published schemas (`deploymentTemplate.json` 2019-04-01: which members a template and a resource
have), the limits are Resource Manager's (learn.microsoft.com/azure/azure-resource-manager/templates/best-practices).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import pytest

from review.arm_template import DEPLOYMENTS, arm_template
from tests.policies.planned import planned

STACKS = pytest.mark.parametrize("stack", ["dev", "test", "prod", "dr"])
MOST_RESOURCES: Final = 800
MOST_BYTES: Final = 4 * 1024 * 1024
MEMBERS: Final = frozenset({
    "type", "apiVersion", "name", "location", "tags", "sku", "kind", "plan", "identity", "zones", "scope", "dependsOn",
    "extendedLocation", "managedBy", "properties",
})  # fmt: skip
OF_DEPLOYMENTS: Final = frozenset({"subscriptionId", "resourceGroup"})
API_VERSION: Final = re.compile(r"\d{4}-\d{2}-\d{2}(-(preview|privatepreview|alpha|beta))?")
REFERENCE: Final = re.compile(r"\[(?:subscriptionR|extensionR|r)esourceId\((.+)\)\]")


@cache
def exported(stack: str) -> str:
    return arm_template(planned(stack)).text


def templates(stack: str) -> Iterator[dict[str, Any]]:
    """The outer template, and that of each group's deployment."""
    outer: dict[str, Any] = json.loads(exported(stack))
    yield outer
    for one in outer["resources"]:
        if one["type"] == DEPLOYMENTS and "resourceGroup" in one:
            yield one["properties"]["template"]


def resources(stack: str) -> Iterator[dict[str, Any]]:
    for template in templates(stack):
        yield from template["resources"]


@STACKS
def test_a_template_has_only_the_members_that_the_schema_gives_it(stack: str) -> None:
    for template in templates(stack):
        assert set(template) == {"$schema", "contentVersion", "resources"}
        assert re.fullmatch(r"\d+\.\d+\.\d+\.\d+", template["contentVersion"])
        assert template["$schema"].startswith("https://schema.management.azure.com/schemas/")
        assert len(template["resources"]) <= MOST_RESOURCES
    assert len(exported(stack).encode()) <= MOST_BYTES


@STACKS
def test_a_resource_has_only_the_members_that_the_schema_gives_it(stack: str) -> None:
    for one in resources(stack):
        allowed = MEMBERS | OF_DEPLOYMENTS if one["type"] == DEPLOYMENTS else MEMBERS
        assert set(one) <= allowed, one["name"]
        assert {"type", "apiVersion", "name"} <= set(one)
        assert API_VERSION.fullmatch(one["apiVersion"]), one["apiVersion"]
        assert isinstance(one.get("tags", {}), dict)
        assert isinstance(one.get("properties", {}), dict)


@STACKS
def test_a_name_has_a_part_for_each_part_of_its_type(stack: str) -> None:
    for one in resources(stack):
        assert len(one["name"].split("/")) == len(one["type"].split("/")) - 1, (one["type"], one["name"])


@STACKS
def test_no_resource_stands_twice_in_a_template(stack: str) -> None:
    for template in templates(stack):
        found = [(one["type"], one["name"], one.get("scope", "")) for one in template["resources"]]
        assert len(found) == len(set(found))


@STACKS
def test_what_a_resource_waits_for_stands_in_the_same_template(stack: str) -> None:
    waits = 0
    for template in templates(stack):
        found = {(one["type"], *one["name"].split("/")) for one in template["resources"]}
        for one in template["resources"]:
            for reference in one.get("dependsOn", []):
                matched = REFERENCE.fullmatch(reference)
                assert matched is not None, reference
                parts = tuple(part.strip("' ") for part in matched[1].split(","))
                # A deployment into a group is named with the group's subscription and name before its type.
                assert parts in found or (parts[2], *parts[3:]) in found, (one["name"], reference)
                waits += 1
    assert waits > 20
