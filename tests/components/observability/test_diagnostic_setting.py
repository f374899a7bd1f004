from __future__ import annotations

import pulumi
import pytest

from components.observability.diagnostic_setting import AKS_LOGS, LogChoice, log_choice, send_diagnostics
from facts.diagnostics import diagnostics
from tests.components.recording import one, record

AKS = "Microsoft.ContainerService/managedClusters"


@pytest.mark.parametrize(
    ("resource_type", "choice"),
    [
        (AKS, LogChoice(categories=AKS_LOGS)),
        ("Microsoft.KeyVault/vaults", LogChoice(groups=("allLogs",))),
        (
            "Microsoft.Storage/storageAccounts/blobServices",
            LogChoice(categories=("StorageDelete", "StorageRead", "StorageWrite")),
        ),
    ],
)
def test_categories_are_chosen_per_type(resource_type: str, choice: LogChoice) -> None:
    assert log_choice(resource_type) == choice


def test_aks_sends_only_categories_that_it_has_and_never_the_full_audit() -> None:
    offered = diagnostics(AKS).logs
    assert offered is not None
    assert set(AKS_LOGS) <= set(offered)
    assert "kube-audit" not in AKS_LOGS


def test_a_type_without_logs_is_refused() -> None:
    with pytest.raises(LookupError, match="no log categories"):
        log_choice("Microsoft.Storage/storageAccounts")


def test_metrics_are_not_sent_and_aks_logs_get_tables_of_their_own() -> None:
    def program() -> None:
        send_diagnostics("aks", "/aks", AKS, "/logs", pulumi.ResourceOptions())
        send_diagnostics("vault", "/vault", "Microsoft.KeyVault/vaults", "/logs", pulumi.ResourceOptions())

    recorded = record(program)
    aks = one(recorded, "monitor:DiagnosticSetting", "aks").inputs
    vault = one(recorded, "monitor:DiagnosticSetting", "vault").inputs
    assert aks["logAnalyticsDestinationType"] == "Dedicated"
    assert [log["category"] for log in aks["logs"]] == list(AKS_LOGS)
    assert vault["logs"] == [{"categoryGroup": "allLogs", "enabled": True}]
    assert "metrics" not in aks
    assert "logAnalyticsDestinationType" not in vault
