"""What is said of the usual mistakes, each made by hand, with numbers that tell it from others."""

import pytest

from lessons.grading import checker
from lessons.grading.checks import l14_descent, l16_scaling, l17_optimizers, l18_more_levers

# A step from (1, 2) along the slopes (4, 6), of rate 0.5: to (-1, -1).
STEPS = [
    ([3.0, 5.0], "uphill"),
    ([-3.0, -4.0], "without the rate"),
    ([-2.0, -3.0], "how far the levers move"),
    ([2.0, 3.0], "how far the levers move"),
    ([-1.0, 0.0], "every lever moved by the first slope"),
    ([1.0, 2.0], "nothing has moved"),
    ([7.0, 7.0], "each lever moves by minus rate times its own slope"),
    ([1.0], "a list with a number for each lever"),
    (["a", "b"], "a list with a number for each lever"),
    (None, "a list with a number for each lever"),
]


@pytest.mark.parametrize(("came", "words"), STEPS)
def test_14_a_step(came, words):
    assert words in l14_descent.slip(came, [1.0, 2.0], [4.0, 6.0], 0.5)


# y = 8*z + 100, z = (x - 20)/4: that is y = 2*x + 60.
LINES = [
    ((60.0, 2.0), "the slope comes first"),
    ((8.0, 60.0), "for a whole spread"),
    ((32.0, 60.0), "multiplied by the spread"),
    ((5.0, 60.0), "not that of the line in spreads"),
    ((2.0, 100.0), "still that at the mean"),
    ((2.0, 140.0), "goes back, not on"),
    ((2.0, -60.0), "the new slope times the mean"),
    ((2.0, 95.0), "depends on it"),
    ((2.0, 1.0), "the slope is right, the intercept is not"),
]


@pytest.mark.parametrize(("came", "words"), LINES)
def test_16_a_line_in_its_own_units(came, words):
    assert words in l16_scaling.slip(came, 8.0, 100.0, 20.0, 4.0)


def test_16_the_first_budget_that_tells_two_lines_apart():
    expected = [60.0, 62.0, 260.0]  # at 0, 1 and 100
    assert l16_scaling.disagreement((2.0, 60.0), expected) == ""
    assert l16_scaling.disagreement((3.0, 60.0), expected) == (
        "For a budget of 1 your line says 63, and the line in spreads 62")


# From (1, 2) with the velocity (10, 20), slopes (4, 6), rate 0.5, keep 0.8: the new velocity is
# (12, 22), and the new place (-5, -9).
ROLLS = [
    (([12.0, 22.0], [-5.0, -9.0]), "the position comes first"),
    (([-4.0, -8.0], [12.0, 22.0]), "with the old velocity"),
    (([7.0, 13.0], [12.0, 22.0]), "went uphill"),
    (([-11.0, -20.0], [12.0, 22.0]), "moved without the rate"),
    (([-1.0, -1.0], [12.0, 22.0]), "moved by the slopes alone"),
    (([0.0, 0.0], [12.0, 22.0]), "the velocity is right, the position is not"),
    (([0.0, 0.0], [14.0, 26.0]), "all of the old velocity was kept"),
    (([0.0, 0.0], [4.0, 10.0]), "the minus comes when the position moves"),
    (([0.0, 0.0], [8.8, 17.2]), "not the share 1 - keep"),
    (([0.0, 0.0], [4.0, 6.0]), "nothing of the old velocity was kept"),
    (([0.0, 0.0], [10.0, 19.0]), "the rate comes when the position moves"),
    (([0.0, 0.0], [6.0, 13.0]), "the rate comes when the position moves"),
    (([0.0, 0.0], [1.0, 1.0]), "keep times the old one, plus the slope"),
    (([0.0, 0.0], [1.0]), l17_optimizers.PAIR),
    (([0.0], [1.0, 1.0]), l17_optimizers.PAIR),
    (([0.0, 0.0], ["a", "b"]), l17_optimizers.PAIR),
    (([0.0, 0.0],), l17_optimizers.PAIR),
    ("ab", l17_optimizers.PAIR),
    (5.0, l17_optimizers.PAIR),
]


@pytest.mark.parametrize(("came", "words"), ROLLS)
def test_17_a_ball_that_rolls(came, words):
    case = ([1.0, 2.0], [10.0, 20.0], [4.0, 6.0], 0.5, 0.8)
    assert words in l17_optimizers.slip(came, ([-5.0, -9.0], [12.0, 22.0]), *case)
    assert l17_optimizers.rolled(*case) == ([-5.0, -9.0], [12.0, 22.0])


# Degree 3 has the lowest validation error, and there the test error is 5.
CHOICES = [
    ((5.0, 3), "the degree comes first"),
    ((3, 2.0), "its validation error was picked as the lowest"),
    ((3, 1.5), "on the train rows any curve looks better"),
    ((3, 4.0), "the test error of another degree"),
    ((3, 9.0), "not the error"),
    ((2, 5.0), "Python counts places from 0"),
    ((4, 0.5), "it cannot tell when to stop"),
    ((1, 4.0), "if the test rows choose"),
    ((2, 1.0), "the degree is where the validation error is lowest"),
    ((3,), "two things"), (3, "two things"),
]


@pytest.mark.parametrize(("came", "words"), CHOICES)
def test_18_a_degree_that_is_chosen(came, words):
    train, validation, test = [3.0, 2.5, 1.5, 0.5], [6.0, 3.0, 2.0, 2.5], [4.0, 6.0, 5.0, 7.0]
    assert words in l18_more_levers.slip(came, train, validation, test)


def test_18_of_degrees_that_are_as_good_the_lowest():
    found = l18_more_levers.slip((2, 1.0), [3.0, 2.0], [1.0, 1.0], [9.0, 1.0])
    assert "other degrees are as good" in found


SAID = [  # an exercise, a reader's file, and what is said of it
    ("l08_rules", "NAME = 'bell'\ndef compute(x): return float('inf')\n"
     "def slope(x, y): return 1\n", "it should be finite"),
    ("l05_loss", "def mean_absolute_error(actual, predicted):\n    return [1.0]",
     "one number for all films together"),
    ("l05_loss", "def mean_absolute_error(actual, predicted):\n"
     "    return sum(abs(a - p) for a, p in zip(actual, predicted))", "that is the sum"),
    ("l14_descent", "def step(position, slopes, rate):\n    if rate == 0.4:\n        return 5\n"
     "    return [p - rate*s for p, s in zip(position, slopes)]\n", "led to no place"),
    ("l21_predict", "def interval(values):\n    return [sum(values) / 5] * 2\n", "much too narrow"),
]


@pytest.mark.parametrize(("name", "text", "words"), SAID)
def test_what_is_said_of_a_file(name, text, words, tmp_path):
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    verdict = checker.judge(name, path)
    assert verdict.state == checker.WRONG
    assert words in verdict.why
