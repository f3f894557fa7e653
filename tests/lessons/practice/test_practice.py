"""Practice: the problems are what they should be, answers are judged, and slips are found."""

import io
import random
import re
from datetime import date
from itertools import islice, pairwise

import pytest

from lessons import notes
from lessons.pages.steps import grouped
from lessons.practice import __main__ as practice
from lessons.practice import keyboard as asking
from lessons.practice import slips
from lessons.practice.problems import LEVELS, mixed, other_numbers, problems
from lessons.practice.slips import first_difference
from mathlab import derivative, numeric, parse, simplify, steps
from mathlab.calculus.proof.same import differ
from mathlab.errors import DomainError
from tests.thinned import thinned

# ------------------------------------------------------------------ problems


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_sets_the_same_problems(level):
    first, again, other = (
        [str(f) for f in islice(problems(level, seed), 30)] for seed in (1, 1, 2)
    )
    assert first == again != other
    for i in range(10, 30):
        assert first[i] not in first[max(0, i - 20) : i]


@pytest.mark.parametrize("level", LEVELS)
def test_every_problem_has_a_slope_that_can_be_measured(level):
    for formula in thinned(islice(problems(level, seed=7), 40), 6):
        slope = derivative(formula, asking.X)
        checked = 0
        for at in (0.1, 0.3, 0.6, 0.9, 1.2):
            try:
                found = numeric.derivative(lambda x, f=formula: f.at(x=x), at)
                expected = slope.at(x=at)
            except DomainError:
                continue
            if found.error <= 1e-6 * (1 + abs(found.value)):
                assert found.value == pytest.approx(expected, rel=1e-5, abs=1e-5)
                checked += 1
        assert checked >= 1, formula


@pytest.mark.parametrize("level", LEVELS)
def test_no_problem_is_like_the_one_before(level):
    chosen = [str(each) for each in islice(problems(level, 5), 60)]
    assert len(set(chosen[:20])) == 20
    shapes = [re.sub("[0-9]+", "n", each) for each in chosen]
    assert all(one != other for one, other in pairwise(shapes))


# What problems of each level look like: a power, a sum of two terms, a function, and their forms.
P, T, F = r"(\d\*)?x\*\*[2-5]", r"((\d\*)?x\*\*[2-5]|\d\*x|\d)", r"(sin|cos|tanh|sqrt|log|exp)"
SUM = rf"{T} [+-] {T}"
FORMS = {
    1: (SUM,),
    2: (rf"[2-9]\*{F}\(x\) - {P}", rf"{P} [+-] [2-9]\*{F}\(x\)"),
    3: (rf"{P}\*{F}\(x\)", rf"{F}\(x\)/\(?{P}\)?", rf"{P}/{F}\(x\)", rf"\({SUM}\)\*{F}\(x\)",
        rf"{F}\(x\)\*{F}\(x\)"),
    4: (rf"{F}\({SUM}\)", rf"\({SUM}\)\*\*[3-6]"),
    5: (rf"{P}\*{F}\({SUM}\)", rf"{F}\({SUM}\)/\(?{P}\)?"),
    6: (rf"{F}\([2-5] - {F}\({SUM}\)\)", rf"{F}\({F}\({SUM}\) [+-] [2-5]\)"),
}


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_has_problems_of_its_own_forms_and_of_all(level):
    chosen = [str(each) for each in islice(problems(level, 9), 200)]
    forms = [next(form for form in FORMS[level] if re.fullmatch(form, each)) for each in chosen]
    for form in FORMS[level]:
        assert forms.count(form) >= 25, form
    assert {name for name in F[1:-1].split("|") if any(f"{name}(" in each for each in chosen)} == (
        set() if level == 1 else {*F[1:-1].split("|")} - ({"tanh"} if level < 4 else set())
    )
    inside = [each for each in chosen
              if re.search(r"(sqrt|log)\(([^()]*|[a-z]+\([^()]*\)) - [^()]*\)", each)]
    assert inside == []  # roots and logarithms of sums alone have values nearly everywhere


def test_powers_of_sums():
    chosen = [str(each) for each in islice(problems(4, 2), 400)]
    powers = [each for each in chosen if each[-1].isdigit()]
    assert {each[-1] for each in powers} == {*"3456"}
    assert 0.2 < len(powers) / len(chosen) < 0.4


