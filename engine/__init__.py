"""How the Pulumi CLI and its plugins get onto a machine, and the environment in which a rehearsal runs them.

    engine.ensure(RichProgress())   where the engine is, which version, where from; gets it if it is missing
    engine.find()                   the same, without getting it

It owns executables: finding, fetching, building, checking. It knows nothing of stacks, components or Azure.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.cli import Engine
    from engine.locate import EngineMissingError, ensure, find, print_path
    from engine.progress import Progress, RichProgress, Silent

__all__ = ["Engine", "EngineMissingError", "Progress", "RichProgress", "Silent", "ensure", "find", "print_path"]

_HOME_OF = {
    "Engine": "cli",
    "EngineMissingError": "locate",
    "Progress": "progress",
    "RichProgress": "progress",
    "Silent": "progress",
    "ensure": "locate",
    "find": "locate",
    "print_path": "locate",
}


def __getattr__(name: str) -> Any:
    """Load the public names when they are first used.

    The engine starts the language host several times per command, and importing it imports this package: with requests
    and rich loaded here, every start would cost 0.1 s more.
    """
    import importlib

    if name not in _HOME_OF:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    return getattr(importlib.import_module(f"engine.{_HOME_OF[name]}"), name)
