"""Prices of services by the hour: of types that Azure has, in a form that can be looked up."""

from __future__ import annotations

from importlib import import_module

import pytest

from facts.service_prices import CANADA, service_prices


@pytest.mark.parametrize("service", sorted({service for service, _ in service_prices()}))
def test_a_priced_service_is_a_type_of_azure(service: str) -> None:
    module, _, name = service.partition(":")
    assert hasattr(import_module(f"pulumi_azure_native.{module}"), name)


def test_tiers_are_in_lower_case_and_what_has_one_price_has_no_tiers() -> None:
    prices = service_prices()
    assert [tier for _, tier in prices if tier != tier.lower()] == []
    alone = {service for service, tier in prices if not tier}
    assert {service for service, tier in prices if tier} & alone == set()


def test_a_dearer_tier_costs_more() -> None:
    prices = service_prices()
    for service, tiers in (
        ("containerservice:ManagedCluster", ("free", "standard", "premium")),
        ("eventhub:Namespace", ("basic", "standard", "premium")),
        ("web:AppServicePlan", ("b1", "p0v3", "p1v3", "p2v3", "p3v3")),
    ):
        found = [prices[service, tier] for tier in tiers]
        assert found == sorted(found)
        assert len(set(found)) == len(found)


def test_prices_are_those_of_canada() -> None:
    # 912.50 USD for 730 hours in East US.
    assert service_prices()["network:AzureFirewall", "standard"] == pytest.approx(912.5 / 730 * CANADA)