@pytest.mark.parametrize("level", LEVELS)
def test_no_sum_is_turned_around_when_it_is_simplified(level):
    for formula in islice(problems(level, 8), 60):
        terms = re.split(r" [+-] ", str(simplify(formula)))
        assert len(terms) < 2 or sorted(terms) != sorted(re.split(r" [+-] ", str(formula))) or (
            str(simplify(formula)) == str(formula))


def test_other_numbers_leave_the_form():
    for level in LEVELS:
        for formula in islice(problems(level, 4), 20):
            other = other_numbers(formula, random.Random(3))
            shape = re.sub(r"\d+", "n", str(formula))
            assert shape == re.sub(r"\d+", "n", str(other)) and "1" not in str(other)


def test_problems_get_harder():
    def length(level):
        return sum(
            len(steps(f, asking.X).steps) for f in islice(problems(level, 3), 30)
        )

    lengths = [length(level) for level in LEVELS]
    assert lengths[0] <= lengths[1] < lengths[4] < lengths[5]
    assert lengths[2] < lengths[4]


# ------------------------------------------------------------------ slips

# A formula, a wrong answer, what the step found is about, and a word on it.
SLIPS = [
    ("sin(x**2)", "cos(x**2)", "d/dx[sin(x**2)]", "inside is left out"),
    ("sin(x**2)", "-2*x*cos(x**2)", "", "the sign is wrong"),
    ("sin(x**2)", "2*x*sin(x**2)", "d/dx[sin(x**2)]", "itself"),
    ("sin(x**2)", "x**2*cos(x**2)", "d/dx[x**2]", "left as it was"),
    ("x**2*sin(x)", "2*x*cos(x)", "d/dx[x**2*sin(x)]", "multiplied"),
    ("x**2*sin(x)", "2*x*sin(x)", "d/dx[x**2*sin(x)]", "second factor"),
    ("x**2*sin(x)", "x**2*cos(x)", "d/dx[x**2*sin(x)]", "first factor"),
    ("x**2*cos(x)", "2*x*cos(x) + x**2*sin(x)", "d/dx[cos(x)]", "sign"),
    ("5*x**3/cos(x)", "(15*x**2*cos(x) - 5*x**3*sin(x))/cos(x)**2", "d/dx[cos(x)]", "sign"),
    ("cos(2 + tanh(9 - x**3))", "sin(2 + tanh(9 - x**3))*(1 - tanh(9 - x**3)**2)*(-3*x**2)",
     "d/dx[cos(2 + tanh(9 - x**3))]", "sign"),
    ("5*x**5*exp(8 + 5*x**5)", "25*x**4*25*x**4*exp(8 + 5*x**5)",  # d/dx[x**5] is used twice
     "d/dx[5*x**5*exp(8 + 5*x**5)]", "multiplied"),
    ("log(5 + 3*x**5)/(7*x**5)", "15*x**4/(5 + 3*x**5)/(35*x**4)",
     "d/dx[u/v]", "divided"),
    ("x**5*log(9 + 3*x**5)", "5*x**4*log(9 + 3*x**5) - x**5*15*x**4/(9 + 3*x**5)",
     "d/dx[x**5*log(9 + 3*x**5)]", "subtracted"),
    ("sin(5*x**4 + 2*x)", "cos(5*x**4 + 2*x) + 20*x**3 + 2", "d/dx[sin(5*x**4 + 2*x)]", "added"),
    ("8*x + 7*x**2", "absolute(14*x + 8)", "", ""),
    ("8*x + 7*x**2", "14.0*x + 8.00001", "", "yours is 1e-05 too many"),
    ("6*x - 3*x**3", "6 - 9*x**2 + 1", "", "yours is 1 too many"),
    ("x**2*exp(x)*3", "6*x*exp(x) - 3*x**2*exp(x)", "d/dx[x**2*exp(x)]", "subtracted"),
    ("sin(x)/x**2", "cos(x)/(2*x)", "d/dx[sin(x)/x**2]", "divided"),
    ("sin(x)/x**2", "(cos(x)*x**2 - 2*x*sin(x))/x**2", "d/dx[sin(x)/x**2]", "square"),
    ("sin(x)/x**2", "cos(x)*x**2 - 2*x*sin(x)", "d/dx[sin(x)/x**2]", "below"),
    ("sin(x)/x**2", "(2*x*sin(x) - cos(x)*x**2)/x**4", "d/dx[sin(x)/x**2]", "wrong way"),
    ("sin(x)/x**2", "(2*x*sin(x) + cos(x)*x**2)/x**4", "d/dx[sin(x)/x**2]", "added"),
    ("3*x**4 - 5*x + 7", "12*x**3 + 2", "d/dx[7]", "left as it was; its slope is 0"),
    ("x**3 + 4", "3*x**2 + 1", "d/dx[4]", "is 0, not 1"),
    ("3*x**4 - 5*x + 7", "4*x**3 - 5", "d/dx[3*x**4 - 5*x + 7]", "factor of d/dx[x**4]"),
    ("3*x**4 - 5*x + 7", "12*x**3", "d/dx[3*x**4 - 5*x + 7]", "d/dx[x] is left out"),
    ("3*x**4 - 5*x + 7", "12*x**4 - 5", "d/dx[x**4]", "go down"),
    ("3*x**4 - 5*x + 7", "3*x**3 - 5", "d/dx[x**4]", "come down"),
    ("x**3", "3*x**4", "d/dx[x**3]", "goes up"),
    ("(3*x**2 + 1)**5", "5*(3*x**2 + 1)**4", "d/dx[(3*x**2 + 1)**5]", "inside"),
    ("(3*x**2 + 1)**5", "5*(6*x)**4", "d/dx[(3*x**2 + 1)**5]", "put inside"),
    ("exp(cos(3*x**2))", "6*x*exp(cos(3*x**2))*sin(3*x**2)", "d/dx[cos(3*x**2)]", "sign"),
    ("sin(cos(x**2))", "cos(cos(x**2))*sin(x**2)*2*x", "d/dx[cos(x**2)]", "sign"),
    ("x**3 + cos(x)", "3*x**2 + sin(x)", "d/dx[cos(x)]", "sign"),
    ("8*x + 7*x**2", "8*x + 14*x", "d/dx[x]", "x is left as it was; its slope is 1"),
    ("4*x**3 - 6*x", "12*x**2 - 6*x", "d/dx[x]", "x is left as it was"),
    ("5*exp(x) + 5*x**5", "5*x*exp(x - 1) + 25*x**4", "d/dx[exp(x)]", "for one in the exponent"),
    ("sin(5*x**4 + 2*x)", "cos(20*x**3 + 2)", "d/dx[sin(5*x**4 + 2*x)]", "put inside"),
    ("sin(5*x**4 + 2*x)", "cos(5*x**4 + 2*x)*20*x**3 + 2", "d/dx[sin(5*x**4 + 2*x)]",
     "(20*x**3 + 2) needs its parentheses"),
    ("exp(x - x**2)", "exp(x - x**2)*1 - 2*x", "d/dx[exp(x - x**2)]", "parentheses"),
    ("sqrt(6*x + 2*x**2)", "(6 + 4*x)/sqrt(6*x + 2*x**2)", "", "is 2 times what it should be"),
    ("5 - 7*x**2", "-15*x", "", "1.071 times"),
    ("2*x**3 + 9*x", "8*x**2 + 9", "d/dx[x**3]", "1.333 times"),
    ("x**2*sin(3*x)", "2*x*sin(3*x) + x**2*log(x)", "d/dx[sin(3*x)]",
     "yours has log(x) for d/dx[sin(3*x)]"),
    ("4*x**2*tanh(x)", "x", "", ""), ("sin(x)/(4*x**2)", "2*x", "", ""),
    ("sin(2 + tanh(7*x - x**5))", "210*x**4*(7*x**5 - 3)**5", "", ""),
    ("3 - x**5", "1", "", ""), ("4*x**2 + 1", "2", "", ""), ("3 - x**5", "7*x", "", ""),
    ("5*sin(x) + x**3", "5*cos(x) + 2", "d/dx[x**3]", "yours has 2 for d/dx[x**3]"),
    ("x**2*sin(x)", "2*x*sin(x) + 7", "", ""), ("sin(x**2)", "exp(x)", "", ""),
    ("exp(x) - x**3", "exp(x) + 3*x**2", "d/dx[x**3]", "the sign is wrong"),
    ("x**2*sin(3*x**3 + x)", "2*x*sin(3*x**3 + x) + x**2*cos(3*x**3 + x)*log(x)",
     "d/dx[3*x**3 + x]", "yours has log(x) for d/dx[3*x**3 + x]"),
    ("x*exp(x)", "42", "", ""),
    ("(7*x + x**4)**5", "cos(x)", "", ""),
    ("7*x + 7*x**3", "cos(x)", "", ""),
    ("4*x**2 + 9*x", "12*x", "", ""),
    ("exp(7 - 5*x**5)", "(7 - 5*x**5)*exp(6 - 5*x**5)", "", ""),
    ("x**2", "sqrt(-1 - x**2)", "", ""),  # no value anywhere
]


