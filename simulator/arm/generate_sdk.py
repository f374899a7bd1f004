"""What the Pulumi Azure Native SDK says of each resource type, read from its source with `ast`.

Owns: tokens, input property names, the arguments of the matching `get…` function, and the default API version.
Does not own: ARM paths (the SDK does not carry them) or property types (the simulator compiles those itself).
The SDK is never imported: it is 155 MB of generated code.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_API_VERSION = re.compile(r"Uses Azure REST API version (\d{4}-\d{2}-\d{2}(?:-preview|-privatepreview)?)")
_RESOURCE_MODULES = re.compile(r'resource_modules="""(.*?)"""', re.DOTALL)
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GETTER_ARGUMENT = re.compile(r"__args__\['(\w+)'\] =")


@dataclass(frozen=True)
class SdkType:
    """One resource class of the SDK, for example `azure-native:containerservice:AgentPool`."""

    module: str
    name: str
    folder: Path

    @property
    def token(self) -> str:
        """The Pulumi type token."""
        return f"azure-native:{self.module}:{self.name}"

    @cached_property
    def _source(self) -> str:
        path = _find_file(self.folder, snake_case(self.name))
        if path is None:
            raise FileNotFoundError(f"{self.folder}: no source file for {self.token}; is the installed SDK whole?")
        return path.read_text(encoding="utf-8")

    @cached_property
    def _args_class(self) -> ast.ClassDef:
        heading = re.search(rf"^class {self.name}(?:Init)?Args:", self._source, re.MULTILINE)
        if heading is None:
            raise ValueError(f"{self.token}: no class {self.name}Args in the SDK; its layout has changed")
        start = heading.start()
        end = self._source.find("\n@", start)  # the next top-level decorator or class closes the class
        following = self._source.find("\nclass ", start)
        tree = ast.parse(self._source[start : min(x for x in (end, following, len(self._source)) if x > 0)])
        return next(node for node in tree.body if isinstance(node, ast.ClassDef))

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Input property names as Pulumi spells them (camelCase), in the SDK's order."""
        found: dict[str, None] = {}
        for node in self._args_class.body:
            if isinstance(node, ast.FunctionDef):
                name = _getter_name(node)
                if name is not None:
                    found[name] = None
        return tuple(found)

    @cached_property
    def required(self) -> frozenset[str]:
        """The inputs that must be given: those that `__init__` has no default for."""
        spelled = {
            node.name: name
            for node in self._args_class.body
            if isinstance(node, ast.FunctionDef) and (name := _getter_name(node)) is not None
        }
        init = next(n for n in self._args_class.body if isinstance(n, ast.FunctionDef) and n.name == "__init__")
        names = [arg.arg for arg in [*init.args.args, *init.args.kwonlyargs]]
        defaults = len(init.args.defaults) + sum(1 for d in init.args.kw_defaults if d is not None)
        return frozenset(spelled[n] for n in names[: len(names) - defaults] if n in spelled)

    @cached_property
    def lookup(self) -> frozenset[str] | None:
        """Arguments of `get_<type>` (what ARM needs to find one), None where the SDK has no such function."""
        path = _find_file(self.folder, f"get_{snake_case(self.name)}")
        if path is None:
            return None
        return frozenset(_GETTER_ARGUMENT.findall(path.read_text(encoding="utf-8")))

    @cached_property
    def api_version(self) -> str | None:
        """The ARM API version that this class calls, None where its docstring names none."""
        match = _API_VERSION.search(self._source)
        return match.group(1) if match else None

    @cached_property
    def identifying_inputs(self) -> frozenset[str] | None:
        """The inputs that also find the resource again: exactly the parameters of its ARM path."""
        return None if self.lookup is None else self.lookup & frozenset(self.inputs)


def snake_case(name: str) -> str:
    """`AFDOriginGroup` → `afd_origin_group`, as the SDK names its files."""
    return _WORD_START.sub("_", name).lower()


def _getter_name(node: ast.FunctionDef) -> str | None:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Attribute) and decorator.attr == "getter":
            return node.name
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Attribute)
            and decorator.func.attr == "getter"
            and isinstance(decorator.keywords[0].value, ast.Constant)
        ):
            return str(decorator.keywords[0].value.value)
    return None


def _find_file(folder: Path, stem: str) -> Path | None:
    path = folder / f"{stem}.py"
    if path.exists():
        return path
    squeezed = stem.replace("_", "")  # the SDK splits words such as `IPv4` in its own way
    return next((p for p in folder.glob(f"{stem[0]}*.py") if p.stem.replace("_", "") == squeezed), None)


def sdk_types(root: Path) -> Iterator[SdkType]:
    """Every resource type of the default API versions, sorted; `root` is the folder `pulumi_azure_native`."""
    listing = _RESOURCE_MODULES.search((root / "__init__.py").read_text(encoding="utf-8"))
    if listing is None:
        raise ValueError(f"{root / '__init__.py'}: no resource_modules list; the layout of the SDK has changed")
    for module in sorted(json.loads(listing.group(1)), key=lambda m: str(m["fqn"])):
        for token, name in sorted(module["classes"].items()):
            yield SdkType(token.split(":")[1], name, root / module["fqn"].split(".")[-1])
