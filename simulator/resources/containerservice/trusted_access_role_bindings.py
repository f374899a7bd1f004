"""Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.ids import looks_like_id, type_of
from simulator.model import Model, Request
from simulator.resources.containerservice import docs
from simulator.rule import Fault, rule

_PAGE = f"{docs('trusted-access-feature.md')}; code not confirmed"


@rule("aks-trusted-access-roles", kind="static", source=_PAGE, reads=("roles", "sourceResourceId"))
def trusted_access_roles(request: Request) -> Iterator[Fault]:
    """A role is called `type/role`, and is for resources of its type."""
    source, roles = request.known("sourceResourceId"), request.known("roles")
    named = [each for each in roles if isinstance(each, str)] if isinstance(roles, list) else []
    for index, each in enumerate(named):
        if each.count("/") < 2:
            yield Fault(f"role '{each}' is not of the form provider/type/role", f"roles[{index}]",
                        "write Microsoft.MachineLearningServices/workspaces/mlworkload, for example")  # fmt: skip
        elif looks_like_id(source) and each.rsplit("/", 1)[0].lower() != type_of(str(source)).lower():
            yield Fault(f"role '{each}' is not for resources of type {type_of(str(source))}", f"roles[{index}]",
                        f"use a role of {type_of(str(source))}")  # fmt: skip


class TrustedAccessRoleBindings(Model):
    """What an Azure service, such as a machine learning workspace, may do in a cluster without a way through."""

    token = "azure-native:containerservice:TrustedAccessRoleBinding"
    unchangeable = ("sourceResourceId",)
    rules = (trusted_access_roles,)
