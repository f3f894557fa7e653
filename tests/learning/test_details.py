"""Seldom cases of the learning, by hand: what lies on an edge, is misspelt, or has no room."""

import io
import json
import math
import re
import statistics
from decimal import Context, Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from mathlab import log, maximum, parse, sqrt
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.numbers.interval import Interval
from mathlab.errors import DataError, DivergenceError, DomainError, FormulaError
from mathlab.learning.data import clean, fields, table
from mathlab.learning.data import moments as dates
from mathlab.learning.data.collect import number, read_csv
from mathlab.learning.data.explore import Scale
from mathlab.learning.data.table import Table
from mathlab.learning.descent import (
    guesses,
    kinks,
    last_digits,
    line_search,
    minimize,
    progress,
    second_order,
    train,
)
from mathlab.learning.descent.line_search import BFGS
from mathlab.learning.descent.minimize import FormulaSurface
from mathlab.learning.descent.projection import linear_parameters
from mathlab.learning.descent.second_order import Careful
from mathlab.learning.inference import export, goodness, proof, saved, slopes, uncertainty
from mathlab.learning.model import bounds, categories, model, row_loss, spelling, units
from mathlab.learning.model import weights as row_weights
from mathlab.learning.model.loss import LOSSES, as_loss
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import LossSurface, has_edges

INF = math.inf

DETAILS = [  # a function, what it is given, and what it finds
    (fields.looks_like, (" 5 ",),            "is a number"),
    (fields.looks_like, ("1,5",),            "is a number"),
    (fields.looks_like, ("1.5.2016",),       "is a date"),
    (fields.looks_like, ("1.050",),          "is a number"),
    (fields.looks_like, ("1,234.5",),        "is a number"),
    (fields.looks_like, ("1.234,5",),        "is a number"),
    (fields.looks_like, ("5 kg",),           "is a number with kg"),
    (fields.looks_like, ("yes",),            "is a yes or a no"),
    (fields.looks_like, ("12:30",),          "is a date"),
    (fields.looks_like, ("1e400",),          "is too large for a number"),
    (fields.looks_like, ("-Infinity",),      "is infinite"),
    (fields.looks_like, ("∞",),              "is infinite"),
    (fields.looks_like, ("infinite",),       "is text"),
    (fields.looks_like, (">= 5",),           "is a bound"),
    (fields.looks_like, ("~5",),             "is a bound"),
    (fields.looks_like, ("#N/A",),           "is an error of a spreadsheet"),
    (fields.looks_like, ("a5",),             "is text with a number in it"),
    (fields.looks_like, ("",),               "is text"),
    (fields.is_number_like, ("5",),          True),
    (fields.is_number_like, ("½",),          False),
    (fields.is_number_like, ("five",),       False),
    (fields.is_number_like, ("12,3,4",),     False),
    (fields.is_number_like, ("5 of 6",),     False),
    (fields.is_number_like, ("08:15",),      True),
    (fields.is_recipe, ({"as": "numbers"},), True),
    (fields.is_recipe, ({"as": "text"},),    True),
    (fields.is_recipe, ({"as": "letters"},), False),
    (fields.is_recipe, ({"as": 5},),         False),
    (fields.is_recipe, ({5: "text"},),       False),
    (fields.is_recipe, ("numbers",),         False),
    (fields.is_recipe, ({},),                False),
    (fields.is_recipe, ({"as": "dates", "since": "2020-01-01", "form": "ISO", "unit": "days"},),
                                             True),
    (fields.is_recipe, ({"as": "dates", "since": "2020-01-01", "form": "%d/%m/%Y",
                         "unit": "seconds"},), True),
    (fields.is_recipe, ({"as": "dates", "since": "2020-01-01", "form": "ISO", "unit": "weeks"},),
                                             False),
    (fields.is_recipe, ({"as": "dates", "since": "soon", "form": "ISO", "unit": "days"},), False),
    (fields.is_recipe, ({"as": "dates", "since": "2020-01-01", "form": "soon", "unit": "days"},),
                                             False),
    (fields.is_recipe, ({"as": "dates", "since": "2020-01-01T00:00:00+02:00", "form": "ISO",
                         "unit": "days"},),  False),
    (fields._likely, (Table({"x": ["1,5", "2"], "y": ["a", None]}),), ","),
    (fields._likely, (Table({"x": ["1,5", "2.5"]}),),                 ""),
    (fields._likely, (Table({"x": ["1,050", 2.5]}),),                 ""),
    (fields._likely, (Table({"x": ["1,050"]}).with_reading([], file={"separator": ","}),), "."),
    (fields._likely, (Table({"x": ["1,5"]}).with_reading([], file={"separator": ","}),),   ","),
    (fields._likely, (Table({"x": ["1,050"]}).with_reading([], file={"separator": ";"}),), ""),
    (table.cell, (None,),                    "-"),
    (table.cell, (-0.0,),                    "0"),
    (table.cell, (1e15,),                    "1e+15"),
    (table.cell, (1e15 - 1,),                "999999999999999"),
    (table.cell, (1 - 1e15,),                "-999999999999999"),
    (table.cell, (1234567.5,),               "1.23457e+06"),
    (table.cell, (7,),                       "7"),
    (table.cell, ("a\nb\x1b",),              "a b "),
    (table.is_numeric, ([True, False],),     False),
    (table.is_numeric, ([None],),            False),
    (table.is_numeric, ([5, None],),         True),
    (table.is_numeric, (["-", "5 %"],),      True),
    (table.is_numeric, (["5", "a"],),        False),
    (table.is_numeric, ([" 5 "],),           True),
    (table.short, ("a" * 78,),               repr("a" * 78)),
    (table.short, ([1] * 27,),               "[1, 1, 1, 1, 1, 1, ...]"),  # 81 letters
    (table.short, ([1] * 26,),               repr([1] * 26)),             # 78
    (table._broken, ("metres high", 3, 12),  ["metres", "high"]),
    (table._broken, ("metres high", 11, 12), ["metres high"]),
    (table._broken, ("metres high", 20, 8),  ["metres", "high"]),
    (table._broken, ("a_long_name", 1, 6),   ["a_", "long_", "name"]),
    (table._broken, ("abcdefgh", 1, 3),      ["abc", "def", "gh"]),
    (table._broken, ("", 0, 6),              [""]),
    (spelling.sides, ("y = a",),             ["y ", " a"]),
    (spelling.sides, ("y == a",),            ["y == a"]),
    (spelling.sides, ("a <= b = c",),        ["a <= b ", " c"]),
    (spelling.sides, ("a = b = c",),         ["a ", " b ", " c"]),
    (spelling.sides, ("`a=b` = c",),         ["`a=b` ", " c"]),
    (spelling.free_word, ("", set()),        "column"),
    (spelling.free_word, ("°", set()),       "column"),
    (spelling.free_word, ("2nd", set()),     "_2nd"),
    (spelling.free_word, ("__a", set()),     "_a"),
    (spelling.free_word, ("a b", {"a_b", "a_b_"}), "a_b__"),
    (spelling.free_word, ("sin", set()),     "sin_"),
    (spelling.free_word, ("pi", set()),      "pi_"),
    (spelling.free_word, ("for", set()),     "for_"),
    (spelling.quoted, ("sin",),              "`sin`"),
    (spelling.quoted, ("pi",),               "`pi`"),
    (spelling.quoted, ("a b",),              "`a b`"),
    (spelling.quoted, ("b",),                "b"),
    (spelling.in_place_of, ("a + ab*a_", {"a": "x", "ab": "y"}), "x + y*a_"),
    (spelling.in_place_of, ("a", {}),        "a"),
    (spelling.hint_of_backticks, ("y = a*(kind == 2)",), "; if kind is a category, C(kind) has a "
                                             "parameter for each of its levels but the first"),
    (spelling.hint_of_backticks, ("y = a*sin",), "; if sin is a column, write `sin`, in backticks"),
    (spelling.hint_of_backticks, ("y = a*for",), "; if for is a column, write `for`, in backticks"),
    (spelling.hint_of_backticks, ("y = a*sin(x)",), ""),
    (spelling.hint_of_backticks, ("y = a*air flow",), "; the name of a column that is not one word "
                                             "stands in backticks, `so`"),
    (spelling.hint_of_backticks, ("y = a*`air flow`",), ""),
    (spelling._is_slip, ("weight", "wieght"), True),    # two neighbours exchanged
    (spelling._is_slip, ("weight", "weihgt"), True),
    (spelling._is_slip, ("weight", "weigth"), True),
    (spelling._is_slip, ("weight", "wgieht"), False),
    (spelling._is_slip, ("weight", "weigha"), True),    # one is wrong
    (spelling._is_slip, ("weight", "weiaha"), False),
    (spelling._is_slip, ("weight", "height"), False),   # a first letter is seldom wrong
    (spelling._is_slip, ("weight", "ewight"), True),
    (spelling._is_slip, ("weight", "weigt"),  True),    # one is missing
    (spelling._is_slip, ("weight", "weig"),   False),
    (spelling._is_slip, ("weigt", "weight"),  True),
    (spelling._is_slip, ("mass", "mask"),     False),   # short words are words
    (spelling._is_slip, ("masse", "masks"),   False),
    (spelling._is_slip, ("speed", "speeed"),  True),
    (spelling._is_slip, ("sped", "speed"),    True),
    (spelling._is_slip, ("spe", "sped"),      False),
    (spelling._is_slip, ("column1", "column2"), False),
    (bounds.into, ({"a": (0.0, 1.0)}, {"a": 0.5}),     {"a": 0.0}),
    (bounds.into, ({"a": (0.0, 1.0)}, {"a": 7.0}),     {"a": math.asin(0.98)}),
    (bounds.into, ({"a": (0.0, 1.0)}, {"a": -7.0}),    {"a": math.asin(-0.98)}),
    (bounds.into, ({"a": (3.0, INF)}, {"a": 7.0}),     {"a": 2.0}),
    (bounds.into, ({"a": (-INF, 3.0)}, {"a": -6.0}),   {"a": 3.0}),
    (bounds.into, ({"a": (3.0, INF)}, {"a": 3.0}),     {"a": math.sqrt(0.03)}),
    (bounds.into, ({"a": (0.0, INF)}, {"a": 0.0}),     {"a": 0.1}),
    (bounds.into, ({"a": (0.0, INF)}, {"b": 5.0}),     {"b": 5.0}),
    (bounds.into, ({"a": (0.0, INF)}, {"a": INF}),     {"a": INF}),
    (bounds.back, ({"a": (2.0, 6.0), "b": (1.0, INF), "c": (-INF, 1.0)},
                   {"a": math.pi / 6, "b": 2.0, "c": 2.0, "d": 9.0}),
                                             {"a": 5.0, "b": 5.0, "c": -3.0, "d": 9.0}),
    (bounds.are_within, ({"a": (0.0, 1.0)}, {"a": 0.0}),  True),
    (bounds.are_within, ({"a": (0.0, 1.0)}, {"a": 1.0}),  True),
    (bounds.are_within, ({"a": (0.0, 1.0)}, {"a": 1.01}), False),
    (bounds.are_within, ({"a": (0.0, 1.0)}, {"b": 7.0}),  True),
    (bounds.checked_bounds, ({"a": (0, 1), "b": (-INF, INF)}, {}), {"a": (0.0, 1.0)}),
    (bounds.checked_bounds, ({"a": (-INF, 1)}, {"b": 1.0}),        {"a": (-INF, 1.0)}),
    (export._free_names, (["x", "for", "for_"],), {"x": "x", "for": "for__", "for_": "for_"}),
]


@pytest.mark.parametrize(("function", "given", "found"), DETAILS)
def test_details(function, given, found):
    assert function(*given) == (pytest.approx(found) if isinstance(found, dict) and all(
        isinstance(each, float) for each in found.values()) else found)


