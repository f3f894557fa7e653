"""The options of `fit`: what each means, and what each is if it is not given."""

import argparse
import math

import pytest

from mathlab.__main__ import main
from mathlab.command import derive, fit, predict
from mathlab.command.options import OneLine, in_one_line, numbers, place, say, width
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.batches import MiniBatches
from mathlab.learning.descent.optimizers import Adam, GradientDescent, Momentum
from mathlab.learning.descent.second_order import BFGS
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model

READING = {"missing": [], "separator": "", "decimal": "", "thousands": "", "encoding": "",
           "dates": ""}
READ = {"missing": ["NA", "?", "-"], "separator": ";", "decimal": ",", "thousands": ".",
        "encoding": "cp1252", "dates": "%d.%m.%Y"}
COMMANDS = {  # what each option is if it is not given, and an example of each
    derive: (["x"],
             {"formula": "x", "by": "", "at": []},
             {"formula": "x", "by": "y", "at": ["x=1", "y=2", "z=3"]}),
    predict: (["m.json", "f.csv"],
              {"saved": "m.json", "file": "f.csv", "level": None, "of_mean": False, "csv": False,
               **READING},
              {"saved": "m.json", "file": "f.csv", "level": 0.9, "of_mean": True, "csv": True,
               **READ}),
    fit: (["f.csv", "y = x"],
          {"file": "f.csv", "model": "y = x", "at": [], "level": 0.95, "derive_from": [],
           "against": [], "nested": False, "details": False, "digits": "some", "prove": False,
           "export": [], "save": [], "loss": "squared", "weights": "", "sigma": "", "fix": [],
           "bounds": [], "ridge": 0.0, "train_share": None, "start": [], "resume": None, "seed": 0,
           "optimizer": None, "learning_rate": None, "batch": None, "standardize": None,
           "steps": 1000, "method": "compiled", **READING},
          {"file": "f.csv", "model": "y = x", "at": [["x=1", "z=2"], ["x=3"]], "level": 0.9,
           "derive_from": ["a", "b"], "against": ["y = a", "y = b"], "nested": True,
           "details": True, "digits": "all", "prove": True, "export": ["python", "excel"],
           "save": ["a.json", "b"], "loss": "log", "weights": "w", "sigma": "s",
           "fix": ["a=1", "b=2", "c=3"], "bounds": ["a=0..1", "b=0..", "c=..1"], "ridge": 0.5,
           "train_share": 0.8, "start": ["a=1", "b=2", "c=3"], "resume": "m.json", "seed": 7,
           "optimizer": "adam", "learning_rate": 0.1, "batch": 32, "standardize": True,
           "steps": 99, "method": "backward", **READ}),
}


def parsed(command, arguments):
    parser = OneLine()
    command.add_to(parser.add_subparsers())
    options = vars(parser.parse_args([command.__name__.rpartition(".")[2], *arguments]))
    assert options.pop("run") is command.run
    return options


def typed(name, value):
    """An option as it is typed; what may be given again is given again where that is all."""
    option = f"--{name.replace('_', '-')}"
    if isinstance(value, bool):
        return [option]
    if not isinstance(value, list):
        return [f"{option}={value}"]
    if isinstance(value[0], list):
        return [word for each in value for word in (option, *each)]
    if name in ("derive_from", "against", "export", "save"):
        return [word for each in value for word in (option, each)]
    first, *rest = value
    return [option, first, option, *rest]


@pytest.mark.parametrize("command", COMMANDS)
def test_all_options(command):
    words, without, given = COMMANDS[command]
    assert parsed(command, words) == without
    options = [word for name, value in given.items() if value != without[name]
               for word in typed(name, value)]
    assert parsed(command, [*words, *options]) == given


def options(*more):
    return argparse.Namespace(**parsed(fit, ["f.csv", "y = x", *more]))


@pytest.mark.parametrize(("given", "kind", "rate"), [
    ([], None, None), (["--learning-rate", "0.5"], GradientDescent, 0.5),
    (["--optimizer", "momentum"], Momentum, Momentum().learning_rate),
    (["--optimizer", "momentum", "--learning-rate", "0.5"], Momentum, 0.5),
    (["--optimizer", "bfgs"], BFGS, None)])
def test_the_optimizer_that_was_asked_for(given, kind, rate):
    found = fit._optimizer(options(*given))
    assert type(found) is (kind or type(None))
    assert getattr(found, "learning_rate", None) == rate


@pytest.mark.parametrize(("given", "kind", "rate"), [
    ([], Adam, Adam().learning_rate), (["--learning-rate", "0.5"], Adam, 0.5),
    (["--optimizer", "descent"], GradientDescent, GradientDescent().learning_rate)])
def test_mini_batches_are_for_the_optimizer_that_was_asked_for(given, kind, rate):
    found = fit._optimizer(options("--batch", "6", "--seed", "4", *given))
    assert isinstance(found, MiniBatches) and (found.rows, found.seed) == (6, 4)
    assert type(found.optimizer) is kind and found.optimizer.learning_rate == rate


