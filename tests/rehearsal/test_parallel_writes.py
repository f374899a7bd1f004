"""What the engine writes at once, against the simulated Azure: refused where azure-native gives up, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rehearsal.failures import Case, judge

pytestmark = pytest.mark.engine

GROUP = {"resourceGroupName": "rg-test"}


def item(short: str, name: str, **inputs: Any) -> dict[str, Any]:
    return {"token": f"azure-native:{short}", "name": name, "inputs": {**GROUP, **inputs}}


def case(case_id: str, related: list[dict[str, Any]], last: dict[str, Any], waits: list[str], code: str) -> Case:
    """The last resource waits for `waits` only; in the corrected program for everything before it."""
    fields = {"id": case_id, "related_resources": related, "error_code": code, "token": last["token"]}
    # On a busy machine the engine may take longer to the second write than a write lasts otherwise.
    options = {"bad_options": {"dependsOn": waits}, "seconds_under_way": 3}
    both = {"bad_inputs": last["inputs"], "good_inputs": last["inputs"]}
    return Case({**fields, **options, **both, "name": last["name"]}, "parallel")


def credential(name: str) -> dict[str, Any]:
    named = {"federatedIdentityCredentialResourceName": name, "subject": name}
    return item(
        "managedidentity:FederatedIdentityCredential", name, resourceName="id-test", issuer="https://issuer.test/",
        audiences=["api://AzureADTokenExchange"], **named,
    )  # fmt: skip


def subnet(name: str, prefix: str) -> dict[str, Any]:
    return item("network:Subnet", name, virtualNetworkName="vnet", subnetName=name, addressPrefix=prefix)


IDENTITY = item("managedidentity:UserAssignedIdentity", "id", resourceName="id-test", location="canadacentral")
NETWORK = item(
    "network:VirtualNetwork", "vnet", virtualNetworkName="vnet", location="canadacentral",
    addressSpace={"addressPrefixes": ["10.0.0.0/16"]},
)  # fmt: skip


@pytest.mark.parametrize(
    "parallel",
    [
        case(
            "credentials", [IDENTITY, credential("first")], credential("second"), ["id"],
            "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
        ),
        case("network", [NETWORK], subnet("first", "10.0.0.0/24"), [], "AnotherOperationInProgress"),
    ],
    ids=lambda each: each.id,
)  # fmt: skip
def test_writes_that_azure_takes_one_at_a_time_are_refused(tmp_path: Path, parallel: Case) -> None:
    [verdict] = judge([parallel], lambda _: None, tmp_path / "cases")
    assert (verdict.refused, verdict.right, verdict.corrected_refused) == (True, True, False), verdict.reason


def test_parallel_subnets_go_through_because_azure_native_tries_again(tmp_path: Path) -> None:
    subnets = case("subnets", [NETWORK, subnet("first", "10.0.0.0/24")], subnet("second", "10.0.1.0/24"), ["vnet"], "")
    [verdict] = judge([subnets], lambda _: None, tmp_path / "cases")
    assert not verdict.refused, verdict.reason
