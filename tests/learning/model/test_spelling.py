"""Names in backticks, slips that are asked back, e among its neighbours, ready-made models."""

import copy
import pickle
import unicodedata

import pytest

from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import (
    Model,
    exponential_growth,
    line,
    logistic,
    network,
    plane,
    polynomial,
)
from mathlab.learning.model.spelling import (
    Near,
    free_word,
    hint_of_backticks,
    in_place_of,
    quoted,
    spell,
)
from mathlab.names import LONGEST

# model; target and formula in words; the columns of the words
SPELLED = [
    ("y = a*x", "y", "a*x", {}),
    ("`y` = a*`x`", "y", "a*x", {"y": "y", "x": "x"}),
    ("`Bike Count` = a*`Temp [°C]`", "Bike_Count", "a*Temp_C",
     {"Bike_Count": "Bike Count", "Temp_C": "Temp [°C]"}),
    ("log(`Petal.Width`) = a + b*`Petal.Width 2`", "log(Petal_Width)", "a + b*Petal_Width_2",
     {"Petal_Width": "Petal.Width", "Petal_Width_2": "Petal.Width 2"}),
    ("y = `a b` + `a.b` + a_b", "y", "a_b_ + a_b__ + a_b", {"a_b_": "a b", "a_b__": "a.b"}),
    ("y = a*`2nd` + b*`e` + c*`exp` + d*`lambda`", "y", "a*_2nd + b*e_ + c*exp_ + d*lambda_",
     {"_2nd": "2nd", "e_": "e", "exp_": "exp", "lambda_": "lambda"}),
    ("y = a*`a=b`", "y", "a*a_b", {"a_b": "a=b"}),
    ("y = a*`%`", "y", "a*column", {"column": "%"}),
    ("y = a*` x   y `", "y", "a*x_y", {"x_y": "x y"}),
]


@pytest.mark.parametrize(("text", "target", "formula", "columns"), SPELLED)
def test_names_in_backticks(text, target, formula, columns):
    spelled = spell(text)
    assert (spelled.target, spelled.formula.strip(), spelled.columns) == (target, formula, columns)
    model = Model(text)
    shown = model.shown(str(model.prediction))
    assert str(Model(f"{model.target} = {shown}").prediction) == str(model.prediction)
    assert all(f"`{name}`" in f"{model.target} = {shown}" for name in columns.values())


def test_a_model_with_backticks_is_trained_and_predicts():
    table = Table({"Time (s)": [0.0, 10, 20, 30], "Temp [°C]": [90.0, 70, 56, 46], "w": [1] * 4})
    trainer = Trainer("`Temp [°C]` = a*`Time (s)` + b", weights="w").fit(table)
    assert trainer.parameters == pytest.approx({"a": -1.46, "b": 87.4})
    for columns in ({"Time (s)": [10.0]}, {"Time_s": [10.0]}, Table({"Time (s)": [10.0]})):
        assert trainer.predict(columns) == pytest.approx([72.8])
    for again in (copy.deepcopy(trainer.model), pickle.loads(pickle.dumps(trainer.model))):
        assert again.predict(trainer.parameters, {"Time (s)": [10.0]}) == pytest.approx([72.8])
    with pytest.raises(DataError, match=r"no column 'Temp \[C\]'; did you mean 'Temp \[°C\]'"):
        Trainer("`Temp [C]` = a*w").fit(table)
    with pytest.raises(DataError, match="no column 'Time'"):
        Trainer("`Temp [°C]` = a*`Time`").fit(table)


@pytest.mark.parametrize("name", ["größe in cm", "Å (nm)", "größe"])
def test_one_form_of_a_name_in_backticks(name):
    parts = unicodedata.normalize("NFD", name)
    assert parts != name
    table = {"y": [1.0, 2.0, 3.1]}
    for column, typed in ((name, parts), (parts, name)):
        trainer = Trainer(f"y = a*`{typed}`").fit({column: [1.0, 2.0, 3.0], **table})
        assert trainer.parameters["a"] == pytest.approx(14.3 / 14)
        assert trainer.predict({typed: [2.0]}) == trainer.predict({column: [2.0]})


