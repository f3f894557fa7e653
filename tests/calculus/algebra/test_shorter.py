"""Shorter ways to write a sum: what is not written could not have been taken."""

import pytest

from mathlab import derivative, parse, symbols
from mathlab.calculus.algebra import shorter

FORMULAS = (
    "exp(x)*sin(x)",
    "atan(sinh(x))",
    "asin(sin(x))*x",
    "log(1 + x**2)/(1 + x)",
    "sqrt(x**2 + 1)*tanh(x)",
    "(x**2 + 1)**3*cos(2*x)",
    "atan(x/(1 + x))*log(x)**2",
    "tan(2*x)**2*exp(3*x)",
    "(x + 1/x)*(2*x + y)/(x - y)",
    "1/(1 + exp(-3*x))**2",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_the_shortest_is_the_same_if_every_way_is_written(
        text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (x,) = symbols("x")
    found = str(derivative(parse(text), x))
    monkeypatch.setattr(shorter, "_least", lambda book, way: 0)
    assert str(derivative(parse(text), x)) == found


def test_no_way_is_shorter_than_was_foreseen(monkeypatch: pytest.MonkeyPatch) -> None:
    (x,) = symbols("x")
    least, written, lengths = shorter._least, shorter._written, list[tuple[float, float]]()

    def noted(algebra: shorter.Collects, way: shorter.Way) -> shorter.Value:
        node = written(algebra, way)
        lengths.append((least(algebra.book, way), algebra.book.length.get(node, 1)))
        return node

    monkeypatch.setattr(shorter, "_least", lambda book, way: 0)
    monkeypatch.setattr(shorter, "_written", noted)
    for text in FORMULAS:
        derivative(parse(text), x)
    assert len(lengths) > 100
    assert all(foreseen <= length for foreseen, length in lengths)