@pytest.mark.parametrize(("text", "answer", "step", "slip"), SLIPS)
def test_the_step_that_went_wrong(text, answer, step, slip):
    formula = parse(text)
    assert differ(parse(answer), derivative(formula, asking.X))
    found, words = first_difference(steps(formula, asking.X), parse(answer))
    assert found.equation.startswith(f"{step} = ") if step else found is None
    assert slip in words
    assert bool(slip) == bool(words)


def test_one_place_is_no_proportion():
    # The root has a value at 0.31 alone, of the places where formulas are compared.
    assert slips._ratio(parse("sqrt(x - 0.3)"), parse("x")) == 0
    assert slips._ratio(parse("6*x"), parse("2*x")) == pytest.approx(3)
    assert slips._ratio(parse("6*log(x)"), parse("2*log(x)")) == pytest.approx(3)


# ------------------------------------------------------------------ the command


TODAY = date(2026, 11, 29)
EASY = ("--level", "1", "--kind", "derive", "--seed", "1")


@pytest.fixture
def keyboard(monkeypatch, capsys):
    """Types lines at a terminal; returns what is written."""

    def type_in(*lines, arguments=EASY, today=TODAY):
        stream = io.StringIO("".join(f"{line}\n" for line in lines))
        stream.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", stream)
        assert practice.main(list(arguments), today) == 0
        return capsys.readouterr().out

    return type_in


