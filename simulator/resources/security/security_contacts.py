"""Microsoft.Security/securityContacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Model, Request
from simulator.rule import Fault, rule

_REFERENCE: Final = "Microsoft.Security/securityContacts reference, SecurityContactName (2023-12-01-preview; no code)"


@rule("security-contact-name", kind="static", code="InvalidSecurityContactName", source=_REFERENCE)
def name_is_default(request: Request) -> Iterator[Fault]:
    """A subscription has one contact, called default."""
    if request.name != "default":
        yield Fault(f"there is no contact '{request.name}'", "securityContactName", "call it default")


class SecurityContacts(Model):
    """Who hears of the alerts of a subscription."""

    token = "azure-native:security:SecurityContact"
    rules = (name_is_default,)
