"""What Azure Monitor refuses in a diagnostic setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from facts.diagnostics import Diagnostics, all_diagnostics
from simulator.ids import key, looks_like_id, type_of
from simulator.model import Request
from simulator.rule import Fault, Rule, rule

SETTINGS: Final = "Microsoft.Insights/diagnosticSettings"
_PAGE: Final = "MicrosoftDocs/azure-monitor-docs diagnostic-settings.md (not re-read)"
_SINKS: Final = ("workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId")
# Guests of a machine are read by an agent; the machine itself has no resource logs.
_NO_LOGS: Final = frozenset({"microsoft.compute/virtualmachines"})


def items(value: Any) -> list[Mapping[str, Any]]:
    """The maps in a list; empty for anything else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


@rule("mon-diag-no-sink", kind="static", source=_PAGE)
def has_a_sink(request: Request) -> Iterator[Fault]:
    """Somewhere to send to."""
    if all(request.at(name) is None for name in _SINKS):
        yield Fault(
            "a diagnostic setting needs at least one destination: a workspace, a storage account or an event hub",
            "workspaceId",
        )


@rule("mon-diag-nothing-sent", kind="static", source=_PAGE)
def sends_something(request: Request) -> Iterator[Fault]:
    """Something to send."""
    if request.at("logs") is None and request.at("metrics") is None:
        yield Fault("a diagnostic setting needs at least one category of logs or metrics", "logs")


@rule("mon-diag-mixed", kind="static", source="Azure/azure-rest-api-specs#22719", quoted=True)
def categories_or_groups(request: Request) -> Iterator[Fault]:
    """No mix of categories and groups."""
    logs = items(request.at("logs"))
    kinds = {name for item in logs for name in ("category", "categoryGroup") if item.get(name) is not None}
    if len(kinds) > 1:
        yield Fault("Diagnostic setting does not support mix of log category and log category group.", "logs")


@rule("mon-diag-category", kind="static", source="hashicorp/terraform-provider-azurerm#2985", quoted=True,
      reads=("resourceUri",))  # fmt: skip
def category_is_offered(request: Request) -> Iterator[Fault]:
    """The type has the category. One that no type is known to have may be new, and is let through."""
    target = request.known("resourceUri")
    if not isinstance(target, str) or not looks_like_id(target):
        return
    arm_type = type_of(target).lower()
    rows = {name.lower(): row for name, row in all_diagnostics().items()}
    own = _lower(rows.get(arm_type))
    if arm_type in _NO_LOGS:
        own = frozenset()
    if own is None:
        return
    elsewhere = frozenset().union(*(_lower(row) or () for row in rows.values()))
    for index, item in enumerate(items(request.at("logs"))):
        name = item.get("category")
        if isinstance(name, str) and name.lower() not in own and (not own or name.lower() in elsewhere):
            yield Fault(
                f"Category '{name}' is not supported.",
                f"logs[{index}].category",
                f"use one of {', '.join(sorted(own))}" if own else f"{type_of(target)} has no logs: send its metrics",
            )


@rule("mon-diag-five", kind="cross-resource", source=_PAGE, reads=("resourceUri",))
def at_most_five(request: Request) -> Iterator[Fault]:
    """A resource has five settings at most."""
    others = _others(request)
    if request.old is None and len(others) >= 5:
        yield Fault(f"the resource has {len(others)} diagnostic settings already, the most it may have", "resourceUri")


@rule("mon-diag-sink-reused", kind="cross-resource", code="Conflict", source="Azure/bicep-registry-modules#3407",
      status=HTTPStatus.CONFLICT)  # fmt: skip
def sink_is_used_once(request: Request) -> Iterator[Fault]:
    """Two settings of a resource don't send one category to one place."""
    mine = _sent(request.inputs)
    for setting_id, body in _others(request):
        for sink in _SINKS[:2]:
            here, there = request.known(sink), body.get(sink)
            both = sorted(mine & _sent(body))
            if isinstance(here, str) and isinstance(there, str) and key(here) == key(there) and both:
                yield Fault(
                    f"{here} is used by the setting {setting_id.rsplit('/', 1)[-1]} for {', '.join(both)} already",
                    sink,
                    "send each category to a place once",
                )


@rule("mon-diag-sink-type", kind="static", source=_PAGE)
def sinks_are_of_their_type(request: Request) -> Iterator[Fault]:
    """A workspace is a workspace."""
    for sink, wanted in (("workspaceId", "workspaces"), ("storageAccountId", "storageaccounts")):
        value = request.known(sink)
        if isinstance(value, str) and looks_like_id(value) and not type_of(value).lower().endswith(f"/{wanted}"):
            yield Fault(f"{sink} names a resource of the type {type_of(value)}", sink, f"name one of {wanted}")


def _others(request: Request) -> list[tuple[str, Mapping[str, Any]]]:
    target = request.known("resourceUri")
    if not isinstance(target, str):
        return []
    head = f"{key(target)}/providers/{SETTINGS.lower()}/"
    below = [each for each in request.world.below(target) if each.key.startswith(head)]
    return [(each.id, each.body) for each in below if each.key != key(request.id)]


def _sent(body: Mapping[str, Any]) -> set[str]:
    return {
        str(item[name])
        for item in items(body.get("logs"))
        for name in ("category", "categoryGroup")
        if isinstance(item.get(name), str) and item.get("enabled") is True
    }


def _lower(row: Diagnostics | None) -> frozenset[str] | None:
    return frozenset(name.lower() for name in row.logs) if row is not None and row.logs is not None else None


DIAGNOSTIC_RULES: Final[tuple[Rule, ...]] = (
    has_a_sink, sends_something, categories_or_groups, category_is_offered, at_most_five, sink_is_used_once,
    sinks_are_of_their_type,
)  # fmt: skip
