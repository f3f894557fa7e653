"""The guesses that lessons without a moving picture take, against numbers worked out otherwise."""

import statistics
from fractions import Fraction

import pytest

from lessons import course
from lessons.data import films
from tests.lessons.record import told


def guess_of(number):
    (live,) = [live for live in told(number).lives if live.name == "first"]
    return live.guess


def test_every_lesson_takes_a_guess():
    for number in course.LESSONS:
        assert any(live.guess for live in told(number).lives), number


def test_the_films_that_are_left():
    table, report = films.cleaned()
    assert guess_of(1).truth == pytest.approx(100 * len(table["title"]) / report.read)


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
