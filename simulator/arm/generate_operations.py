"""The management operations of Microsoft's own Python SDKs (`azure-mgmt-*`), read from unpacked wheels with `ast`.

Owns: URL template, path parameters with the limits that the client checks, HTTP method, API version, name and body type
of each operation. Does not own: which Pulumi type an operation creates (`generate_paths`).
Three generations of generated code are read: one `_operations.py` per package (since 2025), one file per operation
group, and (before 2021) request code inside the methods with `metadata = {'url': …}`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_BUILDER = re.compile(r"^build_(\w+)_request(?:_initial)?$")
_GROUP_FILE = re.compile(r"^_?(\w+?)_operations$")
_PACKAGE_FOLDER = re.compile(r"^(\w+?)-(\d[\w.]*)$")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_MODEL = re.compile(r"_models\.(\w+)")
_HTTP_METHODS = frozenset({"put", "patch", "get", "post", "delete", "head"})
_LIMITS = frozenset({"min_length", "max_length", "pattern"})


@dataclass(frozen=True)
class PathParameter:
    """One `{name}` of a URL template, with the limits that Microsoft's client checks before it sends anything."""

    name: str
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    constant: str | None = None


@dataclass(frozen=True)
class Operation:
    """One management operation, for example `agent_pools_create_or_update`."""

    package: str
    version: str
    group: str
    name: str
    method: str
    url: str
    api_version: str | None
    parameters: dict[str, PathParameter] = field(hash=False, compare=False)
    body: str | None
    models: Path

    @property
    def source(self) -> str:
        """Package and version, as written into the data files."""
        return f"{self.package} {self.version}"

    @property
    def provider(self) -> str:
        """The resource provider namespace after the last `/providers/`, "" for resource groups and the like."""
        if "/providers/" not in self.url:
            return ""
        return self.url.rpartition("/providers/")[2].split("/")[0]


@dataclass(frozen=True)
class _Request:
    """What one function says of the request that it builds."""

    method: str
    url: str
    api_version: str | None
    parameters: dict[str, PathParameter]


def read_operations(wheels: Path) -> Iterator[Operation]:
    """Every operation under `wheels`: a folder that holds one unpacked wheel per sub-folder `azure_mgmt_x-1.2.3`."""
    for folder in sorted(wheels.iterdir()):
        match = _PACKAGE_FOLDER.match(folder.name)
        if match is None or not folder.is_dir():
            continue
        for path in sorted(folder.rglob("operations/*.py")):
            if "aio" not in path.parts:
                yield from _read_file(path, match.group(1).replace("_", "-"), match.group(2))


def _read_file(path: Path, package: str, version: str) -> Iterator[Operation]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    file_match = _GROUP_FILE.match(path.stem)
    group = file_match.group(1) if file_match else ""
    models = path.parent.parent / "models"
    bodies = _bodies(tree)
    for name, request, builder in _requests(tree):
        yield Operation(
            package,
            version,
            group,
            name,
            request.method,
            request.url,
            request.api_version,
            request.parameters,
            bodies.get(builder),
            models,
        )


