"""Lesson 11: slopes by hand from the file, the box by hand, and what each kind of number says."""

import math
import re
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from lessons import l11_symbolic as lesson
from lessons.data import films
from lessons.grading.checks import l11_symbolic as exercise
from mathlab import derivative, parse, symbols
from mathlab.drawing import Curve, Guide
from tests.lessons.record import Record, told

RIGHT = (
    'from fractions import Fraction\nTHIRD = Fraction(1, 3)\nSLOPE = "(1 - x**2)*(1 - 5*x**2)"\n'
)
WRONG = [
    ('SLOPE = "(1 - x**2)**2 + 2*x*(1 - x**2)"\nAT_A_THIRD = 1\n', "what is inside, 1 - x**2, is"),
    ('SLOPE = "(1-x**2)**2 + 4*x**2*(1-x**2)"\nAT_A_THIRD = 1\n', "has another sign"),
    ('SLOPE = "-4*x*(1 - x**2)"\nAT_A_THIRD = 1\n', "not the product of the slopes"),
    ('SLOPE = "(1 - x**2)**2"\nAT_A_THIRD = 1\n', "the second factor changes as well"),
    ('SLOPE = "-4*x**2*(1 - x**2)"\nAT_A_THIRD = 1\n', "the first factor changes as well"),
    ('SLOPE = "x*(1 - x**2)**2"\nAT_A_THIRD = 1\n', "f itself"),
    ('SLOPE = "1 - 6*x**2"\nAT_A_THIRD = 1\n', "it is another formula | SLOPE, at x ="),
    ('SLOPE = "(1 - x**2"\nAT_A_THIRD = 1\n', "it cannot be read as a formula"),
    (f"{RIGHT}AT_A_THIRD = 32 / 81\n", "a float is rounded, and one third cannot be a float"),
    (f"{RIGHT}AT_A_THIRD = '32/81'\n", "it should be a number"),
    (f"{RIGHT}AT_A_THIRD = Fraction(32 / 81)\n", "nearly: it was made from a float"),
    (f"{RIGHT}AT_A_THIRD = THIRD * (1 - THIRD**2) ** 2\n", "that is f(1/3)"),
    (f"{RIGHT}AT_A_THIRD = (1 - 9) * (1 - 5 * 9)\n", "that is the slope at 3"),
    (f"{RIGHT}AT_A_THIRD = Fraction(1, 2)\n", "work it out in Fractions, step by step"),
]


@pytest.fixture(scope="module")
def record():
    return told(11)


# ------------------------------------------------------------------ the same sweep


def test_the_slopes_of_the_film(record):
    table = films.cleaned()[0]
    revenue, budget, title = max(
        zip(table["revenue"], table["budget"], table["title"], strict=True)
    )
    assert f"{title}: {revenue:,.1f} million dollars, with a budget of {budget:g}" in record.prose
    assert f"all {len(table):,} films" in record.prose
    assert "a slope of 3 and an intercept of -5, once" in record.prose
    residual = revenue - (3 * budget - 5)
    shown, _ = record.tables
    assert shown["lever"] == ["slope", "intercept"]
    for column in ("swept", "formula"):
        numbers = [float(text.replace(",", "")) for text in shown[column]]
        assert numbers == pytest.approx([-2 * residual * budget, -2 * residual], abs=0.05)
    assert shown["swept"] == shown["formula"]


def test_the_formulas(record):
    loss = "loss = (revenue - (slope*budget + intercept))**2"
    raw, by_slope, by_intercept = [text for text in record.texts if text.startswith("d loss / d ")]
    assert loss in record.texts
    at = {"revenue": 50, "slope": 3, "budget": 7, "intercept": -5}
    residual = 50 - (3 * 7 - 5)
    for text, slope in (
        (raw, -2 * residual * 7), (by_slope, -2 * residual * 7), (by_intercept, -2 * residual)
    ):
        assert parse(text.partition(" = ")[2]).at(**at) == slope
    # "the slope of the square, that of the minus sign, that of the product"
    assert raw.endswith("2*(revenue - (slope*budget + intercept))*-1*budget")
    assert "d (d loss / d slope) / d slope = 2*budget**2" in record.texts


# ------------------------------------------------------------------ the box


def volume(x):
    return x * (12 - 2 * x) ** 2


def test_top_and_bottom(record):
    assert max(range(7), key=volume) == 2
    assert volume(2) == 128
    assert volume(6) == 0
    for said in (
        "with sides of 12 cm", "f'(2) = 0, and the box holds 128 cm**3", "But f'(6) = 0 as well",
        "f''(2) = -48 is below 0", "f''(6) = 48 is above 0",
    ):
        assert said in record.prose
    h = Fraction(1, 1000)
    for x, bend in ((2, -48), (6, 48)):
        assert (volume(x + h) - volume(x - h)) / (2 * h) == 4 * h * h  # 0, but for the bend's bend
        assert (volume(x + h) - 2 * volume(x) + volume(x - h)) / h**2 == bend


def test_the_steps(record):
    (board,) = [text for text in record.texts if text.startswith("1. ")]
    assert board.startswith("1. product rule\n")
    assert "power rule and chain rule" in board
    last = parse(board.rpartition("] = ")[2])
    assert [last.at(x=x) for x in (0, 2, 3)] == [144, 0, -36]
    assert f"f'(x) = {last}\nf''(x) = 24*x - 96" in record.texts


