"""Microsoft.Dashboard/dashboards/dashboardDefinitions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_SDK: Final = "azure-native 3 docs of DashboardDefinition: an escaped dashboard in JSON (code not confirmed)"


@rule("dashboard-definition-json", kind="static", source=_SDK)
def is_a_dashboard(request: Request) -> Iterator[Fault]:
    """What is shown is the JSON of one Grafana dashboard, as a text."""
    path = "properties.serializedData"
    text = request.known(path)
    if not isinstance(text, str):
        return
    try:
        model = json.loads(text)
    except ValueError:
        model = None
    if not isinstance(model, Mapping):
        yield Fault("the definition is no JSON of a dashboard", path, "write the dashboard's JSON model as a text")


class DashboardDefinitions(Model):
    """What a dashboard shows."""

    token = "azure-native:dashboard:DashboardDefinition"
    rules = (is_a_dashboard,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its state."""
        return {"properties": {"provisioningState": "Succeeded"}}
