"""One storey up: which numbers are worked out there, and which stay as they are written."""

import pytest

from mathlab import Value, parse, symbols
from mathlab.calculus.graph.upstairs import swept_gradient

X, Y = symbols("x y")

#   a formula              its derivative by x, as the sweep leaves it
SWEPT = (
    (X**3,                 "3*x**2"),
    (X**1000,              "1000*x**999"),  # of a thousand on, no number is worked out
    (X**1001,              "1001*x**(1001 - 1)"),
    (X**-1000,             "-1000*x**-1001"),
    (X**-1001,             "-1001*x**(-1001 - 1)"),
    (X**2.5,               "2.5*x**(2.5 - 1)"),  # nothing is rounded
    (X**4.0,               "4.0*x**3.0"),
    (X * Value(7.0),       "7.0"),
    (X * Y + X,            "1 + y"),
    (parse("pi*x"),        "pi"),
    (Y * 2,                "0"),
    (X,                    "1"),
)


@pytest.mark.parametrize(("formula", "slope"), SWEPT, ids=lambda each: str(each))
def test_what_the_sweep_leaves(formula, slope):
    assert str(swept_gradient(formula, [X])[0]) == slope
