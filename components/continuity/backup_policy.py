"""Backup policy of a cluster: when backups are made, how long they are kept, what is in them.

Owns the policy and the parameters of a backup. `components.continuity.cluster_backup` puts them into a vault.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import Input, ResourceOptions
from pulumi_azure_native import dataprotection

# Azure Backup keeps snapshots of a cluster up to 360 days (azure-cli-extensions dataprotection, read 2026-11-25:
# the operational store); longer needs the vault.
LONGEST_SNAPSHOT_DAYS = 360
# A fixed day in the past: a schedule repeats from it, and a moving one would be a change in every `up`.
FIRST_DAY = "2026-01-01"


@dataclass(frozen=True, kw_only=True)
class Retention:
    """`start` is HH:MM UTC, every day. `vault_days` None: nothing is copied to the vault."""

    start: str
    snapshot_days: int
    vault_days: int | None


def problems(retention: Retention) -> list[str]:
    """Every reason why Azure Backup would refuse the policy."""
    found = []
    if not 1 <= retention.snapshot_days <= LONGEST_SNAPSHOT_DAYS:
        found.append(f"snapshots for {retention.snapshot_days} days: Azure Backup keeps 1 to {LONGEST_SNAPSHOT_DAYS}")
    if retention.vault_days is not None and retention.vault_days < retention.snapshot_days:
        found.append(f"vault copies go after {retention.vault_days} days, before the snapshots they are made of")
    return found


def policy(
    name: str, vault_name: Input[str], resource_group_name: Input[str], retention: Retention, opts: ResourceOptions
) -> dataprotection.BackupPolicy:
    """One backup each day."""
    return dataprotection.BackupPolicy(
        name,
        backup_policy_name="cluster-daily",
        vault_name=vault_name,
        resource_group_name=resource_group_name,
        properties=dataprotection.BackupPolicyArgs(
            object_type="BackupPolicy",
            datasource_types=["Microsoft.ContainerService/managedClusters"],
            policy_rules=[_schedule(retention), *_retention(retention)],
        ),
        opts=opts,
    )


def _schedule(retention: Retention) -> dataprotection.AzureBackupRuleArgs:
    tags = [_tag("Default", 99, default=True)]
    if retention.vault_days is not None:
        tags.insert(0, _tag("Vault", 20, default=False))
    return dataprotection.AzureBackupRuleArgs(
        object_type="AzureBackupRule",
        name="BackupDaily",
        backup_parameters=dataprotection.AzureBackupParamsArgs(
            object_type="AzureBackupParams", backup_type="Incremental"
        ),
        data_store=_store("OperationalStore"),
        trigger=dataprotection.ScheduleBasedTriggerContextArgs(
            object_type="ScheduleBasedTriggerContext",
            schedule=dataprotection.BackupScheduleArgs(
                repeating_time_intervals=[f"R/{FIRST_DAY}T{retention.start}:00+00:00/P1D"], time_zone="UTC"
            ),
            tagging_criteria=tags,
        ),
    )


def _tag(name: str, priority: int, *, default: bool) -> dataprotection.TaggingCriteriaArgs:
    first_of_day = dataprotection.ScheduleBasedBackupCriteriaArgs(
        object_type="ScheduleBasedBackupCriteria", absolute_criteria=["FirstOfDay"]
    )
    return dataprotection.TaggingCriteriaArgs(
        is_default=default,
        tag_info=dataprotection.RetentionTagArgs(tag_name=name),
        tagging_priority=priority,
        criteria=None if default else [first_of_day],
    )


def _retention(retention: Retention) -> list[dataprotection.AzureRetentionRuleArgs]:
    kept = dataprotection.SourceLifeCycleArgs(
        delete_after=_after(retention.snapshot_days), source_data_store=_store("OperationalStore")
    )
    rules = [
        dataprotection.AzureRetentionRuleArgs(
            object_type="AzureRetentionRule", name="Default", is_default=True, lifecycles=[kept]
        )
    ]
    if retention.vault_days is not None:
        copied = dataprotection.SourceLifeCycleArgs(
            delete_after=_after(retention.snapshot_days),
            source_data_store=_store("OperationalStore"),
            target_data_store_copy_settings=[
                dataprotection.TargetCopySettingArgs(
                    copy_after=dataprotection.ImmediateCopyOptionArgs(object_type="ImmediateCopyOption"),
                    data_store=_store("VaultStore"),
                )
            ],
        )
        in_vault = dataprotection.SourceLifeCycleArgs(
            delete_after=_after(retention.vault_days), source_data_store=_store("VaultStore")
        )
        rules.append(
            dataprotection.AzureRetentionRuleArgs(
                object_type="AzureRetentionRule", name="Vault", is_default=False, lifecycles=[copied, in_vault]
            )
        )
    return rules


def _store(kind: str) -> dataprotection.DataStoreInfoBaseArgs:
    return dataprotection.DataStoreInfoBaseArgs(object_type="DataStoreInfoBase", data_store_type=kind)


def _after(days: int) -> dataprotection.AbsoluteDeleteOptionArgs:
    return dataprotection.AbsoluteDeleteOptionArgs(object_type="AbsoluteDeleteOption", duration=f"P{days}D")


def parameters(snapshots_id: Input[str], excluded: tuple[str, ...]) -> dataprotection.PolicyParametersArgs:
    """Objects of the cluster and of every namespace that is not left out, and their volumes."""
    return dataprotection.PolicyParametersArgs(
        backup_datasource_parameters_list=[
            dataprotection.KubernetesClusterBackupDatasourceParametersArgs(
                object_type="KubernetesClusterBackupDatasourceParameters",
                include_cluster_scope_resources=True,
                snapshot_volumes=True,
                excluded_namespaces=list(excluded) or None,
            )
        ],
        data_store_parameters_list=[
            dataprotection.AzureOperationalStoreParametersArgs(
                object_type="AzureOperationalStoreParameters",
                data_store_type="OperationalStore",
                resource_group_id=snapshots_id,
            )
        ],
    )
