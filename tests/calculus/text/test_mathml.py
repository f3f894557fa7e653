"""Formulas in MathML: well-formed whatever they hold, and read back as a person reads them.

The reader knows what a browser draws and nothing of how the text was made. What the eye sees in a
formula is judged in `test_latex`, for both have one table.
"""

import math
import random
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    cbrt,
    cos,
    exp,
    log,
    mathml,
    parse,
    polygamma,
    sin,
    sqrt,
    symbols,
    where,
)
from mathlab.errors import DomainError
from tests.calculus.graph.test_formula import grow
from tests.calculus.rows import TABLE

X, Y, Z, SLOPE, BUDGET = symbols("x y z slope budget")
TIMES, OF = "\u2062", "\u2061"


def tree(formula):
    """The elements of a formula; every one is known to browsers, and has the children it needs."""
    root = ET.fromstring(mathml(formula))
    assert root.tag == "math"
    for each in root.iter():
        assert each.tag in KNOWN, each.tag
        assert KNOWN[each.tag] is None or len(each) == KNOWN[each.tag], each.tag
        assert set(each.attrib) <= {"width", "form"}
        assert len(each) == 0 or not (each.text or "").strip()
        assert not (each.tail or "").strip()
    return root


KNOWN = {"math": None, "mrow": None, "mtable": None, "mtr": None, "mtd": None, "mfrac": 2,
         "msup": 2, "msub": 2, "mroot": 2, "msqrt": 1, "mi": 0, "mn": 0, "mo": 0, "mtext": 0,
         "mspace": 0}


def shown(element):
    """An element in brief, such as frac(x, 2)."""
    inside = [shown(each) for each in element]
    if element.tag in ("math", "mrow", "mtd"):
        return " ".join(inside)
    if not inside:
        return (element.text or "").strip(" ") or "_"
    return f"{element.tag[1:]}({', '.join(inside)})"


WRITTEN = (
    (X + Y,                     "x + y"),
    (X - Y,                     "x − y"),
    (2 * X,                     f"2 {TIMES} x"),
    (X * 2,                     "x · 2"),
    (SLOPE * BUDGET,            "slope · budget"),
    (-X * Y,                    f"− x {TIMES} y"),
    (X * -Y,                    f"x {TIMES} ( − y )"),
    ((-X) ** 2,                 "sup(( − x ), 2)"),
    ((X + 1) / (Y - 1),         "frac(x + 1, y − 1)"),
    (-X / Y,                    "− frac(x, y)"),
    (X * Fraction(-1, 3),       "x · ( − frac(1, 3) )"),
    (X**-2,                     "sup(x, − 2)"),
    (X + 2.5e-7,                "x + 2.5 · sup(10, − 7)"),
    (X * float("inf"),          "x · ∞"),
    (X * (1 - 2j),              f"x · ( 1 − 2 {TIMES} i )"),
    (sqrt(X + 1),               "sqrt(x + 1)"),
    (cbrt(X),                   "root(x, 3)"),
    (exp(-X),                   "sup(e, − x)"),
    (abs(X),                    "| x |"),
    (sin(X),                    f"sin {OF} _ x"),
    (sin(X + 1) ** 2,           f"sup(sin, 2) {OF} ( x + 1 )"),
    (sin(X) * X,                f"sin {OF} _ x · x"),
    (log(X),                    f"ln {OF} _ x"),
    (polygamma(1, X),           f"sup(ψ, ( 1 )) {OF} ( x )"),
    (where(X, Y, Z),            "{ table(tr(y, if x > 0), tr(z, otherwise))"),
)
NAMES = (
    ("x",            "x"),
    ("theta",        "θ"),
    ("x1",           "sub(x, 1)"),
    ("w1_east",      "sub(w, 1 , east)"),
    ("slope_budget", "sub(slope, budget)"),
    ("x_",           "x_"),
    ("größe",        "größe"),
    ("日本",          "日本"),
)


