from __future__ import annotations

from dataclasses import replace

import pytest

from components.security.expiry_events import ExpiryEvents, problems
from tests.components.recording import arm_id, one, record
from tests.components.security.examples import EXPIRY

pytestmark = pytest.mark.capability("K1")


def test_somebody_is_told_of_every_expiry_without_a_public_address() -> None:
    recorded = record(lambda: ExpiryEvents("x", EXPIRY))
    topic = one(recorded, "eventgrid:SystemTopic").inputs
    assert (topic["source"], topic["topicType"]) == ("/vault", "Microsoft.KeyVault.vaults")
    subscription = one(recorded, "eventgrid:SystemTopicEventSubscription").inputs
    assert subscription["eventDeliverySchema"] == "CloudEventSchemaV1_0"
    assert subscription["destination"]["endpointType"] == "MonitorAlert"
    assert subscription["destination"]["actionGroups"] == ["/action-group"]
    assert subscription["destination"]["severity"] == "Sev2"


@pytest.mark.parametrize("kind", ["Key", "Secret", "Certificate"])
def test_the_warning_comes_before_and_after(kind: str) -> None:
    subscription = one(record(lambda: ExpiryEvents("x", EXPIRY)), "eventgrid:SystemTopicEventSubscription").inputs
    told = set(subscription["filter"]["includedEventTypes"])
    assert {f"Microsoft.KeyVault.{kind}NearExpiry", f"Microsoft.KeyVault.{kind}Expired"} <= told


def test_undelivered_events_are_logged() -> None:
    setting = one(record(lambda: ExpiryEvents("x", EXPIRY)), "monitor:DiagnosticSetting").inputs
    assert setting["resourceUri"] == arm_id("x-topic")


def test_a_subscription_takes_five_action_groups() -> None:
    assert problems(replace(EXPIRY, action_group_ids=("/a",) * 5)) == []
    assert len(problems(replace(EXPIRY, action_group_ids=("/a",) * 6))) == 1
