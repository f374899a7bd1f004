"""The catalogue: all rules, found where they stand. Loading it has no side effect."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module

import policies.rules
from policies.retired import ID, retired
from policies.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by id.

    Raises ValueError where a module of `policies/rules` holds none, and for an id that is taken, retired or in another
    form than the others.
    """
    return tuple(rule for _, rule in sorted(_found().values(), key=lambda each: each[1].id))


def rule(rule_id: str) -> Rule:
    """The rule with an id. Raises LookupError that names the ones of its area, or what came in its place."""
    for one in rules():
        if one.id == rule_id:
            return one
    if gone := retired().get(rule_id):
        now = f"{', '.join(gone.instead)} judge it now" if gone.instead else "no rule judges it now"
        raise LookupError(f"rule {rule_id} was retired on {gone.retired}: {gone.why} {now}")
    prefix = rule_id.split("-", maxsplit=1)[0]
    near = [one.id for one in rules() if one.id.startswith(prefix)] or [one.id for one in rules()][:5]
    raise LookupError(f"there is no rule {rule_id!r}; there are {', '.join(near)}")


def module_of(rule: Rule) -> str:
    """The module in which a rule stands, such as `policies.rules.aks.local_accounts`."""
    return _found()[rule.id][0]


def area_of(rule: Rule) -> str:
    """The folder of `policies/rules` in which a rule stands, such as `aks`."""
    return module_of(rule).split(".")[2]


@cache
def _found() -> Mapping[str, tuple[str, Rule]]:
    """Every rule with its module, by id."""
    found: dict[str, tuple[str, Rule]] = {}
    for module in pkgutil.walk_packages(policies.rules.__path__, "policies.rules."):
        if module.ispkg or module.name.rsplit(".", 1)[-1].startswith("_"):
            continue
        rule = getattr(import_module(module.name), "RULE", None)
        if not isinstance(rule, Rule):
            raise ValueError(f"{module.name} has no RULE")
        refuse(rule.id, module.name, found)
        found[rule.id] = (module.name, rule)
    return found


def refuse(rule_id: str, module: str, found: Mapping[str, object]) -> None:
    """Raises ValueError for an id that a rule can't have; `found`: those that are taken."""
    if not re.fullmatch(ID, rule_id):
        raise ValueError(f"{module}: the id {rule_id!r} has not the form of AKS-001")
    if rule_id in found:
        raise ValueError(f"two rules have the id {rule_id}; one of them is in {module}")
    if gone := retired().get(rule_id):
        raise ValueError(f"{module}: {rule_id} was {gone.title!r} until {gone.retired}; take the next free number")
