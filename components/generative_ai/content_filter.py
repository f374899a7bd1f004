"""Content filter: what an account's models may neither be asked nor answer.

Owns the policy and which severities it stops. Does not own blocklists of words: those are the teams', who know what
their citizens write. Microsoft's own filter is the base, so what is not named here is filtered as Microsoft does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import cognitiveservices

from components.placement import Placement
from components.problems import refuse

Severity = Literal["Low", "Medium", "High"]
HARMS = ("Hate", "Selfharm", "Sexual", "Violence")
# Attacks through what a user writes, and through documents that a program hands over.
ATTACKS = ("Jailbreak", "Indirect Attack")
BASE = "Microsoft.DefaultV2"


@dataclass(frozen=True, kw_only=True)
class ContentFilterArgs:
    """`stops_from`: the lowest severity that is blocked; Low is the strictest."""

    placement: Placement
    resource_group_name: Input[str]
    account_name: Input[str]
    policy_name: str
    stops_from: Severity


def problems(args: ContentFilterArgs) -> list[str]:
    """Names that would be taken for one of Microsoft's own."""
    if args.policy_name.lower().startswith("microsoft"):
        return [f"content filter {args.policy_name}: names that begin with Microsoft are Microsoft's own"]
    return []


class ContentFilter(ComponentResource):
    """One policy of one account."""

    policy_name: Output[str]

    def __init__(self, name: str, args: ContentFilterArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:content_filter:ContentFilter", name, {}, opts)
        refuse(name, problems(args))
        made = cognitiveservices.RaiPolicy(
            f"{name}-policy",
            rai_policy_name=args.policy_name,
            account_name=args.account_name,
            resource_group_name=args.resource_group_name,
            properties=cognitiveservices.RaiPolicyPropertiesArgs(
                base_policy_name=BASE,
                # Synchronous: an answer is held back until it is judged.
                mode="Blocking",
                content_filters=_filters(args.stops_from),
            ),
            tags=args.placement.tags,
            opts=ResourceOptions(parent=self),
        )
        self.policy_name = made.name
        self.register_outputs({"policy_name": self.policy_name})


def _filters(stops_from: Severity) -> list[cognitiveservices.RaiPolicyContentFilterArgs]:
    harms = [
        cognitiveservices.RaiPolicyContentFilterArgs(
            name=harm, source=source, enabled=True, blocking=True, severity_threshold=stops_from
        )
        for harm in HARMS
        for source in ("Prompt", "Completion")
    ]
    attacks = [
        cognitiveservices.RaiPolicyContentFilterArgs(name=attack, source="Prompt", enabled=True, blocking=True)
        for attack in ATTACKS
    ]
    return [*harms, *attacks]