def test_a_column_called_like_a_number_can_be_used_in_backticks():
    table = {"e": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]}
    with pytest.raises(FormulaError, match="or write `e`, in backticks, for the column"):
        Trainer("y = a*e").fit(table)
    assert Trainer("y = a*`e`").fit(table).parameters["a"] == pytest.approx(2)


@pytest.mark.parametrize(("text", "numbers", "result"), [
    ("y = a*x + b", {"b": 2.0}, "a*x + 2.0"), ("y = a*x + aa", {"a": -1}, "-1*x + aa"),
    ("y = µ*x**1e3", {"\u03bc": 1e-300}, "1e-300*x**1000.0"),
    ("y = a + b*x + c*x**2 + e*x**3", {"e": 3.0}, "a + b*x + c*x**2 + 3.0*x**3")])
def test_numbers_in_place_of_parameters(text, numbers, result):
    model = Model(text).with_formulas(numbers)
    assert str(model.prediction) == result and str(model) == text
    assert not {*numbers} & {*model.symbols}
    with pytest.raises(FormulaError, match="there is no parameter 'z'"):
        Model(text).with_formulas({"z": 1.0})


@pytest.mark.parametrize(("text", "advice"), [
    ("", ""), ("y", ""), ("= x", ""), ("y =", ""),
    ("y = a = 3", "; a model has one =, and a formula has none")])
def test_what_is_said_of_a_text_that_is_no_model(text, advice):
    with pytest.raises(FormulaError) as refusal:
        spell(text)
    assert str(refusal.value) == f"{text!r} is not a model: write 'y = slope*x + intercept'{advice}"


IN_BACKTICKS = "; the name of a column that is not one word stands in backticks, `so`"


@pytest.mark.parametrize(("text", "hint"), [
    ("y = a*x + (", ""), ("y = a*exp(x) + (", ""), ("y = a*`b c` + (", ""), ("y = 2.5*a", ""),
    ("y = a*exp + b", "; if exp is a column, write `exp`, in backticks"),
    ("y = a*exp(x) + b*class", "; if class is a column, write `class`, in backticks"),
    ("y = a*(k == 4)", "; if k is a category, C(k) has a parameter for each of its levels but the "
                       "first"),
    ("y = a*Petal.Width", IN_BACKTICKS), ("y = a*bike count", IN_BACKTICKS)])
def test_what_may_lack_backticks(text, hint):
    assert hint_of_backticks(text) == hint


@pytest.mark.parametrize(("names", "shown"), [
    ({}, "a*ab + b*a_b"), ({"ab": "`1`"}, "a*`1` + b*a_b"),
    ({"a": "`1`", "a_b": "`2`"}, "`1`*ab + b*`2`")])
def test_names_in_place_of_words(names, shown):
    assert in_place_of("a*ab + b*a_b", names) == shown


@pytest.mark.parametrize("name", ["e", "sin", "pi", "1x", "a b", "class"])
def test_names_that_need_backticks(name):
    assert quoted(name) == f"`{name}`" and quoted("speed") == "speed"


# Slips

SLIPS = [  # a column, a word, and whether the column was meant
    ("date", "dates", True),         # of five letters, one may be too many
    ("dates", "date", False),        # four are too few to tell
    ("speed", "spede", True),
    ("abcd", "abdc", False),
    ("weight", "waight", True),
    ("abcde", "xbcde", False),       # the first letter
    ("abcdefg", "acxdefg", False),   # two letters, and not exchanged
    ("abcdefg", "axbdefg", False),
    ("accpdef", "apccdef", False),   # exchanged, but not neighbours
    ("width10", "width11", False),
]


