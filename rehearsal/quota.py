"""The quota that a stack may need against the quota that the subscription has, before anything is created.

Owns the comparison and its table. Does not own the needs (`stacks.quota`), nor the quota: it is that of the simulated
subscription, which `invoke subscription --from` refreshes with what `az vm list-usage` prints for the real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from simulator.subscription import Subscription
from stacks.quota import by_family, needs
from stacks.settings import Settings


@dataclass(frozen=True)
class Line:
    """One family. `granted` None: the subscription says nothing of it."""

    family: str
    needed: int
    granted: int | None
    pools: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether the pools could not all grow to their bounds."""
        return self.granted is not None and self.needed > self.granted


@dataclass(frozen=True)
class Comparison:
    """`unknown`: pools of whose size nobody knows the quota."""

    region: str
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether no family is known to be short; what is not known is shown, and does not fail."""
        return not any(line.short for line in self.lines)


def compare(settings: Settings, subscription: Subscription) -> Comparison:
    """What each family needs, and what the subscription grants in the stack's region."""
    region = settings.region.value
    wanted = tuple(needs(settings))
    pools: Mapping[str, list[str]] = {family: [] for family in by_family(settings)}
    for need in wanted:
        family = "lowPriorityCores" if need.spot else need.family
        if family is not None:
            pools[family].append(f"{need.pool} {need.nodes}×{need.vm_size.removeprefix('Standard_')}")
    return Comparison(
        region=region,
        lines=tuple(
            Line(family, needed, subscription.quota(family, region), tuple(pools[family]))
            for family, needed in sorted(by_family(settings).items())
        ),
        unknown=tuple(need.pool for need in wanted if need.family is None),
    )


def render(comparison: Comparison, console: Console) -> None:
    """A table, and what follows from it."""
    table = Table(title=f"vCPUs in {comparison.region}, every pool at its most nodes")
    for name in ("family", "pools", "needed", "granted", ""):
        table.add_column(name, justify="right" if name in ("needed", "granted") else "left")
    for line in comparison.lines:
        verdict = "short" if line.short else "unknown" if line.granted is None else "enough"
        granted = "not known" if line.granted is None else str(line.granted)
        table.add_row(line.family, ", ".join(line.pools), str(line.needed), granted, verdict)
    console.print(table)
    for pool in comparison.unknown:
        console.print(f"{pool}: the quota of its size is not known; add it to facts/vm_quota.csv")
    for line in comparison.lines:
        if line.short:
            console.print(
                f"{line.family}: ask Azure for {line.needed} vCPUs in {comparison.region} (docs/runbooks/"
                "ask-for-quota.md), or lower `max_count`; until then the pools stop growing at the limit"
            )
