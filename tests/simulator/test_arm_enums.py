"""Enum values that the SDK lacks: the table fits the SDK, and the generator reads what the packages say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.arm import generate_enums, generate_operations, table
from simulator.arm.enums import added_values
from simulator.arm.generate_operations import Operation
from simulator.arm.generate_paths import ArmPath
from simulator.arm.generate_sdk import SdkType
from simulator.catalog import Catalog, Shape
from simulator.catalog.catalog import Module

TABLE: dict[str, dict[str, dict[str, list[str]]]] = table("enums.yaml")["types"]
ROWS = [(short, path, sources) for short, rows in TABLE.items() for path, sources in rows.items()]


def shapes_at(shapes: Iterable[Shape], steps: list[str], module: Module) -> list[Shape]:
    """The shapes below some shapes; none where the SDK has no such input."""
    flat = [m for s in shapes for m in (s[1:] if s[0] == "union" else [s])]
    if not steps:
        return flat
    below: list[Shape] = []
    for shape in flat:
        if steps[0] == "[*]" and shape[0] in {"list", "map"}:
            below.append(shape[1])
        elif shape[0] == "object" and steps[0] in module.object(shape[1]):
            below.append(module.object(shape[1])[steps[0]]["shape"])
    return shapes_at(below, steps[1:], module)


def test_every_path_leads_to_an_enum_of_the_sdk_that_lacks_the_values(catalog: Catalog) -> None:
    assert ROWS
    wrong = []
    for short, path, sources in ROWS:
        resource = catalog.resource(f"azure-native:{short}")
        assert resource is not None, short
        first, *rest = path.replace("[*]", ".[*]").split(".")
        declared = [resource.inputs[first]["shape"]] if first in resource.inputs else []
        enums = [s[1] for s in shapes_at(declared, rest, resource.module) if s[0] == "enum"]
        known = {value.lower() for enum in enums for value in resource.module.enum(enum)}
        listed = [value.lower() for values in sources.values() for value in values]
        if not known or known & set(listed) or len(listed) != len(set(listed)):
            wrong.append(f"{short}: {path}")
    assert wrong == []


def test_every_value_stands_with_its_package() -> None:
    for short, path, sources in ROWS:
        assert sources, (short, path)
        for source, values in sources.items():
            assert re.fullmatch(r"azure-mgmt-[\w-]+ \d[\w.]*", source), (short, path)
            assert values, (short, path)


def test_the_packages_that_only_this_table_needs_are_named_for_the_next_harvest() -> None:
    sources = {source for _, _, listed in ROWS for source in listed}
    first = {f"{name} {v}" for name, listed in table("resource_paths.yaml")["packages"].items() for v in listed}
    more = {f"{name} {v}" for name, listed in table("enums.yaml")["more_packages"].items() for v in listed}
    assert sources - first == more


# Compared by eye with the enums of the packages, on 2026-11-25.
@pytest.mark.parametrize(
    ("short", "path", "values"),
    [
        ("network:NatGateway", ("sku", "name"), ["StandardV2"]),
        ("network:FirewallPolicy", ("intrusionDetection", "profile"), ["Core", "Emerging", "Off"]),
        ("network:RouteTable", ("routes", 7, "nextHopType"), ["VirtualApplianceEcmp"]),
        ("monitor:DataCollectionRule", ("dataSources", "logFiles", 0, "format"), ["json"]),
        ("operationalinsights:Table", ("plan",), ["Auxiliary"]),
        ("network:NatGateway", ("sku", "tier"), []),
        ("network:NatGateway", ("sku",), []),
        ("network:Subnet", ("sku", "name"), []),
    ],
)
def test_rows_checked_by_hand(short: str, path: tuple[str | int, ...], values: list[str]) -> None:
    assert added_values(f"azure-native:{short}", path) == values
    module, name = short.split(":")
    assert added_values(f"azure-native:{module}/v20240501:{name}", path) == values


# What the API does not take either stays refused: an example with "Enabled" is published, and no package knows it.
def test_soft_delete_of_a_backup_vault_is_on_or_off() -> None:
    assert "dataprotection:BackupVault" not in TABLE


ENUMS = '''
class SkuName(str, Enum, metaclass=CaseInsensitiveEnumMeta):
    """Name."""

    STANDARD = "Standard"
    """Standard."""
    ULTRA = "{value}"
'''
STATEMENTS = """
class Vault(_Model):
    properties: "_models.VaultProperties" = rest_field(visibility=["read", "create"])

class VaultProperties(_Model):
    tenant_id: Optional[str] = rest_field(name="tenantId")
    sku: "_models.Sku" = rest_field()

class Sku(_Model):
    sku_family: str = rest_field(name="family")

class NamedSku(Sku):
    sku_name: Union[str, "_models.SkuName"] = rest_field(name="name")
"""
TABLES = r"""
class Vault(_serialization.Model):
    _attribute_map = {"properties": {"key": "properties", "type": "VaultProperties"}}

class VaultProperties(_serialization.Model):
    _attribute_map = {
        "tenant_id": {"key": "tenantId", "type": "str"},
        "sku_name": {"key": "sku.name", "type": "str"},
        "dotted": {"key": "a\\.b", "type": "[str]"},
    }

    def __init__(self, *, tenant_id: str, sku_name: Union[str, "_models.SkuName"], dotted: List[str], **kwargs):
        pass
