"""The Pulumi program: load what the stack wants, build it, export what others need."""

from __future__ import annotations

import pulumi

import stacks
from components.aliases import drop_version_aliases
from components.platform import Platform


def main() -> None:
    """Build the selected stack; settings that can't be used end the run with their problems and no traceback."""
    try:
        settings = stacks.load(pulumi.get_stack(), pulumi.Config().get_object("settings"))
    except stacks.SettingsError as error:
        raise pulumi.RunError(str(error)) from error
    if not settings.keep_version_aliases:
        drop_version_aliases()
    platform = Platform(settings.name, settings)
    for name, value in platform.exports.items():
        pulumi.export(name, value)


if __name__ == "__main__":
    main()
