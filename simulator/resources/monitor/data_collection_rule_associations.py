"""Microsoft.Insights/dataCollectionRuleAssociations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from simulator.model import Model, Request, guid
from simulator.rule import Fault, rule

_NAME: Final = "configurationAccessEndpoint"
_ASSOCIATIONS: Final = "Azure/bicep#10542, Azure/azure-cli#28338 (checked 2026-11-25; code not confirmed)"


@rule("mon-dcra-one", kind="static", code="InvalidEndpointAssociation", source=_ASSOCIATIONS, quoted=True,
      reads=("dataCollectionEndpointId", "dataCollectionRuleId"))  # fmt: skip
def a_rule_or_an_endpoint(request: Request) -> Iterator[Fault]:
    """An association is with a rule or with an endpoint."""
    if request.at("dataCollectionEndpointId") is not None and request.at("dataCollectionRuleId") is not None:
        yield Fault(
            "An association of data collection endpoint cannot include data collection rule",
            "dataCollectionRuleId",
            "make two associations: one with the rule, and one with the endpoint",
        )


@rule("mon-dcra-none", kind="static", code="InvalidPayload", source=_ASSOCIATIONS)
def with_something(request: Request) -> Iterator[Fault]:
    """An association is with something."""
    if request.at("dataCollectionEndpointId") is None and request.at("dataCollectionRuleId") is None:
        yield Fault("an association with nothing", "dataCollectionRuleId", "name a rule, or an endpoint")


@rule("mon-dcra-name", kind="static", code="InvalidEndpointAssociationName", quoted=True, reads=("associationName",),
      source="Azure/arm-template-whatif#282 (checked 2026-11-25)")  # fmt: skip
def endpoints_have_their_name(request: Request) -> Iterator[Fault]:
    """The association with an endpoint has a fixed name."""
    if request.at("dataCollectionEndpointId") is not None and request.name.lower() != _NAME.lower():
        yield Fault(
            f"An association of data collection endpoint must be named '{_NAME}'.", "associationName", f"use {_NAME}"
        )


class DataCollectionRuleAssociations(Model):
    """Which data collection rule, or which endpoint, a resource follows."""

    token = "azure-native:monitor:DataCollectionRuleAssociation"
    rules = (with_something, a_rule_or_an_endpoint, endpoints_have_their_name)

    def outputs(self, request: Request) -> dict[str, Any]:
        """That it is done."""
        return {"etag": guid(request.id, "etag"), "provisioningState": "Succeeded"}
