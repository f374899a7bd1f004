"""Microsoft.CostManagement/settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_SDK: Final = "azure-native 3 docs of TagInheritanceSetting (code not confirmed)"
_NAME: Final = "taginheritance"


@rule("tag-inheritance-scope", kind="static", source=_SDK, reads=("scope",))
def holds_for_a_subscription_or_an_account(request: Request) -> Iterator[Fault]:
    """The setting is one of a subscription, a billing account or a billing profile, and not of a group in it."""
    scope = request.known("scope")
    parts = scope.strip("/").split("/") if isinstance(scope, str) else []
    if len(parts) > 2 and parts[0].lower() == "subscriptions":
        yield Fault(f"tags are not inherited in {scope}", "scope", "use the subscription, or the billing account")


@rule("tag-inheritance-name", kind="static", source=_SDK, reads=("type",))
def has_its_name(request: Request) -> Iterator[Fault]:
    """The setting has one name."""
    value = request.known("type")
    if isinstance(value, str) and value.lower() != _NAME:
        yield Fault(f"'{value}' is no setting of inherited tags", "type", f"use {_NAME}")


class TagInheritance(Model):
    """That cost records take the tags of their group and subscription."""

    token = "azure-native:costmanagement:TagInheritanceSetting"
    rules = (holds_for_a_subscription_or_an_account, has_its_name)
