"""Which release of the rules this is: it stands in the policy pack's project file, where the engine reads it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

FILE: Final = Path(__file__).with_name("PulumiPolicy.yaml")
NAME: Final = "platform"
"""The pack's name in the engine's reports."""


@cache
def version() -> str:
    """The release, such as `0.2.0`."""
    return str(yaml.safe_load(FILE.read_text(encoding="utf-8"))["version"])
