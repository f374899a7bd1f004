"""Model residency: no deployment of a model that may answer from outside Canada.

Owns the policy definition; Azure has no built-in for it. Does not own its assignment. Where a model runs is told by
the SKU of its deployment: Global ones run anywhere, DataZone ones in a zone of countries, and there is none of Canada
(facts/openai_models.csv). The mode is All: a deployment has neither location nor tags, so Indexed never looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi import ComponentResource, Output, ResourceOptions
from pulumi_azure_native import authorization

from components import naming
from components.placement import Placement
from components.problems import refuse

TYPE = "Microsoft.CognitiveServices/accounts/deployments"
ELSEWHERE = ("Global*", "DataZone*")
EFFECTS = ("Audit", "Deny", "Disabled")


@dataclass(frozen=True, kw_only=True)
class ModelResidencyArgs:
    """`effect`: Deny, Audit or Disabled."""

    placement: Placement
    effect: str


def problems(args: ModelResidencyArgs) -> list[str]:
    """Every reason why Azure would refuse the definition."""
    return [] if args.effect in EFFECTS else [f"there is no effect {args.effect}; use {', '.join(EFFECTS)}"]


class ModelResidency(ComponentResource):
    """One policy definition of our own."""

    definition_id: Output[str]

    def __init__(self, name: str, args: ModelResidencyArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__("platform:model_residency:ModelResidency", name, {}, opts)
        refuse(name, problems(args))
        made = authorization.PolicyDefinition(
            f"{name}-policy",
            policy_definition_name=naming.policy(args.placement, "model-residency"),
            policy_type="Custom",
            mode="All",
            display_name="Models answer in Canada",
            description="No model deployment of a Global or DataZone type: it may run outside the country.",
            metadata={"category": "Machine Learning platform"},
            policy_rule={
                "if": {
                    "allOf": [
                        {"field": "type", "equals": TYPE},
                        {"anyOf": [{"field": f"{TYPE}/sku.name", "like": pattern} for pattern in ELSEWHERE]},
                    ]
                },
                "then": {"effect": args.effect},
            },
            opts=ResourceOptions(parent=self),
        )
        self.definition_id = made.id
        self.register_outputs({"definition_id": self.definition_id})
