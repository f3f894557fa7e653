"""Models read from text: which names are levers, what they predict, and what is refused."""

import copy
import math
import pickle

import pytest

from mathlab.errors import DataError, DomainError, FormulaError, MathlabError
from mathlab.learning.data.fields import read_columns
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import (
    Model,
    exponential_growth,
    line,
    logistic,
    network,
    plane,
    polynomial,
)

# text, columns of the data; target, features, parameters
MODELS = [("y = slope*x + intercept", "x y", "y", "x", "slope intercept"),
          ("y = intercept + slope*x", "y x other", "y", "x", "intercept slope"),
          ("  y=a*u + b*v + a*u*v ", "u v y", "y", "u v", "a b"),
          ("y = a", "x y", "y", "", "a"),
          ("y = x", "x y", "y", "x", ""),
          ("y = exp(-x^2/width)", "x y", "y", "x", "width"),
          ("y = t1*x + t2*(t1*x)", "x y", "y", "x", "t1 t2"),  # the compiler's own names
          ("y = tanh(a*x) + formula", "x y", "y", "x", "a formula")]


@pytest.mark.parametrize(("text", "columns", "target", "features", "parameters"), MODELS)
def test_names(text, columns, target, features, parameters):
    model = Model(text)
    assert model.target == target
    assert sorted(model.features(columns.split())) == sorted(features.split())
    assert sorted(model.parameters(columns.split())) == sorted(parameters.split())
    assert str(model) == text.strip()


def test_order_of_names_is_that_of_a_line():
    model = line("budget", "revenue")
    assert model.text == "revenue = slope*budget + intercept"
    assert model.parameters(["budget", "revenue"]) == ["slope", "intercept"]


@pytest.mark.parametrize(
    "text",
    ["", "y", "y =", "= x", "y = ", "y = a*x = 3", "y == a*x", "y >= a*x", "y += a", "2 = a",
     "2 = pi"])
def test_what_is_no_model_is_told_how_to_write_one(text):
    with pytest.raises(FormulaError, match=r"is not a model: .*write 'y = slope\*x \+ intercept'"):
        Model(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("mpg = a*wt + b*(cyl==4)", "cyl»==«4.: a formula compares by step or where"),
     ("mpg = a*wt + b*(cyl == 4)", r"; if cyl is a category, C\(cyl\) has a parameter for each"),
     ("mpg = a*wt + b*(cyl<=4)", "a formula compares by step or where"),
     ("Petal.Width = a", "Petal».«Width.* backticks, `so`"),
     ("count = a*Rented Bike Count", "for a product write Rented\\*Bike.* backticks, `so`"),
     ("y x = a", r"cannot read y »x«: for a product write y\*x"),
     ("y[0] = a", "only round parentheses"), ("y = (a:=3)", ": means nothing in a formula"),
     ("y = a*class", "word of Python; if class is a column, write `class`, in backticks"),
     ("y = a*gamma + b", r"gamma is a function: write gamma\(x\); if gamma is a column, write"),
     ("y = a*`x", "a backtick is not closed"), ("y = a*`` + b", "no name between the backticks"),
     ("y = a*x = 3", "a model has one ="), ("y = a*cosx(x)", "cosx is not a function")])
def test_what_is_wrong_with_a_formula_is_the_parsers_own_reason(text, reason):
    with pytest.raises(FormulaError, match=reason):
        Model(text)


@pytest.mark.parametrize(
    "text",
    ["y = y*a", "y = class*x", "y = exp*x", "y = x.real", "y = lambda: 0", "y = a if x else b",
     "y = __import__('os').system('true')", "y = (a", "y = a; b", "y = a*True", "y = [a]",
     "y = a*x\0", "y = 1j*a", "y = inf*a", "y = " + "(" * 300 + "a", "y = " + "-" * 5000])
def test_hostile_text_is_refused_in_one_line(text):
    with pytest.raises(FormulaError) as refusal:
        Model(text)
    assert "\n" not in str(refusal.value)


