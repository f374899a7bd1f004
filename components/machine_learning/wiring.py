"""From settings to Azure ML."""

from __future__ import annotations

from components.context import Foundation
from components.data.wiring import Data
from components.identity import access
from components.identity.access import DataScopes
from components.identity.wiring import grant
from components.machine_learning.machine_learning_workspace import (
    MachineLearningWorkspace,
    MachineLearningWorkspaceArgs,
    WorkspaceResources,
)
from stacks.classification import chosen


def build(foundation: Foundation, data: Data, scopes: DataScopes) -> MachineLearningWorkspace:
    """The workspace, once its identity may use what it is made of."""
    wanted = foundation.settings.machine_learning
    identity, compute = foundation.identities["workspace"], foundation.identities["compute"]
    roles = grant(foundation, "workspace-roles", access.workspace_identities(identity, compute, scopes))
    args = MachineLearningWorkspaceArgs(
        placement=foundation.placement,
        resource_group_name=foundation.group_name("ml"),
        identity=identity,
        uses=WorkspaceResources(
            vault_id=data.vault.vault_id,
            storage_account_id=data.storage.account_id,
            registry_id=data.registry.registry_id,
            application_insights_id=foundation.observability.application_insights_id,
            data_lake_id=data.lake.account_id,
            ready=(roles,),
        ),
        allowed_fqdns=wanted.allowed_fqdns,
        high_business_impact=chosen(wanted.high_business_impact, foundation.settings.demands.high_business_impact),
        access=foundation.access,
        log_workspace_id=foundation.log_workspace_id,
    )
    return MachineLearningWorkspace(f"{foundation.prefix}-workspace", args, foundation.child)
