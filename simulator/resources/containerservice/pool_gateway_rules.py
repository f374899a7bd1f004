"""What AKS refuses about gateway pools, whose nodes send the traffic of others out by fixed addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model import Request
from simulator.resources.containerservice import docs
from simulator.resources.containerservice.pool import pools_of
from simulator.rule import Fault, rule
from simulator.values import UNKNOWN

_PAGE: Final = f"{docs('configure-static-egress-gateway.md')}; code not confirmed"
_ENABLED: Final = "networkProfile.staticEgressGatewayProfile.enabled"


@rule("aks-gateway-pool", kind="static", code="InvalidParameter", source=_PAGE,
      reads=("mode", "enableAutoScaling", "osType"))  # fmt: skip
def gateway_pool(request: Request) -> Iterator[Fault]:
    """Gateways are counted by hand, because each takes an address of the prefix, and run Linux."""
    for pool in pools_of(request):
        if pool.known("mode") != "Gateway":
            continue
        if pool.known("enableAutoScaling") is True:
            yield Fault("a pool with mode Gateway has no autoscaler", f"{pool.prefix}enableAutoScaling",
                        "leave it out, and write a count")  # fmt: skip
        if pool.is_windows:
            yield Fault("a pool with mode Gateway runs Linux, not Windows", f"{pool.prefix}osType", "use Linux")


@rule("aks-gateway-feature", kind="cross-resource", code="InvalidParameter", source=_PAGE, reads=("mode",))
def gateway_feature(request: Request) -> Iterator[Fault]:
    """The cluster has the feature before its first gateway pool."""
    for pool in pools_of(request):
        enabled = pool.of_cluster(_ENABLED)
        known = bool(pool.cluster) and enabled is not UNKNOWN and enabled is not True
        if known and pool.known("mode") == "Gateway" and pool.before is None:
            yield Fault(f"a pool with mode Gateway needs {_ENABLED} of its cluster", f"{pool.prefix}mode",
                        f"set {_ENABLED} to true")  # fmt: skip


GATEWAY_RULES = (gateway_pool, gateway_feature)