# model, parameters, columns; predictions by hand
PREDICTIONS = [
    ("y = a*x + b", {"a": 3.0, "b": 2.0}, {"x": [10, 20.0]}, [32.0, 62.0]),
    ("y = a*x + b", {"b": 2.0, "a": 3.0}, {"x": [10, 20.0]}, [32.0, 62.0]),  # order of the dict
    ("y = a*u - b*v", {"a": 1.0, "b": 10.0}, {"v": [1.0], "u": [7.0]}, [-3.0]),
    ("y = a", {"a": 3.0}, {"x": [5.0, 6.0]}, [3.0, 3.0]),
    ("y = a*x**2", {"a": 0.5}, {"x": [4.0], "y": [None]}, [8.0]),
    ("y = x", {}, {"x": [4.0]}, [4.0]),
    ("y = a*x", {"a": 2.0, "unused": 9.0}, {"x": [4.0]}, [8.0])]


@pytest.mark.parametrize(("text", "parameters", "columns", "expected"), PREDICTIONS)
def test_predictions(text, parameters, columns, expected):
    assert Model(text).predict(parameters, Table(columns)) == expected


@pytest.mark.parametrize(
    ("text", "columns", "error", "message"),
    [("y = a*x", {"z": [1.0]}, DataError, "no column 'x'"),
     ("y = a*x", {"x": ["12"]}, DataError, "row 1: '12' in column 'x' is text"),
     ("y = a*x", {"x": [1.0, None]}, DataError, "row 2: None in column 'x' is missing"),
     ("y = a*x", {"x": [math.nan]}, DataError, "not a finite number"),
     ("y = a*x", {"x": []}, DataError, "0 rows"),
     ("y = a*10*x", {"x": [1.0, 1e308]}, DomainError, "row 2: .* gives inf"),
     ("y = a*x**2", {"x": [1e200]}, DomainError, "row 1"),
     ("y = a/x", {"x": [1.0, 0.0]}, DomainError, "row 2"),
     ("y = a*x**0.5", {"x": [-8.0]}, DomainError, "row 1"),
     ("y = a*log(x)", {"x": [-8.0]}, DomainError, "row 1: .* log needs a number above 0"),
     ("y = a*exp(x)", {"x": [5000.0]}, DomainError, "row 1: .* too large")])
def test_no_prediction_is_better_than_nan(text, columns, error, message):
    with pytest.raises(error, match=message) as refusal:
        Model(text).predict({"a": 1.0}, Table(columns))
    assert isinstance(refusal.value, MathlabError)
    assert "\n" not in str(refusal.value)


def test_a_row_alone_is_checked_as_well():
    Model("y = a*log(x)").check_rows(Table({"x": [1.0], "y": [2.0]}))
    with pytest.raises(DomainError, match=r"row 1: log\(x\) has no value where x is -1"):
        Model("y = a*log(x)").check_rows(Table({"x": [-1.0], "y": [2.0]}))


def test_numbers_for_parameters_are_kept():
    model = Model("y = a*x + b + c")
    assert model.with_formulas({}) is model
    other = model.with_formulas({"a": 2.0}).with_formulas({"b": 3.0})
    assert (str(other.prediction), str(model.prediction)) == ("2.0*x + 3.0 + c", "a*x + b + c")
    for again in (copy.copy(other), pickle.loads(pickle.dumps(other))):
        assert str(again.prediction) == "2.0*x + 3.0 + c"
        assert again.predict({"c": 1.0}, {"x": [5.0]}) == [14.0]


def test_what_a_model_keeps_of_a_table_is_about_its_own_columns():
    table = read_columns(Table({"day": ["2016-03-13", "2016-03-15"], "y": [1.0, 2.0],
                                "other": ["2016-03-13", "2016-03-14"], "k": ["u", "v"]}),
                         "day", "other")
    model, view = Model("y = a*day + C(k)").meets(table)
    assert model.reading["columns"].keys() == {"day"}
    assert model.reading["levels"] == {"k": ["u", "v"]}
    assert model.meets(view)[0] is model


