"""Formulas that say the same, and formulas that do not: identities from the books, and slips."""

import random

import pytest

from mathlab import Value, derivative, parse, symbols
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.proof.same import differ
from tests.thinned import thinned

SAME = [
    ("x", "x"),
    ("2", "2.0"),
    ("0.1*x", "x/10"),
    ("x**2", "x^2"),
    ("(x + y)**2", "x**2 + 2*x*y + y**2"),
    ("sin(x)**2 + cos(x)**2", "1"),
    ("sin(x)**2 + cos(x)**2 - 1", "0"),
    ("sin(2*x)", "2*sin(x)*cos(x)"),
    ("1/cos(x)**2", "1 + tan(x)**2"),
    ("exp(x)*exp(y)", "exp(x + y)"),
    ("e**x", "exp(x)"),
    ("2**x*log(2)", "2**x*0.6931471805599453"),
    ("exp(log(x))", "x"),
    ("x**(1/3)", "cbrt(x)"),
    ("asin(x) + acos(x)", "pi/2"),
    ("acosh(x)", "log(x + sqrt(x**2 - 1))"),
    ("gamma(x + 1)", "x*gamma(x)"),
    ("erf(x)", "1 - erfc(x)"),
    ("sign(x)", "x/absolute(x)"),
    ("sigmoid(x)", "1/(1 + exp(-x))"),
    ("x*exp(1000*x)", "exp(1000*x)*x"),
    ("maximum(x, 0)", "relu(x)"),
    ("sqrt(x - 4)*sqrt(x - 4)", "x - 4"),  # the same where both have a value
    ("2*log(x)", "log(x**2)"),
    ("asin(x/100)", "asin(x/100.0)"),
    ("exp(log(x - 0.15) + log(0.45 - x))", "(x - 0.15)*(0.45 - x)"),  # few places have both
]
OTHER = [
    ("x", "y"),
    ("x**2", "2*x"),
    ("x**2", "2**x"),
    ("abs(x)", "relu(x)"),
    ("abs(x)", "x"),
    ("sin(x)", "x"),
    ("3", "4"),
    ("x", "x + 1e-9"),
    ("1e-30*x", "2e-30*x"),
    ("x + y", "y - x"),
    ("log(x)", "log(-x)"),
    ("sqrt(-1 - x**2)", "x"),
    ("x**1000000000", "x"),
    ("exp(exp(exp(exp(x))))", "1"),
    ("log(x)/log(y)", "log(x)*log(y)"),
    ("-14*x", "-14*x + step(x - 20)"),
    ("-14*x", "-28 + sqrt(-(x - 2)**2)"),  # one number is in common, and all others have no value
    ("x", "maximum(x, -4)"),
    ("x", "x + relu(x + 2)*relu(-1 - x)"),  # the same but between -2 and -1
    ("x**3", "absolute(x + 2)*x**3/(x + 2)"),
    ("x*(x - 1)*(x - 2)*(x - 3)*(x - 5)*(x + 1)", "0"),  # 0 wherever round numbers are
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_in_other_words(first, second):
    assert differ(parse(first), parse(second)) is None
    assert differ(parse(second), parse(first)) is None


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_not_the_same(first, second):
    found = differ(parse(first), parse(second))
    back = differ(parse(second), parse(first))
    assert (found.place, found.first, found.second) == (back.place, back.second, back.first)

    def place(formula):
        return parse(formula).at(**{name: float(x) for name, x in found.place.items()})

    for formula, number in ((first, found.first), (second, found.second)):
        if number is not None:
            assert place(formula) == pytest.approx(number, rel=1e-9)
    assert found.first != found.second or found.place == {}


def test_values_with_numbers_are_compared_as_formulas():
    x = Value(3.0, name="x")
    (other,) = symbols("x")
    assert differ(x**2, other * other) is None
    assert differ(x**2, Value(9.0)) is not None


def test_in_words():
    assert str(differ(parse("x/3"), parse("x/2"))) == "at x = 2: 0.6666667 and 1"
    assert str(differ(parse("x"), parse("y"))) == "at x = 2, y = 3: 2 and 3"
    assert str(differ(parse("3"), parse("4"))) == "3 and 4"
    assert str(differ(parse("log(x)"), parse("log(-x)"))).endswith("and no value")


@pytest.mark.parametrize("seed", thinned(range(60), keep=15))
def test_random_formulas_and_their_slopes(seed):
    """A formula is the same as itself turned about, and not the same with one number changed."""
    lots = random.Random(seed)
    functions = ("sin({})", "cos({})", "exp({})", "tanh({})", "{}**2", "({} + 3)", "sigmoid({})")
    text = "x"
    for _ in range(4):
        text = lots.choice(functions).format(f"({text}*{lots.randint(1, 3)}/2)")
    f = parse(text)
    turned = parse(f"({text} + y) - y")
    assert differ(f, turned) is None
    slope = derivative(f, next(n for n in inputs_first(f) if n.name == "x"))
    assert differ(slope, parse(f"({slope})*(1 + sin(x)**2) - ({slope})*sin(x)**2")) is None
    assert differ(slope, parse(f"({slope}) + 1/1000000")) is not None


def test_the_names_of_the_table_are_no_unknowns():
    assert differ(parse("2*pi*x"), parse("6.283185307179586*x")) is None
    assert differ(parse("pi"), parse("e")).place == {}


def test_many_names():
    names = [f"x{i}" for i in range(30)]
    total = parse(" + ".join(names))
    assert differ(total, parse(" + ".join(reversed(names)))) is None
    assert differ(total, parse(" + ".join(names[:-1]))) is not None


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("x", "2*x", "at x = 2: 2 and 4"),
        ("x", "x + 1/1000000000", "at x = 2: 2 and 2.000000001"),  # seven digits would be equal
        ("x/3", "x/3 + 1/100000000000", "at x = 2: 0.666666666667 and 0.666666666677"),
        ("1", "1 + 1/100000000000", "1 and 1.00000000001"),
        ("log(x)", "log(-x)", "at x = 2: 0.6931472 and no value"),
    ],
)
def test_a_difference_is_said_with_enough_digits(first, second, said):
    assert str(differ(parse(first), parse(second))) == said
