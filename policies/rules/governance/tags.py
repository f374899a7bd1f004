"""GOV-001: everything that can have tags says whose it is, what it may hold and who pays for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from policies.rule import ABSENT, ANY, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import KEY, STORAGE_ACCOUNT, VAULT
from policies.view import Judged, View

# Types of the platform whose inputs have `tags`: azure-native 3, read 2026-11-25.
_TAGGABLE: Final = {
    "alertsmanagement": "AlertProcessingRuleByName PrometheusRuleGroup",
    "app": "Job ManagedEnvironment",
    "applicationinsights": "Component",
    "cognitiveservices": "Account",
    "compute": "CapacityReservation CapacityReservationGroup DiskEncryptionSet",
    "containerregistry": "Registry Replication",
    "containerservice": "AgentPool ManagedCluster",
    "dashboard": "Dashboard Grafana",
    "databricks": "AccessConnector Workspace",
    "datafactory": "Factory",
    "dataprotection": "BackupVault",
    "dnsresolver": "DnsForwardingRuleset DnsResolver InboundEndpoint OutboundEndpoint",
    "eventgrid": "SystemTopic",
    "eventhub": "Namespace",
    "keyvault": "Key Secret Vault",
    "logic": "Workflow",
    "machinelearningservices": (
        "BatchDeployment BatchEndpoint Compute OnlineDeployment OnlineEndpoint Registry Workspace"
    ),
    "managedidentity": "UserAssignedIdentity",
    "monitor": (
        "ActionGroup ActivityLogAlert AutoscaleSetting AzureMonitorWorkspace DataCollectionEndpoint "
        "DataCollectionRule MetricAlert PrivateLinkScope ScheduledQueryRule"
    ),
    "network": (
        "AzureFirewall FirewallPolicy FlowLog NatGateway NetworkInterface NetworkSecurityGroup PrivateEndpoint "
        "PublicIPAddress RouteTable VirtualNetwork"
    ),
    "operationalinsights": "Workspace",
    "privatedns": "PrivateZone VirtualNetworkLink",
    "resources": "ResourceGroup",
    "search": "Service",
    "storage": "StorageAccount",
    "web": "AppServicePlan WebApp WebAppSlot",
}
_TYPES: Final = frozenset(
    f"azure-native:{module}:{name}" for module, names in _TAGGABLE.items() for name in names.split()
)


def applies(_view: View, context: Context) -> bool:
    """Types that take tags."""
    return context.resource.type in _TYPES


def check(view: View, context: Context) -> Judged:
    """Every tag that the profile names; the environment and the classification are those of the stack."""
    profile = context.profile
    for name in profile.parameters.required_tags:
        yield from view.must_be_set(f"tags.{name}")
    for name, expected in (("environment", profile.environment), ("classification", profile.classification)):
        if view.has(f"tags.{name}"):
            yield from view.must_be(f"tags.{name}", expected, "as that of its stack")


def remedy(view: View, stack_tags: Mapping[str, str]) -> Mapping[str, Any]:
    """The stack's own tags where there are none; one that says something else is for people to judge."""
    return {f"tags.{name}": value for name, value in stack_tags.items() if list(view.must_be_set(f"tags.{name}"))}


_TAGS: Final = {
    "classification": "Protected B",
    "cost-centre": "TI-1",
    "data-residency": "Canada",
    "environment": "prod",
    "managed-by": "pulumi",
    "owner": "owner@gov.example",
}
_SOURCE: Final = "Azure Resource Manager: a resource has no tag unless it is given one, its group's neither"

RULE = Rule(
    id="GOV-001",
    title="Everything says by tags whose it is, what it may hold and who pays",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(ANY,),
    controls=("itsg33/CM-8", "itsg33/AC-16", "itsg33/RA-2", "mcsb/AM-1", "mcsb/DP-1", "gdpr/30", "popa/26"),
    equivalents={
        "psrule": ("Azure.Resource.UseTags",),
        "azure_policy": ("871b6d14-10aa-478d-b590-94f262ecfa99", "96670d01-0a4d-4649-9c89-2d3abc0a5025"),
    },
    parameters=("required_tags",),
    why="Nobody can tell whom to ask in an incident, whether data of citizens lies there, or whose budget pays for it.",
    fix="Give it the tags of the stack: those that the parameter required_tags names (settings: owner, cost_centre).",
    link="https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
    properties=tuple(
        Property(
            f"tags.{name}",
            ABSENT,
            Verdict.FAIL,
            _SOURCE,
            unknown=Verdict.UNKNOWN if name in ("classification", "environment") else Verdict.PASS,
        )
        for name in _TAGS
    ),
    applies=applies,
    check=check,
    remedy=remedy,
    good=(
        Example({"tags": _TAGS}, type=STORAGE_ACCOUNT),
        Example({"tags": {**_TAGS, "team": "fraud"}}, type=VAULT),
        Example({}, type="azure-native:network:Subnet", title="takes no tags"),
    ),
    bad=(
        Example({}, type=STORAGE_ACCOUNT),
        *(Example({"tags": {**_TAGS, name: ""}}, type=VAULT) for name in ("owner", "cost-centre", "managed-by")),
        Example({"tags": {**_TAGS, "environment": "dev"}}, type=KEY),
        Example({"tags": {**_TAGS, "classification": "Public"}}, type=STORAGE_ACCOUNT),
    ),
    breaks=(
        *(Break(f"tags.{name}", ABSENT, where=lambda found: "tags" in found) for name in _TAGS),
        Break("tags.classification", "Public"),
        Break("tags.environment", "sandbox"),
    ),
)
