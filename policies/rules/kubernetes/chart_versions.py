"""K8S-013: a chart has one exact version, and comes from a source that is allowed."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FLUX_CHART, FLUX_RELEASE, FLUX_REPOSITORY, HELM_RELEASE
from policies.view import Fault, Judged, View, guarded

_VERSION: Final = re.compile(r"v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?([+_][0-9A-Za-z.-]+)?")
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_CHART: Final = "spec.chart.spec"


def check(view: View, context: Context) -> Judged:
    """What names a version names one; what names a source names an allowed one."""
    type_ = context.resource.type
    if type_ == FLUX_RELEASE:
        if view.has("spec.chart"):  # else chartRef names a source, which has the version
            yield from guarded(_exact(view, f"{_CHART}.version"))
        return
    if type_ == HELM_RELEASE:
        yield from guarded(_exact(view, "version"))
        yield from guarded(_release_source(view, context))
        return
    if type_ == FLUX_CHART:
        yield from guarded(_reference(view))
    yield from guarded(_allowed("spec.url", view.text("spec.url"), context))


def _exact(view: View, path: str) -> Judged:
    if _VERSION.fullmatch(view.text(path)) is None:
        yield Fault(path, "must be one exact version: a range or none takes whatever comes out")


def _reference(view: View) -> Judged:
    # Flux takes the digest before semver, and semver before the tag.
    if _DIGEST.fullmatch(view.text("spec.ref.digest", absent="")):
        return
    if view.has("spec.ref.semver"):
        yield Fault("spec.ref.semver", "must not be set: it takes whatever comes out; set tag or digest")
    else:
        yield from _exact(view, "spec.ref.tag")


def _release_source(view: View, context: Context) -> Judged:
    chart, repository = view.text("chart"), view.text("repositoryOpts.repo")
    # A chart that is an address itself comes from there, whatever the repository says.
    whole = "://" in chart or not repository
    path, source = ("chart", chart) if whole else ("repositoryOpts.repo", repository)
    yield from _allowed(path, source, context)


def _allowed(path: str, source: str, context: Context) -> Judged:
    allowed = context.profile.parameters.chart_sources
    if not any(fnmatchcase(source.rstrip("/"), one) for one in allowed):
        yield Fault(path, "is not among the profile's chart_sources")


_SOURCE: Final = "oci://charts.example/team/app"
_ALLOWED: Final = {"chart_sources": (_SOURCE, "https://charts.example/*")}
_SHA: Final = "sha256:" + 64 * "0"


def _oci(url: str = _SOURCE, **reference: str) -> Example:
    return Example({"spec": {"url": url, "ref": reference}}, type=FLUX_CHART, parameters=_ALLOWED)


def _repository(url: str) -> Example:
    return Example({"spec": {"url": url}}, type=FLUX_REPOSITORY, parameters=_ALLOWED)


def _flux(**chart: Any) -> Example:
    return Example({"spec": {"chart": {"spec": {"chart": "app", **chart}}}}, type=FLUX_RELEASE, parameters=_ALLOWED)


def _helm(
    version: str = "1.2.3", chart: str = "app", repository: str | None = "https://charts.example/stable"
) -> Example:
    source = {} if repository is None else {"repositoryOpts": {"repo": repository}}
    return Example({"chart": chart, "version": version, **source}, type=HELM_RELEASE, parameters=_ALLOWED)


RULE = Rule(
    id="K8S-013",
    severity=Severity.MEDIUM,
    category=Category.SUPPLY_CHAIN,
    controls=("itsg33/CM-2", "itsg33/SA-12", "gdpr/32(1)(b)", "popa/10"),
    title="A chart has an exact version and an allowed source",
    types=(FLUX_RELEASE, FLUX_CHART, FLUX_REPOSITORY, HELM_RELEASE),
    parameters=("chart_sources",),
    why=(
        "A chart makes roles, webhooks and privileged pods. A range takes a new one with nobody's review; an unknown "
        "source can put anything into it."
    ),
    fix="Name one version (1.2.3) or a digest, and a source of chart_sources in policies/profiles.yaml.",
    link="https://fluxcd.io/flux/components/source/ocirepositories/",
    properties=(
        Property(
            f"{_CHART}.version",
            "*",
            Verdict.FAIL,
            "fluxcd.io, HelmChartTemplate: the newest (*) (not re-read)",
            of=(FLUX_RELEASE,),
        ),
        Property(
            "spec.ref.tag",
            "latest",
            Verdict.FAIL,
            "fluxcd.io, OCIRepository: latest (not re-read)",
            of=(FLUX_CHART,),
        ),
        Property(
            "spec.url",
            ABSENT,
            Verdict.FAIL,
            "fluxcd.io, OCIRepository and HelmRepository: required (not re-read)",
            of=(FLUX_CHART, FLUX_REPOSITORY),
        ),
        Property(
            "version",
            ABSENT,
            Verdict.FAIL,
            "pulumi.com, kubernetes.helm.sh/v3.Release: the newest (not re-read)",
            of=(HELM_RELEASE,),
        ),
        Property(
            "chart",
            ABSENT,
            Verdict.FAIL,
            "pulumi.com, kubernetes.helm.sh/v3.Release: required (not re-read)",
            of=(HELM_RELEASE,),
        ),
        Property(
            "repositoryOpts.repo",
            ABSENT,
            Verdict.FAIL,
            "pulumi.com, kubernetes.helm.sh/v3.Release: the chart alone says where it comes from (not re-read)",
            of=(HELM_RELEASE,),
        ),
    ),
    check=check,
    good=(
        _flux(version="v26.3.1"),
        _oci(tag="v0.16.0"),
        _oci(url="oci://charts.example/team/app/", tag="1.2.3-rc.1"),
        _repository("https://charts.example/stable"),
        _helm(),
        _helm(chart=_SOURCE, repository=None),
        Example({"spec": {"chartRef": {"kind": "OCIRepository", "name": "app"}}}, type=FLUX_RELEASE),
    ),
    bad=(
        _flux(),
        _flux(version="1.x"),
        _flux(version=">=1.2.3"),
        _oci(),
        _oci(tag="latest"),
        _oci(tag="1.2"),
        _oci(semver=">=1.0.0", tag="1.2.3"),
        _oci(digest="sha256:0", tag="latest"),
        _oci(url="oci://charts.example/team/app2", tag="1.2.3"),
        _repository("http://charts.example/stable"),
        _repository("https://charts.example.evil/stable"),
        _helm(version="^1.2.3"),
        _helm(repository="https://other.example"),
        _helm(chart="oci://other.example/app", repository=None),
        _helm(chart="oci://other.example/past"),
    ),
    breaks=(
        Break("spec.chart.spec.version", "*", of=(FLUX_RELEASE,)),
        Break("spec.chart.spec.version", ABSENT, of=(FLUX_RELEASE,)),
        Break("spec.ref", {"semver": ">=1.0.0"}, of=(FLUX_CHART,)),
        Break("spec.ref", {"tag": "latest"}, of=(FLUX_CHART,)),
        Break("spec.ref.tag", "latest", of=(FLUX_CHART,), where=lambda found: "digest" not in found["spec"]["ref"]),
        Break("spec.url", "oci://evil.example/chart", of=(FLUX_CHART, FLUX_REPOSITORY)),
        Break("version", "^1.0.0", of=(HELM_RELEASE,)),
        Break("version", ABSENT, of=(HELM_RELEASE,)),
        Break(
            "repositoryOpts.repo",
            "https://evil.example",
            of=(HELM_RELEASE,),
            where=lambda found: "://" not in found["chart"],
        ),
        Break("chart", "https://evil.example/chart", of=(HELM_RELEASE,)),
    ),
)
