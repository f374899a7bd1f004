from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.figures import (
    Figure,
    Target,
    Verdict,
    differences,
    is_linear,
    number,
    percentile,
    ratios,
    slopes,
    spread,
)

VALUES = st.lists(st.floats(min_value=0.001, max_value=1e6), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("values", "target", "verdict"),
    [
        ((7.0, 8.0, 30.0), Target(8), Verdict.MET),  # the limit itself is kept, and one disturbed run moves nothing
        ((8.1,), Target(8), Verdict.MISSED),
        ((3.0,), Target(3, at_least=True), Verdict.MET),
        ((2.9,), Target(3, at_least=True), Verdict.MISSED),
        ((), Target(8), Verdict.UNKNOWN),
        ((1.0,), None, Verdict.NONE),
        ((), None, Verdict.NONE),
    ],
)
def test_a_verdict_is_that_of_the_median(values: tuple[float, ...], target: Target | None, verdict: Verdict) -> None:
    assert Figure("preview", "s", values, target).verdict is verdict


@given(VALUES, st.floats(min_value=0.1, max_value=100))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(values: list[float], percent: float) -> None:
    found = percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) >= len(values) * percent / 100
    assert sum(value < found for value in values) < len(values) * percent / 100


def test_the_usual_percentiles() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert [percentile(values, percent) for percent in (50, 95, 100)] == [50, 95, 100]


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1.0], 0), ([1.0], 101)])
def test_a_percentile_of_nothing_is_an_error(values: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match="%"):
        percentile(values, percent)


def test_runs_are_compared_in_pairs() -> None:
    assert ratios((9.0, 20.0), (3.0, 5.0)) == (3.0, 4.0)
    assert differences((9.0, 20.0), (3.0, 5.0)) == (6.0, 15.0)
    with pytest.raises(ValueError, match="zip"):
        ratios((9.0,), (3.0, 5.0))


@given(st.floats(min_value=0, max_value=100), st.floats(min_value=0.01, max_value=10))
def test_what_a_run_costs_before_its_first_resource_is_not_growth(start: float, cost: float) -> None:
    points = [(size, start + cost * size / 100) for size in (100, 300, 1000, 3000)]
    slope = slopes(points)
    assert slope == pytest.approx([cost] * 3)
    assert is_linear(slope) is True


def test_quadratic_growth_is_not_linear() -> None:
    assert is_linear(slopes([(size, 1 + (size / 1000) ** 2 * 28) for size in (100, 300, 1000, 3000)])) is False


@pytest.mark.parametrize("slope", [[], [1.0], [0.0, 1.0], [-0.1, 1.0]])
def test_too_few_sizes_or_a_disturbed_first_one_say_nothing(slope: list[float]) -> None:
    assert is_linear(slope) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (0.424, "0.42"),
        (4.25, "4.25"),
        (42.46, "42.5"),
        (424.6, "425"),
        (12345.0, "12,345"),
        (-0.5, "-0.50"),
    ],
)
def test_numbers_show_the_digits_that_mean_something(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("values", "unit", "text"),
    [
        ((), "s", "not measured"),
        ((4.25,), "s", "4.25 s"),
        ((3.66,), "×", "3.66×"),
        ((5.0, 4.0, 12.0), "s", "5.00 s (4.00–12.0)"),
    ],
)
def test_a_spread_is_the_median_with_its_extremes(values: tuple[float, ...], unit: str, text: str) -> None:
    assert spread(values, unit) == text
