"""Microsoft.ContainerRegistry/registries/agentPools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request
from simulator.resources.containerregistry.registry_rules import below_premium
from simulator.rule import Fault, rule

_SOURCE: Final = "MicrosoftDocs/azure-management-docs container-registry/tasks-agent-pools.md (checked 2026-11-25)"
_TIERS: Final = ("S1", "S2", "S3", "I6")


@rule("acr-pool-premium", kind="cross-resource", source=_SOURCE)
def pool_needs_premium(request: Request) -> Iterator[Fault]:
    """Machines of one's own for tasks."""
    yield from below_premium(request, "an agent pool")


@rule("acr-pool-tier", kind="static", source=f"{_SOURCE} (code not confirmed)")
def tier_exists(request: Request) -> Iterator[Fault]:
    """Machines come in four sizes."""
    tier = request.known("tier")
    if isinstance(tier, str) and tier.upper() not in _TIERS:
        yield Fault(f"'{tier}' is no tier of agent pools", "tier", f"use one of {', '.join(_TIERS)}")


class AgentPools(Model):
    """Machines that run the registry's tasks."""

    token = "azure-native:containerregistry:AgentPool"
    rules = (pool_needs_premium, tier_exists)

    def defaults(self, request: Request) -> dict[str, Any]:
        """One small machine."""
        return {"count": 1, "os": "Linux", "tier": "S1"}
