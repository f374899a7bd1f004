"""Microsoft.Storage/storageAccounts/managementPolicies."""

from __future__ import annotations

from simulator.model import Model


class ManagementPolicies(Model):
    """The lifecycle rules of an account's blobs."""

    token = "azure-native:storage:ManagementPolicy"
