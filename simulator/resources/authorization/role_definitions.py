"""Microsoft.Authorization/roleDefinitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from facts.roles import roles
from simulator.errors import Refusal
from simulator.ids import key, name_of
from simulator.model import CREATED, PRINCIPAL, Model, Request
from simulator.paths import tokens_by_type
from simulator.resources.authorization.text_rules import too_long
from simulator.resources.monitor.diagnostic_rules import items
from simulator.rule import Fault, rule
from simulator.store import Record
from simulator.world import World

_PAGE: Final = "learn.microsoft.com role-based-access-control/custom-roles (checked 2026-11-25; code not confirmed)"
_GUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_GROUP: Final = "/providers/microsoft.management/managementgroups/"
_LISTS: Final = ("actions", "notActions", "dataActions", "notDataActions")
# `*`, or a provider with what it does: Microsoft.Compute/*/read.
_ACTION: Final = re.compile(r"\*|[A-Za-z0-9.*_-]+/[A-Za-z0-9*/._$-]+")


@rule("role-name-must-be-guid", kind="static", code="InvalidRoleDefinitionId", reads=("roleDefinitionId",),
      source="azurerm 2026-08-21 role_definition role_definition_id (code not confirmed)")  # fmt: skip
def id_is_a_guid(request: Request) -> Iterator[Fault]:
    """The id is a GUID; what people read is the role's name. An id that Pulumi makes up is none."""
    if _GUID.fullmatch(request.name) is None:
        yield Fault(f"'{request.name}' is no GUID", "roleDefinitionId", "use a GUID that stays")


@rule("role-name-exists", kind="cross-resource", code="RoleDefinitionWithSameNameExists", quoted=True,
      status=HTTPStatus.CONFLICT, source="hashicorp/terraform-provider-azurerm#10728, Azure/azure-sdk-for-net role "
      "definition tests (checked 2026-11-25)", reads=("roleName",))  # fmt: skip
def name_is_unique(request: Request) -> Iterator[Fault]:
    """A role's name is unique in the whole directory, among Azure's own roles, too."""
    name = str(request.known("roleName", "")).lower()
    others = [
        other
        for other in request.world.of_type("Microsoft.Authorization/roleDefinitions")
        if name_of(other.key) != request.name.lower() and str(other.body.get("roleName")).lower() == name
    ]
    if name and (others or name in {known.lower() for known in roles()}):
        yield Fault("A role definition cannot be updated with a name that already exists.", "roleName",
                    "use another name, or the role that has it")  # fmt: skip


@rule("role-scopes", kind="static", source=_PAGE, reads=("assignableScopes",))
def scopes_are_given(request: Request) -> Iterator[Fault]:
    """A role of one's own can be assigned in some scopes: not everywhere, and in one management group at most."""
    scopes = request.known("assignableScopes")
    if scopes == []:
        yield Fault("no assignable scopes", "assignableScopes", "name the subscription")
    for scope in scopes if isinstance(scopes, list) else ():
        if scope == "/":
            yield Fault("a role of one's own can't be assigned at the root", "assignableScopes", "name subscriptions")
    groups = [scope for scope in scopes or () if str(scope).lower().startswith(_GROUP)]
    if len(groups) > 1:
        yield Fault(f"{len(groups)} management groups", "assignableScopes", "name one at most")


@rule("role-data-in-group", kind="static", source=_PAGE, reads=("assignableScopes", "permissions"))
def data_actions_stay_out_of_groups(request: Request) -> Iterator[Fault]:
    """Actions on data can't be allowed in a whole management group."""
    scopes = request.known("assignableScopes") or ()
    data = any(item.get("dataActions") for item in items(request.at("permissions")))
    if data and any(str(scope).lower().startswith(_GROUP) for scope in scopes):
        yield Fault("dataActions in a management group", "assignableScopes", "name subscriptions, or drop dataActions")


@rule("role-action", kind="static", code="InvalidActionOrNotAction",
      source="Azure/azure-powershell#9800 (checked 2026-11-25)")  # fmt: skip
def actions_are_actions(request: Request) -> Iterator[Fault]:
    """An action is `Provider/type/…/verb`, with stars for parts of it."""
    for index, item in enumerate(items(request.at("permissions"))):
        for name in _LISTS:
            for action in item.get(name) or ():
                if isinstance(action, str) and _ACTION.fullmatch(action) is None:
                    yield Fault(f"'{action}' is no action", f"permissions[{index}].{name}",
                                "write it as Microsoft.Compute/virtualMachines/read")  # fmt: skip


@rule("role-action-provider", kind="static", code="InvalidActionOrNotAction",
      source="Azure/azure-powershell#9800 (checked 2026-11-25); names: arm/resource_paths.yaml")  # fmt: skip
def providers_are_spelled_right(request: Request) -> Iterator[Fault]:
    """The commonest slip in the name of a provider is an s too many or too few: Microsoft.Networks."""
    for index, item in enumerate(items(request.at("permissions"))):
        for name in _LISTS:
            for action in item.get(name) or ():
                meant = _provider_meant(action) if isinstance(action, str) else None
                if meant is not None:
                    yield Fault(f"no provider has the action '{action}'",
                                f"permissions[{index}].{name}", f"the provider is called {meant}")  # fmt: skip


def _provider_meant(action: str) -> str | None:
    """The provider with an s more or less that has such a type; `None` where the name is right or not judged."""
    provider, _, rest = action.lower().partition("/")
    kind = rest.partition("/")[0]
    other = provider[:-1] if provider.endswith("s") else f"{provider}s"
    if not kind or provider in _providers() or f"{other}/{kind}" not in tokens_by_type():
        return None
    return other


@cache
def _providers() -> frozenset[str]:
    return frozenset(arm_type.partition("/")[0] for arm_type in tokens_by_type())


@rule("role-texts", kind="static", source=_PAGE)
def texts_are_short(request: Request) -> Iterator[Fault]:
    """512 characters for the name, 2,048 for the description."""
    yield from too_long(request, roleName=512, description=2048)


class RoleDefinitions(Model):
    """A role of one's own."""

    token = "azure-native:authorization:RoleDefinition"
    rules = (
        id_is_a_guid, scopes_are_given, data_actions_stay_out_of_groups, actions_are_actions, texts_are_short,
        providers_are_spelled_right, name_is_unique,
    )  # fmt: skip

    def defaults(self, request: Request) -> dict[str, Any]:
        """A role of one's own, for the scope that it is made in."""
        return {"roleType": "CustomRole"}

    def outputs(self, request: Request) -> dict[str, Any]:
        """Who made it, and when."""
        return {"createdBy": PRINCIPAL, "createdOn": CREATED, "updatedBy": PRINCIPAL, "updatedOn": CREATED}

    def delete_refusals(self, record: Record, world: World) -> Iterator[Refusal]:
        """A role that somebody has can't go (learn.microsoft.com, "Troubleshoot Azure RBAC")."""
        mine = name_of(record.key)
        users = [
            each.id
            for each in world.of_type("Microsoft.Authorization/roleAssignments")
            if name_of(key(str(each.body.get("roleDefinitionId")))) == mine
        ]
        if users:
            yield Refusal(
                "RoleDefinitionHasAssignments",
                f"There are existing role assignments referencing role {record.id}: {', '.join(users)}",
                status=HTTPStatus.CONFLICT,
                fix="delete the assignments first: let them depend on the role",
            )
