"""The catalog says of every type what the installed SDK says of it, and no damaged cache stops it."""

from __future__ import annotations

import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pulumi
import pytest

from simulator.catalog import Catalog, open_catalog
from simulator.catalog.scan import SECTIONS, scan_module
from simulator.catalog.shapes import shape_of

# One class of each kind of module: small, large, with unions, with enums as keys.
SAMPLE = (
    ("containerservice", "ManagedCluster"),
    ("keyvault", "Vault"),
    ("machinelearningservices", "ManagedNetworkSettingsRule"),
    ("search", "Service"),
    ("storage", "StorageAccount"),
)


def test_every_module_compiles_and_every_type_has_inputs_and_outputs(catalog: Catalog) -> None:
    count = 0
    for name in catalog.module_names:
        module = catalog.module(f"azure-native:{name}:X")
        assert module is not None, name
        for token, resource in module.content["resources"].items():
            count += 1
            assert resource["outputs"], token
            # The one type that takes nothing at all: its id is that of the subscription.
            assert resource["inputs"] or token == "azure-native:trafficmanager:TrafficManagerUserMetricsKey", token
    assert count >= 2200


def test_every_object_and_enum_that_a_shape_names_exists(catalog: Catalog) -> None:
    for name in catalog.module_names:
        module = catalog.module(f"azure-native:{name}:X")
        assert module is not None
        objects = {**module.content["inputs"], **module.content["outputs"]}
        assert all(module.content["enums"].values()), name
        properties = [*objects.values(), *(r["inputs"] for r in module.content["resources"].values())]
        for declared in (entry for listed in properties for entry in listed.values()):
            for kind, named in _named(declared["shape"]):
                # Arguments of functions name their objects as if they were enums; no resource takes those.
                known = objects if kind == "object" else {**module.content["enums"], **module.content["inputs"]}
                assert named in known, (name, named)


def _named(shape: list[Any]) -> list[tuple[str, str]]:
    if shape[0] in {"object", "enum"}:
        return [(shape[0], shape[1])]
    return [found for inner in shape[1:] for found in _named(inner)]


@pytest.mark.parametrize(("module", "name"), SAMPLE)
def test_the_catalog_agrees_with_the_sdk_itself(catalog: Catalog, module: str, name: str) -> None:
    package = importlib.import_module(f"pulumi_azure_native.{module}")
    resource = catalog.resource(f"azure-native:{module}:{name}")
    assert resource is not None
    assert set(resource.inputs) == _wire_names(_args_class(package, name))
    assert set(resource.outputs) == _wire_names(getattr(package, name))
    assert {wire for wire, declared in resource.inputs.items() if declared.get("required")} == {
        _camel_of(_args_class(package, name), python)
        for python, parameter in inspect.signature(_args_class(package, name).__init__).parameters.items()
        if python not in {"__self__", "self"} and parameter.default is inspect.Parameter.empty
    }


@pytest.mark.parametrize("module", sorted({module for module, _ in SAMPLE}))
def test_every_object_and_enum_of_a_module_agrees_with_the_sdk_itself(catalog: Catalog, module: str) -> None:
    package = importlib.import_module(f"pulumi_azure_native.{module}")
    compiled = catalog.module(f"azure-native:{module}:X")
    assert compiled is not None
    for name, properties in compiled.content["inputs"].items():
        assert set(properties) == _wire_names(getattr(package, f"{name}Args")), name
    for name, values in compiled.content["enums"].items():
        assert values == [member.value for member in getattr(package, name)], name


def _args_class(package: Any, name: str) -> Any:
    source = importlib.import_module(inspect.getmodule(getattr(package, name)).__name__)  # type: ignore[union-attr]
    return getattr(source, f"{name}InitArgs", None) or getattr(source, f"{name}Args")


def _wire_names(declared: type) -> set[str]:
    """The names on the wire of a class that `@pulumi.getter` describes, as Pulumi's own serialiser takes them."""
    getters = {name: value.fget for name, value in vars(declared).items() if isinstance(value, property)}
    return {getattr(getter, "_pulumi_name", name) for name, getter in getters.items()}


def _camel_of(declared: type, python: str) -> str:
    getter = vars(declared)[python].fget
    return str(getattr(getter, "_pulumi_name", python))


def test_the_shape_of_a_cluster_is_known_by_hand(catalog: Catalog) -> None:
    cluster = catalog.resource("azure-native:containerservice:ManagedCluster")
    assert cluster is not None
    assert cluster.inputs["agentPoolProfiles"] == {"shape": ["list", ["object", "ManagedClusterAgentPoolProfile"]]}
    assert cluster.inputs["resourceGroupName"] == {"shape": ["str"], "required": True}
    assert cluster.inputs["tags"] == {"shape": ["map", ["str"]]}
    assert cluster.outputs["fqdn"]["required"] is True
    assert cluster.api_version >= "2025"


def test_the_shape_of_a_pool_is_known_by_hand(catalog: Catalog) -> None:
    pool = catalog.resource("azure-native:containerservice:AgentPool")
    assert pool is not None
    assert pool.inputs["osDiskSizeGB"]["shape"] == ["int"]
    assert pool.inputs["spotMaxPrice"]["shape"] == ["float"]
    assert pool.inputs["enableAutoScaling"]["shape"] == ["bool"]
    assert pool.inputs["scaleSetPriority"]["shape"] == ["enum", "ScaleSetPriority"]
    assert pool.module.enum("ScaleSetPriority") == ["Spot", "Regular"]


