"""All methods side by side: they agree, and where one is wrong it shows."""

import cmath
import math
from decimal import Decimal
from fractions import Fraction

import pytest

from mathlab import Value, exp, gamma, log, numeric, parse, sin, symbols
from mathlab.calculus.algebra.sides import Sides
from mathlab.calculus.proof import compare as compare_chapter
from mathlab.calculus.proof.compare import Comparison, Finding, compare, lined_up
from mathlab.errors import DomainError, FormulaError

NUMERIC = ["forward difference", "central difference", "numeric", "complex step"]
RULES = ["backward", "symbolic", "compiled", "series", "50 digits"]
GAMMA = 0.7031566406452432 * 1.329340388179137  # digamma(2.5)*gamma(2.5), by mpmath
x, y = symbols("x y")

#   f                                    at      the methods that find a slope     the slope
SLOPES = (
    ("x**2 * sin(x)", 1.5, [*NUMERIC, *RULES], 3 * math.sin(1.5) + 2.25 * math.cos(1.5)),
    (parse("x^3/7"), 2, [*NUMERIC, *RULES], 12 / 7),
    (x * x, Fraction(1, 3), [*NUMERIC, *RULES], 2 / 3),
    (x * x, Decimal("0.3"), [*NUMERIC, *RULES], 0.6),
    (lambda x: x * x + exp(x), 0.5, [*NUMERIC, *RULES], 1 + math.exp(0.5)),
    (sin, 1.0, [*NUMERIC, *RULES], math.cos(1.0)),
    (math.gamma, 2.5, NUMERIC[:3], GAMMA),
    (lambda x: math.gamma(x), 2.5, NUMERIC[:3], GAMMA),
    (gamma, 2.5, [*NUMERIC[:3], *RULES[:4]], GAMMA),
    (lambda x: abs(x), -2.0, [*NUMERIC[:3], *RULES], -1.0),
    (lambda x: x if x > 1 else 3 * x, 2.0, [*NUMERIC[:3], *RULES], 1.0),
    ("maximum(x, 1)", 3.0, [*NUMERIC[:3], *RULES], 1.0),
    ("log(x)", 1e-3, [*NUMERIC, *RULES], 1000.0),
    ("7 + 0*x", 1.0, [*NUMERIC, *RULES], 0.0),
    (lambda x: x, 5.0, [*NUMERIC, *RULES], 1.0),
)


def largest_difference(found):
    return max(map(found.off_by, found.results))


@pytest.mark.parametrize(("f", "at", "methods", "slope"), SLOPES, ids=str)
def test_every_method_that_applies_finds_the_slope(f, at, methods, slope):
    found = compare(f, at)
    assert list(found.results) == methods
    for method, value in found.results.items():
        rough = 1e-4 if "difference" in method else 1e-11
        assert float(value) == pytest.approx(slope, rel=rough, abs=1e-6 * (slope == 0))
    for method, finding in found.findings.items():
        assert bool(finding.reason) is (method not in methods)
    assert all(len(line) <= 80 for line in str(found).splitlines())


@pytest.mark.parametrize("at", [1.5, Fraction(3, 2), Decimal("1.5"), 1e-3])
@pytest.mark.parametrize("f", [lambda x: x**2 + x / 3, lambda x: x * x * x - 2 * x])
def test_the_methods_agree_in_every_kind(f, at):
    x = Value(at, "x")
    for found in (compare(f(x), x), compare(f, at)):
        assert list(found.results) == [*NUMERIC, *RULES]
        assert largest_difference(found) < 1e-6
        assert {type(found.results[method]) for method in RULES[:4]} == {type(at)}
        assert found.witness == "50 digits"


# Which unknown, and where


def test_an_unknown_is_chosen_by_its_name():
    for by, slope in (("x", 3.0), ("y", 2.0), ("", 3.0)):
        found = compare(x * y, {"x": 2.0, "y": 3.0}, by)
        assert {float(found.results[method]) for method in RULES} == {slope}
        assert found.title == f"d/d{by or 'x'} of x*y at x = 2.0, y = 3.0"
    assert compare(x * y, {"y": 3.0, "x": 2.0}).title == "d/dy of x*y at y = 3.0, x = 2.0"


