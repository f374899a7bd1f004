"""Microsoft.Search/searchServices/sharedPrivateLinkResources."""

from __future__ import annotations

from simulator.model import Model
from simulator.resources.search.service_rules import SHARED_LINK_RULES


class SharedPrivateLinkResources(Model):
    """A private endpoint through which a search service reads its sources."""

    token = "azure-native:search:SharedPrivateLinkResource"
    rules = SHARED_LINK_RULES
