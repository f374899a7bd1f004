"""How backups are made, and what they are made of."""

from __future__ import annotations

from components.continuity.backup_store import BackupStore
from components.continuity.cluster_backup import ClusterBackup
from tests.components.continuity import examples

MAKERS = {
    "backup_store:BackupStore": (
        lambda o: BackupStore("x", examples.STORE, o),
        (
            "BlobContainer|x-container",
            "BlobServiceProperties|x-blobs",
            "DiagnosticSetting|x-diag-blob",
            "ManagementPolicy|x-lifecycle",
            "PrivateEndpoint|x-blob",
            "StorageAccount|x-st",
        ),
        ("account_id", "account_name", "blob_endpoint"),
    ),
    "cluster_backup:ClusterBackup": (
        lambda o: ClusterBackup("x", examples.cluster_backup(), o),
        (
            "AlertProcessingRuleByName|x-told",
            "BackupInstance|x-instance",
            "BackupPolicy|x-policy",
            "BackupVault|x-bvault",
            "DiagnosticSetting|x-diag",
            "Extension|x-ext",
            "RoleAssignments|x-roles",
            "TrustedAccessRoleBinding|x-access",
        ),
        ("vault_id",),
    ),
}
