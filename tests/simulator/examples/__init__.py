"""One valid resource of each modelled type, in an order in which they can be created.

`foundation` comes first; each other file of this folder adds types that stand on it, in the order of the file names.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import Azure
from tests.simulator.examples import foundation
from tests.simulator.examples.foundation import ACCOUNT, ENDPOINTS, IDENTITY, TENANT, VAULT, VNET

__all__ = [
    "ACCOUNT", "ENDPOINTS", "EXAMPLES", "IDENTITY", "SUBSCRIPTION", "TENANT", "VAULT", "VNET", "deploy",
]  # fmt: skip


def _all() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = dict(foundation.EXAMPLES)
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        if module != "foundation":
            found.update(importlib.import_module(f"{__name__}.{module}").EXAMPLES)
    return found


EXAMPLES = _all()


def deploy(azure: Azure, until: str | None = None) -> None:
    """Creates the examples in their order, up to but without the type `until`."""
    for short, inputs in EXAMPLES.items():
        if short == until:
            return
        if short != "resources:ResourceGroup":
            azure.create(short, short, inputs)
