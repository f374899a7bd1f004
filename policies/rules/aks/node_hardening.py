"""AKS-013: nobody signs in to nodes with a key, and their cryptography is validated where that is demanded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules._faults import changing
from policies.rules.aks._pools import INLINE, alone, has_gpus, inline, pool_breaks, pool_properties, pools
from policies.types import AGENT_POOL, CLUSTER
from policies.view import Judged, View, guarded


def check(view: View, context: Context) -> Judged:
    """SSH is off or by Entra ID; images are FIPS ones where the classification demands it and AKS has one."""
    for pool in pools(view, context):
        yield from pool.must_be_one_of("securityProfile.sshAccess", ("Disabled", "EntraId"))
        if context.profile.demands.fips_nodes:
            yield from guarded(_validated(pool))


def _validated(pool: View) -> Judged:
    # AKS builds its images with GPU drivers without FIPS-validated modules (components.aks.gpu_pool sets none either).
    if not has_gpus(pool):
        yield from pool.must_be("enableFIPS", True, "the classification demands it")


def _fips(pools_: Iterable[View]) -> bool:
    """Whether pools have FIPS images, which they have only where it is demanded."""
    return any(pool.flag("enableFIPS", absent=False) for pool in pools_)


def _pool(**changed: Any) -> dict[str, Any]:
    pool = {
        "name": "pool",
        "vmSize": "Standard_D8ds_v5",
        "enableFIPS": True,
        "securityProfile": {"sshAccess": "Disabled"},
        **changed,
    }
    return {key: value for key, value in pool.items() if value is not None}


RULE = Rule(
    id="AKS-013",
    severity=Severity.MEDIUM,
    category=Category.KUBERNETES,
    controls=(
        "itsg33/AC-17",
        "itsg33/SC-13",
        "itsg33/SI-7",
        "mcsb/PV-4",
        "hipaa/164.312(a)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={"azure_policy": ("28257686-e9db-403e-b9e2-a5eecbe03da9",)},
    title="Nodes take no SSH keys, and run validated cryptography where that is demanded",
    types=(AGENT_POOL, CLUSTER),
    why=(
        "An SSH key on all nodes is root on every pod's data, without a name in any log; cryptography that nobody "
        "validated doesn't count for protected records."
    ),
    fix="Set securityProfile.sshAccess to Disabled on every pool, and enableFIPS to true on those without GPUs "
    "(settings: cluster.encryption.fips).",
    link="https://learn.microsoft.com/azure/aks/manage-ssh-node-access",
    properties=(
        *pool_properties(
            "securityProfile.sshAccess",
            "LocalUser",
            Verdict.FAIL,
            "AgentPoolSecurityProfile, Microsoft.ContainerService 2025-09-01: LocalUser (not re-read)",
        ),
        *pool_properties(
            "enableFIPS",
            False,
            Verdict.FAIL,
            "AgentPool, Microsoft.ContainerService 2025-09-01: off unless it is true (not re-read)",
        ),
    ),
    check=check,
    good=(
        alone(_pool()),
        inline(_pool(), _pool(name="other", securityProfile={"sshAccess": "EntraId"})),
        alone(_pool(vmSize="Standard_NC24ads_A100_v4", enableFIPS=None), title="no FIPS image with GPU drivers"),
        alone(_pool(enableFIPS=False), environment="dev", classification="Protected A"),
    ),
    bad=(
        alone(_pool(securityProfile={"sshAccess": "LocalUser"})),
        alone(_pool(enableFIPS=False)),
        inline(_pool(), _pool(enableFIPS=None)),
        inline(_pool(), _pool(securityProfile=None)),
        alone(_pool(securityProfile=None, enableFIPS=False), environment="dev", classification="Protected A"),
    ),
    breaks=(
        *pool_breaks("securityProfile.sshAccess", "LocalUser"),
        *pool_breaks("securityProfile", ABSENT),
        changing("no FIPS", (f"{INLINE}.enableFIPS", False), where=lambda view: _fips(view.each("agentPoolProfiles"))),
        changing("no FIPS", ("enableFIPS", False), where=lambda view: _fips([view])),
    ),
)