def test_a_value_keeps_its_number_if_no_other_is_given():
    a = Value(4.0, "a")
    assert compare(a * x, {"x": 1.0}).results["backward"] == 4.0
    assert compare(a * x, {"x": 1.0, "a": 5.0}).results["compiled"] == 5.0


def test_unknowns_of_several_kinds():
    a = Value(Decimal("0.5"), "a")
    found = compare(a * x, {"x": Decimal(3)})
    assert list(found.results) == [*NUMERIC, *RULES]
    assert found.results["numeric"] == 0.5
    assert found.results["backward"] == Decimal("0.5")


def test_by_one_of_the_values_of_a_formula():
    a, b = Value(2.0, "a"), Value(3.0)
    c = a * b
    for value, slope in ((a, 9.0), (b, 12.0), (c, 3.0), (Value(1.0), 0)):
        found = compare(c * b, value)
        assert {float(found.results[method]) for method in RULES} == {slope}
    assert a.grad == b.grad == 0  # the formula itself is left alone


@pytest.mark.parametrize(
    ("f", "at", "by"),
    [
        ("x*y", 2.0, ""),
        ("x*y", {"x": 2.0}, ""),
        ("x*y", {"x": 2.0, "y": 3.0, "z": 1.0}, ""),
        ("x*y", {"x": 2.0, "y": 3.0}, "z"),
        ("x*y", {}, ""),
        (x * y, x, ""),
        (x * x, x, ""),
    ],
)
def test_where_it_is_not_clear_what_is_meant(f, at, by):
    with pytest.raises(FormulaError, match=r"the unknowns of this formula are x.*: say where, as"):
        compare(f, at, by)


def test_a_formula_without_unknowns():
    with pytest.raises(FormulaError, match="there is no unknown in 3 to differentiate by"):
        compare("3", 1.0)


@pytest.mark.parametrize(("f", "error"), [(log, DomainError), (math.log, ValueError)])
def test_where_f_has_no_value_its_own_error_says_so(f, error):
    with pytest.raises(error):
        compare(f, -1.0)


# What is no slope


def test_a_function_that_takes_the_number_out_of_a_value_has_no_rules():
    f = lambda x: math.sin(x.data if isinstance(x, Value) else x)
    g = lambda x: Value(f(x)) if isinstance(x, Value) else f(x)
    for found in (compare(f, 2.0), compare(g, 2.0)):
        assert list(found.results) == NUMERIC[:3]
        assert found.witness == "numeric"


#   f             at    method                 why it finds nothing
REASONS = (
    ("abs(x)", 0.0, "numeric", "the slope is -1 to the left and 1 to the right of 0.0: a kink"),
    ("abs(x)", 1.0, "complex step", "complex"),
    ("max(x, 2)", 1.0, "complex step", "it takes no complex numbers"),
    (math.gamma, 2.5, "complex step", "must be real number, not complex"),
    (gamma, 2.5, "50 digits", "gamma(2.5) is not defined: it takes no Decimal numbers"),
    ("sqrt(x)", 0.0, "backward", "has no slope there: it would be a division by 0"),
    ("sqrt(x)", 0.0, "symbolic", "sqrt(x) has no slope there"),
    ("sqrt(x)", 0.0, "central difference", "is not defined: sqrt needs at least 0"),
    (lambda x: {1.0: 2.0}[x], 1.0, "forward difference", "1.0000000"),
)


@pytest.mark.parametrize(("f", "at", "method", "reason"), REASONS, ids=str)
def test_a_method_that_fails_says_why_in_its_line(f, at, method, reason):
    found = compare(f, at)
    assert reason in found.findings[method].reason
    assert method not in found.results
    (line,) = (line for line in str(found).splitlines() if line.startswith(method))
    assert line[:20] == f"{method:<20}"
    assert line[20:35] == found.findings[method].reason[:15]


# The witness


