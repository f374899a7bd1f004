"""How the components of keys and secrets are made, and what they are made of."""

from __future__ import annotations

from components.security.encryption_key import EncryptionKey
from tests.components.security import examples

MAKERS = {
    "encryption_key:EncryptionKey": (
        lambda o: EncryptionKey("x", examples.KEY, o),
        ("Key|x-key",),
        ("key_id", "key_uri", "key_version_uri"),
    ),
}