def solve(level, seed, count):
    chosen = islice(problems(level, seed), count)
    return [str(derivative(f, asking.X)) for f in chosen]


def test_a_level_is_drilled_alone(keyboard):
    out = keyboard(*solve(1, 1, 5), "q")
    assert out.count("Right.") == 5
    assert out.endswith("5 of 5 right.\n\n")
    assert out.startswith("Practice 1: --seed 1 sets the same again.\n")


def test_wrong_answers_are_explained(keyboard):
    out = keyboard("x**99", "x**98", arguments=["--level", "3", "--kind", "derive", "--seed", "1"])
    assert out.count("No single slip explains it. Compare yours with the steps, from the top.") == 2
    assert out.count("Not so. Yours and the slope, at x = ") == 2
    assert out.endswith("0 of 2 right.\n\n")


def test_any_writing_of_the_slope_is_right(keyboard):
    (slope,) = solve(1, 1, 1)
    out = keyboard(f"dy/dx = ({slope})*(sin(x)^2 + cos(x)^2)")
    assert f"Right: it is {slope}" in out


def test_an_empty_answer_shows_the_steps(keyboard):
    formula = next(problems(1, 1))
    out = keyboard("")
    assert str(steps(formula, asking.X)).splitlines()[1].strip() in out
    assert "0 of 1 right." in out


@pytest.mark.parametrize(
    "text",
    [
        "2*",
        "__import__('os')",
        "x+" * 300 + "x",
        "9**9**9**9",
        "1/0",
        "(" * 400,
        "\x00",
        "import os",
        "2*y",
    ],
)
def test_what_cannot_be_read_is_asked_again(keyboard, text):
    out = keyboard(text, *solve(1, 1, 1))
    assert "Once more:" in " ".join(out.split())
    assert "1 of 1 right." in out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("cosy", "there is no cosy"),
        ("2*t", "the only letter here is x; there is no t."),
        ("-14*x = -28", "= "),
        ("x == 3", "=="),
        ("x <= 3", "<="),
    ],
)
def test_what_is_said_to_what_cannot_be_read(keyboard, typed, said):
    out = " ".join(keyboard(typed, "q").split())
    assert said in out and "Once more:" in out and "0 of 0" not in out


