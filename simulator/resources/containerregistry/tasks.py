"""Microsoft.ContainerRegistry/registries/tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import CREATED, Model, Request, normal_location
from simulator.resources.containerregistry.registry_rules import registry_of
from simulator.resources.firewall_rules import known_items
from simulator.rule import Fault, rule
from simulator.values import at

_CRON_FIELDS: Final = 5


@rule("acr-task-region", kind="cross-resource",
      source="azurerm container_registry_task_resource.go (checked 2026-11-25; code not confirmed)")  # fmt: skip
def task_is_with_its_registry(request: Request) -> Iterator[Fault]:
    """A task is looked for in the region of its registry."""
    home, here = at(registry_of(request), "location"), request.known("location")
    if isinstance(home, str) and isinstance(here, str) and normal_location(home) != normal_location(here):
        yield Fault(f"the registry is in {home}, not in {here}", "location", f"use {home}")


@rule("acr-task-step", kind="static", reads=("isSystemTask",),
      source="Microsoft.ContainerRegistry/tasks reference, step (2019-06-01-preview; code not confirmed)")  # fmt: skip
def task_does_something(request: Request) -> Iterator[Fault]:
    """A task has a step and a platform, unless it is the service's own."""
    if request.known("isSystemTask") is True:
        return
    for path in ("step", "platform"):
        if request.at(path) is None:
            yield Fault(f"the task has no {path}", path, "write it")


@rule("acr-task-schedule", kind="static", source="MicrosoftDocs/azure-management-docs container-registry/"
      "container-registry-tasks-scheduled.md (checked 2026-11-25; code not confirmed)")  # fmt: skip
def schedule_is_cron(request: Request) -> Iterator[Fault]:
    """A timer is written as five fields, without seconds."""
    for target, item in known_items(request, "trigger.timerTriggers"):
        text = at(item, "schedule")
        if isinstance(text, str) and len(text.split()) != _CRON_FIELDS:
            yield Fault(f"'{text}' is no schedule", f"{target}.schedule", 'write five fields, as "0 21 * * *"')


class Tasks(Model):
    """Something that the registry builds or runs."""

    token = "azure-native:containerregistry:Task"
    rules = (task_is_with_its_registry, task_does_something, schedule_is_cron)

    def defaults(self, request: Request) -> dict[str, Any]:
        """In use, for an hour at most."""
        return {"status": "Enabled", "timeout": 3600}

    def outputs(self, request: Request) -> dict[str, Any]:
        """When it was made."""
        return {"creationDate": CREATED}
