"""How fast the project is, measured by `uv run invoke bench` with the real engine and written as a dated table.

    measure(console)       runs every measurement and answers its result; `quick=True` takes about a minute
    write(path, result)    writes the result as a Markdown page, whole or not at all

It runs the same commands as a rehearsal does. It owns no way to make anything faster: each of the project's measures
stands where it works, and here each is taken away again to see what it is worth.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmark.run import BenchmarkError
    from benchmark.suite import measure
    from benchmark.table import write

__all__ = ["BenchmarkError", "measure", "write"]

_ORIGINS = {"BenchmarkError": "run", "measure": "suite", "write": "table"}


def __getattr__(name: str) -> Any:
    """Load the public names when they are first used.

    The program that is measured imports `benchmark.measures`, and with it this package: the engine's helpers, loaded
    here, would count as the program's own time and memory.
    """
    import importlib

    if name not in _ORIGINS:
        raise AttributeError(f"module 'benchmark' has no attribute {name!r}")
    return getattr(importlib.import_module(f"benchmark.{_ORIGINS[name]}"), name)
