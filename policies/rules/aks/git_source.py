"""GIT-001: a cluster is fed from our repository, and what leaves the repository leaves the cluster."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any, Final

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import FLUX_CONFIGURATION, FLUX_GIT
from policies.view import Fault, Judged, View, guarded

_URL: Final = {FLUX_CONFIGURATION: "gitRepository.url", FLUX_GIT: "spec.url"}
_SUSPENDED: Final = {FLUX_CONFIGURATION: "suspend", FLUX_GIT: "spec.suspend"}
_KIND: Final = "sourceKind"
_KUSTOMIZATIONS: Final = "kustomizations"


def check(view: View, context: Context) -> Judged:
    """The address of the repository; that it is read; and that objects go with their file."""
    type_ = context.resource.type
    if type_ == FLUX_CONFIGURATION:
        yield from view.must_be(_KIND, "GitRepository", "as nobody reviews what lies in a bucket")
    yield from guarded(_source(_URL[type_], view, context))
    yield from view.must_be(_SUSPENDED[type_], False)
    if type_ == FLUX_CONFIGURATION:
        for one in view.each(_KUSTOMIZATIONS):
            yield from one.must_be("prune", True, "else what was taken out of the repository runs on")


def _source(path: str, view: View, context: Context) -> Judged:
    url = view.word(path)
    if not url.startswith(("https://", "ssh://")):
        yield Fault(path, "must be an address with https:// or ssh://")
    elif not any(fnmatchcase(url, one.lower()) for one in context.profile.parameters.git_sources):
        yield Fault(path, "is not among the profile's git_sources")


_OURS: Final = "https://github.com/gov-example/ml-platform"


def _configuration(url: str = _OURS, *, suspended: bool = False, prune: bool = True) -> dict[str, Any]:
    ways = {"first": {"prune": True, "path": "./a"}, "second": {"prune": prune, "path": "./b"}}
    return {
        "sourceKind": "GitRepository",
        "gitRepository": {"url": url},
        "suspend": suspended,
        "kustomizations": ways,
    }


def _repository(url: str = _OURS, *, suspended: bool = False) -> Example:
    return Example({"spec": {"url": url, "suspend": suspended}}, type=FLUX_GIT)


_API: Final = "FluxConfiguration, Microsoft.KubernetesConfiguration 2024-11-01"
_CRD: Final = "GitRepository, source.toolkit.fluxcd.io/v1"
_AZURE: Final = (FLUX_CONFIGURATION,)
_OBJECT: Final = (FLUX_GIT,)

RULE = Rule(
    id="GIT-001",
    title="A cluster is fed from our repository, and what leaves the repository leaves the cluster",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(FLUX_CONFIGURATION, FLUX_GIT),
    controls=("itsg33/SI-7", "itsg33/CM-3", "itsg33/SA-12", "mcsb/DS-6", "gdpr/32(1)(b)", "popa/10"),
    parameters=("git_sources",),
    why="Whoever writes to the repository that a cluster reads, or to the line between them, is its administrator.",
    fix="Name a repository of the profile's git_sources over https or ssh, set prune to true and leave suspend false "
    "(settings: cluster.gitops.url, cluster.gitops.prune).",
    link="https://learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2",
    properties=(
        Property(_KIND, "GitRepository", Verdict.PASS, f"{_API}: required", of=_AZURE),
        Property("gitRepository.url", ABSENT, Verdict.FAIL, f"{_API}: required with a Git source", of=_AZURE),
        Property("spec.url", ABSENT, Verdict.FAIL, f"{_CRD}: required", of=_OBJECT),
        Property("suspend", False, Verdict.PASS, f"{_API}: false", of=_AZURE),
        Property("spec.suspend", False, Verdict.PASS, f"{_CRD}: false", of=_OBJECT),
        Property(f"{_KUSTOMIZATIONS}[*].prune", False, Verdict.FAIL, f"{_API}: false", of=_AZURE),
    ),
    check=check,
    good=(
        Example(_configuration()),
        _repository("ssh://git@github.com/gov-example/another"),
    ),
    bad=(
        Example(_configuration("http://github.com/gov-example/ml-platform")),
        Example(_configuration("https://github.com/a-stranger/ml-platform")),
        Example(_configuration(suspended=True)),
        Example({**_configuration(), "sourceKind": "Bucket"}),
        Example(_configuration(prune=False), title="the second kustomization"),
        _repository("git@github.com:gov-example/ml-platform"),
        _repository(suspended=True),
    ),
    breaks=(
        Break("gitRepository.url", "https://github.com/a-stranger/ml-platform", of=_AZURE),
        Break("gitRepository.url", "http://github.com/gov-example/ml-platform", of=_AZURE),
        Break("spec.url", "https://github.com/a-stranger/ml-platform", of=_OBJECT),
        Break(_KIND, "AzureBlob", of=_AZURE),
        Break("suspend", True, of=_AZURE),
        Break("spec.suspend", True, of=_OBJECT),
        Break(f"{_KUSTOMIZATIONS}[*].prune", False, of=_AZURE),
    ),
)
