"""The guesses that lessons without a moving picture take, against numbers worked out otherwise."""

import statistics
import sys
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from lessons import course
from lessons.data import films
from tests.lessons.record import told


def guess_of(number, name="first"):
    (live,) = [live for live in told(number).asked if live.name == name]
    return live.guess


def chosen(number, name="first"):
    """The words of the choice that is true."""
    guess = guess_of(number, name)
    return guess.choices[guess.truth]


def test_every_lesson_takes_a_guess():
    for number in course.LESSONS:
        assert told(number).asked, number


def test_the_films_that_are_left():
    table, report = films.cleaned()
    assert guess_of(1).truth == round(100 * len(table["title"]) / report.read)


def test_what_ten_million_more_bring():
    table, _ = films.cleaned()
    groups = {}
    for budget, revenue in zip(table["budget"], table["revenue"], strict=True):
        groups.setdefault(int(budget // 10), []).append(revenue)
    first, last = (statistics.fmean(groups[i]) for i in (0, 4))
    assert guess_of(2).truth == pytest.approx((last - first) / 4)
    assert not guess_of(2).right(10)  # which is what a film costs more


def test_the_level_that_each_loss_finds_best():
    revenue = films.cleaned()[0]["revenue"]
    assert statistics.fmean(revenue) > statistics.median(revenue)
    assert chosen(5) == "No: the squared loss a higher one"


def test_what_is_left_of_the_quotient_of_a_square():
    h = Fraction(1, 10**30)
    for x in (Fraction(3), Fraction(-1, 7)):
        assert abs(((x + h) ** 2 - x**2) / h - 2 * x) == h
    assert chosen(8) == "2*x"


def test_how_far_the_squared_error_moves():
    film = next(film for film in films.cleaned()[0].rows()
                if film["title"] == "Back to the Future Part II")

    def squared(slope):
        return (film["revenue"] - slope * film["budget"] - 10) ** 2

    times = abs(squared(3.001) - squared(3)) / 0.001
    assert times > 1000 and chosen(9) == "By more still"


def test_a_rate_above_the_limit_never_gets_there():
    """With 1.05 times the limit each step multiplies the distance by 1 - 2*1.05 = -1.1."""
    assert chosen(15) == "No, it never gets there"


def test_how_many_times_as_many_steps():
    table = told(16).tables[0]
    steps = dict(zip(table["budget in"], table["steps"], strict=True))
    assert steps["1 million"] > 1000 * steps["spreads"] and chosen(16) == "More still"


def test_how_far_off_the_line_is():
    table, _ = films.cleaned()
    line = statistics.linear_regression(table["budget"], table["revenue"])
    squares = [(r - line.slope * b - line.intercept) ** 2
               for b, r in zip(table["budget"], table["revenue"], strict=True)]
    assert guess_of(21).truth == pytest.approx(statistics.fmean(squares) ** 0.5, rel=1e-6)


def test_which_way_comes_nearest():
    """The slope of scale*budget**power by power is scale*budget**power*log(budget)."""
    true = 5 * (Decimal("0.9") * Decimal(237).ln()).exp() * Decimal(237).ln()
    table = told(12).tables[0]
    off = {way: abs(Decimal(slope) - true)
           for way, slope in zip(table["method"], table["slope"], strict=True)}
    assert 10 * max(off["backward"], off["symbolic"]) < off["numeric"]
    assert chosen(12, "nearest") == "The last two, both as near as can be"


def test_the_calls_of_a_hundred_nudges():
    assert 100 * 2 < guess_of(12).truth < 100 * 200  # at least two for each lever


def test_the_dollars_that_go_with_one_more():
    table, _ = films.cleaned()
    xs, ys = table["budget"], table["revenue"]
    mean_x, mean_y = statistics.fmean(xs), statistics.fmean(ys)
    slope = (sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
             / sum((x - mean_x) ** 2 for x in xs))
    assert guess_of(14).truth == pytest.approx(slope)


def test_the_curves_that_stray():
    guess = guess_of(18)
    degree = told(18).tables[-1]["test"]
    best = [*map(float, degree)].index(min(map(float, degree)))
    assert 0 < best < len(degree) - 1 and guess.choices[guess.truth].startswith("At first")


def test_the_digits_that_floats_leave():
    table = next(t for t in told(22).tables if "floats" in t)
    assert guess_of(22).truth == max(table["right "])


def test_three_that_agree_are_wrong():
    x, y = 77617, 33096
    true = (Fraction("333.75") * y**6 + x**2 * (11 * x**2 * y**2 - y**6 - 121 * y**4 - 2)
            + Fraction("5.5") * y**8 + Fraction(x, 2 * y))
    answers = told(23).tables[0]["answer"]
    assert all(abs(float(answer) - true) > 1 for answer in answers)
    assert guess_of(23).choices[guess_of(23).truth].startswith("No")


CHECKS = [check for name, check in sorted(globals().items())
          if name.startswith("test_") and name != "test_every_lesson_takes_a_guess"]


@pytest.mark.parametrize("check", CHECKS)
def test_a_planted_truth_is_caught(monkeypatch, check):
    """Each check above, with another number or another choice as the truth of every guess."""
    as_told = told

    def planted(number):
        record = as_told(number)
        asked = [live._replace(guess=wrong(live.guess)) for live in record.asked]
        return SimpleNamespace(asked=asked, tables=record.tables)

    monkeypatch.setattr(sys.modules[__name__], "told", planted)
    with pytest.raises(AssertionError):
        check()


def wrong(guess):
    """The guess, with a truth that is not so."""
    truth = guess.truth
    return guess._replace(truth=(truth + 1) % len(guess.choices) if guess.choices
                          else truth + 100 * max(1, abs(truth)))
