"""Enum values that the API knows and the Pulumi SDK's enum lacks, read from the model classes of Microsoft's SDKs.

Owns: the comparison, property by property, for each type that a request body of any generation reaches. Such values are
newer than the SDK's API version, or belong to an enum that lost its name: two specifications of one module define enums
of one name, and the SDK has room for one. Does not own: the check itself. Read are the package whose API version is
nearest to the SDK's and those after it; of a model with kinds the fields of all kinds, because the path is the same.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from simulator.arm.generate_naming import arm_type
from simulator.arm.generate_operations import Operation
from simulator.arm.generate_paths import PLACEHOLDER, ArmPath, months, months_apart
from simulator.catalog import Catalog, Resource, Shape
from simulator.catalog.scan import Properties
from simulator.conformity import folded

_MAX_DEPTH = 8  # models can hold themselves
_DOT = re.compile(r"(?<!\\)\.")
_WORD = re.compile(r"\w+")
_LIFTED = frozenset({"properties", "typeProperties"})  # Pulumi shows what they hold in their place


@dataclass(frozen=True)
class Field:
    """One property of a model: its steps on the wire, Microsoft's own name, and the names in its type."""

    steps: tuple[str, ...]
    attribute: str
    names: frozenset[str]


@dataclass(frozen=True)
class Api:
    """What one package (or one version of it) says: class → fields with those of its bases and kinds; enum → values."""

    models: dict[str, tuple[Field, ...]]
    enums: dict[str, tuple[str, ...]]


Added = dict[str, dict[str, list[str]]]  # path (`a.b[*].c`) → package that says so → values
Found = dict[str, tuple[frozenset[str], frozenset[str]]]  # path → values of the API, values of the SDK


def added_values(matched: Iterable[ArmPath], operations: Iterable[Operation], catalog: Catalog) -> dict[str, Added]:
    """Token without `azure-native:` → what its enums lack, sorted; types that lack nothing are left out."""
    by_shape: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        if operation.method == "PUT" and operation.body in api_of(operation.models).models:
            by_shape[_shape(operation)].append(operation)
    bodies: defaultdict[Path, set[str]] = defaultdict(set)
    for operation in (operation for listed in by_shape.values() for operation in listed):
        bodies[operation.models].add(str(operation.body))
    found: dict[str, Added] = {}
    for row in matched:
        resource = catalog.resource(row.sdk_type.token)
        if resource is not None and arm_type(row.path) is not None:
            added = _added(resource, _nearest_and_newer(row, by_shape[_shape(row.operation)]), bodies)
            if added:
                found[row.sdk_type.token.removeprefix("azure-native:")] = added
    return dict(sorted(found.items()))


def _shape(operation: Operation) -> str:
    return PLACEHOLDER.sub("{}", operation.url.strip("/")).lower()


def _nearest_and_newer(row: ArmPath, operations: list[Operation]) -> list[Operation]:
    """The operation nearest to the SDK's API version, then the later ones: what an older API took may be gone."""
    if not operations:
        return []
    nearest = min(operations, key=lambda o: (months_apart(row.sdk_type, o), -months(o.api_version)))
    later = [o for o in operations if months(o.api_version) > months(nearest.api_version)]
    return [nearest, *sorted(later, key=lambda o: months(o.api_version))]


def _added(resource: Resource, operations: list[Operation], bodies: dict[Path, set[str]]) -> Added:
    found: Added = {}
    for operation in operations:
        walk = _Walk(api_of(operation.models), frozenset(bodies[operation.models]), resource)
        for path, (values, known) in walk.below(frozenset({str(operation.body)}), None, 0).items():
            earlier = [value for listed in found.get(path, {}).values() for value in listed]
            new = _lacking(values, [*known, *earlier])
            if new:
                found.setdefault(path, {})[operation.source] = new
    return dict(sorted(found.items()))


def _lacking(values: Iterable[str], known: Iterable[str]) -> list[str]:
    taken = {folded(value) for value in known}
    return sorted(value for value in values if folded(value) not in taken)


