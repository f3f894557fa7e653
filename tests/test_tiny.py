"""The page keeps its word: each of its rows, sweeps, formulas and steps is that of the house."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from mathlab import Value, parse, symbols, tiny
from mathlab.calculus.algebra.differentiate import derivative
from mathlab.calculus.graph.operations import operation_named
from mathlab.calculus.graph.upstairs import swept_gradient
from mathlab.calculus.proof.same import differ
from mathlab.errors import DomainError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer

ROOT = Path(__file__).parents[1]
ROWS = [row for row in vars(tiny).values() if isinstance(row, tiny.Row) and row.slopes]
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def test_it_has_ten_rows_or_so():
    assert 10 <= len(ROWS) <= 12


@every_row
def test_each_slope_is_that_of_the_big_table_as_a_formula(row):
    letters = "uv"[: len(row.slopes)]
    inputs = [tiny.Value(2.0, name) for name in letters]
    big = symbols(" ".join(letters))
    result = operation_named(row.name)(*big)
    for slope, expected in zip(row.slopes, swept_gradient(result, big), strict=True):
        said = tiny.Value(1) * slope(*inputs, row(*inputs))
        assert differ(parse(str(said)), expected) is None


@every_row
def test_a_wrong_slope_would_be_noticed(row, monkeypatch):
    monkeypatch.setattr(row, "slopes", tuple(lambda *a, s=s: s(*a) + 0.001 for s in row.slopes))
    with pytest.raises(AssertionError):
        test_each_slope_is_that_of_the_big_table_as_a_formula(row)


def grown(dice, size, leaves):
    """The same random formula in both engines, some parts of it used more than once."""
    made = [*leaves]
    while len(made) < size + len(leaves):
        row = dice.choice(ROWS)
        inputs = [dice.choice(made[-6:]) for _ in row.slopes]
        if row is tiny.power:
            inputs[1] = (2.0, 2.0) if dice.random() < 0.5 else inputs[1]
        try:
            small = row(*(x for x, _ in inputs))
            big = operation_named(row.name)(*(x for _, x in inputs))
            trial = small.data
            if isinstance(trial, complex) or not abs(trial) < 1e9:
                continue
            small.backward()
            big.backward()
        except (ArithmeticError, ValueError, TypeError, DomainError):
            continue
        made.append((small, big))
    return made[-1]


@pytest.mark.parametrize("seed", range(60))
def test_gradients_are_those_of_backward_to_the_last_bit(seed):
    dice = random.Random(seed)
    numbers = [dice.uniform(0.2, 2.5) for _ in "abc"]
    leaves = [(tiny.Value(number, name), Value(number, name))
              for number, name in zip(numbers, "abc", strict=True)]
    small, big = grown(dice, 12, leaves)
    small.backward()
    big.backward()
    assert small.data == big.data
    assert [x.grad for x, _ in leaves] == [x.grad for _, x in leaves]
    for x, y in leaves:
        formula = tiny.derivative(small, x)
        assert formula.data == pytest.approx(derivative(big, y).data, rel=1e-9, abs=1e-9)
        if len(text := str(formula)) < 200:
            assert differ(parse(text), parse(str(derivative(big, y)))) is None


def test_the_text_is_the_formula():
    x, y = (tiny.Value(2.0, name) for name in "xy")
    for f in (x - (y - x), x / (y / x), -(x + y) ** 2, (x**y) ** x, x ** (y**x), -tiny.sin(-x)):
        assert parse(str(f)).at(x=2.0, y=2.0) == f.data


@pytest.mark.parametrize(
    ("f", "formula"),
    [
        (lambda x: x**2 * tiny.sin(x), "x ** 2 * cos(x) + sin(x) * (2 * x)"),
        (lambda x: x + 0, "1"),
        (lambda x: 3 * x, "3"),
        (lambda x: x, "1"),
        (lambda x: tiny.exp(x), "exp(x)"),
        (lambda x: tiny.Value(7.0, "other") ** 2, "0"),
    ],
)
def test_zeros_and_ones_are_put_away(f, formula):
    x = tiny.Value(1.5, "x")
    assert str(tiny.derivative(f(x), x)) == formula


def test_its_walk_is_the_trainers_step_by_step():
    dice = random.Random(3)
    xs = [dice.uniform(-1, 1) for _ in range(50)]
    ys = [3 * x - 2 + dice.gauss(0, 0.5) for x in xs]
    trainer = Trainer(
        "y = slope*x + intercept", optimizer=GradientDescent(0.4), method="backward"
    ).fit(Table({"x": xs, "y": ys}), {"slope": 0.0, "intercept": 0.0}, steps=10)
    walk = list(tiny.train(list(zip(xs, ys, strict=True))))
    assert walk == [(*step.position, step.loss) for step in trainer.history]


def test_a_long_chain_needs_no_recursion():
    x = tiny.Value(1.0, "x")
    y = x
    for _ in range(50_000):
        y = y * 1.00001
    y.backward()
    assert x.grad == pytest.approx(1.00001**50_000)
    assert tiny.derivative(y, x).data == pytest.approx(x.grad)


def test_by_the_witness():
    x = tiny.Value(0.7, "x")
    f = lambda x: tiny.exp(-x) * tiny.cos(x) / tiny.log(x + 2)
    f(x).backward()
    assert tiny.central_difference(f, 0.7) == pytest.approx(x.grad, rel=1e-9)


# What stands in the file, and what it prints


def ran(*arguments):
    return subprocess.run(
        [sys.executable, "-S", "-m", "mathlab.tiny", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True,
    )


def test_on_the_films():
    told = ran().stdout
    assert "3.151643664 = x ** 2 * cos(x) + sin(x) * (2 * x)" in told
    assert "3,193 rows of 3,201" in told
    assert told.splitlines()[-1] == "revenue = 2.8043*budget -1.9242e+06"


def test_on_a_file_of_ones_own(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("\ufeffhours,points\n1,5\n2,7\n3,9\n4,\n", encoding="utf-8")
    last = ran(file, "hours", "points").stdout.splitlines()[-1]
    slope, intercept = last.removeprefix("points = ").split("*hours ")
    assert float(slope) == pytest.approx(2, rel=1e-3)
    assert float(intercept) == pytest.approx(3, rel=1e-3)


@pytest.mark.parametrize(
    ("arguments", "text", "message"),
    [
        (("x", "z"), "x,y\n1,2\n3,4\n", "'z'"),
        (("x", "y"), "x,y\n1,2\n", "at least two"),
        (("x", "y"), "", "at least one"),
        (("x", "y"), "x,y\n1,two\n3,4\n", "'two'"),
        (("x", "y"), "x,y\n1,2\n1,4\n", "division"),
        (("x", "y", "z"), "x,y\n1,2\n", "arguments"),
        (("x", "y"), "x,y\n1,2e200\n2,1e200\n", "out of range"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, arguments, text, message):
    file = tmp_path / "own.csv"
    file.write_text(text, encoding="utf-8")
    told = ran(file, *arguments)
    assert told.returncode == 1
    assert told.stderr.startswith("error: ")
    assert told.stderr.count("\n") == 1
    assert message in told.stderr
    assert "two columns of numbers" in told.stderr


def test_a_file_that_is_not_there():
    assert "no-such-file.csv" in ran("no-such-file.csv", "x", "y").stderr
