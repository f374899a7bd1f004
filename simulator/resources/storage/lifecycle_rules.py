"""What Azure Storage refuses in a lifecycle policy of blobs.

Source unless said otherwise: learn.microsoft.com storage/blobs/lifecycle-management-policy-structure (2026-11-24).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.resources.storage.service_rules import account_input
from simulator.rule import Fault, rule
from simulator.values import at

_CODE = "InvalidRequestPropertyValue"
_SOURCE = "learn.microsoft.com storage/blobs/lifecycle-management-policy-structure (2026-11-24)"
_RULES = "policy.rules"
_MAX_RULES = 100
_MAX_PREFIXES = 10
_EVENTS = (
    "daysAfterModificationGreaterThan", "daysAfterCreationGreaterThan", "daysAfterLastAccessTimeGreaterThan",
)  # fmt: skip
_ARCHIVE = ("Standard_LRS", "Standard_GRS", "Standard_RAGRS")


@rule("st-lifecycle-limit", kind="static", code=_CODE, source=_SOURCE)
def rules_are_few_and_named_once(request: Request) -> Iterator[Fault]:
    """A policy has at most 100 rules with names of their own."""
    listed = request.known(_RULES, [])
    if isinstance(listed, list) and len(listed) > _MAX_RULES:
        yield Fault(f"{len(listed)} rules", _RULES, f"use at most {_MAX_RULES}")
    names = Counter(str(at(item, "name")) for _, item in known_items(request, _RULES))
    for name in (name for name, count in names.items() if count > 1):
        yield Fault(f"two rules are called '{name}'", _RULES, "give each rule a name of its own")


@rule("st-lifecycle-action", kind="static", code=_CODE, source=_SOURCE)
def rule_has_an_action(request: Request) -> Iterator[Fault]:
    """A rule does something, with days that are not negative."""
    for target, item in known_items(request, _RULES):
        actions = list(_actions(item))
        if not actions:
            yield Fault("the rule has no action", f"{target}.definition.actions", "name at least one, such as delete")
        for path, action in actions:
            for name, days in action.items() if isinstance(action, Mapping) else ():
                if isinstance(days, int | float) and not isinstance(days, bool) and days < 0:
                    yield Fault(f"{name} is {days}", f"{target}.definition.actions.{path}.{name}", "use 0 or more")


@rule("st-lifecycle-prefixes", kind="static", code=_CODE, source=_SOURCE)
def prefixes_are_few(request: Request) -> Iterator[Fault]:
    """A rule has at most ten prefixes."""
    for target, item in known_items(request, _RULES):
        prefixes = at(item, "definition.filters.prefixMatch")
        if isinstance(prefixes, list) and len(prefixes) > _MAX_PREFIXES:
            path = f"{target}.definition.filters.prefixMatch"
            yield Fault(f"{len(prefixes)} prefixes", path, f"use at most {_MAX_PREFIXES} for one rule")


@rule("st-lifecycle-append-blobs", kind="static", code=_CODE, source=f"{_SOURCE}; Azure/azure-rest-api-specs#12684")
def append_blobs_are_only_deleted(request: Request) -> Iterator[Fault]:
    """Append blobs have no tiers."""
    for target, item in known_items(request, _RULES):
        types = at(item, "definition.filters.blobTypes")
        if isinstance(types, list) and "appendBlob" in types:
            for path, _ in _actions(item):
                if "tierTo" in path:
                    yield Fault(
                        f"{path} is not available for append blobs",
                        f"{target}.definition.actions.{path}",
                        "make a rule of its own for append blobs, which deletes only",
                    )


@rule(
    "st-lifecycle-tiers-of-account",
    kind="cross-resource",
    code=_CODE,
    source=f"{_SOURCE}; MicrosoftDocs/azure-docs#114053, hashicorp/terraform-provider-azurerm#19814",
)
def account_has_the_tier(request: Request) -> Iterator[Fault]:
    """Premium accounts have no tiers, and accounts over zones no archive."""
    sku, kind = account_input(request, "sku.name"), account_input(request, "kind")
    for target, item in known_items(request, _RULES):
        for path, _ in _actions(item):
            premium = kind == "BlockBlobStorage" and "tierTo" in path
            archive = path.endswith("tierToArchive") and isinstance(sku, str) and sku not in _ARCHIVE
            if premium or archive:
                yield Fault(
                    f"{path} is not available for {kind} with SKU {sku}",
                    f"{target}.definition.actions.{path}",
                    "delete instead, or use cool or cold in a StorageV2 account",
                )


@rule(
    "st-lifecycle-one-condition",
    kind="static",
    code=_CODE,
    source="azurerm storage_management_policy_resource.go (checked 2026-11-25; code not confirmed)",
)
def action_has_one_condition(request: Request) -> Iterator[Fault]:
    """An action counts its days from one event; a change of tier may come on top."""
    for target, item in known_items(request, _RULES):
        for path, condition in _actions(item):
            events = [name for name in _EVENTS if at(condition, name) is not None]
            if len(events) > 1:
                yield Fault(
                    f"{path} has {' and '.join(events)}", f"{target}.definition.actions.{path}", "keep one of them"
                )


@rule(
    "st-lifecycle-auto-tier",
    kind="static",
    code=_CODE,
    source="Microsoft.Storage/managementPolicies reference, enableAutoTierToHotFromCool (2024-01-01; code not "
    "confirmed)",
)
def auto_tier_needs_access_time(request: Request) -> Iterator[Fault]:
    """Back to hot on access: that needs cool after no access."""
    for target, item in known_items(request, _RULES):
        base = at(item, "definition.actions.baseBlob")
        if at(base, "enableAutoTierToHotFromCool") is True and (
            at(base, "tierToCool.daysAfterLastAccessTimeGreaterThan") is None
        ):
            yield Fault(
                "enableAutoTierToHotFromCool needs tierToCool.daysAfterLastAccessTimeGreaterThan",
                f"{target}.definition.actions.baseBlob.enableAutoTierToHotFromCool",
            )


@rule(
    "st-lifecycle-index-tags",
    kind="static",
    code=_CODE,
    source="azurerm storage_management_policy_resource.go (checked 2026-11-25; code not confirmed)",
)
def tags_are_of_base_blobs(request: Request) -> Iterator[Fault]:
    """Index tags don't filter versions and snapshots."""
    for target, item in known_items(request, _RULES):
        actions = at(item, "definition.actions")
        others = [name for name in ("snapshot", "version") if at(actions, name) is not None]
        if others and at(item, "definition.filters.blobIndexMatch"):
            yield Fault(
                f"index tags can't filter {' and '.join(others)} actions",
                f"{target}.definition.filters.blobIndexMatch",
                "make a rule of its own for base blobs",
            )


def _actions(item: Any) -> Iterator[tuple[str, Any]]:
    """What a rule does, as `baseBlob.delete` with its condition."""
    actions = at(item, "definition.actions")
    for subject, wanted in actions.items() if isinstance(actions, Mapping) else ():
        for name, condition in wanted.items() if isinstance(wanted, Mapping) else ():
            if isinstance(condition, Mapping):
                yield f"{subject}.{name}", condition


LIFECYCLE_RULES = (
    rules_are_few_and_named_once, rule_has_an_action, action_has_one_condition, auto_tier_needs_access_time,
    prefixes_are_few, tags_are_of_base_blobs, append_blobs_are_only_deleted,
    account_has_the_tier,
)  # fmt: skip
