"""Diagnostic settings: which logs of a resource go to Log Analytics.

Owns the choice of categories. Does not own what a type offers: that is `facts.diagnostics`.

Metrics are not sent: Azure Monitor keeps platform metrics for 93 days at no charge and alerts read them there; a
copy in Log Analytics would be paid by the gigabyte.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input, ResourceOptions
from pulumi_azure_native import monitor

from facts.diagnostics import diagnostics

# Every category has a reason. Left out: kube-audit repeats kube-audit-admin plus every get and list, at ten times the
# volume; kube-scheduler and the csi-* controllers are verbose and explain themselves through events.
AKS_LOGS = (
    "kube-audit-admin",  # who changed what: the audit trail
    "guard",  # sign-ins through Entra and Azure RBAC decisions
    "kube-apiserver",  # refused and failing requests
    "kube-controller-manager",  # why nodes and volumes were changed
    "cloud-controller-manager",  # why load balancers and routes were changed
    "cluster-autoscaler",  # why GPU pools grew, shrank or could not
)
# The structured tables only: the older categories repeat them, and flow trace and aggregations repeat the flow logs.
FIREWALL_LOGS = (
    "AZFWNetworkRule",
    "AZFWApplicationRule",
    "AZFWThreatIntel",
    "AZFWIdpsSignature",
    "AZFWDnsQuery",
    "AZFWFqdnResolveFailure",
)
EXPLICIT = {
    "Microsoft.ContainerService/managedClusters": AKS_LOGS,
    "Microsoft.Network/azureFirewalls": FIREWALL_LOGS,
}


@dataclass(frozen=True, kw_only=True)
class LogChoice:
    """What a setting sends: category groups or single categories, never both (ARM refuses a mix)."""

    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def log_choice(resource_type: str) -> LogChoice:
    """Explicit categories where volume matters; else everything, by group where the type has groups.

    A group also covers categories that Azure adds later. Raises LookupError for a type that has no logs.
    """
    offered = diagnostics(resource_type)
    if resource_type in EXPLICIT:
        return LogChoice(categories=EXPLICIT[resource_type])
    if offered.groups is not None and "allLogs" in offered.groups:
        return LogChoice(groups=("allLogs",))
    if offered.logs:
        return LogChoice(categories=offered.logs)
    raise LookupError(f"{resource_type} has no log categories in facts/diagnostics.yaml, so nothing can be sent")


def send_diagnostics(
    name: str,
    resource_id: Input[str],
    resource_type: str,
    log_workspace_id: Input[str],
    opts: ResourceOptions,
    *,
    categories: tuple[str, ...] | None = None,
    called: str = "to-log-analytics",
) -> monitor.DiagnosticSetting:
    """The diagnostic setting of `resource_id`; `opts` must hold its parent.

    `categories`: for a resource whose classification forbids some of what its type offers; None: as the type has it.
    `called`: the setting's name at its resource, for a resource that stacks share.
    """
    choice = log_choice(resource_type) if categories is None else LogChoice(categories=categories)
    return monitor.DiagnosticSetting(
        name,
        name=called,
        resource_uri=resource_id,
        workspace_id=log_workspace_id,
        # Tables per category instead of AzureDiagnostics: cheaper to query, and they can move to a basic plan.
        log_analytics_destination_type="Dedicated" if resource_type in EXPLICIT else None,
        logs=[
            *(monitor.DiagnosticsLogSettingsArgs(category_group=group, enabled=True) for group in choice.groups),
            *(monitor.DiagnosticsLogSettingsArgs(category=category, enabled=True) for category in choice.categories),
        ],
        opts=opts,
    )
