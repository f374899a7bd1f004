"""Microsoft.ContainerRegistry/registries/cacheRules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from facts.registry_upstreams import UPSTREAMS
from simulator.ids import key, parents, type_of
from simulator.model import CREATED, Model, Request
from simulator.rule import Fault, rule
from simulator.store import Record

_DOCS: Final = "MicrosoftDocs/azure-management-docs container-registry"
_TYPE: Final = "Microsoft.ContainerRegistry/registries/cacheRules"
_MAX_RULES: Final = 1000
_GOOGLE: Final = ("gcr.io", "eu.gcr.io")


@rule(
    "acr-cache-docker-credentials", kind="static", code="EnforceDockerAuthentication", quoted=True,
    source="hashicorp/terraform-provider-azurerm#27983 (checked 2026-11-25)", reads=("credentialSetResourceId",),
)  # fmt: skip
def docker_hub_needs_credentials(request: Request) -> Iterator[Fault]:
    """Docker Hub is cached for those who sign in."""
    source = request.known("sourceRepository", "")
    if str(source).startswith("docker.io/") and request.known("credentialSetResourceId") is None:
        yield Fault(
            "Cannot create cache rule pointing to Docker Hub without credentials. Please add a credential set to cache "
            "rule. Learn more: https://aka.ms/acr/cache-auth",
            "credentialSetResourceId",
            "make a credential set with secrets of a vault, and name it here",
        )


@rule(
    "acr-cache-upstream", kind="static", source=f"{_DOCS}/artifact-cache-overview.md (checked 2026-11-25; code not "
    "confirmed)",
)  # fmt: skip
def source_names_a_registry(request: Request) -> Iterator[Fault]:
    """What is cached is named with the registry that it comes from."""
    source = request.known("sourceRepository")
    if isinstance(source, str) and ("." not in source.partition("/")[0] or "/" not in source):
        yield Fault(f"'{source}' names no registry", "sourceRepository", "write it as mcr.microsoft.com/dotnet/sdk")


@rule(
    "acr-cache-upstream-supported", kind="static", code="UpstreamNotSupported", quoted=True,
    source="Azure/acr#862 (2025-12-18); another Azure registry: artifact-cache-acr-to-acr-cli.md (2026)",
)  # fmt: skip
def upstream_is_supported(request: Request) -> Iterator[Fault]:
    """Only some registries can be cached."""
    source = request.known("sourceRepository")
    upstream = str(source).partition("/")[0]
    known = upstream in (*UPSTREAMS, *_GOOGLE) or upstream.endswith((".pkg.dev", ".azurecr.io"))
    # One without a dot is no registry, which another rule says.
    if isinstance(source, str) and "." in upstream and not known:
        listed = ", ".join((*UPSTREAMS, *_GOOGLE, "*.pkg.dev"))
        yield Fault(
            f"Unsupported upstream or login server '{source}' provided. Supported upstreams or login servers are: "
            f"{listed}.",
            "sourceRepository",
            "import its images instead (az acr import)",
        )


@rule(
    "acr-cache-wildcards", kind="static", source=f"{_DOCS}/wildcards-artifact-cache.md (checked 2026-11-25; code not "
    "confirmed)", reads=("sourceRepository",),
)  # fmt: skip
def wildcards_are_on_both_sides(request: Request) -> Iterator[Fault]:
    """Many repositories are mapped to many."""
    source, target = request.known("sourceRepository"), request.known("targetRepository")
    if isinstance(source, str) and isinstance(target, str) and source.endswith("*") != target.endswith("*"):
        yield Fault(
            f"'{source}' and '{target}' don't both end with a wildcard", "targetRepository", "end both with /* or none"
        )


@rule(
    "acr-cache-overlap", kind="cross-resource", source=f"{_DOCS}/wildcards-artifact-cache.md (checked 2026-11-25; code "
    "not confirmed)",
)  # fmt: skip
def targets_do_not_overlap(request: Request) -> Iterator[Fault]:
    """Each repository is filled by one rule; only a rule for a single one may lie in another's range."""
    target = request.known("targetRepository")
    for other in _others(request) if isinstance(target, str) else ():
        theirs = other.body.get("targetRepository")
        if isinstance(theirs, str) and isinstance(target, str) and _overlap(target, theirs):
            yield Fault(f"'{target}' overlaps '{theirs}' of {other.id}", "targetRepository", "use another path")


@rule(
    "acr-cache-limit", kind="cross-resource", source=f"{_DOCS}/artifact-cache-overview.md (checked 2026-11-25; code "
    "not confirmed)",
)  # fmt: skip
def rules_are_few(request: Request) -> Iterator[Fault]:
    """A registry has 1,000 cache rules."""
    if len(_others(request)) >= _MAX_RULES:
        yield Fault(f"the registry has {_MAX_RULES} cache rules already", "registryName", "delete those not needed")


@rule(
    "acr-cache-credential-kind", kind="static",
    source="Microsoft.ContainerRegistry/cacheRules reference, credentialSetResourceId (2024-11-01-preview)",
)  # fmt: skip
def credentials_are_a_credential_set(request: Request) -> Iterator[Fault]:
    """Credentials are a credential set of the same registry."""
    path = "credentialSetResourceId"
    named, registry = request.known(path), next(parents(request.id), "")
    if isinstance(named, str) and (
        type_of(named).lower() != "microsoft.containerregistry/registries/credentialsets"
        or key(next(parents(named), "")) != key(registry)
    ):
        yield Fault(f"{named} is no credential set of {registry}", path, "use the id of one of its credential sets")


def _others(request: Request) -> list[Record]:
    """The other cache rules of the registry."""
    found = request.world.below(next(parents(request.id), ""))
    return [each for each in found if each.type.lower() == _TYPE.lower() and each.key != key(request.id)]


def _overlap(one: str, other: str) -> bool:
    if not one.endswith("*") or not other.endswith("*"):
        return one == other
    first, second = one.removesuffix("*"), other.removesuffix("*")
    return first.startswith(second) or second.startswith(first)


class CacheRules(Model):
    """Images of another registry, kept here once they were pulled."""

    token = "azure-native:containerregistry:CacheRule"
    rules = (
        source_names_a_registry, upstream_is_supported, docker_hub_needs_credentials, credentials_are_a_credential_set,
        wildcards_are_on_both_sides, targets_do_not_overlap, rules_are_few,
    )  # fmt: skip

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was made."""
        return {"creationDate": CREATED}
