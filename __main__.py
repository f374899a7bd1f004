"""The Pulumi program: load what the stack wants, build it, export what others need."""

from __future__ import annotations

import gc
from typing import Final

import pulumi

import stacks
from components.aliases import drop_version_aliases
from components.platform import Platform
from components.sources import remember_sources
from components.subscription import is_real

# Net allocations between two runs of the garbage collector (Python's default: 700). The SDK makes millions of objects
# that live to the end; looking through them again and again was 40 % of a preview (prod: 4.3 s before, 2.6 s after,
# 2026-11).
_RARELY: Final = 200_000


def main() -> None:
    """Build the selected stack; settings that can't be used end the run with their problems and no traceback."""
    gc.set_threshold(_RARELY)
    try:
        settings = stacks.load(pulumi.get_stack(), pulumi.Config().get_object("settings"), real=is_real())
    except stacks.SettingsError as error:
        raise pulumi.RunError(str(error)) from error
    remember_sources()
    if not settings.keep_version_aliases:
        drop_version_aliases()
    platform = Platform(settings.name, settings)
    for name, value in platform.exports.items():
        pulumi.export(name, value)


if __name__ == "__main__":
    main()
