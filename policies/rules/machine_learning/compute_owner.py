"""AML-008: a training machine is one person's, or has an identity of ours."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.machine_learning._identities import USER_ASSIGNED
from policies.types import ML_COMPUTE
from policies.view import Judged, View

_INNER: Final = "properties.properties"
_PERSON: Final = f"{_INNER}.personalComputeInstanceSettings.assignedUser.objectId"


def applies(compute: View, _context: Context) -> bool:
    """For machines that Azure ML makes."""
    return compute.word("properties.computeType", absent="") in {"amlcompute", "computeinstance"}


def check(compute: View, _context: Context) -> Judged:
    """An instance is one person's; a cluster has an identity of ours."""
    if compute.word("properties.computeType", absent="") == "amlcompute":
        yield from compute.must_be_one_of("identity.type", USER_ASSIGNED)
        return
    yield from compute.must_be(f"{_INNER}.computeInstanceAuthorizationType", "personal")
    yield from compute.must_be_set(_PERSON, "else it is the pipeline's")
    yield from compute.must_be(f"{_INNER}.applicationSharingPolicy", "Personal")


def _instance(**changes: Any) -> dict[str, Any]:
    person = {"assignedUser": {"objectId": "0b0b", "tenantId": "0a0a"}}
    inner = {"computeInstanceAuthorizationType": "personal", "personalComputeInstanceSettings": person}
    inner = {**inner, "applicationSharingPolicy": "Personal", **changes}
    return {"properties": {"computeType": "ComputeInstance", "properties": inner}}


def _cluster(identity: str) -> dict[str, Any]:
    return {"identity": {"type": identity}, "properties": {"computeType": "AmlCompute"}}


def _is(compute: Any, kind: str) -> bool:
    return bool(compute["properties"]["computeType"] == kind)


RULE = Rule(
    id="AML-008",
    title="A training machine is one person's, or has an identity of ours",
    severity=Severity.MEDIUM,
    category=Category.IDENTITY,
    types=(ML_COMPUTE,),
    controls=(
        "itsg33/AC-3",
        "itsg33/AC-6",
        "mcsb/IM-3",
        "hipaa/164.312(a)(2)(i)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    why="On a shared machine everybody acts with the rights of whoever made it; without an identity jobs need keys.",
    fix="Name a person in personalComputeInstanceSettings and share nothing; give clusters a user-assigned identity.",
    link="https://learn.microsoft.com/azure/machine-learning/how-to-create-compute-instance",
    properties=(
        Property(
            "identity.type", "None", Verdict.FAIL, "Compute, Microsoft.MachineLearningServices 2025-12-01: no identity"
        ),
        Property(
            f"{_INNER}.computeInstanceAuthorizationType",
            "personal",
            Verdict.PASS,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: personal",
        ),
        Property(
            _PERSON,
            ABSENT,
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: whoever creates it",
            unknown=Verdict.PASS,
        ),
        Property(
            f"{_INNER}.applicationSharingPolicy",
            "Shared",
            Verdict.FAIL,
            "Compute, Microsoft.MachineLearningServices 2025-12-01: Shared where nothing is set (not re-read)",
        ),
    ),
    applies=applies,
    check=check,
    good=(
        Example(_instance()),
        Example(_cluster("SystemAssigned,UserAssigned")),
        Example({"properties": {"computeType": "Kubernetes"}}),
    ),
    bad=(
        Example(_cluster("SystemAssigned")),
        Example(_instance(applicationSharingPolicy="Shared")),
        Example(_instance(personalComputeInstanceSettings={})),
        Example(_instance(computeInstanceAuthorizationType="shared")),
    ),
    breaks=(
        Break("identity", {"type": "SystemAssigned"}, where=lambda compute: _is(compute, "AmlCompute")),
        Break(f"{_INNER}.applicationSharingPolicy", "Shared", where=lambda compute: _is(compute, "ComputeInstance")),
        Break(
            f"{_INNER}.personalComputeInstanceSettings",
            ABSENT,
            where=lambda compute: _is(compute, "ComputeInstance"),
        ),
        Break(
            f"{_INNER}.computeInstanceAuthorizationType",
            "shared",
            where=lambda compute: _is(compute, "ComputeInstance"),
        ),
    ),
)
