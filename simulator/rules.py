"""What Azure Resource Manager checks for every type: names, parents, references, sub-resources in use.

Rules of one type live in its model (`simulator.resources`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from simulator.constraints import constraint_refusals
from simulator.errors import Refusal
from simulator.global_names import global_name_refusals
from simulator.ids import key, name_of, parents, type_of
from simulator.inline import blocking_ids, declares_inline, overwrite_refusals
from simulator.locks import delete_lock_refusals, write_lock_refusals
from simulator.model import Model, Request, model_of, models_of
from simulator.naming import name_refusals
from simulator.outputs import FAILED, state_of
from simulator.paths import is_derived, tokens_by_type
from simulator.references import BODY, OUTPUTS, references
from simulator.soft_delete import soft_delete_refusals
from simulator.store import Note, Record
from simulator.subscription import subscription
from simulator.values import UNKNOWN, Path, at, dotted
from simulator.world import World

TRUSTED = "trusted"
UNDECIDED = "rule not judged"

# Namespaces within a cluster: a role may be assigned at one, and Azure asks no cluster which it has
# (learn.microsoft.com/azure/aks/manage-azure-rbac, read 2026-11-25).
_NAMESPACES: Final = "microsoft.containerservice/managedclusters/namespaces"
# What others make by themselves. In a resource group: disks of machines, interfaces of endpoints, the action group of
# smart detection. In a workspace: environments, which `az ml` and jobs register.
_MADE_BY_SERVICES: Final = frozenset(
    {
        "microsoft.alertsmanagement/smartdetectoralertrules",
        # Roles of Azure's own are found at every scope, that of a resource group, too.
        "microsoft.authorization/roledefinitions",
        "microsoft.compute/disks",
        "microsoft.eventgrid/systemtopics",
        "microsoft.insights/actiongroups",
        "microsoft.machinelearningservices/workspaces/environments/versions",
        "microsoft.network/networkinterfaces",
        "microsoft.network/networkwatchers",
        "microsoft.operationsmanagement/solutions",
    }
)
# Only these put something into a subnet or hold a network resource. A firewall rule of a storage account or the scope
# of an alert names a subnet, too, and doesn't keep it from being deleted.
_OCCUPIERS: Final = ("microsoft.compute/", "microsoft.containerservice/", "microsoft.network/")
# A site names subnets in its access restrictions, too; these are the ones that it is in.
_PLACES: Final = ("virtualNetworkSubnetId", "subnetResourceId", "virtualNetwork.id")
_OBSERVERS: Final = ("microsoft.network/networkwatchers", "microsoft.network/networkmanagers")


@dataclass
class Judgement:
    """The verdict on one request: why it is refused, and what had to be taken on trust."""

    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def judge(model: Model, request: Request, arm_type: str, urn: str) -> Judgement:
    """Everything that is wrong with a request, in ARM's order: name, parent, references, then what its type limits."""
    verdict = Judgement()
    verdict.refusals.extend(_registration_refusals(request, arm_type))
    verdict.refusals.extend(name_refusals(arm_type, request.name))
    verdict.refusals.extend(write_lock_refusals(request.id, arm_type, request.world))
    verdict.refusals.extend(global_name_refusals(request, arm_type))
    verdict.refusals.extend(soft_delete_refusals(request, arm_type))
    _judge_parent(request, urn, verdict)
    _judge_references(request, urn, verdict)
    verdict.refusals.extend(_unchangeable_refusals(model, request))
    verdict.refusals.extend(overwrite_refusals(model, request))
    for each in model.rules:
        if unknown := each.undecided(request):
            verdict.notes.append(Note(urn, UNDECIDED, f"{each.id}: {', '.join(unknown)} not known"))
        else:
            verdict.refusals.extend(each.refusals(request))
    verdict.refusals.extend(model.refusals(request))
    # The type's own rules know the code that Azure answers; the general limits speak where these are silent.
    said = {refusal.target for refusal in verdict.refusals}
    verdict.refusals.extend(r for r in constraint_refusals(arm_type, request.inputs) if r.target not in said)
    return verdict


