"""Azure ML's settings against each other, and against what Azure refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from facts.vm_sizes import vm_sizes
from stacks.classification import chosen
from stacks.problems import Problem
from stacks.sections.machine_learning import ModelRegistrySettings
from stacks.sections.model_serving import BatchEndpointSettings, OnlineDeploymentSettings
from stacks.settings import Settings
from stacks.types import ENCRYPTED

_Path = tuple[str | int, ...]
_ML = "machine_learning"
_SIGNALS = ("data_drift", "prediction_drift", "data_quality")


def assets_are_pinned(settings: Settings) -> Iterator[Problem]:
    """`latest` is another version tomorrow: what was tested would not be what serves."""
    for path, reference in _assets(settings):
        if reference.lower().endswith((":latest", "/latest")):
            yield Problem(
                path=path,
                what=f"{reference} is no pinned version.",
                follows="Another version would be used as soon as somebody registers one, without a review.",
                fix="Write the version, such as azureml:credit:3.",
            )


def _assets(settings: Settings) -> Iterator[tuple[_Path, str]]:
    wanted = settings.machine_learning
    for name, endpoint in wanted.online_endpoints.items():
        for key, each in endpoint.deployments.items():
            path = (_ML, "online_endpoints", name, "deployments", key)
            yield from _given(path, {"model": each.model, "environment": each.environment, "code": each.code})
    for name, batch in wanted.batch_endpoints.items():
        yield from _given(
            (_ML, "batch_endpoints", name), {"model": batch.model, "environment": batch.environment, "code": batch.code}
        )
    for name, training in wanted.training.items():
        yield from _given((_ML, "training", name), {"environment": training.environment, "code": training.code})


def _given(path: _Path, references: Mapping[str, str | None]) -> Iterator[tuple[_Path, str]]:
    for field, reference in references.items():
        if reference is not None:
            yield (*path, field), reference


def scoring_has_code_and_script(settings: Settings) -> Iterator[Problem]:
    """Code without a script, or a script without code, is refused; both need an environment."""
    wanted = settings.machine_learning
    deployments: dict[_Path, OnlineDeploymentSettings | BatchEndpointSettings] = {
        (_ML, "online_endpoints", name, "deployments", key): each
        for name, endpoint in wanted.online_endpoints.items()
        for key, each in endpoint.deployments.items()
    }
    batches: dict[_Path, OnlineDeploymentSettings | BatchEndpointSettings] = {
        (_ML, "batch_endpoints", name): each for name, each in wanted.batch_endpoints.items()
    }
    for path, each in [*deployments.items(), *batches.items()]:
        if (each.code is None) != (each.scoring_script is None):
            missing = "code" if each.code is None else "scoring_script"
            yield _problem((*path, missing), f"`{missing}` is missing beside its partner.", "Write both, or neither.")
        elif each.code is not None and each.environment is None:
            yield _problem((*path, "environment"), "There is code, but no environment to run it in.", "Name one.")


def _problem(path: _Path, what: str, fix: str) -> Problem:
    return Problem(path=path, what=what, follows="Azure ML refuses the deployment.", fix=fix)


def traffic_is_shared_out(settings: Settings) -> Iterator[Problem]:
    """The shares add up to 100, go to deployments that are there, and the mirror gets none of them."""
    for name, endpoint in settings.machine_learning.online_endpoints.items():
        path: _Path = (_ML, "online_endpoints", name)
        for field, shares in (("traffic", endpoint.traffic), ("mirror", endpoint.mirror)):
            for key in sorted(set(shares) - set(endpoint.deployments)):
                yield _refused(
                    (*path, field, key), f"{key} isn't among the deployments.", "Add it, or take its share away."
                )
        if sum(endpoint.traffic.values()) != 100 or min(endpoint.traffic.values(), default=0) < 0:
            total = sum(endpoint.traffic.values())
            yield _refused((*path, "traffic"), f"The shares add up to {total} percent.", "Make them 100 together.")
        mirrored = {key: share for key, share in endpoint.mirror.items() if share != 0}
        if len(mirrored) > 1 or any(not 0 < share <= 50 for share in mirrored.values()):
            yield _refused(
                (*path, "mirror"), "More than half is mirrored, or to several.", "Mirror 1 to 50 percent to one."
            )
        for key in sorted(key for key in mirrored if endpoint.traffic.get(key, 0) > 0):
            yield _refused((*path, "mirror", key), f"{key} gets live traffic, too.", "Give it one of the two.")


def _refused(path: _Path, what: str, fix: str) -> Problem:
    return Problem(path=path, what=what, follows="Azure ML refuses the endpoint, and no traffic moves.", fix=fix)


def instances_are_in_bounds(settings: Settings) -> Iterator[Problem]:
    """Bounds in order; in prod a second instance answers while the first is replaced."""
    for name, endpoint in settings.machine_learning.online_endpoints.items():
        for key, each in endpoint.deployments.items():
            path = (_ML, "online_endpoints", name, "deployments", key, "scale")
            low, high = each.scale.min_instances, each.scale.max_instances
            if low > high:
                yield _problem((*path, "max_instances"), f"{low} to {high} instances.", f"Use {low} or more.")
            serves = endpoint.traffic.get(key, 0) > 0
            if settings.environment.serves_ministries and serves and low < 2:
                yield Problem(
                    path=(*path, "min_instances"),
                    what=f"{key} serves ministries with one instance.",
                    follows="Its upgrade, or the loss of its machine, is an outage.",
                    fix="Use 2 or more.",
                )
            if each.vm_size.lower().startswith("standard_b"):
                yield _problem((*path[:-1], "vm_size"), f"{each.vm_size} is burstable.", "Use Standard_F4s_v2, say.")


def clusters_exist(settings: Settings) -> Iterator[Problem]:
    """Whatever names a cluster names one of this workspace."""
    wanted = settings.machine_learning
    named: dict[_Path, str] = {
        (_ML, "batch_endpoints", name, "cluster"): each.cluster for name, each in wanted.batch_endpoints.items()
    }
    named |= {(_ML, "training", name, "cluster"): each.cluster for name, each in wanted.training.items()}
    if wanted.image_build_cluster is not None:
        named[(_ML, "image_build_cluster")] = wanted.image_build_cluster
    for path, cluster in named.items():
        if cluster not in wanted.compute_clusters:
            yield Problem(
                path=path,
                what=f"There is no compute cluster {cluster}.",
                follows="The job would wait for ever, or Azure ML refuses it.",
                fix=f"Use one of {', '.join(wanted.compute_clusters) or 'none: define one first'}.",
            )


def machines_can_be_made(settings: Settings) -> Iterator[Problem]:
    """Node counts in order, GPU nodes go when idle, names used once, sizes that the region has."""
    wanted = settings.machine_learning
    for name, each in wanted.compute_clusters.items():
        path: _Path = (_ML, "compute_clusters", name)
        if each.min_nodes > each.max_nodes:
            yield _problem((*path, "max_nodes"), f"{each.min_nodes} to {each.max_nodes} nodes.", "Raise it.")
        known = vm_sizes().get(each.vm_size)
        if known is not None and known.has_gpu and each.min_nodes > 0:
            yield Problem(
                path=(*path, "min_nodes"),
                what=f"{name} keeps {each.min_nodes} GPU nodes.",
                follows="They are paid for, day and night, without a job.",
                fix="Use 0.",
            )
        if name in wanted.compute_instances:
            yield _problem(path, f"{name} is a compute instance, too.", "Use another name.")
    sizes: dict[_Path, str] = {
        (_ML, kind, name, "vm_size"): each.vm_size
        for kind, group in (
            ("compute_clusters", wanted.compute_clusters),
            ("compute_instances", wanted.compute_instances),
        )
        for name, each in group.items()
    }
    for path, size in sizes.items():
        known = vm_sizes().get(size)
        if known is not None and settings.region.value not in known.regions:
            yield _problem(path, f"{size} isn't offered in {settings.region.value}.", "Use another size.")


def registry_has_one_owner(settings: Settings) -> Iterator[Problem]:
    """A stack makes the registry of models or reaches another one's, and lists each region once."""
    wanted = settings.machine_learning
    if wanted.model_registry is not None and wanted.model_registry_id is not None:
        yield _problem(
            (_ML, "model_registry_id"), "The stack makes a registry and names another one.", "Leave one of them out."
        )
    for field in ("users", "linked"):
        yield from _named_once(wanted.model_registry, field)
    regions = [] if wanted.model_registry is None else [settings.region, *wanted.model_registry.replicas]
    if len(set(regions)) < len(regions):
        yield _problem((_ML, "model_registry", "replicas"), "A region is named twice.", "Name each once.")


