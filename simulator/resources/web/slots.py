"""Microsoft.Web/sites/slots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.ids import key, parents
from simulator.model import Model, Request
from simulator.resources.web.flex_rules import FLEX_SITE_RULES
from simulator.resources.web.hosting_rules import HOSTING_RULES, plan_tier
from simulator.resources.web.integration_rules import INTEGRATION_RULES
from simulator.resources.web.plan_rules import SLOTS, slots_of
from simulator.resources.web.settings_rules import RESTRICTION_RULES, SETTINGS_RULES
from simulator.resources.web.sites import site_defaults, site_outputs
from simulator.rule import Fault, rule


@rule(
    "app-slots-need-standard", kind="cross-resource", code="Conflict", quoted=True,
    source="ITfoxtec/FoxIDs#470; learn.microsoft.com App Service limits (checked 2026-11-25)", reads=("serverFarmId",),
)  # fmt: skip
def tier_has_slots(request: Request) -> Iterator[Fault]:
    """A tier gives an app so many slots, and none below Standard."""
    tier, site = plan_tier(request), next(parents(request.id))
    most = SLOTS.get(str(tier))
    others = [each for each in slots_of(site, request.world) if each.key != key(request.id)]
    if request.old is None and most is not None and len(others) >= most:
        yield Fault(
            "Cannot complete the operation because the site will exceed the number of slots allowed for the "
            f"'{tier}' SKU.",
            "slot",
            "use a plan of the tier Standard or higher" if most == 0 else "delete a slot, or use a higher tier",
        )


class Slots(Model):
    """A deployment slot of a site."""

    token = "azure-native:web:WebAppSlot"
    rules = (tier_has_slots, *HOSTING_RULES, *FLEX_SITE_RULES, *SETTINGS_RULES, *RESTRICTION_RULES, *INTEGRATION_RULES)

    def defaults(self, request: Request) -> dict[str, Any]:
        """What a new slot is like."""
        return site_defaults(request)

    def outputs(self, request: Request) -> dict[str, Any]:
        """A host name beside that of the site."""
        site = request.id.split("/")[8]
        return site_outputs(request, f"{site}-{request.name}.azurewebsites.net")
