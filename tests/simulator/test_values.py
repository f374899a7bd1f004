"""Values survive the wire as they are: unknowns, secrets, numbers, and what `None` and `False` are not."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf import struct_pb2
from hypothesis import given
from hypothesis import strategies as st

from simulator import values
from simulator.values import OUTPUT, SECRET, SIGNATURE, UNKNOWN, UNKNOWN_SENTINELS, Secret

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**53), max_value=2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)
PLAIN = st.recursive(
    SCALARS, lambda child: st.lists(child, max_size=3) | st.dictionaries(NAMES, child, max_size=3), max_leaves=12
)
ANY = st.recursive(
    SCALARS | st.just(UNKNOWN),
    lambda child: (
        st.lists(child, max_size=3)
        | st.dictionaries(NAMES, child, max_size=3)
        | child.filter(lambda value: not isinstance(value, Secret)).map(Secret)
    ),
    max_leaves=12,
)


def test_there_is_one_unknown_and_it_refuses_to_be_true_or_false() -> None:
    assert values.Unknown() is UNKNOWN
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)


def test_a_secret_does_not_show_its_value() -> None:
    assert "hunter2" not in repr({"password": Secret("hunter2")})


@given(st.dictionaries(NAMES, ANY, max_size=4))
def test_properties_survive_the_wire(properties: dict[str, Any]) -> None:
    assert values.from_struct(values.to_struct(properties)) == properties


@given(st.dictionaries(NAMES, ANY, max_size=4))
def test_the_wire_keeps_true_apart_from_one(properties: dict[str, Any]) -> None:
    received = values.from_struct(values.to_struct(properties))
    assert _types(received) == _types(properties)


def _types(value: Any) -> Any:
    """The kinds of a value, where an integral double counts as a whole number: the wire has only doubles."""
    if isinstance(value, dict):
        return {name: _types(child) for name, child in value.items()}
    if isinstance(value, list):
        return [_types(child) for child in value]
    if isinstance(value, Secret):
        return ("secret", _types(value.value))
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value)


@pytest.mark.parametrize("sentinel", sorted(UNKNOWN_SENTINELS))
def test_the_unknown_of_every_kind_is_unknown(sentinel: str) -> None:
    struct = struct_pb2.Struct()
    struct.update({"a": sentinel, "b": {"c": [sentinel]}})
    assert values.from_struct(struct) == {"a": UNKNOWN, "b": {"c": [UNKNOWN]}}


def test_integral_numbers_arrive_as_whole_numbers() -> None:
    received = values.from_struct(values.to_struct({"count": 3, "price": 2.5, "zero": 0, "off": False}))
    assert {name: type(value) for name, value in received.items()} == {
        "count": int, "price": float, "zero": int, "off": bool,
    }  # fmt: skip


def test_properties_arrive_in_one_order_whatever_the_map_of_the_message_does() -> None:
    assert list(values.from_struct(values.to_struct(dict.fromkeys("zebra", 1)))) == sorted("zebra")


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"value": "x", "secret": True}, Secret("x")),
        ({"value": "x", "secret": False}, "x"),
        ({"value": "x", "dependencies": ["urn"]}, "x"),
        ({"secret": True}, Secret(UNKNOWN)),
        ({}, UNKNOWN),
    ],
)
def test_output_values_become_what_they_hold(output: dict[str, Any], expected: Any) -> None:
    struct = struct_pb2.Struct()
    struct.update({"a": {SIGNATURE: OUTPUT, **output}})
    assert values.from_struct(struct) == {"a": expected}


def test_a_secret_is_on_the_wire_under_pulumis_signature() -> None:
    sent = values.to_struct({"a": Secret("x")}).fields["a"].struct_value.fields
    assert (sent[SIGNATURE].string_value, sent["value"].string_value) == (SECRET, "x")


def test_assets_pass_through_as_they_are() -> None:
    asset = {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "text": "hello"}
    assert values.from_struct(values.to_struct({"a": asset})) == {"a": asset}


@given(st.dictionaries(NAMES, ANY, max_size=4))
def test_secrets_taken_off_can_be_put_back(properties: dict[str, Any]) -> None:
    flat = _one_secret_deep(properties)
    assert values.conceal(values.reveal(flat), list(values.secret_paths(flat))) == flat


def _one_secret_deep(value: Any) -> Any:
    """The value without secrets inside secrets: the outer mark covers them, so they need not come back."""
    if isinstance(value, Secret):
        return Secret(values.reveal(value.value))
    if isinstance(value, dict):
        return {name: _one_secret_deep(child) for name, child in value.items()}
    return [_one_secret_deep(child) for child in value] if isinstance(value, list) else value


@given(st.dictionaries(NAMES, ANY, max_size=4))
def test_nothing_revealed_is_secret(properties: dict[str, Any]) -> None:
    assert list(values.secret_paths(values.reveal(properties))) == []


@given(PLAIN)
def test_plain_values_are_revealed_as_they_are(value: Any) -> None:
    assert values.reveal(value) == value
    assert not values.has_unknown(value)


def test_a_path_that_does_not_exist_conceals_nothing() -> None:
    assert values.conceal({"a": [1]}, [("b",), ("a", 7), ("a", 0, "c")]) == {"a": [1]}


def test_concealing_twice_makes_one_secret() -> None:
    assert values.conceal({"a": Secret(1)}, [("a",)]) == {"a": Secret(1)}


def test_an_unknown_is_found_in_secrets_and_lists() -> None:
    assert values.has_unknown({"a": Secret([{"b": UNKNOWN}])})


def test_a_path_is_written_as_people_write_it() -> None:
    assert values.dotted(("agentPoolProfiles", 0, "vmSize")) == "agentPoolProfiles[0].vmSize"


def test_a_value_below_an_unknown_is_unknown_and_below_an_absent_one_absent() -> None:
    assert values.at({"a": UNKNOWN}, "a.b") is UNKNOWN
    assert values.at({"a": {}}, "a.b.c") is None
    assert values.at({"a": {"b": False}}, "a.b") is False
