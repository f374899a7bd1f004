"""What Event Grid answers of the destination of a subscription: a web hook without its query, which holds the key."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Request
from simulator.values import UNKNOWN

# Taken and not answered (`x-ms-secret` in azure-rest-api-specs; the SDKs' examples have no `endpointUrl` in answers).
WRITE_ONLY: Final = ("destination.endpointUrl", "deliveryWithResourceIdentity.destination.endpointUrl")


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
