r"""Formulas in LaTeX: the forms of a book, read back by a small reader of LaTeX, and by KaTeX.

The reader knows a book's conventions and nothing of how the text was made: a factor has no sign,
`\sin 2 x` takes what stands next to it up to a dot or another function, and two numbers need a dot
between them.
"""

import json
import math
import os
import random
import re
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import (
    Value,
    absolute,
    acos,
    cbrt,
    cos,
    digamma,
    dot,
    exp,
    gamma,
    hypot,
    latex,
    log,
    log2,
    log10,
    mathml,
    maximum,
    parse,
    polygamma,
    sin,
    sinh,
    sqrt,
    symbols,
    total,
    where,
)
from mathlab.calculus.graph.operations import Operation, constant
from mathlab.errors import DomainError
from tests.calculus.graph.test_formula import grow

X, Y, Z = symbols("x y z")
ALPHA, SLOPE, BUDGET, FIRST = symbols("alpha slope budget x_1")
MINUS = -X
NEGATIVE = -MINUS
SHARED = sin(Y)

WRITTEN = (
    (X,                               "x"),
    (X + Y,                           "x + y"),
    (X - Y,                           "x - y"),
    (2 * X,                           "2 x"),
    (X * 2,                           r"x \cdot 2"),
    (2 * 3**X,                        r"2 \cdot 3^{x}"),
    (2 * X**3,                        "2 x^{3}"),
    (2 * (3 * X),                     r"2 \left(3 x\right)"),
    (X / Y,                           r"\frac{x}{y}"),
    ((X + 1) / (Y - 1),               r"\frac{x + 1}{y - 1}"),
    ((X / Y) ** 2,                    r"\left(\frac{x}{y}\right)^{2}"),
    (X * (Y / 2),                     r"x \frac{y}{2}"),
    (2 * (3 / X),                     r"2 \cdot \frac{3}{x}"),
    (X**-12,                          "x^{-12}"),
    (X ** (Y + 1),                    "x^{y + 1}"),
    ((X**2) ** Y,                     r"\left(x^{2}\right)^{y}"),
    ((X + Y) ** 2,                    r"\left(x + y\right)^{2}"),
    (X**Y**Z,                         "x^{y^{z}}"),
    (X ** Value(3, "n"),              "x^{n}"),
    (X**0.5,                          "x^{0.5}"),
    # words, which would run together
    (SLOPE * BUDGET,                  r"\mathrm{slope} \cdot \mathrm{budget}"),
    (2 * SLOPE * X,                   r"2 \cdot \mathrm{slope} \cdot x"),
    (X * SLOPE**2,                    r"x \cdot \mathrm{slope}^{2}"),
    (SLOPE * (X + 1),                 r"\mathrm{slope} \cdot \left(x + 1\right)"),
    (SLOPE * sin(X),                  r"\mathrm{slope} \cdot \sin x"),
    (ALPHA * X,                       r"\alpha x"),
    (2 * FIRST * X,                   "2 x_{1} x"),
    # signs
    (X * -Y,                          r"x \left(-y\right)"),
    (-X * Y,                          "-x y"),
    (X * -2,                          r"x \cdot \left(-2\right)"),
    ((-X) ** 2,                       r"\left(-x\right)^{2}"),
    (-(X**2),                         "-x^{2}"),
    (-(X * Y),                        r"-\left(x y\right)"),
    (NEGATIVE,                        r"-\left(-x\right)"),
    (X + -Y,                          r"x + \left(-y\right)"),
    (X - -2 * Y,                      r"x - \left(-2 y\right)"),
    (X + -Y / 2,                      r"x + \left(-\frac{y}{2}\right)"),
    (-X / Y,                          r"-\frac{x}{y}"),
    (-1 / X,                          r"-\frac{1}{x}"),
    (X * (-(X + 1) / Y),              r"x \left(-\frac{x + 1}{y}\right)"),
    (total([X, -Y, 1]),               r"x + \left(-y\right) + 1"),
    (dot([2, -X], [-X, Y]),           r"2 \cdot \left(-x\right) + \left(-x\right) \cdot y"),
    (dot([X, 2], [Y, Z]),             r"x \cdot y + 2 \cdot z"),
    # functions
    (sqrt(X + 1),                     r"\sqrt{x + 1}"),
    (sqrt(X) ** 2,                    r"\sqrt{x}^{2}"),
    (cbrt(X) * Y,                     r"\sqrt[3]{x} y"),
    (absolute(X - 1) ** 2,            r"\left|x - 1\right|^{2}"),
    (sin(X),                          r"\sin x"),
    (sin(2 * X),                      r"\sin 2 x"),
    (sin(X * Y),                      r"\sin\left(x y\right)"),
    (sin(-X),                         r"\sin\left(-x\right)"),
    (sin(X + 1),                      r"\sin\left(x + 1\right)"),
    (sin(X**2),                       r"\sin\left(x^{2}\right)"),
    (log(sin(X)),                     r"\ln\left(\sin x\right)"),
    (sin(X) ** 2,                     r"\sin^{2} x"),
    (sin(X + 1) ** 3,                 r"\sin^{3}\left(x + 1\right)"),
    (sin(X) ** -1,                    r"\left(\sin x\right)^{-1}"),  # \sin^{-1} is the arcsine
    (sin(X) ** Y,                     r"\left(\sin x\right)^{y}"),
    ((sin(X) ** 2) ** 3,              r"\left(\sin^{2} x\right)^{3}"),
    (X * sin(X),                      r"x \sin x"),
    (sin(X) * X,                      r"\sin x \cdot x"),
    (sin(X) * sqrt(X),                r"\sin x \cdot \sqrt{x}"),
    (sin(X + 1) * X,                  r"\sin\left(x + 1\right) x"),
    (X * sin(X) * cos(X) ** 2,        r"x \sin x \cos^{2} x"),
    (-sin(X) * X,                     r"-\sin x \cdot x"),
    (acos(X) + sinh(Y),               r"\arccos x + \sinh y"),
    (log10(X) - log2(Y) ** 2,         r"\log_{10} x - \log_{2}^{2} y"),
    (exp(X),                          "e^{x}"),
    (exp(-(X**2) / 2),                r"e^{-\frac{x^{2}}{2}}"),
    (exp(X) ** 2,                     r"\left(e^{x}\right)^{2}"),
    (sin(X) * exp(Y),                 r"\sin x \cdot e^{y}"),
    (maximum(X, Y),                   r"\max\left(x, y\right)"),
    (gamma(X) ** 2,                   r"\Gamma\left(x\right)^{2}"),
    (digamma(X),                      r"\psi\left(x\right)"),
    (polygamma(1, X),                 r"\psi^{(1)}\left(x\right)"),
    (hypot(X, Y),                     r"\operatorname{hypot}\left(x, y\right)"),
    (where(X - 1, Y, Z),
     r"\begin{cases} y & \text{if } x - 1 > 0 \\ z & \text{otherwise} \end{cases}"),
    (where(X, Y, Z) + 1,
     r"\left(\begin{cases} y & \text{if } x > 0 \\ z & \text{otherwise} \end{cases}\right) + 1"),
    # numbers
    (ALPHA * Value.constant(3, "pi"), r"\alpha \pi"),
    (X * Fraction(1, 3),              r"x \cdot \frac{1}{3}"),
    (X ** Fraction(1, 3),             r"x^{\frac{1}{3}}"),
    (Value.constant(Fraction(1, 3)) ** X, r"\left(\frac{1}{3}\right)^{x}"),
    (Fraction(-1, 3) * X,             r"-\frac{1}{3} x"),
    (X + 1e-7,                        "x + 10^{-7}"),
    (X * 1e-7,                        r"x \cdot 10^{-7}"),
    (1e-7 * X,                        "10^{-7} x"),
    (2.5e300 * X,                     r"2.5 \cdot 10^{300} x"),
    (2.5e300 / X,                     r"\frac{2.5 \cdot 10^{300}}{x}"),
    (X * 2.5e300,                     r"x \cdot \left(2.5 \cdot 10^{300}\right)"),
    ((0 * X + 1e-7) ** 2,             r"\left(0 x + 10^{-7}\right)^{2}"),
    (X - Decimal("2E+9"),             r"x - 2 \cdot 10^{9}"),
    (X * float("inf"),                r"x \cdot \infty"),
    (X + float("-inf"),               r"x + \left(-\infty\right)"),
    (X + float("nan"),                r"x + \mathrm{nan}"),
    (X + (1e-7 + 2j),                 r"x + \left(10^{-7} + 2 i\right)"),
    (X * 1j,                          r"x \cdot i"),
    (X * -1j,                         r"x \cdot \left(-i\right)"),
    (X * 2j,                          r"x \cdot \left(2 i\right)"),
    (2j * X,                          "2 i x"),
    (X * -2j,                         r"x \cdot \left(-2 i\right)"),
    (X * (1 - 1j),                    r"x \cdot \left(1 - i\right)"),
    (X * (2 - 3.5j),                  r"x \cdot \left(2 - 3.5 i\right)"),
    # no more parentheses than it takes
    (X + Y - Z,                       "x + y - z"),
    (X + 2 * Y,                       "x + 2 y"),
    (-X * Y + Z,                      "-x y + z"),
    (dot([-X, Y], [Y, Z]),            r"-x \cdot y + y \cdot z"),
    (dot([X + 1, 2], [Y, Z]),         r"\left(x + 1\right) \cdot y + 2 \cdot z"),
    (where(X, Y, Z) * Y,
     r"\left(\begin{cases} y & \text{if } x > 0 \\ z & \text{otherwise} \end{cases}\right) y"),
    (Value(-2.0, "a") / X,            r"\frac{a}{x}"),
    (symbols("ab")[0] * X,            r"\mathrm{ab} \cdot x"),
    (X * symbols("ab")[0],            r"x \cdot \mathrm{ab}"),
    # what a function takes without parentheses, and which power stands behind its name
    (sin(-2 * X),                     r"\sin\left(-2 x\right)"),
    (sin(2 * X * Y),                  r"\sin\left(2 x y\right)"),
    (sin(Value.constant(2) * 3),      r"\sin\left(2 \cdot 3\right)"),
    (sin(X) * sin(Y),                 r"\sin x \sin y"),
    (sin(X) * SHARED + SHARED,        r"\sin x \cdot \sin y + \sin y"),  # it might be t_1
    (sin(X) ** Value.constant(1),     r"\left(\sin x\right)^{1}"),
    (sin(X) ** 2.0,                   r"\left(\sin x\right)^{2.0}"),
    (sin(X) ** Value(3, "n"),         r"\left(\sin x\right)^{n}"),
    (sin(X) ** (Value(2, "n") + 1),   r"\left(\sin x\right)^{n + 1}"),
)

