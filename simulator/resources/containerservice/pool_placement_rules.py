"""What AKS refuses about where a node pool's machines come from and lie: scale sets, groups, hosts."""

from __future__ import annotations

from collections.abc import Iterator

from facts.regions import regions
from simulator.model import Request, normal_location
from simulator.resources.containerservice import CHANGELOG, CODES, docs, issue, support
from simulator.resources.containerservice.pool import Pool, pools_of
from simulator.rule import Fault, Rule, rule
from simulator.store import Record
from simulator.subscription import subscription
from simulator.values import at

_SCALE_SETS = "error-using-feature-requiring-virtual-machine-scale-set.md"
_AT_HOST = "Microsoft.Compute/EncryptionAtHost"


@rule(
    "aks-needs-scale-sets", kind="static", reads=("type", "enableAutoScaling"),
    source=support(f"create-upgrade-delete/{_SCALE_SETS}"),
)  # fmt: skip
def needs_scale_sets(request: Request) -> Iterator[Fault]:
    """Machines of an availability set are not scaled for anybody, and lie in no zone."""
    for pool in pools_of(request):
        if pool.known("type") != "AvailabilitySet":
            continue
        if pool.known("enableAutoScaling") is True:
            yield Fault(
                f"AgentPool {pool.name} has set auto scaling as enabled but isn't on Virtual Machine Scale Sets",
                f"{pool.prefix}type", "use type VirtualMachineScaleSets",
            )  # fmt: skip
        if pool.listed("availabilityZones"):
            yield Fault(
                f"pool {pool.name} names availabilityZones and isn't on Virtual Machine Scale Sets",
                f"{pool.prefix}type", "use type VirtualMachineScaleSets",
            )  # fmt: skip


@rule(
    "aks-zones-need-standard-lb", kind="static", quoted=True, source=issue("Azure/AKS#1133"),
    reads=("availabilityZones", "networkProfile.loadBalancerSku"),
)  # fmt: skip
def zones_need_standard_lb(request: Request) -> Iterator[Fault]:
    """A basic load balancer has no zones."""
    for pool in pools_of(request):
        sku = pool.of_cluster("networkProfile.loadBalancerSku")
        if isinstance(sku, str) and sku.lower() == "basic" and pool.listed("availabilityZones"):
            yield Fault(
                "Standard Load Balancer is required for availability zone.",
                "networkProfile.loadBalancerSku" if pool.prefix else "availabilityZones",
                "use loadBalancerSku standard",
            )  # fmt: skip


@rule(
    "aks-ultra-disks-need-zone", kind="static", reads=("enableUltraSSD", "availabilityZones", "location"),
    source=f"{docs('use-ultra-disks.md')}; code not confirmed",
)  # fmt: skip
def ultra_disks_need_zone(request: Request) -> Iterator[Fault]:
    """Where a region has zones, nodes with ultra disks lie in them."""
    for pool in pools_of(request):
        region = regions().get(pool.location)
        has_zones = region is not None and bool(region.zones)
        if pool.known("enableUltraSSD") is True and has_zones and at(pool.fields, "availabilityZones") in (None, []):
            yield Fault(f"pool {pool.name} has enableUltraSSD and lies in no zone", f"{pool.prefix}enableUltraSSD",
                        "name availabilityZones")  # fmt: skip


@rule(
    "aks-virtual-machines-pool", kind="static", code="InvalidParameter", reads=("type",),
    source=docs("virtual-machines-node-pools.md"),
)  # fmt: skip
def virtual_machines_pool(request: Request) -> Iterator[Fault]:
    """Pools of single machines are for Linux, and in no zone."""
    for pool in pools_of(request):
        if pool.known("type") != "VirtualMachines":
            continue
        if pool.is_windows:
            yield Fault("a pool of type VirtualMachines runs Linux, not Windows", f"{pool.prefix}type",
                        "use type VirtualMachineScaleSets")  # fmt: skip
        if pool.listed("availabilityZones"):
            yield Fault("a pool of type VirtualMachines has no availabilityZones", f"{pool.prefix}type",
                        "use type VirtualMachineScaleSets")  # fmt: skip


