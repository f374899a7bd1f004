"""CAPP-001: container apps stand in our network, without a public address, and encrypt what they say to each other."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CONTAINER_ENVIRONMENT
from policies.view import Judged, View

_SUBNET: Final = "vnetConfiguration.infrastructureSubnetId"
_INTERNAL: Final = "vnetConfiguration.internal"
_ENCRYPTED: Final = "peerTrafficConfiguration.encryption.enabled"


def check(environment: View, _context: Context) -> Judged:
    """A subnet of ours, no public address, TLS between containers."""
    yield from environment.must_be("publicNetworkAccess", "Disabled")
    yield from environment.must_be(_INTERNAL, True)
    yield from environment.must_be_set(_SUBNET)
    yield from environment.must_be(_ENCRYPTED, True)


def _environment(access: str = "Disabled", *, internal: bool = True, encrypted: bool = True) -> dict[str, Any]:
    return {
        "publicNetworkAccess": access,
        "vnetConfiguration": {"internal": internal, "infrastructureSubnetId": "a-subnet"},
        "peerTrafficConfiguration": {"encryption": {"enabled": encrypted}},
    }


_API: Final = "ManagedEnvironment, Microsoft.App 2025-02-02-preview"

RULE = Rule(
    id="CAPP-001",
    title="Container apps stand in our network, without a public address, and encrypt what they say to each other",
    severity=Severity.CRITICAL,
    category=Category.NETWORK,
    types=(CONTAINER_ENVIRONMENT,),
    controls=(
        "itsg33/SC-7",
        "itsg33/SC-8(1)",
        "mcsb/NS-2",
        "mcsb/DP-3",
        "hipaa/164.312(e)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.ContainerApp.PublicAccess",),
        "azure_policy": ("d074ddf8-01a5-4b5e-a2b8-964aed452c0a", "8b346db6-85af-419b-8557-92cee2c0f9bb"),
    },
    why="Runners of pipelines may change the platform: whoever reaches them from outside, or leaves by them, may too.",
    fix="Disable publicNetworkAccess, give vnetConfiguration a subnet and internal true, and encrypt peer traffic.",
    link="https://learn.microsoft.com/azure/container-apps/networking",
    properties=(
        Property("publicNetworkAccess", "Enabled", Verdict.FAIL, f"{_API}: Enabled (not re-read)"),
        Property(_INTERNAL, False, Verdict.FAIL, f"{_API}: a public address"),
        Property(_SUBNET, ABSENT, Verdict.FAIL, f"{_API}: a network of Microsoft", unknown=Verdict.PASS),
        Property(_ENCRYPTED, False, Verdict.FAIL, f"{_API}: off"),
    ),
    check=check,
    good=(Example(_environment()), Example(_environment("disabled"), environment="dev")),
    bad=(
        Example(_environment("Enabled")),
        Example(_environment(internal=False)),
        Example(_environment(encrypted=False)),
        Example({**_environment(), "vnetConfiguration": {"internal": True}}),
    ),
    breaks=(
        Break("publicNetworkAccess", "Enabled"),
        Break("publicNetworkAccess", ABSENT),
        Break(_INTERNAL, False),
        Break(_SUBNET, ABSENT),
        Break("vnetConfiguration", ABSENT),
        Break(_ENCRYPTED, False),
        Break("peerTrafficConfiguration", ABSENT),
    ),
)
