"""ACR-007: a registry removes images that have no tag."""

from __future__ import annotations

from typing import Any

from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import REGISTRY
from policies.view import Judged, View

# Quarantine is not judged: it is in preview, and holds back every image until something outside releases it.


def check(registry: View, context: Context) -> Judged:
    """Untagged images go after a while; soft delete, which excludes that policy, does as well."""
    if registry.word("policies.softDeletePolicy.status") == "enabled":
        return
    yield from registry.must_be("policies.retentionPolicy.status", "enabled")
    if registry.word("policies.retentionPolicy.status") == "enabled":
        most = context.profile.parameters.registry_untagged_days
        yield from registry.must_be_between("policies.retentionPolicy.days", 1, most)


def _without_soft_delete(registry: Any) -> bool:
    return "softDeletePolicy" not in registry["policies"]


def _without_retention(registry: Any) -> bool:
    return "retentionPolicy" not in registry["policies"]


def _policies(status: str, days: int | None = None) -> dict[str, Any]:
    return {"policies": {"retentionPolicy": {"status": status, **({} if days is None else {"days": days})}}}


RULE = Rule(
    id="ACR-007",
    title="A registry removes images that have no tag",
    severity=Severity.LOW,
    category=Category.COST,
    types=(REGISTRY,),
    controls=("itsg33/SI-12", "itsg33/CM-7", "gdpr/5(1)(e)"),
    equivalents={
        "checkov": ("CKV_AZURE_166",),
        "psrule": ("Azure.ACR.Retention", "AZR-000010", "Azure.ACR.SoftDelete", "Azure.ACR.Quarantine", "AZR-000008"),
    },
    parameters=("registry_untagged_days",),
    why="Every build leaves the image before it without a tag: storage grows without end, and old holes stay pullable.",
    fix="Set policies.retentionPolicy to enabled, with at most the days that the profile allows (settings: "
    "registry.untagged_retention_days).",
    link="https://learn.microsoft.com/azure/container-registry/container-registry-retention-policy",
    properties=(
        Property(
            "policies.retentionPolicy.status",
            "disabled",
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: off unless enabled",
        ),
        Property(
            "policies.retentionPolicy.days",
            7,
            Verdict.PASS,
            "learn.microsoft.com/azure/container-registry/container-registry-retention-policy: 7 days",
        ),
        Property(
            "policies.softDeletePolicy.status",
            "disabled",
            Verdict.FAIL,
            "Registry, Microsoft.ContainerRegistry 2023-01-01-preview: off unless enabled",
        ),
    ),
    check=check,
    good=(
        Example(_policies("enabled", 90)),
        Example(_policies("Enabled", 30), environment="dev"),
        Example(
            {"policies": {"softDeletePolicy": {"status": "enabled"}}}, title="deleted images are kept and then removed"
        ),
    ),
    bad=(
        Example(_policies("disabled", 30)),
        Example(_policies("enabled", 91)),
        Example(_policies("enabled", 31), environment="dev"),
        Example(_policies("enabled", 0), title="0 days is no policy"),
    ),
    breaks=(
        Break("policies.retentionPolicy.status", "disabled", where=_without_soft_delete),
        Break("policies.softDeletePolicy.status", "disabled", where=_without_retention),
        Break("policies.retentionPolicy", ABSENT, where=_without_soft_delete),
        Break("policies.retentionPolicy.days", 365, where=_without_soft_delete),
    ),
)
