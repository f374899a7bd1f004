"""Absent, null, unknown and secret are four different things; paths find what Azure would find."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.values import ABSENT, SECRET, UNKNOWN, Marker, UnjudgeableError, look_up, places, steps, with_value


@pytest.mark.parametrize(
    ("value", "path", "found"),
    [
        ({"a": {"b": 1}}, "a.b", 1),
        ({"a": {"b": False}}, "a.b", False),
        ({"a": {"b": 0}}, "a.b", 0),
        ({"a": {"b": ""}}, "a.b", ""),
        ({"a": {"b": None}}, "a.b", ABSENT),
        ({"a": None}, "a.b", ABSENT),
        ({}, "a.b", ABSENT),
        ({"a": {"b": UNKNOWN}}, "a.b", UNKNOWN),
        ({"a": {"b": SECRET}}, "a.b", SECRET),
        ({"A": {"B": 1}}, "a.b", 1),
        ({"a": {"x/y.z": 1}}, "a[x/y.z]", 1),
        (1, "", 1),
    ],
)
def test_what_stands_at_a_path(value: Any, path: str, found: object) -> None:
    assert look_up(value, path) is found or look_up(value, path) == found


@pytest.mark.parametrize(
    ("value", "where", "why"),
    [
        ({"a": UNKNOWN}, "a", "not known yet"),
        ({"a": SECRET}, "a", "a secret"),
        ({"a": [1]}, "a", "is a list, and an object was expected"),
        ({"a": "text"}, "a", "is a text, and an object was expected"),
        ({"a": True}, "a", "is a boolean, and an object was expected"),
    ],
)
def test_what_can_not_be_looked_into_says_where_and_why(value: Any, where: str, why: str) -> None:
    with pytest.raises(UnjudgeableError) as caught:
        look_up(value, "a.b")
    assert caught.value.path == where
    assert why in str(caught.value)


@pytest.mark.parametrize("marker", Marker)
def test_a_marker_is_neither_true_nor_false(marker: Marker) -> None:
    with pytest.raises(TypeError):
        bool(marker)


def test_a_wildcard_stands_for_every_item_of_a_list_and_every_value_of_a_map() -> None:
    tree = {"a": [{"b": 1}, {"b": 2}], "m": {"x": {"b": 1}, "y.z": {"b": 2}}}
    assert list(places(tree, "a[*].b")) == [("a", "[0]", "b"), ("a", "[1]", "b")]
    assert list(places(tree, "m[*].b")) == [("m", "[x]", "b"), ("m", "[y.z]", "b")]
    assert list(places(tree, "a[*]")) == [("a", "[0]"), ("a", "[1]")]
    assert list(places({}, "a[*].b")) == []
    assert list(places({}, "a.b")) == [("a", "b")]


def test_changing_a_copy_leaves_the_original_alone() -> None:
    tree = {"a": [{"b": 1}, {"b": 2}]}
    assert with_value(tree, steps("a[1].b"), 3) == {"a": [{"b": 1}, {"b": 3}]}
    assert with_value(tree, steps("a[0]"), ABSENT) == {"a": [{"b": 2}]}
    assert with_value(tree, steps("a[0].b"), ABSENT) == {"a": [{}, {"b": 2}]}
    assert with_value({}, steps("a.b"), 1) == {"a": {"b": 1}}
    assert with_value({"A": {"b": 1}}, steps("a.B"), 2) == {"A": {"b": 2}}
    assert tree == {"a": [{"b": 1}, {"b": 2}]}


KEYS = st.text("abc", min_size=1, max_size=2)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(tree=st.dictionaries(KEYS, TREES, max_size=3), path=st.lists(KEYS, min_size=1, max_size=3), value=st.integers())
def test_what_was_put_somewhere_is_found_there(tree: dict[str, Any], path: list[str], value: int) -> None:
    assert look_up(with_value(tree, tuple(path), value), ".".join(path)) == value
