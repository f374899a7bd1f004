"""Every model speaks of things that exist: its type, its place, and each property that it names."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import resources
from simulator.catalog import Catalog, Resource
from simulator.catalog.catalog import Module
from simulator.catalog.scan import Properties
from simulator.model import Model, Request, digest, guid, model_of, modelled_tokens, models_of, normal_location
from simulator.paths import is_derived, path_of
from simulator.replacement import replacing_inputs
from simulator.values import UNKNOWN
from tests.simulator.azure import REGION, Azure, token_of
from tests.simulator.examples import EXAMPLES, deploy
from tests.simulator.published.wire import objects_of

TOKENS = modelled_tokens()


def declared(catalog: Catalog, token: str) -> Resource:
    found = catalog.resource(token)
    assert found is not None, f"the SDK has no type {token}"
    return found


def has_path(properties: Properties, path: str, module: Module) -> bool:
    name, _, rest = path.partition(".")
    if name not in properties:
        return False
    shape = properties[name]["shape"]
    if not rest or shape == ["map", ["str"]]:
        return True
    return any(has_path(inner, rest, module) for inner in objects_of(shape, module))


def paths_of(value: Any, prefix: str = "") -> Iterator[str]:
    """The dotted paths of all names in an answer; items of lists share one path."""
    if isinstance(value, Mapping):
        for name, child in value.items():
            yield f"{prefix}{name}"
            yield from paths_of(child, f"{prefix}{name}.")
    elif isinstance(value, list):
        for item in value:
            yield from paths_of(item, prefix)


@pytest.mark.parametrize("token", TOKENS)
def test_the_type_exists_and_its_path_is_known(catalog: Catalog, token: str) -> None:
    assert declared(catalog, token).token == token
    assert not is_derived(token)


@pytest.mark.parametrize("token", TOKENS)
def test_the_file_of_a_model_is_named_for_its_arm_type(token: str) -> None:
    model = type(model_of(token))
    file = Path(inspect.getfile(model))
    last = path_of(token).arm_type.rsplit("/", 1)[-1]
    # The type of a DNS record set is a part of its id.
    last = "recordSets" if last == "{recordType}" else last
    # `blob_containers` and not `containers`: what kind of container, the folder does not say.
    assert file.stem.endswith(re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", last).lower())
    assert file.parent.name == token.split(":")[1]


@pytest.mark.parametrize("token", TOKENS)
def test_a_model_says_what_it_is(token: str) -> None:
    model = type(model_of(token))
    module = inspect.getmodule(model)
    assert (inspect.getdoc(model) or "").endswith(".")
    assert (inspect.getdoc(module) or "").startswith(path_of(token).arm_type)


def test_every_file_of_the_models_holds_one() -> None:
    root = Path(inspect.getfile(resources)).parent
    holding = {Path(inspect.getfile(type(model_of(token)))) for token in TOKENS}
    # What the models of one namespace share; rules and longer answers lie beside their model.
    others = {root / "network" / "addresses.py", root / "containerservice" / "pool.py"}
    found = set(root.rglob("*.py")) - holding
    assert {path for path in found if not path.name.endswith(("__init__.py", "_rules.py", "_answers.py"))} == others


@pytest.mark.parametrize("token", TOKENS)
def test_what_cannot_change_or_is_written_only_are_inputs_of_the_type(catalog: Catalog, token: str) -> None:
    resource, model = declared(catalog, token), model_of(token)
    for path in (*model.unchangeable, *model.write_only):
        assert has_path(resource.inputs, path, resource.module), path


@pytest.mark.parametrize("token", TOKENS)
def test_secrets_and_inline_lists_are_properties_of_the_type(catalog: Catalog, token: str) -> None:
    resource, model = declared(catalog, token), model_of(token)
    for path in model.secrets:
        assert has_path(resource.outputs, path, resource.module), path
    for name, segment in model.inline:
        assert resource.inputs[name]["shape"][0] == "list", name
        assert models_of(f"{path_of(token).arm_type}/{segment}") or segment == "routes", segment


@pytest.mark.parametrize("token", TOKENS)
def test_functions_of_a_model_are_functions_of_the_sdk(catalog: Catalog, token: str) -> None:
    module = token.split(":")[1]
    for name in model_of(token).functions:
        assert catalog.function(f"azure-native:{module}:{name}") is not None, name


def test_what_replaces_a_resource_is_an_input_of_its_type(catalog: Catalog) -> None:
    text = files("simulator.arm").joinpath("replacement.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    for token, paths in {**table["replaces"], **table["keeps"]}.items():
        resource = declared(catalog, token)
        # The source lists properties of older API versions, too; of the modelled types each one counts.
        for path in paths if token in TOKENS else ():
            assert has_path(resource.inputs, path, resource.module), f"{token}: {path}"


@pytest.mark.parametrize("token", TOKENS)
def test_nothing_is_both_replaced_and_refused(token: str) -> None:
    assert not set(model_of(token).unchangeable) & replacing_inputs(token, path_of(token).arm_type)


def test_every_modelled_type_has_an_example() -> None:
    assert {token_of(short) for short in EXAMPLES} == set(TOKENS)


@pytest.mark.parametrize("short", EXAMPLES)
def test_every_name_in_an_answer_is_an_output_of_the_type(catalog: Catalog, azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    token = token_of(short)
    resource, model = declared(catalog, token), model_of(token)
    inputs = azure.checked(short, short, EXAMPLES[short])
    resource_id = path_of(token).build(inputs)
    request = Request(str(resource_id), token, inputs, azure.service.world)
    written_by_the_program = set(paths_of(inputs))
    for answer in (model.defaults(request), model.outputs(request)):
        for path in set(paths_of(answer)) - written_by_the_program:
            name = path.partition(".")[0]
            if _is_free_form(resource.outputs.get(name, {"shape": ["any"]})["shape"]) and name in resource.outputs:
                continue
            assert has_path(resource.outputs, path, resource.module), path


def _is_free_form(shape: list[Any]) -> bool:
    """A map has the keys that it has: identities by their ids, say."""
    return shape[0] in {"map", "any"}


@pytest.mark.parametrize("token", TOKENS)
def test_the_answer_to_a_function_is_what_the_sdk_expects(catalog: Catalog, azure: Azure, token: str) -> None:
    deploy(azure)
    for name in model_of(token).functions:
        function = catalog.function(f"azure-native:{token.split(':')[1]}:{name}")
        record = next(record for record in azure.store.all() if record.token == token)
        assert function is not None
        answer = model_of(token).invoke(name, record)
        assert {wire for wire, entry in function.result.items() if entry.get("required")} <= set(answer)
        for path in set(paths_of(answer)):
            assert has_path(function.result, path, function.module), path


@pytest.mark.parametrize("short", EXAMPLES)
def test_an_answer_can_be_stored(azure: Azure, short: str) -> None:
    deploy(azure, until=short)
    made = azure.create(short, short, EXAMPLES[short])
    record = azure.store.get(made.id)
    assert record is not None
    assert json.loads(json.dumps(record.outputs)) == record.outputs


def test_a_type_without_a_model_gets_the_general_one() -> None:
    assert type(model_of("azure-native:kusto:Cluster")) is Model
    with pytest.raises(NotImplementedError):
        Model().invoke("listKeys", None)  # type: ignore[arg-type]


def test_models_are_found_by_arm_type_whatever_its_case() -> None:
    assert [type(model).__name__ for model in models_of("microsoft.network/VIRTUALNETWORKS/subnets")] == ["Subnets"]
    assert models_of("Microsoft.Nothing/here") == []


def test_what_the_service_draws_follows_from_the_id_whatever_its_case() -> None:
    assert guid("/A/b", "x") == guid("/a/B", "x") != guid("/a/b", "y")
    assert digest("/A", "x", 200) == digest("/a", "x", 200)
    assert len(digest("/a", "x", 200)) == 200


def test_a_region_has_one_normal_form() -> None:
    assert normal_location("Canada Central") == normal_location("canadacentral") == REGION


def test_a_request_tells_absent_from_unknown(azure: Azure) -> None:
    request = Request("/x/name", "t", {"a": UNKNOWN, "b": None, "c": {"d": False}}, azure.service.world)
    assert request.at("a") is UNKNOWN
    assert request.at("b") is None
    assert request.known("a", "default") == request.known("b", "default") == "default"
    assert request.known("c.d", "default") is False
    assert request.name == "name"