@pytest.mark.parametrize("row", [sin, exp, log])
def test_a_wrong_rule_is_no_witness_for_itself(monkeypatch, row):
    (rule,) = row.slopes
    right = compare(row, 1.2)
    monkeypatch.setattr(row, "slopes", (lambda x, y: 1.001 * rule(x, y),))
    found = compare(row, 1.2)
    assert right.witness == "50 digits"
    assert largest_difference(right) < 1e-6
    assert found.witness == "complex step"
    for method in RULES[:4]:
        assert found.off_by(method) == pytest.approx(abs(0.001 * rule(1.2, row(1.2))), rel=1e-3)
    assert all(found.off_by(method) < 1e-6 for method in NUMERIC)


def exp_of_two_kinds(x):
    return (cmath if isinstance(x, complex) else math).exp(x)


#   f                  at    who knows best
WITNESSES = (
    ("x*x", 3.0, "50 digits"),
    (gamma, 2.5, "symbolic"),
    (exp_of_two_kinds, 1.0, "complex step"),
    (math.exp, 1.0, "numeric"),
    ("abs(x)", 0.0, ""),
    ("sqrt(x)", 0.0, ""),
    (math.fabs, 0.0, ""),
)


@pytest.mark.parametrize(("f", "at", "witness"), WITNESSES, ids=str)
def test_the_most_exact_that_is_left_is_the_witness(f, at, witness):
    found = compare(f, at)
    assert found.witness == witness
    assert str(found).splitlines()[-1] == f"witness: {witness or 'none'}"
    if witness:
        assert found.off_by(witness) == 0.0
    else:
        assert largest_difference(found) == math.inf


def test_an_error_that_is_itself_estimated_is_widened(monkeypatch):
    found = compare("exp(x) - sinh(x)", 0.0041445730084383485)
    assert found.witness == "50 digits"
    monkeypatch.setattr(compare_chapter, "CAUTION", 1)
    assert compare("exp(x) - sinh(x)", 0.0041445730084383485).witness != "50 digits"


def test_fifty_digits():
    # by mpmath
    cos_1 = Decimal("0.54030230586813971740093660744297660373231042061792")
    found = compare("sin(x)", 1.0)
    assert abs(found.results["50 digits"] - cos_1) < Decimal("1e-49")
    assert found.off_by("backward") == pytest.approx(float(abs(Decimal(math.cos(1.0)) - cos_1)))


def finding(number):
    return Finding(number, None, 1, 1e-6)


def test_a_wrong_gradient_shows():
    found = Comparison("", {"a": finding(3.0), "b": finding(3.5), "c": finding(3)}, "a")
    assert largest_difference(found) == 0.5
    assert [found.off_by(method) for method in "abc"] == [0, 0.5, 0]


@pytest.mark.parametrize("numbers", [(math.nan, 3.0), (3.0, math.nan), (math.inf, 3.0)])
def test_nan_is_not_agreement(numbers):
    found = Comparison("", dict(zip("ab", map(finding, numbers), strict=True)), "b")
    assert largest_difference(found) == math.inf


# What it costs


def test_evaluations_are_those_that_a_method_makes():
    calls = []

    def f(x):
        calls.append(x)
        return math.exp(x)

    for method, cost in ((numeric.forward_difference, 2), (numeric.central_difference, 2)):
        calls.clear()
        method(f, 1.0)
        assert len(calls) == cost
    measured = numeric.derivative(math.exp, 1.0).evaluations
    found = compare("exp(x)", 1.0).findings
    cost = [2, 2, measured, 1, 1, None, None, 1, None]
    assert [each.evaluations for each in found.values()] == cost
    assert all(0 < each.seconds < 60 for each in found.values())


TABLE = """\
a title
method     derivative      ±    off by  evaluations     time
one                 3                0            2   1.5 us
another  -3.123456789  1e-12   6.1e+00        1,234  12.0 ms
third          1e+200         1.0e+200                 2.5 s
fourth              no value is to be found in this direction, whatever one ...
witness: one"""


