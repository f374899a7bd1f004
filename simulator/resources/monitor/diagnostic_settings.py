"""Microsoft.Insights/diagnosticSettings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.errors import Refusal
from simulator.model import Model, Request

_SINKS = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")


class DiagnosticSettings(Model):
    """Where a resource sends its logs and metrics."""

    token = "azure-native:monitor:DiagnosticSetting"

    def refusals(self, request: Request) -> Iterator[Refusal]:
        """Somewhere to send to, something to send, and no mix of categories and groups."""
        if all(request.at(name) is None for name in _SINKS):
            yield Refusal(
                "BadRequest",
                "a diagnostic setting needs at least one destination: a workspace, a storage account or an event hub",
                target="workspaceId",
            )
        logs = _items(request.at("logs"))
        if request.at("logs") is None and request.at("metrics") is None:
            yield Refusal(
                "BadRequest", "a diagnostic setting needs at least one category of logs or metrics", target="logs"
            )
        kinds = {name for item in logs for name in ("category", "categoryGroup") if item.get(name) is not None}
        if len(kinds) > 1:
            yield Refusal(
                "BadRequest",
                "Diagnostic setting does not support mix of log category and log category group.",
                target="logs",
                quoted=True,
            )


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
