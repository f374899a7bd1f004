"""The larger parts of a Databricks workspace's arguments: its network, keys and compliance.

Owns what they look like. Does not own the workspace (`components.data.databricks_workspace`).
"""

from __future__ import annotations

from pulumi import Input
from pulumi_azure_native import databricks

from components.security.encryption_key import EncryptionKey

_VERSION_LENGTH = 32
"""Hexadecimal digits of a key's version, the end of its address."""


def network_parameters(
    *,
    vnet_id: Input[str],
    public_subnet_name: str,
    private_subnet_name: str,
    storage_name: str,
    storage_replication: str,
) -> databricks.WorkspaceCustomParametersArgs:
    """Clusters in our subnets, with no public address; the workspace's own storage, encrypted twice."""
    text, flag = databricks.WorkspaceCustomStringParameterArgs, databricks.WorkspaceCustomBooleanParameterArgs
    return databricks.WorkspaceCustomParametersArgs(
        custom_virtual_network_id=text(value=vnet_id),
        custom_public_subnet_name=text(value=public_subnet_name),
        custom_private_subnet_name=text(value=private_subnet_name),
        enable_no_public_ip=databricks.WorkspaceNoPublicIPBooleanParameterArgs(value=True),
        require_infrastructure_encryption=flag(value=True),
        storage_account_name=text(value=storage_name),
        storage_account_sku_name=text(value=f"Standard_{storage_replication}"),
    )


def encryption(key: EncryptionKey, vault_uri: Input[str]) -> databricks.WorkspacePropertiesEncryptionArgs:
    """Notebooks, queries and secrets by one version of the key, until it is written anew; disks by the latest."""
    version = key.key_version_uri[-_VERSION_LENGTH:]
    source = databricks.EncryptionKeySource.MICROSOFT_KEYVAULT
    return databricks.WorkspacePropertiesEncryptionArgs(
        entities=databricks.EncryptionEntitiesDefinitionArgs(
            managed_services=databricks.EncryptionV2Args(
                key_source=source,
                key_vault_properties=databricks.EncryptionV2KeyVaultPropertiesArgs(
                    key_vault_uri=vault_uri, key_name=key.key_name, key_version=version
                ),
            ),
            managed_disk=databricks.ManagedDiskEncryptionArgs(
                key_source=source,
                rotation_to_latest_key_version_enabled=True,
                key_vault_properties=databricks.ManagedDiskEncryptionKeyVaultPropertiesArgs(
                    key_vault_uri=vault_uri, key_name=key.key_name, key_version=version
                ),
            ),
        )
    )


def compliance(protected_b: bool) -> databricks.EnhancedSecurityComplianceDefinitionArgs:
    """Hardened images, monitored and updated by themselves; with `protected_b` held to CANADA_PROTECTED_B."""
    standards = [databricks.ComplianceStandard.CANAD_A_PROTECTE_D_B] if protected_b else []
    enabled = "Enabled"
    return databricks.EnhancedSecurityComplianceDefinitionArgs(
        automatic_cluster_update=databricks.AutomaticClusterUpdateDefinitionArgs(value=enabled),
        enhanced_security_monitoring=databricks.EnhancedSecurityMonitoringDefinitionArgs(value=enabled),
        compliance_security_profile=databricks.ComplianceSecurityProfileDefinitionArgs(
            value=enabled if protected_b else "Disabled", compliance_standards=standards
        ),
    )
