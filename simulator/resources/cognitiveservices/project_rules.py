"""What AI Foundry refuses about projects and about the hosts of agents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final

from simulator.ids import key, name_of, parents
from simulator.model import Request
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_HOSTS: Final = "/capabilityhosts"
# The inputs of a host: the one of accounts, the one of projects.
_PROPERTIES: Final = ("capabilityHostProperties", "projectCapabilityHostProperties")


@rule(
    "cog-project-account", kind="cross-resource",
    source="hashicorp/terraform-provider-azurerm website/docs/r/cognitive_account_project (checked 2026-11-25; code "
    "not confirmed)",
)  # fmt: skip
def account_takes_projects(request: Request) -> Iterator[Fault]:
    """A project needs an account of AI Foundry with project management, an identity and a subdomain."""
    account = request.world.get(next(parents(request.id), ""))
    lacking = list(_lacking(account)) if account is not None else []
    if account is not None and lacking:
        yield Fault(f"account {account.id} takes no projects", "projectName", f"give the account {'; '.join(lacking)}")


def _lacking(account: Record) -> Iterator[str]:
    if account.body.get("kind") not in ("AIServices", UNKNOWN):
        yield "kind AIServices"
    if at(account.body, "properties.allowProjectManagement") not in (True, UNKNOWN):
        yield "allowProjectManagement true"
    if at(account.body, "identity.type") in (None, "None"):
        yield "an identity"
    if at(account.body, "properties.customSubDomainName") in (None, ""):
        yield "a customSubDomainName"


@rule(
    "cog-one-capability-host", kind="cross-resource", code="Conflict", status=HTTPStatus.CONFLICT,
    source="microsoft-foundry/foundry-samples#312, #753, #754",
)  # fmt: skip
def one_host(request: Request) -> Iterator[Fault]:
    """An account or project has one host; an account whose agents run in a network of its own is born with it."""
    parent = next(parents(request.id), "")
    for other in request.world.below(parent):
        if other.type.lower().endswith(_HOSTS) and other.key != key(request.id) and _is_child(other, parent):
            yield _conflict(request, name_of(other.id))
    account = request.world.get(parent)
    if request.old is None and account is not None and _has_agents_network(account):
        yield _conflict(request, f"{name_of(parent)}@aml_aiagentservice")


def _conflict(request: Request, existing: str) -> Fault:
    return Fault(
        f"There is an existing Capability Host with name: {existing}, provisioning state: Succeeded, cannot create a "
        f"new Capability Host with name: {request.name} for the same ClientId.",
        "capabilityHostName",
        f"use '{existing}', or delete it first",
    )


def _is_child(other: Record, parent: str) -> bool:
    return key(next(parents(other.id), "")) == key(parent)


def _has_agents_network(account: Record) -> bool:
    listed = at(account.body, "properties.networkInjections")
    items = listed if isinstance(listed, list) else []
    return any(isinstance(item, Mapping) and item.get("scenario") == "agent" for item in items)


@rule(
    "cog-capability-host-cannot-change", kind="lifecycle",
    source="microsoft-foundry/foundry-samples#261 (agents/concepts/standard-agent-setup#limitations; code not "
    "confirmed)",
)  # fmt: skip
def host_stays(request: Request) -> Iterator[Fault]:
    """A host is never updated: another one takes its place."""
    for path in _PROPERTIES:
        before, now = request.old.body.get(path) if request.old is not None else None, request.at(path)
        if before is not None and now is not UNKNOWN and now is not None and before != now:
            yield Fault(
                f"a capability host can't be updated: {path}", "capabilityHostName", "delete it and make another one"
            )


CAPABILITY_HOST_RULES: Final = (one_host, host_stays)
PROJECT_RULES: Final = (account_takes_projects,)
