"""Categories: a parameter for each level but the first; against R's published lm fits."""

import json
import pickle
from pathlib import Path

import pytest

from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.saved import load, save
from mathlab.learning.model.categories import MOST_LEVELS, Levels, level, levels_of
from mathlab.learning.model.model import Model, checked_reading

FOUND = Path(__file__).parents[1] / "as_found"
MTCARS = read_csv(FOUND / "mtcars.csv", dict.fromkeys(["mpg", "wt", "cyl", "am", "hp"], float))
PUROMYCIN = read_csv(FOUND / "puromycin.csv", {"conc": float, "rate": float})


def test_mtcars_by_cylinders_as_in_r():
    """lm(mpg ~ wt + factor(cyl)) of R: 33.9908, -3.2056, -4.2556, -6.0709."""
    trainer = Trainer("mpg = a*wt + b + C(cyl)").fit(MTCARS)
    assert trainer.parameters == pytest.approx(
        {"a": -3.2056, "b": 33.9908, "cyl_6": -4.2556, "cyl_8": -6.0709}, abs=5e-5)
    (levels,) = trainer.model.levels.values()
    assert (levels.column, levels.base, levels.others) == ("cyl", "4", ["6", "8"])
    assert trainer.predict({"wt": [3.0, 3.0], "cyl": [4, 8]}) == pytest.approx(
        [33.9908 - 3 * 3.2056, 33.9908 - 3 * 3.2056 - 6.0709], abs=5e-4)


def by_hand(text, start=None):
    """The same fit with a column of 0 and 1 made by hand."""
    untreated = [float(state == "untreated") for state in PUROMYCIN["state"]]
    return Trainer(text).fit(PUROMYCIN.with_column("u", untreated), start)


PAIRS = [
    ("rate = a*conc + b + C(state)", "rate = a*conc + b + state_untreated*u", None),
    ("rate = a*conc + b + state", "rate = a*conc + b + state_untreated*u", None),
    ("rate = a*conc + b + d*state", "rate = a*conc + b + d_untreated*u", None),
    ("rate = a*conc + b + C(state)*d", "rate = a*conc + b + d_untreated*u", None),
    ("rate = a*conc + b - d*C(state)", "rate = a*conc + b - d_untreated*u", None),
    ("rate = a*conc + b + d*state*conc", "rate = a*conc + b + d_untreated*u*conc", None),
    ("rate = a*conc + b + d*conc*state", "rate = a*conc + b + d_untreated*u*conc", None),
    ("rate = a*conc + b + d*state + f*state*conc",
     "rate = a*conc + b + d_untreated*u + f_untreated*u*conc", None),
    ("rate = (Vm + d*C(state))*conc/(K + conc)", "rate = (Vm + d_untreated*u)*conc/(K + conc)",
     {"Vm": 200, "K": 0.1}),
    ("log(rate) = a*log(conc) + b + `state`", "log(rate) = a*log(conc) + b + state_untreated*u",
     None),
]


@pytest.mark.parametrize(("text", "with_column", "start"), PAIRS)
def test_a_category_is_columns_of_0_and_1(text, with_column, start):
    trainer = Trainer(text).fit(PUROMYCIN, start)
    expected = by_hand(with_column, start)
    assert trainer.parameters == pytest.approx(expected.parameters, rel=1e-8)
    row = {"conc": [0.5], "state": ["untreated"]}
    assert trainer.predict(row) == pytest.approx(expected.predict({"conc": [0.5], "u": [1.0]}))
    base = {"conc": [0.5], "state": ["treated"]}
    assert trainer.predict(base) == pytest.approx(expected.predict({"conc": [0.5], "u": [0.0]}))
    # what is kept as text says it all
    model = Model(trainer.model.text, json.loads(json.dumps(trainer.model.reading)))
    for again in (model, pickle.loads(pickle.dumps(trainer.model))):
        assert again.predict(trainer.parameters, row) == trainer.predict(row)


