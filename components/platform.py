"""The platform: every area of one environment, in the order in which it can stand.

Owns the order and nothing else: what a resource is like stands in its own component, how settings become its
arguments in the area's `wiring`. There is no `if environment ==` here; environments differ by settings only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import authorization

from components.aks import installation
from components.aks import wiring as aks
from components.aks.cluster import Cluster
from components.context import Context, Foundation
from components.continuity import wiring as continuity
from components.data import analytics_wiring as analytics
from components.data import wiring as data
from components.data.wiring import Data
from components.edge import wiring as edge
from components.generative_ai import gateway_wiring as ai_gateway
from components.generative_ai import wiring as generative_ai
from components.governance import governing
from components.governance import wiring as governance
from components.governance.resource_groups import ResourceGroups, ResourceGroupsArgs
from components.identity import wiring as identity
from components.identity.role_assignment import Scope
from components.kubernetes import wiring as kubernetes
from components.machine_learning import serving_wiring as model_serving
from components.machine_learning import wiring as machine_learning
from components.machine_learning.machine_learning_workspace import MachineLearningWorkspace
from components.network import services_wiring as network_services
from components.network import wiring as network
from components.observability import alert_wiring as watching
from components.observability import wiring as observability
from components.security import wiring as security
from components.serving import wiring as apps
from stacks.settings import Settings


class Platform(ComponentResource):
    """One environment."""

    exports: Mapping[str, Output[str]]
    """Stack outputs: names, ids and addresses that people and pipelines need; nothing secret."""

    def __init__(self, name: str, settings: Settings, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:platform:Platform", name, {}, opts)
        bare = _foundation(self._context(name, settings))
        secured = security.build(bare)
        vault, foundation = secured.vault, replace(bare, customer_keys=secured.customer_keys)
        foundation = network_services.build(foundation)
        stores = data.build(foundation, vault)
        scopes = data.scopes(foundation, stores)
        analytics.build(foundation, scopes, secured)
        cluster = (built := aks.build(foundation, stores, scopes)).cluster
        network_services.build_runners(foundation, vault, stores.registry)
        learning = machine_learning.build(foundation, stores, scopes)
        workspace = learning.workspace
        flux = installation.git_ops(foundation, built)
        extension = installation.build(foundation, built, workspace.workspace_id)
        machine_learning.attach(foundation, learning, cluster.cluster_id, extension)
        model_serving.build(foundation, learning)
        apps.build(foundation, stores)
        continuity.build(foundation, built)
        at = Scope(name="cluster", id=cluster.cluster_id)
        at_workspace = Scope(name="workspace", id=workspace.workspace_id)
        identity.grant_people(foundation, scopes, cluster=at, workspace=at_workspace, keys=secured.keys_scope)
        workloads = identity.build_workloads(foundation, scopes, cluster.oidc_issuer_url)
        edge.build(foundation, vault)
        ai_gateway.build(foundation, generative_ai.build(foundation, scopes, workloads))
        kubernetes.build(foundation, built, workloads, stores.registry.login_server, flux)
        deployers = identity.build_deployers(foundation, at)
        watching.build(foundation, cluster)
        governing.build(foundation, cluster.cluster_id)
        self.exports = {
            **_exports(foundation, cluster, workspace, stores),
            **{f"{name}_workload_client_id": each.client_id for name, each in workloads.items()},
            **{f"{name}_client_id": each.client_id for name, each in deployers.items()},
        }
        self.register_outputs(dict(self.exports))

    def _context(self, name: str, settings: Settings) -> Context:
        placement = governance.placement(settings)
        caller = authorization.get_client_config_output()
        groups = ResourceGroups(f"{name}-groups", ResourceGroupsArgs(placement=placement), ResourceOptions(parent=self))
        return Context(
            prefix=name,
            settings=settings,
            placement=placement,
            parent=self,
            tenant_id=caller.tenant_id,
            subscription_id=caller.subscription_id,
            groups=groups,
        )


def _foundation(context: Context) -> Foundation:
    logs = observability.build(context)
    spoke = network.build_network(context, logs)
    dns = network.build_dns(context, spoke)
    return Foundation(
        **{field.name: getattr(context, field.name) for field in fields(context)},
        observability=logs,
        network=spoke,
        dns=dns,
        access=network.private_access(context, spoke, dns),
        identities=identity.build_identities(context),
    )


def _exports(
    foundation: Foundation, cluster: Cluster, workspace: MachineLearningWorkspace, stores: Data
) -> dict[str, Output[str]]:
    return {
        "cluster_name": cluster.cluster_name,
        "cluster_id": cluster.cluster_id,
        "cluster_private_fqdn": cluster.private_fqdn,
        "cluster_oidc_issuer_url": cluster.oidc_issuer_url,
        "workspace_name": workspace.workspace_name,
        "workspace_id": workspace.workspace_id,
        "vault_uri": stores.vault.vault_uri,
        "registry_login_server": stores.registry.login_server,
        "storage_account_name": stores.storage.account_name,
        "data_lake_name": stores.lake.account_name,
        "log_workspace_id": foundation.log_workspace_id,
        "vnet_id": foundation.network.vnet_id,
        "compute_identity_id": foundation.identities["compute"].identity_id,
    }