NAMES = (
    ("x",            "x"),
    ("x1",           "x_{1}"),
    ("x_1",          "x_{1}"),
    ("x_10_y",       "x_{10,y}"),
    ("w1_x",         "w_{1,x}"),
    ("theta_1",      r"\theta_{1}"),
    ("theta",        r"\theta"),
    ("slope",        r"\mathrm{slope}"),
    ("slope_budget", r"\mathrm{slope}_{\mathrm{budget}}"),
    ("x_max",        r"x_{\mathrm{max}}"),
    ("a1b",          r"\mathrm{a1b}"),
    ("_x",           r"\mathrm{\_x}"),
    ("x_",           r"\mathrm{x\_}"),
    ("a__b",         r"\mathrm{a\_\_b}"),
    ("λ",            r"\lambda"),
    ("σ_x",          r"\sigma_{x}"),
    ("Ω",            r"\Omega"),
    ("Λ",            r"\Lambda"),
    ("Δx",           r"\mathrm{\Delta x}"),
    ("λx",           r"\mathrm{\text{$\lambda$}x}"),
    ("ά",            r"\acute{\alpha}"),
    ("ö",            r"\ddot{o}"),
    ("Å",            r"\mathring{A}"),
    ("x̄",            r"\bar{x}"),
    ("größe",        r"\mathrm{gr\ddot{o}\text{\ss}e}"),
    ("ł",            r"\text{l}"),
    ("г",            r"\text{ghe}"),
    ("Ж",            r"\text{Zhe}"),
    ("日本",          r"\mathrm{\text{65e5}\text{672c}}"),
)


