"""Microsoft.ContainerService/deploymentSafeguards, on a managed cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.model import Model, Request
from simulator.resources.containerservice import docs
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_PAGE = f"{docs('deployment-safeguards.md')} (2026-06); code not confirmed"


@rule("aks-safeguards-policy", kind="cross-resource", source=_PAGE, reads=("resourceUri",))
def safeguards_need_the_policy_addon(request: Request) -> Iterator[Fault]:
    """Safeguards are Azure Policy's work inside the cluster."""
    cluster = request.world.get(str(request.known("resourceUri", "")))
    profiles = None if cluster is None else cluster.body.get("addonProfiles")
    if cluster is None or profiles is UNKNOWN:
        return
    named = {name.lower(): addon for name, addon in (profiles or {}).items()}
    addon = named.get("azurepolicy")
    on = addon.get("enabled") if isinstance(addon, dict) else None
    if addon is not UNKNOWN and on is not UNKNOWN and on is not True:
        yield Fault("deployment safeguards need the Azure Policy add-on, which the cluster has not", "resourceUri",
                    "enable addonProfiles.azurepolicy of the cluster first")  # fmt: skip


class DeploymentSafeguards(Model):
    """What a manifest must say before a cluster takes it."""

    token = "azure-native:containerservice:DeploymentSafeguard"
    rules = (safeguards_need_the_policy_addon,)

    def outputs(self, request: Request) -> dict[str, Any]:
        """Namespaces that AKS lets off by itself are listed; which, is not known here."""
        return {"provisioningState": "Succeeded", "systemExcludedNamespaces": []}
