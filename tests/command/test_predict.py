"""What a saved model says of other rows, as a table and as CSV, against a textbook's formulas."""

import argparse
import math
import statistics
import sys
from types import SimpleNamespace

import pytest

from mathlab.__main__ import main
from mathlab.command import predict
from mathlab.errors import DataError
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.saved import save
from tests.command.test_by_hand import FILE, X, Y

SLOPE, LEVEL = statistics.linear_regression(X, Y)
SPREAD = math.sqrt(sum((y - SLOPE * x - LEVEL) ** 2 for x, y in zip(X, Y, strict=True)) / 6)
T = {90: 1.9431802805153022, 95: 2.4469118511449692}  # of Student with 6 degrees of freedom
ROWS = "name,x,note\none,2,é\ntwo,,b\nthree,4.75,c\n"


def predicted(x, percent=0, single=True):
    value = SLOPE * x + LEVEL
    reach = SPREAD * math.sqrt(single + 1 / 8 + (x - 4.5) ** 2 / 42) * T.get(percent, 0)
    return [value, value - reach, value + reach] if percent else [value]


@pytest.fixture
def saved(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(FILE, encoding="utf-8")
    (tmp_path / "new.csv").write_text(ROWS, encoding="utf-8")
    assert main(["fit", "data.csv", "y = a*x + b", "--save", "line.json"]) == 0
    capsys.readouterr()
    return "line.json"


OPTIONS = [([], 0, True), (["--level", "0.9"], 90, True), (["--of-mean"], 95, False),
           (["--of-mean", "--level", "0.9"], 90, False), (["--level", "0.95"], 95, True)]


@pytest.mark.parametrize(("options", "percent", "single"), OPTIONS)
def test_on_a_terminal_and_as_csv(options, percent, single, saved, capsys):
    both = [predicted(x, percent, single) for x in (2, 4.75)]
    assert main(["predict", saved, "new.csv", *options]) == 0
    heads = "x predicted y" + f" {percent}% from to" * bool(percent)
    assert [" ".join(part.split()) for part in capsys.readouterr().out.split("\n\n")] == [
        "3 rows read from new.csv - 1 x is missing (line 3, name 'two') = 2 rows kept",
        " ".join([heads, *(f"{x:.6g}" for x in (2, *both[0], 4.75, *both[1]))])]
    assert main(["predict", saved, "new.csv", "--csv", *options]) == 0
    head, one, two, three = capsys.readouterr().out.splitlines()
    more = ",predicted y low,predicted y high" * bool(percent)
    assert head == f"name,x,note,predicted y{more}"
    for line, start, numbers in ((one, "one,2,é,", both[0]), (three, "three,4.75,c,", both[1])):
        assert line.startswith(start)
        assert [*map(float, line.removeprefix(start).split(","))] == pytest.approx(numbers)
    assert two == "two,,b" + "," * len(both[0])


@pytest.mark.parametrize(("ends", "person"), [
    (True, True), (False, False), (AttributeError, True), (OSError, True), (ValueError, True)])
def test_who_reads_it(ends, person, monkeypatch):
    def number():
        if not isinstance(ends, bool):
            raise ends
        return 1

    monkeypatch.setattr(predict.os, "isatty", lambda _: ends)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(fileno=number))
    assert predict._is_read_by_a_person() is person


@pytest.mark.parametrize(("level", "of_mean", "found"), [
    (None, False, 0.0), (None, True, 0.95), (0.9, False, 0.9), (0.9, True, 0.9)])
def test_how_many_cases_an_interval_is_to_hold(level, of_mean, found):
    assert predict._level(argparse.Namespace(level=level, of_mean=of_mean)) == found


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 2.0, math.nan])
def test_what_is_not_a_share(level):
    with pytest.raises(DataError, match="a share between 0 and 1"):
        predict._level(argparse.Namespace(level=level, of_mean=False))


# how wide a terminal is, and the columns that are shown of those called one, three and four
@pytest.mark.parametrize(("columns", "heads", "hidden"), [
    (80, "one three four y", ""), (26, "one three four y", ""), (25, "one three y", "four"),
    (17, "one three y", "four"), (16, "one y", "three, four")])
def test_columns_give_way_to_the_prediction(columns, heads, hidden, monkeypatch):
    monkeypatch.setattr(predict, "width", lambda: columns)
    text = predict._with_room_for(["y"], [["12345", "2"]], {
        "one": [123, 4], "three": [12345, 5], "four": [1234567, 6]})
    first, one, two, *rest = text.splitlines()
    assert first.split() == heads.split() and one.split()[-1] == "12345" and two.split()[-1] == "2"
    assert rest == ([f"not shown: {hidden} (--csv shows all)"] if hidden else [])
    assert max(map(len, (first, one, two))) <= columns


def test_a_prediction_without_any_column(monkeypatch):
    monkeypatch.setattr(predict, "width", lambda: 80)
    assert predict._with_room_for(["y"], [["1", "2"]], {}).split() == ["y", "1", "2"]


