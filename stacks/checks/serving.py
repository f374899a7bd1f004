"""Apps of App Service: their subnet, their instances, and settings that would hold a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.regions import region
from stacks.checks.addresses import needs_subnet
from stacks.classification import chosen
from stacks.problems import Problem
from stacks.settings import Settings

FEWEST_IN_ZONES = 2
"""Azure/terraform-azurerm-avm-res-web-serverfarm#133 quotes ARM's refusal (checked 2026-11-25)."""
_SECRET = re.compile(r"(^|_)(KEY|SECRET|PASSWORD|PWD|TOKEN|CREDENTIALS?|CONNECTION_?STRING)(_|$)", re.IGNORECASE)


def apps_have_their_subnet(settings: Settings) -> Iterator[Problem]:
    """Apps reach everything through a subnet of the spoke."""
    if settings.serving is not None:
        follows = "Apps could not pull their image: the registry has a private address only."
        yield from needs_subnet(settings, "app_service", ("serving",), follows=follows)


def instances_are_in_order(settings: Settings) -> Iterator[Problem]:
    """The most are not fewer than the least."""
    plan = None if settings.serving is None else settings.serving.plan
    if plan is not None and plan.min_instances > plan.max_instances:
        yield Problem(
            path=("serving", "plan", "max_instances"),
            what=f"max_instances is {plan.max_instances}, below min_instances, which is {plan.min_instances}.",
            follows="Azure refuses the autoscale setting.",
            fix=f"Write {plan.min_instances} or more.",
        )


def zones_exist(settings: Settings) -> Iterator[Problem]:
    """Instances are spread over zones where there are some."""
    plan = None if settings.serving is None else settings.serving.plan
    if plan is not None and plan.zone_redundant is True and not region(settings.region).zones:
        yield Problem(
            path=("serving", "plan", "zone_redundant"),
            what=f"{settings.region} has no availability zones.",
            follows="Azure refuses the plan.",
            fix="Leave it out: zones are used wherever there are some.",
        )


def zones_have_instances(settings: Settings) -> Iterator[Problem]:
    """One instance can't be in two zones."""
    plan = None if settings.serving is None else settings.serving.plan
    if plan is None or plan.min_instances >= FEWEST_IN_ZONES:
        return
    if chosen(plan.zone_redundant, bool(region(settings.region).zones)):
        yield Problem(
            path=("serving", "plan", "min_instances"),
            what=f"min_instances is {plan.min_instances}, and the plan is zone-redundant.",
            follows="Azure refuses the plan, or bills two instances all the same.",
            fix=f"Write {FEWEST_IN_ZONES} or more, or `zone_redundant: false`.",
        )


def values_are_not_secret(settings: Settings) -> Iterator[Problem]:
    """Whoever reads an app sees its values."""
    for name, app in ({} if settings.serving is None else settings.serving.apps).items():
        for key in app.values:
            if _SECRET.search(key):
                yield Problem(
                    path=("serving", "apps", name, "values", key),
                    what=f"{key} sounds like a secret.",
                    follows="It would stand in this file, in Pulumi's state, and be seen by every reader of the app.",
                    fix="Put it into the key vault, and name it under `secrets`.",
                )


CHECKS = (
    apps_have_their_subnet,
    instances_are_in_order,
    zones_exist,
    zones_have_instances,
    values_are_not_secret,
)