def test_an_error_shows_a_category_as_it_is_written():
    with pytest.raises(FormulaError) as refusal:
        Model("y = (C(kind) +")
    assert str(refusal.value).startswith("cannot read (C(kind) »+«")


def test_a_left_side_may_be_a_formula_of_columns():
    model = Model("log(y/z) = a*x + b")
    assert (model.target, sorted(model.observed)) == ("log(y/z)", ["y", "z"])
    assert model.parameters(["x", "y", "z"]) == ["a", "b"]
    table = Table({"x": [1.0], "y": [6.0], "z": [3.0]})
    assert model.actual_numbers(table) == [math.log(2.0)]
    with pytest.raises(FormulaError, match="z cannot be predicted from itself"):
        Model("log(y/z) = a*z")
    with pytest.raises(DomainError, match=r"row 1: log\(y/z\) = a\*x \+ b has no value: log\(-2"):
        model.actual_numbers(Table({"x": [1.0], "y": [-6.0], "z": [3.0]}))


def test_ready_made_models_are_models_in_text():
    table = Table({"u": [2.0], "v": [3.0]})
    at = {"slope_u": 1.0, "slope_v": 10.0, "intercept": 100.0}
    assert plane(["u", "v"], "y").predict(at, table) == [132.0]
    assert plane(["u"], "y").parameters(["u", "y"]) == ["slope_u", "intercept"]
    assert polynomial("u", "y", 1).predict({"c0": 1.0, "c1": 2.0}, table) == [5.0]
    cubic = polynomial("u", "y", 3)
    assert cubic.predict({"c0": 1.0, "c1": 1.0, "c2": 1.0, "c3": 1.0}, table) == [15.0]
    growth = exponential_growth("u", "y").predict({"start": 3.0, "rate": 0.5}, table)
    assert growth == pytest.approx([3 * math.e])
    (chance,) = logistic(["u"], "y").predict({"slope_u": 1.0, "intercept": -1.0}, table)
    assert chance == pytest.approx(1 / (1 + math.exp(-1)))
    at = {"v1": 2.0, "w1_u": 0.5, "w1_v": -0.5, "b1": 0.25, "c": 7.0}
    (value,) = network(["u", "v"], "y", 1).predict(at, table)
    assert value == pytest.approx(7 + 2 * math.tanh(1.0 - 1.5 + 0.25))
    assert len(network(["u", "v"], "y", 5).parameters(["u", "v", "y"])) == 5 * 4 + 1


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "2", None])
def test_sizes_of_ready_made_models(wrong):
    with pytest.raises(FormulaError, match="the degree of a polynomial is 1, 2, 3"):
        polynomial("x", "y", wrong)
    with pytest.raises(FormulaError, match="a network has 1, 2, 3"):
        network(["x"], "y", wrong)


@pytest.mark.parametrize(("right", "shown"), [
    ("a*exp(-b*kind) + c", "a*exp((-1)*(b_y*kind_is_y + b_z*kind_is_z)) + c"),
    ("c - b*kind", "c - (b_y*kind_is_y + b_z*kind_is_z)"),
    ("-b*kind", "(-1)*(b_y*kind_is_y + b_z*kind_is_z)")])
def test_a_sign_before_a_category_stays(right, shown):
    table = Table({"kind": ["x", "y", "z", "x"], "y": [1.0, 2.0, 3.0, 4.0]})
    model, _ = Model(f"y = {right}").meets(table)
    expected = Model(f"y = {shown}").prediction
    numbers = {"a": 2.0, "c": 0.5, "b_y": 0.7, "b_z": -1.0}
    for ones in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)):
        at = {**numbers, "kind_is_y": ones[0], "kind_is_z": ones[1]}
        at = {name: at[name] for name in model.symbols}
        assert model.prediction.at(**at) == pytest.approx(expected.at(**at))
