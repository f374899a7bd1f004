"""Where in the program each resource is declared, for the messages of a rehearsal.

The engine tells a provider nothing of it, and keeps it for none of the resources that were refused. So the program says
it itself when it is asked to: a line of JSON for each resource, `[type, name, file, line]`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import FrameType
from typing import Final

from pulumi import ResourceTransformationArgs
from pulumi.runtime import register_stack_transformation

from stacks.types import SOURCES_VARIABLE

ROOT: Final = Path(__file__).resolve().parents[1]


def remember_sources() -> None:
    """Writes down where each resource comes from that the program declares from now on; in a real deployment nothing.

    A rehearsal names the file in `SOURCES_VARIABLE`.
    """
    asked = os.environ.get(SOURCES_VARIABLE)
    if asked is None:
        return

    def note(args: ResourceTransformationArgs) -> None:
        place = _place(sys._getframe(1), ROOT)
        if place is not None:
            with Path(asked).open("a", encoding="utf-8") as lines:
                lines.write(json.dumps([args.type_, args.name, *place]) + "\n")

    register_stack_transformation(note)


def _place(frame: FrameType | None, root: Path) -> tuple[str, int] | None:
    """The innermost line of the project itself: not of the SDK, which may lie below it in an environment of its own."""
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(root) and "site-packages" not in file.parts and file != Path(__file__):
            return file.relative_to(root).as_posix(), frame.f_lineno
        frame = frame.f_back
    return None
