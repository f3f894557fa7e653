"""All methods side by side: they agree, and where one is wrong it shows."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, exp, log, sin
from mathlab.calculus.check import Comparison, compare


@pytest.mark.parametrize("at", [1.5, Fraction(3, 2), Decimal("1.5"), 1e-3])
@pytest.mark.parametrize("f", [lambda x: x**2 + x / 3, lambda x: x * x * x - 2 * x])
def test_the_methods_agree_in_every_kind(f, at):
    x = Value(at, "x")
    found = compare(f(x), x)
    assert set(found.results) == {"backward", "symbolic", "numeric"}
    assert found.largest_difference < 1e-9
    assert type(found.results["backward"]) is type(found.results["symbolic"])


def test_the_table():
    x = Value(1.5, "x")
    lines = str(compare(x**2, x)).splitlines()
    assert lines[0] == "method    derivative  differs by"
    assert lines[1] == "backward           3     0.0e+00"
    assert lines[2] == "symbolic           3     0.0e+00"
    assert lines[3].startswith("numeric            3")


@pytest.mark.parametrize("row", [sin, exp, log])
def test_a_wrong_rule_shows_in_the_comparison(monkeypatch, row):
    (rule,) = row.slopes
    monkeypatch.setattr(row, "slopes", (lambda x, y: 1.001 * rule(x, y),))
    x = Value(1.2, "x")
    assert compare(row(x), x).largest_difference > 1e-4


def test_a_wrong_gradient_shows_in_the_comparison():
    comparison = Comparison({"backward": 3.0, "symbolic": 3.0, "numeric": 3.5})
    assert comparison.largest_difference == 0.5
    assert "5.0e-01" in str(comparison).splitlines()[3]


def test_nan_is_not_agreement():
    for found in ((3.0, 3.0, math.nan), (math.nan, 3.0, 3.0), (math.nan,) * 3, (3.0, math.inf, 3)):
        comparison = Comparison(dict(zip(("backward", "symbolic", "numeric"), found, strict=True)))
        assert comparison.largest_difference == math.inf
    assert Comparison({"backward": math.inf, "symbolic": math.inf}).largest_difference == 0.0


def test_a_value_that_does_not_matter_has_slope_0_whatever_an_earlier_sweep_left():
    x, y = Value(2.0, "x"), Value(3.0, "y")
    (x * x).backward()
    assert compare(y * y, x).results["backward"] == 0
