"""The simulated Azure Resource Manager: check, create, read, update, delete, invoke.

Plain Python over the store; knows nothing of gRPC. `simulator.provider` is the thin shell around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from simulator import conformity, rules
from simulator.autonaming import autoname, logical_name
from simulator.catalog import Catalog, Resource
from simulator.errors import ArmError, Refusal, already_exists, not_found
from simulator.ids import SUBSCRIPTION, MissingParameterError, PathTemplate, key, subscription_of, type_of
from simulator.inline import declares_inline
from simulator.model import Model, Request, is_modelled, model_of
from simulator.outputs import FAILED, answer, answer_unknown, in_state, state_of
from simulator.paths import is_derived, template_of
from simulator.soft_delete import bury
from simulator.spelling import as_read
from simulator.store import Note, Record, Store
from simulator.templates import nested_writes
from simulator.values import UNKNOWN, Path, Unknown, conceal, has_unknown, reveal, secret_paths
from simulator.world import World

NOT_JUDGED = "not judged"
DERIVED = "id derived"


@dataclass(frozen=True)
class Outcome:
    """What an operation answers: an id (empty while unknown), outputs and inputs, both with their secrets marked."""

    id: str
    outputs: dict[str, Any]
    inputs: dict[str, Any]


@dataclass(frozen=True)
class _Type:
    """Everything about one type that an operation needs."""

    resource: Resource
    template: PathTemplate
    model: Model


class Service:
    """One simulated subscription, as one plugin process serves it."""

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self._catalog = catalog
        self.store = store
        self.world = World(store)
        # The provider's own `location` setting: the region of resources that name none.
        self.location: str | None = None

    def check(
        self, urn: str, token: str, inputs: dict[str, Any], old: dict[str, Any], seed: bytes = b""
    ) -> tuple[dict[str, Any], list[conformity.Problem]]:
        """The inputs with name and region filled in, and every way in which they differ from the SDK's declaration."""
        known = self._type(token)
        filled = dict(inputs)
        parameter = known.template.name_parameter
        if parameter is not None and parameter in known.resource.inputs and filled.get(parameter) is None:
            filled[parameter] = autoname(known.template, logical_name(urn), seed, reveal(old))
        if "location" in known.resource.inputs and filled.get("location") is None:
            region = self._region(filled, old)
            if region is not None:
                filled["location"] = region
        found = conformity.problems(known.resource.inputs, filled, known.resource.module, token)
        return filled, found

    def create(self, urn: str, token: str, inputs: dict[str, Any], *, preview: bool) -> Outcome:
        """A PUT of a resource that is not in the program's state. Raises ArmError."""
        known = self._type(token)
        resource_id = self._id(known, inputs)
        if isinstance(resource_id, Unknown):
            return self._answer_unknown(known, inputs)
        if not preview:
            _require_known(resource_id, inputs)
        with self.store.transaction():
            found = self.world.get(resource_id)
            taken = found.urn not in {urn, ""} if found is not None else declares_inline(resource_id, self.world)
            if taken:
                raise ArmError([already_exists(resource_id, known.template.name_parameter)], resource_id)
            return self._put(urn, known, resource_id, inputs, None, preview=preview)

    def update(self, urn: str, token: str, resource_id: str, inputs: dict[str, Any], *, preview: bool) -> Outcome:
        """A PUT of a resource that is in the program's state. Raises ArmError."""
        known = self._type(token)
        self.require_simulated(resource_id)
        if not preview:
            _require_known(resource_id, inputs)
        with self.store.transaction():
            return self._put(urn, known, resource_id, inputs, self.world.get(resource_id), preview=preview)

    def read(self, urn: str, token: str, resource_id: str, inputs: dict[str, Any]) -> Outcome | None:
        """A GET; `None` when the resource is gone.

        An id outside the store is taken on trust when it was never in it.
        """
        known = self._type(token)
        record = self.world.get(resource_id)
        # The id that was asked for may be spelled in another case than the one that was written.
        parameters = known.template.parse(record.id if record is not None else resource_id)
        if parameters is None:
            raise ArmError([_wrong_kind(resource_id, known.template)], resource_id)
        if record is None:
            if inputs:
                self.require_simulated(resource_id)
            if inputs or self.world.holder(resource_id) is not None:
                return None
            self.store.note(urn, [Note(urn, rules.TRUSTED, resource_id)])
            record = Record(resource_id, known.template.type_at(resource_id), token, "", dict(parameters), {})
        body = {**record.body, **{name: value for name, value in parameters.items() if name in known.resource.inputs}}
        read = as_read(known.resource.inputs, body, known.resource.module)
        request = Request(record.id, known.resource.token, read, self.world, record, record.revision)
        outputs = answer(known.resource, known.template, known.model, request)
        if state_of(record.outputs) == FAILED:
            outputs = in_state(outputs, FAILED)
        # An import sends no inputs, and what was written as a secret is one still.
        secrets = [*secret_paths(inputs), *record.secrets, *_secret_outputs(known.model)]
        declared = {name: value for name, value in body.items() if name in known.resource.inputs}
        return Outcome(record.id, conceal(outputs, secrets), conceal(declared, secrets))

    def delete(self, resource_id: str) -> None:
        """A DELETE, with everything below the resource; a resource that is gone already is no error.

        Raises ArmError.
        """
        self.require_simulated(resource_id)
        with self.store.transaction():
            record = self.store.get(resource_id)
            if record is None:
                return
            refusals = list(rules.delete_refusals(record, self.world))
            if refusals:
                raise ArmError(refusals, resource_id)
            for gone in self.store.remove(resource_id):
                bury(self.store, gone)

    def fail(self, resource_id: str) -> None:
        """Leaves a resource in the state of an operation that was accepted and failed later, until the next write."""
        with self.store.transaction():
            record = self.store.get(resource_id)
            if record is not None:
                self.store.put(replace(record, outputs=in_state(record.outputs, FAILED)))

    def require_simulated(self, resource_id: str) -> None:
        """Raises ArmError for an id in someone's state that is not of this subscription.

        A plugin left on PATH must not tell a real stack that its resources are gone. The id of an extension begins with
        that of what it extends, which may lie in a real subscription; the store says whether the extension is ours.
        """
        subscription = subscription_of(resource_id)
        if subscription not in {None, SUBSCRIPTION} and self.world.get(resource_id) is None:
            raise ArmError([_real(str(subscription))], resource_id)

    def id_of(self, token: str, inputs: Mapping[str, Any]) -> str:
        """The id of a resource; empty while it is not known or for a request that will be refused."""
        try:
            resource_id = self._id(self._type(token), inputs)
        except ArmError:
            return ""
        return "" if isinstance(resource_id, Unknown) else resource_id

    def type_of_token(self, token: str) -> tuple[Resource, PathTemplate]:
        """The declaration and path of a token. Raises ArmError when the installed SDK has no such type."""
        known = self._type(token)
        return known.resource, known.template

    def _put(
        self, urn: str, known: _Type, resource_id: str, inputs: dict[str, Any], old: Record | None, *, preview: bool
    ) -> Outcome:
        plain = reveal(inputs)
        secrets: list[Path] = list(secret_paths(inputs))
        revision = old.revision + 1 if old is not None else 1
        read = as_read(known.resource.inputs, plain, known.resource.module)
        earlier = old
        if old is not None:
            earlier = replace(old, body=as_read(known.resource.inputs, old.body, known.resource.module))
        request = Request(resource_id, known.resource.token, read, self.world, earlier, revision)
        arm_type = known.template.type_at(resource_id)
        verdict = rules.judge(known.model, request, arm_type, urn)
        if verdict.refusals:
            raise ArmError(verdict.refusals, resource_id)
        for each in nested_writes(request, self._catalog):
            there = self.world.get(each.id)
            self._put(urn if there is None else there.urn, self._type(each.token), each.id, each.inputs, there,
                      preview=preview)  # fmt: skip
        outputs = answer(known.resource, known.template, known.model, request)
        marked = (*secrets, *_secret_outputs(known.model))
        record = Record(resource_id, arm_type, known.resource.token, urn, plain, outputs, marked)
        if preview:
            self.world.foresee(record)
        else:
            self.world.forget()
            self.store.put(record)
            self.store.unearth(record.id)
            if old is None:
                self.world.made(resource_id)
            self.store.note(urn, [*verdict.notes, *_limits(urn, known)])
        return Outcome(resource_id, conceal(outputs, marked), inputs)

    def _answer_unknown(self, known: _Type, inputs: dict[str, Any]) -> Outcome:
        """A preview of a resource whose id isn't known yet."""
        return Outcome("", answer_unknown(known.resource, known.template, known.model, inputs), inputs)

    def _type(self, token: str) -> _Type:
        resource = self._catalog.resource(token)
        if resource is None:
            raise ArmError([self._no_such_type(token)])
        return _Type(resource, template_of(resource), model_of(resource.token))

    def _no_such_type(self, token: str) -> Refusal:
        module = self._catalog.module(token)
        valid = (
            list(module.content["resources"]) if module else [f"azure-native:{n}:" for n in self._catalog.module_names]
        )
        close = conformity.closest(token, valid)
        return Refusal(
            "InvalidResourceType",
            f"the installed azure-native SDK has no type {token}",
            fix=f"did you mean {close}?" if close else "correct the token",
        )

    def _id(self, known: _Type, inputs: Mapping[str, Any]) -> str | Unknown:
        try:
            return known.template.build(reveal(inputs))
        except MissingParameterError as missing:
            name = str(missing.args[0])
            raise ArmError(
                [Refusal("MissingParameter", f"{known.resource.token} needs {name} for its id", name)]
            ) from None

    def _region(self, inputs: Mapping[str, Any], old: Mapping[str, Any]) -> Any:
        """The region that it had, else the provider's, else the resource group's.

        In the order of azure-native's getDefaultLocation (pulumi-azure-native provider.go, checked 2026-11-25): a
        program that stops naming the region changes nothing.
        """
        if old.get("location") is not None:
            return old["location"]
        if self.location is not None:
            return self.location
        group = reveal(inputs.get("resourceGroupName"))
        if group is UNKNOWN:
            return UNKNOWN
        found = self.world.get(f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}")
        return found.body.get("location") if found is not None else None


