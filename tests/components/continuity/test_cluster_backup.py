from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.continuity import backup_policy
from components.continuity.backup_store import BackupStore
from components.continuity.cluster_backup import ClusterBackup, Vault, problems
from tests.components.continuity import examples
from tests.components.continuity.examples import RETENTION
from tests.components.deployed import deployed
from tests.components.recording import Recorded, arm_id, one, record

pytestmark = pytest.mark.capability("B1")


def made(**changes: Any) -> list[Recorded]:
    return record(lambda: ClusterBackup("x", replace(examples.cluster_backup(), **changes)))


def rules(**changes: Any) -> dict[str, Any]:
    policy = one(made(**changes), "dataprotection:BackupPolicy").inputs["properties"]
    return {rule["name"]: rule for rule in policy["policyRules"]}


def test_backups_are_made_each_day_and_go_after_their_days() -> None:
    found = rules(retention=replace(RETENTION, vault_days=None))
    assert set(found) == {"BackupDaily", "Default"}
    assert found["BackupDaily"]["trigger"]["schedule"]["repeatingTimeIntervals"] == ["R/2026-01-01T03:00:00+00:00/P1D"]
    assert found["Default"]["isDefault"] is True
    (life,) = found["Default"]["lifecycles"]
    assert (life["sourceDataStore"]["dataStoreType"], life["deleteAfter"]["duration"]) == ("OperationalStore", "P14D")


def test_the_first_backup_of_a_day_is_copied_to_the_vault() -> None:
    found = rules()
    assert found["BackupDaily"]["trigger"]["taggingCriteria"][0]["criteria"] == [
        {"objectType": "ScheduleBasedBackupCriteria", "absoluteCriteria": ["FirstOfDay"]}
    ]
    copied, kept = found["Vault"]["lifecycles"]
    assert copied["targetDataStoreCopySettings"][0]["dataStore"]["dataStoreType"] == "VaultStore"
    assert (kept["sourceDataStore"]["dataStoreType"], kept["deleteAfter"]["duration"]) == ("VaultStore", "P365D")


def test_the_vault_can_be_undone_for_two_weeks_and_calls_when_a_job_fails() -> None:
    vault = one(made(), "dataprotection:BackupVault").inputs
    assert vault["identity"] == {"type": "SystemAssigned"}
    security = vault["properties"]["securitySettings"]
    assert security["softDeleteSettings"] == {"state": "On", "retentionDurationInDays": 14}
    assert security["immutabilitySettings"] == {"state": "Unlocked"}
    assert vault["properties"]["storageSettings"] == [{"datastoreType": "VaultStore", "type": "GeoRedundant"}]
    assert vault["properties"]["featureSettings"] == {"crossRegionRestoreSettings": {"state": "Enabled"}}
    alerts = vault["properties"]["monitoringSettings"]["azureMonitorAlertSettings"]
    assert alerts == {"alertsForAllJobFailures": "Enabled"}


@pytest.mark.capability("O4")
def test_somebody_is_told_of_every_alert_of_the_vault() -> None:
    rule = one(made(), ":AlertProcessingRuleByName").inputs
    assert rule["properties"]["enabled"] is True
    assert rule["properties"]["scopes"] == [arm_id("x-bvault")]
    assert rule["properties"]["actions"] == [{"actionType": "AddActionGroups", "actionGroupIds": ["/routine"]}]
    assert "conditions" not in rule["properties"]
    told = one(list(deployed("prod")), ":AlertProcessingRuleByName").inputs["properties"]["actions"]
    assert [each["actionGroupIds"] for each in told] == [[arm_id("mlops-alerts-ag-routine")]]


def test_a_vault_without_copies_elsewhere_promises_no_restore_there() -> None:
    vault = Vault(redundancy="ZoneRedundant", immutability="Locked")
    assert "featureSettings" not in one(made(vault=vault), "dataprotection:BackupVault").inputs["properties"]


