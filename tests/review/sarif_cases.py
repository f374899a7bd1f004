"""Reports made for tests of SARIF, and the published schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Place, Resource, Stack
from policies.types import CLUSTER
from policies.waivers import Waiver, settle
from review.forms import as_sarif
from review.policy_report import Origin, PolicyReport

TODAY = date(2026, 11, 25)
ORIGIN = Origin("preview of prod", TODAY, "abc", "1.0.0")
URN = f"urn:pulumi:prod::platform::{CLUSTER}::aks"


def reported(resources: Sequence[Resource], *ids: str, waivers: Sequence[Waiver] = ()) -> PolicyReport:
    """What the rules with these ids (none: all) say of some resources."""
    those = tuple(rule for rule in rules() if not ids or rule.id in ids)
    judged = judge(Stack("prod", tuple(resources)), profile("prod", "Protected B"), those)
    return PolicyReport(settle(judged, waivers, rules(), TODAY), those, ORIGIN)


def run_of(report: PolicyReport) -> dict[str, Any]:
    """The run in the file that is uploaded."""
    found: dict[str, Any] = json.loads(as_sarif(report).text)["runs"][0]
    return found


def cluster(local_accounts: object = False, **others: Any) -> Resource:
    """A cluster that fails AKS-004, made on a line of the program."""
    properties = {"disableLocalAccounts": local_accounts}
    made = Resource(type=CLUSTER, name="aks", urn=URN, properties=properties, place=Place("a/b.py", 7))
    return replace(made, **others)


@cache
def _validator() -> Any:
    schema = json.loads((Path(__file__).parent / "sarif_schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema)


def problems(text: str) -> list[str]:
    """Where a file is no SARIF."""
    return [f"{one.json_path}: {one.message}" for one in _validator().iter_errors(json.loads(text))]