@rule(
    "aks-virtual-machines-identity", kind="cross-resource", code="InvalidParameter",
    source=f"{CHANGELOG}; code not confirmed", reads=("type", "vnetSubnetID"),
)  # fmt: skip
def virtual_machines_identity(request: Request) -> Iterator[Fault]:
    """In a network of the program's, pools of single machines need an identity that can be given its role before."""
    for pool in pools_of(request):
        is_new = pool.before is None and pool.known("type") == "VirtualMachines"
        if is_new and pool.known("vnetSubnetID") and pool.of_cluster("identity.type") == "SystemAssigned":
            yield Fault("a pool of type VirtualMachines in a subnet needs a cluster with a user-assigned identity",
                        f"{pool.prefix}type", "give the cluster a user-assigned identity")  # fmt: skip


@rule(
    "aks-placement-group-zones", kind="static", code="PPGNotSupportMultipleZones",
    source=f"{docs('reduce-latency-ppg.md')}; {CODES}", reads=("proximityPlacementGroupID", "availabilityZones"),
)  # fmt: skip
def placement_group_zones(request: Request) -> Iterator[Fault]:
    """What lies close together lies in one zone."""
    for pool in pools_of(request):
        zones = pool.listed("availabilityZones")
        if pool.known("proximityPlacementGroupID") and len(zones) > 1:
            yield Fault(f"a proximity placement group lies in one zone, and {len(zones)} are named",
                        f"{pool.prefix}availabilityZones", "name one zone")  # fmt: skip


@rule(
    "aks-placement-group-region", kind="cross-resource", code="InvalidPPGRegion", source=CODES,
    reads=("proximityPlacementGroupID",),
)  # fmt: skip
def placement_group_region(request: Request) -> Iterator[Fault]:
    """The group lies where the nodes do."""
    for pool in pools_of(request):
        group = _record(request, pool, "proximityPlacementGroupID")
        region = group.body.get("location") if group is not None else None
        if isinstance(region, str) and pool.location and normal_location(region) != pool.location:
            yield Fault(f"the proximity placement group lies in {region}, and the nodes in {pool.location}",
                        f"{pool.prefix}proximityPlacementGroupID", "use a group of the same region")  # fmt: skip


def _record(request: Request, pool: Pool, path: str) -> Record | None:
    named = pool.known(path)
    return request.world.get(named) if isinstance(named, str) else None


def _capacity_rule(name: str, code: str, path: str, what: str, wrong: object) -> Rule:
    """A property that can't be combined with a capacity reservation group; `wrong`: its value, None for any."""

    @rule(f"aks-capacity-reservation-{name}", kind="static", code=code, source=CODES,
          reads=("capacityReservationGroupID", path))  # fmt: skip
    def check(request: Request) -> Iterator[Fault]:
        for pool in pools_of(request):
            value = pool.known(path)
            if pool.known("capacityReservationGroupID") and (value == wrong if wrong is not None else bool(value)):
                yield Fault(f"capacityReservationGroupID does not go with {what}",
                            f"{pool.prefix}capacityReservationGroupID", "leave one of the two out")  # fmt: skip

    return check


CAPACITY_RULES = (
    _capacity_rule("scale-sets", "CRGConflictWithVMAS", "type", "type AvailabilitySet", "AvailabilitySet"),
    _capacity_rule("ultra-disk", "CRGConflictWithUltraSSD", "enableUltraSSD", "ultra disks", wrong=True),
    _capacity_rule("spot", "CRGConflictWithSpotVM", "scaleSetPriority", "spot nodes", "Spot"),
    _capacity_rule("placement", "CRGConflictWithPPG", "proximityPlacementGroupID", "a placement group", None),
    _capacity_rule("host", "CRGConflictWithDedicatedHost", "hostGroupID", "a host group", None),
)


