"""Azure ML."""

from __future__ import annotations

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Fqdn


class MachineLearningSettings(Section):
    """The Azure ML workspace."""

    allowed_fqdns: tuple[Fqdn, ...] = Field(
        default=(), description="Optional. Hosts that the managed network may reach, besides Azure services."
    )
    high_business_impact: bool | None = Field(
        default=None,
        description="Optional. Less diagnostic data for Microsoft; can't change after creation. Absent: as classified.",
    )