@pytest.mark.parametrize(("formula", "expected"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_what_is_written(formula, expected):
    assert shown(tree(formula)) == expected


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names(name, expected):
    assert shown(tree(symbols(name)[0])) == expected


def test_names_that_would_look_the_same_are_spelled_apart():
    assert shown(tree(parse("x1 + x_1"))) == "sub(x, 1) + x_1"
    assert shown(tree(parse("phi + φ"))) == "φ + u3c6"


@pytest.mark.parametrize("name", [
    "</mi></math><script>alert(1)</script>", "a<b & \"c\" 'd' &amp;", "a = b", "]]>", "<!--",
    "\x00\x1f\n\r", "\ud800", "\u202e", "@", "x<b>@",
])
def test_no_name_leaves_its_place(name):
    odd = Value(2.0)
    odd.name = name
    root = tree(odd * X + 1)
    letters = "".join(c if c.isprintable() else f"u{ord(c):x}" for c in name.replace("_", ""))
    assert letters in "".join(root.itertext()).replace("_", "")


def test_a_number_that_is_none():
    odd = Value.bare("<b>&", parse("1").operation, ())
    assert tree(odd).find("mtext").text == "<b>&"


# Read back

FUNCTIONS = {"sin": math.sin, "cos": math.cos, "tan": math.tan, "sinh": math.sinh,
             "cosh": math.cosh, "tanh": math.tanh, "ln": math.log, "arcsin": math.asin,
             "arccos": math.acos, "arctan": math.atan, "log10": math.log10, "log2": math.log2}
NAMED = {"Γ": "gamma", "ψ": "digamma", "max": "maximum", "min": "minimum"}


class Reader:
    """What a row of elements is at a place, as a person would work it out."""

    def __init__(self, elements, place):
        self.place = place
        self.words = [*flat(elements), ""]

    def take(self, *expected):
        word = self.words.pop(0)
        assert not expected or word in expected, (word, expected)
        return word

    def all(self):
        value = self.sum()
        self.take("")
        return value

    def sum(self):
        sign = self.take() if self.words[0] == "−" else "+"
        value = self.product() * (-1 if sign == "−" else 1)
        while self.words[0] in ("+", "−"):
            value += self.product() if self.take() == "+" else -self.product()
        return value

    def product(self):
        value = self.factor()
        while self.words[0] in (TIMES, "·"):
            beside = self.take() == TIMES
            after = self.words[0]
            assert not (beside and isinstance(after, str) and after[0].isdigit()), "two numbers"
            value *= self.factor()
        return value

    def factor(self):
        if self.words[1] == OF:
            return self.call(self.take())
        word = self.take()
        if word == "(":
            value = self.sum()
            self.take(")")
            return value
        if word == "|":
            value = abs(self.sum())
            self.take("|")
            return value
        if isinstance(word, str):
            return self.place[word] if word in self.place else float(word)
        return self.element(word)

    def element(self, x):
        inside = [each if each.tag == "mrow" else [each] for each in x]
        if x.tag == "msup":
            base = flat(inside[0])
            is_call = base[1:3] == [OF, "("]
            assert len(base) == 1 or base[0] in ("(", "|") or is_call, "what is raised?"
        if x.tag == "msub":
            return self.place[shown(x)]
        if shown(x[0]) == "e":
            return math.exp(Reader(inside[1], self.place).all())
        values = [Reader(each, self.place).all() for each in inside]
        return {"mfrac": lambda u, v: u / v, "msup": lambda u, v: u**v, "msqrt": math.sqrt,
                "mroot": lambda u, v: math.cbrt(u)}[x.tag](*values)

    def call(self, function):
        self.take(OF)
        power = 1
        if not isinstance(function, str) and function.tag == "msup":
            power = Reader([function[1]], self.place).all()
            function = flat([function[0]])[0]
        name = function if isinstance(function, str) else "".join(function.itertext())
        if self.words[0] == "(":
            self.take()
            inputs = [self.sum()]
            while self.words[0] == ",":
                self.take()
                inputs.append(self.sum())
            self.take(")")
        else:
            self.take("_")
            inputs = [self.factor()]
            while self.words[0] == TIMES and self.words[1] in self.place:
                self.take()
                inputs[0] *= self.factor()
        if name in FUNCTIONS:
            return FUNCTIONS[name](*inputs) ** power
        text = f"{NAMED.get(name, name)}({', '.join(map('({!r})'.format, inputs))})"
        return parse(text).data ** power


def flat(elements):
    """The words of a row, and the elements that stand in it like a word."""
    words = []
    for each in elements:
        if each.tag in ("mrow", "math", "mtd"):
            words += flat(each)
        else:
            words.append(shown(each) if each.tag in ("mi", "mn", "mo", "mspace") else each)
    return words


def read(formula, at):
    """The number of a formula; parts that have a name stand above it, a row each."""
    root = tree(formula)
    if len(root) != 1 or root[0].tag != "mtable":
        return Reader(root, at).all()
    *rows, (last,) = root[0]
    for (cell,) in rows:
        name, equals, *part = cell
        assert equals.text == "="
        at = {**at, shown(name): Reader(part, at).all()}
    return Reader(last, at).all()


def test_random_formulas_are_read_as_what_they_are():
    dice, at, compared = random.Random(11), {"x": 0.75, "y": 0.375, "z": 1.25}, 0
    for _ in range(3000):
        formula = grow(dice, dice.randint(1, 6))
        if not isinstance(formula, Value) or "ψ" in mathml(formula):
            continue
        try:
            expected = formula.at(**at)
        except DomainError:
            continue
        if isinstance(expected, float) and 1e-6 < abs(expected) < 1e6:
            assert read(formula, at) == pytest.approx(expected, rel=1e-6), formula
            compared += 1
    assert compared > 700


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_row_of_the_table(row):
    names = symbols("x y z w")[: row.arity or 4]
    formula = Value.bare(None, row, tuple(names))
    letters = [each.text for each in tree(formula).iter("mi")]
    assert all(str(name) in letters for name in names)
    if row.name not in ("polygamma", "where"):
        at = {"x": 0.5, "y": 0.25, "z": 0.75, "w": 0.125}
        if row.name == "acosh":
            at["x"] = 1.5
        expected = formula.at(**{str(name): at[str(name)] for name in names})
        assert read(formula, at) == pytest.approx(expected), row.name


def test_shared_parts_have_a_line_and_a_name_of_their_own():
    y = X
    for _ in range(9):
        y = 4 * y * (1 - y)
    (table,) = tree(y)
    assert shown(table[0]) == f"tr(sub(t, 1) = 4 {TIMES} x {TIMES} ( 1 − x ))"
    assert len(table) == 9
    assert read(y, {"x": 0.3}) == pytest.approx(y.at(x=0.3))


def test_deep_formulas():
    y = X
    for _ in range(100_000):
        y = cos(y)
    assert mathml(y).count("<mi>cos</mi>") == 100_000


@pytest.mark.parametrize("wrong", [
    "<mn>2</mn><mo>\u2062</mo><mn>3</mn>",
    "<mi>x</mi><mo>+</mo><mo>−</mo><mi>x</mi>",
    "<msup><mrow><mo>−</mo><mi>x</mi></mrow><mn>2</mn></msup>",
])
def test_what_a_book_does_not_print_is_not_read(wrong):
    with pytest.raises((AssertionError, ValueError)):
        Reader(ET.fromstring(f"<math>{wrong}</math>"), {"x": 1.0}).all()
