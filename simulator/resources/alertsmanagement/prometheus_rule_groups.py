"""Microsoft.AlertsManagement/prometheusRuleGroups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.ids import looks_like_id, type_of
from simulator.model import Model, Request
from simulator.resources.monitor.autoscale_rules import minutes
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, rule
from simulator.values import has_unknown

_AZURERM: Final = "azurerm 2026-08-21 monitor_alert_prometheus_rule_group (code not confirmed)"
_RECORD: Final = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*")


@rule("prom-interval", kind="static", source=_AZURERM)
def interval_is_short(request: Request) -> Iterator[Fault]:
    """The group is evaluated every 1 to 15 minutes."""
    value = request.known("interval")
    found = minutes(value)
    if isinstance(value, str) and (found is None or not 1 <= found <= 15):
        yield Fault(f"an interval of {value}", "interval", "use PT1M to PT15M")


@rule("prom-scope", kind="static", source="azure-rest-api-specs PrometheusRuleGroups.json (code not confirmed)")
def scope_is_a_workspace(request: Request) -> Iterator[Fault]:
    """The metrics are those of an Azure Monitor workspace; a cluster may narrow them."""
    scopes = request.known("scopes")
    if not isinstance(scopes, list) or has_unknown(scopes) or not all(looks_like_id(scope) for scope in scopes):
        return
    if not any(type_of(scope).lower() == "microsoft.monitor/accounts" for scope in scopes):
        yield Fault("no Azure Monitor workspace among the scopes", "scopes", "name a Microsoft.Monitor/accounts")


@rule("prom-rule-kind", kind="static", source="azure-rest-api-specs PrometheusRuleGroups.json (code not confirmed)")
def a_rule_records_or_alerts(request: Request) -> Iterator[Fault]:
    """A rule records a series or alerts, and says of which expression."""
    for index, each in enumerate(items(request.at("rules"))):
        target = f"rules[{index}]"
        if (each.get("record") is None) == (each.get("alert") is None):
            yield Fault("a rule has either `record` or `alert`", f"{target}.alert", "leave one of the two out")
        if each.get("expression") == "":
            yield Fault("a rule without an expression", f"{target}.expression", "write one in PromQL")
        record = each.get("record")
        if isinstance(record, str) and _RECORD.fullmatch(record) is None:
            yield Fault(f"'{record}' is no name of a series", f"{target}.record", "use letters, digits, _ and :")


@rule("prom-rule-limits", kind="static", source=_AZURERM)
def rules_are_in_range(request: Request) -> Iterator[Fault]:
    """Severity 0 to 4, and five actions at most."""
    for index, each in enumerate(items(request.at("rules"))):
        severity, actions = each.get("severity"), each.get("actions")
        if isinstance(severity, int | float) and severity not in (0, 1, 2, 3, 4):
            yield Fault(f"the severity {severity} is not one of 0 to 4", f"rules[{index}].severity")
        if isinstance(actions, list) and len(actions) > 5:
            yield Fault(f"{len(actions)} actions", f"rules[{index}].actions", "use 5 at most")


class PrometheusRuleGroups(Model):
    """Recording and alert rules on metrics of Prometheus."""

    token = "azure-native:alertsmanagement:PrometheusRuleGroup"
    rules = (scope_is_a_workspace, interval_is_short, a_rule_records_or_alerts, rules_are_in_range)

    def defaults(self, request: Request) -> dict[str, Any]:
        """A group that is evaluated each minute."""
        return {"enabled": True, "interval": "PT1M"}
