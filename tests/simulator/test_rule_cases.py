"""Each rule refuses what it is there for, is silent about its neighbours, and never judges what it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from simulator.catalog import Catalog
from simulator.errors import ArmError, Refusal
from simulator.model import model_of, modelled_tokens
from simulator.rule import Rule
from simulator.values import UNKNOWN
from tests.simulator.azure import Azure, token_of
from tests.simulator.failures import in_subscription
from tests.simulator.rule_cases import Fixtures, Row, rows, without

ROWS = rows()


@pytest.fixture(scope="session")
def fixtures(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Fixtures:
    return Fixtures(catalog, tmp_path_factory.mktemp("fixtures"))


@contextmanager
def opened(fixtures: Fixtures, row: Row, folder: Path, name: str = "one") -> Iterator[Azure]:
    with in_subscription(row.subscription), fixtures.open(row, folder / f"{name}.sqlite") as azure:
        yield azure


def write(azure: Azure, row: Row, inputs: dict[str, Any], *, preview: bool) -> tuple[Refusal, ...]:
    """Why the inputs are refused, after what was written before."""
    try:
        if row.old is None:
            azure.create(row.token, "subject", inputs, preview=preview)
        else:
            made = azure.create(row.token, "subject", row.inputs(row.old))
            azure.update(row.token, "subject", made, inputs, preview=preview)
    except ArmError as error:
        return error.refusals
    return ()


def rule_of(row: Row) -> Rule:
    found = [rule for rule in model_of(token_of(row.token)).rules if rule.id == row.rule]
    assert found, f"{row.token} has no rule {row.rule}"
    return found[0]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_rule_refuses_what_it_is_there_for(fixtures: Fixtures, row: Row, tmp_path: Path) -> None:
    expected = rule_of(row)
    with opened(fixtures, row, tmp_path) as azure:
        found = write(azure, row, row.inputs(row.bad), preview=True)
    assert {refusal.rule for refusal in found} == {row.rule, *row.also}, "\n".join(map(str, found))
    assert all(refusal.code == expected.code for refusal in found if refusal.rule == row.rule)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_the_row_calls_good_goes_through(fixtures: Fixtures, row: Row, tmp_path: Path) -> None:
    assert row.good, "a rule without a near miss could refuse everything"
    for number, changes in enumerate(row.good):
        with opened(fixtures, row, tmp_path, str(number)) as azure:
            found = write(azure, row, row.inputs(changes), preview=False)
        assert not found, f"good {number}: " + "\n".join(map(str, found))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_rule_does_not_judge_what_it_does_not_know(fixtures: Fixtures, row: Row, tmp_path: Path) -> None:
    inputs = row.inputs(row.bad)
    with opened(fixtures, row, tmp_path) as azure:
        targets = {r.target for r in write(azure, row, inputs, preview=True) if r.rule == row.rule and r.target}
    for number, path in enumerate(sorted({*targets, *rule_of(row).reads})):
        changed = without(inputs, path, UNKNOWN)
        if set(changed) != set(inputs) or path in azure.service.type_of_token(token_of(row.token))[1].parameters:
            continue
        with opened(fixtures, row, tmp_path, f"unknown-{number}") as azure:
            found = write(azure, row, changed, preview=True)
        assert row.rule not in {r.rule for r in found}, f"refused while {path} is not known"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_rule_knows_what_azure_takes_for_an_absent_value(fixtures: Fixtures, row: Row, tmp_path: Path) -> None:
    inputs = row.inputs(row.bad)
    with opened(fixtures, row, tmp_path) as azure:
        targets = {r.target for r in write(azure, row, inputs, preview=True) if r.rule == row.rule and r.target}
    for number, path in enumerate(sorted(targets)):
        changed = without(inputs, path)
        if changed == inputs:
            assert row.absent == "refused", f"{path} is absent already: say so with `absent: refused`"
            continue
        with opened(fixtures, row, tmp_path, f"absent-{number}") as azure:
            if azure.problems(row.token, "subject", changed):
                # The SDK requires it, so no program gets as far as the rule.
                continue
            found = write(azure, row, changed, preview=True)
        refused = row.rule in {r.rule for r in found}
        assert refused == (row.absent == "refused"), f"{path} left out: {'' if refused else 'not '}refused"


# Rules that need more than one resource with changes, or a list too long for a row, and where they are shown.
SHOWN_ELSEWHERE = {
    "test_registry_changes.py": {
        "acr-cache-limit", "acr-downgrade-connected", "acr-downgrade-replications", "acr-export-pipelines",
        "acr-scope-map-limit", "acr-soft-delete-alone",
    },
    "test_data_limits.py": {
        "acr-ip-rules-limit", "kv-access-policy-limit", "kv-secret-size", "pol-assignment-texts", "pol-exemption-texts",
        "role-texts", "st-immutability-stays-locked", "st-locked-immutability-grows", "st-network-rule-limit",
    },
    "test_aks_versions.py": {"aks-pools-within-skew"},
    "test_backup_changes.py": {"bv-redundancy-stays"},
    "test_identity_rules.py": {"mi-fic-limit", "ra-principal-type-differs", "ra-principal-type-missing"},
}  # fmt: skip


def test_every_rule_is_shown() -> None:
    rules = {rule.id for token in modelled_tokens() for rule in model_of(token).rules}
    elsewhere = {rule for shown in SHOWN_ELSEWHERE.values() for rule in shown}
    in_rows = {row.rule for row in ROWS}
    assert rules - in_rows - elsewhere == set(), "give these a row in tests/simulator/rules"
    assert elsewhere <= rules - in_rows, "these have a row, or are gone"
    folder = Path(__file__).parent / "resources"
    assert all((folder / file).is_file() for file in SHOWN_ELSEWHERE)
