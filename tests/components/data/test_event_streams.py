from __future__ import annotations

from dataclasses import replace

import pytest

from components.data.event_streams import EventStreams, EventStreamsArgs, Stream, problems
from tests.components.data.examples import STREAMS, event_streams
from tests.components.recording import Recorded, arm_id, one, record
from tests.components.security.examples import a_customer_key

pytestmark = pytest.mark.capability("D3")


def made() -> list[Recorded]:
    return record(lambda: EventStreams("x", event_streams()))


def found(**changes: object) -> list[str]:
    answers: list[str] = []

    def program() -> None:
        args: EventStreamsArgs = replace(event_streams(), **changes)  # type: ignore[arg-type]
        answers.extend(problems(args))

    record(program)
    return answers


def test_only_entra_identities_inside_the_spoke_send_and_receive() -> None:
    namespace = one(made(), "eventhub:Namespace").inputs
    assert namespace["disableLocalAuth"] is True
    assert namespace["publicNetworkAccess"] == "Disabled"
    assert namespace["minimumTlsVersion"] == "1.2"
    rules = one(made(), "eventhub:NamespaceNetworkRuleSet").inputs
    assert (rules["defaultAction"], rules["trustedServiceAccessEnabled"]) == ("Deny", True)


def test_every_answer_of_a_model_ends_in_the_lake() -> None:
    capture = one(made(), "eventhub:EventHub", "x-evh-inference").inputs["captureDescription"]
    assert capture["enabled"] is True
    assert capture["skipEmptyArchives"] is True
    assert capture["destination"]["storageAccountResourceId"] == "/lake"
    assert capture["destination"]["blobContainer"] == "bronze"
    assert capture["destination"]["identity"] == {
        "type": "UserAssigned",
        "userAssignedIdentity": arm_id("event-capture-id"),
    }
    assert "captureDescription" not in one(made(), "eventhub:EventHub", "x-evh-events").inputs


def test_the_namespace_waits_until_its_identity_may_write_the_lake() -> None:
    recorded = made()
    role = one(recorded, "UserAssignedIdentity", "capture-role")
    assert role.urn in one(recorded, "eventhub:Namespace").depends_on


@pytest.mark.capability("K3")
def test_premium_encrypts_with_a_key_of_our_own() -> None:
    recorded = record(
        lambda: EventStreams("x", replace(event_streams(), sku="Premium", customer_key=a_customer_key("event-hubs")))
    )
    namespace = one(recorded, "eventhub:Namespace").inputs
    assert namespace["encryption"]["keySource"] == "Microsoft.KeyVault"
    assert namespace["encryption"]["requireInfrastructureEncryption"] is True
    assert namespace["encryption"]["keyVaultProperties"] == [
        {
            "keyName": "event-hubs",
            "keyVaultUri": "https://a-vault.example/",
            "identity": {"userAssignedIdentity": arm_id("encryption-event-hubs-id")},
        }
    ]
    assert arm_id("encryption-event-hubs-id") in namespace["identity"]["userAssignedIdentities"]


@pytest.mark.parametrize(
    ("stream", "sku", "count"),
    [
        (replace(STREAMS["events"], partitions=33), "Standard", 1),
        (replace(STREAMS["events"], partitions=33), "Premium", 0),
        (replace(STREAMS["events"], retention_hours=169), "Standard", 1),
        (replace(STREAMS["events"], retention_hours=2161), "Premium", 1),
        (replace(STREAMS["events"], retention_hours=168), "Standard", 0),
    ],
)
def test_a_stream_fits_its_tier(stream: Stream, sku: str, count: int) -> None:
    assert len(found(streams={"events": stream}, sku=sku)) == count