class _Walk:
    """Goes down the models of the API and the objects of the SDK side by side; each pair of them once."""

    def __init__(self, api: Api, bodies: frozenset[str], resource: Resource) -> None:
        self._api = api
        self._bodies = bodies
        self._resource = resource
        self._seen: dict[tuple[frozenset[str], frozenset[str] | None, int], Found] = {}

    def below(self, models: frozenset[str], objects: frozenset[str] | None, depth: int) -> Found:
        """Every enum below some models and objects; `None` for the type's own inputs."""
        key = (models, objects, depth)
        if key not in self._seen:
            found: Found = {}
            if depth <= _MAX_DEPTH:
                inputs = self._inputs(objects)
                for field in {field for model in models for field in self._api.models[model]}:
                    for path, (values, known) in self._of(field, inputs, objects, depth):
                        earlier = found.get(path, (frozenset(), frozenset()))
                        found[path] = (earlier[0] | values, earlier[1] | known)
            self._seen[key] = found
        return self._seen[key]

    def _of(
        self, field: Field, inputs: dict[str, list[Shape]], objects: frozenset[str] | None, depth: int
    ) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
        spelled, shapes = self._follow(field, inputs)
        models = frozenset(field.names & self._api.models.keys())
        if not shapes:
            if len(field.steps) == 1 and field.steps[0] in _LIFTED - inputs.keys() and models:
                yield from self.below(models, objects, depth + 1).items()
            return
        values = frozenset(value for name in field.names for value in self._api.enums.get(name, ()))
        for many, leaves in _leaves(shapes).items():
            path = spelled + many
            known = frozenset(
                value for shape in leaves if shape[0] == "enum" for value in self._resource.module.enum(shape[1])
            )
            if values and known and all(isinstance(value, str) for value in known):
                yield path, (values, known)
            inside = _objects(leaves)
            # A whole resource that is no item of a list stands for its id.
            if models and inside and (many or not models & self._bodies):
                for rest, part in self.below(models, inside, depth + 1).items():
                    yield f"{path}.{rest}", part

    def _follow(self, field: Field, inputs: dict[str, list[Shape]]) -> tuple[str, list[Shape]]:
        """The steps as Pulumi spells them, with the shapes of the last; none where that is no input."""
        spelled: list[str] = []
        shapes: list[Shape] = []
        for number, step in enumerate(field.steps, 1):
            name = _named(step, inputs)
            if name is None and number == len(field.steps):
                # Both SDKs rename some properties alike: `networkAcls` is `networkRuleSet`.
                name = _named(field.attribute, inputs)
            if name is None and step in _LIFTED:
                shapes = []
                continue
            if name is None:
                return "", []
            spelled.append(name)
            shapes = inputs[name]
            inputs = self._inputs(_objects(_leaves(shapes).get("", [])))
        return ".".join(spelled), shapes

    def _inputs(self, objects: frozenset[str] | None) -> dict[str, list[Shape]]:
        """Property → its shapes in all these objects, which are the kinds of one union."""
        levels: list[Properties] = (
            [self._resource.inputs]
            if objects is None
            else [self._resource.module.object(name) for name in sorted(objects)]
        )
        found: defaultdict[str, list[Shape]] = defaultdict(list)
        for properties in levels:
            for name, declared in properties.items():
                found[name].append(declared["shape"])
        return dict(found)


def _named(name: str, inputs: Iterable[str]) -> str | None:
    """The input of a name, which may be spelled `flowType` for `Flow_Type`."""
    plain = name.replace("_", "").lower()
    return next((given for given in inputs if given.lower() == plain), None)


def _objects(shapes: Iterable[Shape]) -> frozenset[str]:
    return frozenset(shape[1] for shape in shapes if shape[0] == "object")


def _leaves(shapes: Iterable[Shape]) -> dict[str, list[Shape]]:
    """What lies in lists, maps and unions, by the `[*]` that lead to it."""
    found: defaultdict[str, list[Shape]] = defaultdict(list)
    for shape in shapes:
        if shape[0] in {"list", "map"}:
            for many, leaves in _leaves([shape[1]]).items():
                found["[*]" + many] += leaves
        elif shape[0] == "union":
            for many, leaves in _leaves(shape[1:]).items():
                found[many] += leaves
        else:
            found[""].append(shape)
    return dict(found)


@cache
def api_of(folder: Path) -> Api:
    """The models and enums in a `models` folder."""
    path = next((p for name in ("_models_py3.py", "_models.py") if (p := folder / name).exists()), None)
    if path is None:
        return Api({}, {})
    classes = _classes(path)
    bases = {name: [base for base in _bases(node) if base in classes] for name, node in classes.items()}
    enums = {
        name: values
        for file in sorted(folder.glob("_*enums.py"))
        for name, node in _classes(file).items()
        if (values := tuple(_values(node)))
    }
    own = {name: tuple(_own_fields(node)) for name, node in classes.items()}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for name in classes:
        for base in _with_all(name, bases):
            kinds[base].add(name)
    models = {
        name: tuple(dict.fromkeys(f for kind in sorted(kinds[name]) for c in _with_all(kind, bases) for f in own[c]))
        for name in classes
    }
    return Api(models, enums)


def _classes(path: Path) -> dict[str, ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _bases(node: ast.ClassDef) -> list[str]:
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def _with_all(name: str, bases: dict[str, list[str]]) -> list[str]:
    """A class with those that it inherits from."""
    return [name, *(above for base in bases[name] for above in _with_all(base, bases))]


def _values(node: ast.ClassDef) -> Iterator[str]:
    """The values of an enum of texts."""
    for statement in node.body:
        value = statement.value if isinstance(statement, ast.Assign) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def _own_fields(node: ast.ClassDef) -> Iterator[Field]:
    """What the class itself declares: each field by a statement, before 2024 all in a table."""
    for statement in node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.value, ast.Call):
            continue
        if ast.unparse(statement.value.func) == "rest_field":
            keywords = {k.arg: k.value for k in statement.value.keywords}
            attribute = ast.unparse(statement.target)
            wire = ast.literal_eval(keywords["name"]) if "name" in keywords else attribute
            yield Field((wire,), attribute, _words(ast.unparse(statement.annotation)))
    arguments: dict[str, str] = {}
    table: dict[str, Any] = {}
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            given = [*statement.args.args, *statement.args.kwonlyargs]
            arguments |= {a.arg: ast.unparse(a.annotation) for a in given if a.annotation is not None}
        elif isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "_attribute_map":
            table = ast.literal_eval(statement.value)
    for attribute, key in table.items():
        # Only the arguments of `__init__` say which enum a text is of.
        steps = tuple(step.replace("\\.", ".") for step in _DOT.split(key["key"]))
        yield Field(steps, attribute, _words(f"{key['type']} {arguments.get(attribute, '')}"))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))
