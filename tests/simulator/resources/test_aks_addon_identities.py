"""What AKS makes by itself for add-ons: identities that a program gives roles to."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.values import UNKNOWN
from tests.simulator.azure import Azure, in_group


def cluster(azure: Azure, *, preview: bool = False, **inputs: Any) -> dict[str, Any]:
    azure.group()
    pool = {"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4s_v5"}
    named = {"resourceName": "aks", "dnsPrefix": "aks", "identity": {"type": "SystemAssigned"}}
    made = azure.create(
        "containerservice:ManagedCluster", "aks", {**in_group(), **named, "agentPoolProfiles": [pool], **inputs},
        preview=preview,
    )  # fmt: skip
    return dict(made.outputs)


def test_an_addon_that_is_on_answers_its_identity(azure: Azure) -> None:
    on, off = {"enabled": True}, {"enabled": False}
    answered = cluster(azure, addonProfiles={"azureKeyvaultSecretsProvider": on, "azurepolicy": off})["addonProfiles"]
    identity = answered["azureKeyvaultSecretsProvider"]["identity"]
    assert identity["resourceId"].endswith("/userAssignedIdentities/azurekeyvaultsecretsprovider-aks")
    assert len(identity["objectId"]) == len(identity["clientId"]) == len("00000000-0000-0000-0000-000000000000")
    assert answered["azurepolicy"] == off


def test_application_routing_answers_its_identity(azure: Azure) -> None:
    answered = cluster(azure, ingressProfile={"webAppRouting": {"enabled": True}})["ingressProfile"]
    assert answered["webAppRouting"]["identity"]["objectId"]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"addonProfiles": UNKNOWN}, UNKNOWN),
        (
            {"addonProfiles": {"omsagent": {"enabled": UNKNOWN}}},
            {"omsagent": {"enabled": UNKNOWN, "identity": UNKNOWN}},
        ),
    ],
)
def test_what_is_not_known_yet_stays_so(azure: Azure, inputs: dict[str, Any], expected: Any) -> None:
    assert cluster(azure, preview=True, **inputs)["addonProfiles"] == expected
