"""What every area of the platform is built from: the settings, and what stands before it.

Owns no resource. `components.platform` makes one context and hands it from area to area; an area's `wiring` turns
settings into arguments and answers what later areas need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi import Input, Output, Resource, ResourceOptions

from components import naming
from components.governance.resource_groups import ResourceGroups
from components.identity.identity import Identity
from components.identity.role_assignment import Scope
from components.network.monitor_private_link import MonitorPrivateLink
from components.network.network import Network
from components.network.private_dns import PrivateDns
from components.network.private_endpoint import PrivateAccess
from components.observability.observability import Observability
from components.placement import Placement
from components.security.customer_key import CustomerKey
from stacks.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Context:
    """One environment before anything stands in it. `prefix` begins every logical name."""

    prefix: str
    settings: Settings
    placement: Placement
    parent: Resource
    tenant_id: Input[str]
    subscription_id: Input[str]
    groups: ResourceGroups

    @property
    def child(self) -> ResourceOptions:
        """Options of every component: a part of the platform."""
        return ResourceOptions(parent=self.parent)

    def group_name(self, purpose: str) -> Output[str]:
        """Name of the resource group for `purpose` (`components.governance.resource_groups.PURPOSES`)."""
        return self.groups.names[purpose]

    @property
    def subscription_scope(self) -> Scope:
        """The subscription, as a scope of roles, policies and budgets."""
        return Scope(name="subscription", id=naming.subscription_id_path(self.subscription_id))

    def group_scope(self, purpose: str) -> Scope:
        """The resource group for `purpose`, as a scope of roles."""
        return Scope(name=f"rg-{purpose}", id=self.groups.ids[purpose])


@dataclass(frozen=True, kw_only=True)
class Foundation(Context):
    """What every service needs: where logs go, where private endpoints go, and who services are."""

    observability: Observability
    network: Network
    dns: PrivateDns
    access: PrivateAccess
    identities: Mapping[str, Identity]
    customer_keys: Mapping[str, CustomerKey] = field(default_factory=dict)
    """By purpose (`components.security.wiring`); a purpose is absent where Microsoft's keys are enough."""
    monitor_private_link: MonitorPrivateLink | None = None
    """What data collection endpoints and workspaces join (`monitor_private_link.add`); None: no private link."""

    @property
    def log_workspace_id(self) -> Output[str]:
        """Where every diagnostic setting sends."""
        return self.observability.log_workspace_id
