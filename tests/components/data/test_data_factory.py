from __future__ import annotations

from dataclasses import replace

import pytest

from components.data.data_factory import DataFactory, problems
from tests.components.data.examples import data_factory
from tests.components.recording import Recorded, arm_id, one, record
from tests.components.security.examples import a_customer_key

pytestmark = pytest.mark.capability("D3")


def made() -> list[Recorded]:
    return record(lambda: DataFactory("x", data_factory()))


def test_the_factory_is_closed_and_tied_to_no_git() -> None:
    factory = one(made(), "datafactory:Factory").inputs
    assert factory["publicNetworkAccess"] == "Disabled"
    assert "repoConfiguration" not in factory
    assert factory["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [arm_id("data-factory-id")]}


def test_work_runs_in_the_managed_network_and_in_the_region() -> None:
    recorded = made()
    runtime = one(recorded, "datafactory:IntegrationRuntime")
    properties = runtime.inputs["properties"]
    assert properties["managedVirtualNetwork"]["referenceName"] == "default"
    assert properties["computeProperties"]["location"] == "canadacentral"
    assert properties["computeProperties"]["dataFlowProperties"]["coreCount"] == 8
    assert one(recorded, "resources:Resource").urn in runtime.depends_on


def test_the_managed_network_is_made_although_the_sdk_has_no_type_for_it() -> None:
    network = one(made(), "resources:Resource").inputs
    path = (network["resourceProviderNamespace"], network["resourceType"], network["resourceName"])
    assert path == ("Microsoft.DataFactory", "managedVirtualNetworks", "default")
    assert network["parentResourcePath"] == "factories/name-of-x-adf"


def test_the_lake_has_an_address_inside_the_managed_network() -> None:
    recorded = made()
    endpoint = one(recorded, "datafactory:ManagedPrivateEndpoint")
    assert endpoint.inputs["properties"] == {"privateLinkResourceId": "/lake", "groupId": "dfs"}
    assert one(recorded, "resources:Resource").urn in endpoint.depends_on


@pytest.mark.capability("K3")
def test_a_key_of_our_own_encrypts_what_the_factory_keeps() -> None:
    recorded = record(lambda: DataFactory("x", replace(data_factory(), customer_key=a_customer_key("data-factory"))))
    factory = one(recorded, "datafactory:Factory")
    identity = arm_id("encryption-data-factory-id")
    assert factory.inputs["encryption"] == {
        "keyName": "data-factory",
        "vaultBaseUrl": "https://a-vault.example/",
        "identity": {"userAssignedIdentity": identity},
    }
    assert identity in factory.inputs["identity"]["userAssignedIdentities"]
    assert one(recorded, "UserAssignedIdentity", "data-factory-role").urn in factory.depends_on


@pytest.mark.capability("D4")
def test_lineage_goes_to_a_purview_account_where_one_is_named() -> None:
    recorded = record(lambda: DataFactory("x", replace(data_factory(), purview_account_id="/purview")))
    assert one(recorded, "datafactory:Factory").inputs["purviewConfiguration"] == {"purviewResourceId": "/purview"}
    assert "purviewConfiguration" not in one(made(), "datafactory:Factory").inputs


@pytest.mark.parametrize(("cores", "idle", "count"), [(8, 0, 0), (12, 10, 1), (272, -1, 1)])
def test_clusters_come_in_sizes(cores: int, idle: int, count: int) -> None:
    found: list[str] = []
    record(lambda: found.extend(problems(replace(data_factory(), cores=cores, idle_minutes=idle))))
    assert len(found) == count
