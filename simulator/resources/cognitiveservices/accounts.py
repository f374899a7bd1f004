"""Microsoft.CognitiveServices/accounts."""

from __future__ import annotations

from typing import Any

from simulator.model import Model, Request, digest
from simulator.resources.cognitiveservices.account_network_rules import ACCOUNT_NETWORK_RULES
from simulator.resources.cognitiveservices.account_rules import ACCOUNT_RULES
from simulator.resources.cognitiveservices.state_rules import ACCOUNT_STATE_RULES
from simulator.store import Record


class Accounts(Model):
    """An account of Cognitive Services, Azure OpenAI or AI Foundry."""

    token = "azure-native:cognitiveservices:Account"
    functions = ("listAccountKeys",)
    rules = (*ACCOUNT_RULES, *ACCOUNT_NETWORK_RULES, *ACCOUNT_STATE_RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The endpoint: its own where the account has a subdomain, else that of the region."""
        return {"properties": {"endpoint": _endpoint(request), "provisioningState": "Succeeded"}}

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The two keys of the account."""
        return {name: digest(record.id, name, 32) for name in ("key1", "key2")}


def _endpoint(request: Request) -> str:
    subdomain = request.text("properties.customSubDomainName")
    if not subdomain:
        return f"https://{request.location}.api.cognitive.microsoft.com/"
    host = "openai.azure.com" if request.text("kind") == "OpenAI" else "cognitiveservices.azure.com"
    return f"https://{subdomain.lower()}.{host}/"
