"""No false alarms: what rules say of realistic variations of the platform, beyond its own stacks."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

import stacks
from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import STACK, Resource, Stack
from policies.rule import Verdict
from rehearsal.workspace import PROJECT
from tests.policies.planned import planned_by
from tests.rehearsal.test_variations import VARIATIONS, merged

_DEAR: Final = "Dev doesn't want what is paid by the hour; who needs it there asks for a waiver."
_TIER: Final = "Nothing in dev needs this tier; who tries it there asks for a waiver."
_GPUS: Final = "Dev has small GPUs, few of them and at the spot price; who needs others there asks for a waiver."
EXPECTED: Final[Mapping[str, Mapping[str, str]]] = {
    "spot pool that keeps its disks": {"GPU-004": "A stopped node keeps its quota and its disks, which are paid."},
    "sliced A100": dict.fromkeys(("COST-001", "COST-002", "GPU-003", "GPU-004"), _GPUS),
    "driver of the GPU operator": {
        **dict.fromkeys(("COST-001", "COST-002", "GPU-003", "GPU-004"), _GPUS),
        "GPU-005": "Unknown: nothing in this variation installs the operator that is to bring the driver.",
    },
    "pool in two zones": dict.fromkeys(("COST-001", "GPU-004"), _GPUS),
    "egress through a firewall of its own": dict.fromkeys(("COST-002", "COST-006"), _DEAR),
    "a Bastion, a resolver and private monitoring": {
        "COST-006": _DEAR,
        "NET-021": "One server answers for gov.example: where it is down, no name of it is known.",
    },
    "an application gateway in front of an app": {"COST-006": _DEAR},
    "paid tier with stable upgrades": {"COST-004": _TIER},
    "premium vault that forgets soon": {"COST-004": _TIER},
    "long-term support": {"COST-004": _TIER},
    "a cluster with everything in it": {"COST-007": "The pool keeps a node while nobody asks, which dev pays for."},
    "recovery region without zones": dict.fromkeys(("COST-001", "COST-002", "GPU-003", "GPU-004"), _GPUS),
}
"""What a rule rightly says of a variation that is made in dev, and why."""

PARAMETERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "zones of the hub, and records by its policy": {"records_by_policy": True},
}
"""What an environment says in its profile when it is set up like a variation."""


def planned_variation(changes: Mapping[str, Any], folder: Path) -> tuple[stacks.Settings, Stack]:
    """Dev with some settings changed, and the resource of the engine for the stack itself."""
    document = copy.deepcopy(yaml.safe_load((PROJECT / "stacks" / "Pulumi.dev.yaml").read_text(encoding="utf-8")))
    config = document["config"]
    config["platform:settings"] = merged(config["platform:settings"], changes)
    config["azure-native:location"] = changes.get("region", config["azure-native:location"])
    shutil.copy(PROJECT / "stacks" / "defaults.yaml", folder)
    (folder / "Pulumi.dev.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    settings = stacks.load("dev", folder=folder)
    planned = planned_by(settings, "dev")
    return settings, Stack("dev", (Resource(type=STACK, name="dev"), *planned.resources))


@pytest.mark.parametrize("name", VARIATIONS)
def test_rules_say_of_a_variation_only_what_is_so(name: str, tmp_path: Path) -> None:
    settings, stack = planned_variation(VARIATIONS[name], tmp_path)
    by = profile(settings.environment, settings.classification).having(PARAMETERS.get(name, {}))
    judgement = judge(stack, by, rules())
    said = [one for one in judgement.findings if one.verdict is not Verdict.PASS]
    shown = [(one.rule.id, one.resource.name, *one.faults, *one.doubts) for one in said]
    assert {one.rule.id for one in said} == set(EXPECTED.get(name, {})), shown
    assert len(judgement.findings) > 1000


def test_every_expectation_is_of_a_variation() -> None:
    assert {*EXPECTED, *PARAMETERS} <= set(VARIATIONS)
