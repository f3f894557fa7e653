"""Shorter ways to write a sum: what is not written could not have been taken."""

from fractions import Fraction

import pytest

from mathlab import derivative, parse, symbols
from mathlab.calculus.algebra import shorter
from mathlab.calculus.algebra import simplify as chapter
from mathlab.calculus.algebra.bags import Notebook
from mathlab.calculus.algebra.shorter import content
from tests.calculus.algebra.work import check, work

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
    "(x + 1)*exp(x)/(x**2 - 3)",
    "sin(x)**2*cos(x)*exp(x)",
    "(x**3 - x)/(x**2 + 1)**2",
    "x*exp(x)*log(x)/(x + 1)",
    "sqrt(1 - x**2)*asin(x)/x",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_the_shortest_is_the_same_if_every_way_is_written(
        text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (x,) = symbols("x")
    found = str(derivative(parse(text), x))
    monkeypatch.setattr(shorter, "_least", lambda book, way: 0)
    assert str(derivative(parse(text), x)) == found


class Forgetful(dict[object, object]):
    """What nothing stays in."""

    def __setitem__(self, key: object, value: object) -> None: ...


@pytest.mark.parametrize("text", [*FORMULAS, "minimum(x*x, x - x*x)", "x*(y - x)/(x - y)**2"])
def test_what_an_earlier_run_has_found_changes_nothing(
        text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def notebook() -> Notebook:
        book = Notebook()
        monkeypatch.setattr(book, "found", Forgetful())
        return book

    (x,) = symbols("x")
    found = str(derivative(parse(text), x))
    monkeypatch.setattr(chapter, "Notebook", notebook)
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


# What is made of a formula, how many products are tried on the way, and how many nodes are made: it
# takes no more work than that.
WAYS = [
    ("a*exp(x) + b*exp(x) + c",           "c + (a + b)*exp(x)",                 14,  17),
    ("a*exp(x) + b*exp(x) + c*sin(x) + d*sin(x)", "(a + b)*exp(x) + (c + d)*sin(x)", 21, 27),
    ("a*exp(x) + b*sin(x) + c*exp(x) + d*sin(x) + f",
     "f + (a + c)*exp(x) + (b + d)*sin(x)", 23, 45),
    ("a*sin(x)*cos(x) + b*sin(x) + c*cos(x)", "a*sin(x)*cos(x) + b*sin(x) + c*cos(x)", 12, 22),
    ("sin(x)**2 + cos(x)**2",             "1",                                   6,  12),
    ("sin(x)**4 - cos(x)**4",             "1 - 2*cos(x)**2",                    15,  25),
    ("sin(x)**4 + 2*sin(x)**2*cos(x)**2 + cos(x)**4", "1", 14, 23),
    ("1/cos(x)**2 - tan(x)**2",           "1",                                  14,  15),
    ("1/cos(x)**4 - 2*tan(x)**2/cos(x)**2 + tan(x)**4", "1", 33, 26),
    ("cosh(x)**2 - sinh(x)**2",           "1",                                   6,  12),
    ("tanh(x)**2 + sech(x)**2",           "1",                                  18,  14),
    ("y*cosh(x)**2 - y*sinh(x)**2 + 1",   "y + 1",                              11,  19),
    ("1/sin(x)**2 - 1/tan(x)**2",         "1",                                  20,  17),
    ("sin(x)**3 + sin(x)*cos(x)**2",      "sin(x)",                             15,  15),
    ("x*sin(x)**2 + x*cos(x)**2 + y",     "x + y",                              11,  18),
    ("cos(x)**2*exp(y) + sin(x)**2*exp(y)", "exp(y)", 17, 22),
    ("sin(x)**200 + cos(x)**2",           "sin(x)**200 + cos(x)**2",           4042,  12),
    ("x**n*log(x) + x**n",                "x**n*log(x) + x**n",                  8,   9),
    ("x**n*log(x) + x**n*y",              "x**n*log(x) + y*x**n",               10,  11),
    ("x**2*log(x) + x**2",                "x**2*(log(x) + 1)",                  11,  15),
    ("x**n*y + x**n*a",                   "(a + y)*x**n",                       12,  14),
    ("x**n + x**(n+1)",                   "x**(n + 1) + x**n",                   7,  11),
    ("x**(n-1)*n + x**n",                 "x**n + n*x**(n - 1)",                 9,  13),
    ("x**x*log(x) + x**x",                "x**x*(log(x) + 1)",                  11,  14),
    ("x**(1+n)*log(x) + x**n*log(x)",     "log(x)*(x**(n + 1) + x**n)",         16,  20),
    ("(12*x - 8*x**3)*exp(-x**2)",        "(12*x - 8*x**3)*exp(-x**2)",         21,  43),
    ("x*exp(x) + exp(x)",                 "exp(x) + x*exp(x)",                   8,  13),
    ("x*y*exp(x) + x*exp(x)",             "(x*y + x)*exp(x)",                   23,  23),
    ("x**2*exp(x) + x*exp(x)",            "(x**2 + x)*exp(x)",                  24,  24),
    ("2*x*exp(x) + 4*exp(x)",             "2*(x + 2)*exp(x)",                    9,  24),
    ("x*exp(x)/2 + exp(x)/4",             "exp(x)/4 + x*exp(x)/2",              10,  27),
    ("exp(x)*sin(x) + exp(x)*cos(x)",     "exp(x)*(sin(x) + cos(x))",            9,  16),
    ("exp(2*x) + exp(x)",                 "exp(2*x) + exp(x)",                   5,  11),
    ("sqrt(x)*y + sqrt(x)*a",             "sqrt(x)*(a + y)",                    12,  15),
    ("x/sqrt(x/y)",                       "x/sqrt(x/y)",                         7,  11),
    ("x/sqrt(x*y)",                       "x/sqrt(x*y)",                         7,  11),
    ("1/sqrt(x/y) + 1/sqrt(y/x)",         "1/sqrt(x/y) + 1/sqrt(y/x)",          19,  24),
    ("sqrt(x+1)/(x+1) + 1/sqrt(x+1)",     "2/sqrt(x + 1)",                       6,  13),
    ("x/sqrt(1 + x**2) + 1/sqrt(1 + x**2)", "(x + 1)/sqrt(x**2 + 1)", 15, 21),
    ("1/x + 1/y",                         "(x + y)/(x*y)",                      11,  14),
    ("1/x + 1/x**2",                      "(x + 1)/x**2",                       12,  16),
    ("1/(x+1) + 1/(x-1)",                 "2*x/(x**2 - 1)",                     17,  26),
    ("1/(x+1) - 1/(x-1)",                 "2/(1 - x**2)",                       14,  32),
    ("1/((1 - x)*(1 + x))",               "1/(1 - x**2)",                        6,  18),
    ("1/((x - y)*(x + y)*(x**2 + y**2))", "1/(x**4 - y**4)",                    16,  28),
    ("x/((1-x)**2*(1+x)**2)",             "x/(1 - x**2)**2",                     9,  25),
    ("1/(1 + 1/x**2)",                    "1/(1/x**2 + 1)",                     17,  18),
    ("1/(1 + 1/x)",                       "x/(x + 1)",                          14,  15),
    ("(1 + 1/x)/(1 - 1/x)",               "(x + 1)/(x - 1)",                    51,  39),
    ("1/(x*(1 + y/x))",                   "1/(x + y)",                          14,  16),
    ("x/(1 + 1/(1 + x))",                 "x/(1/(x + 1) + 1)",                  17,  23),
    ("1/(exp(x) + exp(-x))",              "1/(exp(x) + exp(-x))",                5,  13),
    ("1/(x**(-2) + y**(-1))",             "1/(1/y + 1/x**2)",                   17,  23),
    ("(x**2 - y**2)/(x - y)",             "x + y",                              18,  21),
    ("(x**3 - y**3)/(x - y)",             "(x**3 - y**3)/(x - y)",              24,  29),
    ("(x**2 + 2*x + 1)/(x + 1)",          "x + 1",                              17,  26),
    ("(x**2 + 2*x*y + y**2)/(x + y)",     "x + y",                              22,  30),
    ("(x**3 - 1)/(x - 1)",                "x**2 + x + 1",                       16,  24),
    ("(x**2 - 1)/(x + 2)",                "(x**2 - 1)/(x + 2)",                 14,  18),
    ("(x**4 - 1)/(x**2 + 1)",             "x**2 - 1",                           15,  23),
    ("(2*x**2 - 2)/(x - 1)",              "2*(x + 1)",                          18,  36),
    ("(x**2 - 1)/(2*x - 2)",              "(x + 1)/2",                          18,  37),
    ("(x**2/4 - 1)/(x/2 - 1)",            "(x + 2)/2",                          22,  42),
    ("(sin(x)**2 - 1)/(sin(x) - 1)",      "sin(x) + 1",                         22,  26),
    ("(x + 1)**3 - x**3 - 3*x**2 - 3*x",  "1",                                  14,  21),
    ("(x + 1)**3*y - x**3*y",             "y*(x + 1)**3 - x**3*y",              17,  28),
    ("(x + 1)*(x - 1) + 1",               "x**2",                                3,  14),
    ("(x + 1)*(x + 2)*(x + 3)",           "(x + 1)*(x + 2)*(x + 3)",             5,  28),
    ("x*(x + 1)",                         "x*(x + 1)",                           9,  12),
    ("x*(x + 1)**3",                      "x*(x + 1)**3",                        4,  10),
    ("x*(x + 1) - x**2",                  "x",                                  15,  14),
    ("x*(1/x + y)",                       "x*y + 1",                            16,  15),
    ("(x + y)*(1/x + 1/y)",               "(x + y)**2/(x*y)",                   11,  19),
    ("(x + y)*(x - y) - x**2",            "-y**2",                              17,  20),
    ("(x + 1)**2 - (x - 1)**2",           "4*x",                                11,  17),
    ("(x + 1)**40 - (x + 1)**40*2",       "-(x + 1)**40",                        4,  13),
    ("(x + 1)**70*x - x",                 "x*(x + 1)**70 - x",                   9,  12),
    ("(a+b+c+d)**3 - (a+b+c)**3", "(a + b + c + d)**3 - (a + b + c)**3", 101, 14),
    ("0.1*x*(x + 1) - 0.1*x**2",          "0.1*x",                              18,  29),
    ("0.123456789*x*(x + 1) - 0.123456789*x**2",
     "0.123456789*x*(x + 1) - 0.123456789*x**2", 12, 25),
    ("0.1*x + 0.1*y",                     "0.1*(x + y)",                         6,  13),
    ("0.1*x + 0.2*y",                     "0.1*x + 0.2*y",                       4,  10),
    ("0.3*x*exp(x) + 0.3*exp(x)",         "0.3*(x + 1)*exp(x)",                  9,  23),
    ("2*x + 4*y",                         "2*x + 4*y",                           7,  16),
    ("2*x*sin(y) + 4*sin(y)",             "2*(x + 2)*sin(y)",                    9,  23),
    ("x/2 + y/3",                         "x/2 + y/3",                           7,  19),
    ("x*sin(y)/2 + sin(y)/3",             "sin(y)/3 + x*sin(y)/2",              10,  27),
    ("3*x**2 - 6*x",                      "3*x**2 - 6*x",                       12,  22),
    ("6*x**2*sin(y) - 9*x*sin(y)",        "x*(6*x - 9)*sin(y)",                 32,  48),
    ("x*tan(x)*cos(x) + sin(x)",          "sin(x) + x*sin(x)",                   9,  17),
    ("tan(x)*cos(x)**2 + sin(x)*cos(x)",  "2*sin(x)*cos(x)",                     5,  15),
    ("tan(x)**2*cos(x)**2 + cos(x)**2",   "1",                                  10,  20),
    ("tan(x)**2 + 1",                     "tan(x)**2 + 1",                      15,  14),
    ("y*tan(x)**2 + y",                   "y/cos(x)**2",                        28,  21),
    ("(tan(x)**2 + 1)*x",                 "x*(tan(x)**2 + 1)",                  17,  16),
    ("1 - tanh(x)**2",                    "sech(x)**2",                         15,  17),
    ("tanh(x)/sinh(x) + 1/cosh(x)",       "2/cosh(x)",                          11,  15),
    ("x*where(y, x, 1) + where(y, x, 1)", "(x + 1)*where(y, x, 1)",              8,  12),
    ("1/(x + 1)**2 - x/(x + 1)**3",       "1/(x + 1)**3",                       14,  23),
    ("1/(x**2 + 1) - x**2/(x**2 + 1)**2", "1/(x**2 + 1)**2",                    17,  22),
    ("2/(x**2 + 1) - 4*x**2/(x**2 + 1)**2", "2*(1 - x**2)/(x**2 + 1)**2", 26, 49),
    ("1/q - x**2/q**2",                   "(q - x**2)/q**2",                    15,  18),
    ("exp(x)/(exp(x) + 1) - exp(2*x)/(exp(x) + 1)**2", "exp(x)/(exp(x) + 1)**2", 16, 28),
    ("(x*exp(x) - exp(x))/x**2",          "(x - 1)*exp(x)/x**2",                25,  26),
    ("log(x)/x - 1/x",                    "(log(x) - 1)/x",                      9,  14),
    ("x - x*(1 - y)",                     "x*y",                                11,  15),
    ("x*(y + 1) - y*(x + 1)",             "x - y",                               8,  15),
    ("(x + y)**2/(x + y) - x",            "y",                                   2,   7),
    ("1e308*x + 1e308*x*y",               "1e+308*x*y + 1e+308*x",              10,  20),
    ("1e-200*x/(x + 1) + 1e-200/(x + 1)", "1e-200",                             10,  17),
    ("2*x*1e308*1e308*(x + 1)",           "2*1e+308**2*x*(x + 1)",               3,  13),
    ("x**0.5*y + x**0.5",                 "sqrt(x)*y + sqrt(x)",                11,  14),
    ("x**(1/3)*y + x**(1/3)",             "x**(1/3)*y + x**(1/3)",              13,  15),
    ("x**1.5 + x**0.5",                   "x**(3/2) + sqrt(x)",                 10,  15),
    ("x**2.5*y - x**1.5",                 "x**(5/2)*y - x**(3/2)",              11,  12),
    ("1/x**0.5 + x**0.5",                 "(x + 1)/sqrt(x)",                    12,  14),
    ("pi*x + pi*y",                       "pi*(x + y)",                          9,  13),
    ("pi*x**2 + 2*pi*x",                  "pi*x*(x + 2)",                       11,  20),
    ("exp(x)*x**2 + 2*exp(x)*x + 2*exp(x)", "(x**2 + 2*x + 2)*exp(x)", 15, 26),
    ("sin(x)*x**2 - 2*sin(x) + 2*x*cos(x)", "2*x*cos(x) - 2*sin(x) + x**2*sin(x)", 14, 26),
    ("(x**2 + 1)*exp(x) - 2*x*exp(x)",    "(x**2 - 2*x + 1)*exp(x)",            16,  29),
    ("(a*x + b)/(c*x + d) - a/c",         "(b*c - a*d)/(c*(c*x + d))",          34,  39),
    ("x**2*y**2 + x**2*y",                "x**2*y*(y + 1)",                     14,  18),
    ("x*y + x*z + y*z",                   "x*y + x*z + y*z",                     6,  11),
    ("a*x**2 + b*x**2 + c*x",             "x*(a*x + b*x + c)",                  19,  23),
    ("a*b*c + a*b*d + a*b*f",             "a*b*(c + d + f)",                    12,  17),
    ("absolute(x)*x + absolute(x)",       "absolute(x) + x*absolute(x)",         8,  12),
    ("sign(x)*y + sign(x)*z",             "(y + z)*sign(x)",                     9,  13),
    ("relu(x)**2 + relu(x)",              "relu(x) + relu(x)**2",                8,  13),
    ("cbrt(x)**2*y + cbrt(x)**2",         "(y + 1)*cbrt(x)**2",                 11,  15),
    ("(exp(x) + 1)/exp(x)",               "exp(-x) + 1",                         2,  15),
    ("sqrt(tan(x))*sqrt(cos(x)) + sqrt(sin(x))",
     "sqrt(sin(x)) + sqrt(cos(x))*sqrt(tan(x))", 8, 16),
    ("tan(x)**n*cos(x)**n + sin(x)**n",   "sin(x)**n + cos(x)**n*tan(x)**n",     8,  15),
    ("sin(x)**n + sin(x)**2 + cos(x)**2", "sin(x)**n + 1",                       9,  17),
    ("((1e200*exp(-x))**2 - (x + 1)*(x - 1)*exp(-x))*(x + 1)**2",
     "(x + 1)**2*((1e+200*exp(-x))**2 - (x + 1)*(x - 1)*exp(-x))", 22, 36),
    ("(a+b+c+d+f+g+h+k)**3 - a**3", "(a + b + c + d + f + g + h + k)**3 - a**3", 71, 17),
    ("x**0.3*y + x**0.3",                 "x**0.3*y + x**0.3",                   8,   9),
    ("x**n*sin(x) + x**n",                "x**n*(sin(x) + 1)",                  11,  14),
    ("x*(y + 1) - x*y - x",               "0",                                  11,  17),
    ("x/(x + 0.123456789) + y/(x + 0.123456789)", "(x + y)/(x + 0.123456789)",  11,  16),
    ("(x**2/3**60 + y)/(5**40*x + 1)",
     f"(x**2 + {3**60}*y)/({3**60}*({5**40}*x + 1))", 21, 35),
    ("x**2*y*cos(x) - y**3*cos(x)",       "(x**2*y - y**3)*cos(x)",             26,  29),
    ("(x + 1)*sin(x)**2*y - x*sin(x)**2*y", "y*sin(x)**2",                      25,  31),
]


@pytest.mark.parametrize(("text", "shortest", "products", "nodes"), WAYS)
def test_the_shortest_way_and_the_work_that_it_takes(text, shortest, products, nodes):
    check(text, shortest, products, nodes)


# What is longer than this, or has more parts, stays as it is; and so it does after so many tries.
@pytest.mark.parametrize(("limit", "most", "text", "simple", "products"), [
    ("TRIED",  7, "1/x + 1/y",                "(x + y)/(x*y)",                  11),
    ("TRIED",  6, "1/x + 1/y",                "1/x + 1/y",                       4),
    ("TRIED",  9, "1/((1 - x)*(1 + x))",      "1/(1 - x**2)",                    6),
    ("TRIED",  8, "1/((1 - x)*(1 + x))",      "1/((1 - x)*(x + 1))",             2),
    ("TRIED", 13, "(x**2 - 1)/(x - 1)",       "x + 1",                          13),
    ("TRIED",  8, "(x**2 - 1)/(x - 1)",       "(x**2 - 1)/(x - 1)",              4),
    ("TERMS",  2, "1/x + 1/y",                "(x + y)/(x*y)",                   9),
    ("TERMS",  1, "1/x + 1/y",                "1/x + 1/y",                       4),
    ("TERMS",  2, "(x**2 - 1)/(x - 1)",       "x + 1",                          13),
    ("TERMS",  1, "(x**2 - 1)/(x - 1)",       "(x**2 - 1)/(x - 1)",              4),
    ("TRIES",  0, "1/(1 + 1/x)",              "1/(1/x + 1)",                     4),
    ("TRIES",  6, "1/(1 + 1/x)",              "1/(1/x + 1)",                    16),
    ("TRIES", 10, "1/(1 + 1/x)",              "x/(x + 1)",                      14),
    ("TRIES", 10, "(1 + 1/x)/(1 - 1/x)",      "(1/x + 1)/(1 - 1/x)",            23),
    ("TRIES", 20, "(1 + 1/x)/(1 - 1/x)",      "(1/x + 1)/(1 - 1/x)",            39),
    ("TRIES",  6, "a*exp(x) + b*exp(x) + c*sin(x) + d*sin(x)",
     "a*exp(x) + b*exp(x) + c*sin(x) + d*sin(x)", 16),
])
def test_where_trying_ends(limit, most, text, simple, products, monkeypatch):
    monkeypatch.setattr(chapter if limit == "TRIES" else shorter, limit, most)
    assert str(chapter.simplify(parse(text))) == simple
    assert work(lambda: chapter.simplify(parse(text)))[0] <= products


@pytest.mark.parametrize(("numbers", "largest"), [
    ([6, -4], 2), ([6], 6), ([-6], 6), ([5, 7], 1),
    ([Fraction(1, 2), Fraction(1, 3)], Fraction(1, 6)),
    ([Fraction(2, 3), Fraction(4, 3)], Fraction(2, 3)), ([0, 4], 4), ([0], 1), ([], 1),
    ([0.3], 0.3),
    ([0.3, 0.3], 0.3), ([-0.3, -0.3], 0.3), ([0.3, -0.3], 1), ([0.3, 0.6], 1), ([0.3, 2], 1),
    ([Fraction(3, 2), 6], Fraction(3, 2)), ([10, 15, 20], 5)])
def test_what_numbers_have_in_common(numbers, largest):
    assert (content(numbers), type(content(numbers))) == (largest, type(largest))
