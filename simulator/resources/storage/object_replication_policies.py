"""Microsoft.Storage/storageAccounts/objectReplicationPolicies."""

from __future__ import annotations

from typing import Any

from simulator.model import CREATED, Model, Request, guid
from simulator.resources.storage.replication_rules import REPLICATION_RULES


class ObjectReplicationPolicies(Model):
    """Blobs of one account copied to another; a policy exists at both."""

    token = "azure-native:storage:ObjectReplicationPolicy"
    rules = REPLICATION_RULES

    def outputs(self, request: Request) -> dict[str, Any]:
        """The id under which the other account has the policy."""
        own = request.name if request.name != "default" else guid(request.id, "policy")
        return {"policyId": own, "enabledTime": CREATED}
