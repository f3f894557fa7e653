"""The lessons as a reader runs them, and every number in their prose worked out anew."""

import csv
import inspect
import io
import os
import re
import runpy
import statistics
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lessons import __main__ as story
from lessons import course, l14_descent, run
from lessons.data import films
from lessons.grading.checker import NOT_YET, RIGHT, Verdict
from lessons.pages.html import HtmlPage
from lessons.pages.page import Page
from lessons.pages.terminal import TerminalPage
from mathlab.drawing.paper.text import cells
from mathlab.errors import DataError
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.surface import METHODS
from tests.lessons.record import Record, replay, told
from tests.thinned import thinned

ROOT = Path(__file__).parents[2]
TERMINALS = [(40, "ascii"), (80, "utf-8"), (120, "cp1252")]


def start(*module, columns=40, encoding="cp1252"):
    """A lesson, running by itself: no site packages, nothing but Python."""
    environment = {"COLUMNS": str(columns), "PYTHONIOENCODING": encoding}
    return subprocess.Popen([sys.executable, "-S", "-m", *module], cwd=ROOT,
                            env=os.environ | environment,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def output(*module, columns=40, encoding="cp1252"):
    """All that a lesson says, running by itself."""
    with start(*module, columns=columns, encoding=encoding) as process:
        out, err = process.communicate()
    assert (err, process.returncode) == (b"", 0)
    return out.decode(encoding).replace("\r\n", "\n")


def words(text):
    """A text without what the clock says, and without the width that this takes up."""
    return re.sub(r"[\d.]+ ms", "", text).split()


@pytest.fixture
def terminal(monkeypatch):
    """Runs something as in a terminal of some width and encoding; returns its text."""

    def run(work, columns=80, encoding="utf-8"):
        monkeypatch.setenv("COLUMNS", str(columns))
        written = io.BytesIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
            assert work() == 0
            sys.stdout.flush()
            return written.getvalue().decode(encoding).replace("\r\n", "\n")

    return run


@pytest.fixture(scope="module")
def story_told():
    """The whole story at 80 columns, run once."""
    return output("lessons", columns=80, encoding="utf-8")


@pytest.fixture(scope="module")
def prose(story_told):
    """The whole story on one line, so that no phrase is broken."""
    return " ".join(story_told.split())


@pytest.fixture(scope="module")
def tables(story_told):
    """The rows of tables in the story: the words of each line."""
    return [line.split() for line in story_told.splitlines()]


# ------------------------------------------------------------------ it runs everywhere


def test_the_lessons_are_numbered_one_after_the_other():
    assert list(course.LESSONS) == [i for i, _ in enumerate(course.LESSONS, 1)]


@pytest.mark.parametrize("number", course.LESSONS)
def test_a_lesson_told_again_says_the_same(number):
    record = told(number)
    _, live = record.pages
    again = HtmlPage()
    record.main(again)
    assert again.parts == live.parts


def test_a_record_keeps_the_calls_of_any_method_of_a_page(monkeypatch):
    numbers, heard = [1, 2], []

    def shout(page, *arguments, **options) -> None:
        heard.append((arguments, options))

    def lesson(page):
        page.rows(["a"], ([a] for a in numbers))
        page.lines(page.head("x\n\ny")[0])
        page.shout("a", loud=numbers)
        numbers.clear()
        with pytest.raises(AttributeError, match="a lesson cannot ask a page for its width"):
            print(page.width)
        with pytest.raises(AttributeError, match="whisper"):
            page.whisper()

    monkeypatch.setattr(Page, "shout", shout, raising=False)
    record = Record(lesson)
    page = HtmlPage()
    record.main(page)
    assert heard == [(("a",), {"loud": [1, 2]})] * 2
    assert "<td class=\"number\">2</td>" in page.parts[0]
    assert (record.tables, record.texts) == ([{"a": [1, 2]}], ["x"])


@pytest.mark.parametrize(("columns", "encoding"), TERMINALS)
@pytest.mark.parametrize("number", course.LESSONS)
def test_every_lesson_fits_every_terminal(
    terminal, monkeypatch, capsys, tmp_path, number, columns, encoding
):
    replay(monkeypatch, [number])
    save = ["--save", str(tmp_path)] if columns == 80 else []
    text = terminal(lambda: story.main([str(number), *save]), columns, encoding)
    assert capsys.readouterr().err == ""
    assert "\x1b" not in text
    lesson, _, saved = text.partition("\nSaved:\n")
    lines = lesson.splitlines()
    assert len(lines) > 30
    assert max(len(cells(line)) for line in lines) <= columns
    assert "not shown" not in lesson
    paths = [Path(line) for line in saved.split()]
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    for path in paths:
        assert path.name.startswith(f"l{number:02}-")
        assert ElementTree.parse(path).getroot().tag.endswith("svg")


def test_what_a_terminal_cannot_show_is_replaced(terminal):
    assert terminal(lambda: run.run(lambda page: page.say("naïve")), 80, "ascii") == "na?ve\n\n"


@pytest.mark.parametrize("number", course.LESSONS)
def test_no_number_is_missing(terminal, monkeypatch, number):
    replay(monkeypatch, [number])
    monkeypatch.setattr(TerminalPage, "listing", lambda *_: None)  # source may well say None
    text = terminal(lambda: story.main([str(number)]))
    assert not re.search(r"\b(nan|inf|None)\b", text.replace("title None", ""))


@pytest.mark.parametrize("number", thinned(course.LESSONS, 2))
def test_a_lesson_that_runs_by_itself(terminal, monkeypatch, number):
    alone = output(f"lessons.{course.LESSONS[number]}")
    replay(monkeypatch, [number])
    assert words(alone) == words(terminal(lambda: story.main([str(number)]), 40, "cp1252"))


@pytest.mark.parametrize("number", course.LESSONS)
def test_every_lesson_can_run_by_itself(monkeypatch, number):
    started = []
    monkeypatch.setattr(run, "start", lambda *arguments: started.append(arguments))
    with pytest.raises(SystemExit):
        runpy.run_path(course.lesson(number).__file__, run_name="__main__")
    ((main, docstring),) = started
    assert main.__code__ == course.lesson(number).main.__code__
    assert docstring == course.lesson(number).__doc__


@pytest.mark.parametrize("number", course.LESSONS)
def test_a_lesson_poses_a_question_and_asks_for_a_guess(number):
    docstring = course.lesson(number).__doc__
    question, guess = docstring.split("\n\n")[:2]
    assert re.fullmatch(rf"{number}\. [A-Z][\w ]+: [\w ,']+\?", question)
    assert guess.startswith("Guess first: ")
    assert "?" in guess
    assert re.search(r"You\s+will\s+see", guess)


@pytest.mark.parametrize("number", course.LESSONS)
def test_what_a_lesson_claims_is_true(number):
    assert told(number).untrue == []


@pytest.mark.parametrize("number", course.LESSONS)
@pytest.mark.parametrize(
    ("ours", "the_fields"),
    [("lever", "parameter"), ("spread", "standard deviation"), ("typical error", "RMSE")],
)
def test_beside_a_word_of_the_house_stands_the_fields(number, ours, the_fields):
    _, _, prose = told(number).prose.partition("Guess first: ")
    first = prose.find(ours)
    assert first < 0 or the_fields in prose[max(0, first - 100) : first + 100]


def test_the_course_speaks_the_language_of_the_field():
    prose = " ".join(told(number).prose for number in course.LESSONS)
    for word in ("Hessian", "epoch", "a batch", "convergence", "converge", "A ridge", "diverges"):
        assert word in prose


@pytest.mark.parametrize("number", course.LESSONS)
def test_a_lesson_ends_with_something_to_change_and_an_exercise(number):
    calls = re.findall(r"page\.(change|exercise)\(", inspect.getsource(course.lesson(number)))
    assert calls == ["change", "exercise"]


def test_each_lesson_is_part_of_the_story(terminal, monkeypatch, story_told):
    replay(monkeypatch, course.STORY)
    whole = terminal(lambda: story.main([]))
    assert words(whole) == words(story_told)
    for number in course.STORY:
        alone = terminal(lambda number=number: story.main([str(number)]))
        assert alone[: alone.index("Change one thing:")] in whole
    assert "Exercise:" not in whole and "Change one thing" not in whole


def test_the_list_asks_every_question(story_told):
    listed = story_told[story_told.index("The lessons\n====") :]
    asked = re.findall(r"(?m)^\[ \] (\d+)\. (.*)$", listed)
    assert [int(number) for number, _ in asked] == list(course.LESSONS)
    for number, question in asked:
        assert course.question(int(number)) == f"{number}. {question}"
    assert f"0 of {len(course.LESSONS)} exercises done" in listed
    assert story_told.endswith("exercises done. Next:\n\n    python -m lessons 1\n\n")
    assert listed.count("python") == 1  # one thing to do, and no choice


@pytest.mark.parametrize(
    ("left", "following"),
    [(["l04_residuals", "l09_chain_rule"], "python -m lessons 4"), ([], course.PRACTICE)],
)
def test_the_story_ends_with_what_is_left_to_do(terminal, monkeypatch, left, following):
    monkeypatch.setattr(story.checker, "is_open", lambda path: False)
    monkeypatch.setattr(story.checker, "verdicts", lambda names: {
        name: Verdict(NOT_YET if name in left else RIGHT) for name in names})
    text = terminal(lambda: run.run(story.contents))
    done = len(course.LESSONS) - len(left)
    assert text.endswith(f"{done} of {len(course.LESSONS)} exercises done. Next:\n\n"
                         f"    {following}\n\n")
    assert text.count("[x]") == done


@pytest.mark.parametrize("module", ["lessons", "lessons.l02_explore"])
def test_a_reader_who_has_seen_enough(module):
    with start(module) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "1.5", "14 21"])
