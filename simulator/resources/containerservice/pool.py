"""Node pools as rules see them: resources of their own and those that a cluster declares, in one shape.

Owns how to find pools, their cluster and their subnets. Does not own what AKS refuses (`*_rules.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulator.ids import name_of, parents
from simulator.model import Request, normal_location
from simulator.resources.network.addresses import Network, networks
from simulator.values import UNKNOWN, at
from simulator.world import World

POOL_TOKEN: Final = "azure-native:containerservice:AgentPool"
# What nodes run is newer every week, so that programs can do no more with it than show it.
NODE_IMAGE: Final = "simulated"
POOL_TYPE: Final = "Microsoft.ContainerService/managedClusters/agentPools"


@dataclass(frozen=True)
class Pool:
    """One node pool of a request. `prefix` goes before the targets; `before` is what it was, `None` when it is new."""

    name: str
    fields: Mapping[str, Any]
    prefix: str
    cluster: Mapping[str, Any]
    location: str
    before: Mapping[str, Any] | None

    def known(self, path: str, default: Any = None) -> Any:
        """The property at a path when it is there and known, else `default`."""
        value = at(self.fields, path)
        return default if value is None or value is UNKNOWN else value

    def number(self, path: str) -> int | float | None:
        """A known number; `None` for anything else."""
        value = self.known(path)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def listed(self, path: str) -> list[str]:
        """The known texts of a list."""
        value = self.known(path)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def is_settled(self, *paths: str) -> bool:
        """Whether none of some properties is unknown, so that leaving one out can be judged."""
        return all(at(self.fields, path) is not UNKNOWN for path in paths)

    def of_cluster(self, path: str) -> Any:
        """A property of the pool's cluster: `None` where absent, `UNKNOWN` where not known.

        Kinds of networks are in small letters, however the cluster's program spells them.
        """
        value = at(self.cluster, path)
        return value.lower() if isinstance(value, str) and path.startswith("networkProfile.network") else value

    @property
    def most_nodes(self) -> int:
        """How many nodes the pool may have: what the autoscaler may reach, or the count."""
        path = "maxCount" if self.known("enableAutoScaling") is True else "count"
        number = self.number(path)
        return int(number) if number is not None else 0

    @property
    def is_spot(self) -> bool:
        """Whether the pool runs on spare capacity."""
        return bool(self.known("scaleSetPriority") == "Spot")

    @property
    def is_windows(self) -> bool:
        """Whether its nodes run Windows; absent is Linux."""
        return bool(self.known("osType") == "Windows")

    @property
    def is_system(self) -> bool:
        """Whether it says that it is a system pool."""
        return bool(self.known("mode") == "System")


def pools_of(request: Request) -> Iterator[Pool]:
    """The pool of the request, or every pool that the cluster of the request declares."""
    if request.token == POOL_TOKEN:
        cluster = request.world.get(next(parents(request.id)))
        body: Mapping[str, Any] = cluster.body if cluster is not None else {}
        before = request.old.body if request.old is not None else None
        yield Pool(request.name, request.inputs, "", body, _location(body), before)
        return
    old = {pool.get("name"): pool for pool in declared(request.old.body if request.old is not None else {})}
    listed = request.known("agentPoolProfiles")
    for index, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, Mapping):
            prefix = f"agentPoolProfiles[{index}]."
            name = item.get("name")
            yield Pool(
                name if isinstance(name, str) else "", item, prefix, request.inputs, request.location, old.get(name)
            )


def declared(cluster: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pools inside a cluster."""
    listed = cluster.get("agentPoolProfiles")
    return [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []


def siblings(request: Request) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The name and properties of every other pool of the cluster of a pool.

    A pool that is a resource hides the one of its name inside the cluster: programs import what a cluster made.
    """
    cluster_id = next(parents(request.id))
    cluster = request.world.get(cluster_id)
    found = {str(item.get("name")): item for item in declared(cluster.body if cluster is not None else {})}
    for record in request.world.below(cluster_id):
        if record.type.lower() == POOL_TYPE.lower():
            found[name_of(record.id)] = record.body
    yield from ((name, fields) for name, fields in found.items() if name != request.name)


def subnet(subnet_id: Any, world: World) -> Mapping[str, Any] | None:
    """What is known of a subnet: a resource of its own or one inside its network; `None` when nothing is."""
    if not isinstance(subnet_id, str):
        return None
    found = world.get(subnet_id)
    if found is not None:
        return found.body
    network = world.get(next(parents(subnet_id), ""))
    listed = network.body.get("subnets") if network is not None else None
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, Mapping) and str(item.get("name")).lower() == name_of(subnet_id).lower():
            return item
    return None


def subnet_ranges(body: Mapping[str, Any]) -> list[Network]:
    """The known ranges of a subnet."""
    return [*networks(body.get("addressPrefix")), *networks(body.get("addressPrefixes"))]


def minor_of(version: Any) -> tuple[int, int] | None:
    """Major and minor of `1.33` or `1.33.2`; `None` for anything else."""
    parts = version.split(".") if isinstance(version, str) else []
    if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def _location(cluster: Mapping[str, Any]) -> str:
    location = cluster.get("location")
    return normal_location(location) if isinstance(location, str) else ""
