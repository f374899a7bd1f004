"""How the components of the cluster are made, and what they are made of."""

from __future__ import annotations

from components.aks.azure_ml_extension import AzureMlExtension
from components.aks.bootstrap_cache import BootstrapCache
from components.aks.capacity_reservation import CapacityReservation
from components.aks.disk_encryption import DiskEncryption
from components.aks.git_ops import GitOps
from components.aks.safeguards import Safeguards
from components.aks.user_pool import UserPool
from tests.components.aks import examples

MAKERS = {
    "azure_ml_extension:AzureMlExtension": (
        lambda o: AzureMlExtension("x", examples.azure_ml_extension(), o),
        ("Extension|x-ext", "TrustedAccessRoleBinding|x-access"),
        ("extension_id",),
    ),
    "git_ops:GitOps": (
        lambda o: GitOps("x", examples.git_ops(), o),
        ("Extension|x-ext", "FluxConfiguration|x-flux"),
        ("configuration_id",),
    ),
    "bootstrap_cache:BootstrapCache": (
        lambda o: BootstrapCache("x", examples.bootstrap_cache(), o),
        ("CacheRule|x-rule",),
        ("rule_id",),
    ),
    "capacity_reservation:CapacityReservation": (
        lambda o: CapacityReservation("x", examples.RESERVED, o),
        ("CapacityReservationGroup|x-crg", "CapacityReservation|x-zone-1", "CapacityReservation|x-zone-2"),
        ("group_id",),
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
