"""What Azure Monitor refuses in a diagnostic setting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from facts.diagnostics import Diagnostics, all_diagnostics
from simulator.ids import key, looks_like_id, parents, type_of
from simulator.model import Request, normal_location
from simulator.rule import Fault, Rule, rule

SETTINGS: Final = "Microsoft.Insights/diagnosticSettings"
_PAGE: Final = "MicrosoftDocs/azure-monitor-docs diagnostic-settings.md (checked 2026-11-25)"
_SINKS: Final = (
    "workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId", "serviceBusRuleId",
)  # fmt: skip
_FORBIDDEN: Final = re.compile(r"[<>*%&:\\?+/]")
# Guests of a machine are read by an agent; the machine itself has no resource logs.
_NO_LOGS: Final = frozenset({"microsoft.compute/virtualmachines"})

_NO_METRICS: Final = frozenset({"microsoft.network/networksecuritygroups", "microsoft.databricks/workspaces"})


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


@rule("mon-diag-metric-category", kind="static", quoted=True, reads=("resourceUri",),
      source="TaoYang-Cloud/azurepolicy#19, MicrosoftDocs/azure-docs#69798 (checked 2026-11-25)")  # fmt: skip
def metrics_are_sent_together(request: Request) -> Iterator[Fault]:
    """Metrics are sent as a whole, and not one by one."""
    target = request.known("resourceUri")
    rows = {name.lower(): row for name, row in all_diagnostics().items()}
    row = rows.get(type_of(target).lower()) if isinstance(target, str) and looks_like_id(target) else None
    offered = row.metrics if row is not None and row.metrics is not None else ()
    for index, item in enumerate(items(request.at("metrics")) if offered else ()):
        name = item.get("category")
        if isinstance(name, str) and name.lower() not in {each.lower() for each in offered}:
            supported = ", ".join(f"'{each}'" for each in offered)
            yield Fault(f"Metric category '{name}' is not supported, supported categories are: {supported}",
                        f"metrics[{index}].category", f"use {supported}")  # fmt: skip


@rule("mon-diag-no-metrics", kind="static", reads=("resourceUri",),
      source="Azure/bicep-registry-modules network-security-group and databricks/workspace, settings of logs alone "
      "(2026-08; code not confirmed)")  # fmt: skip
def there_are_metrics(request: Request) -> Iterator[Fault]:
    """Some types have no metrics at all."""
    target = request.known("resourceUri")
    if not isinstance(target, str) or not looks_like_id(target) or type_of(target).lower() not in _NO_METRICS:
        return
    for index, item in enumerate(items(request.at("metrics"))):
        if item.get("enabled") is True and isinstance(item.get("category"), str):
            yield Fault(f"{type_of(target)} has no metrics: category '{item['category']}' is not supported",
                        f"metrics[{index}].category", "leave metrics out, and send its logs")  # fmt: skip


@rule("mon-diag-five", kind="cross-resource", source="Azure/missionlz README; diagnostic-settings.md (checked "
      "2026-11-25; code not confirmed)", quoted=True, reads=("resourceUri",))  # fmt: skip
def at_most_five(request: Request) -> Iterator[Fault]:
    """A resource has five settings at most."""
    if request.old is None and len(_others(request)) >= 5:
        yield Fault("The limit of 5 diagnostic settings was reached.", "resourceUri", "remove or merge one of them")


@rule("mon-diag-sink-reused", kind="cross-resource", code="Conflict", quoted=True, status=HTTPStatus.CONFLICT,
      source="Azure/terraform-azurerm-avm-ptn-aiml-landing-zone#19 (checked 2026-11-25)")  # fmt: skip
def sink_is_used_once(request: Request) -> Iterator[Fault]:
    """Two settings of a resource don't send one category to one place."""
    mine = _sent(request.inputs)
    for setting_id, body in _others(request):
        for sink in _SINKS[:2]:
            here, there = request.known(sink), body.get(sink)
            both = sorted(mine & _sent(body))
            if isinstance(here, str) and isinstance(there, str) and key(here) == key(there) and both:
                yield Fault(
                    f"Data sink '{here}' is already used in diagnostic setting '{setting_id.rsplit('/', 1)[-1]}' for "
                    f"category '{both[0]}'. Data sinks can't be reused in different settings on the same category for "
                    "the same resource.",
                    sink,
                    "send each category to a place once: remove one of the two settings, or its categories",
                )


@rule("mon-diag-sink-type", kind="static", source=_PAGE)
def sinks_are_of_their_type(request: Request) -> Iterator[Fault]:
    """A workspace is a workspace."""
    for sink, wanted in (("workspaceId", "workspaces"), ("storageAccountId", "storageaccounts")):
        value = request.known(sink)
        if isinstance(value, str) and looks_like_id(value) and not type_of(value).lower().endswith(f"/{wanted}"):
            yield Fault(f"{sink} names a resource of the type {type_of(value)}", sink, f"name one of {wanted}")


