"""Profiles: how strictly each environment is judged, and the numbers and lists that rules measure against.

One set of rules, no copies: an environment and its classification choose levels and parameters (`profiles.yaml`). The
demands of a classification are those of `stacks.classification`, where a fact stands once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stacks.classification import DEMANDS, Demands
from stacks.types import Classification, Environment

FILE: Final = Path(__file__).with_name("profiles.yaml")
_NAME: Final = "policies/profiles.yaml"


class Level(StrEnum):
    """What follows from a failure, in Pulumi's words."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    DISABLED = "disabled"


class Parameters(BaseModel):
    """What rules measure against. Each is described, has one value for all environments, and may differ in some."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # Governance
    allowed_regions: tuple[str, ...] = Field(description="Regions that data and services may be in.")
    required_tags: tuple[str, ...] = Field(description="Tags that everything has which can have tags.")
    protected_state: bool = Field(description="Whether Pulumi refuses to delete what holds data, keys or evidence.")
    deployed_types: tuple[str, ...] = Field(
        description="Types of Azure that a template within the program may deploy: no rule reads what it makes."
    )
    powers: tuple[str, ...] = Field(
        description="Types (`<module>:<type>`) that run code or give rights past all rules, and are wanted here."
    )
    reported_policies: tuple[str, ...] = Field(
        description="Names of policies, with `*`, that are only reported: enforced they would stop what may not wait."
    )
    ignored_changes: Mapping[str, str] = Field(
        description="Properties (`<type> <path>`) whose changes a program may ignore, each with who changes them."
    )

    # Identity
    emergency_groups: tuple[str, ...] = Field(
        description="Object ids of the groups of emergency accounts: they hold administrators' roles at all times."
    )
    repositories: tuple[str, ...] = Field(
        description="Repositories (`owner/name`) whose workflows may act as identities of the platform."
    )
    eligible_role_days: int = Field(description="Most days until a role that people can activate ends by itself.")
    activation_hours: int = Field(description="Most hours that somebody holds a role that they activated.")

    # Network
    nat_egress: bool = Field(
        description="Whether subnets may reach the internet through a NAT gateway, past any firewall."
    )
    flow_log_days: int = Field(description="Fewest days that flow logs are kept.")
    records_by_policy: bool = Field(
        description="Whether a policy of the landing zone registers private endpoints in DNS, and the stack none."
    )

    # Monitoring
    defender_plans: tuple[str, ...] = Field(
        description="Plans of Defender for Cloud in the subscription that a stack answers for."
    )

    # Keys and storage
    vault_retention_days: int = Field(description="Fewest days that a deleted vault, key or secret can be restored.")
    key_rotation_days: int = Field(description="Most days until a key gets a new version by itself.")
    short_keys: tuple[str, ...] = Field(
        description="Names of RSA keys that may have 2048 bits: their service (Azure AI services) takes no longer ones."
    )
    redundant_storage: bool = Field(description="Whether storage accounts outlive the loss of a data centre.")
    undelete_days: int = Field(description="Fewest days that deleted blobs and containers can be restored.")
    scanned_gigabytes: int = Field(description="Most gigabytes a month that Defender scans in one storage account.")

    # Backups
    backup_days: int = Field(description="Fewest days that a backup is kept.")

    # Registries and images
    registry_replica: bool = Field(description="Whether a registry has a replica in another region.")
    registry_untagged_days: int = Field(description="Most days that a registry keeps images without a tag.")
    build_machines: int = Field(description="Most machines of a registry that build images.")
    cache_sources: tuple[str, ...] = Field(description="Repositories that registries may cache; * stands for any part.")
    image_registries: tuple[str, ...] = Field(
        description="Registries that images may come from where the stack makes none; * stands for any part."
    )

    # Clusters
    cluster_administrators: tuple[str, ...] = Field(
        description="Object ids of the groups that may administer clusters; empty: any group may."
    )
    zone_redundant_clusters: bool = Field(description="Clusters survive the loss of a zone, with an SLA.")
    system_pool_nodes: int = Field(description="Fewest nodes of a pool for the cluster's own pods.")
    trusted_access_roles: tuple[str, ...] = Field(
        description="Roles that services of Azure may hold in clusters (trusted access)."
    )
    enforced_safeguards: bool = Field(
        description="Whether the deployment safeguards of a cluster refuse what breaks them, and don't only warn."
    )
    unguarded_namespaces: tuple[str, ...] = Field(
        description="Namespaces that deployment safeguards may leave out: the platform's own."
    )
    git_sources: tuple[str, ...] = Field(
        description="Addresses of repositories that clusters may be fed from; * stands for any part."
    )

    # GPUs
    gpus: int = Field(description="Most GPUs that a stack can use at once, with every pool and cluster at its largest.")
    gpu_pool_nodes: int = Field(description="Most nodes that a pool with GPUs may grow to.")
    gpu_idle_nodes: int = Field(description="Most nodes that a pool with GPUs keeps while nobody asks for them.")
    gpu_sizes: tuple[str, ...] = Field(description="VM sizes with GPUs that may be used.")
    gpu_on_demand: bool = Field(description="Whether GPUs may be paid at the full price, and not as spot only.")
    reserved_machines: int = Field(description="Most machines of one capacity reservation.")

    # Objects of Kubernetes
    platform_namespaces: tuple[str, ...] = Field(
        description="Namespaces of the platform's own controllers, which need no quota and no default-deny policy."
    )
    gpu_namespaces: tuple[str, ...] = Field(description="Namespaces whose pods manage GPUs for all others.")
    lenient_namespaces: tuple[str, ...] = Field(
        description="Namespaces whose pods can't keep the restricted standard: their charts need more."
    )
    chart_sources: tuple[str, ...] = Field(
        description="Where charts may come from: the addresses of OCI repositories and Helm repositories, with `*`."
    )
    pod_replicas: int = Field(description="Fewest pods of a Deployment or StatefulSet.")
    preempting_priority: int = Field(description="Least priority of pods that may take the place of others.")

    # Machine learning
    wildcard_hosts: tuple[str, ...] = Field(
        description="Domains (`*.example.org`) that an ML workspace may reach as a whole: nobody else has names there."
    )
    instance_idle_minutes: int = Field(description="Most minutes that a person's training machine runs idle.")
    training_idle_minutes: int = Field(
        description="Most minutes that a node of a training cluster waits for the next job."
    )
    training_nodes: int = Field(description="Most nodes of one training cluster.")
    training_hours: int = Field(description="Most hours that a scheduled training job runs.")
    interruptible_training: bool = Field(description="Whether training clusters may only use low-priority machines.")
    model_registries: tuple[str, ...] = Field(
        description="Names of model registries, with `*`, that deployed models may come from."
    )
    collected_requests: bool = Field(description="Whether deployed models collect what they are asked and answer.")

    # Generative AI and search
    models: tuple[str, ...] = Field(description="Generative models that may be deployed.")
    model_capacity: int = Field(description="Most thousands of tokens a minute of one deployed generative model.")
    search_replicas: int = Field(description="Fewest replicas of a search service.")

    # Streams and data flows
    event_retention_hours: int = Field(description="Fewest hours that events can be read again.")
    data_flow_cores: int = Field(description="Most processors of one cluster of data flows.")
    data_flow_idle_minutes: int = Field(description="Most minutes that a cluster of data flows waits for the next one.")

    # Apps and jobs
    app_instances: int = Field(description="Fewest instances of an App Service plan.")
    zone_redundant_apps: bool = Field(description="Whether apps and dashboards outlive the loss of a zone.")
    job_hours: int = Field(description="Most hours that a job of Container Apps runs.")
    job_executions: int = Field(description="Most jobs of Container Apps that events start at the same time.")

    # Money
    monthly_budget: int = Field(description="Largest monthly budget of a stack, in Canadian dollars.")
    monthly_peak: int = Field(
        description="Most Canadian dollars that the machines of a stack can cost in a month, all at their largest."
    )
    hourly_services: tuple[str, ...] = Field(
        description="Services (`<module>:<type>`) that are paid by the hour, used or not, and are wanted here."
    )
    pool_nodes: int = Field(description="Most nodes of a pool without GPUs.")
    idle_nodes: int = Field(description="Most nodes without GPUs that a pool keeps for work while nobody asks.")
    sleeping_clusters: bool = Field(description="Whether clusters are stopped at night and on weekends.")
    scaled_instances: int = Field(description="Most instances of an app or a deployed model.")

    # Pipelines
    security_owners: tuple[str, ...] = Field(
        description="Who owns what judges changes: teams as CODEOWNERS names them, and nobody else."
    )


class Override(BaseModel):
    """Another level for one rule, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Level
    why: str = Field(min_length=20)


