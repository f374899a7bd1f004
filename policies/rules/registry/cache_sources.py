"""ACR-008: a registry caches images of named publishers only."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any, Final

from facts.registry_upstreams import SIGN_IN
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import CACHE_RULE
from policies.view import Fault, Judged, View, guarded

_SOURCE: Final = "sourceRepository"
_SIGNS_IN: Final = "credentialSetResourceId"


def check(rule: View, context: Context) -> Judged:
    """The source is one of the profile's; where the publisher wants it, the registry signs in there."""
    yield from guarded(_allowed(rule, context))
    if rule.word(_SOURCE).split("/", maxsplit=1)[0] in SIGN_IN:
        yield from rule.must_be_set(_SIGNS_IN, "else the publisher soon answers nobody")


def _allowed(rule: View, context: Context) -> Judged:
    source = rule.word(_SOURCE)
    if not any(fnmatchcase(source, one.lower()) for one in context.profile.parameters.cache_sources):
        yield Fault(_SOURCE, "is not among the profile's cache_sources")


def _rule(source: str, signs_in: str = "") -> dict[str, Any]:
    return {"sourceRepository": source, **({"credentialSetResourceId": signs_in} if signs_in else {})}


def _wants_sign_in(rule: Any) -> bool:
    return str(rule["sourceRepository"]).lower().startswith(SIGN_IN)


_API: Final = "CacheRule, Microsoft.ContainerRegistry 2023-01-01-preview"

RULE = Rule(
    id="ACR-008",
    title="A registry caches images of named publishers only",
    severity=Severity.HIGH,
    category=Category.SUPPLY_CHAIN,
    types=(CACHE_RULE,),
    controls=("itsg33/SA-12", "itsg33/SI-7", "itsg33/CM-7", "mcsb/DS-6", "mcsb/DS-2", "gdpr/32(1)(b)", "popa/10"),
    parameters=("cache_sources",),
    why="What a cache rule lets in has the name of our registry, which rules for images trust; on Docker Hub "
    "anybody publishes.",
    fix="Name a repository of the profile's cache_sources, as narrow as can be, and a credential set for Docker Hub.",
    link="https://learn.microsoft.com/azure/container-registry/artifact-cache-overview",
    properties=(
        Property(_SOURCE, ABSENT, Verdict.FAIL, f"{_API}: required"),
        Property(_SIGNS_IN, ABSENT, Verdict.FAIL, f"{_API}: nobody signs in", unknown=Verdict.PASS),
    ),
    check=check,
    good=(
        Example(_rule("mcr.microsoft.com/*")),
        Example(_rule("docker.io/library/python", "a-set"), environment="dev"),
    ),
    bad=(
        Example(_rule("docker.io/*", "a-set")),
        Example(_rule("docker.io/library/*")),
        Example(_rule("ghcr.io/a-stranger/*")),
        Example({}),
    ),
    breaks=(
        Break(_SOURCE, "ghcr.io/*"),
        Break(_SOURCE, ABSENT),
        Break(_SIGNS_IN, ABSENT, where=_wants_sign_in),
    ),
)
