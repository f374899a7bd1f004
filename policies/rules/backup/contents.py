"""BCK-004: a backup of a cluster holds its volumes, and what belongs to no namespace."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import BACKUP_INSTANCE
from policies.view import Fault, Judged, View, guarded

_SETS: Final = "properties.policyInfo.policyParameters.backupDatasourceParametersList"
_CLUSTER: Final = "kubernetesclusterbackupdatasourceparameters"
_WHOLE: Final = ("snapshotVolumes", "includeClusterScopeResources")
_NAMESPACES: Final = "excludedNamespaces"
_TYPES: Final = "excludedResourceTypes"


def applies(instance: View, _context: Context) -> bool:
    """To backups of clusters."""
    return any(one.word("objectType", absent="") == _CLUSTER for one in instance.each(_SETS))


def check(instance: View, context: Context) -> Judged:
    """Volumes and cluster-wide objects are in it; nothing is left out but what the platform brings back itself."""
    for chosen in instance.each(_SETS):
        for path in _WHOLE:
            yield from chosen.must_be(path, True)
        yield from chosen.must_not_be_set(_TYPES, "because a restore would miss them")
        yield from guarded(_namespaces(chosen, context.profile.parameters.platform_namespaces))


def _namespaces(chosen: View, platform: tuple[str, ...]) -> Judged:
    for one in chosen.each(_NAMESPACES):
        if one.text("", absent="") not in platform:
            yield Fault(one.path, "must not be left out: it is none of the platform's own (platform_namespaces)")


def _instance(*, volumes: bool = True, everything: bool = True, **changes: Any) -> dict[str, Any]:
    chosen = {
        "objectType": "KubernetesClusterBackupDatasourceParameters",
        "snapshotVolumes": volumes,
        "includeClusterScopeResources": everything,
        **changes,
    }
    return {"properties": {"policyInfo": {"policyParameters": {"backupDatasourceParametersList": [chosen]}}}}


_API: Final = "BackupInstance, Microsoft.DataProtection 2025-01-01"

RULE = Rule(
    id="BCK-004",
    title="A backup of a cluster holds its volumes, and what belongs to no namespace",
    severity=Severity.MEDIUM,
    category=Category.RESILIENCE,
    types=(BACKUP_INSTANCE,),
    controls=("itsg33/CP-9", "itsg33/CP-10", "mcsb/BR-1", "gdpr/32(1)(c)", "gc-guardrails/13", "popa/10"),
    parameters=("platform_namespaces",),
    why="Without its volumes and its custom resources a restored cluster starts, and has lost its work.",
    fix="Set snapshotVolumes and includeClusterScopeResources to true, and leave out namespaces of the platform only "
    "(settings: cluster.backup.excluded_namespaces).",
    link="https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup",
    properties=(
        *(
            Property(f"{_SETS}[*].{path}", ABSENT, Verdict.FAIL, f"{_API}: names no default, so it must be written")
            for path in _WHOLE
        ),
        *(Property(f"{_SETS}[*].{path}", ABSENT, Verdict.PASS, f"{_API}: nothing") for path in (_NAMESPACES, _TYPES)),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_instance()),
        Example(_instance(excludedNamespaces=["gpu-operator"], excludedResourceTypes=[]), environment="test"),
    ),
    bad=(
        Example(_instance(volumes=False)),
        Example(_instance(everything=False)),
        Example(_instance(excludedNamespaces=["gpu-operator", "ml-serving"])),
        Example(_instance(excludedResourceTypes=["secrets"])),
    ),
    breaks=(
        *(Break(f"{_SETS}[*].{path}", value) for path in _WHOLE for value in (False, ABSENT)),
        *(Break(f"{_SETS}[*].{path}", ["ml-serving"]) for path in (_NAMESPACES, _TYPES)),
    ),
)