@dataclass(frozen=True)
class Profile:
    """How one environment is judged. `is_assumed`: nobody said which environment it is, so it is the strictest."""

    environment: str
    classification: str
    demands: Demands
    parameters: Parameters
    levels: Mapping[str, Level]
    overrides: Mapping[str, Override]
    is_assumed: bool = False

    def level(self, rule_id: str, severity: str) -> Level:
        """What follows from a failure of a rule."""
        override = self.overrides.get(rule_id)
        return override.level if override is not None else self.levels[severity]

    def having(self, parameters: Mapping[str, Any]) -> Profile:
        """The same profile with some parameters replaced. Raises ValidationError for unknown ones."""
        return replace(self, parameters=Parameters(**{**self.parameters.model_dump(), **parameters}))


class ProfileError(Exception):
    """There is no such profile, or the file of profiles can't be used. The message says what to do."""


@cache
def profile(environment: str, classification: str) -> Profile:
    """The profile of an environment with a classification. Raises ProfileError with what is wrong and where."""
    document = _document()
    missing = [part for part in ("levels", "parameters", "overrides") if not isinstance(document.get(part), dict)]
    if missing:
        raise ProfileError(f"{_NAME} lacks {', '.join(missing)}; nothing can be judged; take the file from main again")
    if environment not in document["levels"]:
        raise ProfileError(
            f"there is no profile for environment {environment!r}; there are {', '.join(document['levels'])}"
        )
    try:
        demands = DEMANDS[Classification(classification)]
    except ValueError:
        known = ", ".join(one.value for one in Classification)
        raise ProfileError(f"there is no classification {classification!r}; there are {known}") from None
    try:
        parameters = Parameters(**{**document["parameters"]["all"], **(document["parameters"].get(environment) or {})})
        overrides = {key: Override(**each) for key, each in (document["overrides"].get(environment) or {}).items()}
        levels = {severity: Level(level) for severity, level in document["levels"][environment].items()}
    except ValidationError as error:
        wrong = "\n".join(f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ProfileError(f"{_NAME} can't be used for environment {environment}:\n{wrong}") from None
    except ValueError as error:
        raise ProfileError(f"{_NAME}, levels of {environment}: {error}") from None
    return Profile(environment, classification, demands, parameters, levels, overrides)


def environments() -> tuple[str, ...]:
    """The environments that have a profile."""
    return tuple(one.value for one in Environment)


@cache
def _document() -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ProfileError(f"{_NAME} can't be read, so nothing can be judged; mend it: {error}") from None
    return loaded if isinstance(loaded, dict) else {}
