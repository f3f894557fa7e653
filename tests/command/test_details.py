"""What the report says in seldom cases, each on a file so small that it can be checked by hand."""

import io
import math
import re
import sys
from types import SimpleNamespace
from typing import ClassVar

import pytest

from mathlab.__main__ import main
from mathlab.calculus.numbers.interval import Interval
from mathlab.command import fit, options, pictures, report
from mathlab.command.options import LONGEST, in_one_line
from mathlab.command.report import error_text, what_is_wrong
from mathlab.errors import DataError, FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.proof import Proof
from mathlab.learning.inference.uncertainty import Interval as Interval_

LINE = "x,y\n1,2.1\n2,3.9\n3,6.2\n4,7.8\n"  # nearly y = 2*x
DOWN = "x,y\n1,4\n2,3.1\n3,1.9\n4,1\n5,0\n"


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "data.csv"
        path.write_text(content, encoding="utf-8")
        return str(path)
    return write


def said(capsys, *arguments):
    assert main(arguments) == 0
    return capsys.readouterr().out


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize(("error", "text"), [
    (1.2e6, "1.2e+06"), (1.2e5, "120000"), (1.2e-4, "0.00012"), (1.2e-5, "1.2e-05")])
def test_where_errors_are_written_with_an_exponent(error, text):
    assert error_text(error) == text


def test_a_slope_that_is_held_where_it_is_worse_than_the_mean(file, capsys):
    out = words(said(capsys, "fit", file(DOWN), "y = a*x + b", "--bounds", "a=5..6"))
    assert "This is worse than predicting the mean" in out
    assert "they say nothing of a fit that is worse than the mean" in out


@pytest.mark.parametrize(("model", "better"), [("y = a*x", "0"), ("y = a*x + c", "the mean")])
def test_what_is_simpler_and_better(model, better, file, capsys):
    out = words(said(capsys, "fit", file(DOWN.replace("4", "-4")), model, "--bounds", "a=9..99"))
    assert f"This is worse than predicting {better} for every row" in out
    assert f"they say nothing of a fit that is worse than {better}" in out


def test_how_many_yeses_and_noes_are_right(file, capsys):
    content = "x,y\n" + "".join(f"{x},{int(x > 6) ^ (x == 3)}\n" for x in range(16))
    out = said(capsys, "fit", file(content), "y = sigmoid(a*x + b)", "--loss", "log",
               "--train-share", "0.75")
    a, b = (float(line.split()[1]) for line in out.splitlines() if line[:2] in ("a ", "b "))
    found = re.findall(r"right on (\d+) of the (\d+) rows (?:trained on|held back) \((\S+)%\)", out)
    rights = [(a * x + b > 0) == (x > 6) ^ (x == 3) for x in range(16)]
    assert sum(int(right) for right, _, _ in found) == sum(rights)
    assert [int(rows) for _, rows, _ in found] == [12, 4]
    assert [share for _, _, share in found] == [
        f"{100 * int(right) / int(rows):.1f}" for right, rows, _ in found]


def test_a_place_without_a_prediction(file, capsys):
    out = said(capsys, "fit", file(LINE), "y = a*log(x) + b", "--at", "x=-1", "--at", "x=1")
    assert "x = -1: no prediction: " in out
    assert "x = 1: y = " in out


def test_a_model_in_which_all_is_held(file, capsys):
    out = words(said(capsys, "fit", file(LINE), "y = a*x", "--bounds", "a=2.1..3", "--at", "x=3",
                     "--derive-from", "a*2"))
    assert "x = 3: y = 6.3 (95% interval for one new row: " in out and "for the mean" not in out
    assert "a*2 = 4.2: of fixed parameters alone, it has no error" in out


def test_a_target_without_a_way_back(file, capsys):
    out = said(capsys, "fit", file(LINE), "sin(y) = a*x + b", "--at", "x=2")
    assert "x = 2: sin(y) = " in out and "so the median" not in out


@pytest.mark.parametrize(("bounds", "told"), [
    ({}, "--steps, or another --optimizer, --start or --seed"),
    ({"a": (-9, 9)}, "--steps, or another --start or --seed")])
def test_a_walk_that_is_cut_short_says_what_may_help(bounds, told):
    table = Table({"x": [1.0, 2.0, 3.0], "y": [1.0, 5.0, 9.0]})
    trainer = Trainer("y = exp(a*x) + b", bounds=bounds).fit(table, {"a": 0, "b": 0}, steps=0)
    assert told in what_is_wrong(trainer)[0]


def test_r_squared_is_of_the_mean_or_of_0_and_stands_in_no_table_of_both(file, capsys):
    out = said(capsys, "fit", file(LINE), "y = a*x", "--against", "y = a*x + b")
    assert "R squared" not in out.partition("AIC")[2]
    out = said(capsys, "fit", file(LINE), "y = a*x**2 + b", "--against", "y = a*x + b")
    assert "R squared" in out.partition("AIC")[2]


