"""Team: a namespace with its share of the cluster, closed to everybody else.

Owns the namespace, quota, limits, network policies, scrape, service accounts and the right to use queues and models in
it. Does not own the Azure roles of the group (`components.identity.access`), nor the team's queue
(`components.kubernetes.queues`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_kubernetes.core.v1 import LimitRange, Namespace, ResourceQuota, ServiceAccount
from pulumi_kubernetes.rbac.v1 import Role, RoleBinding

from components.aks.gpu_pool import TEAM
from components.kubernetes.chart import namespace_labels
from components.kubernetes.scrape import SCRAPED, scrape
from components.kubernetes.team_network import Peers, network_policies
from components.problems import refuse
from stacks.types import OWN_NAMESPACES

GPU = "nvidia.com/gpu"
RBAC = "rbac.authorization.k8s.io"
CUSTOM_KINDS = {
    "kueue.x-k8s.io": ["localqueues", "workloads"],
    "serving.kserve.io": ["inferenceservices", "servingruntimes", "trainedmodels"],
    "keda.sh": ["scaledobjects", "scaledjobs", "triggerauthentications"],
}
"""Kinds that no Azure role for Kubernetes knows; the first group is read only."""


@dataclass(frozen=True, kw_only=True)
class TeamArgs:
    """What bounds the namespace: a team's share, and where it may borrow, what it may borrow.

    `gpus`: by resource name, such as nvidia.com/gpu. `service_accounts`: client id of the identity, by name.
    `reached_from` and `reaches`: other namespaces that call this one, and that this one calls.
    `metrics`: managed Prometheus is there to read pods.
    """

    namespace: str
    group_id: str
    cpu: int
    memory_gib: int
    gpus: Mapping[str, int]
    pods: int
    pod_security: Literal["restricted", "baseline"]
    reached_from: tuple[str, ...]
    reaches: tuple[str, ...]
    inside: tuple[IPv4Network, ...]
    service_accounts: Mapping[str, Input[str]]
    metrics: bool


def problems(args: TeamArgs) -> list[str]:
    """Every reason why Kubernetes would refuse the team, or leave it open."""
    found = []
    if args.namespace.startswith("kube-") or args.namespace in OWN_NAMESPACES:
        found.append(f"{args.namespace} belongs to the cluster")
    if args.namespace in args.reached_from:
        found.append(f"{args.namespace} is reached from itself anyway")
    return found


def quota(args: TeamArgs) -> dict[str, str]:
    """What the namespace may ask for; a kind of GPU that is not named may not be asked for at all."""
    gpus = {f"requests.{name}": str(count) for name, count in {GPU: 0, **args.gpus}.items()}
    return {
        "requests.cpu": str(args.cpu),
        "requests.memory": f"{args.memory_gib}Gi",
        "limits.memory": f"{args.memory_gib}Gi",
        **gpus,
        "pods": str(args.pods),
        # A public address is not a team's to take.
        "services.loadbalancers": "0",
        "services.nodeports": "0",
    }


class Team(ComponentResource):
    """Namespace and everything that bounds it."""

    namespace: Output[str]

    def __init__(self, name: str, args: TeamArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:team:Team", name, {}, opts)
        refuse(name, problems(args))
        space = Namespace(
            f"{name}-ns",
            metadata={"name": args.namespace, "labels": {**namespace_labels(args.pod_security), TEAM: args.namespace}},
            opts=ResourceOptions(parent=self),
        )
        self.child = ResourceOptions(parent=self, depends_on=[space])
        self._bounds(name, args)
        peers = Peers(reached_from=args.reached_from, reaches=args.reaches, inside=args.inside)
        network_policies(f"{name}-np", args.namespace, peers, self.child)
        self._people(name, args)
        for account, client_id in args.service_accounts.items():
            _service_account(f"{name}-sa-{account}", args.namespace, account, client_id, self.child)
        if args.metrics:
            scrape(f"{name}-metrics", "team", args.namespace, SCRAPED, self.child)
        self.namespace = Output.from_input(args.namespace)
        self.register_outputs({"namespace": self.namespace})

    def _bounds(self, name: str, args: TeamArgs) -> None:
        ResourceQuota(
            f"{name}-quota",
            metadata={"name": "share", "namespace": args.namespace},
            spec={"hard": quota(args)},
            opts=self.child,
        )
        # A pod that names nothing gets little; without a default the quota would refuse it with a puzzling message.
        defaults: Any = {
            "type": "Container",
            "defaultRequest": {"cpu": "250m", "memory": "512Mi"},
            "default": {"memory": "1Gi"},
        }
        LimitRange(
            f"{name}-limits",
            metadata={"name": "defaults", "namespace": args.namespace},
            spec={"limits": [defaults]},
            opts=self.child,
        )

    def _people(self, name: str, args: TeamArgs) -> None:
        read, write = ["get", "list", "watch"], ["get", "list", "watch", "create", "update", "patch", "delete"]
        rules: Any = [
            {"api_groups": [group], "resources": kinds, "verbs": read if group.startswith("kueue") else write}
            for group, kinds in CUSTOM_KINDS.items()
        ]
        metadata: Any = {"name": "team", "namespace": args.namespace}
        role = Role(f"{name}-role", metadata=metadata, rules=rules, opts=self.child)
        RoleBinding(
            f"{name}-people",
            metadata=metadata,
            role_ref={"api_group": RBAC, "kind": "Role", "name": "team"},
            subjects=[{"api_group": RBAC, "kind": "Group", "name": args.group_id}],
            opts=ResourceOptions(parent=self, depends_on=[role]),
        )


def _service_account(
    name: str, namespace: str, account: str, client_id: Input[str], opts: ResourceOptions
) -> ServiceAccount:
    return ServiceAccount(
        name,
        metadata={
            "name": account,
            "namespace": namespace,
            "annotations": {"azure.workload.identity/client-id": client_id},
        },
        # The identity's token is projected by AKS; a pod that talks to the API server asks for its own.
        automount_service_account_token=False,
        opts=opts,
    )