def test_the_table():
    found = {
        "one": Finding(3.0, None, 2, 1.5e-6),
        "another": Finding(-3.1234567891, 1e-12, 1234, 0.012),
        "third": Finding(10**200, None, None, 2.5),
        "fourth": Finding(reason="no value is to be found in this direction, whatever one tries"),
    }
    assert str(Comparison("a title", found, "one")) == TABLE


def test_a_long_formula_is_cut_in_the_title():
    assert len(compare(" + ".join(f"sin({i}*x)" for i in range(40)), 1.0).title) <= 80


def test_lined_up():
    rows = [["name", "n"], ["a", "1,000"], ["longer", ""]]
    assert lined_up(rows) == ["name        n", "a       1,000", "longer"]


@pytest.mark.parametrize(
    ("f", "at", "words"),
    [
        ("x**2", None, "no float holds this NoneType: say at which real number"),
        ("x**2", 1j, "no float holds this complex"),
        ("x**2", [1.0], "no float holds this list"),
        ("x**2", 10**400, "no float holds this int"),
        ("3", 1.0, "no unknown in 3 to differentiate by"),
    ],
    ids=["none", "complex", "list", "huge", "constant"],
)
def test_places_that_are_none(f, at, words):
    with pytest.raises(FormulaError, match=words):
        compare(f, at)


def test_what_found_nothing_took_nothing():
    found = Finding(reason="no slope")
    assert math.isnan(found.derivative) and found[1:] == (None, None, 0.0, "no slope")


@pytest.mark.parametrize(("seconds", "text"), [
    (0.0, "0.0 us"), (5e-7, "0.5 us"), (9.994e-4, "999.4 us"), (1e-3, "1.0 ms"), (0.25, "250.0 ms"),
    (0.9994, "999.4 ms"), (1.0, "1.0 s"), (61.0, "61.0 s"), (9.999495e-4, "999.9 us")])
def test_durations(seconds, text):
    assert compare_chapter._duration(seconds) == text


def test_each_method_is_asked_three_times_and_the_quickest_counts(monkeypatch):
    clock = iter([0.0, 0.5, 1.0, 1.25, 2.0, 2.75])
    monkeypatch.setattr(compare_chapter, "perf_counter", lambda: next(clock))
    assert compare_chapter._ask(lambda: 7.0, 2) == Finding(7.0, None, 2, 0.25, "")
    assert not [*clock]


def test_a_table_for_a_notebook():
    html = compare("abs(x)", 0.0)._repr_html_()
    *notes, sides, witness = html.split("</table>")[1].strip()[3:-4].split("<br>")
    assert [note.split(":")[0] for note in notes] == ["numeric", "complex step", "series"]
    assert sides.startswith("the slope is -1 to the left and 1 to the right")
    assert witness == "witness: none" and html.count("<tr>") == 10
    notes = compare(math.exp, 1.0)._repr_html_().split("</table>")[1]
    assert "complex step: must be real number" in notes and notes.count("<br>") == 1
    assert compare("x*x", 1.0)._repr_html_().endswith("<p>witness: 50 digits</p>")


def test_titles_and_reasons_are_cut_where_a_line_ends():
    assert compare_chapter._title("y" * 61, "x", {"x": 1.0}) == f"d/dx of {'y' * 61} at x = 1.0"
    assert compare_chapter._title("y" * 62, "x", {"x": 1.0}) == f"d/dx of {'y' * 62} at x ..."
    for count, whole in ((29, True), (30, False)):
        reason = "x" * 30 + " " + "y" * count
        line = str(Comparison("", {"one": Finding(reason=reason)}, "")).splitlines()[2]
        assert line == f"{'one':<20}" + (reason if whole else "x" * 30 + " ...")