@pytest.mark.parametrize(("formula", "tex"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_what_is_written(formula, tex):
    assert latex(formula) == tex


@pytest.mark.parametrize(("name", "tex"), NAMES)
def test_names(name, tex):
    assert latex(symbols(name)[0]) == tex


def test_names_that_would_look_the_same_are_spelled_apart():
    assert latex(parse("x1 + x_1*x1")) == r"x_{1} + \mathrm{x\_1} x_{1}"
    assert latex(parse("phi + φ + phi")) == r"\phi + \mathrm{u3c6} + \phi"


def test_names_that_were_set_by_hand():
    odd = Value(2.0)
    odd.name = "50% & $x{1}#\\"
    assert latex(odd) == r"\mathrm{50\%\ \&\ \$x\{1\}\#\backslash }"


@pytest.mark.parametrize(("name", "tex", "element"), [
    ("\u0301x", r"\mathrm{\text{accent}x}", "<mi>\u0301x</mi>"),  # an accent on nothing
    ("x\u0301\u0304", r"\bar{\acute{x}}", "<mi>x\u0301\u0304</mi>"),
    ("٣", r"\text{three}", "<mi>٣</mi>"), ("x.y", r"\mathrm{x.y}", "<mi>x.y</mi>"),
    ("1.5", "1.5", "<mn>1.5</mn>"), ('x"', r"\mathrm{x''}", '<mi>x"</mi>'),
])
def test_odd_names_that_were_set_by_hand(name, tex, element):
    odd = Value(2.0)
    odd.name = name
    assert latex(odd) == tex
    assert mathml(odd) == f"<math>{element}</math>"


@pytest.mark.parametrize(("data", "tex"), [
    ("a/3", r"\mathrm{a/3}"), ("3/b", r"\mathrm{3/b}"), ("2/3", r"\frac{2}{3}"),
    ("1e0", "10^{0}"), ("1e1", "10^{1}"), ("1e-1", "10^{-1}"), ("1.00e5", "10^{5}"),
    ("1.01e5", r"1.01 \cdot 10^{5}"), ("-Infinity", r"-\infty"), ("-2/3", r"-\frac{2}{3}")])
def test_numbers_by_the_way_they_are_written(data, tex):
    assert latex(Value.bare(data, constant, ())) == tex


def test_the_name_of_an_inner_node_is_not_written():
    inner = X * Y
    inner.name = "budget"
    assert latex(2 * inner * Z) == r"2 \left(x y\right) z"


def test_a_row_of_ones_own():
    twice_it = Operation("twice_it", lambda x: 2 * x, lambda x, y: 2)
    assert latex(twice_it(X) ** 2) == r"\operatorname{twice\_it}\left(x\right)^{2}"
    size = Operation("größe", lambda x: 2 * x, lambda x, y: 2)
    assert latex(size(X)) == r"\operatorname{gr\ddot{o}\text{\ss}e}\left(x\right)"


def test_long_formulas_name_their_shared_parts_on_lines_of_their_own():
    y = X
    for _ in range(8):
        y = 4 * y * (1 - y)
    first, second, *_, last, end = latex(y).split("\n")
    assert (first, end) == (r"\begin{aligned}", r"\end{aligned}")
    assert second == r"t_{1} &= 4 x \left(1 - x\right) \\"
    assert last == r"& 4 t_{7} \left(1 - t_{7}\right)"


def test_a_shared_part_is_called_like_nothing_else():
    (y,) = symbols("t_1")
    for _ in range(8):
        y = 4 * y * (1 - y)
    assert latex(y).count("t_{1}") == 3
    assert r"t_{1} &= 4 \mathrm{t\_1} \left(1 - \mathrm{t\_1}\right)" in latex(y)


# Read back

WORD = re.compile(r"\s*(\\[a-zA-Z]+|\\\\|\d+\.?\d*|\S)")
FUNCTIONS = {
    r"\sin": math.sin, r"\cos": math.cos, r"\tan": math.tan, r"\sinh": math.sinh,
    r"\cosh": math.cosh, r"\tanh": math.tanh, r"\ln": math.log, r"\arcsin": math.asin,
    r"\arccos": math.acos, r"\arctan": math.atan, r"\log10": math.log10, r"\log2": math.log2,
}


class Reader:
    """What a formula in LaTeX is at a place, as a person would work it out."""

    def __init__(self, tex, place):
        self.words, self.place = [*WORD.findall(tex), ""], place

    def take(self, *expected):
        word = self.words.pop(0)
        assert not expected or word in expected, (word, self.words[:9])
        return word

    def group(self, opening="{", closing="}"):
        self.take(opening)
        value = self.sum()
        self.take(closing)
        return value

    def inside(self, opening="(", closing=")"):
        """What stands between left and right, one number or several."""
        self.take(r"\left")
        self.take(opening)
        values = [self.sum()]
        while self.words[0] == ",":
            self.take()
            values.append(self.sum())
        self.take(r"\right")
        self.take(closing)
        return values

    def sum(self):
        is_negative = self.words[0] == "-"
        if is_negative:
            self.take()
        value = -self.product() if is_negative else self.product()
        while self.words[0] in ("+", "-"):
            sign = self.take()
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self):
        value = self.factor()
        while self.words[0] not in ("", "+", "-", ",", "}", r"\right", "&", ">", r"\\", "]"):
            if self.words[0] == r"\cdot":
                self.take()
            else:
                assert not self.words[0][0].isdigit(), "two numbers without a dot"
            value *= self.factor()
        return value

    def factor(self):
        value = self.atom()
        if self.words[0] == "^":
            self.take()
            exponent = self.group()
            assert self.words[0] != "^"
            value **= exponent
        return value

    def atom(self):
        if self.words[0] == r"\left":
            return abs(*self.inside("|", "|")) if self.words[1] == "|" else self.inside()[0]
        word = self.take()
        if word[0].isdigit():
            return float(word)
        if word in self.place:
            return self.place[word]
        if word == "e":
            return math.e
        if word == r"\frac":
            return self.group() / self.group()
        if word == r"\sqrt":
            if self.words[0] == "[":
                assert self.group("[", "]") == 3
                return math.cbrt(self.group())
            return math.sqrt(self.group())
        if word in (r"\max", r"\min"):
            return (max if word == r"\max" else min)(self.inside())
        if word == r"\Gamma":
            return math.gamma(*self.inside())
        if word == r"\operatorname":
            name = re.sub("[{}]", "", "".join(self.words[: self.words.index("}")]))
            del self.words[: self.words.index("}") + 1]
            return Reader.named(name, self.inside())
        if word == r"\log":
            self.take("_")
            word += f"{self.group():g}"
        exponent = 1
        if self.words[0] == "^":
            self.take()
            exponent = self.group()
            assert exponent > 1
        if self.words[0] == r"\left":
            (argument,) = self.inside()
        else:  # everything up to a dot or a function
            argument = self.atom()
            while self.words[0] in self.place:
                argument *= self.atom()
        return FUNCTIONS[word](argument) ** exponent

    @staticmethod
    def named(name, inputs):
        return parse(f"{name}({', '.join(map('({!r})'.format, inputs))})").data


def read(tex, at):
    """The number of a formula; each line of several is named by a letter of its own."""
    tex = re.sub(r"\\(begin|end)\{aligned\}", "", tex)
    tex = re.sub(r"t_\{(\d+)\}", lambda name: chr(0x4E00 + int(name[1])), tex)
    *lines, last = [line.strip("\n &") for line in tex.split(r" \\" + "\n")]
    for line in lines:
        name, _, part = line.partition(" &= ")
        at = {**at, name: Reader(part, at).sum()}
    return Reader(last, at).sum()


def random_formulas(seed, count):
    dice = random.Random(seed)
    made = (grow(dice, dice.randint(1, 6)) for _ in range(count))
    return [formula for formula in made if isinstance(formula, Value)]


def test_random_formulas_are_read_as_what_they_are():
    at = {"x": 0.75, "y": 0.375, "z": 1.25}
    compared = 0
    for formula in random_formulas(11, 4000):
        tex = latex(formula)
        try:
            expected = formula.at(**at)
        except DomainError:
            continue
        if not isinstance(expected, float) or not 1e-6 < abs(expected) < 1e6 or r"\psi" in tex:
            continue
        assert read(tex, at) == pytest.approx(expected, rel=1e-6), tex
        compared += 1
    assert compared > 1000


def test_long_random_formulas_are_read_line_by_line():
    dice, at = random.Random(7), {"x": 0.75, "y": 0.375, "z": 1.25}
    for _ in range(60):
        pool = [X, Y, Z]
        for _ in range(40):
            u, v = dice.choice(pool[-4:]), dice.choice(pool)
            row = dice.choice((sin, cos, lambda t: sin(t) ** 2, lambda t: -t, lambda t: t / 2))
            pool.append(dice.choice((row(u), u * v, u - v, row(u) * v, u + row(v) * u)))
        tex = latex(pool[-1])
        expected = pool[-1].at(**at)
        assert read(tex, at) == pytest.approx(expected, rel=1e-6, abs=1e-9), tex


@pytest.mark.parametrize("tex", [r"2 \cdot -x", "2 3", "x + -y", r"x^{2}^{3}"])
def test_what_a_book_does_not_print_is_not_read(tex):
    with pytest.raises((AssertionError, KeyError)):
        Reader(tex, {"x": 1.0, "y": 2.0}).sum()


# Compiled, where there is a compiler

SOME = [*(latex(f) for f, _ in WRITTEN), *(latex(symbols(name)[0]) for name, _ in NAMES)]


@pytest.mark.skipif(not shutil.which("node") or "NODE_PATH" not in os.environ,
                    reason="needs Node, and KaTeX in a folder that NODE_PATH names")
def test_katex_takes_them_all():
    texts = SOME + [latex(formula) for formula in random_formulas(12, 1000)]
    program = """
        const katex = require("katex"), texts = JSON.parse(require("fs").readFileSync(0));
        for (const text of texts)
            katex.renderToString(text, {strict: "error", throwOnError: true, displayMode: true});
    """
    done = subprocess.run(["node", "-e", program], input=json.dumps(texts), text=True,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs pdflatex")
def test_pdflatex_takes_them_all(tmp_path):
    texts = SOME + [latex(formula) for formula in random_formulas(13, 1000)]
    boxes = "\n".join(rf"\setbox0\hbox{{$\displaystyle {text}$}}" for text in texts)
    head = r"\documentclass{article}\usepackage{amsmath}\begin{document}"
    (tmp_path / "page.tex").write_text(f"{head}\n{boxes}\n\\end{{document}}", encoding="utf-8")
    done = subprocess.run(["pdflatex", "-halt-on-error", "page.tex"], cwd=tmp_path,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
