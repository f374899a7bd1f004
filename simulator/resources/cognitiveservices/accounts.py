"""Microsoft.CognitiveServices/accounts."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.cognitiveservices.state_rules import ACCOUNT_STATE_RULES


class Accounts(Model):
    """An account of Cognitive Services, Azure OpenAI or AI Foundry."""

    token = "azure-native:cognitiveservices:Account"
    rules = ACCOUNT_STATE_RULES