def test_what_is_too_wide_for_a_terminal_comes_in_parts(monkeypatch):
    monkeypatch.setattr(predict, "width", lambda: 20)
    shown = predict._with_room_for(["y", "from", "to"], [["12345678"], ["-12345678"], ["9" * 9]],
                                   {"x": [123456], "z": [3]})
    *parts, hidden = shown.rstrip().split("\n\n")
    assert all(part.split()[0] == "x" and "123456" in part for part in [*parts, hidden])
    assert shown.endswith("not shown: z (--csv shows all)")


LOGS = "x,y\n" + "".join(f"{x},{math.exp(y / 4)}\n" for x, y in zip(X, Y, strict=True))


@pytest.mark.parametrize(("target", "undone", "led"), [
    ("log(y)", "median y", lambda z: math.exp(z)), ("1*log(y)*2", None, None),
    ("y", None, None), ("sin(y)", None, None)])
def test_the_way_back_of_a_prediction(target, undone, led, saved, tmp_path, capsys):
    (tmp_path / "logs.csv").write_text(LOGS, encoding="utf-8")
    assert main(["fit", "logs.csv", f"{target} = a*x + b", "--save", "log.json"]) == 0
    capsys.readouterr()
    for options in ([], ["--level", "0.9"]):
        assert main(["predict", "log.json", "new.csv", "--csv", *options]) == 0
        head, one, *_ = capsys.readouterr().out.splitlines()
        names = head.removeprefix("name,x,note,").split(",")
        assert names[0] == f"predicted {target}" or target[0] == "1"
        if undone:
            assert names[1] == undone and names[2:] == [f"{undone} {end}" for end in
                                                        ("low", "high")] * bool(options)
            z, y, *ends = map(float, one.removeprefix("one,2,é,").split(","))
            assert z == pytest.approx(predicted(2)[0] / 4) and y == pytest.approx(led(z))
            assert ends == pytest.approx([led(end / 4) for end in predicted(2, 90)[1:]]
                                         if options else [])


@pytest.mark.parametrize(("rows", "said"), [
    ("name,x\none,\n", "no row of new.csv has all that is needed: x"),
    ("name,z\none,2\n", "new.csv has no column 'x'"), ("name,x\n", "new.csv has 0 rows")])
def test_rows_that_cannot_be_predicted_for(rows, said, saved, tmp_path, capsys):
    (tmp_path / "new.csv").write_text(rows, encoding="utf-8")
    assert main(["predict", saved, "new.csv"]) == 1
    assert said in capsys.readouterr().err


def test_the_interval_of_a_row_far_away(saved, tmp_path, capsys):
    """So far off the line that only the error of its slope counts."""
    (tmp_path / "new.csv").write_text("x\n1e300\n", encoding="utf-8")
    assert main(["predict", saved, "new.csv", "--level", "0.9", "--csv"]) == 0
    *_, value, low, high = map(float, capsys.readouterr().out.splitlines()[1].split(","))
    reach = T[90] * SPREAD / math.sqrt(42) * 1e300
    assert [value, low, high] == pytest.approx(
        [SLOPE * 1e300, SLOPE * 1e300 - reach, SLOPE * 1e300 + reach], rel=1e-9)


@pytest.mark.parametrize("options", [["--level", "0.9"], ["--level", "0.9", "--of-mean"]])
def test_the_interval_of_a_probability_is_for_the_mean(options, saved, tmp_path, capsys):
    (tmp_path / "odds.csv").write_text("x,y\n1,0\n2,0\n3,1\n4,0\n5,1\n6,1\n", encoding="utf-8")
    assert main(["fit", "odds.csv", "y = sigmoid(a*x + b)", "--loss", "log", "--save",
                 "odds.json"]) == 0
    capsys.readouterr()
    assert main(["predict", "odds.json", "new.csv", "--csv", *options]) == 0
    one = capsys.readouterr().out.splitlines()[1]
    chance, low, high = map(float, one.split(",")[3:])
    odds = [math.log(p / (1 - p)) for p in (low, chance, high)]
    assert 0 < low < chance < high < 1 and odds[1] - odds[0] == pytest.approx(odds[2] - odds[1])


def test_a_model_of_no_feature_has_no_interval(saved, capsys):
    save(Trainer("y = m").fit({"x": [1.0, 2.0, 3.0], "y": [1.0, 2.0, 6.0]}), "mean.json")
    for options, status, said in (([], 0, "3.0"), (["--level", "0.9"], 1, "line 2: no interval")):
        assert main(["predict", "mean.json", "data.csv", "--csv", *options]) == status
        assert said in "".join(capsys.readouterr())


def test_what_was_predicted_before_gives_way(saved, tmp_path, capsys):
    assert main(["predict", saved, "new.csv", "--csv"]) == 0
    out = capsys.readouterr().out
    (tmp_path / "new.csv").write_text(
        "".join(f"{start},{row}\n" for start, row in zip(
            ("predicted y", 7, 8, 9), ROWS.splitlines(), strict=True)), encoding="utf-8")
    assert main(["predict", saved, "new.csv", "--csv"]) == 0
    assert capsys.readouterr().out == out
