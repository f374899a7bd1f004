"""Namespaces that the subscription is known not to have registered."""

from __future__ import annotations

import pytest

from simulator.errors import ArmError
from tests.simulator.azure import Azure
from tests.simulator.examples import EXAMPLES
from tests.simulator.failures import in_subscription

FACTS = {"providers_not_registered": ["Microsoft.Storage"]}


def test_a_resource_of_a_namespace_that_is_not_registered_is_refused_also_by_a_preview(azure: Azure) -> None:
    with in_subscription(FACTS):
        for preview in (True, False):
            with pytest.raises(ArmError) as refused:
                azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"], preview=preview)
            [refusal] = refused.value.refusals
            assert (refusal.code, refusal.status.value) == ("MissingSubscriptionRegistration", 409)
            assert "'Microsoft.Storage'" in refusal.message
            assert "az provider register --namespace Microsoft.Storage" in str(refusal.fix)


def test_what_is_there_already_and_what_is_of_another_namespace_is_not(azure: Azure) -> None:
    made = azure.create("storage:StorageAccount", "st", EXAMPLES["storage:StorageAccount"])
    with in_subscription(FACTS):
        azure.update("storage:StorageAccount", "st", made, {**EXAMPLES["storage:StorageAccount"], "tags": {"a": "b"}})
        azure.network()
