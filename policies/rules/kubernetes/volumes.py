"""K8S-004: a pod mounts nothing of its node."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Category, Context, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    JOB,
    POD,
    PODS,
    example,
    examples,
    pod_breaks,
    pod_properties,
    pods,
)
from policies.view import Doubt, Fault, Judged, View, guarded

# The volumes that Pod Security Standards leave in "restricted".
_ALLOWED: Final = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
    }
)


def check(view: View, context: Context) -> Judged:
    """Every volume is of a kind that comes from the cluster."""
    for pod in pods(view, context):
        yield from guarded(_volumes(pod))


def _volumes(pod: View) -> Judged:
    for volume in pod.each("volumes"):
        yield from guarded(_kind(volume))


def _kind(volume: View) -> Judged:
    kinds = [key for key in volume.keys("") if key != "name" and volume.has(key)]
    if not kinds:
        yield Doubt(volume.path, "names no kind of volume")
    for kind in kinds:
        if kind not in _ALLOWED:
            yield Fault(f"{volume.path}.{kind}", "is no kind of volume that a pod may have")


def _pod(**volume: Any) -> dict[str, Any]:
    volumes = [{"name": "tmp", "emptyDir": {}}, {"name": "own", **(volume or {"configMap": {"name": "own"}})}]
    return {"containers": [{"name": "main"}], "volumes": volumes}


RULE = Rule(
    id="K8S-004",
    severity=Severity.HIGH,
    category=Category.KUBERNETES,
    controls=("itsg33/AC-6", "itsg33/SC-4", "mcsb/PV-2", "hipaa/164.312(a)(1)", "gdpr/32(1)(b)", "popa/10", "hia/60"),
    equivalents={
        "checkov": ("CKV_K8S_27",),
        "azure_policy": (
            "098fc59e-46c7-4d99-9b16-64990e543d75",
            "16697877-1118-4fb1-9b65-9898ec2509ec",
        ),
        "trivy": (
            "KSV-0023",
            "KSV-0028",
            "KSV-0121",
        ),
    },
    title="A pod mounts nothing of its node",
    types=PODS,
    why=(
        "A path of the node holds other pods' volumes and tokens, the kubelet's key and the socket of the container "
        "runtime: whoever writes there owns the node."
    ),
    fix="Replace hostPath by emptyDir, a persistentVolumeClaim, or a csi volume; mount secrets by the CSI driver.",
    link="https://kubernetes.io/docs/concepts/storage/volumes/",
    properties=pod_properties(
        "volumes", ABSENT, Verdict.PASS, "kubernetes.io API reference core/v1 PodSpec: no volume (not re-read)"
    ),
    check=check,
    good=examples(_pod()),
    bad=(
        example(_pod(hostPath={"path": "/var/run"})),
        example(_pod(hostPath={"path": "/var/log"}), POD),
        example(_pod(nfs={"server": "files", "path": "/"}), JOB),
    ),
    breaks=(
        *pod_breaks("volumes", [{"name": "node", "hostPath": {"path": "/"}}]),
        *pod_breaks("volumes[*].hostPath", {"path": "/"}),
    ),
)
