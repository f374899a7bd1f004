"""Microsoft.MachineLearningServices/registries: why a registry is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request, normal_location
from simulator.rule import Fault, Rule, rule


def _regions(listed: Any) -> list[str]:
    items = listed if isinstance(listed, list) else []
    places = [item.get("location") for item in items if isinstance(item, Mapping)]
    return [normal_location(place) for place in places if isinstance(place, str)]


@rule("ml-registry-own-region", kind="static", code="UserError",
      source="MicrosoftDocs/azure-ai-docs how-to-manage-registries.md, Create a registry; the code of "
      "Azure/bicep-types-az#1805 (checked 2026-11-25)", reads=("regionDetails", "location"))  # fmt: skip
def own_region_is_listed(request: Request) -> Iterator[Fault]:
    """The primary region is listed once more among the regions."""
    regions = _regions(request.at("regionDetails"))
    if regions and request.location not in ("", *regions):
        yield Fault(f"Invalid registry request: the primary region {request.location} is not among regionDetails",
                    "regionDetails", f"add {request.location}")  # fmt: skip


@rule("ml-registry-region-twice", kind="static", code="UserError",
      source="MicrosoftDocs/azure-ai-docs how-to-manage-registries.md (code not confirmed; checked 2026-11-25)",
      reads=("regionDetails",))  # fmt: skip
def regions_are_listed_once(request: Request) -> Iterator[Fault]:
    """A registry has one replica in a region."""
    regions = _regions(request.at("regionDetails"))
    twice = sorted({region for region in regions if regions.count(region) > 1})
    if twice:
        yield Fault(f"{twice[0]} is listed twice", "regionDetails", "list each region once")


@rule("ml-registry-region-removed", kind="lifecycle", code="UserError",
      source="hashicorp/terraform-provider-azurerm#32613, review (code not confirmed; checked 2026-11-25)",
      reads=("regionDetails",))  # fmt: skip
def regions_are_kept(request: Request) -> Iterator[Fault]:
    """Regions can be added, and none taken away."""
    before = _regions(request.old.body.get("regionDetails")) if request.old is not None else []
    after = _regions(request.at("regionDetails"))
    gone = [region for region in before if region not in after]
    if gone and request.at("regionDetails") is not None:
        yield Fault(f"region {gone[0]} can't be removed from the registry", "regionDetails",
                    "keep it, or make another registry")  # fmt: skip


REGISTRY_RULES: Final[tuple[Rule, ...]] = (own_region_is_listed, regions_are_listed_once, regions_are_kept)