def _secret_outputs(model: Model) -> list[Path]:
    return [tuple(path.split(".")) for path in model.secrets]


def _limits(urn: str, known: _Type) -> list[Note]:
    """What the simulator could not judge about a resource that it accepted."""
    notes = []
    if not is_modelled(known.resource.token):
        notes.append(Note(urn, NOT_JUDGED, known.resource.token))
    if is_derived(known.resource.token):
        notes.append(Note(urn, DERIVED, f"{known.resource.token}: {known.template.arm_type}"))
    return notes


def _require_known(resource_id: str, inputs: Mapping[str, Any]) -> None:
    names = [name for name, value in inputs.items() if has_unknown(value)]
    if names:
        raise ArmError(
            [Refusal("InvalidRequestContent", f"unknown values reached `up`: {', '.join(names)}")], resource_id
        )


def _real(subscription: str) -> Refusal:
    return Refusal(
        "RealSubscription",
        f"this resource lies in subscription {subscription}, and the simulator answers for {SUBSCRIPTION} only; "
        "nothing was read or changed",
        status=HTTPStatus.FORBIDDEN,
        fix="take simulator/bin off PATH to work on a real stack; a rehearsal keeps a state of its own",
    )


def _wrong_kind(resource_id: str, template: PathTemplate) -> Refusal:
    if type_of(resource_id).lower() == template.arm_type.lower():
        return Refusal("InvalidResourceId", f"'{key(resource_id)}' is not an id of the form {template.text}")
    return not_found(resource_id, template.arm_type)