@pytest.mark.parametrize(("given", "fixed"), [
    ({"a": (1, 1)}, {}), ({"a": (2, 1)}, {}), ({"a": (math.nan, 1)}, {}),
    ({"a": (0, math.nan)}, {}),
    ({"a": (INF, INF)}, {}), ({"a": (-INF, -INF)}, {}), ({"a": 5}, {}), ({"a": ("x", 1)}, {}),
    ({"a": (0, 1)}, {"a": 0.5}), ({"a": (0, 1, 2)}, {})])
def test_bounds_that_cannot_be(given, fixed):
    with pytest.raises(FormulaError):
        bounds.checked_bounds(given, fixed)


def test_a_bound_that_is_no_number_is_called_so():
    for ends in ((math.nan, 1.0), (0.0, math.nan)):
        with pytest.raises(FormulaError, match="a bound of a is nan, which is not a number"):
            bounds.checked_bounds({"a": ends}, {})


@pytest.mark.parametrize(("slope", "place", "held"), [
    (4.0, 3.0, {"a": 3.0}), (4.0, 2.9, {"a": 3.0}), (2.0, 2.0, {}), (3.0, 2.9, {}),
    (0.5, 1.0, {"a": 1.0}), (3.0 + 1e-12, 3.0 + 1e-12, {}), (2.9, 2.9, {})])
def test_what_is_at_a_bound(slope, place, held):
    """From 1 to 3: the loss there is not higher, and beyond it would be lower."""
    surface = LossSurface(Model("y = a*x"), Table({"x": [1.0, 2.0], "y": [slope, 2 * slope]}))
    assert bounds.at_their_bounds({"a": (1.0, 3.0)}, {"a": place}, surface) == held


@pytest.mark.parametrize(("text", "linear"), [
    ("a*x + b", "ab"), ("a*b*x + c", "ac"), ("a**2*x", ""), ("exp(a*x)", ""), ("exp(a*x)*b", "b"),
    ("a*b + c*b + d*b", "acd"), ("a*x + a*b", "a"), ("b*a + b*c + b*d", "acd")])
def test_parameters_that_are_linear_together(text, linear):
    formula = parse(text)
    levers = [x for x in inputs_first(formula) if x.operation is None and x.name != "x"]
    found = linear_parameters(formula, sorted(levers, key=lambda x: x.name))
    assert "".join(x.name for x in found) == linear


@pytest.mark.parametrize("first", [1, 2, 3, 7, proof.SEARCHED - 5, proof.SEARCHED])
def test_the_widest_box_that_is_a_bowl(first, monkeypatch):
    monkeypatch.setattr(proof, "around", lambda centre, units, k: ("box", k))
    monkeypatch.setattr(proof, "is_a_bowl", lambda sums, box: box[1] >= first)
    found = proof._widest(None, [], [], ("narrow", 0))
    assert found == (("box", first) if first < proof.SEARCHED - 4 else ("narrow", 0))


@pytest.mark.parametrize(("value", "error", "there", "known"), [
    (2.0, 0.0, 0.0, True), (1e-250, 1e-251 * slopes.SURE, 0.0, True), (1e-20, 1e-15, 1e-20, False),
    (0.0, 0.9 * slopes.SURE, 1.0, True), (0.0, 1.1 * slopes.SURE, 1.0, False),
    (-2.0, 1.9 * slopes.SURE, 0.0, True), (-2.0, 2.1 * slopes.SURE, 0.0, False),
    (0.0, math.nan, 0.0, False), (0.0, 0.9e-300 * slopes.SURE, 0.0, True)])
def test_a_measured_slope_is_certain_beside_itself_or_the_prediction(value, error, there, known,
                                                                     monkeypatch):
    curve = slopes.Sensitivity(Model("y = a*x"), {"a": 1.0}, ["x"])
    monkeypatch.setattr(slopes.numeric, "derivative",
                        lambda *_: SimpleNamespace(value=value, error=error))
    monkeypatch.setattr(curve, "_at", lambda *_: there)
    if known:
        assert curve._measured(0, [1.0], [1.0]) == value
    else:
        with pytest.raises(DataError, match="has no slope by a there"):
            curve._measured(0, [1.0], [1.0])


# Tables on a terminal


@pytest.mark.parametrize(("width", "lines"), [
    (80, ["name      metres high", "ant             0.002", "elephant          3.2"]),
    (21, ["name      metres high", "ant             0.002", "elephant          3.2"]),
    (20, ["          metres", "name        high", "ant        0.002", "elephant     3.2"]),
    (16, ["          metres", "name        high", "ant        0.002", "elephant     3.2"]),
    (15, ["name", "ant", "elephant", "not shown: ..."])])
def test_a_table_in_little_room(width, lines):
    assert table.aligned(["name", "metres high"], [["ant", "elephant"], [0.002, 3.2]],
                         width).splitlines() == lines


def test_a_table_in_parts():
    heads, columns = ["n", "aaaa", "bbbb", "cccc"], [["x"], [1], [2], [3]]
    assert table.in_parts(heads, columns, 13) == (
        "n  aaaa  bbbb\nx     1     2\n\nn  cccc\nx     3")
    assert table.in_parts(heads, columns, 5) == (
        "n  aaaa\nx     1\n\nn  bbbb\nx     2\n\nn  cccc\nx     3")
    assert table.in_parts(["n"], [["x"]], 5) == "n\nx"


@pytest.mark.parametrize(("letters", "shown"), [(26, "a" * 26), (27, "a" * 23 + "...")])
def test_a_long_text_is_cut_at_a_third_of_the_width(letters, shown):
    assert table.aligned(["t"], [["a" * letters]], 80).splitlines()[1] == shown


@pytest.mark.parametrize(("rows", "more"), [(50, ""), (51, "... 1 more rows"),
                                            (70, "... 20 more rows")])
def test_a_long_table_is_displayed_by_its_first_rows(rows, more):
    shown = Table({"x": [*range(rows)]})
    lines = str(shown).splitlines()
    assert lines[50] == "49" and lines[51:] == ([more] if more else [])
    assert shown._repr_html_().count("<tr>") == 51 and (more in shown._repr_html_())
    assert ("more rows" in shown._repr_html_()) == bool(more)


# Models


def fragile(formula):
    return [str(part) for part in model._fragile_parts(formula, {"x"})]


DATED = {"as": "dates", "since": "2020-01-01", "form": "ISO", "unit": "days"}

MODELS = [  # a ready-made model, and its text; a column may be called like a parameter
    (model.line("x", "y"),                      "y = slope*x + intercept"),
    (model.line("slope", "y"),                  "y = slope_1*slope + intercept"),
    (model.line("x", "intercept"),              "intercept = slope*x + intercept_1"),
    (model.line("a b", "c d"),                  "`c d` = slope*`a b` + intercept"),
    (model.plane(["x", "z"], "y"),              "y = slope_x*x + slope_z*z + intercept"),
    (model.plane(["x", "slope_x"], "y"),        "y = slope_x_1*x + slope_slope_x*slope_x + "
                                                "intercept"),
    (model.polynomial("x", "y", 1),             "y = c0 + c1*x"),
    (model.polynomial("c1", "y", 2),            "y = c0 + c1_1*c1 + c2*c1**2"),
    (model.exponential_growth("rate", "y"),     "y = start*exp(rate_1*rate)"),
    (model.logistic(["x"], "y"),                "y = sigmoid(slope_x*x + intercept)"),
    (model.network(["x", "z"], "y", 1),         "y = v1*tanh(w1_x*x + w1_z*z + b1) + c"),
    (model.network(["v1", "c"], "y", 2),        "y = v1_*tanh(w1_v1*v1 + w1_c*c + b1) + "
                                                "v2*tanh(w2_v1*v1 + w2_c*c + b2) + c_1"),
]
READINGS = [  # how columns were read, and whether it can be so
    (None, True), ({}, True), ({"levels": {"k": ["a", "b"]}}, True), ({"texts": ["k"]}, True),
    ({"columns": {"x": DATED}, "missing": [], "avoid": ["a"], "features": ["x"]}, True),
    ([], False), ({"levels": {"k": ["a"]}}, False), ({"levels": {"k": ["a", "a"]}}, False),
    ({"levels": {"k": ["a", 1]}}, False), ({"levels": ["k"]}, False), ({"texts": "k"}, False),
    ({"texts": [1]}, False), ({"columns": {"x": {"as": "soon"}}}, False), ({"columns": []}, False),
    ({"more": ["k"]}, False), ({"levels": {"k": "ab"}}, False),
]
PARTS = [  # a function, the text of a formula, and what is found in it
    (model._bare_terms, "a*x + b - (c + d*e)",  ["c", "b"]),
    (model._bare_terms, "a",                    ["a"]),
    (model._bare_terms, "a*b",                  []),
    (model._e_is_a_parameter, "a + b*x + c*x**2 + d*x**3 + e*x**4", True),
    (model._e_is_a_parameter, "a + e*x",        False),     # one neighbour is not enough
    (model._e_is_a_parameter, "a + b*x + e*y",  True),
    (model._e_is_a_parameter, "a + b*e**x",     False),     # as the base of a power it is a number
    (model._e_is_a_parameter, "a + b*x",        False),
    (model._e_is_a_parameter, "a + b*x + pi",   False),
    (fragile, "a*log(x) + sqrt(a*x)",           ["log(x)"]),
    (fragile, "a*exp(x)",                       []),
    (fragile, "a*log(exp(x) + 1)",              ["log(exp(x) + 1)"]),
    (fragile, "a*exp(log(x))",                  ["exp(log(x))"]),
    (fragile, "a*x + log(2)",                   []),        # the same for each row
]


@pytest.mark.parametrize(("made", "text"), MODELS)
def test_ready_made_models(made, text):
    assert str(made) == text
    own = [name for name in made.symbols if name in made.own]
    assert made.parameters([name for name in made.symbols if name not in made.own]) == own
    assert {*made.own} == {*own}


@pytest.mark.parametrize("make", [
    lambda: model.polynomial("x", "y", 0), lambda: model.polynomial("x", "y", 1.5),
    lambda: model.network(["x"], "y", 0), lambda: model.network(["x"], "y", 2.0)])
def test_models_that_cannot_be(make):
    with pytest.raises(FormulaError, match=r"is 1, 2, 3|has 1, 2, 3"):
        make()


@pytest.mark.parametrize(("reading", "fits"), READINGS)
def test_how_columns_were_read(reading, fits):
    if fits:
        assert model.checked_reading(reading) == (reading or {})
    else:
        with pytest.raises(DataError, match="how its columns were read"):
            model.checked_reading(reading)


@pytest.mark.parametrize(("function", "text", "found"), PARTS)
def test_parts_of_a_formula(function, text, found):
    assert function(parse(text)) == found


@pytest.mark.parametrize(("values", "text"), [
    (["a", None], True), (["a", "5"], False), ([None], False), (["a", 5.0], False), ([], False)])
def test_a_column_of_texts(values, text):
    assert model._is_text(values) is text


@pytest.mark.parametrize(("rows", "told"), [
    ([1.0, 2.0, 0.0], "t, row 3: log(x) has no value where x is 0: log(0.0) is not defined"),
    ([1.0, -2.0], "t, row 2: log(x) has no value where x is -2"), ([1.0, 2.0], "")])
def test_a_row_without_a_value(rows, told):
    columns = Table({"x": rows, "y": [1.0] * len(rows)}, "t")
    made = Model("y = a*log(x) + b")
    if not told:
        made.check_rows(columns)
        return
    with pytest.raises(DomainError) as error:
        made.check_rows(columns)
    assert str(error.value).startswith(told)
    assert ("if 0 stands for unknown" in str(error.value)) == (0.0 in rows)
    with pytest.raises(DomainError, match=r"t, row \d: y = a\*log\(x\) \+ b has no value"):
        made.predict({"a": 1.0, "b": 2.0}, columns)


