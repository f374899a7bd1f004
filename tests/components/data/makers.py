"""How the components that hold data are made, and what they are made of."""

from __future__ import annotations

from components.data.registry_cache import RegistryCache
from tests.components.data import examples

MAKERS = {
    "registry_cache:RegistryCache": (
        lambda o: RegistryCache("x", examples.CACHE, o),
        (
            "CacheRule|x-rule-docker",
            "CacheRule|x-rule-nvidia",
            "CredentialSet|x-credentials-docker",
            "RoleAssignments|x-roles-docker",
        ),
        ("rule_ids",),
    ),
}
