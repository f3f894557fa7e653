"""`python -m mathlab`, as a reader at a terminal sees it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mathlab.__main__ import main

ROOT = Path(__file__).parents[1]
HUBBLE = str(ROOT / "tests" / "data" / "hubble.csv")
O_RINGS = str(ROOT / "tests" / "data" / "challenger.csv")


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


def test_fit_says_what_was_dropped_what_was_found_and_how_sure_it_is(capsys):
    out = said(capsys, "fit", HUBBLE, "velocity = slope*distance + intercept", "--at",
               "distance=1", "--at", "distance=2")  # fmt: skip
    assert "24  rows read from hubble.csv" in out and "= 24  rows kept" in out
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.strip()}
    assert rows["slope"] == ["454.158", "75", "298.13", "610.19"]  # t(22) is 2.0739
    assert rows["intercept"][:2] == ["-40.7836", "83"]
    assert "residual standard deviation 232.91\ndegrees of freedom 22\n" in out
    assert "distance = 1: velocity = 413.375 (95 % of single ones from" in out
    assert "distance = 2: velocity = 867.533" in out


def test_fit_a_yes_or_no(capsys):
    out = said(capsys, "fit", O_RINGS, "distress = sigmoid(a*temperature + b)", "--loss", "log",
               "--at", "temperature=31")  # fmt: skip
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.strip()}
    assert rows["a"][:2] == ["-0.232163", "0.11"]
    bounds = [-0.2322 + sign * 1.96 * 0.1082 for sign in (-1, 1)]  # normal, with published numbers
    assert [float(number) for number in rows["a"][2:]] == pytest.approx(bounds, abs=2e-4)
    assert "temperature = 31: distress = 0.999609 (95 % sure that it is from 0.48" in out


def test_fit_a_curve_from_a_start(capsys):
    path = str(ROOT / "tests" / "data" / "nist" / "Misra1a.csv")
    out = said(capsys, "fit", path, "y = b1*(1 - exp(-b2*x))", "--start", "b1=500", "b2=0.0001")
    assert "238.942" in out and "0.000550156" in out


def test_missing_values_and_a_left_side_that_is_a_formula(tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text("x,y,note\n1,2.7182818,a\n2,7.3890561,b\n?,9,c\n3,20.085537,\n,5,d\n",
                    encoding="utf-8")  # fmt: skip
    out = said(capsys, "fit", str(path), "log(y) = a*x + b", "--missing", "?", "--at", "x=4")
    assert "- 2  x is missing" in out and "= 3  rows kept" in out
    assert "x = 4: log(y) = 4 (" in out


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
    assert "notes.txt is no saved model" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["predict", "no.json", HUBBLE], "no.json cannot be read"),
        (["predict", HUBBLE, HUBBLE], "hubble.csv is no saved model"),
        (["derive", "x**"], "cannot read"),
        (["derive", "3"], "3 has no unknown to differentiate by"),
        (["derive", "x*y", "--by", "z"], "there is no z in x*y; it has x, y"),
        (["derive", "log(x)", "--at", "x=-1"], "log(-1.0) is not defined"),
        (["derive", "x**2", "--at", "x=a"], "write NAME=NUMBER, as in x=1.5, not 'x=a'"),
        (["derive", "__import__('os').system('true')"], "cannot read"),
        (["fit", "no.csv", "y = a*x"], "there is no file no.csv"),
        (["fit", str(ROOT), "y = a*x"], "is a folder"),
        (["fit", HUBBLE, "velocity"], "is not a model"),
        (["fit", HUBBLE, "velocity = a*dist + b"], "its columns are distance, velocity"),
        (["fit", HUBBLE, "speed = a*distance"], "no column 'speed'"),
        (["fit", HUBBLE, "velocity = a*distance", "--start", "b=1"], "no parameter 'b'"),
        (["fit", HUBBLE, "velocity = a*distance", "--at", "x=1"], "no column 'distance'"),
        (["fit", HUBBLE, "velocity = a*distance + b*distance"], "the data cannot tell b from"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments, message, capsys):
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("error: ") and message in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [[], ["nothing"], ["fit", HUBBLE], ["fit", "a", "b", "--loss", "x"]]
)
def test_commands_that_are_none(arguments, capsys):
    with pytest.raises(SystemExit) as refusal:
        main(arguments)
    assert refusal.value.code == 2
    assert "usage: python -m mathlab" in capsys.readouterr().err


@pytest.mark.parametrize("columns", ["40", "80"])
def test_any_terminal_can_show_it(columns, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("größe,y\n1,2\n2,4.5\n3,6\n4,8\n", encoding="utf-8")
    environment = {**os.environ, "COLUMNS": columns, "PYTHONIOENCODING": "cp1252"}
    for arguments in (["derive", "sin(x)*α", "--at", "x=1", "α=2"],
                      ["fit", str(path), "y = a*größe + b", "--at", "größe=2"]):  # fmt: skip
        told = subprocess.run([sys.executable, "-m", "mathlab", *arguments], cwd=ROOT,
                              env=environment, capture_output=True)  # fmt: skip
        assert told.returncode == 0 and told.stderr == b"", told.stderr
        if arguments[0] == "fit":
            lines = told.stdout.decode("cp1252").splitlines()
            assert max(map(len, lines)) <= int(columns)