@pytest.mark.parametrize(("text", "number"), [
    ("2", 2.0), ("1/4", 0.25), ("1e-9", 1e-9), ("s", None), ("a b", None), ("2x", None)])
def test_a_standard_deviation_is_a_number_or_a_column(text, number):
    assert fit._number(text) == number


@pytest.mark.parametrize("text", ["0", "-1", "0*5"])
def test_a_standard_deviation_is_above_0(text):
    with pytest.raises(FormulaError, match="must be above 0, not"):
        fit._number(text)


SPREADS = Table({"s": [0.5, 2.0, 1e-149, 1e149]}, "data.csv")


def test_weights_of_standard_deviations():
    assert fit._weights_of(SPREADS, "s", None) == pytest.approx([4, 0.25, 1e298, 1e-298])
    assert fit._weights_of(SPREADS, "2", 2.0) == [0.25] * 4


@pytest.mark.parametrize("number", [0.0, -1.0, math.inf, math.nan, 1e-150, 1e150])
def test_no_weight_is_made_of_a_standard_deviation_that_cannot_be(number):
    table = Table({"s": [1.0, number]}, "data.csv")
    with pytest.raises(DataError, match=r"data\.csv, row 2: the standard .* is not"):
        fit._weights_of(table, "s", None)


LINE = "x,z,y\n1,2,3\n2,1,5\n3,5,6.5\n4,4,9\n5,7,11.5\n6,2,12.5\n"
PLANE = "y = a*x + b*z + c"


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def write(content, *arguments, status=0):
        (tmp_path / "data.csv").write_text(content, encoding="utf-8")
        assert main(["fit", "data.csv", *arguments]) == status, capsys.readouterr()
        captured = capsys.readouterr()
        return captured.err if status else captured.out

    return write


def value(out, name):
    found = [line.split() for line in out.splitlines() if line.startswith(f"{name} ")]
    return float(next(words[1] for words in found if words[1] != "is"))


@pytest.mark.parametrize(("model", "free"), [
    ("y = a*x + b", {"b"}), (PLANE, {"c"}), ("y = a*x", set()), ("y = a*x*z + b + c*z", {"b"})])
def test_a_ridge_is_for_all_parameters_but_the_intercept(model, free, said):
    out = said(LINE, model, "--ridge", "1e9")
    for name in {"a", "b", "c"} & {*model.replace("*", " ").split()}:
        assert (abs(value(out, name)) > 1) == (name in free)
    if free:
        fixed = said(LINE, model, "--ridge", "1e9", "--fix", "a=1")
        assert value(fixed, "a") == 1 and abs(value(fixed, *free)) > 1


def test_models_with_a_ridge_are_not_compared(said):
    out = said(LINE, "y = a*x + b", "--ridge", "1", "--against", PLANE)
    assert "the models cannot be compared: " in out
    with_ridge, without = (Trainer("y = a*x + b", ridge=ridge).fit(
        {"x": [1.0, 2.0], "y": [2.0, 5.0]}) for ridge in ({"a": 1.0}, 0.0))
    fit._spare_intercepts(without, without.model, without.table, 1.0)
    assert without.ridge == with_ridge.ridge
    fit._spare_intercepts(with_ridge, with_ridge.model, with_ridge.table, 0.0)
    assert with_ridge.ridge == {"a": 1.0}


def test_of_two_models_of_one_size_neither_is_the_larger(said):
    out = said(LINE, "y = a*x + b", "--against", "y = a*z + b", "--nested")
    assert "y = a*z + b has no more parameters than y = a*x + b" in " ".join(out.split())


def test_a_rival_that_cannot_be_fitted_is_told(said):
    out = said(LINE, "y = a*x + b", "--against", "y = a*x + b*x")
    assert "y = a*x + b*x: the data cannot tell b from" in " ".join(out.split())


@pytest.mark.parametrize(("more", "dropped"), [
    (["--against", "y = a*x"], [0]), (["--against", PLANE], [0, 1]),
    (["--weights", "w"], [2]), (["--sigma", "w"], [2])])
def test_several_models_get_the_rows_that_have_a_number_for_each(more, dropped, said):
    content = "x,z,y,w\n1,2,3,1\n2,,5,1\n3,5,6.5,\n4,4,9,\n5,7,11.5,1\n6,2,12.5,1\n"
    out = said(content, "y = a*x", *more)
    told = [line.strip() for line in out.partition("\n\n")[0].splitlines()]
    assert told[0].endswith("6  rows read from data.csv")
    assert [line for line in told if line.startswith("- 0")] == []
    assert [line.split()[2] for line in told if line.startswith("-")] == [
        name for k in dropped for name in ([], ["z"], ["w"])[k]]
    rows = 6 - sum(dropped)
    assert told[-1] == f"= {rows}  rows kept"