def test_the_extension_reaches_its_store_by_identity() -> None:
    extension = one(made(), "kubernetesconfiguration:Extension").inputs
    assert extension["extensionType"] == "microsoft.dataprotection.kubernetes"
    location = "configuration.backupStorageLocation"
    assert extension["configurationSettings"] == {
        f"{location}.bucket": "cluster-backups",
        f"{location}.config.storageAccount": "astore",
        f"{location}.config.resourceGroup": "rg-data",
        f"{location}.config.subscriptionId": "a-subscription",
        f"{location}.config.storageAccountURI": "https://astore.example/",
        f"{location}.config.useAAD": "true",
        "credentials.tenantId": "a-tenant",
    }


def test_the_vault_enters_the_cluster_without_an_account_of_the_cluster() -> None:
    binding = one(made(), "containerservice:TrustedAccessRoleBinding").inputs
    assert binding["sourceResourceId"] == arm_id("x-bvault")
    assert binding["roles"] == ["Microsoft.DataProtection/backupVaults/backup-operator"]


def grants(**changes: Any) -> set[str]:
    names = {each.name for each in made(**changes) if each.type.endswith("authorization:RoleAssignment")}
    return {name.removeprefix("x-roles-ra-") for name in names}


def test_roles_are_what_azure_backup_asks_for() -> None:
    few = grants(retention=replace(RETENTION, vault_days=None))
    assert few == {
        "backup-vault-reader-cluster",
        "backup-vault-reader-rg-snapshots",
        "backup-extension-storage-blob-data-contributor-backup-store",
        "control-plane-contributor-rg-snapshots",
    }
    assert grants() - few == {
        "backup-vault-disk-snapshot-contributor-rg-snapshots",
        "backup-vault-data-operator-for-managed-disks-rg-snapshots",
        "backup-vault-storage-blob-data-reader-backup-store",
    }


def test_the_instance_waits_for_every_role_the_extension_and_the_way_in() -> None:
    recorded = made()
    instance = one(recorded, "dataprotection:BackupInstance")
    roles = {r.urn for r in recorded if r.type.endswith("authorization:RoleAssignment")}
    others = {one(recorded, kind).urn for kind in ("kubernetesconfiguration:Extension", ":TrustedAccessRoleBinding")}
    assert roles | others <= instance.depends_on


def test_volumes_and_objects_are_in_it_but_what_code_rebuilds_is_not() -> None:
    properties = one(made(), "dataprotection:BackupInstance").inputs["properties"]
    assert properties["dataSourceInfo"]["datasourceType"] == "Microsoft.ContainerService/managedClusters"
    parameters = properties["policyInfo"]["policyParameters"]
    assert parameters["backupDatasourceParametersList"] == [
        {
            "objectType": "KubernetesClusterBackupDatasourceParameters",
            "includeClusterScopeResources": True,
            "snapshotVolumes": True,
            "excludedNamespaces": ["gpu-operator"],
        }
    ]
    assert parameters["dataStoreParametersList"][0]["resourceGroupId"] == "/snapshots"


@pytest.mark.parametrize(
    ("retention", "problem"),
    [
        (replace(RETENTION, snapshot_days=0), "snapshots for 0 days"),
        (replace(RETENTION, snapshot_days=361), "snapshots for 361 days"),
        (replace(RETENTION, vault_days=13), "vault copies go after 13 days"),
    ],
)
def test_what_azure_backup_would_refuse_is_a_problem(retention: backup_policy.Retention, problem: str) -> None:
    found: list[str] = []

    def program() -> None:
        found.extend(problems(replace(examples.cluster_backup(), retention=retention)))

    record(program)
    assert [each for each in found if each.startswith(problem)]


def test_the_store_is_as_closed_as_every_account() -> None:
    recorded = record(lambda: BackupStore("x", examples.STORE))
    account = one(recorded, "storage:StorageAccount").inputs
    assert (account["publicNetworkAccess"], account["allowSharedKeyAccess"]) == ("Disabled", False)
    assert account["accountName"].startswith("stbk")
    assert len(account["accountName"]) <= 24
    assert one(recorded, "storage:BlobContainer").inputs["containerName"] == "cluster-backups"