"""
URL = "/subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.KeyVault/vaults/{v}"


def operation(folder: Path, models: str, *, version: str, api: str, value: str) -> Operation:
    path = folder / version
    path.mkdir()
    name = "_models.py" if "rest_field" in models else "_models_py3.py"
    (path / name).write_text(models, encoding="utf-8")
    (path / "_vault_enums.py").write_text(ENUMS.format(value=value), encoding="utf-8")
    return Operation("azure-mgmt-keyvault", version, "vaults", "create_or_update", "PUT", URL, api, {}, "Vault", path)


def added(catalog: Catalog, *operations: Operation) -> dict[str, Any]:
    sdk_type = SdkType("keyvault", "Vault", catalog.sdk / "keyvault")
    return generate_enums.added_values([ArmPath(sdk_type, URL, operations[0])], operations, catalog)


# A property that both SDKs rename, and one in what Pulumi lifts.
RENAMED = """
class Vault(_Model):
    properties: "_models.VaultProperties" = rest_field()

class VaultProperties(_Model):
    type_properties: "_models.TypeProperties" = rest_field(name="typeProperties")

class TypeProperties(_Model):
    sku: "_models.Sku" = rest_field(name="grade")

class Sku(_Model):
    sku_name: Union[str, "_models.SkuName"] = rest_field(name="Na_me")
"""


@pytest.mark.parametrize("models", [STATEMENTS, TABLES, RENAMED])
def test_a_value_of_the_api_that_the_sdk_lacks_is_found_in_both_generations_of_models(
    catalog: Catalog, tmp_path: Path, models: str
) -> None:
    found = added(catalog, operation(tmp_path, models, version="1.0.0", api="2024-11-01", value="ultra"))
    assert found == {"keyvault:Vault": {"properties.sku.name": {"azure-mgmt-keyvault 1.0.0": ["ultra"]}}}


def test_a_value_that_differs_in_case_alone_is_not_another(catalog: Catalog, tmp_path: Path) -> None:
    assert added(catalog, operation(tmp_path, STATEMENTS, version="1.0.0", api="2024-11-01", value="PREMIUM")) == {}


def test_packages_after_the_nearest_are_read_and_those_before_it_are_not(catalog: Catalog, tmp_path: Path) -> None:
    resource = catalog.resource("azure-native:keyvault:Vault")
    assert resource is not None
    found = added(
        catalog,
        operation(tmp_path, STATEMENTS, version="3.0.0", api="2040-01-01", value="later"),
        operation(tmp_path, STATEMENTS, version="2.0.0", api=resource.api_version, value="now"),
        operation(tmp_path, STATEMENTS, version="1.0.0", api="2010-01-01", value="earlier"),
    )
    assert found["keyvault:Vault"]["properties.sku.name"] == {
        "azure-mgmt-keyvault 2.0.0": ["now"],
        "azure-mgmt-keyvault 3.0.0": ["later"],
    }


def test_fields_of_a_model_come_with_those_of_its_bases_and_kinds(tmp_path: Path) -> None:
    made = operation(tmp_path, STATEMENTS, version="1.0.0", api="2024-11-01", value="ultra")
    api = generate_enums.api_of(made.models)
    assert [field.steps for field in api.models["Sku"]] == [("name",), ("family",)]
    assert [field.steps for field in api.models["NamedSku"]] == [("name",), ("family",)]
    assert api.enums == {"SkuName": ("Standard", "ultra")}
    made = operation(tmp_path, TABLES, version="0.9.0", api="2024-11-01", value="ultra")
    fields = generate_enums.api_of(made.models).models["VaultProperties"]
    assert [field.steps for field in fields] == [("tenantId",), ("sku", "name"), ("a.b",)]
    assert "SkuName" in fields[1].names


# ARM reads the id alone of a whole resource in another; only items of a list are created with their holder.
@pytest.mark.parametrize(
    ("name", "member", "paths"),
    [("PrivateEndpoint", "subnet", []), ("VirtualNetwork", "subnets", ["subnets[*].privateEndpointNetworkPolicies"])],
)
def test_the_values_of_a_whole_resource_in_another_are_its_own(
    catalog: Catalog, tmp_path: Path, name: str, member: str, paths: list[str]
) -> None:
    models = f"""
class Holder(_Model):
    {member}: "_models.Vault" = rest_field()

class Vault(_Model):
    policies: Union[str, "_models.SkuName"] = rest_field(name="privateEndpointNetworkPolicies")
"""
    subnet = operation(tmp_path, models, version="1.0.0", api="2024-11-01", value="ultra")
    holder = replace(subnet, url=URL.replace("Microsoft.KeyVault/vaults", "Microsoft.Network/holders"), body="Holder")
    row = ArmPath(SdkType("network", name, catalog.sdk / "network"), holder.url, holder)
    found = generate_enums.added_values([row], [subnet, holder], catalog)
    assert list(found.get(f"network:{name}", {})) == paths


def test_an_enum_in_the_path_is_not_the_body_of_a_request() -> None:
    source = """
class PoliciesOperations:
    def create_or_update(self, name: Union[str, _models.PolicyName], body: Union[_models.Policy, JSON, IO[bytes]]):
        build_policies_create_or_update_request()
"""
    bodies = generate_operations._bodies(ast.parse(source))
    assert bodies == {"build_policies_create_or_update_request": "Policy"}