@pytest.mark.parametrize(("content", "rows"), [("x,y\n", 0), ("x,y\n1,2\n", 1)])
def test_too_few_rows(content, rows, said):
    assert f"has {rows} rows to train on; collect more" in said(content, "y = a*x", status=1) or (
        rows == 0)
    assert value(said("x,y\n1,2\n2,4\n", "y = a*x"), "a") == 2


def test_details_are_of_the_columns_that_are_used(said):
    content = LINE.replace("y\n", "y,k,other\n").replace("3\n", "3,5,1\n")
    content = "\n".join([content.splitlines()[0], *(
        f"{line},5,7" for line in LINE.splitlines()[1:])]) + "\n"
    out = said(content, "y = a*x + b*k + c*z", "--fix", "b=0", "--details")
    assert [line.split(":")[0] for line in out.splitlines() if line.startswith("correl")] == [
        "correlation of x with y", "correlation of z with y"]  # k is all one value
    assert ["x", "k", "z", "y"] in [line.split() for line in out.splitlines()]
    assert "other" not in out
    out = said(LINE, "log(y) = a*x + b", "--details")
    assert "correlation" not in out and "count" in out
    assert "How the errors" in out
    assert "How the errors" not in said(LINE, "y = a*x", "--details")
    assert "How the errors" not in said(LINE, "y = a*x + b", "--details", "--ridge", "1")


def test_what_is_resumed_gives_way_to_what_is_said(said):
    said(LINE, PLANE, "--save", "plane.json")
    out = said(LINE, "y = a*exp(b*x)", "--save", "other.json", "--steps", "3")
    assert "saved in other.json" in out
    error = said(LINE, PLANE, "--resume", "other.json", status=1)
    assert "other.json has another model: y = a*exp(b*x)" in error
    out = said(LINE, "y = a*exp(b*x)", "--resume", "other.json", "--fix", "b=0.25")
    assert value(out, "b") == 0.25


def test_of_what_is_fixed_or_bounded_each_model_takes_what_it_has(said):
    held = ["--fix", "a=1", "b=2", "--bounds", "c=0..1"]
    ranks = [line.split() for line in said(LINE, PLANE, *held, "--against", "y = a*x + b*z + d",
                                           "--against", "y = d*x").splitlines()]
    counted = {line[0]: int(line[4]) for line in ranks if line and line[0] in ("1", "2", "3")
               and len(line) > 5 and line[0] != "="}
    assert counted == {"1": 1, "2": 2, "3": 2}  # c is at its bound; d or e; and the spread


# What all commands have in common


@pytest.mark.parametrize(("columns", "found"), [("80", 79), ("21", 20), ("20", 19), ("5", 19)])
def test_how_wide_a_line_may_be(columns, found, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == found


def test_words_are_wrapped_and_stay_whole(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "30")
    say("a well-known path is /a/very/long-path/that/has/no/end.json and more of it\x1b")
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "a well-known path is" and rest[0] == "  /a/very/long-path/that/has/no/end.json"
    assert all(line.startswith("  ") for line in rest) and rest[-1] == r"  and more of it\x1b"


@pytest.mark.parametrize(("given", "found"), [
    (["x = 1/2", "k= b c "], {"x": 0.5, "k": "b c"}), (["x=1j"], {"x": "1j"}),
    (["gro\u0308\u00dfe=a", "gro\u0308\u00dfer=1"], {"größe": "a", "größer": 1.0})])
def test_places(given, found):
    assert place(given) == found


@pytest.mark.parametrize("given", [["x"], ["=b"], ["x="], ["x=1", "x=b"], ["x=b", "x=1"],
                                   ["x=a", " x=b"], ["x=1", "x=1"], [" = "]])
def test_what_is_no_place(given):
    with pytest.raises(FormulaError, match="each name once"):
        place(given)


@pytest.mark.parametrize("count", [29, 30, 28, 9])
def test_long_numbers_are_cut(count):
    said = in_one_line(ValueError("7" * count))
    assert said == ("7" * count if count < 29 else "7" * 9 + "...")


@pytest.mark.parametrize("length", [899, 900, 901])
def test_how_long_an_error_may_be(length):
    said = in_one_line(ValueError("a" * length))
    assert said == ("a" * length if length <= 900 else "a" * 450 + " ... " + "a" * 450)


def test_a_number_of_hundreds_of_digits_is_not_finite():
    for text in ("x=10**400", "x=-10**400", "x=1e308*10"):
        with pytest.raises(FormulaError):
            numbers([text])
    assert numbers(["x=10**300"]) == {"x": 1e300}


@pytest.mark.parametrize(("words", "all_digits"), [([], False), (["--digits", "some"], False),
                                                   (["--digits", "all"], True)])
def test_all_digits_are_walked_for_only_if_they_are_asked_for(words, all_digits):
    parser = OneLine()
    fit.add_to(parser.add_subparsers())
    options = parser.parse_args(["fit", "data.csv", "y = a*x", *words])
    assert fit._trainer(Model("y = a*x"), options).all_digits is all_digits
