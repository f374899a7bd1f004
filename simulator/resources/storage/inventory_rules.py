"""What Azure Storage refuses in a policy that reports on blobs.

Source unless said otherwise: learn.microsoft.com storage/blobs/blob-inventory (checked 2026-11-25; codes not
confirmed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.model import Request
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

_CODE = "InvalidRequestPropertyValue"
_SOURCE = "learn.microsoft.com storage/blobs/blob-inventory (checked 2026-11-25; code not confirmed)"
_RULES = "policy.rules"
_MAX_RULES, _MAX_PREFIXES = 100, 10
_VERSION_FIELDS = ("VersionId", "IsCurrentVersion")


@rule("st-inventory-limit", kind="static", code=_CODE, source=_SOURCE)
def rules_are_few_and_named_once(request: Request) -> Iterator[Fault]:
    """A policy has at most 100 rules with names of their own."""
    listed = request.known(_RULES, [])
    if isinstance(listed, list) and len(listed) > _MAX_RULES:
        yield Fault(f"{len(listed)} rules", _RULES, f"use at most {_MAX_RULES}")
    names = Counter(str(at(item, "name")).lower() for _, item in known_items(request, _RULES))
    for name in (name for name, count in names.items() if count > 1):
        yield Fault(f"two rules are called '{name}'", _RULES, "give each rule a name of its own")


@rule("st-inventory-name-field", kind="static", code=_CODE, source=_SOURCE)
def report_has_names(request: Request) -> Iterator[Fault]:
    """A report without the names says nothing."""
    for target, item in known_items(request, _RULES):
        fields = at(item, "definition.schemaFields")
        if isinstance(fields, list) and "Name" not in fields:
            yield Fault("the field Name is missing", f"{target}.definition.schemaFields", "add Name")


@rule("st-inventory-blob-types", kind="static", code=_CODE, source=_SOURCE)
def filters_fit_the_objects(request: Request) -> Iterator[Fault]:
    """Reports on blobs say of which types; those on containers can't."""
    for target, item in known_items(request, _RULES):
        kind, types = at(item, "definition.objectType"), at(item, "definition.filters.blobTypes")
        path = f"{target}.definition.filters.blobTypes"
        if kind == "Blob" and not types:
            yield Fault("a report on blobs needs their types", path, "list blockBlob, appendBlob or pageBlob")
        if kind == "Container" and types:
            yield Fault("a report on containers has no types of blobs", path, "leave them out")


@rule("st-inventory-versions", kind="static", code=_CODE, source=_SOURCE)
def versions_have_their_fields(request: Request) -> Iterator[Fault]:
    """Who wants versions wants to tell them apart."""
    for target, item in known_items(request, _RULES):
        fields = at(item, "definition.schemaFields")
        if at(item, "definition.filters.includeBlobVersions") is True and isinstance(fields, list):
            for field in (field for field in _VERSION_FIELDS if field not in fields):
                yield Fault(
                    f"the field {field} is missing", f"{target}.definition.schemaFields", f"add {field} for versions"
                )


@rule("st-inventory-prefixes", kind="static", code=_CODE, source=_SOURCE)
def prefixes_are_few(request: Request) -> Iterator[Fault]:
    """A rule has at most ten prefixes."""
    for target, item in known_items(request, _RULES):
        prefixes = at(item, "definition.filters.prefixMatch")
        if isinstance(prefixes, list) and len(prefixes) > _MAX_PREFIXES:
            path = f"{target}.definition.filters.prefixMatch"
            yield Fault(f"{len(prefixes)} prefixes", path, f"use at most {_MAX_PREFIXES} for one rule")


INVENTORY_RULES = (
    rules_are_few_and_named_once, report_has_names, filters_fit_the_objects, versions_have_their_fields,
    prefixes_are_few,
)  # fmt: skip
