"""`python -m mathlab`, as a reader at a terminal sees it."""

import math
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mathlab.__main__ import main
from mathlab.learning.descent.optimizers import OPTIMIZERS
from mathlab.learning.inference.saved import load
from mathlab.learning.model.loss import LOSSES
from mathlab.learning.model.surface import METHODS, LossSurface

ROOT = Path(__file__).parents[1]
HUBBLE = str(ROOT / "lessons" / "data" / "hubble.csv")
O_RINGS = str(ROOT / "lessons" / "data" / "challenger.csv")


def said(capsys, *arguments):
    assert main(arguments) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_derive_shows_the_steps_the_result_and_the_methods(capsys):
    out = said(capsys, "derive", "x**2*sin(x)", "--at", "x=1.5")
    assert out.startswith("1. product rule\n")
    assert "\nd/dx = 2*x*sin(x) + x**2*cos(x)\n" in out
    assert "d/dx of x**2*sin(x) at x = 1.5" in out
    for method in ("numeric", "backward", "symbolic", "compiled"):
        (row,) = [line.split() for line in out.splitlines() if line.startswith(f"{method} ")]
        assert row[1] == "3.151643664"  # 3*sin(1.5) + 2.25*cos(1.5)


def test_derive_by_another_name(capsys):
    out = said(capsys, "derive", "x*y**2", "--by", "y", "--at", "x=3", "y=5")
    assert "d/dy = 2*x*y" in out and "30" in out


@pytest.mark.parametrize(
    ("arguments", "slope"),
    [(["-x**2"], "d/dx = -2*x"), (["-sin(x)"], "d/dx = -cos(x)"), (["--x**2"], "d/dx = 2*x"),
     (["−x²"], "d/dx = -2*x"), (["-h**2"], "d/dh = -2*h"), (["--", "-x**2"], "d/dx = -2*x"),
     (["--by", "y", "-x*y"], "d/dy = -x"), (["-x*y", "--by", "y"], "d/dy = -x"),
     (["--at", "x=1", "-x**2"], "d/dx = -2*x"), (["--at", "x=1", "--", "-x**2"], "d/dx = -2*x"),
     (["--at", "x=1", "y=2", "-x*y", "--by", "y"], "d/dy = -x"), (["-5*x"], "d/dx = -5"),
     (["--at=x=1", "-x"], "d/dx = -1"), (["--at", "x=-1", "x**2"], "d/dx = 2*x")])
def test_a_formula_may_begin_with_a_minus_and_stand_anywhere(arguments, slope, capsys):
    assert f"\n{slope}\n" in said(capsys, "derive", *arguments)


@pytest.mark.parametrize(
    ("given", "number"),
    [("x=-1", -1), ("x=1/2", 0.5), ("x=pi", math.pi), ("x = -pi/4", -math.pi / 4), ("x=e", math.e),
     ("x=sqrt(2)", math.sqrt(2)), ("x=2^-3", 0.125), ("x=−1", -1), ("x=1e-3", 1e-3),
     ("x=0x10", 16)])
def test_a_number_may_be_any_constant_formula(given, number, capsys):
    out = said(capsys, "derive", "x**2", "--at", given)
    assert f"at x = {float(number)}\n" in out
    assert float(row(out, "symbolic")[0]) == pytest.approx(2 * number, rel=1e-9)


@pytest.mark.parametrize(
    ("typed", "shown", "slope"),
    [("2x", "2*x", "2"), ("3 sin(x)", "3*sin(x)", "3*cos(x)"), ("-sin x", "-sin(x)", "-cos(x)"),
     ("t = 2x\nt t", "t = 2*x; t*t", "8*x")])
def test_it_is_shown_how_a_formula_without_signs_is_read(typed, shown, slope, capsys):
    out = said(capsys, "derive", typed)
    assert out.startswith(f"read as {shown}\n\n") and f"\nd/dx = {slope}\n" in out