def _registration_refusals(request: Request, arm_type: str) -> Iterator[Refusal]:
    """Neither ARM nor azure-native registers a provider by itself (pulumi-azure-native#3479, Azure/OpenShift#21)."""
    namespace = arm_type.split("/", 1)[0]
    if request.old is None and not subscription().provider_registered(namespace):
        yield Refusal(
            "MissingSubscriptionRegistration",
            f"The subscription is not registered to use namespace '{namespace}'. See https://aka.ms/rps-not-found for "
            "how to register subscriptions.",
            target=namespace,
            status=HTTPStatus.CONFLICT,
            fix=f"register it once: `az provider register --namespace {namespace}`",
            quoted=True,
            rule="provider-registration",
        )


def _unchangeable_refusals(model: Model, request: Request) -> Iterator[Refusal]:
    if request.old is None:
        return
    for path in model.unchangeable:
        before, after = at(request.old.body, path), request.at(path)
        if before is None:
            before = at(request.old.outputs, path)
        if UNKNOWN not in (before, after) and not _keeps(before, after):
            yield Refusal(
                model.unchangeable_code,
                f"Changing property 'properties.{path}' is not allowed.",
                target=path,
                fix="put the old value back, or make a resource with another name and move to it",
                quoted=model.unchangeable_code == "PropertyChangeNotAllowed",
            )


def _keeps(before: Any, after: Any) -> bool:
    """Whether a PUT leaves a property as it is. One that says nothing of it does, and so does spelling out `off`."""
    if after is None or (before is None and after in (False, 0, "", [])):
        return True
    return bool(_normal(before) == _normal(after))


def _normal(value: Any) -> Any:
    """A value without what ARM does not tell apart: case, the order of zones, members that are absent."""
    if isinstance(value, str):
        return key(value)
    if isinstance(value, list):
        return sorted((_normal(item) for item in value), key=repr)
    if isinstance(value, Mapping):
        return {name: _normal(child) for name, child in value.items() if child is not None}
    return value


def _judge_parent(request: Request, urn: str, verdict: Judgement) -> None:
    # The names between the slashes of a derived path are guesses; nobody can be blamed for them.
    parent = next(parents(request.id), None)
    if parent is None or is_derived(request.token) or exists(parent, request.world):
        return
    if _is_surely_missing(parent, request.world):
        verdict.refusals.append(_parent_missing(request, parent))
    else:
        verdict.notes.append(Note(urn, TRUSTED, parent))


def _parent_missing(request: Request, parent: str) -> Refusal:
    own = type_of(request.id)
    return Refusal(
        "ParentResourceNotFound",
        f"Failed to perform 'write' on resource(s) of type '{own.split('/', 1)[1]}', because the parent resource "
        f"'{parent}' could not be found.",
        status=HTTPStatus.NOT_FOUND,
        fix=f"create {type_of(parent)} '{name_of(parent)}' first, or take its name from the resource that creates it",
        quoted=True,
    )


def _judge_references(request: Request, urn: str, verdict: Judgement) -> None:
    own = key(request.id)
    for path, reference in references(request.inputs):
        if f"{key(reference)}/".startswith(f"{own}/"):
            continue
        if exists(reference, request.world):
            verdict.refusals.extend(_not_provisioned(request, path, reference))
            continue
        if _is_surely_missing(reference, request.world):
            verdict.refusals.append(_reference_missing(request, path, reference))
        else:
            verdict.notes.append(Note(urn, TRUSTED, reference))


def _not_provisioned(request: Request, path: Path, reference: str) -> Iterator[Refusal]:
    """The network's services take no resource whose last operation failed (pulumi-azure-native#4340)."""
    used = request.world.get(reference)
    if used is not None and state_of(used.outputs) == FAILED and _are_of_the_network(reference, request.id):
        yield Refusal(
            "ReferencedResourceNotProvisioned",
            f"Cannot proceed with operation because resource {reference} used by resource {request.id} is not in "
            "Succeeded state. Resource is in Failed state.",
            target=dotted(path),
            fix=f"write {name_of(reference)} again first: its last operation failed",
        )


