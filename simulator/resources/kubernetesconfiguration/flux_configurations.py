"""Microsoft.KubernetesConfiguration/fluxConfigurations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, Model, Request, digest
from simulator.resources.kubernetesconfiguration import CLI
from simulator.rule import Fault, rule

_BODIES: Final = {"GitRepository": "gitRepository", "Bucket": "bucket", "AzureBlob": "azureBlob"}
_URL: Final = re.compile(r"((https?|ssh)://|git@).+")
# A name of a Kubernetes object (RFC 1123): labels, with dots between them.
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_LONGEST: Final = 63


@rule("flux-source-body", kind="static", code="ValidationFailed", quoted=True,
      reads=("sourceKind", *_BODIES.values()),
      source="Azure/ResourceModules#1302; gbaeke/quick-guides#2 (checked 2026-11-25)")  # fmt: skip
def source_body(request: Request) -> Iterator[Fault]:
    """The kind of the source says which of its descriptions is read."""
    kind = request.known("sourceKind")
    body = _BODIES.get(str(kind))
    if body is not None and request.at(body) is None:
        yield Fault(
            f"Invalid source kind match. Config with specified source kind '{kind}' must contain corresponding body "
            "specified in the properties.",
            "sourceKind", f"describe the source in {body}",
        )  # fmt: skip


@rule("flux-git-url", kind="static", code="ValidationFailed", reads=("gitRepository.url",),
      source=f"{CLI}; code not confirmed")  # fmt: skip
def git_url(request: Request) -> Iterator[Fault]:
    """A repository is reached by HTTP(S) or SSH."""
    url = request.known("gitRepository.url")
    if isinstance(url, str) and _URL.fullmatch(url) is None:
        yield Fault(f"'{url}' is not the URL of a Git repository", "gitRepository.url",
                    "begin it with https://, http://, ssh:// or git@")  # fmt: skip


@rule("flux-names", kind="static", code="ValidationFailed", source=f"{CLI}; code not confirmed",
      reads=("kustomizations",))  # fmt: skip
def names(request: Request) -> Iterator[Fault]:
    """The configuration and its kustomizations become objects in the cluster, by their names."""
    kustomizations = request.known("kustomizations")
    named = {name: f"kustomizations.{name}" for name in kustomizations} if isinstance(kustomizations, dict) else {}
    for name, target in ({request.name: "fluxConfigurationName"} | named).items():
        if len(name) > _LONGEST or _NAME.fullmatch(name) is None:
            yield Fault(f"'{name}' can't be the name of a Kubernetes object", target,
                        f"use up to {_LONGEST} lower-case letters, digits and hyphens")  # fmt: skip


class FluxConfigurations(Model):
    """What Flux applies to a cluster, and from where."""

    token = "azure-native:kubernetesconfiguration:FluxConfiguration"
    write_only = ("configurationProtectedSettings",)
    rules = (source_body, git_url, names)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What the service fills in."""
        return {"namespace": "default", "scope": "cluster", "suspend": False}

    def outputs(self, request: Request) -> dict[str, Any]:
        """How the configuration was applied."""
        return {
            "provisioningState": "Succeeded", "complianceState": "Compliant", "errorMessage": "",
            "repositoryPublicKey": "", "sourceSyncedCommitId": _commit(request), "sourceUpdatedAt": CREATED,
            "statusUpdatedAt": CREATED,
        }  # fmt: skip


def _commit(request: Request) -> str | None:
    """The commit that was applied; only a repository has any."""
    if request.at("gitRepository") is None:
        return None
    return f"{request.text('gitRepository.repositoryRef.branch', 'master')}/{digest(request.id, 'commit', 40)}"
