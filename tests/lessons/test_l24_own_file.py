"""Lesson 24: the command runs here and now, every line of its report is explained, and its numbers
are those of textbooks."""

import csv
import math
import os
import re
import shlex
import statistics

import pytest

from lessons import course
from lessons import l24_own_file as lesson
from lessons.grading import checker
from lessons.grading.checks import l24_own_file as check
from mathlab.__main__ import main as mathlab
from mathlab.drawing import Line, Points
from mathlab.errors import DataError
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told


def answers(h, low, high, better):
    """The text of a reader's file."""
    return f"H = {h}\nLOW = {low}\nHIGH = {high}\nBETTER = {better!r}\n"


WRONG = [
    (answers(454.158, 1, 1, "one"), "h of the model with two parameters"),
    (answers(42, 1, 1, "one"), "the standard error of h"),
    (answers(424, 1, 1, "one"), "not the value of h in the report"),
    (answers(423.937, 381.8, 1, "one"), "one standard error from h"),
    (answers(423.937, 511.14, 336.73, "one"), "low comes first"),
    (answers(423.937, 298.13, 610.19, "one"), "an end for the model with two parameters"),
    (answers(423.937, 336.73, 466.1, "one"), "one standard error from h"),
    (answers(423.937, 336.73, 511, "one"), "the ends stand in the line of h"),
    (answers(423.937, 336.73, 511.14, "two"), "a lower AIC is better"),
    (answers(423.937, 336.73, 511.14, "both"), "BETTER"),
]


@pytest.fixture(scope="module")
def record():
    return told(24)


