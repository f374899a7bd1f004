"""Registries that a stack makes, by the name that images have."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Final

from policies.rule import Context
from policies.types import REGISTRY
from policies.view import Fault, Judged

_DIGEST: Final = re.compile(r"@sha256:[0-9a-f]{64}$")


def allowed_registries(context: Context) -> tuple[str, ...]:
    """The registries that the stack makes, or where it makes none those that the profile allows; in lower case."""
    names = (one.view().word("registryName", absent=one.name) for one in context.stack.of(REGISTRY))
    made = tuple(f"{name}.azurecr.io" for name in names)
    return made or tuple(one.lower() for one in context.profile.parameters.image_registries)


def pinned_image(image: str, path: str, context: Context) -> Judged:
    """Faulty unless the image at `path` has a digest and comes from an allowed registry."""
    if _DIGEST.search(image) is None:
        yield Fault(path, "must end in a digest (@sha256:...): a tag can be moved")
    if not any(fnmatchcase(_registry(image), one) for one in allowed_registries(context)):
        yield Fault(path, "comes from a registry that is not ours (image_registries)")


def _registry(image: str) -> str:
    """The registry of an image; Docker Hub where it names none."""
    first, slash, _ = image.partition("/")
    named = bool(slash) and ("." in first or ":" in first or first == "localhost")
    return first.lower() if named else "docker.io"