@pytest.mark.parametrize(("by_digits", "by_formula", "measured", "sides", "witness"), [
    (3.0, 3.0, Finding(3.0, 0.0), None, "50 digits"),
    (3.5, 3.0, Finding(3.0, 0.0), None, "symbolic"),  # an error of 0 admits nothing else
    (3.5, 3.5, Finding(3.0, 0.0), None, "complex step"),
    (3.5, 2.5, Finding(3.0, 0.125), None, "50 digits"),  # four times the error is admitted
    (3.5, 2.5, Finding(3.0, 0.1249), None, "complex step"),
    (3.5, 3.0, Finding(3.0), None, "symbolic"),
    (math.inf, 3.0, Finding(3.0, 0.0), None, "symbolic"),
    (3.0, 3.0, Finding(reason="a kink"), None, ""),
    (7.0, 3.0, Finding(reason="too few values about 1.0 to tell"), None, "50 digits"),
    (math.nan, 3.0, Finding(reason="too few values about 1.0 to tell"), None, "symbolic"),
    (7.0, 3.0, Finding(reason="too few values"), Sides(1.0, 1.0, ()), "50 digits"),
    (7.0, 3.0, Finding(reason="too few values"), Sides(1.0, 2.0, ()), ""),
    (7.0, 3.0, Finding(7.0, 0.0), Sides(1.0, 2.0, ()), "50 digits"),
    (math.nan, math.nan, Finding(reason="too few values"), None, ""),
])
def test_who_is_believed(by_digits, by_formula, measured, sides, witness):
    found = {"complex step": Finding(3.0), "numeric": measured, "symbolic": Finding(by_formula),
             "50 digits": Finding(by_digits)}
    assert compare_chapter._witness(found, sides) == witness
    if witness == "complex step":
        del found["complex step"]
        assert compare_chapter._witness(found, sides) == "numeric"


def test_a_leaf_is_differentiated_by_itself():
    a = Value(2.0, "a")
    for at in (a, {"a": 5.0}, 5.0):
        assert {float(slope) for slope in compare(a, at).results.values()} == {1}
    assert compare(Value(3.0) * a, a).title == "d/da of 3.0*a at a = 2.0"
    nameless = Value(3.0)
    assert compare(nameless * a, nameless).title == "d/dx of 3.0*a at x = 3.0"


@pytest.mark.parametrize(("f", "at", "sides"), [
    ("x*x", 1.0, None), (math.exp, 1.0, None), (math.fabs, 0.0, None), ("sqrt(x)", 0.0, None),
    ("abs(x)", 0.0, (-1.0, 1.0)), ("relu(x) - relu(-x)", 0.0, (1.0, 1.0)), ("sign(x)", 0.0, None)])
def test_both_sides_are_given_where_an_operation_is_at_its_kink(f, at, sides):
    found = compare(f, at).sides
    assert (found and (found.left, found.right)) == sides


class Silent(Exception):
    def __str__(self):
        return ""


@pytest.mark.parametrize(("found", "reason"), [
    (3.0, ""), (1 + 2j, "it is not a real number: 1+2j"), (Silent(), "Silent"),
    (ZeroDivisionError("by 0"), "by 0"), (numeric.Estimate(1.0, 0.5, 7), ""),
    (numeric.Estimate(math.nan, math.inf, 7), "no derivative is in sight"),
    (numeric.Estimate(math.nan, math.inf, 7, "a kink"), "a kink")])
def test_what_becomes_of_the_answer_of_a_method(found, reason):
    def method():
        if isinstance(found, Exception):
            raise found
        return found

    answer = compare_chapter._ask(method, 2)
    assert answer.reason == reason
    if isinstance(found, numeric.Estimate):
        assert answer[1:3] == (found.error, 7)
    elif not reason:
        assert answer[:3] == (3.0, None, 2) and 0 <= answer.seconds < 1


@pytest.mark.parametrize(("letters", "lines"), [(44, 1), (45, 2)])
def test_what_is_said_of_both_sides_has_eighty_characters_a_line(letters, lines):
    sides = Sides(None, None, (("x" * letters, "0"),))
    text = str(Comparison("a title", {}, "", sides)).splitlines()[2:-1]
    assert len(text) == lines and all(line.startswith("  ") for line in text[1:])


@pytest.mark.parametrize(("f", "title"), [
    (sin, "sin(x)"), (math.exp, "exp(x)"), (lambda x: math.exp(x), "f(x)"),
    (lambda x: 3 * x, "3*x")])
def test_the_title_of_a_function(f, title):
    assert compare(f, 1.0).title == f"d/dx of {title} at x = 1.0"
