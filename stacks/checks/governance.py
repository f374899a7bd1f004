"""What is exempt from policy, and what is stopped at night."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.problems import Problem
from stacks.settings import Settings

LONGEST_WAIVER_DAYS = 180
LONGEST_MITIGATED_DAYS = 365
"""Our choice: a risk that is only borne is looked at twice a year, one that is met in another way once."""


def exemptions_end(settings: Settings) -> Iterator[Problem]:
    """An exemption ends after it was agreed, and before it is forgotten."""
    subscription = settings.governance.subscription
    if subscription is None or subscription.policies is None:
        return
    for name, exemption in subscription.policies.exemptions.items():
        longest = LONGEST_WAIVER_DAYS if exemption.category == "Waiver" else LONGEST_MITIGATED_DAYS
        days = (exemption.expires_on - exemption.since).days
        if not 1 <= days <= longest:
            yield Problem(
                path=("governance", "subscription", "policies", "exemptions", name, "expires_on"),
                what=f"The exemption {name} lasts {days} days; a {exemption.category} lasts 1 to {longest}.",
                follows="What was meant for a while would hold for ever, or never.",
                fix=f"Choose a day up to {longest} days after {exemption.since}, and renew it with a review.",
            )


def exemptions_are_from_what_is_assigned(settings: Settings) -> Iterator[Problem]:
    """An exemption is from a baseline that is assigned."""
    subscription = settings.governance.subscription
    if subscription is None or subscription.policies is None:
        return
    policies = subscription.policies
    optional = {"microsoft-cloud-security-benchmark", "canada-federal-pbmm", "nist-sp-800-53-r5"}
    for name, exemption in policies.exemptions.items():
        if exemption.assignment in optional - set(policies.baselines):
            yield Problem(
                path=("governance", "subscription", "policies", "exemptions", name, "assignment"),
                what=f"The exemption {name} is from {exemption.assignment}, which is not assigned.",
                follows="The deployment stops: there is no assignment to exempt from.",
                fix=f"Remove the exemption, or add {exemption.assignment} to `baselines`.",
            )


CHECKS = (
    exemptions_end,
    exemptions_are_from_what_is_assigned,
)
