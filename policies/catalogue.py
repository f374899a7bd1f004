"""The catalogue: all rules, found where they stand. Loading it has no side effect."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import policies.rules
from policies.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by id. Raises ValueError where two share one, or a module of `policies/rules` holds none."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(policies.rules.__path__, "policies.rules."):
        if module.ispkg or module.name.rsplit(".", 1)[-1].startswith("_"):
            continue
        rule = getattr(import_module(module.name), "RULE", None)
        if not isinstance(rule, Rule):
            raise ValueError(f"{module.name} has no RULE")
        if rule.id in found:
            raise ValueError(f"two rules have the id {rule.id}; one of them is in {module.name}")
        found[rule.id] = rule
    return tuple(found[key] for key in sorted(found))


def rule(rule_id: str) -> Rule:
    """The rule with an id. Raises LookupError that names the ones of its area."""
    for one in rules():
        if one.id == rule_id:
            return one
    area = rule_id.split("-", maxsplit=1)[0]
    near = [one.id for one in rules() if one.id.startswith(area)] or [one.id for one in rules()][:5]
    raise LookupError(f"there is no rule {rule_id!r}; there are {', '.join(near)}")