def test_fit_says_what_was_dropped_what_was_found_and_how_sure_it_is(capsys):
    out = said(capsys, "fit", HUBBLE, "velocity = slope*distance + intercept", "--at",
               "distance=1", "--at", "distance=2")
    assert "24  rows read from hubble.csv" in out and "= 24  rows kept" in out
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.strip()}
    assert rows["slope"] == ["454.158", "75", "298.13", "610.19", "4.5e-06"]  # t(22) is 2.0739
    assert rows["intercept"][:2] == ["-40.7836", "83"]
    assert "residual standard deviation 232.91\ndegrees of freedom 22\n" in out
    assert "distance = 1: velocity = 413.375 (95% interval for one new row: " in out
    assert "distance = 2: velocity = 867.533" in out


@pytest.mark.parametrize(
    "arguments",
    [["--at", "distance=1/2", HUBBLE, "velocity = -a*distance"],
     [HUBBLE, "--at", "distance=1/2", "velocity=-a*distance"],
     ["--start", "a=-1", "--at", "distance=1/2", HUBBLE, "--seed", "3", "velocity = -a*distance"],
     [HUBBLE, "-velocity = a*distance", "--at", "distance=0.5", "--start", "a=-pi"],
     [HUBBLE, "velocity = -1a*distance", "--at", "distance=sqrt(1/4)"]])
def test_fit_takes_a_minus_and_numbers_that_are_formulas(arguments, capsys):
    out = said(capsys, "fit", *arguments)
    assert row(out, "a")[0] == "-423.937" and "211.969 (" in out.split("distance = 0.5: ")[1]
    assert ("read as velocity = -1*a*distance\n" in out) == ("-1a" in " ".join(arguments))


def test_a_model_is_kept_as_it_was_read(tmp_path, capsys):
    model = str(tmp_path / "line.json")
    said(capsys, "fit", HUBBLE, "velocity = 2 a*distance", "--save", model)
    assert str(load(model).model) == "velocity = 2*a*distance"
    said(capsys, "fit", HUBBLE, "velocity = 2a*distance", "--resume", model)


def test_texts_that_begin_with_a_minus(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("-data.csv").write_text("x,y\n1,2\n-9,-9\n-n/a,4\n2,4\n", encoding="utf-8")
    out = said(capsys, "fit", "-data.csv", "y = a*x", "--missing", "-9", "-n/a", "--save", "-out")
    assert "= 2  rows kept" in out and row(out, "a")[0] == "2"
    assert Path("-out", "fit.svg").is_file()


def test_fit_a_yes_or_no(capsys):
    out = said(capsys, "fit", O_RINGS, "distress = sigmoid(a*temperature + b)", "--loss", "log",
               "--at", "temperature=31")
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.strip()}
    assert rows["a"][:2] == ["-0.232163", "0.11"]
    bounds = [-0.2322 + sign * 1.96 * 0.1082 for sign in (-1, 1)]  # normal, with published numbers
    assert [float(number) for number in rows["a"][2:4]] == pytest.approx(bounds, abs=2e-4)
    assert "temperature = 31: distress = 0.999609 (95% interval for the" in out


def test_fit_a_curve_from_a_start(capsys):
    path = str(ROOT / "lessons" / "data" / "nist" / "Misra1a.csv")
    out = said(capsys, "fit", path, "y = b1*(1 - exp(-b2*x))", "--start", "b1=500", "b2=0.0001")
    assert "238.942" in out and "0.000550156" in out


