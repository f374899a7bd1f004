"""Whole ARM templates in the shapes that people publish, judged: every verdict of the rules that matter in each."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from policies.catalogue import rules
from policies.judge import judge
from policies.profile import profile
from policies.resource import Resource
from review.arm_reader import read_template

FOLDER: Final = Path(__file__).with_name("templates")
EXPECTED: Final[dict[str, dict[str, Any]]] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
PARAMETERS: Final = ".parameters.json"


def called(resource: Resource) -> str:
    return resource.type.rpartition(":")[2] if "{" in resource.name else resource.name


@pytest.mark.parametrize("name", EXPECTED)
def test_a_template_has_the_expected_verdicts(name: str) -> None:
    expected = dict(EXPECTED[name])
    counted = expected.pop("counted", [])
    values = FOLDER / name.replace(".json", PARAMETERS)
    stack = read_template(FOLDER / name, values if values.is_file() else None)
    judged = judge(stack, profile("prod", "Protected B"), rules())
    found: dict[str, dict[str, list[str]]] = {rule: defaultdict(list) for rule in expected}
    for one in judged.findings:
        if one.rule.id in expected:
            found[one.rule.id][str(one.verdict)].append(called(one.resource))
    assert found == expected
    assert set(judged.unread) >= set(counted)


def test_every_template_is_judged() -> None:
    files = {one.name for one in FOLDER.glob("*.json") if not one.name.endswith(PARAMETERS)}
    assert files == set(EXPECTED)
    assert len(files) >= 10