def test_the_parabola(record):
    assert "128 - 24*(x - 2)**2" in record.texts
    true = 128 - volume(Fraction(21, 10))
    assert f"cut 0.1 cm too much, and {24 * 0.01:.3f} cm**3 are lost" in record.prose
    assert f"In truth they are {float(true):.3f}." in record.prose


def test_kinds_of_number(record):
    (text,) = [text for text in record.texts if "Fraction  " in text]
    fraction, rounded, digits = (line.split()[1] for line in text.splitlines())
    exact = Fraction(144) - 96 * Fraction(1, 7) + 12 * Fraction(1, 49)
    assert Fraction(fraction) == exact
    off = abs(Fraction(float(rounded)) - exact)
    assert f"off by {float(off):.0e}," in record.prose
    assert 0 < off < Fraction(1, 10**12)
    with localcontext(prec=60):
        true = Decimal(exact.numerator) / exact.denominator
        assert abs(Decimal(digits) - true) < Decimal("1e-47")
    assert len(digits) == 51  # fifty, and the point
    assert "a Decimal with 50 digits" in record.prose


def test_any_formula(record):
    (live,) = record.lives
    truth = live.guess.choices[live.guess.truth]
    x, h = 1.3, 1e-6
    slope = ((x + h) ** 2 * math.sin(x + h) - (x - h) ** 2 * math.sin(x - h)) / (2 * h)
    assert parse(truth).at(x=x) == pytest.approx(slope)
    for i, other in enumerate(live.guess.choices):
        assert i == live.guess.truth or abs(parse(other).at(x=x) - slope) > 0.1
    curve, tangent = live.charts[0].layers
    assert curve.f(2.0) == pytest.approx(4 * math.sin(2))
    assert tangent.slope == pytest.approx(2 * math.sin(1) + math.cos(1))


def test_the_picture(record):
    _, chart = record.charts
    curves = [layer for layer in chart.layers if isinstance(layer, Curve)]
    assert [curve.label for curve in curves] == ["f", "f'", "f''"]
    assert all((curve.low, curve.high) == (0, 6) for curve in curves)
    for x in (0.0, 1.3, 2.0, 6.0):
        by_hand = [volume(x), 144 - 96 * x + 12 * x * x, 24 * x - 96]
        assert [curve.f(x) for curve in curves] == pytest.approx(by_hand)
    level, upright = [layer for layer in chart.layers if isinstance(layer, Guide)]
    assert (level.y, upright.x, upright.label) == (0, 2, "the top of f")


# ------------------------------------------------------------------ series


def test_the_next_coefficient(record):
    _, shown = record.tables
    expected = [Fraction(1, math.factorial(n)) for n in range(lesson.TERMS)]
    assert [Fraction(text) for text in shown["coefficient"]] == expected
    first, *others = shown["from the one before"]
    assert first == "exp(0) = 1"
    for n, text in enumerate(others, 1):
        before, by = map(Fraction, text.split(" / "))
        assert (before, by, before / by) == (expected[n - 1], n, expected[n])


def test_a_derivative_that_nobody_works_out_by_hand(record):
    # OEIS A002017, the derivatives of exp(sin(x)) at 0
    assert "That of order 20 has a number at 0 all the same" in record.prose
    assert "gives it exactly: 20,058,390,573." in record.prose
    length = len(str(derivative(parse("exp(sin(x))"), symbols("x")[0], 5)))
    assert f"of order 5 has {length} characters already" in record.prose


def test_the_value_of_0_over_0(record):
    assert "    0.0 / 0.0 is not defined: / needs a divisor other than 0" in record.texts
    (both,) = [text for text in record.texts if text.startswith("sin(x) = ")]
    sine, quotient = both.splitlines()
    for text, shift in ((sine, 0), (quotient, 1)):
        terms = parse(text.partition(" = ")[2].partition(" + O(")[0])
        for x in (Fraction(1, 10), Fraction(-1, 3)):
            powers = (1, 3, 5, 7)
            expected = sum((-1)**(n // 2) * x**(n - shift) / math.factorial(n) for n in powers)
            assert terms.at(x=x) == expected
    assert "The value at 0 is 1, the slope is 0, and the bend is -1/3." in record.prose
    assert any("the common factor x was cancelled" in text for text in record.texts)


@pytest.mark.parametrize("side", [30, 7])
def test_another_sheet(monkeypatch, side):
    monkeypatch.setattr(lesson, "SIDE", side)
    prose = Record(lesson.main).prose
    assert f"f'({Fraction(side, 6)}) = 0, and the box holds {Fraction(2 * side**3, 27)}" in prose
    assert re.search(r"let SIDE be 30\. .* Which share .* of the side is it\?", prose)


# ------------------------------------------------------------------ the exercise


def test_the_slips_of_the_exercise_are_slips():
    (x,) = symbols("x")
    slope = derivative(parse(exercise.FORMULA), x)
    assert slope.at(x=Fraction(1, 3)) == Fraction(8, 9) * Fraction(4, 9)
    for text in exercise.SLIPS:
        assert not math.isclose(parse(text).at(x=0.3), slope.at(x=0.3))
