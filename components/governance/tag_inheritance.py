"""Tag inheritance: cost records carry the tags of their resource group and subscription.

Owns the setting of Cost Management. It changes cost records only, so that charge-back by cost centre also counts what
services make without tags; resources get missing tags by policy (`components.governance.guardrails`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Input, Output, ResourceOptions
from pulumi_azure_native import costmanagement

from components.problems import refuse


@dataclass(frozen=True, kw_only=True)
class TagInheritanceArgs:
    """`scope` is the subscription."""

    scope: Input[str]


def problems(args: TagInheritanceArgs) -> list[str]:
    """Every reason why Azure would refuse the setting."""
    return [] if args.scope else ["cost records of no subscription"]


class TagInheritance(ComponentResource):
    """The setting of one subscription."""

    setting_id: Output[str]

    def __init__(self, name: str, args: TagInheritanceArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:tag_inheritance:TagInheritance", name, {}, opts)
        refuse(name, problems(args))
        made = costmanagement.TagInheritanceSetting(
            f"{name}-setting",
            scope=args.scope,
            type="taginheritance",
            kind="taginheritance",
            # What a resource says of itself counts before what its group says.
            properties=costmanagement.TagInheritancePropertiesArgs(prefer_container_tags=False),
            opts=ResourceOptions(parent=self),
        )
        self.setting_id = made.id
        self.register_outputs({"setting_id": self.setting_id})
