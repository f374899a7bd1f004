from __future__ import annotations

from dataclasses import replace

import pytest

from components.governance.defender_plans import DefenderPlans, problems
from tests.components.governance.examples import DEFENDER
from tests.components.recording import one, record


@pytest.mark.capability("A6", "K4")
def test_uploads_are_scanned_up_to_a_cap() -> None:
    plan = one(record(lambda: DefenderPlans("x", DEFENDER)), ":Pricing", "x-plan-storageaccounts").inputs
    assert (plan["pricingTier"], plan["subPlan"]) == ("Standard", "DefenderForStorageV2")
    scan = {extension["name"]: extension for extension in plan["extensions"]}["OnUploadMalwareScanning"]
    assert scan["additionalExtensionProperties"] == {"CapGBPerMonthPerStorageAccount": "500"}


def test_plans_are_switched_one_after_the_other() -> None:
    made = record(lambda: DefenderPlans("x", DEFENDER))
    first, second = (one(made, ":Pricing", f"x-plan-{name}") for name in ("keyvaults", "storageaccounts"))
    assert first.urn in second.depends_on


def test_somebody_hears_of_an_alert() -> None:
    contact = one(record(lambda: DefenderPlans("x", DEFENDER)), ":SecurityContact").inputs
    assert contact["emails"] == "security@gov.example"
    assert contact["securityContactName"] == "default"
    assert problems(replace(DEFENDER, contacts=())) == ["without a contact nobody hears of a finding"]


def test_a_plan_that_is_there_twice_is_a_problem() -> None:
    assert len(problems(replace(DEFENDER, plans=("KeyVaults", "KeyVaults")))) == 1
