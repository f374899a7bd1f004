"""Locks: groups in which nothing can be deleted until somebody takes the lock away.

Owns the locks. A lock stops everyone, owners and the portal included; `protect` stops only this program. Does not lock
the group of Azure ML: with a lock its compute clusters can't remove idle nodes, which go on being paid
(learn.microsoft.com azure-resource-manager/management/lock-resources). Nor those of network, cluster and
observability, where releases delete rules, pools, alerts and dashboards, nor that of snapshots, where backups delete
old ones; there `protect` keeps what holds data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, Resource, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.placement import Placement
from components.problems import refuse

LOCKABLE = ("security", "data")
"""Groups that hold what can't be made again, and where no release deletes anything."""


@dataclass(frozen=True, kw_only=True)
class LocksArgs:
    """`groups`: ids by purpose. `after`: what stands before the locks do, so that a destroyed stack unlocks first."""

    placement: Placement
    groups: Mapping[str, Input[str]]
    after: Sequence[Resource]


def problems(args: LocksArgs) -> list[str]:
    """Every group that must not be locked."""
    return [f"the group {purpose} can't be locked" for purpose in args.groups if purpose not in LOCKABLE]


class Locks(ComponentResource):
    """One lock for each group."""

    lock_ids: Mapping[str, Output[str]]

    def __init__(self, name: str, args: LocksArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:locks:Locks", name, {}, opts)
        refuse(name, problems(args))
        self.lock_ids = {
            purpose: authorization.ManagementLockByScope(
                f"{name}-lock-{purpose}",
                scope=group,
                lock_name=naming.named("lock", args.placement, purpose),
                level="CanNotDelete",
                notes="Nothing here can be made again. Take it away with docs/runbooks/unlock-a-group.md.",
                # Deleted in the opposite order: the lock is the first to go, or it would stop everything else.
                opts=ResourceOptions(parent=self, depends_on=list(args.after)),
            ).id
            for purpose, group in args.groups.items()
        }
        self.register_outputs({"lock_ids": self.lock_ids})
