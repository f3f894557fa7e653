"""Numeric derivatives: right, and off by no more than they say."""

import math

import pytest

from mathlab import Value, sin, symbols
from mathlab.calculus.numeric import Estimate, central_difference, derivative
from mathlab.calculus.order import inputs_first

#     a function, a point, its slope there by the book
SLOPES = (
    (math.exp, 0.0, 1.0),
    (math.exp, 5.0, math.exp(5)),
    (math.exp, -20.0, math.exp(-20)),
    (math.sin, 1.0, math.cos(1)),
    (math.sin, 1000.0, math.cos(1000)),
    (math.cos, 0.0, 0.0),
    (math.log, 3.0, 1 / 3),
    (math.log, 1e-8, 1e8),
    (math.sqrt, 2.0, 0.5 / math.sqrt(2)),
    (math.sqrt, 1e-12, 0.5e6),
    (math.tanh, 0.5, 1 - math.tanh(0.5) ** 2),
    (math.gamma, 1.0, -0.5772156649015329),
    (math.atan, 100.0, 1 / 10001),
    (lambda x: x**3, -2.0, 12.0),
    (lambda x: 1 / x, 0.001, -1e6),
    (lambda x: x**2, 0.0, 0.0),
    (lambda x: x**10, 10.0, 1e10),
    (lambda x: 5.0, 1.0, 0.0),
    (lambda x: 3 * x + 1, 7.0, 3.0),
    (lambda x: abs(x), 2.0, 1.0),
    (lambda x: x**2, 7, 14.0),
    (lambda x: math.sin(50 * x), 1.0, 50 * math.cos(50)),
    (lambda x: math.sin(500 * x), 0.0, 500.0),
    (lambda x: math.exp(-x * x), 0.3, -0.6 * math.exp(-0.09)),
)


@pytest.mark.parametrize(("f", "at", "slope"), SLOPES)
def test_the_error_is_as_large_as_it_says(f, at, slope):
    found = derivative(f, at)
    assert abs(found.value - slope) <= max(found.error, 1e-15)
    assert found.error <= 1e-9 * max(1, abs(slope))


def test_every_evaluation_is_counted():
    calls = []
    found = derivative(lambda x: calls.append(x) or math.exp(x), 1.0)
    assert found.evaluations == len(calls) <= 45


@pytest.mark.parametrize(("h", "slope"), [(1.0, 13.0), (0.1, 12.01), (-0.1, 12.01)])
def test_central_differences_of_a_cube(h, slope):
    # ((x + h)**3 - (x - h)**3) / 2h = 3x**2 + h**2
    assert central_difference(lambda x: x**3, 2.0, h) == pytest.approx(slope)


def test_the_first_step_may_be_chosen():
    rough = derivative(lambda x: math.sin(1e6 * x), 0.3, scale=1e-7)
    assert rough.value == pytest.approx(1e6 * math.cos(3e5), abs=1.0)


@pytest.mark.parametrize(
    ("f", "at"),
    [(lambda x: float(x > 0), 0.0), (lambda x: math.copysign(abs(x) ** 0.5, x), 0.0)],
    ids=["a jump", "an upright tangent"],
)
def test_where_there_is_no_slope_the_error_is_large(f, at):
    assert derivative(f, at).error > 0.1


def test_a_value_that_is_no_number_gives_none():
    found = derivative(lambda x: math.nan, 1.0)
    assert math.isnan(found.value)
    assert found.error == math.inf


def test_errors_of_the_function_are_its_own():
    with pytest.raises(ValueError):
        derivative(math.log, 0.0)


def test_an_estimate_has_names():
    assert Estimate(1.0, 0.5, 3)._asdict() == {"value": 1.0, "error": 0.5, "evaluations": 3}


def test_of_values_leaves_the_graph_alone():
    x = Value(1.0, "x")
    y = sin(x) * x
    before = [node.data for node in inputs_first(y)]
    found = y.numeric_derivative(x)
    assert abs(found.value - (math.sin(1) + math.cos(1))) <= found.error < 1e-10
    assert [node.data for node in inputs_first(y)] == before


def test_of_values_it_does_not_look_at_the_slopes(monkeypatch):
    monkeypatch.setattr(sin, "slopes", (None,))
    x = Value(1.0, "x")
    assert sin(x).numeric_derivative(x).value == pytest.approx(math.cos(1))


def test_of_another_input_it_is_zero():
    assert (Value(2.0) * 3).numeric_derivative(Value(1.0)).value == 0.0
    assert symbols("x")[0].name == "x"


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (math.asin, 0.95, 1 / math.sqrt(1 - 0.95**2)),  # the first steps leave the domain
        (math.log, 1e-3, 1e3),
        (lambda x: x * x, 1e16, 2e16),  # floats are 2 apart here
        (lambda x: 1 / x, -0.01, -1e4),
    ],
)
def test_steps_stay_where_f_has_values_and_floats_differ(f, x, slope):
    found = derivative(f, x)
    assert abs(found.value - slope) <= found.error <= 1e-5 * abs(slope)


def test_an_edge_of_the_domain_has_no_two_sided_slope():
    assert derivative(math.sqrt, 0.0).error == math.inf
