"""K8S-005: images come from a registry of ours, and are named by their digest."""

from __future__ import annotations

from typing import Any, Final

from policies.resource import Resource
from policies.rule import ABSENT, Category, Context, Rule, Scope, Severity, Verdict
from policies.rules._registries import pinned_image
from policies.rules.kubernetes._pods import (
    JOB,
    POD,
    PODS,
    container_breaks,
    container_properties,
    containers,
    example,
    examples,
)
from policies.types import REGISTRY
from policies.view import Judged, View


def check(view: View, context: Context) -> Judged:
    """A registry of the stack, or where it makes none one that the profile allows; and a digest."""

    def judge(container: View, _pod: View) -> Judged:
        yield from pinned_image(container.text("image"), f"{container.path}.image", context)

    yield from containers(view, context, judge)


_MADE: Final = Resource(type=REGISTRY, name="registry", properties={"registryName": "crOther"})
_SHA: Final = "@sha256:" + 64 * "0"
_OWN: Final = f"crplatform.azurecr.io/team/app{_SHA}"


def _pod(image: str | None, first: str = _OWN) -> dict[str, Any]:
    second = {"name": "second"} if image is None else {"name": "second", "image": image}
    return {
        "containers": [{"name": "main", "image": _OWN}, second],
        "initContainers": [{"name": "first", "image": first}],
    }


RULE = Rule(
    id="K8S-005",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    controls=(
        "itsg33/SA-12",
        "itsg33/SI-7",
        "mcsb/DS-6",
        "mcsb/PV-2",
        "mcsb/DS-2",
        "cis-aks/5.1.4",
        "hipaa/164.312(c)(1)",
        "gdpr/32(1)(b)",
        "popa/10",
        "hia/60",
    ),
    equivalents={
        "checkov": (
            "CKV_K8S_43",
            "CKV_K8S_14",
        ),
        "azure_policy": (
            "febd0533-8e55-448f-b837-bd0e06f16469",
            "021f8078-41a0-40e6-81b6-c6597da9f3ee",
        ),
        "trivy": (
            "KSV-0125",
            "KSV-0032",
            "KSV-0013",
        ),
    },
    title="Images come from our registry, by digest",
    types=PODS,
    scope=Scope.STACK,
    parameters=("image_registries",),
    why=(
        "Whoever can push a tag changes what runs at the next restart; a registry that is not ours scans nothing, "
        "signs nothing, and may be gone. A digest alone says nothing of where an image comes from."
    ),
    fix="Import the image into the platform's registry and name it as <registry>.azurecr.io/<name>@sha256:<digest>.",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-import-images",
    properties=container_properties(
        "image",
        ABSENT,
        Verdict.FAIL,
        "kubernetes.io API reference core/v1 Container: something else must fill it in (not re-read)",
    ),
    check=check,
    good=(
        *examples(_pod(_OWN)),
        example(_pod(f"crplatform.azurecr.io/app:1.2{_SHA}")),
        example({"containers": [{"name": "main", "image": f"crother.azurecr.io/app{_SHA}"}]}, others=(_MADE,)),
        example(_pod(f"one.example/app{_SHA}"), parameters={"image_registries": ("one.example", "*.azurecr.io")}),
    ),
    bad=(
        example(_pod("crplatform.azurecr.io/app:latest")),
        example(_pod("crplatform.azurecr.io/app"), JOB),
        example(_pod(f"ghcr.io/somebody/app{_SHA}"), POD),
        example(_pod(f"nginx{_SHA}"), title="Docker Hub, unnamed"),
        example(_pod(f"crplatform.azurecr.io.evil.example/app{_SHA}")),
        example(_pod(_OWN, first="crplatform.azurecr.io/first:1")),
        example(_pod(_OWN[:-1]), title="half a digest"),
        example(_pod(_OWN), others=(_MADE,), title="the registry of another stack"),
    ),
    breaks=(
        *container_breaks("image", "crplatform.azurecr.io/app:latest"),
        *container_breaks("image", f"docker.io/evil{_SHA}"),
        *container_breaks("image", ABSENT),
    ),
)
