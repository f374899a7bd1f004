from __future__ import annotations

import pulumi
import pytest
from pulumi_azure_native import network

from components.aliases import drop_version_aliases, is_version_alias
from tests.components.recording import one, record


@pytest.mark.parametrize(
    "token",
    [
        "azure-native:network/v20230201:Subnet",
        "azure-native:network/v20150501preview:Subnet",
        "azure-native:dbforpostgresql/v20201005privatepreview:ServerGroup",
        "azure-native:analysisservices/v20170801beta:ServerDetails",
    ],
)
def test_an_api_version_of_the_type_is_a_version_alias(token: str) -> None:
    assert is_version_alias(pulumi.Alias(type_=token))


@pytest.mark.parametrize(
    "alias",
    [
        pulumi.Alias(type_="azure-native:devices:Certificate"),
        pulumi.Alias(name="old-name"),
        pulumi.Alias(name="old-name", type_="azure-native:network/v20230201:Subnet"),
        pulumi.Alias(type_="azure-native:network/v20230201:Subnet", parent=pulumi.ROOT_STACK_RESOURCE),
        "urn:pulumi:dev::platform::azure-native:network/v20230201:Subnet::x",
    ],
)
def test_a_rename_is_not(alias: object) -> None:
    assert not is_version_alias(alias)


def route_table(name: str, **options: object) -> None:
    network.RouteTable(name, resource_group_name="rg", opts=pulumi.ResourceOptions(**options))  # type: ignore[arg-type]


def test_the_sdk_gives_aliases_and_the_transformation_drops_them() -> None:
    def program() -> None:
        drop_version_aliases()
        route_table("x")

    assert one(record(lambda: route_table("x")), "network:RouteTable").aliases > 10
    assert one(record(program), "network:RouteTable").aliases == 0


def test_an_alias_of_ours_is_kept_and_nothing_else_changes() -> None:
    def program() -> None:
        drop_version_aliases()
        route_table("x", aliases=[pulumi.Alias(name="old")], protect=True, ignore_changes=["routes"])

    kept = one(record(program), "network:RouteTable")
    assert (kept.aliases, kept.protect, kept.ignore_changes) == (1, True, ("routes",))
    assert kept.inputs == {"resourceGroupName": "rg"}


def test_one_program_dropping_aliases_leaves_the_next_one_alone() -> None:
    record(drop_version_aliases)
    assert one(record(lambda: route_table("x")), "network:RouteTable").aliases > 10
