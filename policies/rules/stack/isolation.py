"""STK-007: an environment names nothing of another environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from policies.profile import environments
from policies.rule import ANY, Break, Category, Context, Example, Rule, Severity
from policies.types import DIAGNOSTIC_SETTING, PRIVATE_ENDPOINT, ROLE_ASSIGNMENT
from policies.values import is_list, joined
from policies.view import Doubt, Fault, Judged, View

# Made to be read by every environment, so that a model is promoted and not trained again.
_SHARED: Final = "/providers/microsoft.machinelearningservices/registries/"


_GROUP: Final = re.compile(r"/subscriptions/[^/]+/resourceGroups/([^/]+)", re.IGNORECASE)


def check(view: View, context: Context) -> Judged:
    """No ARM id leads into a group of another environment. What is not known yet is made here, and so our own."""
    assumed = context.profile.is_assumed
    others = frozenset(environments()) - (frozenset() if assumed else {context.profile.environment})
    for path, text in _ids(view.value, ""):
        words = _words(text)
        found = others.intersection(words)
        own = not assumed and context.profile.environment in words
        if not found or own or _SHARED in text.lower():
            continue
        if assumed:
            yield Doubt(path, f"names a resource of {' and '.join(sorted(found))}; say which environment is judged")
        else:
            yield Fault(path, f"names a resource of {' and '.join(sorted(found))}, which is another environment")


def _ids(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every ARM id, at any depth."""
    if isinstance(value, str):
        if value.lower().startswith("/subscriptions/"):
            yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _ids(item, joined(path, str(key)))
    elif is_list(value):
        for index, item in enumerate(value):
            yield from _ids(item, f"{path}[{index}]")


def _words(arm_id: str) -> list[str]:
    """What the name of an id's resource group is made of: it has its environment in it (components/naming.py)."""
    found = _GROUP.match(arm_id)
    return found[1].lower().split("-") if found else []


def _id(environment: str, rest: str = "Microsoft.KeyVault/vaults/kv") -> str:
    return f"/subscriptions/s/resourceGroups/rg-mlops-{environment}-cnc-data/providers/{rest}"


_REGISTRY: Final = "Microsoft.MachineLearningServices/registries/mlr-mlops-prod"

RULE = Rule(
    id="STK-007",
    title="An environment names nothing of another environment",
    severity=Severity.HIGH,
    category=Category.GOVERNANCE,
    types=(ANY,),
    controls=("itsg33/SC-7", "itsg33/AC-4", "mcsb/NS-1", "gdpr/32(1)(b)", "gc-guardrails/8", "popa/10"),
    why=(
        "A role, a peering or an endpoint between dev and prod makes whoever may change dev one who reaches citizens' "
        "data, and what is tried in dev breaks prod."
    ),
    fix="Give the environment a resource of its own; share models through a model registry.",
    link="https://learn.microsoft.com/azure/cloud-adoption-framework/ready/landing-zone/design-area/management-application-environments",
    check=check,
    good=(
        Example({"scope": _id("prod")}, type=ROLE_ASSIGNMENT),
        Example({"remote": {"id": "/subscriptions/s/resourceGroups/rg-hub/providers/p/t/vnet-hub"}}),
        Example(
            {"scope": _id("prod", _REGISTRY)}, type=PRIVATE_ENDPOINT, environment="test", title="made to be shared"
        ),
        Example({"note": "docker-images-prod"}, environment="dev", title="no id"),
        Example({"scope": _id("prod", "Microsoft.LoadTestService/loadTests/load-test")}, title="what it is called"),
        Example({"scope": _id("prod-test")}, title="a group for tests of prod"),
    ),
    bad=(
        Example({"scope": _id("dev")}, type=ROLE_ASSIGNMENT),
        Example({"scope": _id("PROD")}, type=ROLE_ASSIGNMENT, environment="test"),
        Example({"connections": [{"id": _id("prod")}, {"id": _id("dr")}]}, type=PRIVATE_ENDPOINT),
        Example({"workspaceId": _id("test")}, type=DIAGNOSTIC_SETTING, environment="dev"),
    ),
    breaks=(Break("twin", _id("dr")), Break("twin", {"ids": ["", _id("DR")]})),
)