def test_names_of_levels():
    table = Table({"k": ["a b", "a-b", "é", "2", "e"], "k_e": [1.0, 0, 1, 0, 1], "x": [1.0] * 5,
                   "y": [1.0, 2.0, 3.0, 4.0, 5.0]})
    model, view = Model("y = c + C(k)").meets(table)
    assert model.parameters(view.names) == ["c", "k_a_b", "k_a_b_", "k_e_", "k_é"]
    assert model.levels["k"].levels == ["2", "a b", "a-b", "e", "é"]
    assert sum(map(sum, (view[name] for name in model.levels["k"].indicators))) == 4


@pytest.mark.parametrize(("column", "typed"), [
    ("größe", "gro\u0308ße"), ("gro\u0308ße", "größe"), ("\u00b5", "\u03bc"), ("x", "𝑥"),
    ("kind of car", "`kind of car`"), ("a.b", "`a.b`")])
@pytest.mark.parametrize("form", ["{}", "C({})", "k*{}"])
def test_a_category_has_one_form_of_its_name(column, typed, form):
    table = Table({column: ["u", "v", "u", "v"], "y": [1.0, 3.0, 1.0, 3.0]})
    trainer = Trainer(f"y = c + {form.format(typed)}").fit(table)
    assert [*trainer.parameters.values()] == pytest.approx([1, 2])
    assert trainer.predict({typed.strip("`"): ["v"]}) == pytest.approx([3])


def test_two_categories_are_added_and_not_multiplied():
    table = Table({"g": ["a", "b", "a", "b"], "h": ["u", "u", "v", "v"], "y": [1.0, 2, 4, 5]})
    trainer = Trainer("y = c + g + C(h)").fit(table)
    assert trainer.parameters == pytest.approx({"c": 1, "g_b": 1, "h_v": 3}, abs=1e-9)
    for text in ("y = c + g*h", "y = c + C(g)*C(h)", "y = c + k*g*h"):
        with pytest.raises(FormulaError, match=r"the categories [gh] and [gh] are multiplied"):
            Trainer(text).fit(table)


def test_a_number_and_its_levels():
    table = MTCARS.take([*range(20)])
    trainer = Trainer("mpg = a*wt + b*cyl + c + C(am)").fit(table)
    assert [*trainer.parameters] == ["a", "b", "c", "am_1"]
    both = Model("mpg = a*cyl + c + C(cyl)").meets(table)[0]
    assert [*both.symbols] == ["a", "cyl", "c", "cyl_6", "cyl_is_6", "cyl_8", "cyl_is_8"]


REFUSED = [
    ("y = c + C(z)", {"x": [1.0] * 3}, DataError, "no column 'z'"),
    ("y = c + g", {"g": ["a", "a", "a"]}, DataError, "column 'g' has the same text in each row"),
    ("y = c + C(g)", {"g": [2.0, 2.0, 2.0]}, DataError, "column 'g' has the same text"),
    ("y = b + b*g", {"g": ["a", "b", "a"]}, FormulaError,
     "b stands before g, and so becomes a parameter for each of its levels: give it another name"),
    ("y = c*x + g", {"g": ["a", None, "b"], "x": [1.0, 2, 3]}, DataError,
     "row 2: None in column 'g' is missing"),
    ("y = a*x", {"x": ["1", "2", "3"]}, DataError,
     r"'1' in column 'x' is text; .* types={'x': float}"),
    ("y = a*x", {"x": ["1", "b", "c"]}, DataError, "'1' in column 'x' is text"),
    ("y = a*x", {"x": ["2016-03-01", "2016-03-02", "2016-03-03"]}, DataError, "is text"),
    ("g = a*x", {"x": [1.0, 2, 3], "g": ["a", "b", "c"]}, DataError, "'a' in column 'g' is text"),
]