def test_what_is_no_prediction():
    with pytest.raises(DomainError, match=r"row 2: y = a\*x gives inf, which is not a prediction"):
        Model("y = a*x").predict({"a": 1e200}, {"x": [1.0, 1e200]})


# How sure a fit is


@pytest.mark.parametrize(("text", "told"), [
    ("y = a*x + b", ""), ("y = a*x + b*x", "cannot tell the parameters a, b apart"),
    ("y = a*x + 0*b", "b does not matter for these data"),
    ("y = a*b*x", "the parameters a, b apart"),
    ("y = a*x + b + c", "the parameters a, b, c apart"), ("y = a*exp(b*x)", ""),
    ("y = a*exp(b*x + c)", "the parameters a, b, c apart"), ("y = exp(1000*a*x)**9", "")])
def test_a_parameter_too_many(text, told):
    made = Model(text)
    columns = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [1.0, 3.0, 2.0, 5.0, 4.0]})
    stopped = SimpleNamespace(model=made, table=columns,
                              parameters=dict.fromkeys(made.parameters(["x"]), 1.0))
    assert told in uncertainty._too_many(stopped) and bool(told) == bool(
        uncertainty._too_many(stopped))


@pytest.mark.parametrize(("slope", "number"), [
    ("2*a", 6.0), ("7 + 0*b", 7.0),
    ("sqrt(a - 4)", None), ("1e308*a", None), ("(a - 4)**0.5", None)])
def test_the_number_of_a_slope(slope, number):
    place = {"a": 3.0, "b": 1.0, "c": 2.0}
    if number is None:
        with pytest.raises((DomainError, ArithmeticError, ValueError)):
            uncertainty._number(parse(slope), place)
    else:
        assert uncertainty._number(parse(slope), place) == number


@pytest.mark.parametrize(("others", "column", "apart"), [
    ([], [1.0, 0.0], True), ([[1.0, 0.0]], [0.6, 0.8], True), ([[1.0, 0.0]], [1.0, 0.0], False),
    ([[1.0, 0.0]], [1.0, 2e-9], True), ([[1.0, 0.0]], [1.0, 0.9e-9], False),
    ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], [0.6, 0.8, 0.0], False)])
def test_whether_a_column_is_a_combination_of_others(others, column, apart):
    assert uncertainty._is_apart(others, column) is apart


@pytest.mark.parametrize("number", [Fraction(9), Fraction(1, 7), Fraction(10**40, 3), Fraction(2)])
def test_a_size_is_about_the_root(number):
    size = uncertainty._size(number)
    assert isinstance(size, Fraction) and 0.5 <= float(number / size**2) <= 4
    assert size.numerator & (size.numerator - 1) == 0 == size.denominator & (size.denominator - 1)
    assert uncertainty._size(9.0) == 3.0 and uncertainty._root(Fraction(9, 4)) == Decimal("1.5")


SURE = uncertainty.Estimates(Model("y = a*x + b"), LOSSES["squared"], {"a": 3.0, "b": 0.0},
                             ["a", "b"], [[4.0, 1.0], [1.0, 9.0]], 2.0, math.inf)


@pytest.mark.parametrize(("name", "error", "p"), [("a", 2.0, math.erfc(1.5 / math.sqrt(2))),
                                                  ("b", 3.0, 1.0)])
def test_errors_of_parameters_by_hand(name, error, p):
    value, found, low, high = SURE.interval(name)
    assert found == error and SURE.p_value(name) == pytest.approx(p)
    assert (low, high) == pytest.approx((value - 1.959964 * error, value + 1.959964 * error))
    low, high = SURE.interval(name, 0.5)[2:]
    assert high - low == pytest.approx(2 * 0.6744898 * error)


def test_errors_of_parameters_in_a_notebook():
    shown = SURE._repr_html_()
    for text in ("3", "2", "-0.91993", "6.9199", "0.13", "0", "-5.8799", "5.8799", "1"):
        assert f">{text}</td>" in shown


def test_errors_of_formulas_and_predictions_by_hand():
    found = SURE.derived("2*a - b")
    assert found.value == 6.0 and found.error == pytest.approx(math.sqrt(4 * 4 - 4 + 9))
    assert SURE.prediction({"x": 5.0}, single=False).error == pytest.approx(math.sqrt(100 + 10 + 9))
    assert SURE.prediction({"x": 5.0}).error == pytest.approx(math.sqrt(119 + 4))
    assert SURE.prediction({"x": 5.0}, weight=4.0).error == pytest.approx(math.sqrt(119 + 1))
    assert SURE.correlations == [pytest.approx([1.0, 1 / 6]), pytest.approx([1 / 6, 1.0])]


@pytest.mark.parametrize("ask", [
    lambda: SURE.interval("a", 0.0), lambda: SURE.interval("a", 1.0), lambda: SURE.interval("c"),
    lambda: SURE.prediction({"x": 5.0}, weight=0.0), lambda: SURE.prediction({"x": 1e308}),
    lambda: SURE.prediction({"x": 5.0}, weight=math.inf), lambda: SURE.derived("1/b"),
    lambda: SURE.interval("a", math.nan)])
def test_what_is_not_known(ask):
    with pytest.raises((DataError, DomainError)):
        ask()


@pytest.mark.parametrize(("target", "z", "y"), [
    ("log(y)", (0.0, -1.0, 2.0), (1.0, math.exp(-1), math.exp(2))), ("-y", (1, 0, 2), (-1, -2, 0)),
    ("1/y", (2.0, 1.0, 4.0), (0.5, 0.25, 1.0)), ("sqrt(y)", (2.0, 1.0, 3.0), (4.0, 1.0, 9.0))])
def test_the_way_back_by_hand(target, z, y):
    sure = uncertainty.Estimates(Model(f"{target} = a*x"), LOSSES["squared"], {"a": 1.0}, ["a"],
                                 [[1.0]], 1.0, math.inf)
    value, low, high = z
    found = sure.way_back(uncertainty.Interval(float(value), 0.5, float(low), float(high)))
    assert (found.value, found.low, found.high) == pytest.approx(y)
    slope = {"log(y)": 1.0, "-y": 1.0, "1/y": 0.25, "sqrt(y)": 4.0}[target]
    assert found.error == pytest.approx(0.5 * slope)


@pytest.mark.parametrize("ends", [(-1.0, 2.0), (0.0, 2.0)])
def test_no_way_back_through_a_pole(ends):
    sure = uncertainty.Estimates(Model("1/y = a*x"), LOSSES["squared"], {"a": 1.0}, ["a"],
                                 [[1.0]], 1.0, math.inf)
    with pytest.raises(DataError):
        sure.way_back(uncertainty.Interval(1.0, 0.5, *ends))


# Training


@pytest.mark.parametrize(("steps", "fits"), [(0, True), (1, True), (-1, False), (1.0, False)])
def test_a_number_of_steps(steps, fits):
    if fits:
        train.check_steps(steps)
    else:
        with pytest.raises(FormulaError, match="must be 0, 1, 2"):
            train.check_steps(steps)


@pytest.mark.parametrize(("start", "error"), [
    ({"c": 1.0}, DataError), ({"a": math.inf}, DataError), ({"a": "1"}, DataError),
    ({"a": True}, DataError), ([1.0], FormulaError), ({"a": 1}, None)])
def test_a_start(start, error):
    if error:
        with pytest.raises(error):
            train.start_of(start, ["a", "b"], "model")
    else:
        assert train.start_of(start, ["a", "b"], "model") == {"a": 1.0}


@pytest.mark.parametrize(("text", "loss", "bowl"), [
    ("y = a*x + b", "squared", True), ("y = a*x + b", "absolute", True), ("y = a*x", "huber", True),
    ("y = a*b*x", "squared", False), ("y = exp(a*x)", "squared", False),
    ("y = sigmoid(a*x + b)", "log", True), ("y = 1/(1 + exp(-a*x - b))", "log", True),
    ("y = sigmoid(a*x*b)", "log", False), ("y = sigmoid(a*x + b)", "squared", False),
    ("y = exp(a*x)", "log", False), ("y = a**2*x", "squared", False)])
def test_whether_all_walks_lead_to_one_bottom(text, loss, bowl):
    columns = Table({"x": [1.0, 2.0, 3.0], "y": [0.0, 1.0, 0.0]})
    trainer = train.Trainer(text, loss)
    assert trainer._is_one_bowl(LossSurface(Model(text), columns, loss)) is bowl


@pytest.mark.parametrize(("predictions", "answers", "loss", "apart"), [
    ([0.9, 0.1], [1.0, 0.0], 0.3, True), ([0.9, 0.1], [1.0, 0.0], 0.31, False),
    ([0.5, 0.1], [1.0, 0.0], 0.1, False), ([0.9, 0.6], [1.0, 0.0], 0.1, False),
    ([0.51, 0.49], [1.0, 0.0], 0.1, True), ([0.9, 0.1], [1.0, 0.2], 0.1, False)])
def test_yeses_and_noes_that_are_told_apart(predictions, answers, loss, apart, monkeypatch):
    trainer = train.Trainer("y = sigmoid(a*x)", "log").fit(
        {"x": [1.0, 2.0, 3.0], "y": [0.0, 1.0, 0.0]})
    trainer._walk = SimpleNamespace(best=SimpleNamespace(loss=loss), at_the_bottom=False,
                                    parameters={"a": 1.0})
    monkeypatch.setattr(trainer, "predict", lambda _: predictions)
    monkeypatch.setattr(trainer.model, "actual_numbers", lambda _: answers)
    assert trainer._are_told_apart() is apart
    trainer._walk.at_the_bottom = True
    assert not trainer._are_told_apart()
    trainer._walk.at_the_bottom, trainer._surface.ridge = False, (("a", 0.1),)
    assert not trainer._are_told_apart()


@pytest.mark.parametrize(("text", "bottom", "predictions", "fits"), [
    ("y = a*x", False, [0.5, 1 - 1e-4], True), ("y = a*x", False, [0.5, 1 - 0.9e-4], False),
    ("y = a*x", False, [1e-4, 0.5], True), ("y = a*x", False, [0.9e-4, 0.5], False),
    ("y = a*x", True, [0.0, 1.0], True), ("y = a*x", True, [0.5, 1.01], False),
    ("y = a*x", True, [-0.01, 0.5], False), ("y = a**2*x", False, [0.0, 1.0], True),
    ("y = exp(a*x)", False, [0.0, 1.0], True),
    ("y = exp(a*x)", False, [0.0, 1.01], False)])
def test_predictions_that_are_no_probabilities(text, bottom, predictions, fits):
    made = Model(text)
    walked = SimpleNamespace(
        model=made, table=Table({"x": [1.0, 2.0], "y": [0.0, 1.0]}), at_the_bottom=bottom,
        surface=SimpleNamespace(parameters=["a"]), predict=lambda _: predictions, loss="the loss")
    if fits:
        train.check_predictions(walked)
    else:
        with pytest.raises(DataError, match=r"put the right side of .* in sigmoid"):
            train.check_predictions(walked)


class Walked:
    """A walk that ends with a loss, at a bottom or not."""

    made = None  # the starts of all, a list for each test

    def __init__(self, surface, optimizer, position):
        self.position, self.steps, self.interrupted = tuple(position), 0, False
        self.loss, self.at_the_bottom = ENDS[self.position[0]]
        self.history = [1]
        Walked.made.append(self.position[0])

    def follow(self, steps):
        self.steps = steps
        if self.loss == INF:
            self.history = []
            raise DataError("none")


