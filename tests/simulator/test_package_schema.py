"""The schema that `pulumi import` asks for: its references lead somewhere, and it says what the catalog says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.catalog import Catalog
from simulator.catalog.package_schema import package_schema


@pytest.fixture(scope="module")
def schema(catalog: Catalog) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(package_schema(catalog, "3.29.0"))
    return loaded


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for child in value.values():
            yield from references(child)
    elif isinstance(value, list):
        for child in value:
            yield from references(child)


def test_every_reference_leads_to_a_type(schema: dict[str, Any]) -> None:
    own = {f"#/types/{token}" for token in schema["types"]}
    built_in = {"pulumi.json#/Any", "pulumi.json#/Asset"}
    assert set(references(schema)) <= own | built_in


def test_what_is_required_is_a_property(schema: dict[str, Any]) -> None:
    for token, resource in schema["resources"].items():
        assert set(resource["requiredInputs"]) <= set(resource["inputProperties"]), token
        assert set(resource["required"]) <= set(resource["properties"]), token


def test_a_resource_is_what_the_catalog_says(schema: dict[str, Any]) -> None:
    pool = schema["resources"]["azure-native:containerservice:AgentPool"]
    assert pool["inputProperties"]["osDiskSizeGB"] == {"type": "integer"}
    assert pool["inputProperties"]["nodeTaints"] == {"type": "array", "items": {"type": "string"}}
    assert pool["inputProperties"]["mode"] == {"$ref": "#/types/azure-native:containerservice:AgentPoolMode"}
    assert pool["requiredInputs"] == ["resourceGroupName", "resourceName"]


def test_an_enum_has_its_values_and_a_constant_its_one(schema: dict[str, Any]) -> None:
    priority = schema["types"]["azure-native:containerservice:ScaleSetPriority"]
    assert priority == {"type": "string", "enum": [{"value": "Spot"}, {"value": "Regular"}]}
    rule = schema["types"]["azure-native:machinelearningservices:FqdnOutboundRule"]
    assert rule["properties"]["type"] == {"type": "string", "const": "FQDN"}