def _requests(tree: ast.Module) -> Iterator[tuple[str, _Request, str]]:
    """(operation name, request, name of the function that builds it) of one file, old style and new."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (match := _BUILDER.match(node.name)):
            request = _read_builder(node)
            if request is not None:
                yield match.group(1).removesuffix("_initial"), request, node.name
        elif isinstance(node, ast.ClassDef):
            urls = _metadata_urls(node)
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name in urls:
                    request = _read_old_method(method, urls[method.name])
                    if request is not None:
                        yield method.name.strip("_").removesuffix("_initial"), request, method.name


def _bodies(tree: ast.Module) -> dict[str, str]:
    """Builder function → model class of the request body, from the annotations of the method that calls it."""
    found: dict[str, str] = {}
    for node in tree.body:
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if not isinstance(method, ast.FunctionDef):
                continue
            annotations = [ast.unparse(a.annotation) for a in method.args.args if a.annotation is not None]
            # `Union[str, _models.X]` is a part of the path that takes the values of an enum.
            bodies = [text for text in annotations if "Union[str, " not in text]
            model = next((m.group(1) for text in bodies if (m := _MODEL.search(text))), None)
            if model is not None:
                called = {_called(call) for call in ast.walk(method) if isinstance(call, ast.Call)}
                found |= {name: model for name in called if name is not None and _BUILDER.match(name)}
    return found


def _read_builder(node: ast.FunctionDef) -> _Request | None:
    url = method = None
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign | ast.AnnAssign) and inner.value is not None:
            if _target_name(inner) in {"_url", "url"} and url is None:
                url = _string_in(inner.value)
        elif isinstance(inner, ast.Call) and _called(inner) == "HttpRequest":
            method = next((_text(k.value) for k in inner.keywords if k.arg == "method"), None)
    return None if url is None or method is None else _request(node, method, url)


def _read_old_method(node: ast.FunctionDef, url: str) -> _Request | None:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and (method := _called(call)) in _HTTP_METHODS and _on_client(call):
            return _request(node, str(method).upper(), url)
    return None


def _request(node: ast.FunctionDef, method: str, url: str) -> _Request:
    constants = _constants(node)
    parameters: dict[str, PathParameter] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign) and _target_name(inner) == "path_format_arguments":
            parameters = _path_parameters(inner.value, constants)
    return _Request(method, _fill_namespaces(url, parameters), constants.get("api_version"), parameters)


def _metadata_urls(node: ast.ClassDef) -> dict[str, str]:
    """Method name → URL of `create_or_update.metadata = {'url': '…'}`."""
    urls: dict[str, str] = {}
    for item in node.body:
        if not isinstance(item, ast.Assign) or not isinstance(item.value, ast.Dict) or not item.value.values:
            continue
        target = item.targets[0]
        if isinstance(target, ast.Attribute) and target.attr == "metadata" and isinstance(target.value, ast.Name):
            url = _string_in(item.value.values[0])
            if url is not None:
                urls[target.value.id] = url
    return urls


def _constants(node: ast.FunctionDef) -> dict[str, str]:
    """Local names that hold one fixed string: `x: Literal["default"] = kwargs.pop("x", "default")`, `x = "default"`."""
    found: dict[str, str] = {}
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Assign | ast.AnnAssign) or inner.value is None:
            continue
        target = _target_name(inner)
        annotation = ast.unparse(inner.annotation) if isinstance(inner, ast.AnnAssign) else ""
        fixed = target == "api_version" or "Literal[" in annotation or isinstance(inner.value, ast.Constant)
        text = _string_in(inner.value) if fixed else None
        if target is not None and text is not None and not target.startswith("_"):
            found.setdefault(target, text)
    return found


def _path_parameters(node: ast.expr, constants: dict[str, str]) -> dict[str, PathParameter]:
    found: dict[str, PathParameter] = {}
    for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
        name = _text(key)
        if name is None or not isinstance(value, ast.Call):
            continue
        limits: dict[str, Any] = {
            k.arg: k.value.value for k in value.keywords if k.arg in _LIMITS and isinstance(k.value, ast.Constant)
        }
        argument = value.args[1] if len(value.args) > 1 else None
        constant = constants.get(argument.id) if isinstance(argument, ast.Name) else _text(argument)
        found[name] = PathParameter(name, constant=constant, **limits)
    return found


def _fill_namespaces(url: str, parameters: dict[str, PathParameter]) -> str:
    """Write a parameter that stands for a fixed provider namespace into the URL."""

    def replace(match: re.Match[str]) -> str:
        parameter = parameters.get(match.group(1))
        constant = None if parameter is None else parameter.constant
        return constant if constant is not None and constant.startswith("Microsoft.") else match.group(0)

    return _PLACEHOLDER.sub(replace, url)


def _string_in(node: ast.expr | None) -> str | None:
    """The telling string inside `node`: the URL or version in `kwargs.pop("template_url", "/…")`, else the last one."""
    if node is None:
        return None
    strings = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return max(strings, key=lambda s: ("/" in s, s[:1].isdigit(), strings.index(s)), default=None)


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _target_name(node: ast.Assign | ast.AnnAssign) -> str | None:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else None


def _called(node: ast.Call) -> str | None:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else None


def _on_client(node: ast.Call) -> bool:
    """`self._client.put(…)`."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return isinstance(owner, ast.Attribute) and owner.attr == "_client"
