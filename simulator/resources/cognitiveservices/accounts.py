"""Microsoft.CognitiveServices/accounts."""

from __future__ import annotations

from typing import Any, Final

from simulator.model import Model, Request, digest
from simulator.resources.cognitiveservices.account_network_rules import ACCOUNT_NETWORK_RULES
from simulator.resources.cognitiveservices.account_rules import ACCOUNT_RULES
from simulator.resources.cognitiveservices.state_rules import ACCOUNT_STATE_RULES
from simulator.store import Record

# Names of the SDK's examples (azure-sdk-for-go armcognitiveservices) and of templates that read them.
FOUNDRY_API: Final = "AI Foundry API"
_MODEL_APIS: Final = ("OpenAI Language Model Instance API", "OpenAI Dall-E API", "OpenAI Sora API")


class Accounts(Model):
    """An account of Cognitive Services, Azure OpenAI or AI Foundry."""

    token = "azure-native:cognitiveservices:Account"
    functions = ("listAccountKeys",)
    rules = (*ACCOUNT_RULES, *ACCOUNT_NETWORK_RULES, *ACCOUNT_STATE_RULES)

    def outputs(self, request: Request) -> dict[str, Any]:
        """The endpoint: its own where the account has a subdomain, else that of the region."""
        return {
            "properties": {
                "endpoint": _endpoint(request),
                "endpoints": _endpoints(request),
                "provisioningState": "Succeeded",
            }
        }

    def invoke(self, function: str, record: Record) -> dict[str, Any]:
        """The two keys of the account."""
        return {name: digest(record.id, name, 32) for name in ("key1", "key2")}


def _endpoint(request: Request) -> str:
    subdomain = request.text("properties.customSubDomainName")
    if not subdomain:
        return f"https://{request.location}.api.cognitive.microsoft.com/"
    host = "openai.azure.com" if request.text("kind") == "OpenAI" else "cognitiveservices.azure.com"
    return f"https://{subdomain.lower()}.{host}/"


def _endpoints(request: Request) -> dict[str, str]:
    """The addresses of its models and projects, by the names under which programs look for them."""
    kind, subdomain = request.text("kind"), request.text("properties.customSubDomainName").lower()
    found: dict[str, str] = {}
    if subdomain and kind in ("OpenAI", "AIServices"):
        found = dict.fromkeys(_MODEL_APIS, f"https://{subdomain}.openai.azure.com/")
    if subdomain and kind == "AIServices":
        found[FOUNDRY_API] = f"https://{subdomain}.services.ai.azure.com/"
    return found
