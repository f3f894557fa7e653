"""What `python -m mathlab fit` and `predict` tell: the right things first, on one screen."""

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mathlab.__main__ import main
from mathlab.calculus.text.parse import parse
from mathlab.command import pictures
from mathlab.command.report import digits, error_text, p_text, text_of
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from mathlab.learning.model.loss import LOSSES
from tests.learning import classics

ROOT = Path(__file__).parents[2]
O_RINGS = str(ROOT / "lessons" / "data" / "challenger.csv")
AS_FOUND = ROOT / "tests" / "learning" / "as_found"
HUBBLE = str(ROOT / "lessons" / "data" / "hubble.csv")


@pytest.fixture
def cars(tmp_path):
    return written(classics.table(classics.CARS), tmp_path / "cars.csv")


@pytest.fixture
def puromycin(tmp_path):
    return written(classics.table(classics.PUROMYCIN), tmp_path / "puromycin.csv")


@pytest.fixture
def mtcars(tmp_path):
    return written(classics.table(classics.MTCARS), tmp_path / "mtcars.csv")


def written(table, path):
    rows = [",".join(table.names)]
    rows += [",".join(str(value) for value in row.values()) for row in table.rows()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def said(capsys, *arguments):
    assert main(arguments) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def words(text):
    return " ".join(text.split())


def row(out, name):
    (found,) = [line.split()[1:] for line in out.splitlines()
                if re.match(rf"{name} +[-\d]", line)]
    return found


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [(454.158440, 75.2, "454.158"), (2003570000.25, 0.05, "2003570000.250"), (1.5, None, "1.5"),
     (1111111.25, 0.5, "1111111.25"), (0.0, 1.0, "0"), (1e-20, 1e-25, "1e-20"),
     (123456789.0, 1000.0, "123456789"), (1 / 3, 1e-30, "0.33333333333333331")])
def test_digits_by_the_standard_error(value, error, text):
    assert float(text_of(value, error)) == pytest.approx(float(text), rel=1e-6)
    assert abs(float(text_of(value, error)) - value) <= max(1e-6 * abs(value) * (not error),
                                                            (error or 0) / 10)
    assert 6 <= digits(value, error) <= 17


def test_errors_in_two_digits():
    assert [*map(error_text, (75.24, 0.7998, 0.1, 7.96, 123.0, 3e7, 4.04e-6))] == [
        "75", "0.80", "0.10", "8.0", "120", "3.0e+07", "4.0e-06"]


