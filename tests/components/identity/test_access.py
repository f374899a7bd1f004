from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from components.identity.access import (
    DataScopes,
    Groups,
    PeopleScopes,
    administration,
    break_glass,
    cluster_identities,
    people,
    workload,
    workspace_identities,
)
from components.identity.privileged_roles import PRIVILEGED
from components.identity.role_assignment import Grant, Scope
from facts.roles import role
from tests.components.examples import an_identity
from tests.components.recording import record

PURPOSES = ("network", "security", "data", "ml", "cluster", "observability")


def scope(name: str) -> Scope:
    return Scope(name=name, id=f"/{name}")


DATA = DataScopes(
    vault=scope("vault"),
    storage=scope("storage"),
    lake=scope("lake"),
    registry=scope("registry"),
    insights=scope("insights"),
    security_group=scope("rg-security"),
    data_group=scope("rg-data"),
    ml_group=scope("rg-ml"),
)
GROUPS = Groups(platform_admins="a", ml_engineers="b", data_scientists="c", auditors="d", break_glass="e")


def everything() -> list[Grant]:
    found: list[Grant] = []

    def program() -> None:
        subnets = {key: f"/{key}" for key in ("system_pool", "gpu_pool", "api_server")}
        plane, kubelet = an_identity("control-plane"), an_identity("kubelet")
        zone = ("/zone", "/vnet")
        found.extend(cluster_identities(plane, kubelet, subnets, zone, DATA.registry, scope("disk-encryption")))
        found.extend(workspace_identities(an_identity("workspace"), an_identity("compute"), DATA))
        at = PeopleScopes(
            cluster=scope("cluster"),
            workspace=scope("workspace"),
            logs=scope("logs"),
            groups={purpose: scope(f"rg-{purpose}") for purpose in PURPOSES},
            namespaces=(scope("ns-ml-serving"), scope("ns-ml-training")),
            keys=scope("keys-vault"),
        )
        found.extend(people(GROUPS, DATA, at))
        found.extend(administration(GROUPS, DATA, at))
        found.extend(break_glass(GROUPS, DATA, at))

    record(program)
    return found


def of(name: str, grants: Iterable[Grant]) -> set[tuple[str, str]]:
    return {(grant.role, grant.scope.name) for grant in grants if grant.principal.name == name}


def test_every_role_exists_and_nobody_owns_or_contributes_to_everything() -> None:
    for grant in everything():
        assert role(grant.role).name == grant.role
        assert grant.role not in ("Owner", "Contributor", "User Access Administrator")


def test_no_grant_is_made_twice() -> None:
    keys = [grant.key for grant in everything()]
    assert len(set(keys)) == len(keys)


def test_people_are_groups_and_services_are_service_principals() -> None:
    types = {grant.principal.name: grant.principal.type for grant in everything()}
    assert {name for name, kind in types.items() if kind == "Group"} == {
        "platform-admins",
        "ml-engineers",
        "data-scientists",
        "auditors",
        "break-glass",
    }


def test_the_control_plane_gets_what_aks_checks_and_no_more() -> None:
    assert of("control-plane", everything()) == {
        ("Network Contributor", "snet-system_pool"),
        ("Network Contributor", "snet-gpu_pool"),
        ("Network Contributor", "snet-api_server"),
        ("Private DNS Zone Contributor", "aks-zone"),
        ("Network Contributor", "vnet"),
        ("Managed Identity Operator", "kubelet-identity"),
        ("Reader", "disk-encryption"),
    }


def test_the_control_plane_needs_no_role_at_what_aks_makes_itself() -> None:
    found: list[Grant] = []

    def program() -> None:
        plane, kubelet = an_identity("control-plane"), an_identity("kubelet")
        found.extend(cluster_identities(plane, kubelet, {}, None, DATA.registry, None))

    record(program)
    assert of("control-plane", found) == {("Managed Identity Operator", "kubelet-identity")}


def test_nodes_pull_and_nothing_else() -> None:
    assert of("kubelet", everything()) == {("AcrPull", "registry")}


def test_auditors_read_everything_and_change_nothing() -> None:
    expected = {("Reader", f"rg-{purpose}") for purpose in PURPOSES} | {("Log Analytics Reader", "logs")}
    assert of("auditors", everything()) == expected


@pytest.mark.parametrize("name", ["data-scientists", "compute"])
def test_the_lake_is_read_only_for_who_explores_it(name: str) -> None:
    on_lake = {granted for granted, at in of(name, everything()) if at == "lake"}
    assert on_lake == {"Storage Blob Data Reader"}


def test_only_admins_administer_the_vault() -> None:
    admins = {grant.principal.name for grant in everything() if grant.role == "Key Vault Administrator"}
    assert admins == {"platform-admins", "break-glass"}


def test_somebody_can_rotate_a_key() -> None:
    officers = {(grant.principal.name, grant.scope.name) for grant in everything() if "Crypto Officer" in grant.role}
    assert officers == {("platform-admins", "keys-vault")}


@pytest.mark.capability("I3")
@pytest.mark.parametrize(
    ("group", "where"),
    [
        ("platform-admins", {"cluster", "vault", "keys-vault", "logs"} | {f"rg-{purpose}" for purpose in PURPOSES}),
        (
            "ml-engineers",
            {
                "cluster",
                "ns-ml-serving",
                "ns-ml-training",
                "workspace",
                "storage",
                "lake",
                "registry",
                "vault",
                "logs",
            },
        ),
        ("data-scientists", {"workspace", "storage", "lake", "logs"}),
        ("auditors", {"logs"} | {f"rg-{purpose}" for purpose in PURPOSES}),
    ],
)
def test_a_group_reaches_its_own_scopes_and_no_others(group: str, where: set[str]) -> None:
    assert {at for _, at in of(group, everything())} == where


@pytest.mark.capability("I3")
def test_engineers_write_in_the_namespaces_of_workloads_and_nowhere_else_in_the_cluster() -> None:
    writing = {at for name, at in of("ml-engineers", everything()) if "RBAC" in name}
    assert writing == {"ns-ml-serving", "ns-ml-training"}


@pytest.mark.capability("I4")
def test_whoever_may_grant_roles_in_an_emergency_can_grant_none_that_grants_roles() -> None:
    granting = [g for g in everything() if g.role == "Role Based Access Control Administrator"]
    assert {grant.principal.name for grant in granting} == {"break-glass"}
    for grant in granting:
        assert grant.condition is not None
        assert all(role(name).id in grant.condition for name in PRIVILEGED)


@pytest.mark.capability("I4")
def test_nobody_is_in_an_emergency_group_that_is_not_there() -> None:
    at = PeopleScopes(cluster=scope("cluster"), workspace=scope("workspace"), logs=scope("logs"), groups={})
    assert break_glass(replace(GROUPS, break_glass=None), DATA, at) == ()


@pytest.mark.capability("I1")
@pytest.mark.parametrize(
    ("use", "granted"),
    [
        (
            "training",
            {
                ("Storage Blob Data Reader", "lake"),
                ("Storage Blob Data Contributor", "storage"),
                ("Monitoring Metrics Publisher", "insights"),
            },
        ),
        (
            "serving",
            {
                ("Storage Blob Data Reader", "storage"),
                ("Key Vault Secrets User", "vault"),
                ("Monitoring Metrics Publisher", "insights"),
            },
        ),
    ],
)
def test_a_workload_gets_what_its_use_needs(use: str, granted: set[tuple[str, str]]) -> None:
    found: list[Grant] = []
    record(lambda: found.extend(workload(an_identity("w"), use, DATA)))
    assert of("w", found) == granted
