"""K8S-007: pods get a token of Kubernetes only where they say so, under an account of their own."""

from __future__ import annotations

from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.kubernetes._pods import (
    CRON_JOB,
    DEPLOYMENT,
    WORKLOADS,
    example,
    examples,
    labels,
    pod_breaks,
    pod_fault,
    pod_properties,
    pods,
)
from policies.types import SERVICE_ACCOUNT
from policies.view import Judged, View, guarded

_TOKEN: Final = "automountServiceAccountToken"  # noqa: S105 - a property
_IDENTITY: Final = "labels[azure.workload.identity/use]"


def check(view: View, context: Context) -> Judged:
    """An account mounts no token by itself; a pod says whether it does; who has any identity has an own account."""
    if context.resource.type == SERVICE_ACCOUNT:
        yield from view.must_be(_TOKEN, False, "pods that need it say so themselves")
        return
    azure = labels(view, context)
    for pod in pods(view, context):
        yield from pod.must_be_set(_TOKEN, "to false unless the pod calls Kubernetes")
        yield from guarded(_own(pod, azure))


def _own(pod: View, azure: View) -> Judged:
    if pod.flag(_TOKEN) or azure.word(_IDENTITY, absent="") == "true":
        yield from pod.must_not_be("serviceAccountName", ("default",), "which all other pods of its namespace have")


def _account(mounts: bool) -> Example:
    return Example({"metadata": {"name": "own", "namespace": "team"}, _TOKEN: mounts}, type=SERVICE_ACCOUNT)


def _pod(mounts: bool | None = False, account: str | None = None) -> dict[str, Any]:
    spec: dict[str, Any] = {"containers": [{"name": "main"}]}
    if mounts is not None:
        spec[_TOKEN] = mounts
    if account is not None:
        spec["serviceAccountName"] = account
    return spec


_USES: Final = {"labels": {"azure.workload.identity/use": "true"}}

RULE = Rule(
    id="K8S-007",
    severity=Severity.HIGH,
    category=Category.IDENTITY,
    controls=(
        "itsg33/AC-6",
        "itsg33/IA-9",
        "mcsb/PV-2",
        "cis-aks/4.1.5",
        "cis-aks/4.1.6",
        "hipaa/164.312(d)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": ("CKV_K8S_38", "CKV_K8S_41", "CKV_K8S_42"),
        "azure_policy": ("423dd1ba-798e-40e4-9c4d-b6902674b423",),
        "trivy": ("KSV-0036",),
    },
    title="Pods have tokens of Kubernetes only where they say so, and accounts of their own",
    types=(*WORKLOADS, SERVICE_ACCOUNT),
    why=(
        "A token that nobody needs is the first thing that an intruder in a pod uses. Rights of the default account "
        "are rights of every pod of its namespace."
    ),
    fix=(
        "Set automountServiceAccountToken to false on accounts and pods. A pod that calls Kubernetes or Azure names "
        "an account of its own in serviceAccountName."
    ),
    link="https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    properties=(
        *pod_properties(
            _TOKEN,
            ABSENT,
            Verdict.FAIL,
            "core/v1 PodSpec: as the account says, which may be of another stack (not re-read)",
            types=WORKLOADS,
        ),
        *pod_properties(
            "serviceAccountName",
            "default",
            Verdict.FAIL,
            "core/v1 PodSpec: the account default (not re-read)",
            types=WORKLOADS,
        ),
        Property(_TOKEN, True, Verdict.FAIL, "core/v1 ServiceAccount: mounted (not re-read)", of=(SERVICE_ACCOUNT,)),
    ),
    check=check,
    good=(
        _account(False),
        *examples(_pod(), WORKLOADS),
        *examples(_pod(mounts=True, account="own"), WORKLOADS),
        example(_pod(account="own"), metadata=_USES),
    ),
    bad=(
        _account(True),
        example(_pod(mounts=None)),
        example(_pod(mounts=True), CRON_JOB),
        example(_pod(mounts=True, account="default"), DEPLOYMENT),
        example(_pod(), metadata=_USES),
    ),
    breaks=(
        Break(_TOKEN, True, of=(SERVICE_ACCOUNT,)),
        Break(_TOKEN, ABSENT, of=(SERVICE_ACCOUNT,)),
        *pod_breaks(_TOKEN, ABSENT, types=WORKLOADS),
        pod_fault(
            "a token of the default account",
            lambda spec: spec.update({_TOKEN: True, "serviceAccountName": "default"}),
        ),
    ),
)
