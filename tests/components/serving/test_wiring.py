"""From the settings that are really deployed to apps."""

from __future__ import annotations

import pytest

from tests.components.deployed import deployed
from tests.components.recording import Recorded, arm_id, one

APP = "mlops-app-triage"


def of(stack: str) -> list[Recorded]:
    return list(deployed(stack))


@pytest.mark.capability("W1")
class TestPlaces:
    def test_instances_are_spread_where_the_region_has_zones(self) -> None:
        prod, dr = (one(of(stack), "web:AppServicePlan").inputs for stack in ("prod", "dr"))
        assert (prod["zoneRedundant"], prod["sku"]["capacity"]) == (True, 3)
        assert (dr["zoneRedundant"], dr["sku"]["capacity"]) == (False, 1)

    def test_an_app_leaves_through_the_subnet_of_apps(self) -> None:
        site = one(of("prod"), "web:WebApp").inputs
        assert site["virtualNetworkSubnetId"] == arm_id("mlops-network-snet-app_service")
        assert site["serverFarmId"] == arm_id("mlops-apps-asp")

    def test_an_app_pulls_from_the_registry_and_may_do_nothing_else(self) -> None:
        recorded = of("prod")
        grants = [r for r in recorded if r.type.endswith(":RoleAssignment") and "app-triage" in r.name]
        assert [each.inputs["scope"] for each in grants] == [arm_id("mlops-registry-cr")]
        assert grants[0].urn in one(recorded, "web:WebApp").depends_on

    def test_a_stack_without_serving_has_no_apps(self) -> None:
        assert [r.name for r in of("dev") if ":web:" in r.type] == []


@pytest.mark.capability("W2")
class TestReleases:
    def test_the_slot_runs_what_is_live_while_nothing_is_staged(self) -> None:
        site, slot = (one(of("prod"), type_).inputs for type_ in ("web:WebApp", "web:WebAppSlot"))
        assert slot["siteConfig"]["linuxFxVersion"] == site["siteConfig"]["linuxFxVersion"]

    def test_the_slot_runs_what_is_staged(self) -> None:
        slot = one(of("test"), "web:WebAppSlot").inputs
        models = [each["value"] for each in slot["siteConfig"]["appSettings"] if each["name"] == "MODEL"]
        assert models == ["azureml://registries/mlr-mlops-prod-cnc-e6036/models/triage/versions/placeholder-2"]
