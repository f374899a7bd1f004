"""Who may do what."""

from __future__ import annotations

from pydantic import Field

from stacks.sections.section import Section
from stacks.types import Guid


class AccessSettings(Section):
    """Microsoft Entra groups (object ids) and what they are for."""

    platform_admins: Guid = Field(description="Required. Administer the cluster and the vault.")
    ml_engineers: Guid = Field(description="Required. Deploy models and run pipelines.")
    data_scientists: Guid = Field(description="Required. Use the workspace; no administration.")
    auditors: Guid = Field(description="Required. Read everything, change nothing.")
