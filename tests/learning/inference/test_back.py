"""The way back from a left side: there and back is where one was."""

import pytest

from mathlab.calculus.text.parse import parse
from mathlab.errors import DataError, DomainError
from mathlab.learning.inference.back import inverse


@pytest.mark.parametrize(
    "text",
    ["y", "log(y)", "log2(y)", "log10(y)", "log1p(y)", "exp(y)", "expm1(y)", "sqrt(y)", "cbrt(y)",
     "-y", "1/y", "y/3", "3*y", "y*3", "5 - y", "y - 5", "y + 2", "2 + y", "y**2", "y**3",
     "y**-0.5",
     "2**y", "log(y/(1 - y))", "log(1/y)", "2*log10(y/100) + 1", "sigmoid(y)", "asinh(y)",
     "sinh(y)", "tanh(y)", "atanh(y)", "sqrt(1/(y + 1))", "log(y/(1 - y))/log(2)", "y/(1 - y)"])
@pytest.mark.parametrize("y", [0.02, 0.3, 0.9])
def test_there_and_back(text, y):
    left = parse(text)
    undone = inverse(left)
    assert undone.name == "y"
    assert undone.at(float(left.at(y=y))) == pytest.approx(y, rel=1e-9)


def test_a_root_below_0_is_that_of_0():
    assert inverse(parse("sqrt(y)")).at(-0.5) == 0


@pytest.mark.parametrize("text", ["y + z", "sin(y)", "y*log(y)", "y - 1/y", "absolute(y)", "y**y",
                                  "y/(2 - y)", "y/(1 - 2*y)", "y/(1 + y)", "y/(y - 1)", "y/2 - y",
                                  "y/(y - y/2)", "(1 - y)/(1 - y)"])
def test_where_there_is_no_way_back(text):
    with pytest.raises(DataError, match="there is no way back from"):
        inverse(parse(text))


def test_odds_of_any_part_and_of_any_size():
    """Of odds z, the share is z/(1 + z): here log(y) is that share, 1/2 for odds of 1."""
    assert inverse(parse("log(y)/(1 - log(y))")).at(1.0) == pytest.approx(2.718281828459045**0.5)
    assert inverse(parse("log(y/(1 - y))")).at(800.0) == 1.0


def test_a_square_is_not_below_0():
    with pytest.raises(DomainError):
        inverse(parse("y**2")).at(-1.0)
