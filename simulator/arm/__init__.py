"""Dated facts about Azure Resource Manager, and the generators that made them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """One of the tables in this folder, such as `naming.yaml`, read once."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    # The C loader takes a tenth of the time; both are safe loaders.
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - see above
    return loaded
