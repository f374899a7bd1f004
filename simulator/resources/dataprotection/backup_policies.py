"""Microsoft.DataProtection/backupVaults/backupPolicies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from simulator.model import Model, Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

_CODE: Final = "BMSUserErrorInvalidInput"
_AZURERM: Final = (
    "azurerm data_protection_backup_policy_kubernetes_cluster_resource.go (checked 2026-11-25; code not confirmed)"
)
_RULES: Final = "properties.policyRules"
_INTERVAL: Final = re.compile(r"R\d*/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?/P\w+")
_NAME: Final = re.compile(r"[-a-zA-Z0-9]{3,150}")


@rule("bp-name", kind="static", code=_CODE, source=_AZURERM)
def name_is_legal(request: Request) -> Iterator[Fault]:
    """A name has 3 to 150 letters, digits and hyphens."""
    if _NAME.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no name of a policy", "backupPolicyName", "letters, digits and hyphens")


@rule("bp-rule-names", kind="static", code=_CODE,
      source="hashicorp/terraform-provider-azurerm#33470 (checked 2026-11-25)")  # fmt: skip
def rules_are_named_once(request: Request) -> Iterator[Fault]:
    """Each rule has a name of its own, the default ones of two stores, too, other than for blobs."""
    # Policies of the published module Azure/bicep-registry-modules backup-vault (test max) have two of one name.
    if "Microsoft.Storage/storageAccounts/blobServices" in (request.known("properties.datasourceTypes") or ()):
        return
    names = Counter(str(at(item, "name")) for _, item in known_items(request, _RULES))
    for name in (name for name, count in names.items() if count > 1):
        yield Fault(f"two rules are called '{name}'", _RULES, "name the one of the operational store otherwise")


@rule("bp-interval", kind="static", code=_CODE,
      source="crossplane-contrib/provider-upjet-azure#853 (checked 2026-11-25)")  # fmt: skip
def intervals_have_a_start(request: Request) -> Iterator[Fault]:
    """A schedule says when it starts and how often it repeats."""
    for target, item in known_items(request, _RULES):
        listed = at(item, "trigger.schedule.repeatingTimeIntervals")
        for text in listed if isinstance(listed, list) else ():
            if isinstance(text, str) and _INTERVAL.fullmatch(text) is None:
                yield Fault(f"{target}: '{text}' is no interval", _RULES, "write it as R/2026-01-01T02:00:00+00:00/P1D")


@rule("bp-default-retention", kind="static", code=_CODE, source=_AZURERM, reads=(_RULES,))
def something_is_kept(request: Request) -> Iterator[Fault]:
    """A policy says how long what no tag matches is kept."""
    items = [item for _, item in known_items(request, _RULES)]
    kept = [item for item in items if at(item, "objectType") == "AzureRetentionRule"]
    if items and not any(at(item, "isDefault") is True for item in kept):
        yield Fault("the policy has no default retention rule", _RULES, "add an AzureRetentionRule with isDefault true")


@rule("bp-tags", kind="static", code=_CODE, source="hashicorp/terraform-provider-azurerm#33493 (checked 2026-11-25; "
      "code not confirmed)", reads=(_RULES,))  # fmt: skip
def tags_have_a_retention(request: Request) -> Iterator[Fault]:
    """Each tag is the name of a retention rule."""
    items = [item for _, item in known_items(request, _RULES)]
    names = {at(item, "name") for item in items if at(item, "objectType") == "AzureRetentionRule"}
    for item in items:
        listed = at(item, "trigger.taggingCriteria")
        for criterion in listed if isinstance(listed, list) else ():
            tag = at(criterion, "tagInfo.tagName")
            if isinstance(tag, str) and tag not in names:
                yield Fault(f"no retention rule is called '{tag}'", _RULES, "add an AzureRetentionRule of that name")


class BackupPolicies(Model):
    """When backups are made, and how long they are kept."""

    token = "azure-native:dataprotection:BackupPolicy"
    rules = (name_is_legal, rules_are_named_once, intervals_have_a_start, something_is_kept, tags_have_a_retention)
