"""CI-001: what a workflow runs is pinned by its content."""

from __future__ import annotations

import re
from typing import Any, Final

from policies.resource import WORKFLOW
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.rules.workflow._steps import SYNTAX, steps_of
from policies.types import ACTION
from policies.view import Fault, Judged, View, guarded

_LOCAL: Final = ("./", "$/")
_COMMIT: Final = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
_DIGEST: Final = re.compile(r"\S+@sha256:[0-9a-f]{64}")


def check(view: View, context: Context) -> Judged:
    """Actions and called workflows by their commit, images by their digest; those of the repository itself are free."""
    for step in steps_of(view, context):
        yield from guarded(_action(step, "uses"))
    if context.resource.type == ACTION:
        # A Dockerfile of the repository's own is reviewed with it.
        if "://" in view.text("runs.image") or not view.text("runs.image").endswith("Dockerfile"):
            yield from guarded(_image(view, "runs.image"))
        return
    for job in view.each("jobs"):
        yield from guarded(_action(job, "uses"))
        yield from guarded(_image(job, "container.image"))
        for service in job.each("services"):
            yield from guarded(_image(service, "image"))


def _action(holder: View, path: str) -> Judged:
    used = holder.text(path)
    if used.startswith("docker://"):
        yield from _image(holder, path)
    elif used and not used.startswith(_LOCAL) and not _COMMIT.fullmatch(used):
        yield Fault(f"{holder.path}.{path}", "must end with @ and the 40 hexadecimal digits of a commit")


def _image(holder: View, path: str) -> Judged:
    image = holder.text(path)
    if image and not _DIGEST.fullmatch(image):
        place = f"{holder.path}.{path}" if holder.path else path
        yield Fault(place, "must end with @sha256: and the digest of an image")


def _workflow(**job: Any) -> dict[str, Any]:
    return {"on": {"push": {}}, "jobs": {"build": {"runs-on": "ubuntu-24.04", **job}}}


_SHA: Final = "3d3c42e5aac5ba805825da76410c181273ba90b1"
_CHECKOUT: Final = {"uses": f"actions/checkout@{_SHA}"}
_IMAGE: Final = f"ghcr.io/gov-example/tools@sha256:{'0a' * 32}"
_STEP: Final = "jobs[*].steps[*].uses"

RULE = Rule(
    id="CI-001",
    title="What a workflow runs is pinned by its content",
    severity=Severity.CRITICAL,
    category=Category.SUPPLY_CHAIN,
    types=(WORKFLOW, ACTION),
    controls=("itsg33/SA-12", "itsg33/SI-7", "itsg33/CM-5", "mcsb/DS-6", "mcsb/DS-2", "gdpr/32(1)(b)", "popa/10"),
    equivalents={"zizmor": ("unpinned-uses", "unpinned-images"), "scorecard": ("Pinned-Dependencies",)},
    why="A tag or a branch can be moved to other code at any time, which then runs with this repository's rights.",
    fix="Write uses: owner/action@<40-digit commit> # v1.2.3, and image: name@sha256:<digest>.",
    link="https://docs.github.com/actions/reference/security/secure-use",
    properties=(
        Property("jobs[*].uses", ABSENT, Verdict.PASS, f"{SYNTAX}: no workflow is called", (WORKFLOW,)),
        Property(_STEP, ABSENT, Verdict.PASS, f"{SYNTAX}: the step runs a command", (WORKFLOW,)),
        Property("jobs[*].container.image", ABSENT, Verdict.PASS, f"{SYNTAX}: no container", (WORKFLOW,)),
        Property("jobs[*].services[*].image", ABSENT, Verdict.PASS, f"{SYNTAX}: no service", (WORKFLOW,)),
        Property("runs.steps[*].uses", ABSENT, Verdict.PASS, f"{SYNTAX}: the step runs a command", (ACTION,)),
        Property("runs.image", ABSENT, Verdict.PASS, "docs.github.com, action metadata: no container", (ACTION,)),
    ),
    check=check,
    good=(
        Example(_workflow(steps=[_CHECKOUT, {"run": "make"}, {"uses": "./.github/actions/prepare"}])),
        Example(_workflow(uses=f"gov-example/shared/.github/workflows/build.yml@{_SHA}")),
        Example(_workflow(container={"image": _IMAGE}, services={"db": {"image": _IMAGE}}, steps=[_CHECKOUT])),
        Example(_workflow(steps=[{"uses": f"docker://{_IMAGE}"}]), title="an image as an action"),
        Example({"runs": {"using": "composite", "steps": [_CHECKOUT]}}, type=ACTION),
        Example({"runs": {"using": "docker", "image": f"docker://{_IMAGE}"}}, type=ACTION),
        Example({"runs": {"using": "docker", "image": "Dockerfile"}}, type=ACTION, title="an image of its own"),
    ),
    bad=(
        Example(_workflow(steps=[_CHECKOUT, {"uses": "actions/cache@v5"}])),
        Example(_workflow(steps=[{"uses": "actions/checkout@main"}])),
        Example(_workflow(steps=[{"uses": f"actions/checkout@{_SHA[:7]}"}]), title="a short commit"),
        Example(_workflow(steps=[{"uses": f"actions/checkout@{_SHA}0"}])),
        Example(_workflow(steps=[{"uses": "docker://alpine:3"}])),
        Example(_workflow(uses="gov-example/shared/.github/workflows/build.yml@main")),
        Example(_workflow(container={"image": "alpine:3"})),
        Example(_workflow(container={"image": "ghcr.io/a-stranger/Dockerfile"}), title="an image with that name"),
        Example({"runs": {"using": "docker", "image": "docker://a-stranger/Dockerfile"}}, type=ACTION),
        Example(_workflow(services={"db": {"image": "postgres"}})),
        Example({"runs": {"using": "composite", "steps": [{"uses": "actions/cache@v5"}]}}, type=ACTION),
        Example({"runs": {"using": "docker", "image": "docker://alpine:3"}}, type=ACTION),
    ),
    breaks=(
        Break(_STEP, "actions/checkout@v7", companions=("CI-004",)),
        Break("runs.steps[*].uses", "actions/cache@v5", of=(ACTION,)),
        Break("jobs[*].uses", "gov-example/shared/.github/workflows/build.yml@main"),
        Break("jobs[*].container", {"image": "alpine:3"}),
        Break("jobs[*].services", {"db": {"image": "postgres"}}),
        Break("runs.image", "docker://alpine:3", of=(ACTION,)),
    ),
)