def test_the_likelihood_ratio_is_the_same_from_both_sides(file, capsys):
    ratios = [words(said(capsys, "fit", file(LINE), one, "--against", two, "--nested"))
              .partition("likelihood ratio of ")[2]
              for one, two in (("y = a*x", "y = a*x + b"), ("y = a*x + b", "y = a*x"))]
    assert ratios[0] == ratios[1] != ""


def test_a_column_that_the_output_has_no_letters_for(file, tmp_path, capsys, monkeypatch):
    path, saved = file("größe,y\n1,2\n2,4.1\n3,6\n"), str(tmp_path / "line.json")
    said(capsys, "fit", path, "y = a*größe", "--save", saved)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))
    assert main(["predict", saved, path, "--csv"]) == 1
    assert "the output is to be ascii, which has no ö" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["=0..1", "a", "a=1", "a=..", "a=0..1 a=0..2"])
def test_ranges_that_cannot_be_read(text, file, capsys):
    assert main(["fit", file(LINE), "y = a*x", "--bounds", *text.split()]) == 2
    assert "write NAME=LOW..HIGH" in capsys.readouterr().err


def test_what_could_not_be_saved_is_said_and_is_the_status(file, tmp_path, capsys, monkeypatch):
    def refuse(*_):
        raise DataError("the disk is full")

    monkeypatch.setattr(fit, "save", refuse)
    assert main(["fit", file(LINE), "y = a*x", "--save", str(tmp_path / "line.json")]) == 1
    captured = capsys.readouterr()
    assert "the disk is full" in captured.out
    assert "not all could be saved" in captured.err


def test_parts_of_the_report_stand_apart(file, capsys):
    out = said(capsys, "fit", file(LINE.replace(",", ";")), "y = a*x", "--derive-from", "2*a")
    assert "read: fields are separated by ;\n\n" in out
    assert "\n\n2*a = " in out