def test_letters_that_are_none(monkeypatch, capsys):
    stream = io.TextIOWrapper(io.BytesIO(b"2*x\xc3\nq\n"), encoding="utf-8")
    stream.isatty = lambda: True
    monkeypatch.setattr("sys.stdin", stream)
    assert practice.main([]) == 0
    assert "Once more:" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("written", ["{}", "dy/dx = {}", "y' = {}", "f'(x) = {}", "= {}"])
def test_the_slope_may_be_named(keyboard, written):
    (slope,) = solve(1, 1, 1)
    assert "1 of 1 right." in keyboard(written.format(slope))


def test_ctrl_c_ends_with_the_score(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def press(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", press)
    assert practice.main([]) == 0
    assert "0 of 0" not in capsys.readouterr().out


def test_a_worksheet(capsys):
    options = ["--count", "3", "--level", "2", "--seed", "4"]
    assert practice.main(options) == 0
    plain = capsys.readouterr().out
    for i, formula in enumerate(islice(problems(2, 4), 3), 1):
        assert f"{i:2}. y = {formula}\n    dy/dx =\n" in plain
    assert practice.main([*options, "--answers"]) == 0
    solved = capsys.readouterr().out
    assert solved.startswith(plain.rstrip("\n"))
    _, answers, worked = re.split("Answers\n=+|How they are worked out\n=+", solved)
    for i, (formula, slope) in enumerate(zip(islice(problems(2, 4), 3), solve(2, 4, 3),
                                             strict=True), 1):
        assert re.search(rf"^{i:2}\. (.* = )?{re.escape(slope)}$", answers, re.MULTILINE)
        assert f"{i:2}. y = {formula}\n" in worked and f" = {slope}\n" in worked


def test_a_worksheet_is_mixed_and_goes_from_easy_to_hard(capsys):
    assert practice.main(["--count", "12"], TODAY) == 0
    out = capsys.readouterr().out
    assert "Derivatives, mixed, sheet 20261129" in out
    asked = re.findall(r"y = (.*)", out)
    level_of = {str(each): level for level, each in islice(mixed(20261129), 12)}
    levels = [level_of[each] for each in asked]
    assert levels == sorted([*LEVELS, *LEVELS])


def test_without_a_keyboard_there_is_a_worksheet(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("2*x\n"))
    assert practice.main([]) == 0
    assert capsys.readouterr().out.count("dy/dx =") == practice.COUNT


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_every_line_of_a_worksheet_fits(monkeypatch, capsys, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for level in LEVELS:
        practice.main(["--count", "5", "--level", str(level), "--answers"])
    assert max(map(len, capsys.readouterr().out.splitlines())) < int(columns)


@pytest.mark.parametrize(
    "arguments",
    ["--count 0", "--count -1", "--count 9999999", "--level 0", "--level 7", "--seed x",
     "--kind other", "--kind rule --faded", "--faded --count 3", "--faded --html x.html"],
)
def test_wrong_arguments_are_refused_in_one_line(capsys, arguments):
    with pytest.raises(SystemExit) as stop:
        practice.main(arguments.split())
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert err.endswith("; see python -m lessons.practice --help\n")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2x", "2*x"),
        ("3 sin(x)", "3*sin(x)"),
        ("sin x", "sin(x)"),
        ("dy/dx = 2x cos x - x^2 sin(x)", "2*x*cos(x) - x^2*sin(x)"),
        ("(x+1)(x-1)", "(x+1)*(x-1)"),
    ],
)
def test_signs_may_be_left_out_and_it_is_shown_how_that_is_read(keyboard, typed, shown):
    assert f"   read as {shown}\n" in keyboard(typed, "q")


def test_a_right_answer_without_signs_is_right(keyboard):
    written = [slope.replace("*x", "x") for slope in solve(1, 1, 2)]
    assert all(re.search(r"\dx", text) for text in written), "or nothing is left out here"
    out = keyboard(*written, "q")
    assert out.count("read as ") == 2 and out.endswith("2 of 2 right.\n\n")
    assert "read as" not in keyboard(*solve(1, 1, 2), "q")


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("sin 2x", "write sin(2)*x or sin(2*x)"),
        ("1/2x", "write 1/2*x or 1/(2*x)"),
        ("x/2(x+1)", "write x/2*(...) or x/(2*(...))"),
    ],
)
def test_what_has_two_meanings_is_asked_again(keyboard, typed, ways):
    out = " ".join(keyboard(typed, "q").split())
    assert ways in out and "Once more:" in out and "0 of 0" not in out


