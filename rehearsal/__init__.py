"""Runs the project's program with the real engine against the simulated Azure, and says how it went.

    rehearse("dev")   a complete `up`, a second one that must find nothing to change, and the report of both

It brings `engine`, `simulator` and `stacks` together; none of them knows the others.
"""

from rehearsal.report import Report, render
from rehearsal.run import Options, RehearsalError, rehearse
from rehearsal.workspace import Workspace

__all__ = ["Options", "RehearsalError", "Report", "Workspace", "rehearse", "render"]
