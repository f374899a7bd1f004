"""What a data factory refuses because something that it names isn't there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.rule import Fault, rule

# What is referred to by name, and where it lies in the factory.
_SEGMENTS: Final = {
    "CredentialReference": "credentials",
    "DataFlowReference": "dataflows",
    "DatasetReference": "datasets",
    "IntegrationRuntimeReference": "integrationRuntimes",
    "LinkedServiceReference": "linkedservices",
    "PipelineReference": "pipelines",
}
# Every factory has it.
_BORN_WITH: Final = "AutoResolveIntegrationRuntime"


@rule("adf-invalid-reference", kind="cross-resource", quoted=True,
      source="MicrosoftDocs/azure-docs#36750, #110147 (checked 2026-11-25)")  # fmt: skip
def references_are_there(request: Request) -> Iterator[Fault]:
    """What is named exists. People publish into a factory from elsewhere, so this is known of a new factory only."""
    factory = "/".join(request.id.split("/")[:9])
    if not request.world.is_new(factory):
        return
    for root, value in request.inputs.items():
        for kind, name in _references(value):
            found = request.world.get(f"{factory}/{_SEGMENTS[kind]}/{name}")
            if found is None and name != _BORN_WITH and f"/{_SEGMENTS[kind]}/{name}" not in request.id:
                yield Fault(
                    f"The document creation or update failed because of invalid reference '{name}'.",
                    root,
                    "create it first; take its name from the resource that creates it, so that the order is known",
                )


def _references(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        kind, name = value.get("type"), value.get("referenceName")
        if isinstance(kind, str) and kind in _SEGMENTS and isinstance(name, str):
            yield kind, name
        for child in value.values():
            yield from _references(child)
    elif isinstance(value, list):
        for child in value:
            yield from _references(child)
