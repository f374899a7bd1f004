"""Microsoft.CognitiveServices/accounts/capabilityHosts."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.cognitiveservices.project_rules import CAPABILITY_HOST_RULES


class AccountCapabilityHosts(Model):
    """What makes an account able to run agents."""

    token = "azure-native:cognitiveservices:AccountCapabilityHost"
    rules = CAPABILITY_HOST_RULES