@rule(
    "aks-public-ip-prefix", kind="static", code="NodePublicIPCanNotBeFalseWithIPPrefixSet", source=CODES,
    reads=("nodePublicIPPrefixID", "enableNodePublicIP"),
)  # fmt: skip
def public_ip_prefix(request: Request) -> Iterator[Fault]:
    """A prefix is for nodes that have public addresses."""
    for pool in pools_of(request):
        if pool.known("nodePublicIPPrefixID") and pool.fields.get("enableNodePublicIP") in (None, False):
            yield Fault("nodePublicIPPrefixID needs enableNodePublicIP", f"{pool.prefix}nodePublicIPPrefixID",
                        "set enableNodePublicIP to true")  # fmt: skip


@rule(
    "aks-public-ip-udr", kind="static", code="UDRWithNodePublicIPNotAllowed", source=CODES,
    reads=("enableNodePublicIP",),
)  # fmt: skip
def public_ip_udr(request: Request) -> Iterator[Fault]:
    """Where routes lead out, nodes have no addresses of their own."""
    for pool in pools_of(request):
        outbound = pool.of_cluster("networkProfile.outboundType")
        if pool.known("enableNodePublicIP") is True and outbound == "userDefinedRouting":
            yield Fault("enableNodePublicIP does not go with outboundType userDefinedRouting",
                        f"{pool.prefix}enableNodePublicIP", "leave enableNodePublicIP out")  # fmt: skip


@rule(
    "aks-scale-down-mode", kind="static", code="InvalidParameter", source=docs("scale-down-mode.md"),
    reads=("scaleDownMode", "osDiskType"),
)  # fmt: skip
def scale_down_mode(request: Request) -> Iterator[Fault]:
    """An ephemeral disk does not outlive its machine."""
    for pool in pools_of(request):
        if pool.known("scaleDownMode") == "Deallocate" and pool.known("osDiskType") == "Ephemeral":
            yield Fault("scaleDownMode Deallocate needs osDiskType Managed", f"{pool.prefix}scaleDownMode",
                        "use osDiskType Managed, or scaleDownMode Delete")  # fmt: skip


@rule(
    "aks-encryption-at-host", kind="static", code="EncryptionAtHostNotAllowedOnVMAS",
    source=f"{docs('enable-host-encryption.md')}; {CODES}", reads=("enableEncryptionAtHost", "type"),
)  # fmt: skip
def encryption_at_host(request: Request) -> Iterator[Fault]:
    """Encryption at the host is for scale sets."""
    for pool in pools_of(request):
        if pool.known("enableEncryptionAtHost") is True and pool.known("type") == "AvailabilitySet":
            yield Fault("enableEncryptionAtHost needs type VirtualMachineScaleSets",
                        f"{pool.prefix}enableEncryptionAtHost", "use type VirtualMachineScaleSets")  # fmt: skip


@rule(
    "aks-encryption-at-host-feature", kind="state", code="SubscriptionNotEnabledEncryptionAtHost", quoted=True,
    source=f"{CODES}; its words in the notes of several public repositories, by exact string (checked 2026-11-25)",
)  # fmt: skip
def encryption_at_host_feature(request: Request) -> Iterator[Fault]:
    """Encryption at the host needs Compute's feature, where the subscription is known not to have it."""
    for pool in pools_of(request):
        wanted = pool.known("enableEncryptionAtHost") is True
        if wanted and not subscription().feature_registered(_AT_HOST):
            yield Fault("Subscription does not enable EncryptionAtHost.", f"{pool.prefix}enableEncryptionAtHost",
                        f"register the feature {_AT_HOST}")  # fmt: skip


PLACEMENT_RULES = (
    needs_scale_sets, zones_need_standard_lb, virtual_machines_pool, virtual_machines_identity, placement_group_zones,
    placement_group_region, ultra_disks_need_zone,
    *CAPACITY_RULES, public_ip_prefix, public_ip_udr, scale_down_mode, encryption_at_host, encryption_at_host_feature,
)  # fmt: skip
