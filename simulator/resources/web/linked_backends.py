"""Microsoft.Web/staticSites/linkedBackends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.ids import key, name_of, parents
from simulator.model import CREATED, Model, Request
from simulator.rule import Fault, rule

_TYPE = "microsoft.web/staticsites/linkedbackends"


@rule(
    "app-static-site-one-backend", kind="cross-resource", code="BadRequest", quoted=True,
    source="Azure/static-web-apps#576",
)  # fmt: skip
def one_backend(request: Request) -> Iterator[Fault]:
    """A static site has one backend."""
    site = next(parents(request.id))
    for other in request.world.below(site):
        if other.type.lower() == _TYPE and other.key != key(request.id):
            yield Fault(
                "One Static Web App can not have more than one linked backend.",
                "linkedBackendName",
                f"delete {name_of(other.id)}, or link the backend under that name",
            )
            return


class LinkedBackends(Model):
    """The backend that answers the API calls of a static site."""

    token = "azure-native:web:StaticSiteLinkedBackend"
    rules = (one_backend,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was linked."""
        return {"createdOn": CREATED, "provisioningState": "Succeeded", "systemData": None}