@pytest.mark.parametrize(("text", "columns", "error", "message"), REFUSED)
def test_what_is_refused(text, columns, error, message):
    with pytest.raises(error, match=message):
        Trainer(text).fit(Table({**columns, "y": [1.0, 2.0, 4.0]}))


def test_levels_that_were_not_there():
    trainer = Trainer("rate = a*conc + state").fit(PUROMYCIN)
    with pytest.raises(DataError, match="row 2: 'mars' in column 'state' is none of the levels "
                                        "that the model knows: 'treated', 'untreated'"):
        trainer.predict({"conc": [1.0, 1.0], "state": ["treated", "mars"]})
    with pytest.raises(DataError, match="the levels of state are not known"):
        Model("rate = a*C(state)").predict({"a": 1.0}, {"state": ["treated"]})


def test_too_many_levels():
    names = [f"n{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(MOST_LEVELS + 1)]
    table = Table({"name": names, "y": [float(i) for i in range(len(names))]})
    with pytest.raises(DataError, match="51 different texts, such as 'naa'; a category has at"):
        Trainer("y = a + name").fit(table)
    assert len(levels_of(table.take([*range(MOST_LEVELS)]), "name")) == MOST_LEVELS


def test_a_model_that_is_trained_again_learns_the_levels_anew():
    trainer = Trainer("y = c + g").fit({"g": ["a", "b", "a"], "y": [1.0, 2.0, 1.0]})
    assert [*trainer.parameters] == ["c", "g_b"]
    trainer.fit({"g": ["a", "c", "d", "a"], "y": [1.0, 2.0, 4.0, 1.0]})
    assert trainer.parameters == pytest.approx({"c": 1, "g_c": 1, "g_d": 3})


def test_levels_are_the_same_as_text_and_as_number():
    assert [level(value) for value in (4, 4.0, "4", " 4 ", None, True)] == [
        "4", "4", "4", "4", None, "True"]
    trainer = Trainer("mpg = a*wt + b + C(cyl)").fit(MTCARS)
    assert trainer.predict({"wt": [3.0], "cyl": ["8"]}) == trainer.predict(
        {"wt": [3.0], "cyl": [8]})


def test_a_saved_model_knows_levels_dates_and_how_numbers_were_read(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("day;kind;y\n2016-03-13;a;1,5\n2016-03-14;b;2,5\n2016-03-16;a;4,5\n"
                    "2016-03-20;b;8,5\n", encoding="utf-8")
    table = read_csv(path, {"day": float, "y": float})
    trainer = Trainer("y = a*day + b + kind").fit(table)
    assert trainer.parameters == pytest.approx({"a": 1, "b": 1.5, "kind_b": 0}, abs=1e-9)
    save(trainer, tmp_path / "model.json")
    saved = load(tmp_path / "model.json")
    assert saved.model.reading == trainer.model.reading
    path.write_text("day,kind\n2016-04-01,b\n2016-03-01,a\n", encoding="utf-8")
    assert saved.predict(read_csv(path)) == pytest.approx([20.5, -10.5])


@pytest.mark.parametrize("reading", [
    3, [], {"levels": []}, {"levels": {"g": "ab"}}, {"levels": {"g": ["a"]}}, {"texts": "g"},
    {"levels": {"g": ["a", "a"]}}, {"levels": {"g": ["a", 1]}}, {"columns": {"x": 1}},
    {"columns": {"x": {"as": "os.system"}}}, {"more": []}, {"features": [1]}])
def test_a_reading_that_cannot_be_one(reading):
    with pytest.raises(DataError, match="how its columns were read"):
        checked_reading(reading)


@pytest.mark.parametrize(("word", "names"), [("", ["group_is_b"]), ("a_b", ["a_b_is_b"])])
def test_with_which_word_the_names_of_levels_begin(word, names):
    assert [*Levels("group", ["a", "b"], set(), word).indicators] == names
