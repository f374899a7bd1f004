"""Registries that a stack makes, by the name that images have."""

from __future__ import annotations

from policies.rule import Context
from policies.types import REGISTRY


def allowed_registries(context: Context) -> tuple[str, ...]:
    """The registries that the stack makes, or where it makes none those that the profile allows; in lower case."""
    names = (one.view().word("registryName", absent=one.name) for one in context.stack.of(REGISTRY))
    made = tuple(f"{name}.azurecr.io" for name in names)
    return made or tuple(one.lower() for one in context.profile.parameters.image_registries)
