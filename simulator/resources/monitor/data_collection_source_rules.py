"""What Azure Monitor refuses in the sources and streams of a data collection rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from simulator.model import Request
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, Rule, rule
from simulator.values import UNKNOWN

INVALID: Final = "InvalidPayload"
_AZURERM: Final = "azurerm 2026-08-21 monitor_data_collection_rule; names: azure-native 3 docs (detail not confirmed)"
_LISTED: Final = (
    "extensions", "iisLogs", "logFiles", "performanceCounters", "platformTelemetry", "prometheusForwarder", "syslog",
    "windowsEventLogs", "windowsFirewallLogs",
)  # fmt: skip


@rule("mon-dcr-kind-change", kind="lifecycle", code=INVALID, source=_AZURERM)
def kind_stays(request: Request) -> Iterator[Fault]:
    """A rule that says what system it is for goes on being for that one; one that doesn't may still say it."""
    before = request.old.body.get("kind") if request.old is not None else None
    after = request.known("kind")
    if isinstance(before, str) and isinstance(after, str) and before and before.lower() != after.lower():
        yield Fault(f"a rule of the kind {before} can't become one of the kind {after}", "kind",
                    f"put {before} back, or make a rule with another name")  # fmt: skip


@rule("mon-dcr-source-name", kind="static", code=INVALID, source=_AZURERM)
def sources_have_names(request: Request) -> Iterator[Fault]:
    """A source has a name of 1 to 32 characters, of its own."""
    seen: set[str] = set()
    for target, source in sources(request):
        name = source.get("name")
        if name is UNKNOWN:
            continue
        if not isinstance(name, str) or not 1 <= len(name) <= 32:
            yield Fault("a data source needs a name of 1 to 32 characters", f"{target}.name")
        elif name.lower() in seen:
            yield Fault(f"two data sources are called '{name}'", f"{target}.name", "give each a name of its own")
        else:
            seen.add(name.lower())


@rule("mon-dcr-counter", kind="static", code=INVALID, source=_AZURERM)
def counters_are_read_now_and_then(request: Request) -> Iterator[Fault]:
    """A counter is read every 1 to 1800 seconds; for insights, each minute."""
    for index, source in enumerate(items(request.at("dataSources.performanceCounters"))):
        often, streams = source.get("samplingFrequencyInSeconds"), source.get("streams")
        target = f"dataSources.performanceCounters[{index}].samplingFrequencyInSeconds"
        if not isinstance(often, int):
            continue
        if not 1 <= often <= 1800:
            yield Fault(f"a counter read every {often} seconds", target, "use 1 to 1800")
        elif streams == ["Microsoft-InsightsMetrics"] and often != 60:
            yield Fault(f"insights read every {often} seconds", target, "use 60 for Microsoft-InsightsMetrics")


@rule("mon-dcr-declared-stream", kind="static", code=INVALID, source=_AZURERM, reads=("streamDeclarations",))
def declared_streams_are_custom(request: Request) -> Iterator[Fault]:
    """Only streams of one's own are declared, and their names say so."""
    declared = request.known("streamDeclarations")
    for name in declared if isinstance(declared, Mapping) else ():
        if not name.startswith("Custom-"):
            yield Fault(f"the declared stream {name} does not begin with Custom-", "streamDeclarations",
                        f"call it Custom-{name}")  # fmt: skip


def sources(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every data source with its path."""
    for kind in _LISTED:
        for index, source in enumerate(items(request.at(f"dataSources.{kind}"))):
            yield f"dataSources.{kind}[{index}]", source


SOURCE_RULES: Final[tuple[Rule, ...]] = (
    kind_stays,
    sources_have_names, counters_are_read_now_and_then, declared_streams_are_custom,
)  # fmt: skip