# By its start: the loss at which a walk ends, and whether that is a bottom
ENDS = {0.0: (9.0, False), 1.0: (5.0, False), 2.0: (4.0, True), 3.0: (3.0, False), 4.0: (3.0, True),
        5.0: (INF, False), 6.0: (6.0, True), 7.0: (5.0, True), 8.0: (3.0, False), 9.0: (7.0, True),
        10.0: (5.5, True)}
MEAN = 5.5  # the loss of the mean


@pytest.mark.parametrize(("starts", "walked", "best"), [
    ([1, 2, 3], [1, 2], 2),          # a bottom below the mean: good enough
    ([1, 3, 0], [1, 3, 0], 3),       # three walks at most, and the lowest of them
    ([1, 3, 0, 2], [1, 3, 0], 3), ([6, 0, 1], [6, 0, 1], 1),  # this bottom is above the mean
    ([1, 7], [1, 7], 7), ([3, 6, 0], [3, 6, 0], 6),           # a bottom is better than none
    ([3, 8], [3, 8], 3), ([6, 9], [6, 9], 6), ([10, 2], [10], 10),  # the first of the same height
    ([6, 1, 3], [6, 1, 3], 3), ([5, 5.0, 1], [5, 1], 1), ([5], [5], None), ([4, 2], [4], 4)])
def test_of_several_walks_the_best(starts, walked, best, monkeypatch):
    monkeypatch.setattr(train, "Walk", Walked)
    monkeypatch.setattr(Walked, "made", [])
    lowest = [(100.0 + (0 if start == 5 else k), start) for k, start in enumerate(starts)]
    monkeypatch.setattr(train, "guesses", lambda *_: iter(
        [train.Step((float(start),), loss, ()) for loss, start in reversed(lowest)]))
    surface = SimpleNamespace(parameters=["a"], loss_of_the_mean=lambda: MEAN,
                              named=lambda position: {"a": position[0]})
    trainer = train.Trainer("y = exp(a*x)")
    trainer._surface = surface
    if best is None:
        with pytest.raises(DataError, match="no loss was found for y = exp"):
            trainer._search(surface, {}, 10)
    else:
        trainer._search(surface, {}, 10)
        assert trainer._walk.position == (best,) and trainer._walk.steps == 11
        assert [end.loss for end in trainer.walks] == [loss for loss, _ in lowest]
    assert Walked.made == walked


@pytest.mark.parametrize(("start", "steps", "walked"), [
    (2.0, 10, [2]), (1.0, 10, [1, 4]), (6.0, 10, [6, 4]), (1.0, 0, [1])])
def test_guesses_are_for_a_start_that_ended_badly(start, steps, walked, monkeypatch):
    monkeypatch.setattr(train, "Walk", Walked)
    monkeypatch.setattr(Walked, "made", [])
    monkeypatch.setattr(train, "guesses", lambda *_: iter([train.Step((4.0,), 1.0, ())]))
    surface = SimpleNamespace(parameters=["a"], loss_of_the_mean=lambda: MEAN,
                              named=lambda position: {"a": position[0]})
    trainer = train.Trainer("y = exp(a*x)")
    trainer._surface = surface
    monkeypatch.setattr(trainer, "_start", lambda _, given: [given["a"]])
    trainer._search(surface, {"a": start}, steps)
    assert Walked.made == walked and trainer._walk.steps == steps + 1


@pytest.mark.parametrize(("start", "found", "walked", "steps", "interrupted"), [
    ({}, [], [0], 1001, False),            # no guess has a loss: where a walk starts if nobody says
    ({}, [4.0, None], [4], 1, True),       # Ctrl-C while guessing: the lowest guess so far
    ({"a": 1.0}, [None], [1], 1001, True), ({}, [None], None, 0, True)])
def test_guesses_that_come_to_nothing_or_are_interrupted(start, found, walked, steps, interrupted,
                                                         monkeypatch):
    def guessed(surface, given, seed, short):
        assert (given, seed, short) == ({}, 7, 40)  # of 1000 steps
        for place in found:
            if place is None:
                raise KeyboardInterrupt
            yield train.Step((place,), 1.0, ())

    monkeypatch.setattr(train, "Walk", Walked)
    monkeypatch.setattr(Walked, "made", [])
    monkeypatch.setattr(train, "guesses", guessed)
    monkeypatch.setattr(train, "place_to_start", lambda *given: [0.0] * (given[1:] == ({}, 7)))
    surface = SimpleNamespace(parameters=["a"], loss_of_the_mean=lambda: MEAN,
                              named=lambda position: {"a": position[0]})
    trainer = train.Trainer("y = exp(a*x)", seed=7)
    trainer._surface = surface
    monkeypatch.setattr(trainer, "_start", lambda _, given: [given["a"]])
    if walked is None:
        with pytest.raises(KeyboardInterrupt):
            trainer._search(surface, start, 1000)
        return
    trainer._search(surface, start, 1000)
    assert Walked.made == walked and trainer._walk.steps == steps
    assert trainer._walk.interrupted is interrupted


@pytest.mark.parametrize(("losses", "walks"), [
    ([0.0, 0.0], 1), ([4.0, 4.0 + 3.9e-6], 1), ([4.0, 4.0 + 4.1e-6], 2), ([0.25, 0.25 + 3e-7], 2),
    ([-4.0, -4.0 + 3.9e-6], 1), ([1.0, 2.0, 2.0, 3.0, 4.0], 3)])
def test_short_walks_that_ended_alike_are_followed_once(losses, walks, monkeypatch):
    monkeypatch.setattr(train, "Walk", Walked)
    monkeypatch.setattr(Walked, "made", [])
    monkeypatch.setattr(train, "guesses", lambda *_: (
        train.Step((1.0,), loss, ()) for loss in losses))
    trainer = train.Trainer("y = exp(a*x)")
    trainer._surface = SimpleNamespace(parameters=["a"], loss_of_the_mean=lambda: MEAN,
                                       named=lambda position: {"a": position[0]})
    trainer._search(trainer._surface, {}, 10)
    assert len(Walked.made) == walks and len(trainer.walks) == len(losses)


@pytest.mark.parametrize(("names", "most"), [("a", 14), ("ab", 20), ("abc", 26)])
def test_guesses_are_read_up_to_six_rounds_of_all_parameters(names, most, monkeypatch):
    monkeypatch.setattr(train, "Walk", Walked)
    monkeypatch.setattr(Walked, "made", [])
    monkeypatch.setattr(train, "guesses", lambda *_: iter(
        lambda: train.Step((2.0,), 1.0, ()), None))
    trainer = train.Trainer("y = exp(a*x)")
    trainer._surface = SimpleNamespace(parameters=[*names], loss_of_the_mean=lambda: MEAN,
                                       named=lambda position: {"a": position[0]})
    trainer._search(trainer._surface, {}, 10)
    assert len(trainer.walks) == most


@pytest.mark.parametrize(("moments", "unit", "found"), [
    (["2016-03-13 00:00", "2016-03-13 23:59"], "seconds since 2016-03-13", [0, 86340]),
    (["2016-03-13 00:00", "2016-03-14 00:00"], "days since 2016-03-13", [0, 1]),
    (["2016-03-13 12:00", "2016-03-14 12:00"], "days since 2016-03-13", [0.5, 1.5]),
    (["2016-03-13 12:00", "2016-03-14 11:59"], "seconds since 2016-03-13 12:00:00", [0, 86340]),
    (["12:30", "12:31"], "seconds since 12:30:00", [0, 60]),
    (["29.02.00", "01.03.69"], "days since 1969-03-01", [11322, 0]),
    (["01.01.68", "01.01.69"], "days since 1968-01-01", [0, 366]),
    (["01.01.67", "01.01.68"], "days since 2067-01-01", [0, 365])])
def test_what_moments_are_counted_from(moments, unit, found):
    read = dates.read_dates(moments, {})
    assert read.said == [unit] and read.values == found
    again = dates.read_dates(moments[::-1], read.recipe)
    assert again.values == found[::-1] and again.recipe == read.recipe


@pytest.mark.parametrize(("texts", "since"), [
    (["12:30"], "2020-01-01T00:00:00"), (["2020-01-01"], "1900-01-01T12:30:00")])
def test_times_of_day_are_not_counted_from_days(texts, since):
    assert dates.read_dates(texts, {"since": since, "unit": "seconds"}) is None


@pytest.mark.parametrize("form", ["soon", "%d/%m", "%H:%M", ""])
def test_what_is_no_form_of_a_date(form):
    with pytest.raises(DataError, match="is not the form of a date with a year"):
        dates.date_in(form)


# Kinks

BOTH = kinks.Faces(-1.0, 1.0)


@pytest.mark.parametrize(("held", "weights", "faces", "edge"), [
    ([0.0, 0.0], [1.0, 1.0], BOTH, (0, 0.0, 1.0)), ([2.0, 0.0], [1.0, 1.0], BOTH, (0, 1.0, 1.0)),
    ([0.0, -3.0], [1.0, 1.0], BOTH, (1, 2.0, -1.0)), ([2.0, 4.0], [1.0, 5.0], BOTH, (0, 1.0, 1.0)),
    ([1.0, -2.0], [1.0, 1.0], kinks.Faces(-0.5, 2.0), (1, 1.5, -1.0)),
    ([2.5, 2.5], [1.0, 1.0], kinks.Faces(-0.5, 2.0), (0, 0.5, 1.0))])
def test_an_edge_that_leads_down(held, weights, faces, edge):
    assert kinks._edge_down(held, weights, faces) == edge


@pytest.mark.parametrize(("off", "gain", "met", "row"), [
    ([5.0, 1.0, 3.0], 1.5, set(), 1), ([5.0, 1.0, 3.0], 2.0, set(), 1),
    ([5.0, 1.0, 3.0], 2.5, set(), 2), ([5.0, 1.0, 3.0], 4.5, set(), 0),
    ([0.0, 1.0, 3.0], 1.5, set(), 1), ([5.0, 1.0, 3.0], 1.5, {1}, 2),
    ([5.0, -1.0, 3.0], 1.5, set(), 2)])
def test_the_row_at_which_the_loss_rises(off, gain, met, row):
    rows = [[1.0], [1.0], [1.0]]
    assert kinks._next_row(rows, off, [1.0] * 3, BOTH, [1.0], gain, met) == row
    with pytest.raises(DataError, match="falls for ever"):
        kinks._next_row(rows, off, [1.0] * 3, BOTH, [1.0], 7.0, met)


@pytest.mark.parametrize(("rows", "left", "corner"), [
    ([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]], [3.0, 1.0, 2.0], [1, 2]),
    ([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]], [3.0, -1.0, 2.0], [1, 0]),
    ([[1.0, 1.0], [1.0, 1.0 + 1e-7]], [1.0, 2.0], [0, 1])])
def test_the_rows_that_are_nearly_met(rows, left, corner):
    assert kinks._first_corner(rows, left) == corner


@pytest.mark.parametrize("rows", [[[1.0, 1.0], [2.0, 2.0]], [[1.0, 1.0], [1.0, 1.0 + 1e-9]]])
def test_rows_that_leave_a_direction_open(rows):
    with pytest.raises(DataError, match="leave a direction open"):
        kinks._first_corner(rows, [1.0, 2.0])


def test_flat_faces_are_judged_by_their_edges(monkeypatch):
    monkeypatch.setattr(kinks, "_is_in_a_dip", lambda *_: 1 / 0)
    asked = LossSurface(Model("y = a*x"), COLUMNS, "absolute")
    assert kinks.is_bottom_of_kinks(asked, [1.75]) and not kinks.is_bottom_of_kinks(asked, [1.7])


