"""The one place in which an output is unwrapped: the answer of AKS is encoded, and Pulumi has no function for that."""

from __future__ import annotations

from base64 import b64decode

from pulumi import Output


def decoded(text: Output[str]) -> Output[str]:
    """What a text in base64 says."""
    return text.apply(lambda value: b64decode(value).decode())
