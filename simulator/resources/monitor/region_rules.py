"""What Azure Resource Manager refuses in the region of a resource that lies in no region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.model import Request
from simulator.rule import Fault


def not_global(request: Request, arm_type: str, others: Sequence[str] = ()) -> Iterator[Fault]:
    """A region where only `global` (or one of `others`) is offered.

    azure-native fills in the region of the resource group where a program names none, so leaving it out is refused,
    too. The words are ARM's (MicrosoftDocs/azure-docs#5156).
    """
    location = request.known("location")
    if isinstance(location, str) and request.location not in ("global", *others):
        yield Fault(
            f"The provided location '{location}' is not available for resource type '{arm_type}'. List of available "
            f"regions for the resource type is '{','.join(('global', *others))}'.",
            "location",
            "set location to `global`: left out, it becomes that of the resource group",
        )
