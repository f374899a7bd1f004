"""Microsoft.ContainerRegistry/registries/webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from simulator.ids import key, parents
from simulator.model import Model, Request, normal_location
from simulator.resources.containerregistry.registry_rules import registry_of
from simulator.rule import Fault, rule
from simulator.values import at

_WEBHOOKS: Final = "MicrosoftDocs/azure-management-docs container-registry/container-registry-webhook.md"
_MOST: Final = {"Basic": 2, "Standard": 10, "Premium": 500}


@rule("acr-webhook-uri", kind="static", source=f"{_WEBHOOKS} (checked 2026-11-25; code not confirmed)")
def address_is_a_url(request: Request) -> Iterator[Fault]:
    """A notice is posted to a URL."""
    text = request.known("serviceUri")
    if isinstance(text, str) and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc):
        yield Fault("the address is no URL", "serviceUri", "write it with https://")


@rule("acr-webhook-region", kind="cross-resource", source=f"{_WEBHOOKS} (checked 2026-11-25; code not confirmed)")
def region_has_the_registry(request: Request) -> Iterator[Fault]:
    """A webhook is where the registry or a replication of it is."""
    home = at(registry_of(request), "location")
    below = request.world.below(next(parents(request.id), ""))
    regions = {str(each.body.get("location")) for each in below if each.type.lower().endswith("/replications")}
    here = request.known("location")
    if isinstance(home, str) and isinstance(here, str):
        known = {normal_location(region) for region in (home, *regions)}
        if normal_location(here) not in known:
            yield Fault(f"the registry is not in {here}", "location", f"use one of {', '.join(sorted(known))}")


@rule(
    "acr-webhook-limit", kind="cross-resource", source="docs.azure.cn container-registry/container-registry-skus "
    "(checked 2026-11-25; code not confirmed)",
)  # fmt: skip
def webhooks_are_few(request: Request) -> Iterator[Fault]:
    """How many webhooks a registry has is a matter of its SKU."""
    tier = str(at(registry_of(request), "sku.name"))
    below = request.world.below(next(parents(request.id), ""))
    others = [each for each in below if each.type.lower().endswith("/webhooks") and each.key != key(request.id)]
    if tier in _MOST and len(others) >= _MOST[tier]:
        yield Fault(f"a {tier} registry has {_MOST[tier]} webhooks at most", "registryName", "use a higher SKU")


class Webhooks(Model):
    """A notice of what happens in the registry."""

    token = "azure-native:containerregistry:Webhook"
    write_only = ("serviceUri", "customHeaders")
    rules = (address_is_a_url, region_has_the_registry, webhooks_are_few)

    def defaults(self, request: Request) -> dict[str, Any]:
        """In use."""
        return {"status": "enabled"}
