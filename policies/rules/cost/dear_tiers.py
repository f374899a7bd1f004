"""COST-004: a dear tier is paid only where something demands it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policies.profile import Profile
from policies.references import texts_in
from policies.rule import ABSENT, Break, Category, Context, Example, Property, Rule, Severity, Verdict
from policies.types import (
    AI_DEPLOYMENT,
    APP_SERVICE_PLAN,
    CLUSTER,
    EVENT_NAMESPACE,
    FIREWALL_POLICY,
    SEARCH_SERVICE,
    STORAGE_ACCOUNT,
    VAULT,
)
from policies.view import Judged, View


@dataclass(frozen=True)
class _Tiers:
    """Where a type's tier stands, which of them are dear, and what makes them needed."""

    path: str
    dear: tuple[str, ...]
    needed: Callable[[Profile], bool]
    why: str


def _never(_profile: Profile) -> bool:
    return False


_COPIES: Final = ("Standard_GRS", "Standard_RAGRS", "Standard_GZRS", "Standard_RAGZRS")
_LOOKS_FOR: Final = "intrusionDetection.mode"
_BY_THE_HOUR: Final = ("ProvisionedManaged", "GlobalProvisionedManaged", "DataZoneProvisionedManaged")
_NOBODY: Final = "nothing here needs it"

# A type may have more than one row. Premium registries and Databricks workspaces are not here: only they have private
# endpoints.
_TIERS: Final[Mapping[str, tuple[_Tiers, ...]]] = {
    CLUSTER: (
        _Tiers("sku.tier", ("Premium",), _never, "it is for old versions of Kubernetes (LTS)"),
        _Tiers(
            "sku.tier",
            ("Standard",),
            lambda profile: profile.parameters.zone_redundant_clusters,
            "nobody relies on this cluster (zone_redundant_clusters)",
        ),
    ),
    VAULT: (
        _Tiers(
            "properties.sku.name",
            ("premium",),
            lambda profile: profile.demands.hsm_keys,
            "this classification demands no HSM",
        ),
    ),
    STORAGE_ACCOUNT: (
        _Tiers(
            "sku.name",
            _COPIES,
            lambda profile: profile.parameters.redundant_storage,
            "this data need not outlive its region (redundant_storage)",
        ),
        _Tiers("sku.name", ("Premium_LRS", "Premium_ZRS"), _never, _NOBODY),
    ),
    EVENT_NAMESPACE: (
        _Tiers(
            "sku.name",
            ("Premium",),
            lambda profile: profile.demands.customer_keys,
            "this classification demands no keys of our own",
        ),
    ),
    APP_SERVICE_PLAN: (
        _Tiers(
            "sku.name",
            ("P2v3", "P3v3", "P1mv3", "P2mv3", "P3mv3", "P4mv3", "P5mv3", "I1v2", "I2v2", "I3v2"),
            lambda profile: profile.parameters.zone_redundant_apps,
            "nobody relies on these apps (zone_redundant_apps)",
        ),
    ),
    FIREWALL_POLICY: (_Tiers("sku.tier", ("Premium",), _never, "it looks for no intruders"),),
    SEARCH_SERVICE: (
        _Tiers("sku.name", ("standard2", "standard3", "storage_optimized_l1", "storage_optimized_l2"), _never, _NOBODY),
    ),
    AI_DEPLOYMENT: (
        _Tiers(
            "sku.name",
            _BY_THE_HOUR,
            _never,
            "it is paid by the hour whether anybody asks or not",
        ),
    ),
}


def check(view: View, context: Context) -> Judged:
    """No dear tier that nothing needs. A firewall has the tier of its policy, which alone says what it looks for."""
    if context.resource.type == FIREWALL_POLICY and view.word(_LOOKS_FOR) in {"alert", "deny"}:
        return
    for row in _TIERS[context.resource.type]:
        if not row.needed(context.profile):
            yield from view.must_not_be(row.path, row.dear, f"since {row.why}")


def _example(type_: str, tier: str, **options: Any) -> Example:
    *above, last = _TIERS[type_][0].path.split(".")
    properties: dict[str, Any] = {last: tier}
    for step in reversed(above):
        properties = {step: properties}
    return Example(properties, type=type_, **options)


