"""The edge: an application gateway with a web application firewall in front of what serves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from stacks.sections.section import Section
from stacks.types import Cidr, Fqdn, MlName, SecretName

ProbePath = Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9/_.-]*$")]


class EdgeSiteSettings(Section):
    """One host name that callers use, and who answers."""

    host: Fqdn = Field(description="Required. Name that callers use; the certificate must be for it.")
    certificate: SecretName = Field(
        description="Required. Certificate of the platform's vault, by name; renewals are followed by themselves."
    )
    backend: Fqdn = Field(description="Required. Private name of what answers, such as a web app's host name.")
    health_path: ProbePath = Field(default="/health", description="Optional. Answers 200 when the backend can serve.")


class EdgeSettings(Section):
    """An application gateway (WAF v2); needs the subnet application_gateway. It listens on a private address only."""

    min_units: int = Field(default=1, ge=0, le=125, description="Optional. Capacity that always stands; billed.")
    max_units: int = Field(default=10, ge=2, le=125, description="Optional. Most capacity under load.")
    sites: dict[MlName, EdgeSiteSettings] = Field(min_length=1, description="Required. What is let through, by name.")
    caller_ranges: tuple[Cidr, ...] = Field(
        default=(),
        description="Optional. Ranges of ministries and systems that may call the sites, besides the operator ranges; "
        "they reach nothing else.",
    )
    only_report_attacks: bool = Field(
        default=False, description="Conditional. true lets attacks through and logs them; for the first days of a site."
    )
