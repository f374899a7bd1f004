"""One valid resource of each modelled type, in an order in which they can be created.

`foundation` comes first; each other file of this folder adds types that stand on it, in the order of the file names.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any

from simulator.catalog import Catalog
from simulator.ids import SUBSCRIPTION
from tests.simulator.azure import Azure
from tests.simulator.examples import foundation
from tests.simulator.examples.deployed import Deployed, copy, is_fresh, make
from tests.simulator.examples.foundation import ACCOUNT, ENDPOINTS, IDENTITY, TENANT, VAULT, VNET

__all__ = [
    "ACCOUNT", "ENDPOINTS", "EXAMPLES", "IDENTITY", "SUBSCRIPTION", "TENANT", "VAULT", "VNET", "create", "deploy",
]  # fmt: skip


def _all() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = dict(foundation.EXAMPLES)
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        if module not in {"foundation", "deployed"}:
            found.update(importlib.import_module(f"{__name__}.{module}").EXAMPLES)
    return found


EXAMPLES = _all()


@cache
def _deployed(catalog: Catalog) -> Deployed:
    return Deployed(catalog, EXAMPLES)


def deploy(azure: Azure, until: str | None = None) -> None:
    """The examples in their order, up to but without the type `until`: made once in this process, then copied.

    In a subscription that differs from the usual one they are created.
    """
    made = _deployed(azure.catalog)
    if until in {None, *EXAMPLES} and is_fresh(azure, made):
        copy(azure, made.before(until))
    else:
        create(azure, until)


def create(azure: Azure, until: str | None = None) -> None:
    """Creates the examples in their order, up to but without the type `until`."""
    for short in EXAMPLES:
        if short == until:
            return
        make(azure, short, EXAMPLES)