def test_the_shape_of_an_account_is_known_by_hand(catalog: Catalog) -> None:
    account = catalog.resource("azure-native:storage:StorageAccount")
    assert account is not None
    assert {name for name, declared in account.inputs.items() if declared.get("required")} == {
        "kind",
        "resourceGroupName",
        "sku",
    }
    assert account.module.object("Sku")["name"] == {"shape": ["enum", "SkuName"], "required": True}


def test_a_discriminated_union_keeps_its_members_and_their_constants(catalog: Catalog) -> None:
    rule = catalog.resource("azure-native:machinelearningservices:ManagedNetworkSettingsRule")
    assert rule is not None
    kind, *members = rule.inputs["properties"]["shape"]
    assert kind == "union"
    constants = {rule.module.object(member[1])["type"]["constant"] for member in members}
    assert constants == {"FQDN", "PrivateEndpoint", "ServiceTag"}


def test_a_version_in_the_token_is_looked_through(catalog: Catalog) -> None:
    versioned = catalog.resource("azure-native:network/v20230201:VirtualNetwork")
    assert versioned is not None
    assert versioned.token == "azure-native:network:VirtualNetwork"


@pytest.mark.parametrize("token", ["azure-native:network:Nothing", "azure-native:nothing:Subnet", "nonsense", "a:b:c"])
def test_what_the_sdk_lacks_is_absent(catalog: Catalog, token: str) -> None:
    assert catalog.resource(token) is None
    assert catalog.function(token) is None


def test_a_function_knows_its_arguments(catalog: Catalog) -> None:
    function = catalog.function("azure-native:storage:listStorageAccountKeys")
    assert function is not None
    assert function.arguments == ["accountName", "expand", "resourceGroupName"]
    assert function.result["keys"]["shape"][0] == "list"


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"inputs": {}}', "\x00\xff"])
def test_a_damaged_cache_file_is_compiled_again(tmp_path: Path, damage: str) -> None:
    file = tmp_path / _cache_folder(tmp_path) / "search.json"
    open_catalog(tmp_path).module("azure-native:search:X")
    whole = file.read_text(encoding="utf-8")
    file.write_bytes(damage.encode("latin-1"))
    resource = open_catalog(tmp_path).resource("azure-native:search:Service")
    assert resource is not None
    assert resource.inputs
    assert file.read_text(encoding="utf-8") == whole


def _cache_folder(root: Path) -> str:
    open_catalog(root).module("azure-native:search:X")
    return next(root.iterdir()).name


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert open_catalog(tmp_path / "file").resource("azure-native:search:Service") is not None


def test_a_compiled_module_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_catalog(tmp_path).module("azure-native:search:X")
    assert first is not None
    monkeypatch.setattr("simulator.catalog.catalog.scan_module", lambda _: pytest.fail("compiled again"))
    second = open_catalog(tmp_path).module("azure-native:search:X")
    assert second is not None
    assert second.content == first.content


def test_two_processes_may_compile_the_same_module_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from simulator.catalog import open_catalog\n"
        "print(len(open_catalog(Path(sys.argv[1])).module('azure-native:keyvault:X').content['resources']))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    root = Path(__file__).parents[2]
    running = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=60)[0].strip() for process in running]
    assert answers[0] == answers[1] != "0"
    folder = next(tmp_path.iterdir())
    assert [path.name for path in folder.iterdir()] == ["keyvault.json"]
    assert set(json.loads((folder / "keyvault.json").read_text(encoding="utf-8"))) == SECTIONS


def test_an_annotation_that_the_generator_does_not_write_is_refused() -> None:
    with pytest.raises(ValueError, match="not an annotation"):
        shape_of("set[_builtins.str]")


@pytest.mark.parametrize(
    ("annotation", "shape", "optional"),
    [
        ("pulumi.Input[_builtins.str]", ["str"], False),
        ("Optional[pulumi.Input[_builtins.bool]]", ["bool"], True),
        ("pulumi.Output[Optional[_builtins.int]]", ["int"], True),
        ("Optional[pulumi.Input[Sequence[pulumi.Input['RuleArgs']]]]", ["list", ["object", "Rule"]], True),
        ("Optional[pulumi.Input[Mapping[str, pulumi.Input[_builtins.str]]]]", ["map", ["str"]], True),
        ("pulumi.Input[Union[_builtins.str, 'SkuName']]", ["enum", "SkuName"], False),
        ("pulumi.Input[Union['AArgs', 'BArgs']]", ["union", ["object", "A"], ["object", "B"]], False),
        ("Optional['outputs.SkuResponse']", ["object", "SkuResponse"], True),
        ("Optional[Any]", ["any"], True),
        ("pulumi.Input[Union[pulumi.Asset, pulumi.Archive]]", ["union", ["asset"], ["asset"]], False),
    ],
)
def test_annotations_become_shapes(annotation: str, shape: list[Any], optional: bool) -> None:
    assert shape_of(annotation) == (shape, optional)


def test_a_module_without_the_sdks_files_is_empty(tmp_path: Path) -> None:
    assert scan_module(tmp_path) == {section: {} for section in SECTIONS}


def test_the_sample_is_of_this_sdk() -> None:
    assert issubclass(importlib.import_module("pulumi_azure_native.search").Service, pulumi.CustomResource)
