"""How the components of keys and secrets are made, and what they are made of."""

from __future__ import annotations

from components.security.encryption_key import EncryptionKey
from components.security.expiry_events import ExpiryEvents
from components.security.managed_hsm import ManagedHsm
from tests.components.security import examples

MAKERS = {
    "encryption_key:EncryptionKey": (
        lambda o: EncryptionKey("x", examples.KEY, o),
        ("Key|x-key",),
        ("key_id", "key_uri", "key_version_uri"),
    ),
    "expiry_events:ExpiryEvents": (
        lambda o: ExpiryEvents("x", examples.EXPIRY, o),
        ("DiagnosticSetting|x-diag", "SystemTopic|x-topic", "SystemTopicEventSubscription|x-events"),
        ("topic_id",),
    ),
    "managed_hsm:ManagedHsm": (
        lambda o: ManagedHsm("x", examples.HSM, o),
        ("DiagnosticSetting|x-diag", "ManagedHsm|x-hsm", "PrivateEndpoint|x-managedhsm"),
        ("hsm_id", "hsm_uri"),
    ),
}
