"""Microsoft.DataFactory/factories/pipelines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from simulator.model import Model, Request
from simulator.resources.datafactory.reference_rules import references_are_there
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

_SOURCE: Final = (
    "MicrosoftDocs/azure-docs data-factory/concepts-pipelines-activities.md (checked 2026-11-25; code not confirmed)"
)


@rule("adf-activity-names", kind="static", source=_SOURCE)
def activities_are_named_once(request: Request) -> Iterator[Fault]:
    """Each activity of a pipeline has a name of its own."""
    names = Counter(str(at(item, "name")).lower() for _, item in known_items(request, "activities"))
    for name in (name for name, count in names.items() if count > 1):
        yield Fault(f"two activities are called '{name}'", "activities", "give each activity a name of its own")


@rule("adf-activity-order", kind="static", source=_SOURCE, reads=("activities",))
def activities_wait_for_others(request: Request) -> Iterator[Fault]:
    """An activity waits for one of the same pipeline."""
    items = [item for _, item in known_items(request, "activities")]
    names = {str(at(item, "name")).lower() for item in items}
    for item in items:
        listed = at(item, "dependsOn")
        for dependency in listed if isinstance(listed, list) else ():
            wanted = at(dependency, "activity")
            if isinstance(wanted, str) and wanted.lower() not in names:
                yield Fault(
                    f"{at(item, 'name')} waits for '{wanted}', which is not there", "activities", "name another"
                )


class Pipelines(Model):
    """Activities in an order."""

    token = "azure-native:datafactory:Pipeline"
    rules = (activities_are_named_once, activities_wait_for_others, references_are_there)
