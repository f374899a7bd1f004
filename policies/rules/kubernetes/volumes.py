"""K8S-004: a pod mounts nothing of its node."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
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
from policies.view import Fault, Judged, View, guarded

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


_PERSISTENT: Final = "kubernetes:core/v1:PersistentVolume"
_OF_NODE: Final = ("hostPath", "local")


def check(view: View, context: Context) -> Judged:
    """Every volume is of a kind that comes from the cluster, and so is what stands behind a claim."""
    if context.resource.type == _PERSISTENT:
        for kind in _OF_NODE:
            yield from view.must_not_be_set(f"spec.{kind}", "as whoever claims it reads and writes on the node")
        return
    for pod in pods(view, context):
        yield from guarded(_volumes(pod))


def _volumes(pod: View) -> Judged:
    for volume in pod.each("volumes"):
        yield from guarded(_kind(volume))


def _kind(volume: View) -> Judged:
    kinds = [key for key in volume.keys("") if key != "name" and volume.has(key)]
    # One that names no kind is an emptyDir: core/v1 Volume (not re-read).
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
    types=(*PODS, _PERSISTENT),
    why=(
        "A path of the node holds other pods' volumes and tokens, the kubelet's key and the socket of the container "
        "runtime: whoever writes there owns the node."
    ),
    fix="Replace hostPath by emptyDir, a persistentVolumeClaim, or a csi volume; mount secrets by the CSI driver.",
    link="https://kubernetes.io/docs/concepts/storage/volumes/",
    properties=(
        *pod_properties(
            "volumes", ABSENT, Verdict.PASS, "kubernetes.io API reference core/v1 PodSpec: no volume (not re-read)"
        ),
        *(
            Property(f"spec.{kind}", ABSENT, Verdict.PASS, "core/v1 PersistentVolumeSpec: none", of=(_PERSISTENT,))
            for kind in _OF_NODE
        ),
    ),
    check=check,
    good=(
        *examples(_pod()),
        example({"containers": [], "volumes": [{"name": "tmp"}]}, POD, title="an emptyDir"),
        Example({"spec": {"csi": {"driver": "disk.csi.azure.com"}}}, type=_PERSISTENT),
        Example({"spec": {"hostPath": {}, "local": {}}}, type=_PERSISTENT),
    ),
    bad=(
        example(_pod(hostPath={"path": "/var/run"})),
        example(_pod(hostPath={"path": "/var/log"}), POD),
        example(_pod(nfs={"server": "files", "path": "/"}), JOB),
        *(Example({"spec": {kind: {"path": "/"}}}, type=_PERSISTENT) for kind in _OF_NODE),
    ),
    breaks=(
        *pod_breaks("volumes", [{"name": "node", "hostPath": {"path": "/"}}]),
        *pod_breaks("volumes[*].hostPath", {"path": "/"}),
        *(Break(f"spec.{kind}", {"path": "/"}, of=(_PERSISTENT,)) for kind in _OF_NODE),
    ),
)
