"""One result: what was found, where it is shown, and by what it is known again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from policies.resource import Place, Resource

PROJECT: Final = Path(__file__).resolve().parents[2]
ROOT: Final = "%SRCROOT%"
# Where something is shown that no line made: a resource read from a state, or one of the engine's own.
NOWHERE: Final = Place("Pulumi.yaml", 1)
FAIL: Final = "fail"
# SARIF 2.1.0, 3.27.9: the rule was evaluated, and there was too little information to decide.
OPEN: Final = "open"


@dataclass(frozen=True)
class Suppression:
    """Somebody accepted a failure. `justification`: who, why and until when."""

    justification: str


@dataclass(frozen=True)
class Result:
    """A failure, or what could not be decided. `paths`: of the properties. `place`: where there is no resource."""

    rule: str
    kind: str
    level: str
    message: str
    resource: Resource | None
    paths: tuple[str, ...] = ()
    place: Place | None = None
    suppression: Suppression | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)


def as_json(results: Iterable[Result], indexes: Mapping[str, int]) -> list[dict[str, Any]]:
    """Results in SARIF's form. `indexes`: of the rules in their list."""
    seen: Counter[str] = Counter()
    return [_as_json(one, indexes[one.rule], seen) for one in results]


def _as_json(result: Result, index: int, seen: Counter[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": index,
        "kind": result.kind,
        "level": result.level,
        "message": {"text": result.message},
        "locations": [_location(result)],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(result, seen)},
    }
    if result.suppression is not None:
        made["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": result.suppression.justification}
        ]
    return {**made, "properties": {"paths": list(result.paths), **result.properties}}


def _fingerprint(result: Result, seen: Counter[str]) -> str:
    """Rule, resource and paths, and no line: it stays the same when the program moves.

    A number tells apart what has all three in common, such as two manifests of one object.
    """
    key = identity(result.resource) if result.resource is not None else ""
    # As JSON: joined by a sign, parts that hold it could look like others.
    digest = hashlib.sha256(json.dumps([result.rule, key, result.paths]).encode()).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def identity(resource: Resource) -> str:
    """What a resource is known by: its URN; else its id, which tells apart equal names in two resource groups."""
    return resource.urn or resource.id or resource.key


def _location(result: Result) -> dict[str, Any]:
    resource = result.resource
    place = (resource.place if resource is not None else result.place) or NOWHERE
    # A program's places are relative to the project; those of a file are written as it was named.
    base = PROJECT if resource is None or resource.urn else Path.cwd()
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": artifact(base / place.file),
            "region": {"startLine": max(place.line, 1)},
        }
    }
    if resource is not None:
        name = {"name": resource.name} if resource.name else {}
        location["logicalLocations"] = [{**name, "fullyQualifiedName": identity(resource), "kind": "resource"}]
    return location


def artifact(file: Path) -> dict[str, Any]:
    """A file as code scanning finds it: relative to the project, links followed; one elsewhere by its whole address."""
    real = file.resolve()
    if real.is_relative_to(PROJECT):
        return {"uri": quote(real.relative_to(PROJECT).as_posix()), "uriBaseId": ROOT}
    return {"uri": real.as_uri()}