def test_no_such_lesson_is_an_error_in_one_line(number, capsys):
    with pytest.raises(SystemExit) as stop:
        story.main(number.split())
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: ")
    assert err.endswith("; see python -m lessons --help\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", ["{}", "{} x", "{} x y z", "{} x z", "{} x y", "nothing.csv x y"])
def test_the_page_of_all_refuses_in_one_line(words, tmp_path, capsys):
    path = tmp_path / "two.csv"
    path.write_text("x,y\n1,2\n")
    assert story.main(["tiny", *words.format(path).split()]) == 1
    err = capsys.readouterr().err
    assert err.startswith("error: ") and err.count("\n") == 1
    assert "FILE.csv x y" in err or "nothing.csv" in err


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A data file of ten letters that says what it is told."""

    def write(text):
        path = tmp_path / "movies.csv"
        path.write_text(text)
        monkeypatch.setattr(films, "FILE", path)
        films.cleaned.cache_clear()

    yield write
    films.cleaned.cache_clear()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "movies.csv is empty"),
        ("title,release_date,budget\n", "no column 'revenue'"),
        ("title,release_date,budget,revenue\nJaws,Jun 20 1975,9e6,many\n", "line 2: 'many'"),
        ("title,release_date,budget,revenue\nJaws,1975,9e6,47e7\n", "line 2: '1975'"),
        ("title,release_date,budget,revenue\nJaws,Jun 20 1975,9e6\n", "line 2: 3 fields"),
        ("title,release_date,budget,revenue\nJaws,,9e6,47e7\n", "line 2: the check"),
    ],
)
def test_a_broken_file_is_one_line_and_status_1(broken, capsys, text, message):
    broken(text)
    assert story.main(["2"]) == 1
    err = capsys.readouterr().err
    assert message in err
    assert err.startswith("error: movies.csv")
    assert err.count("\n") == 1


def test_a_missing_file(broken, capsys):
    broken("")
    films.FILE.unlink()
    assert story.main([]) == 1
    assert capsys.readouterr().err.startswith("error: there is no file ")


@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_films(broken, capsys, rows):
    broken("title,release_date,budget,revenue\n" + "Jaws,Jun 20 1975,9e6,47e7\n" * rows)
    assert story.main(["14"]) == 1
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize(
    "number", [n for n in course.LESSONS if ".fit(" in inspect.getsource(course.lesson(n))]
)
def test_ctrl_c_in_a_walk_leaves_the_lesson(monkeypatch, number):
    monkeypatch.setattr(Trainer, "interrupted", True)
    assert story.main([str(number)]) == 130


# ------------------------------------------------------------------ it tells the truth


@pytest.fixture(scope="module")
def data():
    """Rows dropped for each reason, and the budgets and revenues of the others, in millions."""
    dropped = dict.fromkeys(["title", "budget", "revenue", "future", "zero"], 0)
    kept = []
    with (ROOT / "lessons" / "data" / "movies.csv").open(encoding="utf-8", newline="") as file:
        for film in csv.DictReader(file):
            released = datetime.strptime(film["release_date"], "%b %d %Y").date()
            for reason in ("title", "budget", "revenue"):
                if film[reason] == "":
                    dropped[reason] += 1
                    break
            else:
                if released.year > 2010:
                    dropped["future"] += 1
                elif float(film["revenue"]) == 0:
                    dropped["zero"] += 1
                else:
                    kept.append((film["title"], released, film["budget"], film["revenue"]))
    return dropped, [(t, d, float(b) / 1e6, float(r) / 1e6) for t, d, b, r in kept]


@pytest.fixture(scope="module")
def columns(data):
    return [film[2] for film in data[1]], [film[3] for film in data[1]]


def test_the_account_of_rows(data, prose):
    dropped, kept = data
    read = sum(dropped.values()) + len(kept)
    assert f"{read:,} rows read from movies.csv" in prose
    for reason, words in {"title": "title is missing", "budget": "budget is missing",
                          "revenue": "revenue is missing", "future": "released in the future",
                          "zero": "revenue is zero"}.items():
        assert dropped[reason] > 0
        assert re.search(rf"- {dropped[reason]} {words} \(line \d+, title ", prose)
    assert f"= {len(kept):,} rows kept" in prose
    assert f"Of a hundred films {100 * len(kept) / read:.0f} are left." in prose
    assert f"all {len(kept):,} films" in prose


def test_the_films_of_the_future():
    # "read 46 as 2046": Duel in the Sun is of 1946. Talkies began in 1927, and the first films of
    # length about 1915; what the file dates before 2015 was truly still to come.
    dates = {row["title"]: row["release_date"] for row in films.read().rows()}
    future = {title: when for title, when in dates.items() if when > date(2010, 12, 31)}
    assert future["Duel in the Sun"].year == 2046
    to_come = {title for title, when in future.items() if when.year < 2015}
    assert to_come == {"Restless", "The Adventures of Tintin: Secret of the Unicorn"}


def test_the_first_films(data, prose):
    for title, released, *_ in data[1][:5]:
        assert f"{title} {released.isoformat()}" in prose


def test_the_summary(columns, tables):
    head = tables.index(["in", "million", "dollars", "budget", "revenue"])
    shown = {" ".join(row[:-2]): row[-2:] for row in tables[head + 1 : head + 9]}
    expected = {
        "mean": statistics.fmean,
        "median": statistics.median,
        "spread": statistics.stdev,
        "lowest": min,
        "highest": max,
        "lower quartile": lambda v: statistics.quantiles(v, method="inclusive")[0],
        "upper quartile": lambda v: statistics.quantiles(v, method="inclusive")[2],
        "count": len,
    }
    for name, figure in expected.items():
        assert [float(n) for n in shown[name]] == pytest.approx(
            [figure(values) for values in columns], rel=5e-4
        )


def test_the_prose_about_revenue(data, columns, prose):
    budget, revenue = columns
    assert f"earned less than {statistics.median(revenue):.0f} million" in prose
    assert f"yet the mean is {statistics.fmean(revenue):.0f}:" in prose
    much = int(re.search(r": one film in ten earned more than (\d+), and these", prose)[1])
    others = [earned for earned in revenue if earned <= much]
    assert len(others) / len(revenue) == pytest.approx(0.9, abs=0.002)
    assert statistics.fmean(others) < 0.6 * statistics.fmean(revenue)  # "these pull it up"
    title, _, cost, earned = max(data[1], key=lambda film: film[3])
    assert f"The largest is {title}, with {earned:,.0f} million on a budget of {cost:.0f}." in prose
    assert f"The correlation is {statistics.correlation(budget, revenue):.2f}," in prose


def test_the_walk(columns, tables, prose):
    budget, revenue = columns
    mean, spread = statistics.fmean(budget), statistics.stdev(budget)
    assert f"in spreads ({spread:.1f} million each) from the mean ({mean:.1f} million)" in prose
    # the same walk by hand, with the textbook's gradient
    z = [(b - mean) / spread for b in budget]
    n, slope, intercept = len(z), 0.0, 0.0
    rows, rate = {}, l14_descent.LEARNING_RATE
    for step in range(16):
        residuals = [r - (slope * u + intercept) for u, r in zip(z, revenue, strict=True)]
        loss = sum(e * e for e in residuals) / n
        rows[step] = (slope / spread, intercept - slope * mean / spread, loss)
        slope += rate * 2 * sum(e * u for e, u in zip(residuals, z, strict=True)) / n
        intercept += rate * 2 * sum(residuals) / n
    shown = tables[tables.index(["step", "slope", "intercept", "loss"]) + 1 :]
    shown = shown[: shown.index([])]
    assert [int(row[0]) for row in shown][-1] == l14_descent.STEPS == 10
    for step, *numbers in shown:
        assert [float(n) for n in numbers] == pytest.approx(rows[int(step)], rel=1e-5)


def test_at_every_step_the_gradients_agree_to_eight_digits():
    table, _ = films.cleaned()
    walks = [l14_descent.walk(table, method)[0].history for method in METHODS]
    for steps in zip(*walks, strict=True):
        for slopes in zip(*(step.slopes for step in steps), strict=True):
            assert max(slopes) - min(slopes) <= 1e-8 * max(map(abs, slopes))


def test_the_trained_line_agrees_with_the_closed_form_to_six_digits(columns):
    exact = statistics.linear_regression(*columns)
    trainer, scale = l14_descent.walk(films.cleaned()[0])
    assert scale.original_line(*trainer.best.position) == pytest.approx(exact, rel=5e-7)


def test_the_comparison(columns, tables, prose):
    exact = statistics.linear_regression(*columns)
    tables = tables[tables.index(["method", "slope", "intercept", "losses", "time"]) :]
    methods = {" ".join(row[:-4]): row[-4:] for row in tables if row[-1:] in (["ms"], ["-"])}
    lines = [row for row in tables if row[0:1] and row[0] in METHODS]
    assert [row[0] for row in lines] == [*METHODS]
    assert [int(row[3]) for row in lines[1:]] == [11, 11, 1]  # ten steps, and a last look
    for row in lines:
        assert [float(n) for n in row[1:3]] == pytest.approx(exact, rel=1e-5)
    assert [float(n) for n in methods["closed form"][:2]] == pytest.approx(exact, rel=1e-5)
    differ = re.search(r"The lines differ (?:by at most (\S+),|not at all,)", prose)
    apart = float(differ[1] or 0)
    from_exact = float(re.search(r"closed form by at most (\S+)\.", prose)[1])
    at_any_step = float(re.search(r"further apart than (\S+),", prose)[1])
    assert apart <= 1e-9
    assert from_exact < 1e-6
    # 'where the steepest slope was': at the start, -2*mean(z*revenue) or -2*mean(revenue)
    mean, spread = statistics.fmean(columns[0]), statistics.stdev(columns[0])
    z = [(b - mean) / spread for b in columns[0]]
    by_slope = 2 * statistics.fmean([u * r for u, r in zip(z, columns[1], strict=True)])
    steepest = max(by_slope, 2 * statistics.fmean(columns[1]))
    assert f"the steepest slope was {steepest:.0f}." in prose
    assert at_any_step < 1e-8 * steepest


def test_the_predictions(columns, tables, prose):
    slope, intercept = statistics.linear_regression(*columns)
    residuals = [r - (slope * b + intercept) for b, r in zip(*columns, strict=True)]
    error = statistics.fmean([e * e for e in residuals]) ** 0.5
    shown = tables[tables.index(["budget", "predicted", "revenue", "typical", "error"]) + 1 :][:5]
    for row in shown:
        budget, predicted, off = map(float, row)
        assert predicted == round(slope * budget + intercept)
        assert off == round(error)
    assert [float(row[0]) for row in shown] == [1, 10, 50, 100, 200]
    assert f"{error:.0f} million is one number for all films." in prose
    by_budget = sorted(zip(columns[0], residuals, strict=True))
    size = len(by_budget) // 4
    quarters = [by_budget[i * size : (i + 1) * size] for i in range(4)]
    errors = [statistics.fmean([e * e for _, e in quarter]) ** 0.5 for quarter in quarters]
    assert errors == sorted(errors)  # cheap films are missed by less, dear ones by more


def test_too_few_films_are_refused_by_the_walk():
    with pytest.raises(DataError):
        l14_descent.walk(films.cleaned()[0].head(1))