@pytest.mark.parametrize(("formula", "place", "dip"), [
    ("abs(x) + 1", 0.0, True), ("abs(x) + 1", 0.001, False), ("0*x + 1", 0.0, False),
    ("abs(x) + abs(y) + 1", 0.0, True), ("abs(x) - y/2 + 1", 0.0, False),
    ("abs(x) - 3*relu(abs(x) - 0.1)", 0.0, True), ("-abs(x)", 0.0, False),
    ("abs(x) + sqrt(x) + 1", 0.0, True), ("x + 1", 0.0, False), ("relu(x)", 0.0, True)])
def test_a_dip(formula, place, dip):
    levers = [x for x in inputs_first(parse(formula)) if x.operation is None]
    asked = parse(formula, {x.name: x for x in levers})
    assert kinks._is_in_a_dip(FormulaSurface(asked, levers), [place] * len(levers)) is dip


# Surfaces

COLUMNS = Table({"x": [1.0, 2.0, 4.0], "z": [0.0, 1.0, 5.0], "y": [2.0, 3.0, 7.0],
                 "w": [1.0, 2.0, 1.0], "share": [0.0, 1.0, 0.5]})


def surface(text, loss="squared", **options):
    return LossSurface(Model(text), COLUMNS, loss, **options)


DEGREES = [  # a formula; its degree in a and b; whether that is quadratic as a loss
    ("a*x + b",         1), ("a*b*x",     2), ("a**2*b*x", 3), ("(a + b)**3",    3),
    ("a/x",             1), ("x/a",     INF), ("a**0.5", INF), ("x**a",        INF),
    ("sin(x)*a",        1), ("sin(a)",  INF), ("-a*x",     1), ("where(x, a, b**2)", 2),
    ("where(a, x, 1)", INF), ("x + 1",    0), ("a**1000", INF), ("a**999",     999),
    ("a - a",           1), ("(a*x + b)/2 - a", 1), ("a**0 + x", 0),
]
INSIDE = [  # a formula, and the part that has all its symbols in it
    ("exp(a*x + b)",               "a*x + b"),
    ("1/(1 + exp(-(a*x + b)))",    "a*x + b"),
    ("2*sin(a*x) + 3",             "a*x"),
    ("a*x + b",                    "a*x + b"),
    ("a*exp(b*x)",                 "a*exp(b*x)"),
    ("5",                          "5"),
]
QUADRATIC = [
    ("y = a*x + b", "squared", True), ("y = a*x*b", "squared", False),
    ("y = a*pi", "squared", False), ("y = a*exp(x)", "squared", False),
    ("y = a*x", "absolute", False), ("log(y) = a*x", "squared", False),
    ("y = a*x/z", "squared", True), ("y = 2.5*a - b*x**2", "squared", True)]
EDGED = [  # a formula, what is 0; whether slopes would be 0 times infinity
    ("(x/c)**b", "x", True), ("(x/c)**b", "z", False), ("x**b", "x", False),
    ("(b*x)**c", "x", True), ("b**x", "x", False), ("(c/x)**b", "x", False),
    ("sqrt(b*x)", "x", True), ("sqrt(b*(x - 1))", "x", False), ("b*sqrt(x)", "x", False),
    ("b*x + c", "x", False), ("(x*z/c)**b", "z", True), ("((x + z)/c)**b", "z", False),
]


@pytest.mark.parametrize(("text", "found"), DEGREES)
def test_degrees(text, found):
    formula = parse(text)
    levers = [x for x in inputs_first(formula) if x.operation is None and x.name in ("a", "b")]
    assert row_loss.degree(formula, levers) == found


@pytest.mark.parametrize(("text", "part"), INSIDE)
def test_the_inside_of_a_formula(text, part):
    assert str(row_loss.inside(parse(text))) == part


@pytest.mark.parametrize(("text", "loss", "quadratic"), QUADRATIC)
def test_what_is_solved_exactly(text, loss, quadratic):
    assert last_digits.is_quadratic(surface(text, loss)) is quadratic


@pytest.mark.parametrize(("text", "zeros", "edged"), EDGED)
def test_powers_of_0(text, zeros, edged):
    formula = parse(text)
    levers = [x for x in inputs_first(formula) if x.operation is None and x.name in ("b", "c")]
    assert has_edges(formula, levers, [*zeros]) is edged


@pytest.mark.parametrize("method", ["numeric", "backward", "compiled", "collapsed"])
@pytest.mark.parametrize(("options", "weights", "ridge"), [
    ({}, (1, 1, 1), (0, 0)), ({"weights": "w"}, (1, 2, 1), (0, 0)),
    ({"ridge": 0.5}, (1, 1, 1), (0.5, 0.5)),
    ({"weights": "w", "ridge": {"b": 2.0}}, (1, 2, 1), (0, 2.0))])
def test_the_loss_its_slopes_and_its_bends_by_hand(method, options, weights, ridge):
    """The mean of w*((y - a*x - b)**2 + ridge), at a = 2, b = -1."""
    asked = surface("y = a*x + b", method=method, **options)
    rows, total = [*zip(weights, COLUMNS["x"], COLUMNS["y"], strict=True)], sum(weights)
    off = [y - 2 * x + 1 for _, x, y in rows]
    mean = sum(w * (e * e + 4 * ridge[0] + ridge[1])
               for (w, _, _), e in zip(rows, off, strict=True))
    slopes = [sum(-2 * w * e * x for (w, x, _), e in zip(rows, off, strict=True)) / total
              + 4 * ridge[0],
              sum(-2 * w * e for (w, _, _), e in zip(rows, off, strict=True)) / total
              - 2 * ridge[1]]
    xx, x = (sum(w * x**k for w, x, _ in rows) / total for k in (2, 1))
    bends = [[2 * xx + 2 * ridge[0], 2 * x], [2 * x, 2 + 2 * ridge[1]]]
    height, found = asked.look([2.0, -1.0])
    assert [height, asked.height([2.0, -1.0])] == pytest.approx([mean / total] * 2)
    assert found == pytest.approx(slopes)
    for way in (False, True):
        height, found, seen = asked.bend([2.0, -1.0], way)
        assert height == pytest.approx(mean / total) and found == pytest.approx(slopes)
        assert seen == [pytest.approx(row) for row in bends]
    assert asked.weight == total and asked.loss_of_the_mean() == pytest.approx(
        sum(w * (y - sum(w * y for w, _, y in rows) / total) ** 2 for w, _, y in rows) / total)
    loss, seen = asked.information([2.0, -1.0])
    assert loss == pytest.approx(mean) and seen[0] == pytest.approx([total * b for b in bends[0]])


@pytest.mark.parametrize(("position", "fits"), [([1.0], False), ([1.0, 2.0, 3.0], False),
                                                ([1.0, 2.0], True)])
def test_a_place_has_a_number_for_each_parameter(position, fits):
    for ask in ("height", "look", "bend"):
        if fits:
            getattr(surface("y = a*x + b"), ask)(position)
        else:
            with pytest.raises(DataError, match="give one for each of a, b"):
                getattr(surface("y = a*x + b"), ask)(position)


@pytest.mark.parametrize(("share", "loss"), [(0.0, 0.0), (0.1, 0.25), (1.0, 25.0)])
def test_the_loss_of_a_share_of_the_range(share, loss):
    """The target goes from 2 to 7."""
    assert surface("y = a*x").loss_of_residuals(share) == pytest.approx(loss, abs=1e-25)
    assert surface("2*y = a*x").loss_of_residuals(share) == pytest.approx(4 * loss, abs=1e-25)
    asked = surface("y = a*x")
    assert asked.is_perfect(0.0) and not asked.is_perfect(1e-3) and not asked.is_perfect(-1e-3)


@pytest.mark.parametrize(("size", "fits"), [
    (1.0, True), (1e150, True), (1e155, False), (1e-150, True), (1e-152, False), (0.0, True)])
def test_targets_whose_loss_leaves_the_floats(size, fits):
    columns = Table({"x": [1.0, 2.0], "y": [size, -size]})
    asked = LossSurface(Model("y = a*x"), columns)
    if fits:
        asked.check_size()
    else:
        with pytest.raises(DataError, match=re.escape(f"y has numbers of {size:.2g}")):
            asked.check_size()
    LossSurface(Model("y = a*x"), columns, "absolute").check_size()


@pytest.mark.parametrize(("weights", "kept"), [
    ([1.0, 0.0, 2.0], [1.0, 4.0]), ([1.0, -1.0, 2.0], "row 2: the weight -1 is below 0"),
    ([0.0, 0.0, 0.0], "all weights in column 'w' are 0"), ([1e308] * 3, "too large for a float")])
def test_rows_that_count(weights, kept):
    columns = Table({"x": [1.0, 2.0, 4.0], "w": weights})
    if isinstance(kept, list):
        assert row_weights.counting(columns, "w")["x"] == kept
    else:
        with pytest.raises(DataError, match=kept):
            row_weights.counting(columns, "w")


@pytest.mark.parametrize(("ridge", "found"), [
    (0.0, ()), (1, (("a", 1.0), ("b", 1.0))), ({"b": 2}, (("b", 2.0),)), ({"a": 0}, ()),
    (-1.0, None), (math.nan, None), ({"c": 1.0}, None)])
def test_what_parameters_cost(ridge, found):
    if found is None:
        with pytest.raises(FormulaError):
            row_weights.costs(ridge, ["a", "b"])
    else:
        assert row_weights.costs(ridge, ["a", "b"]) == found


@pytest.mark.parametrize(("text", "found"), [
    ("y = a*x + b", ["b"]), ("y = sigmoid(a*x - b)", ["b"]), ("y = a*x", []),
    ("y = a + b", ["a", "b"]),
    ("y = a*exp(b*x)", []), ("y = a*x + b*z", [])])
def test_intercepts(text, found):
    made = Model(text)
    assert row_weights.intercepts(made, made.parameters(["x", "z"])) == found


KINDS = Table({"kind": ["b", "a", "c"], "day": [2.0, 10.0, 2.0], "y": [1.0, 2.0, 4.0]})


@pytest.mark.parametrize(("text", "formula"), [
    ("y = base + kind", "base + (kind_b*kind_is_b + kind_c*kind_is_c)"),
    ("y = base + k*kind", "base + (k_b*kind_is_b + k_c*kind_is_c)"),
    ("y = base - kind", "base - (kind_b*kind_is_b + kind_c*kind_is_c)"),
    ("y = base + C(day)", "base + day_10*day_is_10"),
    ("y = b + k*C(day)*day", "b + k_10*day_is_10*day"),
    ("y = b + log(day)*C(day)", "b + log(day)*(day_10*day_is_10)"),
    ("y = k_b + k*kind", "k_b + (k_b_*kind_is_b + k_c*kind_is_c)")])
def test_levels_in_a_formula(text, formula):
    made, view = Model(text).meets(KINDS)
    assert str(made.prediction) == formula
    for levels in made.levels.values():
        for name, one in levels.indicators.items():
            assert view[name] == [float(each == one) for each in levels.of(KINDS)]


@pytest.mark.parametrize(("values", "found"), [
    (["b", " a ", None], ["a", "b"]), ([10.0, 9.0, 10], ["9", "10"]),
    (["10", "9", "x"], ["10", "9", "x"]),
    ([None], "is empty"), (["a", "a"], "the same text in each row"),
    ([f"n{k:03}" for k in range(51)], "has 51 different texts, such as 'n000'")])
def test_levels_of_a_column(values, found):
    columns = Table({"k": values})
    if isinstance(found, list):
        assert categories.levels_of(columns, "k") == found
    else:
        with pytest.raises(DataError, match=found):
            categories.levels_of(columns, "k")
    assert len(categories.levels_of(Table({"k": [*map(str, range(50))]}), "k")) == 50


# Proofs


def box(*ends):
    return [Interval(low, high) for low, high in ends]


