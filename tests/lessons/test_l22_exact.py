"""Lesson 22: NIST's digits and those found, and where slopes are 0, all worked out anew."""

import csv
import json
import math
import re
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from lessons import l22_exact
from lessons.course import FOLDER
from lessons.data import nist
from lessons.grading.checks import l22_exact as exercise
from mathlab.calculus.numbers.linear_algebra import solve
from mathlab.drawing import Bars, Guide
from mathlab.learning.descent.train import Trainer
from tests.lessons.record import Record, told

HEAD = "from fractions import Fraction\n"
WRONG = [
    ("SLOPE = 1\nINTERCEPT = 1\n", "the gradient at SLOPE = 1, INTERCEPT = 1 | -4 and -2 | 0 and"),
    ("SLOPE = 36/35\nINTERCEPT = 6/5\n", "a float cannot hold this line"),
    (HEAD + "SLOPE = Fraction(36, 35)\nINTERCEPT = 1.2\n", "a float cannot hold this line"),
    (HEAD + "SLOPE = Fraction(36/35)\nINTERCEPT = Fraction(6/5)\n", "made from a float"),
    (HEAD + "SLOPE = Fraction('1.0285714286')\nINTERCEPT = Fraction(6, 5)\n", "cut short"),
    (HEAD + "SLOPE = Fraction(6, 5)\nINTERCEPT = Fraction(36, 35)\n", "right numbers, exchanged"),
    ("SLOPE = 2\nINTERCEPT = 0\n", "| 0 and 0"),
    ("SLOPE = 1\nINTERCEPT = 1.25\n", "one of the slopes is 0, but both must be"),
    ("SLOPE = '36/35'\nINTERCEPT = 0\n", "take the quotes away | SLOPE"),
    ("from decimal import Decimal\nSLOPE = Decimal(36) / 35\n", "give a float or a Fraction"),
    ("SLOPE = 36, 35\n", "a comma makes two"),
    ("SLOPE = 36/0\nINTERCEPT = 0\n", "ZeroDivisionError"),
]


@pytest.fixture(scope="module")
def record():
    return told(22)


