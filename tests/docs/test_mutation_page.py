"""The page of faults counts what the mutation test keeps, and shows what was not found."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from docs import mutation_page
from policies.catalogue import rules


def row(fault: str, resources: str, put: int, found: int) -> dict[str, object]:
    return {
        "fault": fault, "resources": resources, "put": put, "examples": 2, "found": found, "companions": ["AKS-001"]
    }  # fmt: skip


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    kept = {
        "AKS-002": [row("`a|b` taken away", "ManagedCluster 1", 1, 3), row("never", "", 0, 1)],
        "GOV-001": [row("no tag", "A 1, B 2, C 3, D 4, E 1000", 1010, 1012)],
    }
    for rule_id, rows in kept.items():
        (tmp_path / f"{rule_id}.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    monkeypatch.setattr(mutation_page, "GOLDENS", tmp_path)
    return mutation_page.render()


def test_it_counts_faults(page: str) -> None:
    assert f"1,016 of 1,017 faults are found: {len(rules())} rules" in page


def test_what_was_not_found_is_bold(page: str) -> None:
    rows = [line for line in page.splitlines() if line.startswith("| [")]
    assert rows == [
        "| [AKS-002](rules/aks.md#aks-002) | `a\\|b` taken away | ManagedCluster 1 | 1 | 2 | all | AKS-001 |",
        "| [AKS-002](rules/aks.md#aks-002) | never | none | 0 | 2 | **1 of 2** | AKS-001 |",
        "| [GOV-001](rules/governance.md#gov-001) | no tag | 1010, of 5 types | 1010 | 2 | all | AKS-001 |",
    ]