def _is(tier: str) -> Callable[[Any], bool]:
    """Where the tier is this one, which only an environment has that may have no other."""
    return lambda properties: tier in texts_in({"sku": properties.get("sku", properties.get("properties"))})


_DEV: Final = {"environment": "dev", "classification": "Protected A"}

RULE = Rule(
    id="COST-004",
    title="A dear tier is paid only where something demands it",
    severity=Severity.MEDIUM,
    category=Category.COST,
    types=tuple(_TIERS),
    controls=("itsg33/SA-2",),
    parameters=("zone_redundant_clusters", "redundant_storage", "zone_redundant_apps"),
    why="Settings are copied from prod: dev then pays for uptime, copies and HSMs that nobody asked for, every hour.",
    fix="Take the tier below, or change the parameter or classification that makes this one needed.",
    link="https://learn.microsoft.com/azure/well-architected/cost-optimization/optimize-environment-costs",
    properties=(
        *(
            Property(path, ABSENT, Verdict.PASS, "Azure takes the cheapest, or refuses (not re-read)", of=(type_,))
            for type_, rows in _TIERS.items()
            for path in {row.path: None for row in rows}
        ),
        Property(
            _LOOKS_FOR,
            "Off",
            Verdict.FAIL,
            "FirewallPolicy, Microsoft.Network 2024-07-01: off unless it is set (not re-read)",
            of=(FIREWALL_POLICY,),
        ),
    ),
    check=check,
    good=(
        _example(CLUSTER, "Standard"),
        _example(CLUSTER, "Free", **_DEV),
        _example(VAULT, "premium"),
        _example(VAULT, "standard", **_DEV),
        _example(STORAGE_ACCOUNT, "Standard_GZRS"),
        _example(STORAGE_ACCOUNT, "Standard_LRS", **_DEV),
        _example(EVENT_NAMESPACE, "Premium"),
        _example(EVENT_NAMESPACE, "Standard", **_DEV),
        _example(APP_SERVICE_PLAN, "P2v3"),
        _example(APP_SERVICE_PLAN, "P0v3", **_DEV),
        _example(FIREWALL_POLICY, "Standard"),
        Example(
            {"sku": {"tier": "Premium"}, "intrusionDetection": {"mode": "Deny"}},
            type=FIREWALL_POLICY,
            title="intruders are looked for, which only this tier does",
        ),
        _example(SEARCH_SERVICE, "standard"),
        _example(AI_DEPLOYMENT, "Standard"),
    ),
    bad=(
        _example(CLUSTER, "Premium"),
        _example(CLUSTER, "Standard", **_DEV),
        _example(VAULT, "Premium", **_DEV),
        _example(STORAGE_ACCOUNT, "Standard_RAGRS", **_DEV),
        _example(STORAGE_ACCOUNT, "Premium_LRS"),
        _example(EVENT_NAMESPACE, "Premium", **_DEV),
        _example(APP_SERVICE_PLAN, "p3V3", **_DEV),
        _example(FIREWALL_POLICY, "Premium"),
        Example({"sku": {"tier": "premium"}, "intrusionDetection": {"mode": "off"}}, type=FIREWALL_POLICY),
        _example(SEARCH_SERVICE, "standard3"),
        _example(AI_DEPLOYMENT, "ProvisionedManaged"),
        _example(AI_DEPLOYMENT, "DataZoneProvisionedManaged", **_DEV),
    ),
    breaks=(
        Break("sku.tier", "Premium", of=(CLUSTER,)),
        Break("sku.tier", "Premium", of=(FIREWALL_POLICY,)),
        Break(_LOOKS_FOR, "Off", of=(FIREWALL_POLICY,), where=_is("Premium")),
        Break("properties.sku.name", "premium", of=(VAULT,), where=_is("standard")),
        Break("sku.name", "Premium", of=(EVENT_NAMESPACE,), where=_is("Standard")),
        Break("sku.name", "P3v3", of=(APP_SERVICE_PLAN,), where=_is("P0v3")),
        Break("sku.name", "Premium_ZRS", of=(STORAGE_ACCOUNT,), companions=("ST-008",)),
        Break("sku.name", "standard2", of=(SEARCH_SERVICE,)),
        Break("sku.name", "ProvisionedManaged", of=(AI_DEPLOYMENT,)),
    ),
)