def _named_once(registry: ModelRegistrySettings | None, field: str) -> Iterator[Problem]:
    """Azure has one assignment of a role for an identity."""
    named: Mapping[str, str] = {} if registry is None else getattr(registry, field)
    first: dict[str, str] = {}
    for name, object_id in named.items():
        if object_id in first and object_id != ENCRYPTED:
            yield Problem(
                path=(_ML, "model_registry", field, name),
                what=f"{name} is the same identity as {first[object_id]}.",
                follows="Azure refuses the second role assignment (RoleAssignmentExists).",
                fix="Name it once.",
            )
        first.setdefault(object_id, name)


def the_workspaces_key_is_there(settings: Settings) -> Iterator[Problem]:
    """A key of ours is asked for only where the stack makes keys."""
    keys = chosen(settings.key_vault.customer_keys, settings.demands.customer_keys)
    if settings.machine_learning.customer_key is True and not keys:
        yield Problem(
            path=(_ML, "customer_key"),
            what="The workspace is to have a key of our own, and the stack makes none.",
            follows="It would be encrypted with Microsoft's key, for good: that can't be changed later.",
            fix="Take the line out, or write `key_vault.customer_keys: true`.",
        )


def assets_are_of_their_kind(settings: Settings) -> Iterator[Problem]:
    """A reference into a registry names the kind of thing that its setting is for."""
    kinds = {"model": "models", "environment": "environments", "code": "codes"}
    for path, reference in _assets(settings):
        kind = kinds[str(path[-1])]
        if reference.startswith("azureml://") and f"/{kind}/" not in reference:
            yield Problem(
                path=path,
                what=f"{reference} is none of the registry's {kind}.",
                follows="Azure ML refuses what uses it.",
                fix=f"Write azureml://registries/<registry>/{kind}/<name>/versions/<version>.",
            )


