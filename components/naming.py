"""Physical names and ARM ids: nobody else formats one.

Owns every name that Azure sees: deterministic, within Azure's length and charset for the longest settings, with the
abbreviations of the Cloud Adoption Framework. Does not own logical names: a component derives those from its own.

Names that must be unique in all of Azure (vault, storage, registry) end in a suffix hashed from workload,
environment and region. It holds nothing of the subscription, so the offline rehearsal and the real deployment agree
on every name. A vault with purge protection keeps its name for 90 days after a deletion: a destroyed environment is
recovered, not renamed. Lengths: resource-name-rules by way of mspnp/AzureNamingTool (2025-12-17).
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal
from uuid import UUID, uuid5

from pulumi import Input, Output

from components.placement import Placement

# Short codes as Azure Backup prints them (AzureRegionCodesList): three letters keep global names within 24 characters.
REGION_CODES = {"canadacentral": "cnc", "canadaeast": "cne"}

# Fixed for ever: another value would rename every role assignment, and Azure refuses a second one for the same grant.
ROLE_ASSIGNMENT_NAMESPACE = UUID("6f0b1f0e-5d5c-5f0b-9c7e-2a4f7b6f3c1d")


def _code(p: Placement) -> str:
    if p.region not in REGION_CODES:
        raise LookupError(
            f"region {p.region!r} has no code in components/naming.py, so nothing can be named; "
            f"add one of three letters (known: {', '.join(REGION_CODES)})"
        )
    return REGION_CODES[p.region]


def stem(p: Placement) -> str:
    """What the names of one environment have in common: `<workload>-<environment>-<region>`."""
    return f"{p.workload}-{p.environment}-{_code(p)}"


def _packed(p: Placement) -> str:
    """The stem without dashes, for names that allow letters and digits only."""
    return f"{p.workload}{p.environment}{_code(p)}"


def suffix(p: Placement) -> str:
    """Five hexadecimal digits that make a global name unique to this workload, environment and region."""
    return sha256(f"{p.workload}/{p.environment}/{p.region}".encode()).hexdigest()[:5]


def named(abbreviation: str, p: Placement, *parts: str) -> str:
    """A name unique within its resource group: `<abbreviation>-<workload>-<environment>-<region>[-<part>…]`."""
    return "-".join((abbreviation, stem(p), *(part.replace("_", "-") for part in parts)))


def resource_group(p: Placement, purpose: str) -> str:
    """A resource group, 1 to 90 characters."""
    return named("rg", p, purpose)


def node_resource_group(p: Placement) -> str:
    """The group that AKS fills with nodes and disks; 1 to 80 characters. Named, so that the budget can count it."""
    return named("rg", p, "cluster-nodes")


def subnet(key: str) -> str:
    """A subnet, unique within its VNet."""
    return f"snet-{key.replace('_', '-')}"


VaultPurpose = Literal["secrets", "keys"]


def key_vault(p: Placement, purpose: VaultPurpose) -> str:
    """A key vault: global, 3 to 24 characters. The region is in the suffix only, else the name would not fit."""
    letter = {"secrets": "", "keys": "k-"}[purpose]
    return f"kv-{p.workload}-{p.environment}-{letter}{suffix(p)}"


def managed_hsm(p: Placement) -> str:
    """A managed HSM: global, 3 to 24 characters."""
    return f"hsm-{p.workload}-{p.environment}-{suffix(p)}"


def event_hubs(p: Placement) -> str:
    """A namespace of Event Hubs: global, 6 to 50 characters."""
    return f"evhns-{stem(p)}-{suffix(p)}"


def data_factory(p: Placement) -> str:
    """A data factory: global, 3 to 63 characters."""
    return f"adf-{stem(p)}-{suffix(p)}"


def databricks_resource_group(p: Placement) -> str:
    """The group that Databricks fills with what it manages; 1 to 90 characters. Named, so the budget can count it."""
    return named("rg", p, "databricks-managed")


def databricks_root(p: Placement) -> str:
    """The account that Databricks makes for itself: global, 3 to 24 lower-case letters and digits."""
    return f"dbfs{_packed(p)}{suffix(p)}"


def storage_account(p: Placement) -> str:
    """Azure ML's default account: global, 3 to 24 lower-case letters and digits."""
    return f"st{_packed(p)}{suffix(p)}"