def test_missing_values_and_a_left_side_that_is_a_formula(tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text("x,y,note\n1,2.7182818,a\n2,7.3890561,b\n?,9,c\n3,20.085537,\n,5,d\n",
                    encoding="utf-8")
    out = said(capsys, "fit", str(path), "log(y) = a*x + b", "--missing", "?", "--at", "x=4")
    assert "- 2  x is missing" in out and "= 3  rows kept" in out
    assert "x = 4: log(y) = 4.00000" in out and "so the median of y = 54.598" in out


def test_a_model_is_saved_and_predicts_another_file(tmp_path, capsys):
    model, new = tmp_path / "line.json", tmp_path / "new.csv"
    out = said(capsys, "fit", HUBBLE, "velocity = slope*distance + intercept", "--save", str(model))
    assert out.endswith(f"saved in\n  {model}\n") or out.endswith(f"saved in {model}\n")
    new.write_text("name,distance\na,1\nb,\nc,2\n", encoding="utf-8")
    out = said(capsys, "predict", str(model), str(new))
    assert "- 1  distance is missing  (line 3, name 'b')" in out
    rows = [line.split() for line in out.splitlines()[-3:]]
    assert rows[0] == ["distance", "predicted", "velocity"]
    assert [row[-1] for row in rows[1:]] == ["413.375", "867.533"]
    other = tmp_path / "notes.txt"
    other.write_text("precious", encoding="utf-8")
    assert main(["fit", HUBBLE, "velocity = a*distance", "--save", str(other)]) == 1
    assert "notes.txt is a file, and no folder" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "precious"


def row(out, name):
    """The numbers of a parameter in the report."""
    (found,) = [line.split()[1:] for line in out.splitlines() if line.startswith(f"{name} ")]
    return found


LINE = "velocity = slope*distance + intercept"


def test_fit_says_the_formula_how_good_it_is_and_how_it_came_there(capsys):
    out = said(capsys, "fit", HUBBLE, LINE, "--details")
    assert "correlation of distance with velocity: 0.790" in out
    assert "\nvelocity = 454.158*distance - 40.7836\n" in out
    assert "R squared 0.6235" in out  # the square of 0.790 before it was rounded
    assert "The way down:" in out and "step" in out
    # -2 log-likelihood = n*(log(2*pi*RSS/n) + 1), and three parameters with the spread
    n, squares = 24, 232.91**2 * 22
    likelihood = -n / 2 * (math.log(2 * math.pi * squares / n) + 1)
    assert f"log-likelihood {likelihood:.2f}" in out
    assert f"AIC {6 - 2 * likelihood:.2f}" in out


RATES = {"descent": "0.05", "momentum": "0.05", "nesterov": "0.05", "adam": "20"}
WITHOUT_RATE = ["backtracking", "bfgs", "levenberg-marquardt", "newton"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_fit_by_every_optimizer_that_is_registered(optimizer, capsys):
    rate = ["--learning-rate", "0.05"] if hasattr(OPTIMIZERS[optimizer], "learning_rate") else []
    out = said(capsys, "fit", HUBBLE, LINE, "--optimizer", optimizer, *rate, "--standardize")
    first, last = re.search(r"loss (\S+) to (\S+)", out).groups()
    assert float(last) <= float(first)


@pytest.mark.parametrize("optimizer", [*RATES, *WITHOUT_RATE])
def test_fit_by_any_optimizer(optimizer, capsys):
    rate = ["--learning-rate", RATES[optimizer]] if optimizer in RATES else []
    out = said(capsys, "fit", HUBBLE, LINE, "--optimizer", optimizer, "--standardize",
               "--steps", "3000", *rate)
    assert float(row(out, "slope")[0]) == pytest.approx(454.158, rel=1e-4)
    assert row(out, "slope")[1] == "75"


@pytest.mark.parametrize("method", METHODS)
def test_fit_by_any_method(method, capsys):
    out = said(capsys, "fit", HUBBLE, LINE, "--method", method)
    assert row(out, "slope")[0] == "454.158"


def test_fit_in_mini_batches_from_a_seed(capsys):
    once, again, other = (said(capsys, "fit", HUBBLE, LINE, "--batch", "6", "--learning-rate", "5",
                               "--standardize", "--steps", "40", "--seed", seed)
                          for seed in "112")
    assert once == again != other


def test_fit_on_a_share_of_the_rows(capsys):
    out = said(capsys, "fit", HUBBLE, LINE, "--train-share", "0.75", "--seed", "3")
    found = re.findall(r"typical error on the (\d+) rows (?:trained on|held back): (\S+)", out)
    errors = dict(found)
    assert list(errors) == ["18", "6"]
    assert "degrees of freedom 16" in out
    # the root of the mean square is a little less than the residual standard deviation
    spread = float(re.findall(r"residual standard deviation (\S+)", out)[0])
    assert float(errors["18"]) == pytest.approx(spread * math.sqrt(16 / 18), rel=1e-3)
    assert out != said(capsys, "fit", HUBBLE, LINE, "--train-share", "0.75", "--seed", "4")


def test_fit_with_weights_and_a_ridge(tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text("x,y,w\n1,2,1\n2,4,1\n3,7,0\n4,8,2\n", encoding="utf-8")
    out = said(capsys, "fit", str(path), "y = a*x", "--weights", "w")
    assert row(out, "a")[0] == "2"  # the row that is off does not count
    out = said(capsys, "fit", str(path), "y = a*x", "--weights", "w", "--ridge", "2.5")
    # sum(w*x*y) / (sum(w*x*x) + 2.5*sum(w)) = 74/(37 + 10)
    assert row(out, "a")[0] == f"{74 / 47:.6g}"
    assert "no standard errors: a ridge pulls" in out


def test_a_walk_is_resumed(tmp_path, capsys):
    model = str(tmp_path / "line.json")
    descent = ["--optimizer", "descent", "--learning-rate", "0.1", "--standardize", "--save", model]
    out = said(capsys, "fit", HUBBLE, LINE, *descent, "--steps", "5")
    assert row(out, "slope")[0] != "454.158"
    out = said(capsys, "fit", HUBBLE, LINE, *descent, "--steps", "200", "--resume", model)
    assert row(out, "slope")[0] == "454.158"
    saved = load(model).parameters
    out = said(capsys, "fit", HUBBLE, LINE, *descent[:4], "--steps", "0", "--resume", model,
               "--start", "slope=100")
    assert row(out, "slope")[0] == "100"  # what is said of the start comes first
    assert float(row(out, "intercept")[0]) == pytest.approx(saved["intercept"], rel=1e-5)
    assert main(["fit", HUBBLE, "velocity = a*distance", "--resume", model]) == 1
    assert "has another model: velocity = slope" in capsys.readouterr().err


def test_ctrl_c_keeps_and_says_the_best_so_far(tmp_path, capsys, monkeypatch):
    look, looks = LossSurface.look, []

    def tired(surface, position):
        looks.append(position)
        if len(looks) == 9:
            raise KeyboardInterrupt
        return look(surface, position)

    monkeypatch.setattr(LossSurface, "look", tired)
    path = tmp_path / "line.json"
    assert main(["fit", HUBBLE, LINE, "--optimizer", "descent", "--save", str(path)]) == 130
    out = " ".join(capsys.readouterr().out.split())
    assert "Interrupted after 6 steps; this is the best so far." in out
    assert f"saved in {path}" in out
    assert load(path).parameters["slope"] > 100


def test_a_walk_that_found_no_bottom_says_so(capsys):
    out = said(capsys, "fit", HUBBLE, "velocity = a*exp(-(distance - b)**2)",
               "--start", "a=100", "b=-30", "--optimizer", "bfgs")
    assert "No lowest point was found" in out


def test_the_pictures_of_a_fit(tmp_path, capsys):
    folder, model = tmp_path / "pictures", tmp_path / "line.json"
    out = said(capsys, "fit", HUBBLE, LINE, "--train-share", "0.75", "--save", str(folder),
               "--save", str(model))
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["fit.svg", "history.svg", "residuals.svg", "surface.svg"]
    whole = " ".join(out.split())
    for path in (model, *(folder / name for name in names)):
        assert f"saved in {path}" in whole
    root = ElementTree.parse(folder / "fit.svg").getroot()
    told = next(e.text for e in root.iter() if e.tag.endswith("desc"))
    for part in ("band 95% of new rows", "18 points data: ", "6 points held back: ", "curve vel"):
        assert part in told
    (folder / "fit.svg").write_text("precious", encoding="utf-8")
    assert main(["fit", HUBBLE, LINE, "--save", str(folder)]) == 1
    assert "fit.svg was not made by mathlab" in capsys.readouterr().err
    assert (folder / "fit.svg").read_text(encoding="utf-8") == "precious"


def test_pictures_of_a_plane(tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text("x,z,y\n1,2,3\n2,1,4\n3,5,1\n4,4,2\n5,1,7\n", encoding="utf-8")
    said(capsys, "fit", str(path), "y = a*x + b*z + c", "--save", str(tmp_path / "p"))
    names = sorted(path.name for path in (tmp_path / "p").iterdir())
    assert names == ["history.svg", "map.svg", "residuals.svg"]
    path.write_text("x,z,y\n1,2,0\n2,1,1\n3,5,0\n4,4,1\n5,1,0\n3,2,1\n", encoding="utf-8")
    said(capsys, "fit", str(path), "y = sigmoid(a*x + b*z + c)", "--loss", "log",
         "--save", str(tmp_path / "p"))
    told = (tmp_path / "p" / "map.svg").read_text(encoding="utf-8")
    assert "3 points yes: from " in told and "3 points no: " in told


def test_it_is_known_before_the_work_that_a_file_cannot_be_saved(tmp_path, capsys):
    for path, message in ((tmp_path / "no" / "line.json", "there is no folder"),
                          (HUBBLE, "is a file, and no folder")):
        assert main(["fit", HUBBLE, LINE, "--save", str(path)]) == 1
        captured = capsys.readouterr()
        assert message in captured.err and captured.out == ""


WORKS_NOT = [
    (["predict", "no.json", HUBBLE], "no.json cannot be read"),
    (["predict", HUBBLE, HUBBLE], "hubble.csv is not a saved model"),
    (["derive", "log(x)", "--at", "x=-1"], "log(-1.0) is not defined"),
    (["fit", "no.csv", "y = a*x"], "there is no file no.csv"),
    (["fit", str(ROOT), "y = a*x"], "is a folder"),
    (["fit", HUBBLE, "speed = a*distance"], "no column 'speed'"),
    (["fit", HUBBLE, "velocity = a*distance", "--start", "b=1"], "no parameter 'b'"),
    (["fit", HUBBLE, "velocity = a*distance + b*distance"], "the data cannot tell b from"),
    (["fit", HUBBLE, LINE, "--train-share", "2"], "the share must be between 0 and 1, not 2.0"),
    (["fit", HUBBLE, LINE, "--weights", "w"], "no column 'w'"),
    (["fit", HUBBLE, LINE, "--weights", "velocity"], "the weight -130 is below 0"),
    (["fit", HUBBLE, LINE, "--learning-rate", "1"], "the learning rate 1 is too large"),
    (["fit", HUBBLE, LINE, "--loss", "log"], "the log loss takes 1 for a yes, 0 for a no"),
    (["fit", HUBBLE, LINE, "--resume", "no.json"], "no.json cannot be read"),
]
CANNOT_BE_MEANT = [
    (["derive", "x**"], "cannot read"),
    (["derive", "3"], "3 has no unknown to differentiate by"),
    (["derive", "x*y", "--by", "z"], "there is no z in x*y; it has x, y"),
    (["derive", "x**2", "--at", "x=a"], "x: 'a' is not a number"),
    (["derive", "x**2", "--at", "x"], "each name once, as in x=1.5, not 'x'"),
    (["derive", "x**2", "--at", "x=nan"], "x: 'nan' is not a finite number"),
    (["derive", "x**2", "--at", "x=1", "x=2"], "each name once, as in x=1.5, not 'x=2'"),
    (["derive", "x**2", "--at", "=1"], "each name once, as in x=1.5, not '=1'"),
    (["derive", "pi*x", "--by", "pi"], "there is no pi in pi*x; it has x"),
    (["derive", "__import__('os').system('true')"], "cannot read"),
    (["fit", HUBBLE, "velocity"], "is not a model"),
    (["fit", HUBBLE, "velocity = a*dist + b"], "its columns are distance, velocity"),
    (["fit", HUBBLE, "velocity = a*distance", "--at", "x=1"], "there is no feature 'x'"),
    (["fit", HUBBLE, LINE, "--at", "distance=1", "slope=2"], "there is no feature 'slope'"),
    (["fit", HUBBLE, LINE, "--ridge", "-1"], "a ridge must be at least 0"),
    (["fit", HUBBLE, LINE, "--batch", "0"], "a mini-batch has 1, 2, 3"),
    (["fit", HUBBLE, LINE, "--batch", "5", "--optimizer", "bfgs"], "BFGS needs all rows"),
    (["fit", HUBBLE, LINE, "--optimizer", "newton", "--learning-rate", "1"],
     "newton has no learning rate"),
    (["fit", HUBBLE, LINE, "--learning-rate", "-1"], "the learning rate must be above 0"),
    (["fit", HUBBLE, LINE, "--steps", "-1"], "the number of steps must be 0, 1, 2"),
    (["fit", HUBBLE, "velocity = a*exp(b*distance)", "--standardize"], "standard units of"),
    (["fit", HUBBLE, "velocity = a*exp(b*distance)", "--method", "collapsed"],
     "only a loss that is a polynomial"),
    (["derive", ""], "there is no formula in this text"),
    (["derive", "-"], "missing after -"),
    (["derive", "-5"], "-5 has no unknown to differentiate by"),
    (["derive", "3\n"], "3 has no unknown to differentiate by"),
    (["derive", "'x**2'"], "a formula has no text in quotes"),
    (["derive", "(" * 2000], "this ( is never closed"),
    (["derive", "x\0"], r"\x00 means nothing"),
    (["derive", "1e308*10*x"], "too large"),
    (["derive", "1/2x"], "write 1/2*x or 1/(2*x)"),
    (["derive", "x", "--by", "-x"], "there is no -x in x; it has x"),
    (["derive", "x", "--at", ""], "each name once, as in x=1.5, not ''"),
    (["derive", "x", "--at", "x="], "each name once, as in x=1.5, not 'x='"),
    (["derive", "x", "--at", "="], "each name once, as in x=1.5, not '='"),
    (["derive", "x", "--at", "x=1/0"], "x: cannot read 1»/«0: 1 / 0 is not defined"),
    (["derive", "x", "--at", "x=inf"], "x: 'inf' is not a finite number"),
    (["derive", "x", "--at", "x=10**400"], "x: '10**400' is not a finite number"),
    (["derive", "x", "--at", "x=1j"], "x: '1j' is not a number"),
    (["derive", "x", "--at", "x=1", "y=b"], "y: 'b' is not a number"),
    (["derive", "x", "--at", "x=2*y"], "x: '2*y' is not a number"),
    (["derive", "x", "--at", "x='1'"], "a formula has no text in quotes"),
    (["derive", "x", "--at", "x=2 3"], "no sign stands between two numbers"),
    (["derive", "x", "--at", "x=1,5"], "decimals have a point"),
    (["derive", "x", "--at", "x==1"], "a formula has no ="),
    (["derive", "x", "--at", "x=__import__('os')"], "x: cannot read"),
    (["derive", "x", "--at", "pi=3"], "there is no pi in x; it has x"),
    (["derive", "x*y", "--at", "x=1"], "--at needs a number for each unknown: add y=NUMBER"),
    (["derive", "x*y", "--at", "x=1", "z=2"], "there is no z in x*y; it has x, y"),
    (["fit", HUBBLE, ""], "'' is not a model"),
    (["fit", HUBBLE, "y = = x"], "'y = = x' is not a model"),
    (["fit", HUBBLE, "velocity = 1/2distance"], "write 1/2*distance or 1/(2*distance)"),
    (["fit", HUBBLE, LINE, "--at", ""], "each name once"),
    (["fit", HUBBLE, LINE, "--start", "slope=1/0"], "slope: cannot read"),
]


@pytest.mark.parametrize(
    ("status", "arguments", "message"),
    [*((1, *each) for each in WORKS_NOT), *((2, *each) for each in CANNOT_BE_MEANT)])
def test_mistakes_are_told_in_one_line(status, arguments, message, capsys):
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert captured.err.startswith("error: ") and message in captured.err
    assert captured.err.count("\n") == 1 and len(captured.err) < 250
    if arguments[0] == "derive" and status == 2:
        assert captured.out == "", "refused before anything is shown"


@pytest.mark.parametrize(
    "arguments",
    [[], ["nothing"], [""], ["-"], ["--"], ["-x**2"], ["derive"], ["derive", "--"],
     ["derive", "--x"], ["derive", "--at"], ["derive", "x", "--at"], ["derive", "x", "y"],
     ["derive", "x", "--by"], ["derive", "x", "—at", "x=1"],
     ["derive", "--at", "-x**2"], ["predict", "--"], ["fit", HUBBLE], ["fit", "--at", "x=1", "a"],
     ["fit", "a", "b", "--start"], ["fit", "a", "b", "--loss", "x"],
     ["fit", "a", "b", "--loss", "-x"], ["fit", "a", "b", "--steps", "-x"],
     ["fit", "a", "b", "--steps", "1.5"]])
def test_commands_that_are_none(arguments, capsys):
    with pytest.raises(SystemExit) as refusal:
        main(arguments)
    assert refusal.value.code == 2
    said = capsys.readouterr().err
    assert re.fullmatch(r"error: .+; see python -m mathlab( \w+)? --help\n", said)


@pytest.mark.parametrize(("options", "message"), [
    (["--loss", "mse"], "--loss: invalid choice: 'mse' (choose from "),
    (["--steps", "1.5"], "--steps: not a whole number: '1.5'"),
    (["--level", "high"], "--level: not a number: 'high'"),
])
def test_an_option_that_cannot_be_meant_is_named_with_what_may_be(options, message, capsys):
    with pytest.raises(SystemExit):
        main(["fit", HUBBLE, LINE, *options])
    said = capsys.readouterr().err
    assert f"error: {message}" in said and said.count("\n") == 1
    assert options != ["--loss", "mse"] or all(loss in said for loss in LOSSES)


@pytest.mark.parametrize("text", ["x,y\n", "x,y\n1,2\n", "x,y\n?,2\n1,?\n"])
def test_files_without_rows_to_train_on(text, tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["fit", str(path), "y = a*x + b", "--missing", "?"]) == 1
    assert re.search("has [01] rows to train on; collect more", capsys.readouterr().err)


def test_whoever_closed_the_output_is_not_told(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["derive", "x**2"]) == 0


@pytest.mark.parametrize("columns", ["1", "40", "80"])
def test_any_terminal_can_show_it(columns, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("größe,y\n1,2\n2,4.5\n3,6\n4,8\n", encoding="utf-8")
    environment = {**os.environ, "COLUMNS": columns, "PYTHONIOENCODING": "cp1252"}
    for arguments in (["derive", "sin(x)*α", "--at", "x=1", "α=2"],
                      ["fit", str(path), "y = a*größe + b", "--at", "größe=2"]):
        told = subprocess.run([sys.executable, "-m", "mathlab", *arguments], cwd=ROOT,
                              env=environment, capture_output=True)
        assert told.returncode == 0 and told.stderr == b"", told.stderr
        if arguments[0] == "fit":
            lines = told.stdout.decode("cp1252").splitlines()
            assert max(map(len, lines)) <= max(40, int(columns))