@pytest.mark.parametrize(("bends", "up"), [
    ([[(1, 2)]], True), ([[(-1, 2)]], False), ([[(2, 2), (1, 1)], [(1, 1), (2, 2)]], True),
    ([[(1, 1), (2, 2)], [(2, 2), (1, 1)]], False),
    ([[("1.9", "2.1"), ("0.9", "1.1")], [("0.9", "1.1"), ("1.9", "2.1")]], True),
    ([[(1, 3), (0, 2)], [(0, 2), (1, 3)]], False), ([[(0, 0)]], False)])
def test_whether_it_bends_up_for_certain(bends, up):
    bends = [box(*row) for row in bends]
    assert proof.bends_up_for_certain(bends, [[b.middle for b in row] for row in bends]) is up


def test_the_root_of_a_matrix():
    """[[4, 2], [2, 5]] is [[2, 0], [1, 2]] times its transpose."""
    assert proof._root([[Decimal(4), Decimal(2)], [Decimal(2), Decimal(5)]]) == [[2, 0], [1, 2]]
    assert proof._root([[Decimal(4), Decimal(2)], [Decimal(2), Decimal(1)]]) is None
    nine = [[9, 3, 6], [3, 5, 0], [6, 0, 6]]
    root = proof._root([[Decimal(x) for x in row] for row in nine])
    assert [[sum(a * b for a, b in zip(x, y, strict=True)) for y in root] for x in root] == nine


@pytest.mark.parametrize(("ends", "text"), [
    (("-1", "2"), "between -1 and 2"), (("0.12345", "0.56789"), "between 0.123 and 0.568"),
    (("-0.12345", "0.1"), "between -0.124 and 0.1"), (("12.25", "12.25"), "12.25"),
    (("3.1415", "3.1416"), "3.141..."), (("1e-9", "1.1e-9"), "1...e-9")])
def test_the_first_digits_of_all_numbers(ends, text):
    assert proof.first_digits(Interval(*ends)) == text


@pytest.mark.parametrize(("ends", "digits"), [
    (("3.14159", "3.14160"), 5), (("-1", "2"), 0), (("1", "1"), 28), (("-3.15", "-3.14"), 2),
    (("1", "3"), 0), (("100", "109"), 1)])
def test_certain_digits(ends, digits):
    assert proof.certain_digits(Interval(*ends)) == digits


def test_a_box_around_a_place():
    found = proof.around(box((2, 2), (-5, -5)), [Decimal(2), Decimal(5)], 1)
    assert [(x.low, x.high) for x in found] == [(Decimal("1.8"), Decimal("2.2")),
                                                (Decimal("-5.5"), Decimal("-4.5"))]


# The loss in a box is (x - 1)**2 + y, of which it is known that its slope by y is 1
def bowl_and_plane(name, at):
    x, y = at
    return [(x - 1) * (x - 1) + y, *([2 * (x - 1), Interval(1)] if name == "sum_slopes" else [])]


@pytest.mark.parametrize(("part", "best", "face"), [
    ([(2, 3), (0, 1)], 5, None),                # it is lower to the left
    ([(0, 2), (0, 1)], 5, [(0, 2), (0, 0)]),    # it is lowest at its lower end, the range's own
    ([(0, 2), (1, 2)], 5, None),                # there another box is lower
    ([(0, 2), (0, 1)], -2, None), ([(-4, -3), (0, 1)], 50, [(-3, -3), (0, 0)])])
def test_where_a_lower_point_may_lie(part, best, face):
    whole = box((-4, -3) if part[0][0] < 0 else (0, 4), (0, 4))
    found = proof._lower_face(bowl_and_plane, box(*part), whole, Decimal(best))
    assert (found and [(x.low, x.high) for x in found]) == face


@pytest.mark.parametrize(("within", "words"), [
    ({"a": (0, 2)}, "give a range for each of a, b"),
    ({"a": (0, 2), "b": (0, INF)}, "two finite ends"),
    ({"a": (0, 2), "b": (6, 8)}, "the range of b does not have"), ({"a": (0, 2), "b": (4, 8)}, "")])
def test_ranges_to_search(within, words):
    place = box((1, 1), (5, 5))
    if words:
        with pytest.raises(DataError, match=words):
            proof._ranges(within, ["a", "b"], place)
    else:
        found = proof._ranges(within, ["a", "b"], place)
        assert [(x.low, x.high) for x in found] == [(0, 2), (4, 8)]


# Files

GOOD = {"format": "mathlab model", "version": 2, "model": "y = a*x + b", "loss": "squared",
        "parameters": {"a": 2, "b": 1.5}, "features": ["x"], "rows": 3, "weights": "w",
        "reading": {"columns": {"x": DATED}}, "estimates": {
            "names": ["a", "b"], "covariance": [[1.0, 0.5], [0.5, 2]], "spread": 0.5, "freedom": 1}}
DAMAGES = [  # what is put where, and what is said of it; "" if it can be so
    ({"format": "model"},                   "its format is not"),
    ({"version": 3},                        "has version 3; this mathlab reads 1 and 2"),
    ({"version": 1},                        ""),
    ({"model": 5},                          "it has no model, or no parameters"),
    ({"parameters": []},                    "it has no model, or no parameters"),
    ({"loss": "cubed"},                     "there is no loss 'cubed'"),
    ({"loss": ["squared"]},                 "there is no loss"),
    ({"parameters": {"a": 2, "c": 1}},      "there is no 'c' in 'y = a*x + b'"),
    ({"parameters": {"a": 2, "b": "1"}},    "b is '1', not a finite number"),
    ({"parameters": {"a": 2, "b": True}},   "b is True, not a finite number"),
    ({"parameters": {"a": 2}},              "are not those of"),
    ({"features": ["x", "b"]},              "are not those of"),
    ({"features": "x"},                     "it has no features"),
    ({"features": [1]},                     "it has no features"),
    ({"rows": None},                        ""),
    ({"rows": 3.0},                         "its rows are not a number"),
    ({"weights": 5},                        "or its weights not a name"),
    ({"reading": []},                       "how its columns were read"),
    ({"reading": None},                     ""),
    ({"estimates": None},                   ""),
    ({"estimates": []},                     "its estimates have no names"),
]
ESTIMATES = [
    ({"names": "ab"},                       "no names, or no covariance"),
    ({"names": ["a", 1]},                   "no names, or no covariance"),
    ({"covariance": 1.0},                   "no names, or no covariance"),
    ({"names": ["a", "a"]},                 "are not those of its parameters"),
    ({"names": ["a", "c"]},                 "are not those of its parameters"),
    ({"covariance": [[1.0, 0.5]]},          "is not a matrix of numbers"),
    ({"covariance": [[1.0], [2.0]]},        "is not a matrix of numbers"),
    ({"covariance": [[1.0, 0.5], [0.5, -1.0]]}, "is not a matrix of numbers"),
    ({"covariance": [[0, 0], [0, 0.0]]},    ""),
    ({"covariance": [[1.0, "0"], [0.5, 1.0]]}, "is not a matrix of numbers"),
    ({"covariance": [1.0, 2.0]},            "is not a matrix of numbers"),
    ({"freedom": None},                     ""),
    ({"freedom": 0.9},                      "its freedom is not a number from 1"),
    ({"freedom": "1"},                      "its freedom is not a number from 1"),
    ({"spread": 0},                         ""),
    ({"spread": -0.1},                      "its spread is not a number from 0"),
    ({"spread": None},                      "its spread is not a number from 0"),
]


WITHIN = [({"estimates": {**GOOD["estimates"], **part}}, words) for part, words in ESTIMATES]


@pytest.mark.parametrize(("damage", "words"), [*DAMAGES, *WITHIN])
def test_a_damaged_file(damage, words, tmp_path):
    path = tmp_path / "model.json"
    path.write_text(json.dumps({**GOOD, **damage}), encoding="utf-8")
    if words:
        with pytest.raises(DataError) as error:
            saved.load(path)
        assert words in str(error.value) and str(error.value).startswith("model.json ")
        return
    found = saved.load(path)
    assert (found.parameters, found.loss, found.weights) == ({"a": 2.0, "b": 1.5}, "squared", "w")
    assert found.rows == damage.get("rows", 3) and found.predict({"x": [2.0]}) == [5.5]
    assert (found.estimates is None) == ("estimates" in damage and damage["estimates"] is None)
    if found.estimates:
        given = {**GOOD, **damage}["estimates"]
        assert found.estimates.covariance == given["covariance"]
        assert found.estimates.residual_spread == given["spread"]
        assert found.estimates.errors["b"] == pytest.approx(math.sqrt(given["covariance"][1][1]))


@pytest.mark.parametrize(("size", "fits"), [(10_000_000, True), (10_000_001, False)])
def test_a_file_that_is_too_large(size, fits, tmp_path):
    text = json.dumps(GOOD)
    path = tmp_path / "model.json"
    path.write_text(text + " " * (size - len(text)), encoding="utf-8")
    if fits:
        assert saved.load(path).rows == 3
    else:
        with pytest.raises(DataError, match="it is too large"):
            saved.load(path)


@pytest.mark.parametrize(("dropped", "lines"), [
    ({}, ["  1,234  rows read from data.csv", "= 1,200  rows kept"]),
    ({"x is missing": 34, "y is 0": 0}, [
        "  1,234  rows read from data.csv", "-    34  x is missing  (row 2, x None)",
        "-     0  y is 0", "= 1,200  rows kept"])])
def test_a_report_of_what_was_dropped(dropped, lines):
    report = clean.CleaningReport("data.csv", 1234, 1200, dropped,
                                  {"x is missing": "row 2, x None"})
    assert str(report).splitlines() == lines


@pytest.mark.parametrize(("text", "squares"), [
    ("x**2 + 3*y**4", True), ("x**2 - y**2", False), ("x**3", False), ("-2*x**2", False),
    ("x**2/4", True), ("4/x**2", False), ("abs(x) + 0", True), ("x**2 + 1", True),
    ("x**2 + (-1)", False), ("x**0.5", False), ("x*y", False), ("2*x", False), ("x", False),
    ("x**100", False), ("x**98", True), ("0*x**2", False), ("x**2/2", True), ("x**2*0.5", True)])
def test_what_is_never_below_0(text, squares):
    assert minimize.never_below_0(parse(text)) is squares


@pytest.mark.parametrize(("text", "height", "first", "perfect"), [
    ("x**2", 0.9e-20, 5.0, True), ("x**2", 1.1e-20, 5.0, False), ("x**2", 0.9e-22, 0.01, True),
    ("x**2", 1.1e-22, 0.01, False), ("x", 0.0, 1.0, False), ("x**2", -1e-30, 1.0, False),
    ("x**2", 0.0, 0.0, True)])
def test_when_nothing_is_left_of_a_formula(text, height, first, perfect):
    formula = parse(text)
    levers = [x for x in inputs_first(formula) if x.operation is None]
    assert FormulaSurface(formula, levers).is_perfect(height, first) is perfect


