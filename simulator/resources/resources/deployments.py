"""Microsoft.Resources/deployments in a resource group: a template, whose resources are written with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.model import CREATED, Model, Request, guid
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN


@rule("deployment-template-incomplete", kind="static", code="InvalidTemplate",
      source="MicrosoftDocs/azure-docs azure-resource-manager/templates/syntax.md (checked 2026-11-25)",
      reads=("properties.template",))  # fmt: skip
def template_is_whole(request: Request) -> Iterator[Fault]:
    """A template says its schema, its version and its resources; each of those has a type, a version and a name."""
    template = request.known("properties.template")
    if not isinstance(template, Mapping):
        return
    path = "properties.template"
    missing = [name for name in ("$schema", "contentVersion", "resources") if template.get(name) is None]
    if missing:
        yield Fault(f"the template lacks {', '.join(missing)}", path, "add it")
    listed = template.get("resources")
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        lacks = [
            name for name in ("type", "apiVersion", "name") if isinstance(each, Mapping) and each.get(name) is None
        ]
        if lacks:
            yield Fault(f"resource {index} of the template lacks {', '.join(lacks)}", path, "add it")


class Deployments(Model):
    """A template deployment. Deleting it leaves what it wrote."""

    token = "azure-native:resources:Deployment"
    rules = (template_is_whole,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state; the time is that of everything here."""
        mode = request.at("properties.mode")
        return {
            "properties": {
                "correlationId": guid(request.id, f"correlation-{request.revision}"),
                "mode": UNKNOWN if mode is UNKNOWN else mode,
                "provisioningState": "Succeeded",
                "timestamp": CREATED,
            }
        }
