"""ARM ids that follow from names: what a new resource will be called, before anything has made it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from policies.resource import unversioned
from policies.values import Marker
from simulator.catalog import Catalog, open_catalog
from simulator.ids import MissingParameterError
from simulator.paths import template_of


def predicted_id(token: str, inputs: Mapping[str, Any]) -> str | None:
    """The id that Azure will give to a resource in the all-zero subscription; None while a part of it is not known."""
    resource = _catalog().resource(unversioned(token)) if token.startswith("azure-native:") else None
    if resource is None:
        return None
    template = template_of(resource)
    if any(isinstance(inputs.get(name), Marker) for name in template.parameters):
        return None
    try:
        return str(template.build(inputs))
    except (MissingParameterError, TypeError, ValueError):
        return None


@cache
def _catalog() -> Catalog:
    return open_catalog()