@pytest.mark.parametrize(("column", "word", "meant"), SLIPS)
def test_what_is_a_slip(column, word, meant):
    assert Near([column])(word) == (column if meant else "")


ASKED = [("HP", "hp"), ("Hp", "hp"), ("wieght", "weight"), ("weigth", "weight"),
         ("wight", "weight"), ("weights", "weight"), ("weighr", "weight"),
         ("milage", "mileage"),
         ("sepalwidth", "Sepal.Width"), ("Sepal_Width", "Sepal.Width"),
         ("temprature", "temperature"), ("acceleraton", "acceleration"), ("bduget", "budget"),
         ("ewight", "weight")]
LEFT_ALONE = ["slope", "rate", "a", "b", "T", "scale", "start", "intercept", "base", "mean",
              "wt", "height", "heights", "x1", "x3", "speed0", "speed_2", "k_weight", "vmax",
              "weightloss"]


def test_what_is_nearly_a_column_is_asked_back():
    columns = ["hp", "weight", "mileage", "Sepal.Width", "temperature", "acceleration", "budget",
               "date", "t", "x2", "speed", "A", "width10"]
    near = Near(columns)
    assert [(word, near(word)) for word, _ in ASKED] == ASKED
    assert [word for word in LEFT_ALONE if near(word)] == []
    for word, column in ASKED:
        table = {column: [1.0, 2.0, 4.0], "x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 7.0]}
        with pytest.raises(FormulaError) as refusal:
            Trainer(f"y = {word}*x + b").fit(table)
        assert str(refusal.value) == (
            f"{word} is not a column; did you mean {quoted(column)}? If {word} is to be a "
            "parameter, give it another name")


def test_only_columns_that_are_not_used_are_meant():
    table = {"hp": [1.0, 2.0, 4.0], "y": [2.0, 4.0, 7.0]}
    assert [*Trainer("y = HP*hp + b").fit(table).parameters] == ["HP", "b"]


def test_thousands_of_columns_are_looked_at_once():
    columns = [f"column_{i}" for i in range(40_000)]
    words = [f"colunm_{i}" for i in range(40_000)]
    near = Near(columns)
    assert [near(word) for word in words] == columns


# e


@pytest.mark.parametrize(("formula", "is_parameter"), [
    ("a + b*x + c*x**2 + d*x**3 + e*x**4", True), ("a*x + b + e", True), ("a*b*x + e*c", True),
    ("a*e**x", False), ("a*e**(b*x) + c*e", False), ("a*x + e", False), ("a*e^(-b*x) + d", False),
    ("a*x*log(e)", False)])
def test_e_is_a_parameter_where_its_neighbours_are(formula, is_parameter):
    model = Model(f"y = {formula}")
    assert ("e" in model.parameters(["x", "y"])) is is_parameter
    assert bool(model.notes) is is_parameter
    assert ("e" in Model(model.text).symbols) is is_parameter


def test_a_polynomial_of_degree_four_with_e():
    xs = [0.0, 1, 2, 3, 4, 5, 6]
    table = {"x": xs, "y": [1 + 2*x + 3*x**2 - x**3 + x**4 / 2 for x in xs]}
    trainer = Trainer("y = a + b*x + c*x**2 + d*x**3 + e*x**4").fit(table)
    assert trainer.parameters == pytest.approx({"a": 1, "b": 2, "c": 3, "d": -1, "e": 0.5})
    assert trainer.predict({"x": [10.0]}) == pytest.approx([1 + 20 + 300 - 1000 + 5000])


# Ready-made models keep their parameters

X, Y = [1.0, 2.0, 3.0, 4.0], [1.0, 3.0, 4.5, 7.0]


@pytest.mark.parametrize(("model", "column", "count"), [
    (line("x", "y"), "slope", 2), (line("x", "y"), "intercept", 2),
    (plane(["x"], "y"), "slope_x", 2), (polynomial("x", "y", 2), "c1", 3),
    (exponential_growth("x", "y"), "rate", 2)])
def test_ready_made_models_on_a_table_with_a_column_like_a_parameter(model, column, count):
    plain = Trainer(model).fit({"x": X, "y": Y})
    other = Trainer(model).fit({"x": X, "y": Y, column: [5.0, 1.0, 2.0, 2.0]})
    assert len(other.parameters) == len(plain.parameters) == count
    assert [*other.parameters.values()] == pytest.approx([*plain.parameters.values()], rel=1e-6)
    assert f"{column}_1" in other.parameters and column in plain.parameters
    assert column not in other.model.symbols


@pytest.mark.parametrize(("model", "text"), [
    (line("slope", "y"), "y = slope_1*slope + intercept"),
    (line("Temp [°C]", "Bike Count"), "`Bike Count` = slope*`Temp [°C]` + intercept"),
    (plane(["a b", "slope_x", "x"], "y"),
     "y = slope_a_b*`a b` + slope_slope_x*slope_x + slope_x_1*x + intercept"),
    (logistic(["a b"], "y"), "y = sigmoid(slope_a_b*`a b` + intercept)"),
    (network(["v1"], "c", 1), "c = v1_*tanh(w1_v1*v1 + b1) + c_1")])
def test_ready_made_models_of_any_columns(model, text):
    assert model.text == text


# Rows for which a formula has no value


@pytest.mark.parametrize(("text", "message"), [
    ("log(y) = a*x + b", "row 3: log(y) has no value where y is 0: log(0.0) is not defined"),
    ("y = a*log(x) + b", "row 1: log(x) has no value where x is 0: log(0.0)"),
    ("y = a/x + b", None), ("y = a*(1/x) + b", "row 1: 1/x has no value where x is 0"),
    ("y = a*sqrt(x - y2) + b", "row 1: sqrt(x - y2) has no value where x is 0, y2 is 5"),
    ("y = a*`x 1`**-2", "row 1: `x 1`**-2 has no value where `x 1` is 0"),
    ("y = where(x, a*log(x), b)", None)])
def test_a_row_without_a_value_is_named_and_not_the_start(text, message):
    table = Table({"x": [0.0, 1, 2], "x 1": [0.0, 1, 2], "y2": [5.0, 0, 0], "y": [3.0, 1, 0]})
    try:
        Trainer(text).fit(table, {"a": 1.0}, steps=3)
    except DomainError as error:
        assert message is None or message in str(error)
        assert message is None or "start" not in str(error)
    else:
        assert message is None


def test_a_row_that_does_not_count_needs_no_value():
    table = {"x": [1.0, 2, 3, 4], "y": [1.0, 2, 0, 4], "w": [1, 1, 0, 1]}
    assert Trainer("log(y) = a*x + b", weights="w").fit(table).parameters["a"] > 0


@pytest.mark.parametrize("name", ["", "x", "x y", "°", "__x", "a" * 300, "ŀ", "class", "sin", "pi",
                                  "日本 語", "1", "-", "\x1b[31m", "x" * 199 + "y z"])
def test_every_name_has_a_free_word(name):
    taken = {"x", "x_y", "column"}
    before = {*taken}
    word = free_word(name, taken)
    assert word not in before and word in taken
    assert Model(f"y = a*{word} + 1").symbols.keys() == {"a", word}


@pytest.mark.parametrize(("name", "taken", "word"), [
    ("___x", set(), "_x"), ("__2nd", set(), "_2nd"), ("x", {"x"}, "x_"), ("x", {"x", "x_"}, "x__"),
    ("%", set(), "column"), ("a" * 300, set(), "a" * (LONGEST - 20))])  # 20 are for what follows
def test_words_that_are_free(name, taken, word):
    given = {*taken}
    assert free_word(name, given) == word and given == {*taken, word}
