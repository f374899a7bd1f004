"""Plays one recorded failure against the service: what is listed first, then the resource, as a program would."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rehearsal.creation_order import in_order
from simulator.difference import changes
from simulator.errors import ArmError
from simulator.ids import PathTemplate
from simulator.model import guid
from simulator.replacement import replacing_inputs
from simulator.subscription import VARIABLE
from simulator.values import UNKNOWN_SENTINELS
from tests.simulator.azure import Azure

_IDENTITY = (
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
    "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}"
)
FOLDER = Path(__file__).parent / "failures"


@dataclass(frozen=True)
class Refused:
    """Why a program was refused: every reason as text."""

    text: str


def cases(family: str) -> list[dict[str, Any]]:
    """The recorded failures of one family."""
    return list(_document(family)["cases"])


@cache
def _document(family: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((FOLDER / f"{family}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def not_yet() -> set[str]:
    """The cases that are not caught here: not yet (a case that is caught has to leave its family's list), or only by
    the engine, which writes at once what does not wait for each other.
    """
    documents = [_document(family) for family in families()]
    return {case_id for each in documents for case_id in (*each["not_yet"], *each.get("engine_only", ()))}


def families() -> list[str]:
    """Every family that has a file."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def play(azure: Azure, case: dict[str, Any], which: str) -> Refused | None:
    """Deploys the `bad` or the `good` program of a case; answers why it was refused, `None` when all went through."""
    facts = case.get("subscription")
    if which == "good":
        facts = case.get("good_subscription", facts)
    with in_subscription(facts):
        return _play(azure, case, which)


@contextmanager
def in_subscription(facts: Mapping[str, Any] | None) -> Iterator[None]:
    """What the subscription allows in the meantime; `None`: what the project's own file says."""
    if facts is None:
        yield
        return
    before = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "subscription.yaml"
        path.write_text(yaml.safe_dump(dict(facts)), encoding="utf-8")
        os.environ[VARIABLE] = str(path)
        try:
            yield
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before


def _play(azure: Azure, case: dict[str, Any], which: str) -> Refused | None:
    related = case.get("related_resources") or []
    if which == "good":
        related = case.get("good_related_resources", related)
    known = _principals(related)
    try:
        for inputs in filter(None, [case.get("old_inputs"), case[f"{which}_inputs"]]):
            for item in in_order(related, {"token": case["token"], "name": case["name"], "inputs": inputs}):
                _deploy(azure, item["token"], item["name"], _settled(item.get("inputs") or {}, known))
    except ArmError as error:
        return Refused(str(error))
    return None


def _deploy(azure: Azure, token: str, name: str, inputs: dict[str, Any]) -> None:
    """Creates a resource, or updates or replaces the one that this program made before under the same name."""
    service = azure.service
    urn = f"urn:pulumi:dev::case::{token}::{name}"
    old = next((record for record in service.store.all() if record.urn == urn), None)
    filled, problems = service.check(urn, token, dict(inputs), dict(old.body) if old else {}, b"seed")
    if problems:
        raise ArmError([], "; ".join(map(str, problems)))
    if old is None:
        service.create(urn, token, filled, preview=False)
        return
    _, template = service.type_of_token(token)
    found = changes(old.body, filled, template, replacing_inputs(token, template.arm_type))
    if any(change.replaces for change in found):
        service.delete(old.id)
        service.create(urn, token, filled, preview=False)
    elif found:
        service.update(urn, token, old.id, filled, preview=False)


def _principals(related: list[dict[str, Any]]) -> str:
    """What an unknown principal turns out to be: that of the identity among the listed resources."""
    for item in related:
        if item["token"].endswith(":UserAssignedIdentity"):
            inputs = item["inputs"]
            path = (
                "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity"
            )
            template = PathTemplate(f"{path}/userAssignedIdentities/{{resourceName}}")
            return guid(str(template.build({"resourceName": item["name"], **inputs})), "principal")
    return "00000000-0000-4000-8000-0000000000ff"


def _settled(value: Any, principal: str) -> Any:
    """Inputs as they are at `up`, when nothing is unknown any more."""
    if isinstance(value, dict):
        return {name: _settled(child, principal) for name, child in value.items()}
    if isinstance(value, list):
        return [_settled(child, principal) for child in value]
    return principal if isinstance(value, str) and value in UNKNOWN_SENTINELS else value
