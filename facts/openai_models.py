"""Azure OpenAI: which model versions a region offers for which kind of deployment, and which are retired.

Owns `openai_models.csv` and `openai_versions.csv`. Does not own quotas, which are facts of a subscription, nor prices.

Offers: MicrosoftDocs/azure-ai-docs articles/foundry/openai/includes/model-matrix/region-americas.md of 2026-04-30 (read
2026-11-25), without the versions of 2026: the regions of those were still growing. Versions: the same repository,
articles/foundry/openai/includes/concepts-retired-models-content.md of 2026-04-23; versions without a date of
retirement are there so that a version that never was can be told from one that the table does not judge.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE: Final = Path(__file__).with_suffix(".csv")
VERSIONS: Final = FILE.with_name("openai_versions.csv")

# The regions that the page has columns for: of any other region the table says nothing.
REGIONS: Final = frozenset(
    {
        "brazilsouth", "canadacentral", "canadaeast", "centralus", "eastus", "eastus2", "northcentralus",
        "southcentralus", "westus", "westus3",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One version of a model; `retired` is the first day without it, `None` while the table knows of none."""

    model: str
    version: str
    retired: date | None = None


@cache
def offers() -> Mapping[tuple[str, str, str], frozenset[str]]:
    """The regions by kind of deployment (`GlobalStandard`), model and version."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType(
        {(row["sku"], row["model"], row["version"]): frozenset(row["regions"].split()) for row in rows}
    )


@cache
def versions() -> Mapping[str, tuple[ModelVersion, ...]]:
    """Every version that a model has or had; a model that is not here may have any."""
    found: dict[str, dict[str, ModelVersion]] = {}
    for _, model, version in offers():
        found.setdefault(model, {})[version] = ModelVersion(model, version)
    with VERSIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            retired = date.fromisoformat(row["retired"]) if row["retired"] else None
            known = ModelVersion(row["model"], row["version"], retired)
            found.setdefault(known.model, {})[known.version] = known
    return MappingProxyType({model: tuple(listed.values()) for model, listed in found.items()})


def offered(sku: str, model: str, version: str, region: str) -> bool | None:
    """Whether a region offers a version for a kind of deployment; `None` where the table does not say.

    A version that has no row for a kind may have had one: the page drops rows as models near their end.
    """
    regions = offers().get((sku, model, version))
    return None if region not in REGIONS or regions is None else region in regions
