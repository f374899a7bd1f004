"""Microsoft.CognitiveServices/accounts/raiPolicies."""

from __future__ import annotations

from simulator.model import Model


class RaiPolicies(Model):
    """A content filter of an account."""

    token = "azure-native:cognitiveservices:RaiPolicy"