def _are_of_the_network(*ids: str) -> bool:
    return all(type_of(each).lower().startswith("microsoft.network/") for each in ids)


def _is_surely_missing(resource_id: str, world: World) -> bool:
    """Whether Azure would not find what isn't here.

    Something here must hold it, and it must be of a kind that nobody else makes: services fill the resources of a
    program with children of their own (private endpoint connections, default routes, built-in roles), so a child counts
    only where a model says what its kind is.
    """
    if world.holder(resource_id) is None:
        return False
    arm_type = type_of(resource_id).lower()
    is_top_level = arm_type.count("/") == 1
    known = arm_type in tokens_by_type() if is_top_level else bool(models_of(arm_type))
    return known and arm_type not in _MADE_BY_SERVICES and not _is_made_by_service(resource_id)


def _is_made_by_service(resource_id: str) -> bool:
    """System containers (`$web`, `$logs`) and required outbound rules (`__SYS_…`) come with what holds them."""
    return name_of(resource_id).startswith(("$", "__SYS_"))


def _is_answered(resource_id: str, world: World) -> bool:
    """Whether a resource here answered the id, as a private endpoint does with its network interface."""
    return world.holder(resource_id) is not None and bool(world.pointing(OUTPUTS, resource_id))


def _reference_missing(request: Request, path: Path, reference: str) -> Refusal:
    if _are_of_the_network(reference, request.id):
        return Refusal(
            "InvalidResourceReference",
            f"Resource {reference} referenced by resource {request.id} was not found. Please make sure that the "
            "referenced resource exists, and that both resources are in the same region.",
            target=dotted(path),
            fix=_reference_fix(reference),
            quoted=True,
        )
    return Refusal(
        "ResourceNotFound",
        f"{dotted(path)} refers to {reference}, which does not exist",
        target=dotted(path),
        status=HTTPStatus.NOT_FOUND,
        fix=_reference_fix(reference),
    )


def _reference_fix(reference: str) -> str:
    return f"create {type_of(reference)} '{name_of(reference)}' first; pass its `id` output, so that the order is known"


def exists(resource_id: str, world: World) -> bool:
    """Whether a resource is there: on its own, declared inside its parent, born with it, or answered by another one."""
    if world.get(resource_id) is not None or declares_inline(resource_id, world):
        return True
    holder = world.get(next(parents(resource_id), ""))
    born = model_of(holder.token).born_with if holder is not None else ()
    if key(resource_id).endswith(tuple(f"/{child.lower()}" for child in born)):
        return True
    arm_type = type_of(resource_id).lower()
    if arm_type == _NAMESPACES and holder is not None:
        return True
    may_be_answered = arm_type in _MADE_BY_SERVICES or not models_of(arm_type)
    return may_be_answered and _is_answered(resource_id, world)


def delete_refusals(record: Record, world: World) -> Iterator[Refusal]:
    """Why ARM refuses to delete a resource: something outside it uses it or what lies in it, or its type says so."""
    yield from delete_lock_refusals(record, world)
    going = [record, *world.below(record.id)]
    gone_keys = {gone.key for gone in going}
    for used, code in (pair for gone in going for pair in blocking_ids(gone)):
        users = [world.get(user) for user in world.pointing(BODY, used) if user not in gone_keys]
        yield from _in_use(used, code, [user.id for user in users if user is not None and _occupies(user, used)])
    yield from model_of(record.token).delete_refusals(record, world)


def _in_use(used: str, code: str, users: list[str]) -> Iterator[Refusal]:
    if users:
        yield Refusal(
            code,
            f"{name_of(type_of(used))} {used} is in use by {', '.join(users)} and cannot be deleted.",
            status=HTTPStatus.CONFLICT,
            fix="delete or change what uses it first",
        )


def _occupies(record: Record, used: str) -> bool:
    arm_type = record.type.lower()
    if arm_type.startswith("microsoft.web/"):
        return any(key(str(at(record.body, path))) == key(used) for path in _PLACES)
    return arm_type.startswith(_OCCUPIERS) and not arm_type.startswith(_OBSERVERS)
