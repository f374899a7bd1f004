"""Loading: what lies over what, and every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stacks import SettingsError, load
from stacks.loading import merge
from stacks.types import ENCRYPTED

Write = Callable[[Mapping[str, Any]], None]

VALUES = st.recursive(
    st.integers() | st.sampled_from(["", "x"]) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)


def problems(folder: Path, stack: str = "dev", handed: Mapping[str, object] | None = None) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load(stack, handed, folder=folder)
    return caught.value


def paths(error: SettingsError) -> list[tuple[str | int, ...]]:
    return [problem.path for problem in error.problems]


def test_defaults_lie_below_the_stack(folder: Path, write_dev: Write) -> None:
    write_dev({"cost_centre": "TI-2", "budget": {"monthly_amount": 7}})
    loaded = load("dev", folder=folder)
    assert loaded.cost_centre == "TI-2"
    assert loaded.budget.monthly_amount == 7
    assert loaded.budget.contacts == ("owner@gov.example",)


def test_a_list_replaces_the_list_below(folder: Path, write_dev: Write) -> None:
    write_dev({"budget": {"contacts": ["other@gov.example"]}})
    assert load("dev", folder=folder).budget.contacts == ("other@gov.example",)


def test_null_removes_a_default(folder: Path, write_dev: Write) -> None:
    write_dev({"owner": None})
    assert paths(problems(folder)) == [("owner",)]


@given(below=MAPPINGS, above=MAPPINGS)
def test_the_upper_plain_value_always_wins(below: dict[str, Any], above: dict[str, Any]) -> None:
    merged = merge(below, above)
    assert set(merged) == set(below) | set(above)
    for key, value in merged.items():
        if key not in above:
            assert value == below[key]
        elif not isinstance(above[key], dict):
            assert value == above[key]
        else:
            assert value == merge(below.get(key) if isinstance(below.get(key), dict) else {}, above[key])


@given(below=MAPPINGS)
def test_merging_the_same_again_or_nothing_changes_nothing(below: dict[str, Any]) -> None:
    assert merge(below, {}) == below
    assert merge(below, below) == below
    assert merge(below, dict.fromkeys(below)) == {}


def test_merging_leaves_both_sides_alone() -> None:
    below, above = {"a": {"b": 1}}, {"a": {"c": None, "b": None}}
    assert merge(below, above) == {"a": {}}
    assert (below, above) == ({"a": {"b": 1}}, {"a": {"c": None, "b": None}})


def test_what_pulumi_hands_over_wins_over_the_file(folder: Path, dev_settings: dict[str, Any]) -> None:
    assert load("dev", {**dev_settings, "cost_centre": "TI-9"}, folder=folder).cost_centre == "TI-9"
    assert load("dev", dev_settings, folder=folder) == load("dev", folder=folder)


def test_what_pulumi_hands_over_needs_no_file(folder: Path, dev_settings: dict[str, Any]) -> None:
    (folder / "Pulumi.dev.yaml").unlink()
    assert load("dev", dev_settings, folder=folder).environment == "dev"
    error = problems(folder, handed={**dev_settings, "nam": "x"})
    assert "the values that Pulumi handed over" in str(error)
    assert "Did you mean 'name'?" in str(error)


def test_an_unknown_stack_names_the_known_ones(folder: Path) -> None:
    text = str(problems(folder, "deb"))
    assert "There is no file stacks/Pulumi.deb.yaml. Did you mean 'dev'?" in text
    assert "The stacks are: dev." in text


def test_a_stack_serves_the_environment_of_its_name(folder: Path, write_dev: Write) -> None:
    write_dev({"environment": "prod", "protect_stateful": True, "storage": {"replication": "ZRS"}})
    error = problems(folder)
    assert ("environment",) in paths(error)
    assert "The environment is 'prod', but the stack is 'dev'." in str(error)


@pytest.mark.parametrize("missing", ["defaults.yaml", "Pulumi.dev.yaml"])
def test_a_missing_file_is_no_traceback(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    assert f"stacks/{missing}" in str(problems(folder))


def test_a_file_that_is_a_folder_is_no_traceback(folder: Path) -> None:
    (folder / "defaults.yaml").unlink()
    (folder / "defaults.yaml").mkdir()
    assert "The file can't be read" in str(problems(folder))


def test_a_key_too_many_does_not_hide_the_rules(folder: Path, write_dev: Write) -> None:
    write_dev({"colour": "red", "budget": {"start_date": "2026-12-02"}})
    assert set(paths(problems(folder))) == {("colour",), ("budget", "start_date")}


@pytest.mark.parametrize(
    ("changes", "closest"),
    [
        ({"ownr": "x"}, "owner"),
        ({"budget": {"monthly_amout": 1}}, "monthly_amount"),
        ({"network": {"subnets": {"gpu_pol": "10.40.9.0/24"}}}, "gpu_pool"),
        ({"network": {"egress": {"public_ip_cont": 1}}}, "public_ip_count"),
        ({"cluster": {"gpu_pools": {"t4": {"min_cout": 1}}}}, "min_count"),
        ({"cluster": {"gpu_pools": {"t4": {"spot": {"fallback": False, "max_prce": 1.0}}}}}, "max_price"),
        ({"cluster": {"maintenance": {"duration_hour": 5}}}, "duration_hours"),
    ],
)
def test_a_misspelled_key_finds_its_name_at_every_depth(
    folder: Path, write_dev: Write, changes: dict[str, Any], closest: str
) -> None:
    write_dev(changes)
    error = problems(folder)
    assert len(error.problems) == 1
    assert error.problems[0].fix == f"Rename it to '{closest}'."
    assert error.problems[0].place is not None
    assert error.problems[0].place.line > 0


def test_the_key_of_another_kind_of_egress_is_unknown(folder: Path, write_dev: Write) -> None:
    write_dev({"network": {"egress": {"next_hop": "10.250.0.4"}}})
    (problem,) = problems(folder).problems
    assert problem.what == "'next_hop' is not a key of the section 'network.egress'."
    assert problem.fix == "Remove it. The keys here are: idle_timeout_minutes, kind, public_ip_count."


def test_an_encrypted_text_does_not_stop_a_reading_without_pulumi(folder: Path, write_dev: Write) -> None:
    secret = {"secure": "v1:abc:def"}
    write_dev({"owner": secret, "budget": {"contacts": [secret]}, "access": {"auditors": secret}})
    loaded = load("dev", folder=folder)
    assert loaded.owner == ENCRYPTED
    assert loaded.budget.contacts == (ENCRYPTED,)
    assert loaded.access.auditors == ENCRYPTED


def test_an_encrypted_value_that_is_no_text_is_refused_without_showing_it(folder: Path, write_dev: Write) -> None:
    write_dev({"budget": {"monthly_amount": {"secure": "v1:abc:def"}}})
    error = problems(folder)
    assert paths(error) == [("budget", "monthly_amount")]
    assert "v1:abc:def" not in str(error)


@pytest.mark.parametrize(
    "changes",
    [
        {"owner": "hunter2"},
        {"cluster": {"gpu_pools": {"t4": {"vm_size": "Standard_hunter2"}}}},
        {"network": {"egress": {"kind": "hunter2"}}},
        {"environment": "hunter2"},
    ],
)
def test_a_secret_that_pulumi_decrypted_is_in_no_message(
    folder: Path, write_dev: Write, dev_settings: dict[str, Any], changes: dict[str, Any]
) -> None:
    write_dev(_encrypted(changes))
    error = problems(folder, handed=merge(dev_settings, changes))
    assert "hunter2" not in str(error)
    assert "hunter2" not in repr(error)


def _encrypted(changes: Any) -> Any:
    return (
        {key: _encrypted(value) for key, value in changes.items()} if isinstance(changes, dict) else {"secure": "v1:x"}
    )