def read(name, kind):
    """The rows of a file, each number as its text says; and what NIST knows of it."""
    with (FOLDER / "data" / "nist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: kind(text) for key, text in row.items()} for row in csv.DictReader(file)]
    known = json.loads((FOLDER / "data" / "nist" / "certified.json").read_text(encoding="utf-8"))
    return rows, known[name]


def features(row, name, count):
    """What the levers are multiplied by."""
    if name == "Longley":
        return [1, *(row[f"x{i}"] for i in range(1, count))]
    return [row["x"] ** k for k in range(count)]


def normal_equations(name, kind):
    rows, known = read(name, kind)
    count = len(known["parameters"])
    by_row = [(features(row, name, count), row["y"]) for row in rows]
    matrix = [[sum(f[i] * f[j] for f, _ in by_row) for j in range(count)] for i in range(count)]
    return solve(matrix, [sum(f[i] * y for f, y in by_row) for i in range(count)])


def certified(name):
    _, known = read(name, float)
    return dict(zip(known["parameters"], known["certified"], strict=True))


def printed(number, digits):
    with localcontext(prec=80):
        if isinstance(number, Fraction):
            number = Decimal(number.numerator) / number.denominator
        return f"{Decimal(number):.{digits - 1}E}"


@pytest.mark.parametrize("name", ["Filip", "Wampler5"])
def test_the_problem_is_that_of_the_file(name):
    rows, known = read(name, float)
    problem = nist.problem(name)
    assert list(problem.table["x"]) == [row["x"] for row in rows]
    assert list(problem.table["y"]) == [row["y"] for row in rows]
    assert {k: str(float(v)) for k, v in problem.certified.items()} == {
        lever: str(float(text)) for lever, text in certified(name).items()
    }
    assert problem.start == {}
    assert known["kind"] == "linear"


def test_how_many_digits_agree():
    longley = nist.problem("Longley")
    levers = [*longley.certified.values()]
    assert longley.agreeing(levers) == [15] * 7
    for digits in (1, 5, 14):
        other = [lever * (1 + Decimal(10) ** -digits * 3) for lever in levers]
        assert all(digits - 2 <= n <= digits for n in longley.agreeing(other))
    assert longley.agreeing([-lever for lever in levers]) == [0] * 7
    assert longley.agreeing([0.0] * 7) == [0] * 7


@pytest.mark.parametrize("name", ["Filip", "Longley", "Wampler5"])
def test_fractions_have_all_the_digits_that_nist_has(name):
    exact = normal_equations(name, Fraction)
    problem = nist.problem(name)
    assert l22_exact.solved(problem.surface(), Fraction) == exact
    assert Trainer(problem.model).fit(problem.table).bottom.position == exact
    for lever, found in zip(problem.certified, exact, strict=True):
        assert printed(found, 15) == printed(certified(name)[lever], 15)


def test_the_sum_of_the_opener(record):
    assert "0.30000000000000004" in record.texts[0]
    assert "Fractions  3/10" in record.texts[0]
    off = Fraction(3602879701896397, 2**55) - Fraction("0.1")  # the tenth of floats
    assert f"which is off by {float(off):.0e}." in record.prose


def test_the_table_of_levers(record):
    table = record.tables[0]
    exact = normal_equations("Filip", Fraction)
    assert table["lever"] == [f"b{i}" for i in range(11)]
    assert table["exact"] == [printed(found, 2).lower() for found in exact]
    assert table["right"] == [15] * 11
    assert table["right "] == [0] * 11
    for lever, shown in zip(table["lever"], table["floats"], strict=True):
        assert printed(shown, 1) != printed(certified("Filip")[lever], 1)
    rows, _ = read("Filip", Fraction)
    assert f"Filip has {len(rows)} dots, for a polynomial with 11 levers" in record.prose
    assert len(rows) == 82
    assert "Fractions have 15 digits right in every lever, floats 0 at best." in record.prose
    said = r"of (\d+) and (\d+) digits\. Rounded, at last, to 15 digits it is (\S+)\. "
    sizes = re.search(said, record.prose)
    b0 = exact[0]
    assert 10 ** (int(sizes[1]) - 1) <= abs(b0.numerator) < 10 ** int(sizes[1])
    assert 10 ** (int(sizes[2]) - 1) <= b0.denominator < 10 ** int(sizes[2])
    assert sizes[3] == printed(certified("Filip")["b0"], 15).lower()


def test_how_far_the_curves_are_off(record):
    rows, known = read("Filip", Fraction)
    exact = normal_equations("Filip", Fraction)
    said = re.search(r"The exact curve misses the dots by (\S+), typically, the one from floats by "
                     r"(\S+)\. ", record.prose)
    off = [row["y"] - sum(b * row["x"] ** k for k, b in enumerate(exact)) for row in rows]
    typical = math.sqrt(sum(e * e for e in off) / len(off))
    assert float(said[1]) == pytest.approx(typical, rel=0.02)
    assert math.sqrt(float(known["residual_sum_of_squares"]) / 82) == pytest.approx(typical)
    assert float(said[2]) > float(said[1])
    error = float(known["standard_deviation"][0])
    assert f"The standard error of b0 is {error:.3g}, says NIST" in record.prose
    assert error > 0.01 * abs(exact[0])  # "most of these digits"


def test_the_bars(record):
    bars, guide = record.charts[0].layers
    assert isinstance(bars, Bars)
    assert (isinstance(guide, Guide), guide.x) == (True, 16)
    assert list(bars.x) == [*range(12, 43, 2)]
    known = [certified("Filip")[f"b{i}"] for i in range(11)]
    for carried, right in zip(bars.x, bars.y, strict=True):
        if carried in (20, 24, 28, 32, 40):
            with localcontext(prec=int(carried)):
                levers = normal_equations("Filip", Decimal)
            same = [
                max((n for n in range(1, 16) if printed(a, n) == printed(b, n)), default=0)
                for a, b in zip(levers, known, strict=True)
            ]
            assert abs(min(same) - right) <= 1  # added up in another order
    assert list(bars.y) == sorted(bars.y)
    assert bars.y[2] == 0  # as many digits as a float
    assert bars.y[-1] == 15


def by_b2(place, rows, kind):
    """The slope of DanWood's mean loss by b2, from the formula on paper."""
    b1, b2 = place
    one_by_one = (
        -2 * (row["y"] - b1 * row["x"] ** b2) * b1 * row["x"] ** b2 * log(row["x"]) for row in rows
    )
    return sum(one_by_one, kind(0)) / len(rows)


def log(x):
    return x.ln() if isinstance(x, Decimal) else math.log(x)


def test_the_slopes_near_the_bottom(record):
    table = record.tables[1]
    rows, known = read("DanWood", Decimal)
    assert table["kept"] == [4, 8, 12, 16, 20]
    b2 = record.texts[1].split("b2 = ")[1]
    assert printed(b2, 11) == printed(known["certified"][1], 11)
    # the bottom to 40 digits: for each b2 the best b1 is known, so look for where the slope is 0
    with localcontext(prec=60):

        def best_b1(b2):
            powers = [row["x"] ** b2 for row in rows]
            products = sum(row["y"] * p for row, p in zip(rows, powers, strict=True))
            return products / sum(p * p for p in powers)

        low, high = Decimal("3.8"), Decimal("3.9")
        for _ in range(140):
            middle = (low + high) / 2
            uphill = by_b2((best_b1(middle), middle), rows, Decimal) > 0
            low, high = (low, middle) if uphill else (middle, high)
        bottom = best_b1(middle), middle
        assert printed(bottom[1], 28) == printed(b2, 28)
        for kept, numeric, bound, in_floats, exact in zip(*table.values(), strict=True):
            slope = by_b2([Decimal(printed(p, kept)) for p in bottom], rows, Decimal)
            assert printed(exact, 1) == printed(slope, 1)
            at_floats = [Decimal(float(printed(p, kept))) for p in bottom]
            truth = by_b2(at_floats, rows, Decimal)
            unit = Decimal(10) ** truth.adjusted()  # one digit is shown
            assert abs(Decimal(numeric) - truth) <= Decimal(bound) + unit
            assert abs(Decimal(in_floats) - truth) <= Decimal("1e-14") + unit
    blind = [kept for kept, slope, bound in zip(*list(table.values())[:3], strict=True)
             if abs(float(slope)) <= float(bound)]
    assert blind == [16, 20]
    assert f"With {blind[0]} digits the bound is larger than the slope" in record.prose


def test_the_slopes_are_exactly_0(record):
    table = record.tables[2]
    rows, _ = read("Longley", Fraction)
    exact = normal_equations("Longley", Fraction)

    def slopes(levers):
        by_row = [(features(row, "Longley", 7), row["y"]) for row in rows]
        residuals = [y - sum(b * f for b, f in zip(levers, fs, strict=True)) for fs, y in by_row]
        return [-2 * sum(e * fs[i] for e, (fs, _) in zip(residuals, by_row, strict=True)) / 16
                for i in range(7)]

    assert slopes(exact) == [0] * 7
    assert table["Fractions"] == ["0"] * 7
    surface = nist.problem("Longley").surface()
    found = l22_exact.slopes_at(surface, exact)
    assert found == [0] * 7
    assert all(type(slope) is Fraction for slope in found)
    elsewhere = [lever + Fraction(1, 7) for lever in exact]
    assert l22_exact.slopes_at(surface, elsewhere) == slopes(elsewhere)
    assert any(map(float, table["floats"]))
    beside = [Fraction(float(lever)) for lever in exact]
    assert any(slopes(beside))  # "they do stand beside it"
    floats = l22_exact.solved(surface, float)
    worst = min(nist.problem("Longley").agreeing(floats))
    assert f"{len(rows)} years of figures on work in the USA, and 7 levers. In" in record.prose
    assert f"the worst one floats have {worst} digits right, Fractions 15." in record.prose
    assert 5 <= worst <= 12


def test_the_change_that_is_asked_for(monkeypatch):
    monkeypatch.setattr(l22_exact, "POLYNOMIAL", "Wampler5")
    table = Record(l22_exact.main).tables[0]
    assert table["exact"] == ["1.0e+0"] * 6
    assert table["right"] == [15] * 6
    assert 3 < min(table["right "]) < 12


def test_what_cannot_be_told_apart_is_0():
    with localcontext(prec=10):
        assert l22_exact.solved(nist.problem("Filip").surface(), Decimal) == [0] * 11


@pytest.mark.parametrize("folder", ["exercises", "answers"])
def test_the_dots_of_the_exercise(folder):
    text = (FOLDER / folder / "l22_exact.py").read_text(encoding="utf-8")
    assert f"X = {list(exercise.X)}\nY = {list(exercise.Y)}\n" in text