@pytest.mark.parametrize("error", [OverflowError("too long"), RecursionError("deep"), KeyError()])
def test_an_answer_that_cannot_be_judged_costs_nothing(keyboard, monkeypatch, error):
    judge = asking.judge

    def judged(page, formula, answer):
        if answer.name == "x":
            raise error
        return judge(page, formula, answer)

    monkeypatch.setattr(asking, "judge", judged)
    slopes = solve(1, 1, 3)
    out = keyboard(slopes[0], "x", slopes[2], "q")
    assert f"This answer cannot be judged: {error}. Here is another" in " ".join(out.split())
    assert out.endswith("2 of 2 right.\n\n")


# ------------------------------------------------------------------ days, kinds, faded lines


def asked_in(out):
    return re.findall(r"^\d+\. (.*)$", out, re.MULTILINE)


def test_each_day_begins_anew_and_can_be_repeated(keyboard):
    today, same, next_day = (keyboard("q", arguments=[], today=day)
                             for day in (TODAY, TODAY, date(2026, 11, 30)))
    assert today == same
    assert today.startswith("Practice 20261129, up to level 1 of 6 so far; with --level 3 that")
    assert "--seed 20261129 draws from the same problems again." in " ".join(today.split())
    assert today.splitlines()[1:] == keyboard("q", arguments=["--seed", "20261129"],
                                              today=date(2030, 1, 1)).splitlines()[1:]
    assert today.split("An empty")[1] != next_day.split("An empty")[1]


def test_what_was_missed_comes_first_on_its_day_and_a_sentence_says_so(keyboard):
    kind = ["--kind", "derive"]
    out = keyboard("", "", "q", arguments=kind)
    missed = asked_in(out)[:2]
    assert out.count("It comes back tomorrow.") == 2
    assert "come back" not in keyboard("q", arguments=kind)
    out = keyboard("q", arguments=kind, today=date(2026, 11, 30))
    assert "What you missed comes back: 2 due today, which come first." in out
    assert asked_in(out)[0] in missed
    formulas = [text.removeprefix("y = ") for text in missed]
    answers = {text: str(derivative(parse(text), asking.X)) for text in formulas}
    first = asked_in(out)[0].removeprefix("y = ")
    out = keyboard(answers[first], "x**77", "q", arguments=kind, today=date(2026, 11, 30))
    assert "It comes back in 3 days." in out and "It comes back tomorrow." in out
    out = keyboard("q", arguments=kind, today=date(2026, 12, 1))
    assert "1 due today, which comes first." in out and first not in out
    out = keyboard("q", arguments=[*kind, "--seed", "4"], today=date(2026, 12, 1))
    assert "due today" not in out  # a seed sets its own problems, and no others


@pytest.mark.parametrize("typed", ["{n}", "{word}", "{n}."])
def test_the_rule_is_named_by_its_number_or_its_word(keyboard, typed):
    options = ["--kind", "rule", "--seed", "2"]
    formula = parse(asked_in(keyboard("q", arguments=options))[0].removeprefix("y = "))
    rules = {"+": 1, "-": 1, "*": 2, "/": 3}  # what is done last, seen in the formula itself
    right = rules.get(formula.operation.name, 4)
    words = [None, "sum", "product", "quotient", "chain"]
    for n in range(1, 5):
        out = keyboard(typed.format(n=n, word=words[n]), "q", arguments=options)
        assert ("Right." in out) == (n == right)
        assert ("1 of 1 right." in out) == (n == right)
        assert (f"It is the {words[right]} rule" in out) == (n != right)
    out = keyboard("9", "sine", "0", "rule", "", "q", arguments=options)
    assert out.count("write a number from 1 to 4. Once more:") == 4
    assert f"It is the {words[right]} rule" in out


