"""Microsoft.Resources/resourceGroups. Deleting one deletes everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Refusal
from simulator.model import Model, Request


class ResourceGroups(Model):
    """A resource group."""

    token = "azure-native:resources:ResourceGroup"

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"provisioningState": "Succeeded"}}

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """A group has to be somewhere."""
        if request.at("location") is None:
            yield Refusal(
                "LocationRequired",
                "The location property is required for this definition.",
                target="location",
                fix="set `location`, or `azure-native:location` in the stack's configuration",
                quoted=True,
            )
