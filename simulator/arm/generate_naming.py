"""Name rules per ARM type: what Microsoft's clients check, beside what Microsoft documents.

Owns: the merge. `min_length`, `max_length` and `api_pattern` come from the operations of Microsoft's SDKs (the limits
that the client checks before it sends anything); where these are silent, the lengths come from the documented rules,
and `pattern`, `scope` and `abbreviation` always do. Does not own: the check itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from simulator.arm.generate_operations import Operation, PathParameter
from simulator.arm.generate_paths import PLACEHOLDER, ArmPath, months_apart

# Rules of display names, or of one way of use that the name check cannot see, are not rules of the resource's name.
_OTHER_NAMES = frozenset({"Display Name", "Management Group Resource Name", "VM Storage Account"})
_ORDER = ("min_length", "max_length", "api_pattern", "source", "pattern", "scope", "abbreviation", "documented")
_RESOURCE_GROUP = "Microsoft.Resources/resourceGroups"

NameRule = dict[str, Any]


def arm_type(path: str) -> str | None:
    """`…/providers/Microsoft.X/a/{b}/c/{d}` → `Microsoft.X/a/c`; None where a collection is itself a parameter."""
    if "/providers/" not in path:
        return _RESOURCE_GROUP
    provider, *rest = path.rpartition("/providers/")[2].split("/")
    collections = rest[0::2]
    if not collections or any(PLACEHOLDER.fullmatch(c) for c in collections):
        return None
    return "/".join([provider, *collections])


def name_rules(matched: Iterable[ArmPath], operations: Iterable[Operation], documented: Any) -> dict[str, NameRule]:
    """ARM type → name rule, sorted by type; types of which nothing is known are left out."""
    by_shape: defaultdict[str, list[Operation]] = defaultdict(list)
    for operation in operations:
        by_shape[_shape(operation.url)].append(operation)
    spelled: dict[str, str] = {}
    rules: dict[str, NameRule] = {}
    for row in matched:
        name = arm_type(row.path)
        if name is not None and name.lower() not in spelled:
            spelled[name.lower()] = name
            rules[name] = _checked_by_client(row, by_shape[_shape(row.operation.url)])
    for lowered, entries in _documented(documented).items():
        name = spelled.get(lowered, entries[0]["resource_type"].replace("/resourcegroups", "/resourceGroups"))
        rules[name] = _merge(rules.get(name, {}), entries)
    return {name: {k: rules[name][k] for k in _ORDER if k in rules[name]} for name in sorted(rules) if rules[name]}


def _shape(url: str) -> str:
    return PLACEHOLDER.sub("{}", url.strip("/")).lower()


def _checked_by_client(row: ArmPath, operations: list[Operation]) -> NameRule:
    limited = [(o, p) for o in operations if (p := _own_parameter(o)) is not None and _has_limits(p)]
    if not limited:
        return {}
    operation, parameter = min(limited, key=lambda pair: months_apart(row.sdk_type, pair[0]))
    rule = {
        "min_length": parameter.min_length,
        "max_length": parameter.max_length,
        "api_pattern": parameter.pattern if _compiles(parameter.pattern) else None,
        "source": operation.source,
    }
    return {key: value for key, value in rule.items() if value is not None}


def _own_parameter(operation: Operation) -> PathParameter | None:
    last = PLACEHOLDER.fullmatch(operation.url.rstrip("/").rpartition("/")[2])
    return None if last is None else operation.parameters.get(last.group(1))


def _has_limits(parameter: PathParameter) -> bool:
    limits = (parameter.min_length, parameter.max_length, parameter.pattern)
    return parameter.constant is None and any(limit is not None for limit in limits)


def _documented(document: Any) -> dict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in document["rules"]:
        if entry["variant"] not in _OTHER_NAMES and entry["source"] is not None:
            found[entry["resource_type"].lower()].append(entry)
    return found


def _merge(rule: NameRule, entries: list[dict[str, Any]]) -> NameRule:
    """Add the documented facts. Variants of one type (Linux, Windows) give the loosest lengths and what they share."""
    merged = dict(rule)
    lengths = {"min_length": min, "max_length": max}
    for key, loosest in lengths.items():
        values = [entry[key] for entry in entries if entry[key] is not None]
        if values and key not in rule:
            merged[key] = loosest(values)
    for key, name in (("regex", "pattern"), ("scope", "scope"), ("abbreviation", "abbreviation")):
        shared = {entry[key] for entry in entries}
        if len(shared) == 1 and None not in shared and (key != "regex" or _compiles(entries[0][key])):
            merged[name] = "vault" if shared == {"Vault"} else shared.pop()
    documented = {f"{e['source']} ({e['source_date']})" if e["source_date"] else str(e["source"]) for e in entries}
    merged["documented"] = ", ".join(sorted(documented))
    return merged


def _compiles(pattern: str | None) -> bool:
    """Whether Python can read a pattern that was written for .NET or JavaScript."""
    if pattern is None:
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
