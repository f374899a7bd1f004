"""How the Pulumi CLI and its plugins get onto a machine, and the environment in which a rehearsal runs them.

    engine.ensure(RichProgress())   where the engine is, which version, where from; gets it if it is missing
    engine.find()                   the same, without getting it
    engine.environment(...)         the variables with which a rehearsal runs it
    engine.ensure_kubernetes_provider(...)   the provider for Kubernetes manifests, built when asked for

It owns executables: finding, fetching, building, checking. It knows nothing of stacks, components or Azure.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.cli import Engine
    from engine.kubernetes import ensure as ensure_kubernetes_provider
    from engine.locate import EngineMissingError, ensure, find, print_path
    from engine.progress import Progress, RichProgress, Silent
    from engine.variables import environment

__all__ = [
    "Engine",
    "EngineMissingError",
    "Progress",
    "RichProgress",
    "Silent",
    "ensure",
    "ensure_kubernetes_provider",
    "environment",
    "find",
    "print_path",
]

_ORIGINS = {
    "Engine": ("cli", "Engine"),
    "EngineMissingError": ("locate", "EngineMissingError"),
    "Progress": ("progress", "Progress"),
    "RichProgress": ("progress", "RichProgress"),
    "Silent": ("progress", "Silent"),
    "ensure": ("locate", "ensure"),
    "ensure_kubernetes_provider": ("kubernetes", "ensure"),
    "environment": ("variables", "environment"),
    "find": ("locate", "find"),
    "print_path": ("locate", "print_path"),
}


def __getattr__(name: str) -> Any:
    """Load the public names when they are first used.

    The engine starts the language host several times per command, and importing it imports this package: with requests
    and rich loaded here, every start would cost 0.1 s more.
    """
    import importlib

    if name not in _ORIGINS:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    module, attribute = _ORIGINS[name]
    return getattr(importlib.import_module(f"engine.{module}"), attribute)
