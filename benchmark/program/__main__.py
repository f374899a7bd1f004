"""The project's own program, run with some of its measures for speed taken away again (`benchmark.measures`).

It loads the file `__main__.py` of the project and changes names in it, so whatever that program does, this one does
too. A name that is gone stops the run: a measure that moved must not be measured as worth nothing.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import sys
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from benchmark.measures import Measure, left_out, resources

PROJECT: Final = Path(__file__).resolve().parents[2]


def main() -> None:
    """Run the project's program as the environment variables say."""
    without, count = left_out(), resources()
    if Measure.BYTE_CODE in without:
        forget_byte_code()
    if Measure.DEBUG_LOG in without:
        restore_debug_log()
    program = load()
    take_away(program, without)
    if count is not None:
        from benchmark.program.networks import Networks

        put(program, "Platform", partial(Networks, count=count))
    program.main()


def forget_byte_code() -> None:
    """From here on, compile every module that is imported, as on a machine that never kept byte code.

    `pulumi` itself was imported by the language host before: its second of compiling is not counted.
    """
    # A folder that never exists: nothing is found there, and nothing is written.
    sys.pycache_prefix = str(Path(__file__).with_name("no-byte-code"))
    sys.dont_write_bytecode = True


def restore_debug_log() -> None:
    """Undo what the language host did: it put a function that does nothing in the place of `pulumi.log.debug`.

    The engine gets the messages and throws them away, as it does for every program on an official language host.
    """
    importlib.reload(importlib.import_module("pulumi.log"))


def load() -> ModuleType:
    """The project's program as a module, not yet run."""
    spec = importlib.util.spec_from_file_location("project_program", PROJECT / "__main__.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{PROJECT / '__main__.py'} can't be loaded as a module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def take_away(program: ModuleType, without: AbstractSet[Measure]) -> None:
    """Leave out the measures that the program itself takes."""
    if Measure.VERSION_ALIASES in without:
        put(program, "drop_version_aliases", lambda: None)
    if Measure.GARBAGE_COLLECTION in without:
        put(program, "_RARELY", gc.get_threshold()[0])


def put(program: ModuleType, name: str, value: Any) -> None:
    """Give `name` in the program another value. Raises AttributeError when the program has no such name."""
    if not hasattr(program, name):
        raise AttributeError(f"{PROJECT / '__main__.py'} has no {name} any more; adapt benchmark/program/__main__.py")
    setattr(program, name, value)


if __name__ == "__main__":
    main()
