"""AML-005: training machines have no public address and no door for SSH."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import ML_COMPUTE
from policies.view import Judged, View

# The subnet is not judged: with the isolation that AML-002 demands, the workspace's managed network is the subnet.
_INNER: Final = "properties.properties"


def applies(compute: View, _context: Context) -> bool:
    """For machines that Azure ML makes."""
    return compute.word("properties.computeType", absent="") in {"amlcompute", "computeinstance"}


def check(compute: View, _context: Context) -> Judged:
    """No local account, no public address, no port for SSH."""
    yield from compute.must_be("properties.disableLocalAuth", True)
    yield from compute.must_be(f"{_INNER}.enableNodePublicIp", False)
    if compute.word("properties.computeType", absent="") == "amlcompute":
        yield from compute.must_be(f"{_INNER}.remoteLoginPortPublicAccess", "Disabled")
    else:
        yield from compute.must_be(f"{_INNER}.sshSettings.sshPublicAccess", "Disabled")


def _cluster(*, local: bool = False, **changes: Any) -> dict[str, Any]:
    inner = {"enableNodePublicIp": False, "remoteLoginPortPublicAccess": "Disabled", **changes}
    return {"properties": {"computeType": "AmlCompute", "disableLocalAuth": not local, "properties": inner}}


def _instance(ssh: str) -> dict[str, Any]:
    inner = {"enableNodePublicIp": False, "sshSettings": {"sshPublicAccess": ssh}}
    return {"properties": {"computeType": "ComputeInstance", "disableLocalAuth": True, "properties": inner}}


def _is(kind: str) -> Callable[[Any], bool]:
    return lambda compute: compute["properties"]["computeType"] == kind


RULE = Rule(
    id="AML-005",
    title="Training machines have no public address and no door for SSH",
    severity=Severity.HIGH,
    category=Category.NETWORK,
    types=(ML_COMPUTE,),
    controls=(
        "itsg33/SC-7",
        "itsg33/IA-2",
        "mcsb/IM-1",
        "mcsb/NS-2",
        "hipaa/164.312(e)(1)",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "gc-guardrails/9",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "psrule": ("Azure.ML.DisableLocalAuth", "AZR-000404", "Azure.ML.ComputeVnet", "AZR-000405"),
        "azure_policy": ("e96a9a5f-07ca-471b-9bc5-6a0f33cbd68f", "7804b5c7-01dc-4723-969b-ae300cc07ff1"),
    },
    why="A machine with an address and a password is tried by robots within minutes, and it has the data of the job.",
    fix="Set disableLocalAuth to true, enableNodePublicIp to false, and the access by SSH to Disabled.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-create-attach-compute-cluster",
    properties=(
        Property(
            "properties.disableLocalAuth",
            False,
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: local accounts unless it is true",
        ),
        Property(
            f"{_INNER}.enableNodePublicIp",
            True,
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: nodes have addresses unless it is false",
        ),
        Property(
            f"{_INNER}.remoteLoginPortPublicAccess",
            "NotSpecified",
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: closed only where a network is defined",
        ),
        Property(
            f"{_INNER}.sshSettings.sshPublicAccess",
            "Disabled",
            Verdict.PASS,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: Disabled where nothing is set",
        ),
    ),
    applies=applies,
    check=check,
    good=(Example(_cluster()), Example(_instance("disabled")), Example({"properties": {"computeType": "Kubernetes"}})),
    bad=(
        Example(_cluster(local=True)),
        Example(_cluster(enableNodePublicIp=True)),
        Example(_cluster(remoteLoginPortPublicAccess="Enabled")),
        Example(_cluster(remoteLoginPortPublicAccess="NotSpecified")),
        Example(_instance("Enabled")),
    ),
    breaks=(
        Break("properties.disableLocalAuth", False, where=lambda compute: not _is("Kubernetes")(compute)),
        Break(f"{_INNER}.enableNodePublicIp", True, where=lambda compute: not _is("Kubernetes")(compute)),
        Break(f"{_INNER}.enableNodePublicIp", ABSENT, where=lambda compute: not _is("Kubernetes")(compute)),
        Break(f"{_INNER}.remoteLoginPortPublicAccess", "Enabled", where=_is("AmlCompute")),
        Break(f"{_INNER}.sshSettings", {"sshPublicAccess": "Enabled"}, where=_is("ComputeInstance")),
    ),
)
