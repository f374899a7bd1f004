"""Every type that Azure measures or logs has metric alerts, or a reason why not; by the components' source, so that an
option that no stack has on counts too.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pulumi import CustomResource

from components.observability.alert_wiring import NOT_WATCHED, WATCHED
from components.observability.metric_alert_table import metric_alerts
from facts.diagnostics import all_diagnostics
from facts.metrics import platform_metrics
from simulator.paths import listed_tokens, path_of

COMPONENTS = Path(__file__).parents[3] / "components"
SDK = "pulumi_azure_native"


def made_in(source: str) -> Iterator[str]:
    """The types of the SDK that a module makes: `keyvault:Vault`."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == SDK
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            module = names[node.value.id]
            made = getattr(importlib.import_module(f"{SDK}.{module}"), node.attr, None)
            if isinstance(made, type) and issubclass(made, CustomResource):
                yield f"{module}:{node.attr}"


@cache
def used() -> frozenset[str]:
    return frozenset(token for file in COMPONENTS.rglob("*.py") for token in made_in(file.read_text(encoding="utf-8")))


def is_measured_or_logged(token: str) -> bool:
    """Azure has platform metrics of it, or logs: something runs there."""
    if f"azure-native:{token}" not in listed_tokens():
        return False
    arm_type = path_of(f"azure-native:{token}").arm_type
    logged = {name.lower() for name, row in all_diagnostics().items() if row.logs or row.groups}
    return platform_metrics(arm_type) is not None or arm_type.lower() in logged


@pytest.mark.capability("O4")
def test_a_type_that_azure_measures_has_metric_alerts_or_a_reason() -> None:
    left = used() - set(WATCHED) - set(NOT_WATCHED)
    assert sorted(token for token in left if is_measured_or_logged(token)) == []


def test_a_reason_is_about_a_type_that_is_used_and_has_no_alerts() -> None:
    assert set(NOT_WATCHED) - {token for token in used() if is_measured_or_logged(token)} == set()
    assert set(NOT_WATCHED) & set(WATCHED) == set()


@pytest.mark.capability("O4")
def test_a_watched_type_is_used_is_called_as_arm_does_and_has_an_alert() -> None:
    alerts = {alert.resource_type for alert in metric_alerts(1000)}
    for token, arm_type in WATCHED.items():
        assert token in used()
        assert path_of(f"azure-native:{token}").arm_type.lower() == arm_type.lower()
        assert arm_type in alerts


def test_types_are_found_under_any_name_of_their_module() -> None:
    text = f"from {SDK} import keyvault as vaults\nvaults.Vault('x', vaults.SkuArgs())\n"
    assert set(made_in(text)) == {"keyvault:Vault"}
    assert {"network:ApplicationGateway", "storage:StorageAccount", "containerservice:ManagedCluster"} <= used()
