"""Which type of the SDK a resource of ARM is: by its id, which tells types apart that share one of ARM."""

from __future__ import annotations

from functools import cache

from simulator.catalog import Catalog, Resource, open_catalog
from simulator.ids import type_of
from simulator.model import modelled_tokens
from simulator.paths import path_of, tokens_by_type

# Types whose path the table of paths gives to more than one token that fits; the first is the one that Azure means.
_FIRST = ("azure-native:authorization:ManagementLockByScope",)


@cache
def catalog() -> Catalog:
    """What the SDK says of its types."""
    return open_catalog()


def declared_of(arm_id: str) -> Resource | None:
    """The SDK's type; None where it has none."""
    tokens = tokens_by_type().get(type_of(arm_id).lower(), ())
    fitting = [one for one in tokens if path_of(one).parse(arm_id) is not None]
    fitting.sort(key=lambda one: (one not in _FIRST, one not in _modelled(), path_of(one).text.count("{"), one))
    return next((found for one in fitting if (found := catalog().resource(one)) is not None), None)


@cache
def _modelled() -> frozenset[str]:
    return frozenset(modelled_tokens())
