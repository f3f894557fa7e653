"""A program in parts: the same numbers as in one piece, whatever the pieces and the names."""

import random

import pytest

from mathlab import Value, relu, sin, symbols, total, where
from mathlab.calculus.code import parts
from mathlab.calculus.code.compile import compile_formula, compile_rows
from mathlab.calculus.code.parts import in_parts
from mathlab.calculus.code.script import WIDEST
from mathlab.calculus.graph.upstairs import swept_gradient
from tests.thinned import thinned

X, Y = symbols("x y")


def run(functions, lines, known, given, result):
    """The number that a program gives."""
    names = {**known, **given}
    for text in functions:
        exec(text, names)
    exec("\n".join(lines), names)
    return eval(result, names)


@pytest.mark.parametrize("longest", [1, 2, 3, 10, 59, 60])
@pytest.mark.parametrize("seed", range(5))
def test_random_programs_in_parts(longest, seed):
    dice = random.Random(seed)
    names, lines = ["x", "y", "unused"], []
    for i in range(60):
        a, b = dice.choice(names), dice.choice(names)
        name = dice.choice(["s_1", f"v_{i}", "é"])  # some are given again, as a wide sum is
        lines.append(f"{name} = {a}*{b} + 1e-3" if i % 3 else f"{name} = {a} - {b}*0.5")
        names.append(name)
    result = f"({names[-1]}, {names[20]}, {names[40]}, y)"
    given = {"x": 0.5, "y": 0.25, "unused": 2.0}
    found = in_parts(lines, given, result, {*names}, longest)
    assert run(*found, given, result) == run([], lines, {}, given, result)
    assert all(text.count("\n") <= longest + 3 for text in found.functions)
    assert bool(found.functions) == (longest < 60)


@pytest.fixture
def short_parts(monkeypatch):
    """A few lines in each function."""
    monkeypatch.setattr(parts.in_parts, "__defaults__", (7,))
    monkeypatch.setattr("mathlab.calculus.code.compile.LONGEST", 7)


def grown(x, y, count):
    """A formula with shared parts, functions, branches and a wide sum."""
    u, v = x, y
    for i in range(count):
        u, v = u * 0.5 + v * 0.25, sin(u) - v / (3 + i)
        v = where(u, v * u, relu(v)) if i % 5 == 0 else v
    return total([u, v, *(u * i for i in range(WIDEST + 3)), *(v * i for i in range(5))])


@pytest.mark.parametrize("names", ["x y", "kept part_1", "reads reads_1", "sum_1 exactly"])
def test_a_formula_and_its_slopes(short_parts, names):
    x, y = symbols(names)
    formula = grown(x, y, 20)
    outputs = [formula, *swept_gradient(formula, [x, y]), x]
    compiled = compile_formula(outputs, [x, y])
    assert compiled.source.count("def ") > 5
    for at in ((0.5, 1.5), (-1.0, 0.25), (2, 1)):
        given = dict(zip((x.name, y.name), at, strict=True))
        assert compiled(*at) == pytest.approx([f.at(**given) for f in outputs], rel=1e-12)


def test_rows(short_parts):
    a, b = symbols("a b")
    formula = grown(a, b, 5) * X + grown(X * a, Y * b, 5)
    sums = {"loss": formula, "slope": swept_gradient(formula, [a])[0]}
    compiled = compile_rows(sums, [a, b], [X, Y])
    before, _, loop = compiled.source.partition("for x, y in rows:")
    assert "part_1(kept)" in before
    assert loop.count("(kept_)") > 2
    rows = [(0.5, 1.0), (1.5, -0.25), (0.0, 2.0)]
    assert compiled(rows, 0.5, 0.75) == pytest.approx([
        sum(f.at(a=0.5, b=0.75, x=x, y=y) for x, y in rows) for f in sums.values()], rel=1e-12)


def test_long_programs_of_every_width():
    count = len(thinned(range(60_000), keep=10_000))
    xs = [Value.symbol(f"x{i}") for i in range(count)]
    product, deep = xs[0], xs[0]
    for x in xs[1:]:
        product, deep = product * x, deep * 0.5 + x * x
    at = [1 + (i % 7 - 3) / 1e4 for i in range(count)]
    for formula in (product, deep, sum(xs), total(x * x for x in xs)):
        slopes = swept_gradient(formula, [(x,) for x in xs])
        value, *found = compile_formula([formula, *slopes], [(x,) for x in xs])(*at)
        values = [Value(number) for number in at]
        plain = compile_formula(formula, [(x,) for x in xs], kind=object)(*values)
        plain.backward()
        assert value == pytest.approx(plain.data, rel=1e-9)
        assert found == pytest.approx([x.grad for x in values], rel=1e-9)