def attached_cluster_has_its_extension(settings: Settings) -> Iterator[Problem]:
    """Nothing answers the workspace in a cluster without the extension."""
    if settings.machine_learning.attached_cluster is not None and settings.cluster.azure_ml is None:
        yield Problem(
            path=(_ML, "attached_cluster"),
            what="The cluster is attached, but `cluster.azure_ml` is absent.",
            follows="No job would ever start in it.",
            fix="Write `azure_ml: {}` under `cluster`, or leave `attached_cluster` out.",
        )


def monitors_watch_what_is_collected(settings: Settings) -> Iterator[Problem]:
    """A monitor has a deployment that keeps what it was asked, and a signal."""
    wanted = settings.machine_learning
    for name, each in wanted.monitors.items():
        path: _Path = (_ML, "monitors", name)
        endpoint = wanted.online_endpoints.get(each.endpoint)
        deployment = None if endpoint is None else endpoint.deployments.get(each.deployment)
        if deployment is None:
            yield _problem(
                (*path, "deployment"), f"{each.endpoint} has no deployment {each.deployment}.", "Correct it."
            )
        elif not deployment.collect_data:
            yield Problem(
                path=(*path, "deployment"),
                what=f"{each.deployment} collects no data.",
                follows="The monitor would fail each time, as it finds nothing to compare.",
                fix="Write `collect_data: true` at the deployment.",
            )
        if len(set(each.unwatched)) == len(_SIGNALS) and each.attribution_ndcg is None:
            yield _problem(path, "No signal is watched.", "Give one of them a threshold.")


def outbound_rules_differ(settings: Settings) -> Iterator[Problem]:
    """A host once; the lake's endpoints are there already."""
    wanted = settings.machine_learning
    hosts = wanted.allowed_fqdns
    for host in sorted({host for host in hosts if hosts.count(host) > 1}):
        yield _problem((_ML, "allowed_fqdns"), f"{host} is allowed twice.", "Name it once.")
    targets = [(each.resource_id.lower(), each.group.lower()) for each in wanted.outbound_endpoints.values()]
    for name, each in wanted.outbound_endpoints.items():
        if targets.count((each.resource_id.lower(), each.group.lower())) > 1:
            known = PurePath(each.resource_id).name
            yield _problem((_ML, "outbound_endpoints", name), f"{known} has two endpoints.", "Leave one out.")


CHECKS = (
    assets_are_pinned,
    scoring_has_code_and_script,
    traffic_is_shared_out,
    instances_are_in_bounds,
    clusters_exist,
    machines_can_be_made,
    registry_has_one_owner,
    the_workspaces_key_is_there,
    assets_are_of_their_kind,
    attached_cluster_has_its_extension,
    monitors_watch_what_is_collected,
    outbound_rules_differ,
)
