"""Microsoft.MachineLearningServices/workspaces/datastores: why a datastore is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.rule import Fault, Rule, rule

_SOURCE: Final = "learn.microsoft.com Naming rules and restrictions for Azure resources, Microsoft.Storage"
_CHECKED: Final = "(code not confirmed; checked 2026-11-25)"
_CONTAINER: Final = re.compile(r"\$(web|root|logs)|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
# Names of things in Azure Storage → what such names look like.
_NAMES: Final = {
    "accountName": (re.compile(r"[a-z0-9]{3,24}"), "3 to 24 lower-case letters and digits"),
    "containerName": (_CONTAINER, "3 to 63 lower-case letters, digits and single dashes"),
    "fileShareName": (_CONTAINER, "3 to 63 lower-case letters, digits and single dashes"),
    "filesystem": (_CONTAINER, "3 to 63 lower-case letters, digits and single dashes"),
}


@rule("ml-datastore-names", kind="static", source=f"{_SOURCE} {_CHECKED}")
def storage_names(request: Request) -> Iterator[Fault]:
    """What a datastore leads to is named, not addressed: neither an id nor a URL."""
    for name, (form, words) in _NAMES.items():
        value = request.known(f"properties.{name}")
        if isinstance(value, str) and form.fullmatch(value) is None:
            yield Fault(f"{name} '{value}' can't be a name in Azure Storage", f"properties.{name}",
                        f"give the name alone: {words}")  # fmt: skip


@rule("ml-datastore-blob-container", kind="static",
      source=f"MicrosoftDocs/azure-ai-docs reference-yaml-datastore-blob.md {_CHECKED}",
      reads=("properties",))  # fmt: skip
def blobs_have_a_container(request: Request) -> Iterator[Fault]:
    """A blob datastore leads to one container of one account."""
    missing = [name for name in ("accountName", "containerName") if request.at(f"properties.{name}") is None]
    if request.at("properties.datastoreType") == "AzureBlob" and missing:
        yield Fault(f"the datastore lacks {' and '.join(missing)}", f"properties.{missing[0]}", "give both names")


DATASTORE_RULES: Final[tuple[Rule, ...]] = (storage_names, blobs_have_a_container)
