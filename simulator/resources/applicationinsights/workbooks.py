"""Microsoft.Insights/workbooks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, PRINCIPAL, Model, Request, guid
from simulator.rule import Fault, rule

_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_AZURERM: Final = "azurerm 2026-08-21 application_insights_workbook (code not confirmed)"


@rule("workbook-name", kind="static", source=_AZURERM, reads=("resourceName",))
def name_is_a_guid(request: Request) -> Iterator[Fault]:
    """The name is a GUID; what people read is the display name. A name that Pulumi makes up is none."""
    if _GUID.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no GUID", "resourceName", "use a GUID that stays, and a displayName to read")


@rule("workbook-content", kind="static", source=_AZURERM)
def content_is_json(request: Request) -> Iterator[Fault]:
    """The content is a text in JSON."""
    text = request.known("serializedData")
    if isinstance(text, str):
        try:
            json.loads(text)
        except ValueError:
            yield Fault("serializedData is no JSON", "serializedData", "use json.dumps")


class Workbooks(Model):
    """A workbook: queries and charts on a page."""

    token = "azure-native:applicationinsights:Workbook"
    rules = (name_is_a_guid, content_is_json)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A page for everybody, of nothing in particular."""
        return {"kind": "shared", "sourceId": "Azure Monitor", "version": "Notebook/1.0"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Who wrote it, and when."""
        return {
            "etag": guid(request.id, "etag"),
            "revision": guid(request.id, "revision").replace("-", ""),
            "timeModified": CREATED,
            "userId": PRINCIPAL,
        }
