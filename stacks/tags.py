"""The tags that everything in a stack has."""

from __future__ import annotations

from facts.regions import region
from stacks.settings import Settings


def tags(settings: Settings) -> dict[str, str]:
    """Who answers, who pays, what it holds and where it must stay."""
    return {
        "owner": settings.owner,
        "cost-centre": settings.cost_centre,
        "environment": settings.environment.value,
        "classification": settings.classification.value,
        "data-residency": region(settings.region.value).country,
        "managed-by": "pulumi",
    }