def test_the_slip_is_found_by_its_line(keyboard):
    options = ["--kind", "slip", "--seed", "2"]
    lines = keyboard("q", arguments=options).count("   line ") - 1  # one is the question
    said = [keyboard(f"line {n}", "q", arguments=options) for n in range(1, lines + 1)]
    right = [n for n, out in enumerate(said, 1) if "Right: " in out]
    assert len(right) == 1
    for n, out in enumerate(said, 1):
        assert out.endswith(f"{int([n] == right)} of 1 right.\n\n")
        assert (f"It is line {right[0]}: " in out) == ([n] != right)
    assert f"write a number from 1 to {lines}" in keyboard(str(lines + 1), "q", arguments=options)


FADED = ["--faded", "--level", "3", "--seed", "3"]


def lines_of(formula):
    """The equations of a derivation as they are shown, those in one line apart."""
    return [(str(step.before), str(step.after)) for line in groups_of(formula) for step in line]


def groups_of(formula):
    """The lines that a rule asks for: without the last one, where that only tidies up."""
    return [line for line in grouped(steps(formula, asking.X))
            if line[0].rule not in ("simplify", "put another way")]


def test_one_line_is_missing_then_two_and_each_is_judged(keyboard):
    first, second = islice(problems(3, 3), 2)
    out = keyboard(lines_of(first)[-1][1], "q", arguments=FADED)
    assert out.count("Right.") == 1 and out.endswith("1 of 1 lines right.\n\n")
    begun = out.split(f"2. y = {second}")[1]
    assert begun.count(" =\n\n") == 1  # the first of two that are missing
    out = keyboard(lines_of(first)[-1][1], *(end for _, end in lines_of(second)[-2:]), "q",
                   arguments=FADED)
    assert out.endswith("3 of 3 lines right.\n\n")
    for before, _ in lines_of(second)[:-2]:
        assert before in out


def test_after_a_wrong_line_no_more_are_missing(keyboard):
    first, second = islice(problems(3, 3), 2)
    out = keyboard("x**77", lines_of(second)[-1][1], "q", arguments=FADED)
    assert f"Not so. It is\n    {lines_of(first)[-1][0]} = {lines_of(first)[-1][1]}" in out
    assert out.endswith("1 of 2 lines right.\n\n")


def test_all_lines_may_be_missing_at_last_and_stay_so(keyboard):
    answers, missing = [], 1
    by_rules = (each for each in problems(3, 3)
                if steps(each, asking.X).steps[0].rule != "simplify first")
    for formula in islice(by_rules, 12):
        groups = groups_of(formula)
        taken = groups[max(0, len(groups) - missing):]
        answers += [str(step.after) for group in taken for step in group]
        missing += 1
    out = keyboard(*answers, "q", arguments=FADED)
    assert out.endswith(f"{len(answers)} of {len(answers)} lines right.\n\n")
    assert missing >= 6


def test_of_a_wrong_line_it_is_said_what_is_wrong(keyboard):
    arguments = ["--faded", "--level", "1", "--seed", "1"]
    formula = next(problems(1, 1))
    *_, (before, after) = lines_of(formula)
    assert (str(formula), after) == ("7*x**2 + 5", "7*(2*x)")
    out = " ".join(keyboard("7*x", "q", arguments=arguments).split())
    assert f"Not so. It is {before} = {after} Yours and that, at x = 1: 7 and 14." in out
    assert "exponent does not come down" in out


@pytest.mark.parametrize(("typed", "right"), [
    ("{after}", True), ("{found}", True), ("{before} = {after}", True), ("2*({after})/2", True),
    ("({after})*2", False), ("({after}) + 1", False), ("0", False)])
def test_a_line_is_right_in_any_form(keyboard, typed, right):
    formula = next(problems(3, 3))
    step = steps(formula, asking.X).steps[-1]
    text = typed.format(after=step.after, found=step.found, before=step.before)
    out = keyboard(text, "q", arguments=FADED)
    assert out.endswith(f"{int(right)} of 1 lines right.\n\n")


def test_rates_may_stand_in_a_line_but_not_the_one_that_is_looked_for(keyboard):
    formula = next(problems(3, 3))
    first = steps(formula, asking.X).steps[0]
    out = keyboard(f"d/dx[{formula}]", str(first.after), "q", arguments=FADED)
    assert "is what is looked for; take one step. Once more:" in " ".join(out.split())
    assert out.endswith("1 of 1 lines right.\n\n")


def test_faded_practice_keeps_nothing(keyboard):
    assert "comes back" not in keyboard("x**77", "", "q", arguments=FADED)
    assert not notes.file().exists()
