"""Functions by the names they have elsewhere: what is advised means the same, or nothing is."""

import math
import re
from math import acos, asin, atan, cos, erf, exp, fsum, log, pi, sin, tan, tanh

import pytest

from mathlab import parse
from mathlab.calculus.text import elsewhere
from mathlab.calculus.text.parse import OTHER_NAMES
from mathlab.errors import FormulaError
from tests.calculus.rows import FUNCTIONS

OURS = {row.name: row for row in FUNCTIONS} | OTHER_NAMES


def advice(text):
    """What is said of a text that is refused, without the place."""
    with pytest.raises(FormulaError) as caught:
        parse(text)
    return str(caught.value).split("«", 1)[1].split(": ", 1)[1]


def area(f, a, b, n=2000):
    """The area under a curve, by Simpson's rule."""
    h = (b - a) / n
    weights = [1, *(4 if i % 2 else 2 for i in range(1, n)), 1]
    return h / 3 * fsum(weight * f(a + i * h) for i, weight in enumerate(weights))


def root(f, low, high):
    """Where an increasing function is 0, by halving."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if f(middle) > 0 else (middle, high)
    return low


LN_GAMMA_1_7 = log(area(lambda t: t**0.7 * exp(-t), 1e-12, 60, 200_000))  # Euler's integral, at 1.7
# digamma(0.7) and trigamma(0.7) by their series, with the rest as an integral: DLMF 5.7.6, 5.15.1
DIGAMMA = log(20_000.7) - 1 / (2 * 20_000.7) - fsum(1 / (k + 0.7) for k in range(20_000))
TRIGAMMA = fsum(1 / (k + 0.7) ** 2 for k in range(20_000)) + 1 / (20_000.7 - 0.5)

# By its definition in a textbook, or in the manual it comes from, at x = 0.7, y = 0.4, z = 0.2
X, Y, Z = 0.7, 0.4, 0.2
MEANT = {
    "sec": 1 / cos(X), "csc": 1 / sin(X), "cot": cos(X) / sin(X),
    "csch": 2 / (exp(X) - exp(-X)),
    "coth": (exp(X) + exp(-X)) / (exp(X) - exp(-X)),
    "asech": root(lambda t: X - 2 / (exp(t) + exp(-t)), 0, 5),
    "acsch": root(lambda t: X - 2 / (exp(t) - exp(-t)), 0.01, 5),
    "arcsinh": root(lambda t: exp(t) - exp(-t) - 2 * X, 0, 5),
    "arctanh": root(lambda t: tanh(t) - X, 0, 5),
    "arctan2": atan(X / Y), "sine": sin(X), "cosine": cos(X), "tangent": sin(X) / cos(X),
    "arctg": root(lambda t: tan(t) - X, 0, 1.5), "sh": (exp(X) - exp(-X)) / 2,
    "ch": (exp(X) + exp(-X)) / 2, "th": (exp(2 * X) - 1) / (exp(2 * X) + 1),
    "sinpi": sin(pi * X), "cospi": cos(pi * X), "sind": sin(math.radians(X)),
    "cosd": cos(math.radians(X)), "tand": tan(math.radians(X)), "radians": math.radians(X),
    "degrees": math.degrees(X), "cas": sin(X) + cos(X), "versin": 2 * sin(X / 2) ** 2,
    "haversin": sin(X / 2) ** 2, "expit": exp(X) / (exp(X) + 1),
    "logit": root(lambda t: 1 / (1 + exp(-t)) - X, -5, 5), "logsigmoid": -log(1 + exp(-X)),
    "elu": X, "leaky_relu": X, "mean": math.fsum((X, Y)) / 2, "nthroot": exp(log(X) / Y),
    "silu": X / (1 + exp(-X)), "gelu": X * (1 + erf(X / 2**0.5)) / 2,
    "mish": X * tanh(log(1 + exp(X))), "softsign": X / (1 + X), "ramp": X, "heaviside": 1,
    "sgn": 1, "fabs": X, "fmax": X, "fmin": Y, "clip": Z, "norm": (X * X + Y * Y) ** 0.5,
    "sum": X + Y, "sub": X - Y, "mul": X * Y, "div": X / Y, "neg": -X, "reciprocal": 1 / X,
    "pow": exp(Y * log(X)), "square": X * X, "root": X**0.5, "cube": X * X * X,
    "rsqrt": X**-0.5, "exp2": exp(X * log(2)), "exp10": exp(X * log(10)), "log": math.log(X, Y),
    "log3": math.log(X, 3), "log_10": math.log10(X), "lb": math.log2(X),
    "logaddexp": log(exp(X) + exp(Y)), "factorial": exp(LN_GAMMA_1_7),
    "loggamma": LN_GAMMA_1_7 - log(X), "psi": DIGAMMA, "trigamma": TRIGAMMA,
    # B(x, y) = (x + y)(x + y + 1)/(x y) B(x + 1, y + 1), and (n over k) = 1/((n + 1) B(...))
    "beta": 1.1 * 2.1 / 0.28 * area(lambda t: t**0.7 * (1 - t) ** 0.4, 0, 1, 200_000),
    "binomial": 1 / (1.7 * area(lambda t: t**0.4 * (1 - t) ** 0.3, 0, 1, 200_000)),
    "erfcx": exp(X * X) * (1 - erf(X)),
    "normcdf": 0.5 + area(lambda t: exp(-t * t / 2) / (2 * pi) ** 0.5, 0, X),
}
ABOVE_1 = {  # at x = 1.7, y = 0.4, z = 0.2
    "arccosh": root(lambda t: exp(t) + exp(-t) - 3.4, 0, 5), "asec": acos(1 / 1.7),
    "acsc": asin(1 / 1.7), "acoth": root(lambda t: tanh(t) - 1 / 1.7, 0, 5),
}
TWO_MEANINGS = {
    "acot": [atan(1 / X), pi / 2 - atan(X)], "lg": [math.log10(X), math.log2(X)],
    "sqr": [X**2, X**0.5], "sinc": [sin(X) / X, sin(pi * X) / (pi * X)],
}


def values(name, x):
    """The values of what stands for a function."""
    for count in (1, 2, 3):
        if ways := elsewhere.formulas(name, count):
            formulas = [parse(way) for way in ways]
            return [f.at(x=x, y=Y, z=Z) for f in formulas]
    return []


@pytest.mark.parametrize(
    ("name", "meant"), [*MEANT.items(), *ABOVE_1.items()], ids=[*MEANT, *ABOVE_1]
)
def test_what_is_advised_has_the_value_of_what_was_meant(name, meant):
    assert values(name, 1.7 if name in ABOVE_1 else X) == pytest.approx([meant], rel=1e-6)


@pytest.mark.parametrize(("name", "meant"), TWO_MEANINGS.items())
def test_a_name_with_two_meanings_gets_both(name, meant):
    assert sorted(values(name, X)) == pytest.approx(sorted(meant))
    assert advice(f"{name}(x)").startswith(f"{name} has two meanings; write ")


def test_every_line_of_the_table_is_tested():
    told = {*MEANT, *ABOVE_1, *TWO_MEANINGS, "max", "min"}
    for formula, names in elsewhere.TABLE:
        assert told & {*names.split()}, formula
    assert parse("max(max(x, y), z)").at(x=1, y=3, z=2) == 3
    assert parse("min(min(x, y), z)").at(x=3, y=1, z=2) == 1


def test_a_name_of_ours_is_in_the_table_for_another_number_of_inputs_only():
    for name, row in OURS.items():
        assert not elsewhere.formulas(name, row.arity)
        assert not elsewhere.has_none(name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("coth(2*x)", "coth is not a function; write 1/tanh(2*x)"),
        ("square(x + 1)^2", "square is not a function; write (x + 1)**2"),
        ("pow(-2, n)", "pow is not a function; write (-2)**n"),
        ("1 + arctan2(a - b, c)", "arctan2 is not a function; write atan2(a - b, c)"),
        ("factorial(n - 1)", "factorial is not a function; write gamma(n - 1 + 1)"),
        ("Expit(x)", "Expit is not a function; write sigmoid(x)"),
        ("logit(2)", "logit is not a function; write log(x/(1 - x))"),  # 2 has none
        ("logit(" + "+".join("x" * 99) + ")", "logit is not a function; write log(x/(1 - x))"),
        ("log(x, 10)", "log takes 1 input, not 2: write log(x)/log(10), or log10(x)"),
        ("ln(x, 2.0)", "log takes 1 input, not 2: write log(x)/log(2.0), or log2(x)"),
        ("log(x + 1, b)", "log takes 1 input, not 2: write log(x + 1)/log(b)"),
        ("log(x, 10, 2)", "log takes 1 input, not 3"),
        ("hypot(a, b, c)", "hypot takes 2 inputs, not 3: write hypot(hypot(a, b), c)"),
        ("max(a, b, c)", "maximum takes 2 inputs, not 3: write maximum(maximum(a, b), c)"),
        ("mod(x, 2)", "mod is not a function; no formula of those here stands for it"),
        ("floor(x)", "floor is not a function; no formula of those here stands for it"),
        ("beta(x + 1)", "beta is not a function; for a product write beta*(...)"),
        ("SIN(x)", "SIN is not a function; did you mean sin?"),
        ("Log(x)", "Log is not a function; did you mean log?"),
        ("Max(x, y)", "Max is not a function; did you mean max?"),
        ("sqt(x)", "sqt is not a function; did you mean sqrt?"),
        ("arcos(x)", "arcos is not a function; did you mean acos?"),
        ("rate(x)", "rate is not a function; for a product write rate*(...)"),
    ],
)
def test_what_is_said(text, said):
    assert advice(text) == said


def test_advice_that_is_followed_leads_to_a_formula():
    for _, names in elsewhere.TABLE:
        for name in names.split():
            for count, inputs in enumerate(("p", "p, q", "p, q, r"), 1):
                if not elsewhere.formulas(name, count) or name in ("log", "ln"):
                    continue
                for way in re.split(",? or ", advice(f"{name}({inputs})").split("write ")[1]):
                    used = {*re.findall(r"\b[pqrxyz]\b", str(parse(way)))}
                    assert used == {*inputs.split(", ")}, (name, way)


SLIPS = [
    ("sqt", "sqrt"), ("sqrtt", "sqrt"), ("sni", "sin"), ("epx", "exp"), ("loog", "log"),
    ("tanhh", "tanh"), ("sigmiod", "sigmoid"), ("sigmod", "sigmoid"), ("sihmoid", "sigmoid"),
    ("gama", "gamma"), ("arcos", "acos"), ("hypott", "hypot"), ("arcsn", "arcsin"),
    # several, or another word
    ("sinn", ""), ("cosn", ""), ("lamma", ""), ("si", ""), ("f", ""), ("fn", ""), ("sun", ""),
    ("tax", ""), ("mix", ""), ("sigmund", ""), ("integral", ""), ("sin2", ""), ("log3", ""),
    ("atan3", ""), ("exp1", ""), ("log11p", ""),
    ("sqtrs", ""), ("tan2", ""), ("log1", ""), ("atn2", ""), ("sin", ""), ("", ""),
]


@pytest.mark.parametrize(("name", "meant"), SLIPS)
def test_a_slip_of_one_letter(name, meant):
    found = elsewhere.slip(name, OURS)
    assert OURS.get(found) is OURS.get(meant), found


# What SciPy, NumPy, PyTorch, C, Excel, Maple and Mathematica call functions with no row here.
OTHERS = """
acoth asech acsch acot asec acsc arccoth arcsech coth csch cosd sind tand sinc cis cas
erfi erfcx erfinv expi exp1 expint expm logm sqrtm sinm cosm log3 logb elu selu gelu silu celu
prelu zeta eta ei li si ci shi chi sn cn dn mod fmod floor ceil round trunc rint frac int map
len lag norm mean median arg angle real imag conj expit logit logistic arcsinh arctan2 square
psi pow factorial loggamma gammaln sgn signum heaviside lb lg fabs power cube
"""


@pytest.mark.parametrize("name", OTHERS.split())
def test_no_other_function_is_guessed_at(name):
    assert "did you mean" not in advice(f"{name}(x)")


def test_a_slip_is_one_or_it_is_not():
    assert elsewhere._is_slip("sq", "sqr") is False