def test_the_middle_of_a_long_error_is_left_out():
    said = in_one_line(ValueError("a" * 5000 + "b" * 5000))
    head, tail = said.split(" ... ")
    assert head == "a" * (LONGEST // 2) and tail == "b" * (LONGEST // 2)


@pytest.mark.parametrize(("numbers", "ends"), [
    ([5.0], (0, 10)), ([-2.0, -2.0], (-4, 0)), ([0.0], (-1, 1)), ([0.0, 10.0], (-1, 11))])
def test_the_range_around_numbers(numbers, ends):
    assert pictures._around(numbers, 0.1) == pytest.approx(ends)


@pytest.mark.parametrize(("steps", "told"), [(1, "1 step,"), (2, "2 steps,")])
def test_how_far_the_walk_went(steps, told):
    table = Table({"x": [1.0, 2.0], "y": [1.0, 5.0]})
    trainer = Trainer("y = exp(a*x) + b", optimizer=GradientDescent()).fit(
        table, {"a": 0, "b": 0}, steps=steps)
    assert f"The way down: {told} squared loss " in pictures.in_short(trainer)
    losses = [step.loss for step in trainer.history]
    assert math.isclose(losses[0], (0**2 + 4**2) / 2)


def test_a_proof_says_how_far_it_reaches(file, capsys):
    content = "x,y\n" + "\n".join(f"{x},{3 * math.exp(-x / 2) + (-1) ** x / 50}" for x in range(8))
    out = words(said(capsys, "fit", file(content), "y = a*exp(-b*x)", "--prove"))
    assert "Not proved: that no lower point lies farther away." in out
    share = float(out.partition("No other place within ")[2].partition("%")[0])
    assert 0 < share < 100


def test_the_other_walks_are_counted(file, capsys):
    content = "x,y\n" + "\n".join(f"{x},{3 * math.exp(-x / 2) + 1}" for x in range(8))
    out = words(said(capsys, "fit", file(content), "y = a*exp(-b*x) + c"))
    assert "looked for its start: " in out and "ended higher" in out


@pytest.mark.parametrize(("ends", "told"), [
    ([], ""), ([1.0], "1 came within 1% of this lowest loss, none ended higher"),
    ([1.0, 2.0, 1.0 + 1e-12], "2 came within 1% of this lowest loss, 1 ended higher"),
    ([math.nan, 5.0], "; 2 short walks looked for its start"),
    ([1.009, 1.011], "1 came within 1% of this lowest loss, 1 ended higher")])
@pytest.mark.parametrize("lowest", [1.0, 4.0, 0.25])
def test_how_many_walks_ended_higher(ends, told, lowest):
    walked = SimpleNamespace(walks=[SimpleNamespace(loss=lowest * loss) for loss in ends],
                             best=SimpleNamespace(loss=lowest))
    assert report._other_walks(walked).endswith(told)


def test_a_probability_has_an_interval_of_its_own_and_no_other(file, capsys):
    content = "x,y\n0,0\n1,0\n2,1\n3,0\n4,1\n5,1\n"
    out = words(said(capsys, "fit", file(content), "y = sigmoid(a*x + b)", "--loss", "log",
                     "--at", "x=2"))
    assert "interval for the probability" in out
    assert "one new row" not in out and "no other interval" not in out


def test_the_number_pi_keeps_its_name(file, capsys):
    out = said(capsys, "fit", file(LINE), "y = a*x + b*sin(pi*x/5)")
    assert "sin(pi*x/5)" in out.replace("0.2*pi*x", "pi*x/5")


def test_what_the_model_missed_is_what_is_left_of_the_data():
    table = Table({"x": [1.0, 2.0, 4.0], "y": [1.0, 3.0, 3.0]})
    trainer = Trainer("y = a*x").fit(table)  # a = 19/21
    points, _ = pictures.missed(trainer, ["x"], table).layers
    assert points.y == pytest.approx([1 - 19 / 21, 3 - 38 / 21, 3 - 76 / 21])


@pytest.mark.parametrize(("steps", "is_log"), [(1, False), (400, True)])
def test_a_loss_that_falls_far_is_shown_on_a_log_axis(steps, is_log):
    table = Table({"x": [1.0, 2.0], "y": [2.0, 4.0]})
    trainer = Trainer("y = a*x", optimizer=GradientDescent(0.01)).fit(table, {"a": 0}, steps=steps)
    assert pictures.way_down(trainer).y_log is is_log


TEXTS = [
    (report.digits,    (1.0, 1.0),            6),    # the first digit of the error, and two more
    (report.digits,    (1e5, 1.0),            8),
    (report.digits,    (1e5, 0.5),            9),
    (report.digits,    (-1e5, 0.5),           9),
    (report.digits,    (1e30, 1e-30),        17),
    (report.digits,    (math.inf, 1.0),       6),
    (report.digits,    (1e9, 0.0),            6),
    (report.digits,    (0.0, 1e-9),           6),
    (report.text_of,   (1e15,),         "1e+15"),
    (report.text_of,   (1e15 - 1,),     "999999999999999"),
    (report.text_of,   (1 - 1e15,),     "-999999999999999"),
    (report.text_of,   (1234567.5,),    "1.23457e+06"),
    (report.text_of,   (2e-7,),         "2e-07"),
    (report.text_of,   (123456.0,),     "123456"),
    (report._whole,    (1e15,),               1e15),
    (report._whole,    (2.5,),                 2.5),
    (report._end,      (123456.789, 1e3), "1.2346e+05"),
    (report._end,      (123456.789, 0.1), "123456.789"),
    (report._end,      (1234.56, 1.0),    "1234.6"),
    (report._end,      (12345.67, 1.0),   "12345.67"),
    (report._share,    (1.0,),          "1.0000"),
    (report._share,    (0.5,),          "0.5000"),
    (report._share,    (-3.2,),         "-3.2000"),
    (report._share,    (-1e-17,),       "0.0000"),
    (report._share,    (0.9995,),       "0.99950"),
    (report._share,    (1 - 2e-6,),     "0.9999980"),
    (report._share,    (1 - 4e-15,),    "0.999999999999996"),
    (report._share,    (1 - 2e-16,),    "1.0000"),
    (report.p_text,    (0.98765,),      "0.99"),
    (report._predict_the_same, ([1.0], [1.0000049]),               True),
    (report._predict_the_same, ([1.0], [1.0000051]),               False),
    (report._predict_the_same, ([1.0, -1e3], [1.0000051, -1e3]),   False),
    (report._predict_the_same, ([0.5, -1e3], [0.5000049, -1e3]),   True),  # beside the largest
    (report._predict_the_same, ([0.5, -9e2], [0.5000049, -9e2]),   False),
    (options._is_place, ("x=1/2",),           True),
    (options._is_place, ("x",),              False),
    (fit.bounds,       ([" a = -1 .. 1/2 "],),  {"a": (-1.0, 0.5)}),
    (fit.bounds,       (["gro\u0308\u00dfe=..2"],), {"gr\u00f6\u00dfe": (-math.inf, 2.0)}),
]


@pytest.mark.parametrize(("function", "given", "found"), TEXTS)
def test_texts_and_numbers(function, given, found):
    assert function(*given) == found


def test_a_whole_number_is_an_int_as_long_as_all_of_its_digits_are_its_own():
    for number in (3.0, -3.0, 1e15 - 1, 1 - 1e15):
        assert isinstance(report._whole(number), int)
    assert isinstance(report._whole(1e15), float)


@pytest.mark.parametrize(("rows", "shown"), [(200, "1.23457*x - 1.23456*z"),
                                             (199, "1.2345678*x - 1.2345612*z")])
def test_the_digits_of_a_formula_are_those_that_200_rows_need(rows, shown):
    """In the last row of all, nearly the same is taken from nearly the same."""
    xs, zs = [k / rows for k in range(rows)] + [1.0], [0.0] * rows + [1.000001]
    ys = [1.2345678 * x - 1.2345612 * z for x, z in zip(xs, zs, strict=True)]
    trainer = Trainer("y = a*x + b*z").fit({"x": xs, "z": zs, "y": ys})
    assert report.formula(trainer, None) == f"y = {shown}"


@pytest.mark.parametrize(("model", "kept"), [
    ("y = a*x*sqrt(2) + b", "*sqrt(2)"), ("y = a*x + b*exp(1)", "*exp(1)"),
    ("y = a*x - b + 1.0*x", "1*x")])
def test_what_a_model_says_by_itself_stands_in_the_formula_as_it_was_written(model, kept):
    trainer = Trainer(model).fit({"x": [0.0, 1.0, 2.0], "y": [1.0, 2.0, 4.0]})
    text = report.formula(trainer, None)
    assert kept in text and "1.0*" not in text and "- -" not in text


@pytest.mark.parametrize(("ends", "room"), [
    (["1.9", "2.1", "0.99", "1.01"], 1), (["-2.1", "-1.9", "0.9", "1.1"], 5),
    (["-1", "1", "4", "6"], 0)])
@pytest.mark.parametrize(("share", "told"), [
    (0.0, "No lower point lies within the bounds."),
    (1.0, "Not proved: that no lower point lies farther away."),
    (0.25, "Not proved: that none is lower in 0.25 of the bounds' range.")])
def test_how_far_a_proof_reaches(ends, room, share, told, monkeypatch):
    a, b = (Interval(*ends[k:k + 2]) for k in (0, 2))
    place = {"a": Interval("2"), "b": Interval("0.5")}
    proof = Proof(place, {}, {"a": 12, "b": 11}, {"a": a, "b": b}, is_exact=False, open=share)
    monkeypatch.setattr(report, "prove", lambda *_, **__: proof)
    how, found, rest = report.proved(SimpleNamespace(bounds={}, parameters={}))
    assert "11 digits of each parameter are certain" in how and found == "  a = 2, b = 0.5"
    assert rest == f"No other place within {room}% of each parameter has slopes of 0. {told}"


@pytest.mark.parametrize("text", ["a=1..1", "a=2..1"])
def test_bounds_with_nothing_between_them(text):
    with pytest.raises(FormulaError, match=f"leave nothing between them: {text[2:]}"):
        fit.bounds([text])


@pytest.mark.parametrize(("loss", "model", "targets", "wanted"), [
    ("squared", "y = sigmoid(a*x)", [0.0, 1.0], True),
    ("log", "y = sigmoid(a*x)", [0.0, 1.0], False),
    ("squared", "y = a*x", [0.0, 1.0], False), ("squared", "y = sigmoid(a*x)", [0.0, 0.5], False),
    ("absolute", "y = 1/(1 + exp(-a*x))", [1.0, 1.0], True)])
def test_when_the_log_loss_is_wanted(loss, model, targets, wanted):
    trainer = Trainer(model, loss)
    asked = SimpleNamespace(loss=trainer.loss, model=trainer.model, table=Table({"y": targets}))
    assert report.wants_the_log_loss(asked) is wanted


class Unsure:
    """Errors of a fit, of which some predictions have no interval."""

    errors: ClassVar = {"a": 1.0}

    def __init__(self, row, mean):
        self.known = {True: row, False: mean}

    def prediction(self, features, level, single, weight):
        if not self.known[single]:
            raise DataError("none" if single else "none of the mean")
        return Interval_(2.0, 0.5, 1.0, 3.0)


@pytest.mark.parametrize(("row", "mean", "told"), [
    (True, True, "(95% interval for one new row: 1 to 3; for the mean: 1 to 3)"),
    (True, False, "(95% interval for one new row: 1 to 3; no other interval: none of the mean)"),
    (False, True, "(95% interval for the mean: 1 to 3; no other interval: none)"),
    (False, False, "(no interval: none of the mean)")])
def test_a_prediction_without_an_interval(row, mean, told):
    trainer = Trainer("y = a*x").fit({"x": [1.0, 2.0], "y": [2.0, 4.0]})
    (line,) = report.predicted(trainer, Unsure(row, mean), "x = 1", {"x": 1.0}, report.Asked())
    assert line == f"x = 1: y = 2 {told}"
