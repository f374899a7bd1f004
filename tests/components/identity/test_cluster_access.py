from __future__ import annotations

import pytest

from components.identity.cluster_access import team
from components.identity.role_assignment import Scope


@pytest.mark.capability("I5")
def test_a_team_signs_in_at_the_cluster_and_writes_in_its_namespace_only() -> None:
    cluster, namespace = Scope(name="cluster", id="/aks"), Scope(name="ns-vision", id="/aks/namespaces/vision")
    assert {(grant.role, grant.scope.id) for grant in team("vision", "a-group", cluster, namespace)} == {
        ("Azure Kubernetes Service Cluster User Role", "/aks"),
        ("Azure Kubernetes Service RBAC Writer", "/aks/namespaces/vision"),
    }