class Screen(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_on_a_terminal_after_a_second(monkeypatch):
    clock = iter([0.0, 0.5, 0.99, 1.0, 1.0, 1.05, 1.1, 1.1])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    screen = Screen()
    assert [*progress.progress(5, "at work", screen)] == [0, 1, 2, 3, 4]
    drawn = screen.getvalue().split("\r")
    assert drawn == ["", f"at work [{'#' * 8 + '.' * 12}]  40%",
                     f"at work [{'#' * 16 + '.' * 4}]  80%", " " * 35, ""]
    assert [*progress.progress(2, "", io.StringIO())] == [0, 1]


# The search for a start


def searched(text, given=(), rows=((1.0, 3.0), (2.0, 5.0), (4.0, 9.0), (5.0, 11.5))):
    xs, ys = zip(*rows, strict=True)
    asked = LossSurface(Model(text), Table({"x": xs, "y": ys}))
    return guesses._Search(asked, dict(given), 0)


def test_linear_parameters_are_solved_for_and_others_drawn(monkeypatch):
    search, found = searched("y = a*exp(b*x) + c"), {}
    monkeypatch.setattr(guesses, "_drawn", lambda *_: 0.25)
    search._try_out([0.0, 0.0, 0.0], search.drawers, found)
    ((place, height),) = found.items()
    es = [math.exp(0.25 * x) for x in (1, 2, 4, 5)]
    slope, level = statistics.linear_regression(es, [3, 5, 9, 11.5])
    assert place == pytest.approx((slope, 0.25, level))
    assert height == pytest.approx(statistics.fmean(
        (y - slope * e - level) ** 2 for e, y in zip(es, (3, 5, 9, 11.5), strict=True)))


def test_a_wave_is_scanned_by_half_waves(monkeypatch):
    """The range of x is 4: with k half waves w is k*pi/4."""
    search, seen = searched("y = a*sin(w*x + p)"), []
    monkeypatch.setattr(search, "_try_out", lambda place, drawers, _: seen.append(
        (place[1], len(drawers))))
    (wave,) = (each for each in search.drawers if each.place == 1)
    search._scan([1.0, 2.0, 3.0], wave, {})
    assert seen == [(pytest.approx(k * math.pi / 4), 1) for k in (1, 1, 1, 2, 2, 2, 3, 3, 3)]
    alone, seen = searched("y = a*sin(w*x)"), []
    monkeypatch.setattr(alone, "_try_out", lambda place, *_: seen.append(place[1]))
    alone._scan([1.0, 2.0], alone.drawers[0], {})
    assert seen == pytest.approx([k * math.pi / 4 for k in (1, 2, 3)])


@pytest.mark.parametrize(("to_the_worst", "tries"), [(False, 5), (True, 1)])
def test_a_place_with_one_parameter_changed(to_the_worst, tries, monkeypatch):
    search, tried = searched("y = a*exp(-((x - m)/s)**2)"), []
    (middle,) = (each for each in search.drawers if each.meeting.operation.name == "-")

    def try_out(place, drawers, found):
        tried.append([each.place for each in drawers])
        found[(1.0, 2.0, 3.0)] = 7.0
        found[(4.0, 5.0, 6.0)] = 3.0

    monkeypatch.setattr(search, "_try_out", try_out)
    assert search.changed([1.0, 2.0, 1.0], middle, to_the_worst) == [4.0, 5.0, 6.0]
    assert tried == [[1, 2]] * tries  # m, and s that meets it
    monkeypatch.setattr(search, "_try_out", lambda *_: None)
    assert search.changed([1.0, 2.0, 1.0], middle, to_the_worst) is None


def test_where_a_curve_is_off_there_may_be_a_peak():
    rows = [(float(x), 50.0 if x == 7 else 0.0) for x in range(10)]
    search = searched("y = a*exp(-((x - m)/s)**2)", rows=rows)
    place = [1e-9, 0.0, 1.0]
    for drawer in search.drawers:
        found = search._where_it_is_off(drawer, place)
        if drawer.meeting.operation.name == "-":
            assert found.numbers == [7.0] * 5 and found.place == drawer.place
        else:
            assert found is drawer
    (middle,) = (each for each in search.drawers if each.meeting.operation.name == "-")
    level = searched("y = a*exp(-((x - m)/s)**2)", rows=[(float(x), 0.0) for x in range(4)])
    assert level._where_it_is_off(middle, [0.0, 0.0, 1.0]) is middle  # nothing is off
    assert search._where_it_is_off(middle, [1e300, 0.0, 1.0]) is middle  # by more than a float


def test_what_is_given_is_not_drawn():
    search = searched("y = a*exp(b*x) + c", {"b": 0.5, "a": 2.0})
    assert search.start == [2.0, 0.5, 0.0] and search.drawers == []
    assert [x.name for x in search.linear] == ["c"]
    (place,) = search.first_places()
    assert place[:2] == [2.0, 0.5]


@pytest.mark.parametrize(("texts", "found"), [
    (["F", "M"], None), (["y", "n"], [1.0, 0.0]), (["y", "n", "x"], "x"), (["y", "x", "z"], None),
    (["yes", "perhaps"], "perhaps"), (["F", "A", "B", "C"], None), (["t", "f"], [1.0, 0.0])])
def test_letters_that_may_be_a_yes(texts, found):
    columns = Table({"k": texts})
    if isinstance(found, str):
        with pytest.raises(DataError, match=f"'{found}' in column 'k' is text among yeses and"):
            fields.read_columns(columns, "k")
    else:
        assert fields.read_columns(columns, "k")["k"] == (found or texts)


@pytest.mark.parametrize(("text", "levels"), [
    ("y = a*x + k", {"k"}), ("y = a*x + b*k", set()), ("y = a*k + x*b", set()),
    ("y = k + a*x", {"k"})])
def test_a_yes_or_no_as_a_term_has_a_parameter(text, levels):
    read = fields.read_columns(Table({"x": [1.0, 2.0, 3.0], "k": ["yes", "no", "yes"],
                                      "y": [1.0, 2.0, 4.0]}), "k")
    made, _ = Model(text).meets(read)
    assert {*made.levels} == levels and made.reading["columns"] == {"k": {"as": "yes or no"}}


@pytest.mark.parametrize(("text", "ridge", "refused"), [
    ("y = a*x + b*x", 0.0, True), ("y = a*x + b*x", 0.1, False),
    ("y = a*exp(b*x + c)", 0.0, False)])
def test_a_line_whose_parameters_cannot_be_told_apart(text, ridge, refused):
    columns = {"x": [1.0, 2.0, 3.0, 4.0], "y": [1.0, 3.0, 2.0, 5.0]}
    trainer = train.Trainer(text, "huber", ridge=ridge)
    trainer._surface = LossSurface(Model(text), Table(columns), "huber", ridge=ridge)
    if refused:
        with pytest.raises(DataError, match="cannot tell b from"):
            trainer._other_losses(Table(columns), 50)
    else:
        trainer._other_losses(Table(columns), 50)


# The last digits


@pytest.mark.parametrize(("bends", "first"), [
    ([[1, 0], [0, 0]], 1), ([[0, 0], [0, 1]], 0), ([[1, 2], [2, 4]], 1),
    ([[1, 1, 0], [1, 1, 0], [0, 0, 1]], 1), ([[1, 0, 1], [0, 1, 0], [1, 0, 1]], 2)])
def test_the_first_row_that_depends_on_those_before(bends, first):
    assert last_digits._first_dependent([[Fraction(b) for b in row] for row in bends]) == first


@pytest.mark.parametrize(("loss", "bends", "units"), [
    (8, [[2]], ["0.002"]), (8, [[-2]], ["0.002"]), (8, [[0]], ["0"]), (1, [[4, 1], [1, 1]],
                                                                       ["0.0005", "0.001"])])
def test_a_unit_for_a_parameter_at_0(loss, bends, units):
    found = last_digits._least_units(Decimal(loss), [[Decimal(b) for b in row] for row in bends])
    assert found == [Decimal(unit) for unit in units]


# rows of two parameters; whether the loss is quadratic, all digits are asked for, and floats do it
@pytest.mark.parametrize(("rows", "quadratic", "all_digits", "floats", "found"), [
    (50_000, True, False, True, "exact"), (50_001, True, False, True, "floats"),
    (50_001, True, True, True, 28), (50_001, True, False, False, 17),
    (1_000_000, True, False, False, 17), (1_000_001, True, False, False, None),
    (1_000_001, True, True, False, 28), (2_000, False, False, True, 28),
    (2_001, False, False, True, "floats"), (2_001, False, False, False, 17),
    (40_000, False, False, False, 17), (40_001, False, False, False, None),
    (40_001, False, True, True, 28), (1, False, True, True, 28)])
def test_how_many_digits_are_cheap(rows, quadratic, all_digits, floats, found, monkeypatch):
    asked = SimpleNamespace(rows=range(rows), parameters=["a", "b"])
    monkeypatch.setattr(last_digits, "is_quadratic", lambda _: quadratic)
    monkeypatch.setattr(last_digits, "solve_exactly", lambda _: "exact")
    monkeypatch.setattr(last_digits, "_polished", lambda *_: "floats" if floats else None)
    monkeypatch.setattr(last_digits, "refine", lambda *given: given[2])
    assert last_digits.bottom_near(asked, [1.0, 2.0], all_digits) == found


@pytest.mark.parametrize("digits", [17, 28, 50])
def test_a_bottom_to_many_digits(digits):
    """The fit of y = exp(a*x) to one row, x = 1 and y = 3, is a = log(3)."""
    asked = LossSurface(Model("y = exp(a*x)"), Table({"x": [1.0, 1.0], "y": [3.0, 3.0]}))
    found = last_digits.refine(asked, [1.1], digits)
    assert abs(found.position[0] - Decimal(3).ln(Context(60))) < Decimal(10) ** (1 - digits)
    assert len(found.position[0].as_tuple().digits) <= digits + 12
    bend = found.bends[0][0]  # of two rows, each 2*(dy/da)**2 = 2*9
    assert float(bend) == pytest.approx(36)
    assert float(found.total_loss) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(("text", "near"), [
    ("y = exp(a*x)", -30.0), ("y = 0*a + x", 1.0), ("y = sin(a)", 4.0)])
def test_where_there_is_no_bottom_nearby(text, near):
    asked = LossSurface(Model(text), Table({"x": [1.0, 1.0], "y": [-3.0, -3.0]}))
    assert last_digits.refine(asked, [near]) is None or text == "y = sin(a)"


# Walks


class Steps:
    """An optimizer that walks over places where the loss is known."""

    learning_rate = 0.5

    def __init__(self, losses):
        self.losses = losses

    def walk(self, surface, start):
        for i, loss in enumerate(self.losses):
            yield train.Step((float(i),), loss, (1.0,))


@pytest.mark.parametrize(("losses", "steps", "ended", "best", "error"), [
    ([5.0, 4.0, 3.0], 2, False, 1, None), ([5.0, 4.0, 3.0], 3, False, 2, None),
    ([5.0, 4.0, 3.0], 4, True, 2, None), ([5.0, 3.0, 4.0], 3, False, 1, None),
    ([INF, 3.0], 2, False, 0, DataError), ([math.nan], 1, False, 0, DataError),
    ([5.0, 5.004], 2, False, 0, None), ([5.0, 5.006], 2, False, 0, DivergenceError),
    ([5.0, 4.0, 6.0], 3, False, 1, None), ([5.0, 1.0, 4e6], 3, False, 1, None),
    ([5.0, 1.0, 6e6], 3, False, 1, DivergenceError), ([0.0, 1e-24], 2, False, 0, None),
    ([0.0, 1e-22], 2, False, 0, DivergenceError), ([1.0, -9.0, 8e6], 3, False, 1, None),
    ([1.0, -9.0, 2e7], 3, False, 1, DivergenceError), ([1.0, 0.5, 1e6 + 1], 3, False, 1, None),
    ([1.0, 0.5, 1e6 + 1.5], 3, False, 1, DivergenceError)])
def test_where_a_walk_ends(losses, steps, ended, best, error, monkeypatch):
    monkeypatch.setattr(train, "uphill", lambda *_: DivergenceError("up"))
    walk = train.Walk(SimpleNamespace(
        method="compiled", called="loss", where_infinite="go", named=lambda p: {"a": p[0]}),
        Steps(losses), [0.0])
    if error:
        with pytest.raises(error):
            walk.follow(steps)
        return
    walk.follow(steps)
    assert walk.ended is ended and not walk.interrupted
    assert walk.best is walk.history[best] and walk.loss == losses[best]
    walk.arrived = True
    assert walk.best is walk.history[-1] and walk.at_the_bottom


def test_a_walk_goes_on_where_it_stood():
    walk = train.Walk(SimpleNamespace(method="compiled"), Steps([5.0, 4.0, 3.0, 2.0]), [0.0])
    walk.follow(2)
    walk.resume(1)
    assert [step.loss for step in walk.history] == [5.0, 4.0, 3.0] and not walk.ended
    walk.resume(5)
    assert walk.ended and len(walk.history) == 4


@pytest.mark.parametrize(("chosen", "method", "loss", "kind", "to_the_bottom"), [
    (None, "compiled", "squared", Careful, True), (None, "compiled", "absolute", kinks.Edges, True),
    (None, "compiled", "huber", Careful, True), (None, "backward", "squared", BFGS, False),
    (BFGS(), "compiled", "squared", BFGS, False), (BFGS(), "backward", "squared", BFGS, False)])
def test_who_walks(chosen, method, loss, kind, to_the_bottom):
    trainer = train.Trainer("y = a*x", loss, chosen, method)
    assert type(trainer.optimizer) is kind and trainer.to_the_bottom is to_the_bottom


@pytest.mark.parametrize(("text", "loss", "options", "units"), [
    ("y = a*x + b", "squared", {}, False),                      # it is solved
    ("y = a*x + b", "squared", {"standardize": True}, True),
    ("y = a*x + b", "huber", {}, False), ("y = a*x + b", "absolute", {}, False),
    ("share = sigmoid(a*x + b)", "log", {"ridge": 0.5}, False),
    ("share = sigmoid(a*x + b)", "log", {"standardize": True, "ridge": 0.5}, True),
    ("y = a*exp(b*x)", "squared", {}, False), ("share = sigmoid(a*x + b)", "log", {}, True)])
def test_whether_features_get_units_for_the_walk(text, loss, options, units):
    trainer = train.Trainer(text, loss, **options).fit(COLUMNS, steps=20)
    assert (trainer._units is not None) is units
    if units:
        scale = trainer._units.scales["x"]
        assert (scale.mean, scale.spread) == pytest.approx((7 / 3, statistics.stdev(COLUMNS["x"])))
    assert trainer.places[-1] == pytest.approx(trainer.parameters)


@pytest.mark.parametrize(("text", "there", "found"), [
    ("exp(x)", 1000.0, False), ("log(x)", -1.0, False), ("x**2", 2.0, True),
    ("sqrt(x)", 0.0, False), ("x**2", 1e200, False), ("x", INF, False)])
def test_a_step_to_where_there_is_a_loss(text, there, found):
    (x,) = [x for x in inputs_first(parse(text)) if x.operation is None]
    asked = FormulaSurface(parse(text, {"x": x}), [x])
    here = train.Step((0.0,), 1e300, (1.0,))
    assert (line_search._gained(asked, here, [there], -1e299, 1.0) is not None) is found


def test_what_stood_for_a_missing_number_is_kept_with_the_model():
    read = Table({"x": ["1", "2", "3"], "y": [1.0, 2.0, 4.0]}).with_reading(
        [], missing={"none": "", "-9": ""})
    made, _ = Model("y = a*x").meets(fields.read_columns(read, "x"))
    assert made.reading["missing"] == ["-9", "none"]
    plain = Table({"x": ["1", "2"], "y": [1.0, 2.0]})
    made, _ = Model("y = a*x").meets(fields.read_columns(plain, "x"))
    assert "missing" not in made.reading


@pytest.mark.parametrize(("text", "standard", "own"), [
    ("y = a*x + b", {"a": 6.0, "b": 5.0}, {"a": 3.0, "b": -25.0}),      # x = 2*u + 10
    ("y = a*x + b + 3", {"a": 6.0, "b": 5.0}, {"a": 3.0, "b": -25.0}),
    ("y = 1 - a*x - b", {"a": 6.0, "b": 5.0}, {"a": 3.0, "b": -25.0}),
    ("y = sigmoid(a*x + b)", {"a": 6.0, "b": 5.0}, {"a": 3.0, "b": -25.0}),
    ("y = a*x**2 + b*x + c", {"a": 4.0, "b": 2.0, "c": 1.0}, {"a": 1.0, "b": -19.0, "c": 91.0}),
    ("y = a*x", {"a": 6.0}, None), ("y = a*exp(x)", {"a": 6.0}, None)])
def test_parameters_in_other_units(text, standard, own):
    scales, made = {"x": Scale(10.0, 2.0)}, Model(text)
    if own is None:
        with pytest.raises(FormulaError, match="cannot be trained on standard units of x"):
            units.in_other_units(made, standard, scales)
        return
    assert units.in_other_units(made, standard, scales) == pytest.approx(own)
    assert units.Units(made, scales).standard(own) == pytest.approx(standard)
    assert units.Units(made, scales).table(Table({"x": [10, 14]}))["x"] == [0.0, 2.0]
    assert units.in_other_units(made, standard, {}) == standard


def test_what_has_no_error_goes_together_with_nothing():
    sure = uncertainty.Estimates(Model("y = a*x + b"), LOSSES["squared"], {"a": 3.0, "b": 1.0},
                                 ["a", "b"], [[4.0, 0.0], [0.0, 0.0]], 2.0, 3.0)
    assert sure.errors == {"a": 2.0, "b": 0.0} and sure.p_value("b") == 0.0
    assert sure.correlations[0][1] == sure.correlations[1][0] == 0.0


@pytest.mark.parametrize(("text", "a", "chance", "slope"), [
    ("y = sigmoid(a*x)", 0.5, 1 / (1 + math.exp(-1)), 2 * math.exp(-1) / (1 + math.exp(-1)) ** 2),
    ("y = 1 - exp(-a*x)", 0.5, 1 - math.exp(-1), 2 * math.exp(-1)), ("y = a*x", 0.25, 0.5, 2.0),
    ("y = a*x/(1 + a*x)", 0.5, 0.5, 0.5), ("y = erfc(a*x)/2", 0.0, 0.5, -2 / math.sqrt(math.pi))])
@pytest.mark.parametrize("longest", [0, 10_000])
def test_the_interval_of_a_probability_is_that_of_its_log_odds(text, a, chance, slope, longest,
                                                               monkeypatch):
    """x is 2, and the standard error of a is 0.2."""
    monkeypatch.setattr(uncertainty, "LONGEST_CHANCE", longest)  # of what is simplified
    sure = uncertainty.Estimates(Model(text), LOSSES["log"], {"a": a}, ["a"], [[0.04]])
    value, error, low, high = sure.prediction({"x": 2.0}, 0.95, single=False)
    odds, of_odds = math.log(chance / (1 - chance)), abs(slope) * 0.2 / (chance * (1 - chance))
    assert (value, error) == pytest.approx((chance, abs(slope) * 0.2))
    assert (low, high) == pytest.approx([
        1 / (1 + math.exp(-odds - side * 1.959963984540054 * of_odds)) for side in (-1, 1)])
    with pytest.raises(DataError, match="no interval is known for a single row"):
        sure.prediction({"x": 2.0})


@pytest.mark.parametrize(("text", "place", "words"), [
    ("y = a**2*x", {"a": 0.0}, "the prediction has no slope by a at this place"),
    ("y = a*x", {"a": 1.0}, ""), ("y = exp(a*x)", {"a": 0.1}, "")])
def test_a_place_without_a_slope(text, place, words):
    asked = surface(text)
    at = SimpleNamespace(surface=asked, parameters=place)
    _, bends = asked.information([*place.values()])
    if text == "y = a**2*x":  # there the loss bends up, if the target is below 0
        asked = LossSurface(Model(text), Table({"x": [1.0, 2.0], "y": [-2.0, -3.0]}))
        at, bends = SimpleNamespace(surface=asked, parameters=place), [[0.0]]
    if words:
        with pytest.raises(DataError, match=words):
            uncertainty._check_slopes(at, bends)
    else:
        uncertainty._check_slopes(at, bends)


@pytest.mark.parametrize(("loss", "convex"), [
    ("squared", True), ("absolute", True), ("huber", True), ("log", True),
    (lambda y, p: (y - p)**4, True), (lambda y, p: log(1 + (y - p)**2), False),
    (lambda y, p: sqrt(abs(y - p)), False), (lambda y, p: maximum(2*(y - p), p - y), True),
    (lambda y, p: -((y - p)**2), False), (lambda y, p: y - p, True)])
def test_which_losses_are_convex(loss, convex):
    assert as_loss(loss).is_convex is convex


@pytest.mark.parametrize(("text", "moves"), [
    ("y = a*x + b", True), ("y = a*x", False), ("y = a*(x - b)", True), ("y = a*x + b*z", False),
    ("y = a*x + b*(1 - x)", True), ("y = a*exp(b*x)", True), ("y = a", True)])
def test_a_model_that_moves_up_and_down(text, moves):
    assert goodness.has_constant(train.Trainer(text).fit(COLUMNS)) is moves


@pytest.mark.parametrize(("x", "freedom", "tail"), [
    (0.0, 3, 1.0), (-1.0, 1, 1.0), (2 * math.log(2), 2, 0.5), (2 * math.log(20), 2, 0.05),
    (1.0, 1, math.erfc(math.sqrt(0.5))), (4.0, 4, 3 * math.exp(-2)),
    (1.0, 3, math.erfc(math.sqrt(0.5)) + math.sqrt(2 / math.pi) * math.exp(-0.5))])
def test_the_tail_of_chi_squared(x, freedom, tail):
    assert goodness.chi_squared_tail(x, freedom) == pytest.approx(tail)


@pytest.mark.parametrize(("texts", "fixed", "numbers"), [
    (["1", "0"], {"as": "yes or no"}, [1.0, 0.0]), (["1", "0"], {}, None),
    (["Yes", " no"], {}, [1.0, 0.0]), (["TRUE", "false"], {}, [1.0, 0.0]),
    (["yes", "false"], {}, None), (["yes", "1"], {"as": "yes or no"}, None)])
def test_a_yes_is_1(texts, fixed, numbers):
    found = fields._yes_or_no(texts, fixed)
    assert (found and found.values) == numbers


@pytest.mark.parametrize(("convert", "advice"), [
    (number, "types={'x': float} reads numbers as people write them"),
    (int, "pass missing=('', '1,050') to treat it as missing"),
    ({}.__getitem__, "pass missing=('', '1,050') to treat it as missing")])
def test_what_may_be_done_about_a_text_that_is_no_number(convert, advice, tmp_path):
    (tmp_path / "data.csv").write_text("x;y\n1,050;2\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_csv(tmp_path / "data.csv", {"x": convert})
    assert str(error.value).startswith("data.csv, line 2: '1,050' in column 'x' ")
    assert str(error.value).endswith(f"; {advice}")


@pytest.mark.parametrize(("options", "known", "errors"), [
    ({}, False, True), ({"ridge": 0.5}, False, False), ({"weights": "w"}, True, True)])
def test_errors_that_are_proved(options, known, errors):
    trainer = train.Trainer("y = a*x + b", **options).fit(COLUMNS)
    found = proof.prove(trainer, known_spread=known)
    if not errors:
        assert found.errors == {}
        return
    sure = uncertainty.Uncertainty(trainer, known)
    for name, error in sure.errors.items():
        assert float(found.errors[name].middle) == pytest.approx(error, rel=1e-12)


def test_linear_parameters_are_solved_for_from_the_start():
    asked = surface("y = a*exp(b*x)")
    first, *_ = second_order.LevenbergMarquardt(follows=True).walk(asked, [50.0, 0.1])
    es = [math.exp(0.1 * x) for x in COLUMNS["x"]]
    best = sum(e * y for e, y in zip(es, COLUMNS["y"], strict=True)) / sum(e * e for e in es)
    assert first.position == pytest.approx((best, 0.1))
