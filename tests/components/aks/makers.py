"""How the components of the cluster are made, and what they are made of."""

from __future__ import annotations

from components.aks.bootstrap_cache import BootstrapCache
from components.aks.disk_encryption import DiskEncryption
from components.aks.safeguards import Safeguards
from components.aks.user_pool import UserPool
from tests.components.aks import examples

MAKERS = {
    "bootstrap_cache:BootstrapCache": (
        lambda o: BootstrapCache("x", examples.bootstrap_cache(), o),
        ("CacheRule|x-rule",),
        ("rule_id",),
    ),
    "disk_encryption:DiskEncryption": (
        lambda o: DiskEncryption("x", examples.disk_encryption(), o),
        ("DiskEncryptionSet|x-des",),
        ("set_id",),
    ),
    "safeguards:Safeguards": (
        lambda o: Safeguards("x", examples.SAFEGUARDS, o),
        ("DeploymentSafeguard|x-safeguards",),
        ("safeguards_id",),
    ),
    "user_pool:UserPool": (lambda o: UserPool("x", examples.USER_POOL, o), ("AgentPool|x-np",), ("pool_id",)),
}