@pytest.fixture(scope="module")
def line():
    """Weights and miles of the cars that have both, and the line through them by the textbook."""
    with (course.FOLDER / "data" / "cars.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["miles_per_gallon"]]
    x, y = ([float(row[name]) for row in rows] for name in ("weight", "miles_per_gallon"))
    return x, y, *statistics.linear_regression(x, y)


def number(record, start):
    """The first number in the line of the report that begins so, past its start."""
    lines = [text.strip() for text in record.texts if text.strip().startswith(start)]
    (found,) = {line for line in lines if "\n" not in line or start == "parameter"}
    return float(re.search(r"-?[\d,.]*\d", found.removeprefix(start))[0].replace(",", ""))


# ------------------------------------------------------------------ the report


def test_the_command_that_is_shown_is_the_one_that_ran(record, capsys):
    (shown,) = [text for text in record.texts if text.strip().startswith("python -m mathlab fit")]
    python, flag, module, *words = shlex.split(shown)
    assert (python, flag, module) == ("python", "-m", "mathlab")
    words = [str(course.FOLDER.parent / word) if word.endswith(".csv") else word for word in words]
    with lesson.as_wide_as(80):
        assert mathlab(words) == 0
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert [line[4:] for line in record.texts[2].splitlines()] == printed


def test_every_line_of_the_report_is_explained_once(record):
    report = [line[4:] for line in record.texts[2].splitlines() if line.strip()]
    told_of = [line for lines, _ in lesson.explained(report) for line in lines]
    assert told_of == report
    meanings = [meaning for _, meaning in lesson.explained(report)]
    assert meanings == [*lesson.MEANINGS.values()]
    for meaning in meanings:
        assert " ".join(meaning.split()) in record.prose


def test_a_line_that_nothing_is_said_of_is_noticed():
    with pytest.raises(DataError, match="nothing is known of the line 'kurtosis 3'"):
        lesson.explained(["  24  rows read from x.csv", "kurtosis 3"])


def test_the_numbers_are_those_of_the_textbook(record, line):
    x, y, slope, intercept = line
    residuals = [b - (slope * a + intercept) for a, b in zip(x, y, strict=True)]
    squares, freedom = math.fsum(e * e for e in residuals), len(x) - 2
    spread = math.sqrt(squares / freedom)
    around = math.fsum((a - statistics.fmean(x)) ** 2 for a in x)
    likelihood = -len(x) / 2 * (math.log(2 * math.pi * squares / len(x)) + 1)
    share = statistics.correlation(x, y) ** 2
    expected = {
        "= ": len(x), "residual standard deviation": spread, "degrees of freedom": freedom,
        "R squared": share, "adjusted R squared": 1 - (1 - share) * (len(x) - 1) / freedom,
        "log-likelihood": likelihood, "AIC": 2 * 3 - 2 * likelihood,  # the spread counts, too
    }
    for start, value in expected.items():
        assert number(record, start) == pytest.approx(value, rel=1e-4), start
    (heads,) = [text for text in record.texts if text.strip().startswith("parameter")]
    a = [float(word) for word in heads.splitlines()[1].split()[1:5]]
    error = spread / math.sqrt(around)
    assert a == pytest.approx([slope, error, slope - 1.966 * error, slope + 1.966 * error],
                              rel=1e-2)
    assert math.sqrt(squares / len(x)) < spread  # "but divided by the degrees of freedom"


def test_one_weight(record, line):
    x, y, slope, intercept = line
    for weight in (2000, 4000):
        assert f"{weight:,} pounds" in record.prose
    said = re.search(r"For 2,000 pounds the model says (\S+) .* for 4,000 pounds (\S+)\. And",
                     record.prose)
    assert [float(word) for word in said.groups()] == [
        round(slope * weight + intercept, 1) for weight in (2000, 4000)]
    (told_of,) = [text for text in record.texts if "interval for one new" in text]
    value, low, high, mean_low, mean_high = map(float, re.findall(r"\d+\.\d+", told_of))
    assert value == pytest.approx(slope * 3000 + intercept, rel=1e-5)
    inside = [low <= b <= high for a, b in zip(x, y, strict=True) if 2800 <= a <= 3200]
    assert 0.85 < statistics.fmean(inside) <= 1
    assert (high - low) > 10 * (mean_high - mean_low)


def test_the_picture(record, line):
    x, y, slope, intercept = line
    (chart,) = record.charts
    dots, drawn = chart.layers
    assert isinstance(dots, Points) and isinstance(drawn, Line)
    assert (list(dots.x), list(dots.y)) == (x, y)
    assert drawn.y == pytest.approx([slope * a + intercept for a in drawn.x], rel=1e-5)


def test_the_names_of_statsmodels(record):
    """As its manual shows them in the summary of a fit by ordinary least squares."""
    summary = """No. Observations: AIC: Df Residuals: R-squared: Adj. R-squared: Log-Likelihood:
        coef std err t P>|t| [0.025 0.975]"""
    (table,) = record.tables
    for name in table["in statsmodels"]:
        assert name.replace(",", "") in summary
    report = record.texts[2]
    for name in table["here"]:
        assert all(part in report for part in name.split(", "))


@pytest.mark.parametrize("weight", [1800, 3000, 5000])
def test_a_weight_to_turn(record, line, weight):
    *_, slope, intercept = line
    (live,) = record.lives
    picture = Moved(live, weight=weight)
    miles = pytest.approx(slope * weight + intercept, rel=1e-5)
    assert picture.numbers == {"the model says": miles}
    assert picture.dots(1) == [[weight, miles]]
    for x, y in picture.dots(0):
        assert y == pytest.approx(slope * x + intercept, rel=1e-5)
    assert f"3,000 pounds {slope * 3000 + intercept:.1f} miles" in " ".join(live.question.split())


def test_how_far_an_interval_for_one_car_reaches(record, line):
    """By the textbook: t * s * sqrt(1 + 1/n + (x - mean)**2 / sum of squares), t being 1.966."""
    weights, miles, slope, intercept = line
    n, mean = len(weights), statistics.fmean(weights)
    squares = sum((w - mean) ** 2 for w in weights)
    spread = math.sqrt(sum((m - slope * w - intercept) ** 2
                           for w, m in zip(weights, miles, strict=True)) / (n - 2))
    reach = 1.966 * spread * math.sqrt(1 + 1 / n + (3000 - mean) ** 2 / squares)
    assert record.asked[0].guess.truth == pytest.approx(reach, rel=1e-4)


# ------------------------------------------------------------------ errors, and tomorrow


def test_what_it_refuses(record):
    (misspelled,) = [text for text in record.texts if "wieght is not a column" in text]
    assert misspelled.startswith("    error: ") and "did you mean weight?" in misspelled
    (slip,) = [text for text in record.texts if "12O" in text and "error" in text]
    assert "mine.csv, line 3: '12O' in column 'price'" in slip
    (file,) = [text for text in record.texts if "width,price" in text]
    assert file.split()[2] == "12,12O"  # "look at line 3"


def test_no_place_of_this_machine_is_named(record):
    told_of = "".join(record.texts) + record.prose
    assert os.sep + "tmp" not in told_of and str(course.FOLDER) not in told_of
    assert "saved in line.json" in told_of


def test_the_model_from_the_file_says_the_same(record, line):
    *_, slope, intercept = line
    (printed,) = [text for text in record.texts if "rows read from new.csv" in text]
    rows = [list(map(float, row.split())) for row in printed.splitlines()[-3:]]
    assert [weight for weight, _ in rows] == [2000, 3000, 4000]
    for weight, predicted in rows:
        assert predicted == pytest.approx(slope * weight + intercept, rel=1e-5)


@pytest.mark.parametrize("columns", [None, "40"])
def test_the_width_of_the_terminal_is_put_back(monkeypatch, columns):
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    with pytest.raises(KeyError), lesson.as_wide_as(80):
        assert os.environ["COLUMNS"] == "80"
        raise KeyError
    assert os.environ.get("COLUMNS") == columns


def test_ctrl_c_leaves_the_lesson(monkeypatch):
    monkeypatch.setattr(lesson, "mathlab", lambda words: 130)
    with pytest.raises(KeyboardInterrupt):
        lesson.ran("", "fit")


def test_what_the_command_should_refuse_and_does_not(monkeypatch):
    monkeypatch.setattr(lesson, "mathlab", lambda words: 0)
    with pytest.raises(DataError, match="refuses nothing here"):
        lesson.ran("", "fit", refused=True)


# ------------------------------------------------------------------ what the reader changes


def test_change_one_thing(monkeypatch, record, line):
    x, y, *_ = line
    monkeypatch.setattr(lesson, "MODEL", "miles_per_gallon = a/weight + b")
    changed = Record(lesson.main)
    assert changed.untrue == []
    a, b = statistics.linear_regression([1 / w for w in x], y)
    assert f"For 2,000 pounds the model says {a / 2000 + b:.1f} miles" in changed.prose
    assert number(changed, "AIC") < number(record, "AIC")
    slope, intercept = line[2:]
    assert slope * 6000 + intercept < 1 < a / 6000 + b  # which of them to trust


def test_heavier_cars_that_go_further_are_said(monkeypatch):
    monkeypatch.setattr(lesson, "WEIGHTS", (4000, 3000, 2000))
    assert Record(lesson.main).untrue == ["The heavier, the fewer miles."]


def test_a_model_that_cannot_be_meant_is_one_line(monkeypatch):
    monkeypatch.setattr(lesson, "MODEL", "miles_per_gallon = a*")
    with pytest.raises(DataError, match=r"missing after \*"):
        Record(lesson.main)


# ------------------------------------------------------------------ the exercise


def test_the_check_knows_hubbles_galaxies():
    with (course.FOLDER / "data" / "hubble.csv").open(encoding="utf-8") as file:
        rows = [(float(row["distance"]), float(row["velocity"])) for row in csv.DictReader(file)]
    h = sum(x * y for x, y in rows) / sum(x * x for x, _ in rows)
    spread = math.sqrt(sum((y - h * x) ** 2 for x, y in rows) / (len(rows) - 1))
    error = spread / math.sqrt(sum(x * x for x, _ in rows))
    found = check.interval(check.MODELS["one"])
    assert (found.value, found.error) == pytest.approx((h, error))
    assert found.high - h == h - found.low == pytest.approx(2.0687 * error, rel=1e-4)


@pytest.mark.parametrize("h", ["423.9", "423.94", "424"])
def test_how_many_digits_it_takes(tmp_path, h):
    path = tmp_path / "answer.py"
    path.write_text(answers(h, 336.73, 511.14, "one"))
    assert (checker.judge("l24_own_file", path).state == checker.RIGHT) == (h == "423.94")