@rule("mon-diag-name", kind="static", source="azurerm 2026-08-21 monitor_diagnostic_setting.go (code not confirmed)")
def name_is_plain(request: Request) -> Iterator[Fault]:
    """A name has 1 to 260 characters, and none that has a meaning in addresses."""
    name = str(request.known("name", request.name))
    if _FORBIDDEN.search(name) or len(name) > 260:
        yield Fault(f"'{name}' is no name for a diagnostic setting", "name", "leave out <>*%&:\\?+/")


@rule("mon-diag-retention", kind="static", quoted=True,
      source="hashicorp/terraform-provider-azurerm#23051, Azure/avdaccelerator#473 (checked 2026-11-25)")  # fmt: skip
def retention_is_the_sinks_own(request: Request) -> Iterator[Fault]:
    """How long data is kept is up to the storage account since 2023; old settings may keep their days."""
    for listed in ("logs", "metrics"):
        for index, item in enumerate(items(request.at(listed) if request.old is None else None)):
            policy = item.get("retentionPolicy")
            days = policy.get("days") if isinstance(policy, Mapping) and policy.get("enabled") is True else None
            if isinstance(days, int) and days > 0:
                yield Fault(
                    "Diagnostic settings does not support retention for new diagnostic settings.",
                    f"{listed}[{index}].retentionPolicy",
                    "leave it out; set a lifecycle rule on the storage account or the retention of the workspace",
                )


@rule("mon-diag-event-hub-rule", kind="static", source=_PAGE)
def event_hub_is_named_by_its_rule(request: Request) -> Iterator[Fault]:
    """An event hub is reached by an authorization rule of its namespace."""
    value = request.known("eventHubAuthorizationRuleId")
    named = type_of(value).lower() if isinstance(value, str) and looks_like_id(value) else "authorizationrules"
    if not named.endswith("authorizationrules"):
        yield Fault(f"eventHubAuthorizationRuleId names a resource of the type {type_of(str(value))}",
                    "eventHubAuthorizationRuleId",
                    "use …/Microsoft.EventHub/namespaces/<name>/authorizationRules/<rule>")  # fmt: skip
    if request.at("eventHubAuthorizationRuleId") is None and request.at("eventHubName") is not None:
        yield Fault("an event hub without an authorization rule", "eventHubAuthorizationRuleId", "name the rule, too")


@rule("mon-diag-region", kind="cross-resource", quoted=True, reads=("resourceUri",),
      source="MicrosoftDocs/azure-docs#38371 (checked 2026-11-25)")  # fmt: skip
def sinks_are_near(request: Request) -> Iterator[Fault]:
    """Storage and event hubs lie in the region of a regional resource; a workspace may be anywhere."""
    target = request.known("resourceUri")
    here = _region(request, target)
    for sink in ("storageAccountId", "eventHubAuthorizationRuleId"):
        value = request.known(sink)
        there = _region(request, value)
        if None not in (here, there) and here != there and "global" not in (here, there):
            held = str(value).split("/authorizationRules", 1)[0] if sink != "storageAccountId" else value
            yield Fault(
                f"Resources should be in the same region. Resource '{target}' is in region '{here}' and resource "
                f"'{held}' is in region '{there}'.",
                sink,
                f"name one in {here}",
            )


def _region(request: Request, resource_id: Any) -> str | None:
    """The region of a resource or of what holds it; `None` where nothing here says."""
    if not isinstance(resource_id, str) or not looks_like_id(resource_id):
        return None
    for each in (resource_id, *parents(resource_id)):
        found = request.world.get(each)
        location = found.body.get("location") if found is not None else None
        if found is not None and type_of(each).lower() == "microsoft.resources/resourcegroups":
            return None
        if isinstance(location, str):
            return normal_location(location)
    return None


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
        for listed in ("logs", "metrics")
        for item in items(body.get(listed))
        for name in ("category", "categoryGroup")
        if isinstance(item.get(name), str) and item.get("enabled") is True
    }


def _lower(row: Diagnostics | None) -> frozenset[str] | None:
    return frozenset(name.lower() for name in row.logs) if row is not None and row.logs is not None else None


DIAGNOSTIC_RULES: Final[tuple[Rule, ...]] = (
    name_is_plain, has_a_sink, sends_something, categories_or_groups, retention_is_the_sinks_own, category_is_offered,
    there_are_metrics, metrics_are_sent_together, sinks_are_of_their_type, event_hub_is_named_by_its_rule,
    sinks_are_near, at_most_five, sink_is_used_once,
)  # fmt: skip