def backup_account(p: Placement) -> str:
    """The account that backups of the cluster go to: global, 3 to 24 lower-case letters and digits."""
    return f"stbk{_packed(p)}{suffix(p)}"


def flow_log_account(p: Placement) -> str:
    """The account of flow logs: global, 3 to 24 lower-case letters and digits."""
    return f"stfl{_packed(p)}{suffix(p)}"


def data_lake(p: Placement) -> str:
    """The data lake's account: global, 3 to 24 lower-case letters and digits."""
    return f"dls{_packed(p)}{suffix(p)}"


def record_archive(p: Placement) -> str:
    """The account of records: global, 3 to 24 lower-case letters and digits."""
    return f"sta{_packed(p)}{suffix(p)}"


def container_registry(p: Placement) -> str:
    """The registry: global, 5 to 50 letters and digits."""
    return f"cr{_packed(p)}{suffix(p)}"


def ai_account(p: Placement, name: str) -> str:
    """An account of Azure OpenAI: global as a subdomain, 2 to 64 letters, digits and dashes; `name` has 12 at most."""
    return f"oai-{stem(p)}-{name}-{suffix(p)}"


def search_service(p: Placement) -> str:
    """A service of Azure AI Search: global, 2 to 60 small letters, digits and dashes."""
    return f"srch-{stem(p)}-{suffix(p)}"


def api_management(p: Placement) -> str:
    """A service of API Management: global, 1 to 50 letters, digits and dashes."""
    return f"apim-{stem(p)}-{suffix(p)}"


def web_app(p: Placement, name: str) -> str:
    """A web app: global with its slots, 2 to 59 letters, digits and dashes; `name` has 12 at most."""
    return f"app-{stem(p)}-{name}-{suffix(p)}"


def web_firewall(p: Placement) -> str:
    """A policy of a web application firewall: 1 to 128 letters and digits."""
    return f"waf{_packed(p)}"


def policy(p: Placement, purpose: str) -> str:
    """A policy, an initiative, an assignment or an exemption; unique in the subscription, up to 64 characters."""
    return f"{stem(p)}-{purpose}"


def grafana(p: Placement) -> str:
    """A managed Grafana: global, 2 to 23 letters, digits and dashes."""
    return f"amg-{p.workload}-{p.environment}-{suffix(p)}"


def outbound_rule(kind: str, value: str) -> str:
    """A rule of Azure ML's managed network, from what it allows: letters, digits and dashes."""
    return f"{kind}-" + value.replace("*.", "any-").replace(".", "-")


def role_assignment(scope_name: str, principal_name: str, role_id: str) -> str:
    """The GUID of one grant, from the scope's and the principal's names: known at preview, the same in every run."""
    return str(uuid5(ROLE_ASSIGNMENT_NAMESPACE, f"{scope_name}/{principal_name}/{role_id}"))


def role_definition_id(role_id: str) -> str:
    """ARM id of a built-in role. Without the subscription: built-in roles exist in every one."""
    return f"/providers/Microsoft.Authorization/roleDefinitions/{role_id}"


def subscription_id_path(subscription_id: Input[str]) -> Output[str]:
    """ARM id of the subscription, the scope of a budget."""
    return Output.concat("/subscriptions/", subscription_id)


def storage_service_id(account_id: Input[str], service: str) -> Output[str]:
    """ARM id of one service of a storage account; `service` is blob, file, queue or table."""
    return Output.concat(account_id, f"/{service}Services/default")


def workspace(p: Placement, purpose: str | None, generation: str | None) -> str:
    """An Azure ML workspace, 3 to 33 characters. `generation`: another name while the deleted one is still kept."""
    parts = [part for part in (purpose, generation) if part is not None]
    return named("mlw", p, *parts)


def model_registry(p: Placement) -> str:
    """An Azure ML registry: unique in the tenant, 3 to 33 letters, digits and dashes."""
    return f"mlr-{stem(p)}-{suffix(p)}"


def model_endpoint(p: Placement, name: str) -> str:
    """An online or batch endpoint: part of a host name, unique in its region, 3 to 32 characters."""
    return f"{name}-{p.workload}-{p.environment}-{suffix(p)}"


def compute_instance(p: Placement, name: str) -> str:
    """A compute instance: unique in its region, 3 to 24 characters; `name` has 10 at most."""
    return f"{name}-{p.workload}-{p.environment}"
