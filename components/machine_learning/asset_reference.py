"""References to models, environments and code: from `azureml:<name>:<version>` to what Azure Resource Manager takes.

Owns the translation. Does not own the assets: pipelines register models, and a registry holds what is promoted.
"""

from __future__ import annotations

from typing import Literal

from pulumi import Input, Output

Kind = Literal["models", "environments", "codes"]


def is_pinned(reference: str) -> bool:
    """Whether a reference names one version; `latest` is another one tomorrow."""
    name, _, version = reference.rpartition("/versions/" if "/versions/" in reference else ":")
    return bool(name) and version.lower() not in ("", "latest") and "@" not in reference


def asset_id(workspace_id: Input[str], kind: Kind, reference: str) -> Input[str]:
    """The id of an asset of the workspace; one of a registry is an id already."""
    if reference.startswith("azureml://"):
        return reference
    _, name, version = reference.split(":")
    return Output.concat(workspace_id, f"/{kind}/{name}/versions/{version}")


def optional_asset_id(workspace_id: Input[str], kind: Kind, reference: str | None) -> Input[str] | None:
    """The same, where there may be none."""
    return None if reference is None else asset_id(workspace_id, kind, reference)