def test_one_screen(cars, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = said(capsys, "fit", cars, "dist = a*speed + b*speed**2 + c", "--at", "speed=21")
    assert len(out.splitlines()) <= 24 and max(map(len, out.splitlines())) <= 80
    more = said(capsys, "fit", cars, "dist = a*speed + b", "--details")
    assert "correlation of speed with dist: 0.807" in more
    assert "How the errors of the parameters go together" in more and "-0.947" in more


@pytest.mark.parametrize("shift", [0.0, 1e3, 1e6, 1e9])
def test_a_printed_formula_predicts_what_the_fit_does(shift, tmp_path, capsys):
    xs = [shift + i for i in range(20)]
    ys = [2.0 * i + math.sin(i) for i in range(20)]
    path = written(Table({"x": xs, "y": ys}), tmp_path / "data.csv")
    out = said(capsys, "fit", path, "y = a*x + b", "--save", str(tmp_path / "line.json"))
    (line,) = [line for line in out.splitlines() if line.startswith("y = ")]
    typed = parse(line.removeprefix("y = "))
    saved = json.loads((tmp_path / "line.json").read_text("utf-8"))["parameters"]
    for x in xs:
        assert float(typed.at(x=x)) == pytest.approx(
            saved["a"] * x + saved["b"], abs=1e-4, rel=1e-5)


def test_what_r_prints_for_cars(cars, capsys):
    out = said(capsys, "fit", cars, "dist = a*speed + b", "--at", "speed=10", "--level", "0.9")
    assert row(out, "a")[:2] == ["3.93241", "0.42"] and row(out, "a")[4] == "1.5e-12"
    assert row(out, "b")[:2] == ["-17.5791", "6.8"] and row(out, "b")[4] == "0.012"
    assert "90% from" in out
    assert "R squared 0.6511\nadjusted R squared 0.6438\n" in out
    assert ("speed = 10: dist = 21.745 (90% interval for one new row: -4.57711 to 48.0671; for the "
            "mean: 16.5038 to 26.9862)") in words(out)


def test_against_what_r_squared_is(cars, capsys):
    assert "R squared 0.8963 (against 0 and not the mean" in said(
        capsys, "fit", cars, "dist = a*speed")
    out = said(capsys, "fit", cars, "dist = a*(speed - s0)", "--start", "a=4", "s0=4")
    assert "R squared 0.6511\n" in out


def test_worse_than_the_mean_is_said_first_and_has_no_error_bars(tmp_path, capsys):
    path = written(Table({"x": [0.0, 4.0, 0.0, 2.0], "y": [100.0, -7.9, 0.0, 8.0]}),
                   tmp_path / "data.csv")
    out = said(capsys, "fit", path, "y = exp(a*x)", "--start", "a=-1", "--optimizer", "descent",
               "--steps", "0")
    lines = [line for line in out.splitlines() if line.strip()]
    assert lines[2].startswith("No lowest point was found")
    assert "worse than predicting the mean" in words(out)
    assert out.index("worse than") < out.index("y = exp(")
    assert "no error bars" in out and "95%" not in out


@pytest.mark.parametrize("text", ["y = a*x**p", "y = a*x**p + b", "y = a*log(x + 1)**p"])
@pytest.mark.parametrize("steps", ["2", "1000"])
def test_an_error_behind_the_report_does_not_hide_it(text, steps, tmp_path, capsys):
    path = written(Table({"x": [0.0, 4.0, 0.0, 2.0], "y": [100.0, -7.9, 0.0, 8.0]}),
                   tmp_path / "data.csv")
    status = main(["fit", path, text, "--steps", steps, "--at", "x=0", "--save",
                   str(tmp_path / "pictures")])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err and status in (0, 1)
    if status == 0:
        assert "parameter" in captured.out and "x = 0: y = " in captured.out


def test_a_prediction_where_x_is_0(cars, tmp_path, capsys):
    out = said(capsys, "fit", cars, "dist = a*speed**b", "--start", "a=0.6", "b=1.5", "--at",
               "speed=0", "--save", str(tmp_path / "pictures"))
    assert "speed = 0: dist = 0 (95% interval for one new row: -30.2835 to 30.2835" in words(out)
    assert (tmp_path / "pictures" / "fit.svg").is_file()
    assert (tmp_path / "pictures" / "residuals.svg").is_file()


def test_the_way_back_is_told(cars, capsys):
    out = words(said(capsys, "fit", cars, "log(dist) = a*log(speed) + b", "--at", "speed=10"))
    assert "so the median of dist = 19.29" in out and "for the median: 16.5576 to 22.4907" in out


def test_error_propagation(puromycin, capsys):
    out = words(said(capsys, "fit", puromycin, "rate = Vm*conc/(K + conc)", "--start", "Vm=200",
                     "K=0.05", "--derive-from", "Vm/K", "--derive-from", "Vm/Q"))
    sure = Uncertainty(Trainer("rate = Vm*conc/(K + conc)").fit(
        classics.table(classics.PUROMYCIN), {"Vm": 200, "K": 0.05}))
    expected = sure.derived("Vm/K")
    assert f"Vm/K = {expected.value:.6g}, standard error {expected.error:.3g} (95% interval:" in out
    assert "by sqrt(J C J') with J = (1/K, -Vm/K**2), the slopes by Vm, K, and C their" in out
    assert "Vm/Q: Q in Vm/Q is not a parameter; there are Vm, K" in out


@pytest.mark.parametrize("sigma", ["10", "s"])
def test_known_standard_deviations(sigma, tmp_path, capsys):
    table = classics.table(classics.CARS)
    path = written(table.with_column("s", [10.0] * len(table)), tmp_path / "cars.csv")
    out = said(capsys, "fit", path, "dist = a*speed + b", "--sigma", sigma)
    ratio = 10 / 15.379587  # R's residual standard error of this line
    assert float(row(out, "a")[1]) == pytest.approx(0.4155 * ratio, abs=0.005)
    assert "chi squared 113.54\ndegrees of freedom 48\n" in out  # 48 * 15.38**2 / 10**2
    out = words(said(capsys, "fit", path, "dist = a*speed + b", "--sigma", "10", "--at",
                     "speed=10"))
    reach = 1.959964 * 10 * math.hypot(1, 3.124921 / 15.379587)  # R: predict.lm, its se.fit
    assert f"for one new row of standard deviation 10: {21.744993 - reach:.4f}"[:-1] in out
    for wrong, message in (("0", "must be above 0, not 0"), ("dist2", "no column 'dist2'")):
        assert main(["fit", path, "dist = a*speed + b", "--sigma", wrong]) in (1, 2)
        assert message in capsys.readouterr().err


def test_models_side_by_side(mtcars, capsys):
    out = said(capsys, "fit", mtcars, "mpg = a*wt + b", "--against", "mpg = a*wt + b*hp + c",
               "--against", "mpg = a*hp + b", "--nested")
    lines = [line.split() for line in out.splitlines()]
    start = next(i for i, line in enumerate(lines) if line[:2] == ["model", "AIC"])
    # AIC(lm(...)) in R
    aics = [next(x for x in line if re.fullmatch(r"1\d\d\.\d\d", x))
            for line in lines[start + 1:start + 4]]
    assert aics == ["156.65", "166.03", "181.24"]
    assert "likelihood ratio of mpg = a*wt + b and mpg = a*wt + b*hp + c: 11.38, degrees of " \
           "freedom 1, p-value 0.000" in words(out)


@pytest.mark.parametrize("columns", ["50", "80", "120"])
def test_models_are_told_apart_and_no_column_is_lost(columns, mtcars, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    out = said(capsys, "fit", mtcars, "mpg = a*wt + b", "--against", "mpg = a*wt + b*hp + c")
    assert max(map(len, out.splitlines())) < int(columns)
    assert "model 1: mpg = a*wt + b model 2: mpg = a*wt + b*hp + c" in words(out)
    assert "not shown" not in out and "..." not in out
    for once in ("standard error", "p-value", "95% from"):
        assert columns == "50" or once in out
    table = out[out.index("model 2:"):]
    aics = {line.split()[0]: line.split()[1] for line in table.splitlines()
            if re.match(r" +[12] +1\d\d\.\d\d", line)}
    assert aics == {"1": "166.03", "2": "156.65"}  # AIC(lm(...)) in R
    for head in ("lowest", "chance", "estimated", "squared", "log-likelihood"):
        assert head in table
    assert "chance: how probable" in table and "estimated: how many numbers" in words(table)
    assert "less than about 2 above the lowest decides hardly anything" in words(table)


def test_a_model_that_cannot_be_fitted_leaves_the_others_to_be_compared(mtcars, capsys):
    out = said(capsys, "fit", mtcars, "mpg = a*wt + b", "--against", "mpg = a*wt + b*wt + c",
               "--against", "mpg = a*hp + b")
    assert "model 2: mpg = a*hp + b" in out and "cannot be compared" not in out


@pytest.mark.parametrize(("model", "options", "noted"), [
    ("distress = sigmoid(a*temperature + b)", [], True),
    ("distress = 1/(1 + exp(-a*temperature - b))", [], True),
    ("distress = sigmoid(a*temperature + b)", ["--loss", "log"], False),
    ("distress = a*temperature + b", [], False),
    ("temperature = 100*sigmoid(a*distress + b)", [], False),
])
def test_a_chance_that_is_fitted_by_squares_is_noticed(model, options, noted, capsys):
    out = words(said(capsys, "fit", O_RINGS, model, *options))
    assert ("--loss log is made for that. This is a fit by the squared loss." in out) == noted
    if noted:
        assert out.index("--loss log") < out.index("parameter value")


def test_the_advice_on_the_loss_leads_to_what_r_prints(capsys):
    """summary(glm(distress ~ temperature, binomial)): -0.2322, 0.1082, p = 0.0320."""
    out = said(capsys, "fit", O_RINGS, "distress = sigmoid(a*temperature + b)", "--loss", "log")
    assert row(out, "a")[:2] == ["-0.232163", "0.11"] and row(out, "a")[4] == "0.032"


@pytest.mark.parametrize("loss", LOSSES)
def test_the_report_names_its_loss(loss, capsys):
    out = said(capsys, "fit", O_RINGS, "distress = sigmoid(a*temperature + b)", "--loss", loss)
    assert f" {loss} loss " in words(out[out.index("The way down"):])


def test_each_short_walk_is_counted_once(puromycin, capsys):
    model = "rate = Vm*conc/(K + conc)"
    out = words(said(capsys, "fit", puromycin, model))
    told = re.search(r"(\d+) short walks looked for its start: (\w+) came within 1% of this lowest "
                     r"loss, (\w+) ended higher", out)
    walks, came, higher = (0 if text == "none" else int(text) for text in told.groups())
    trainer = Trainer(model).fit(classics.table(classics.PUROMYCIN))
    losses = [walk.loss for walk in trainer.walks]
    assert (walks, came) == (len(losses), sum(x <= 1.01 * trainer.best.loss for x in losses))
    assert came + higher == walks and came > 0
    out = words(said(capsys, "fit", puromycin, model, "--loss", "absolute"))
    assert out.strip().endswith("8 short walks looked for its start")  # for the squared loss


@pytest.mark.parametrize(("speed", "outside"), [("3.9", True), ("4", False), ("25", False),
                                                ("25.1", True)])
def test_a_prediction_outside_of_the_data_is_noted(speed, outside, cars, capsys):
    out = words(said(capsys, "fit", cars, "dist = a*speed + b", "--at", f"speed={speed}"))
    note = f"speed {speed} is outside of the data, which go from 4 to 25"
    assert (note in out) == ("outside" in out) == outside


def test_a_p_value_is_never_0(capsys):
    movies = str(ROOT / "lessons" / "data" / "movies.csv")
    out = said(capsys, "fit", movies, "revenue = a*budget + b")
    assert row(out, "a")[4] == "<1e-300"
    assert (p_text(0.0), p_text(5e-324), p_text(1.0)) == ("<1e-300", "4.9e-324", "1")


def test_the_advice_on_a_logarithm_of_0_works(capsys):
    movies = str(ROOT / "lessons" / "data" / "movies.csv")
    fit = ["fit", movies, "log(revenue) = a*log(budget) + b"]
    assert main(fit) == 1
    refused = capsys.readouterr().err
    advice = re.search(r"if 0 stands for unknown, pass (--missing \S+); else", refused)
    assert "revenue is missing" in said(capsys, *fit, *advice[1].split())
    assert main(["fit", HUBBLE, "log(velocity) = a*distance"]) == 1
    assert "leave such rows out of the file" in capsys.readouterr().err  # a -130 is not unknown


def test_the_accuracy_of_yes_and_no_on_rows_held_back(capsys):
    out = said(capsys, "fit", O_RINGS, "distress = sigmoid(a*temperature + b)", "--loss", "log",
               "--train-share", "0.8")
    assert re.search(r"right on \d+ of the 18 rows trained on \(\d+\.\d%\)", out)
    assert re.search(r"right on \d+ of the 5 rows held back \(\d+\.\d%\)", out)


def test_a_ridge_spares_the_intercept(cars, capsys):
    out = said(capsys, "fit", cars, "dist = a*speed + b", "--ridge", "1e9")
    mean = sum(classics.table(classics.CARS)["dist"]) / 50
    assert float(row(out, "b")[0]) == pytest.approx(mean, rel=1e-5)
    assert float(row(out, "a")[0]) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("language", ["python", "javascript", "excel"])
def test_the_formula_is_exported(language, cars, capsys):
    out = said(capsys, "fit", cars, "dist = a*speed + b", "--export", language)
    assert {"python": "def predict(speed):", "javascript": "function predict(speed) {",
            "excel": "=3.93240875912409*A2"}[language] in out


def test_an_exported_function_runs(cars, capsys):
    out = said(capsys, "fit", cars, "log(dist) = a*log(speed) + b", "--export", "python")
    known = {}
    exec(out[out.index("import math"):], known)
    assert known["predict"](10.0) == pytest.approx(19.2974, abs=1e-3)


def test_all_digits(cars, capsys):
    out = said(capsys, "fit", cars, "dist = a*speed + b", "--digits", "all")
    assert "a = 3.932408759124087591240875912, standard error 0.41551277665" in words(out)


PLANE = {f"x{i}": [float((i * j * j + j) % 7) for j in range(20)] for i in range(1, 14)}


@pytest.fixture
def wide(tmp_path, capsys):
    """A saved model of 13 features, and a file for it."""
    ys = [sum(column[j] for column in PLANE.values()) + 0.1 * (j % 3) for j in range(20)]
    table = Table({"name": [f"n{j}" for j in range(20)], **PLANE, "y": ys})
    path, model = written(table, tmp_path / "wide.csv"), str(tmp_path / "plane.json")
    features = ("x1", "x2", "x3")
    text = " + ".join(f"a{i}*{name}" for i, name in enumerate(features))
    said(capsys, "fit", path, f"y = {text} + b + 0*({'+'.join(PLANE)})", "--save", model)
    return model, path


@pytest.mark.parametrize("columns", [20, 50, 80, 120])
@pytest.mark.parametrize("options", [[], ["--level", "0.9"], ["--of-mean"]])
@pytest.mark.parametrize("model", ["mpg = a*wt + b", "log(mpg) = a*wt + b"])
def test_each_row_of_a_prediction_can_be_told(columns, options, model, mtcars, tmp_path, capsys,
                                              monkeypatch):
    path = str(tmp_path / "line.json")
    said(capsys, "fit", mtcars, model, "--save", path)
    monkeypatch.setenv("COLUMNS", str(columns))
    out = said(capsys, "predict", path, mtcars, *options)
    table = out[out.index("rows kept"):]
    assert "not shown" not in out
    for part in table.split("\n\n")[1:]:
        heads = next(line for line in part.splitlines() if "wt" in line)
        assert heads.split()[0] == "wt" and len(heads) <= max(columns, 20)
    level = {"--level": "90%", "--of-mean": "95%"}.get(*options[:1] or [""])
    assert level is None or level in table
    assert columns < 80 or table.count("\n\n") == 1


def test_the_prediction_is_always_shown(wide, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    out = said(capsys, "predict", *wide)
    assert "predicted y" in out and "not shown: x" in out
    assert "not shown: predicted" not in out and "predicted y" not in out.splitlines()[-1]
    monkeypatch.setenv("COLUMNS", "20")
    assert re.search("predicted\n.* y", said(capsys, "predict", *wide, "--level", "0.9"))


def test_predictions_as_a_csv_file_with_intervals(cars, tmp_path, capsys):
    model = str(tmp_path / "line.json")
    said(capsys, "fit", cars, "dist = a*speed + b", "--save", model)
    new = tmp_path / "new.csv"
    new.write_text('id,speed\n"a, b",10\nc,\nd,21\n', encoding="utf-8")
    told = subprocess.run([sys.executable, "-m", "mathlab", "predict", model, str(new), "--level",
                           "0.95"], cwd=ROOT, capture_output=True, text=True)  # into a pipe
    assert told.stderr == ""
    lines = told.stdout.splitlines()
    assert lines[0] == "id,speed,predicted dist,predicted dist low,predicted dist high"
    assert lines[2] == "c,,,," and lines[1].startswith('"a, b",10,')
    numbers = [float(x) for x in lines[1].split(",")[-3:]]
    assert numbers == pytest.approx([21.74499, -9.809601, 53.29959], abs=5e-5)  # R's predict.lm
    out = said(capsys, "predict", model, str(new), "--of-mean", "--csv")
    assert [float(x) for x in out.splitlines()[1].split(",")[-2:]] == pytest.approx(
        [15.46192, 28.02807], abs=5e-5)
    assert main(["predict", model, str(new), "--level", "2"]) == 1
    assert "the level is a share between 0 and 1" in capsys.readouterr().err


def test_a_model_without_error_bars_has_no_interval(cars, tmp_path, capsys):
    model = str(tmp_path / "line.json")
    said(capsys, "fit", cars, "dist = a*speed + b", "--ridge", "1", "--save", model)
    assert main(["predict", model, cars, "--level", "0.9"]) == 1
    assert "saved without error bars" in capsys.readouterr().err


def test_predictions_of_a_logarithm_come_with_the_way_back(cars, tmp_path, capsys):
    model = str(tmp_path / "power.json")
    said(capsys, "fit", cars, "log(dist) = a*log(speed) + b", "--save", model)
    out = said(capsys, "predict", model, cars, "--level", "0.95", "--of-mean", "--csv")
    head, *rows = [line.split(",") for line in out.splitlines()]
    assert head[2:] == ["predicted log(dist)", "median dist", "median dist low", "median dist high"]
    ten = next(line for line in rows if line[0] == "10.0")
    assert [float(x) for x in ten[3:]] == pytest.approx([19.2975, 16.5576, 22.4907], abs=1e-3)


def test_options_that_cannot_be_meant(cars, capsys):
    for options, message in (
            (["--level", "1.5"], "the level is a share between 0 and 1"),
            (["--bounds", "a=1"], "write NAME=LOW..HIGH"),
            (["--bounds", "a=2..1"], "leave nothing"),
            (["--sigma", "1", "--loss", "log"], "--sigma says how much each row counts")):
        assert main(["fit", cars, "dist = a*speed + b", *options]) in (1, 2)
        assert message in capsys.readouterr().err


def test_parameters_that_are_known(cars, tmp_path, capsys):
    model = str(tmp_path / "square.json")
    out = said(capsys, "fit", cars, "dist = a*speed**n + c", "--fix", "n=2", "--save", model)
    other = said(capsys, "fit", cars, "dist = a*speed**2 + c")
    assert row(out, "a") == row(other, "a") and row(out, "n") == ["2", "-", "-", "-", "-"]
    assert "n is fixed at 2: it has no error" in out
    assert [line for line in out.splitlines() if line.startswith(("dist =", "AIC", "degrees"))] == [
        line for line in other.splitlines() if line.startswith(("dist =", "AIC", "degrees"))]
    predicted = said(capsys, "predict", model, cars, "--level", "0.9", "--csv").splitlines()
    assert len(predicted) == 51 and len(predicted[1].split(",")) == 5


def test_parameters_that_have_to_stay_somewhere(cars, tmp_path, capsys):
    model = str(tmp_path / "line.json")
    out = said(capsys, "fit", cars, "dist = a*speed + b", "--bounds", "b=0..", "--save", model)
    alone = said(capsys, "fit", cars, "dist = a*speed")
    assert out.index("b ended at its bound 0") < out.index("dist = ")
    assert row(out, "a") == row(alone, "a") and row(out, "b") == ["0", "-", "-", "-", "-"]
    assert "degrees of freedom 49" in out
    inside = said(capsys, "fit", cars, "dist = a*speed + b", "--bounds", "b=-50..0")
    free = said(capsys, "fit", cars, "dist = a*speed + b")
    assert "at its bound" not in inside and row(inside, "b")[:2] == row(free, "b")[:2]
    assert "predicted dist" in said(capsys, "predict", model, cars, "--level", "0.9")


def test_all_digits_are_those_of_a_decimal_however_many_rows_there_are(tmp_path, capsys):
    path = tmp_path / "data.csv"
    rows = [f"{1 + k / 100},{3 * (1 + k / 100) ** 0.7 + (k % 7) / 50}" for k in range(3000)]
    path.write_text("\n".join(["x,y", *rows]))
    main(["fit", str(path), "y = a*x**b", "--digits", "all"])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("a = ")]
    assert len(line.split(",")[0].removeprefix("a = ").replace(".", "")) >= 26


# What is fixed, or at a bound


def through(table, intercept):
    """A line through a given intercept by its formulas: the slope, its error, the spread."""
    xs, rest = table["wt"], [y - intercept for y in table["mpg"]]
    slope = sum(x * r for x, r in zip(xs, rest, strict=True)) / sum(x * x for x in xs)
    off = sum((r - slope * x)**2 for x, r in zip(xs, rest, strict=True))
    spread = math.sqrt(off / (len(xs) - 1))
    return slope, spread / math.sqrt(sum(x * x for x in xs)), spread


def test_intervals_of_predictions_with_a_fixed_parameter(mtcars, capsys):
    out = words(said(capsys, "fit", mtcars, "mpg = a*wt + b", "--fix", "b=37", "--at", "wt=3",
                     "--derive-from", "a*b"))
    slope, error, spread = through(classics.table(classics.MTCARS), 37)
    t = 2.039513  # R: qt(0.975, 31)
    found = re.search(r"wt = 3: mpg = (\S+) .*row: (\S+) to (\S+); for the mean: (\S+) to (\S+)\)",
                      out)
    of_row, of_mean = math.hypot(spread, 3 * error), 3 * error
    value = 37 + 3 * slope
    assert [*map(float, found.groups())] == pytest.approx(
        [value, value - t * of_row, value + t * of_row, value - t * of_mean, value + t * of_mean],
        rel=1e-4)
    assert float(re.search(r"a\*b = (\S+),", out)[1]) == pytest.approx(37 * slope, rel=1e-5)
    assert "against 0 and not the mean, since no constant of the model was estimated" in out


@pytest.mark.parametrize("options", [["--fix", "b=37"], ["--bounds", "a=-4..0"],
                                     ["--bounds", "a=0..", "b=..3"]])
def test_pictures_and_predictions_of_a_model_with_a_held_parameter(options, mtcars, tmp_path,
                                                                    capsys):
    out = said(capsys, "fit", mtcars, "mpg = a*wt + b", *options, "--at", "wt=3",
               "--save", str(tmp_path / "pictures"), "--save", str(tmp_path / "model.json"))
    assert "no prediction" not in out and (tmp_path / "pictures" / "fit.svg").exists()
    again = said(capsys, "fit", mtcars, "mpg = a*wt + b", *options,
                 "--resume", str(tmp_path / "model.json"))
    assert re.search("mpg = .*", again)[0] == re.search("mpg = .*", out)[0]


def test_a_parameter_of_a_level_can_be_fixed_and_bounded(capsys):
    mtcars, model = str(AS_FOUND / "mtcars.csv"), "mpg = a*wt + b + C(cyl)"
    out = said(capsys, "fit", mtcars, model, "--fix", "cyl_6=-4")
    assert "cyl_6 is fixed at -4" in out and row(out, "cyl_6")[0] == "-4"
    out = said(capsys, "fit", mtcars, model, "--bounds", "cyl_6=-3..0")
    assert "cyl_6 ended at its bound -3" in out


def test_a_slope_at_its_bound_of_0_leaves_the_mean_which_is_not_worse_than_itself(mtcars, capsys):
    out = said(capsys, "fit", mtcars, "mpg = a*wt + b", "--bounds", "a=0..")
    assert "worse than" not in out and "R squared 0.0000" in out
    mean = sum(classics.table(classics.MTCARS)["mpg"]) / 32
    assert float(row(out, "b")[0]) == pytest.approx(mean, rel=1e-5)


@pytest.mark.parametrize("loss", ["squared", "log"])
def test_the_map_of_the_loss_has_its_dot_at_the_fit(loss, mtcars):
    text = {"squared": "mpg = a*wt + b", "log": "am = sigmoid(a*wt + b)"}[loss]
    for standardize in (None, True):
        trainer = Trainer(text, loss, standardize=standardize).fit(classics.table(classics.MTCARS))
        sure = Uncertainty(trainer)
        end = trainer.places[-1]
        assert end == pytest.approx(trainer.parameters, rel=1e-9)
        chart = pictures.surface(trainer, sure)
        for (low, high), name in zip((chart.x_range, chart.y_range), "ab", strict=True):
            reach = 3 * sure.errors[name]
            assert low < end[name] - reach and high > end[name] + reach


def test_dates_stand_at_the_axis_with_their_origin(tmp_path, capsys):
    path = tmp_path / "heights.csv"
    path.write_text("when,height (cm)\n2020-03-01,2\n2020-03-03,4\n2020-03-08,8\n2020-03-09,10\n")
    said(capsys, "fit", str(path), "`height (cm)` = a*when + b", "--save", str(tmp_path))
    assert "when: days since 2020-03-01" in (tmp_path / "fit.svg").read_text(encoding="utf-8")


def test_a_proof_on_the_command_line(mtcars, puromycin, capsys):
    out = words(said(capsys, "fit", mtcars, "mpg = a*wt + b", "--prove"))
    assert "Proved, in Fractions" in out and "a = -5.344471572722" in out
    out = words(said(capsys, "fit", puromycin, "rate = Vm*conc/(K + conc)", "--prove",
                     "--bounds", "Vm=150..300", "K=0.01..0.2"))
    assert "digits of each parameter are certain" in out
    assert "No lower point lies within the bounds" in out
    out = words(said(capsys, "fit", mtcars, "mpg = a*wt + b", "--loss", "absolute", "--prove"))
    assert "Not proved: the absolute loss has kinks" in out


def test_several_exports(mtcars, capsys):
    out = said(capsys, "fit", mtcars, "mpg = a*wt + b", "--export", "python", "--export", "excel")
    assert "def predict(wt):" in out and "A2" in out
