"""Microsoft.EventGrid/eventSubscriptions."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.eventgrid.subscription_rules import SUBSCRIPTION_RULES
from simulator.values import UNKNOWN

# Taken and not answered (`x-ms-secret` in azure-rest-api-specs; the SDKs' examples have no `endpointUrl` in answers).
WRITE_ONLY: Final = ("destination.endpointUrl", "deliveryWithResourceIdentity.destination.endpointUrl")


class EventSubscriptions(Model):
    """Where the events of a scope go."""

    token = "azure-native:eventgrid:EventSubscription"
    rules = SUBSCRIPTION_RULES
    write_only = WRITE_ONLY

    def outputs(self, request: Request) -> dict[str, Any]:
        """Where the events go, without the key of a web hook."""
        return {**destinations(request), "topic": request.text("scope")}


def destinations(request: Request) -> dict[str, Any]:
    """The address that stands for a web hook in answers."""
    found: dict[str, Any] = {}
    direct = _base(request, "destination")
    if direct is not None:
        found["destination"] = direct
    own = _base(request, "deliveryWithResourceIdentity.destination")
    if own is not None:
        found["deliveryWithResourceIdentity"] = {"destination": own}
    return found


def _base(request: Request, path: str) -> dict[str, Any] | None:
    url = request.at(f"{path}.endpointUrl")
    if url is UNKNOWN:
        return {"endpointBaseUrl": UNKNOWN}
    return {"endpointBaseUrl": url.partition("?")[0]} if isinstance(url, str) else None
