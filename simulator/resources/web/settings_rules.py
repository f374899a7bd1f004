"""What Azure refuses about application settings, the file share of function apps, and access restrictions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any, Final

from simulator.ids import name_of
from simulator.model import Request
from simulator.resources.web.hosting_rules import runs_linux
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.values import UNKNOWN, at

_LISTED: Final = "siteConfig.appSettings"
_CHILD: Final = "azure-native:web:WebAppApplicationSettings"
_SHARE: Final = "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING"
_ON: Final = frozenset({"1", "true"})
_RESTRICTIONS: Final = ("siteConfig.ipSecurityRestrictions", "siteConfig.scmIpSecurityRestrictions")
_WHO: Final = ("ipAddress", "vnetSubnetResourceId")


def settings_of(request: Request) -> tuple[str, Mapping[str, Any]]:
    """Where the settings of a request stand, and their values by name; those whose name isn't known are left out."""
    if request.token.startswith(_CHILD):
        found = request.known("properties", {})
        return "properties", found if isinstance(found, Mapping) else {}
    listed = request.known(_LISTED, [])
    items = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
    return _LISTED, {item["name"]: item.get("value") for item in items if isinstance(item.get("name"), str)}


@rule(
    "app-setting-name", kind="cross-resource", code="BadRequest", quoted=True,
    source="microsoft/fhir-server#783; microsoft/vscode-azuretools#774", reads=("serverFarmId",),
)  # fmt: skip
def setting_names(request: Request) -> Iterator[Fault]:
    """On Linux a setting becomes an environment variable: colons and the like are refused."""
    path, settings = settings_of(request)
    for name in settings if runs_linux(request) is True else ():
        if re.fullmatch(r"[\w.-]+", name, re.ASCII) is None:
            yield Fault(f"AppSetting with name '{name}' is not allowed.", path,
                        "use letters, digits, periods and underscores; write __ for a colon")  # fmt: skip


@rule(
    "app-content-share-forbidden", kind="cross-resource", code="BadRequest", quoted=True,
    source="hashicorp/terraform-provider-azurerm#31023; OfficeDev/microsoft-teams-apps-company-communicator#1366",
    reads=("outboundVnetRouting",),
)  # fmt: skip
def share_can_be_made(request: Request) -> Iterator[Fault]:
    """The platform makes the file share of a function app itself, from outside, with the account's key."""
    path, settings = settings_of(request)
    if any(str(settings.get(name, "")).lower() in _ON for name in _OTHER_WAYS) or UNKNOWN in settings.values():
        return
    if any(request.at(f"outboundVnetRouting.{name}") is True for name in ("allTraffic", "contentShareTraffic")):
        return
    account = _account(request, settings.get(_SHARE))
    if account is not None and _is_closed(account.body):
        yield Fault(
            "Creation of storage file share failed with: 'The remote server returned an error: (403) Forbidden.'. "
            "Please check if the storage account is accessible.",
            path,
            f"let the share of {name_of(account.id)} be reached: integrate the app with a network that reaches it and "
            "set WEBSITE_CONTENTOVERVNET to 1, or open the account; it must allow shared keys",
        )


_OTHER_WAYS: Final = ("WEBSITE_CONTENTOVERVNET", "WEBSITE_SKIP_CONTENTSHARE_VALIDATION")


def _account(request: Request, connection: Any) -> Record | None:
    """The storage account that a connection string names, when it is here."""
    found = re.search(r"AccountName=([a-z0-9]+)", connection) if isinstance(connection, str) else None
    accounts = request.world.of_type("Microsoft.Storage/storageAccounts") if found is not None else []
    return next((each for each in accounts if found is not None and name_of(each.id) == found[1]), None)


def _is_closed(account: Mapping[str, Any]) -> bool:
    """Whether an account refuses callers from outside its networks, or everybody who has a key only."""
    return (
        account.get("publicNetworkAccess") == "Disabled"
        or at(account, "networkRuleSet.defaultAction") == "Deny"
        or account.get("allowSharedKeyAccess") is False
    )


def _restrictions(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in _RESTRICTIONS:
        listed = request.known(path, [])
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, Mapping):
                yield path, item


@rule(
    "app-restriction-of-two-kinds", kind="static", code="BadRequest",
    source="hashicorp/terraform-provider-azurerm#13327, #13474 (checked 2026-11-25)",
)  # fmt: skip
def one_source_each(request: Request) -> Iterator[Fault]:
    """An access restriction is about addresses or about a subnet, and about one of them."""
    for path, item in _restrictions(request):
        if all(item.get(name) not in (None, "", UNKNOWN) for name in _WHO):
            yield Fault("IpSecurityRestriction is invalid: it has an IpAddress and a VnetSubnetResourceId", path,
                        "make two restrictions of it")  # fmt: skip


@rule(
    "app-restriction-address", kind="static", code="BadRequest", quoted=True,
    source="hashicorp/terraform-provider-azurerm#3963",
)  # fmt: skip
def addresses_are_addresses(request: Request) -> Iterator[Fault]:
    """An address restriction has addresses, up to eight of them with commas between, or Any."""
    for path, item in _restrictions(request):
        text = item.get("ipAddress")
        if not isinstance(text, str) or text.lower() in ("", "any") or item.get("tag") not in (None, "Default"):
            continue
        if not all(_is_range(part.strip()) for part in text.split(",")):
            yield Fault("IpSecurityRestriction.IpAddress is invalid. It must be in CIDR format.", path,
                        "write addresses as 203.0.113.0/24")  # fmt: skip


def _is_range(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


@rule(
    "app-restriction-priorities", kind="static", code="BadRequest", quoted=True,
    source="hashicorp/terraform-provider-azurerm#7059, #6876 (code not confirmed)",
)  # fmt: skip
def all_have_a_priority(request: Request) -> Iterator[Fault]:
    """Either every restriction of a list has a priority, or none."""
    for path in _RESTRICTIONS:
        items = [item for where, item in _restrictions(request) if where == path]
        without = [item for item in items if item.get("priority") is None]
        if without and len(without) < len(items):
            yield Fault("Priority must be specified in an all or nothing manner", path, "give each a priority")


SETTINGS_RULES: Final[tuple[Rule, ...]] = (setting_names, share_can_be_made)
RESTRICTION_RULES: Final[tuple[Rule, ...]] = (one_source_each, addresses_are_addresses, all_have_a_priority)
