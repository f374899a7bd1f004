"""Microsoft.OperationalInsights/clusters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, Model, Request, guid
from simulator.resources.operationalinsights.workspace_rules import COMMITMENTS
from simulator.rule import Fault, rule

_PAGE: Final = (
    "MicrosoftDocs/azure-monitor-docs customer-managed-keys.md, logs-dedicated-clusters.md (code not confirmed)"
)


@rule("log-cluster-commitment", kind="static",
      source="azurerm 2026-08-21 log_analytics_cluster size_gb (code not confirmed)")  # fmt: skip
def capacity_is_a_level(request: Request) -> Iterator[Fault]:
    """A cluster commits to one of the levels."""
    capacity = request.known("sku.capacity")
    if isinstance(capacity, int | float) and capacity not in COMMITMENTS:
        yield Fault(
            f"{capacity} GB a day is no level", "sku.capacity", f"use one of {', '.join(map(str, COMMITMENTS))}"
        )


@rule("log-cluster-key", kind="static", source=_PAGE, reads=("identity.type",))
def own_keys_need_an_identity(request: Request) -> Iterator[Fault]:
    """A cluster reads its key as some identity."""
    if request.at("keyVaultProperties.keyName") not in (None, "") and request.at("identity.type") in (None, "None"):
        yield Fault("a key of one's own without an identity", "identity", "give the cluster an identity")


class Clusters(Model):
    """A dedicated cluster of Log Analytics."""

    token = "azure-native:operationalinsights:Cluster"
    rules = (capacity_is_a_level, own_keys_need_an_identity)

    def defaults(self, request: Request) -> dict[str, Any]:
        """The bill goes to the cluster."""
        return {"billingType": "Cluster", "isAvailabilityZonesEnabled": False, "isDoubleEncryptionEnabled": False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Its id, and the principal of its own identity."""
        found: dict[str, Any] = {
            "clusterId": guid(request.id, "cluster"),
            "createdDate": CREATED,
            "lastModifiedDate": CREATED,
            "associatedWorkspaces": [],
            "capacityReservationProperties": {"lastSkuUpdate": CREATED, "minCapacity": min(COMMITMENTS)},
            "provisioningState": "Succeeded",
        }
        if request.at("identity.type") != "SystemAssigned":
            return found
        return {**found, "identity": {"principalId": guid(request.id, "principal")}}
