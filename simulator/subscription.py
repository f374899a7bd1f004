"""What the simulated subscription allows: quotas, registered features, offered sizes, names that are gone.

Owns the shape of `subscription.yaml` and how to look things up. Does not own what is refused for it: that is in the
`state_rules.py` of the types, nor how the file is made of what `az` prints (`simulator.az`). Everything that the file
doesn't say is not known: look-ups answer `None` or "fine", and nothing is refused for it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE: Final = Path(__file__).with_suffix(".yaml")
# A file to read instead, such as one refreshed from a real subscription.
VARIABLE: Final = "PLATFORM_SIMULATOR_SUBSCRIPTION"


class SubscriptionError(ValueError):
    """A file of facts that can't be used. The message says where and what is wrong."""


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Restriction(_Facts):
    """A VM size that may not be used in a region, or only not in some `zones` of it."""

    size: str
    region: str
    zones: tuple[str, ...] | None = None
    reason: str = "NotAvailableForSubscription"


class SoftDeleted(_Facts):
    """A name that waits for its purge."""

    type: str
    name: str
    location: str | None = None


class Subscription(_Facts):
    """The facts of one subscription. Regions are in ARM's normal form; everything else compares without case."""

    as_of: date | None = None
    quotas: Mapping[str, Mapping[str, int]] = Field(default_factory=dict)
    machine_learning_quotas: Mapping[str, Mapping[str, int]] = Field(default_factory=dict)
    features_not_registered: tuple[str, ...] = ()
    providers_not_registered: tuple[str, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    deleted: tuple[SoftDeleted, ...] = Field(default=(), alias="soft_deleted")
    names_taken: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    metrics: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    limits: Mapping[str, int] = Field(default_factory=dict)

    def quota(self, family: str, region: str) -> int | None:
        """How many vCPUs of a family Compute grants in a region (`cores`: of all, `lowPriorityCores`: of spot)."""
        return _folded(self.quotas.get(region, {})).get(family.casefold())

    def machine_learning_quota(self, family: str, region: str) -> int | None:
        """How many vCPUs of a family Azure Machine Learning grants in a region."""
        return _folded(self.machine_learning_quotas.get(region, {})).get(family.casefold())

    def feature_registered(self, name: str) -> bool:
        """Whether a feature (`Microsoft.ContainerService/…`) may be used; one that isn't listed may."""
        return not _among(name, self.features_not_registered)

    def provider_registered(self, namespace: str) -> bool:
        """Whether resources of a namespace may be made; one that isn't listed may."""
        return not _among(namespace, self.providers_not_registered)

    def size_restriction(self, size: str, region: str) -> str | None:
        """Why a VM size may not be used anywhere in a region."""
        return next((each.reason for each in self._restrictions(size, region) if each.zones is None), None)

    def closed_zones(self, size: str, region: str) -> frozenset[str]:
        """The zones of a region in which a VM size may not be used."""
        return frozenset(zone for each in self._restrictions(size, region) for zone in each.zones or ())

    def is_name_taken(self, arm_type: str, name: str) -> bool:
        """Whether somebody outside the subscription has a name that must be unique in the world."""
        return _among(name, _folded(self.names_taken).get(arm_type.casefold(), ()))

    def soft_deleted(self, arm_type: str, name: str) -> SoftDeleted | None:
        """The deleted resource that still holds a name."""
        wanted = (arm_type.casefold(), name.casefold())
        return next((e for e in self.deleted if (e.type.casefold(), e.name.casefold()) == wanted), None)

    def metrics_of(self, arm_type: str) -> tuple[str, ...] | None:
        """The metrics that resources of a type have."""
        return _folded(self.metrics).get(arm_type.casefold())

    def limit(self, name: str) -> int | None:
        """A number that must not be exceeded."""
        return self.limits.get(name)

    def _restrictions(self, size: str, region: str) -> list[Restriction]:
        wanted = (size.casefold(), region.casefold())
        return [each for each in self.restrictions if (each.size.casefold(), each.region.casefold()) == wanted]


def subscription(path: Path | None = None) -> Subscription:
    """The facts of `path`, else of the file that PLATFORM_SIMULATOR_SUBSCRIPTION names, else the project's own.

    Raises:
        SubscriptionError: when the file can't be read or says something that it can't say.
    """
    named = os.environ.get(VARIABLE)
    return read(path if path is not None else Path(named) if named else FILE)


@cache
def read(path: Path) -> Subscription:
    """The facts of a file, which is read once."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Subscription.model_validate({} if loaded is None else loaded)
    except (OSError, yaml.YAMLError) as error:
        raise SubscriptionError(f"{path}: can't be read as YAML: {error}; fix or remove {VARIABLE}") from error
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise SubscriptionError(f"{path}: {found}; see {FILE.name} for what may stand there") from error


def _folded(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name.casefold(): value for name, value in table.items()}


def _among(name: str, names: tuple[str, ...]) -> bool:
    return name.casefold() in {each.casefold() for each in names}
