"""The shape of one simulated resource type, and how its file is found.

A model says what Azure Resource Manager knows beyond the SDK: what can't change, what the service fills in,
what it answers, which secrets it returns, what it refuses. A type without a file gets `Model` itself: checked against
the SDK and the general rules, and listed at the end of a rehearsal as not judged.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import pkgutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final

from simulator import resources
from simulator.errors import Refusal
from simulator.ids import name_of
from simulator.paths import tokens_by_type
from simulator.rule import Rule
from simulator.store import Record
from simulator.values import UNKNOWN, at
from simulator.world import World

TENANT: Final = "00000000-0000-0000-0000-0000000000aa"
# The caller's own ids in the simulated tenant, as `getClientConfig` answers them.
CLIENT: Final = "00000000-0000-0000-0000-0000000000bb"
PRINCIPAL: Final = "00000000-0000-0000-0000-0000000000cc"

# When everything in a simulated subscription was made: a real time would make each answer another one.
CREATED: Final = "2026-01-01T00:00:00Z"

# Stands in for a text that is not known yet, so that models can build host names of it: an output that holds the mark
# is unknown as a whole.
UNKNOWN_TEXT: Final = "\ufffdunknown\ufffd"

_NAMESPACE: Final = uuid.UUID("6f1d3f60-3c39-4c7e-8a61-2f0c9d1b7a55")


@dataclass(frozen=True)
class Request:
    """One PUT as a model sees it: `inputs` are plain and may hold `UNKNOWN`; `old` is what it replaces."""

    id: str
    token: str
    inputs: Mapping[str, Any]
    world: World
    old: Record | None = None
    # The number of this write: 1 for the first. A read repeats the number of the write that it answers.
    revision: int = 1

    @property
    def name(self) -> str:
        """The resource's own name."""
        return name_of(self.id)

    def at(self, path: str) -> Any:
        """The input at a dotted path: `None` where absent, `UNKNOWN` where not known yet."""
        return at(self.inputs, path)

    def known(self, path: str, default: Any = None) -> Any:
        """The input at a path when it is there and known, else `default`."""
        value = self.at(path)
        return default if value is None or value is UNKNOWN else value

    def text(self, path: str, default: str = "") -> str:
        """The input at a path as part of a longer text: `default` where absent, `UNKNOWN_TEXT` while unknown."""
        value = self.at(path)
        return UNKNOWN_TEXT if value is UNKNOWN else default if value is None else str(value)

    @property
    def location(self) -> str:
        """The region in ARM's normal form; empty when absent. While it is not known, a mark: see `UNKNOWN_TEXT`."""
        return normal_location(self.text("location"))


class Model:
    """A resource type. Subclasses set the class attributes and override what differs."""

    token: ClassVar[str] = ""
    # Inputs that ARM refuses to change and that azure-native sends as an update all the same (`simulator.replacement`
    # has the others), with the code of the refusal.
    unchangeable: ClassVar[tuple[str, ...]] = ()
    unchangeable_code: ClassVar[str] = "PropertyChangeNotAllowed"
    secrets: ClassVar[tuple[str, ...]] = ()
    # Inputs that the service takes and never answers.
    write_only: ClassVar[tuple[str, ...]] = ()
    # A resource that others point to (a subnet, a security group) can't be deleted while they do.
    blocks_delete: ClassVar[str | None] = None
    # Lists of sub-resources that may be declared inside this one: property -> the segment in their ids.
    inline: ClassVar[tuple[tuple[str, str], ...]] = ()
    # Children that exist as soon as the resource does.
    born_with: ClassVar[tuple[str, ...]] = ()

    # Why ARM refuses a request, in the order in which it checks.
    rules: ClassVar[tuple[Rule, ...]] = ()

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in where the request says nothing; merged below the inputs, maps member by member."""
        return {}

    def outputs(self, request: Request) -> dict[str, Any]:
        """What the service answers beyond the inputs; merged above them, maps member by member."""
        return {}

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Why ARM refuses this request, beyond `rules`."""
        yield from ()

    def delete_refusals(self, record: Record, world: World) -> Iterator[Refusal]:
        """Why ARM refuses to delete this resource."""
        yield from ()

    # Functions about one resource that the model answers, such as `listStorageAccountKeys`.
    functions: ClassVar[tuple[str, ...]] = ()

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The answer to one of `functions` about an existing resource."""
        raise NotImplementedError(function)


@cache
def _models(module: str) -> dict[str, Model]:
    """The models of one of the SDK's modules by their tokens; one file a type, in the folder of the module's name.

    A folder is read when a resource of its module is first used: a program uses few, and the engine starts a plugin for
    each of its commands.
    """
    if not module or importlib.util.find_spec(f"{resources.__name__}.{module}") is None:
        return {}
    package = importlib.import_module(f"{resources.__name__}.{module}")
    names = [f"{package.__name__}.{found.name}" for found in pkgutil.iter_modules(getattr(package, "__path__", ()))]
    values = [value for name in names for value in vars(importlib.import_module(name)).values()]
    kinds = {value for value in values if isinstance(value, type) and issubclass(value, Model) and value.token}
    return {kind.token: kind() for kind in kinds}


def model_of(token: str) -> Model:
    """The model of a token; a plain `Model` when the type has no file."""
    return _models(_module(token)).get(token) or Model()


def is_modelled(token: str) -> bool:
    """Whether a token has a model of its own."""
    return token in _models(_module(token))


def _module(token: str) -> str:
    """The SDK's module in a token such as `azure-native:network:Subnet`; empty when it has no such form."""
    return token.partition(":")[2].partition(":")[0]


@cache
def modelled_tokens() -> tuple[str, ...]:
    """The tokens that have a model of their own, sorted."""
    modules = [found.name for found in pkgutil.iter_modules(resources.__path__) if found.ispkg]
    return tuple(sorted(token for module in modules for token in _models(module)))


def models_of(arm_type: str) -> list[Model]:
    """The models of an ARM type, whatever its case; a type may have several tokens, and most have no model."""
    tokens = tokens_by_type().get(arm_type.lower(), frozenset())
    return [model_of(token) for token in sorted(tokens) if is_modelled(token)]


def guid(resource_id: str, purpose: str) -> str:
    """A GUID that the service would draw at random: here it follows from the id, so that a preview can foretell it."""
    if UNKNOWN_TEXT in resource_id:
        return UNKNOWN_TEXT
    return str(uuid.uuid5(_NAMESPACE, f"{resource_id.lower()}#{purpose}"))


def digest(resource_id: str, purpose: str, length: int) -> str:
    """Lower-case hexadecimal digits that follow from the id; for host names and keys."""
    if UNKNOWN_TEXT in resource_id:
        return UNKNOWN_TEXT
    text = hashlib.sha512(f"{resource_id.lower()}#{purpose}".encode()).hexdigest()
    return (text * (length // len(text) + 1))[:length]


def normal_location(location: str) -> str:
    """`Canada Central` and `canadacentral` are one region."""
    return location.replace(" ", "").lower()
