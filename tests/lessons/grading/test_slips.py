"""What is said of the usual mistakes, each made by hand, with numbers that tell it from others."""

import statistics

import pytest

from lessons.data import films
from lessons.grading import checker
from lessons.grading.answer import call_text
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
    ((2, 5.0), "Python counts places from 0"), ((1, 5.0), "if the test rows choose"),
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


def with_farthest(residuals):
    return ("def farthest(titles, errors):\n"
            "    return titles[max(range(len(titles)), key=lambda i: abs(errors[i]))]\n"
            f"def residuals(actual, predicted): return {residuals}")


def farthest(place):
    return ("def farthest(titles, errors):\n    sizes = [*map(abs, errors)]\n"
            f"    return titles[{place}]\n")


def order(listed):
    return ("from mathlab import Value\nGRAD_B = 20\nGRAD_A = 40\n"
            f"def order(result): return {listed}")


GRADIENT = 'BY_A = "-2*(4 - a - b) - 6*(7 - 3*a - b)"; BY_B = "-2*(4 - a - b) - 2*(7 - 3*a - b)"\n'


def row(name, compute, slope):
    return f"NAME = {name!r}\ndef compute(x): return {compute}\ndef slope(x, y): return {slope}"


def ball(keep, result="[p - rate * v for p, v in zip(position, speed)], speed"):
    return (f"KEEP = {keep}\ndef momentum(position, velocity, slopes, rate, keep):\n"
            f"    speed = [keep * v + s for v, s in zip(velocity, slopes)]\n    return {result}")


def network(units=5, levers=21, steps=200, rate=0.1, start=13):
    return f"UNITS = {units}\nLEVERS = {levers}\nSTEPS = {steps}\nRATE = {rate}\nSTART = {start}"


# An exercise, a reader's file; how what is said of it ends, what was asked, came, and was expected
REPORTS = [
    ("l01_collect", "def is_suspicious(film): return film['release_date'].year == 1941",
     "the year does not matter; a date is never equal to a text: compare its .month and its .day "
     "with numbers", "is_suspicious(a film of 2002-12-31)", "False", "True"),
    ("l01_collect", "def is_suspicious(film): return film['release_date'].month == 12",
     "this is in December, but not the last day", "is_suspicious(a film of 2002-12-25)", "True",
     "False"),
    ("l03_line", "SLOPE = INTERCEPT = 0", "on the whole, yours is further from the films",
     "the mean squared error of 0*budget + 0", "30,334", "less than 12,728"),
    ("l04_residuals", farthest("errors.index(max(errors))"), "one below it is further away",
     "farthest(['A', 'B', 'C'], [5.0, -8.0, 2.0])", "'A'", "'B'"),
    ("l04_residuals", farthest("errors.index(min(errors))"), "one above it is further away",
     "farthest(['A', 'B', 'C'], [-5.0, -8.0, 9.0])", "'B'", "'C'"),
    ("l04_residuals", farthest("sizes.index(max(sizes)) * (max(errors) > 0)"),
     "one below it is further away", "farthest(['Low', 'Lower'], [-1.0, -2.0])", "'Low'",
     "'Lower'"),
    ("l04_residuals", farthest("sizes.index(max(sizes)) - 5 * (len(sizes) == 1)"),
     "it should not fail: the list has fewer elements than that", "farthest(['Alone'], [-3.0])",
     "IndexError: list index out of range, in line 3 of the file", ""),
    ("l04_residuals", with_farthest("[a - p for a, p in zip(actual, predicted)][:3] * "
                                    "(len(actual) > 1)"), "and it is actual - predicted",
     "residuals([10.0], [40.0])", "[]", "[-30.0]"),
    ("l04_residuals", with_farthest("5"), "it should be a list, with one residual for each film",
     "residuals([5.0, 2.0, 3.0], [3.0, 2.0, 7.0])", "5", "[2.0, 0.0, -4.0]"),
    ("l05_loss", "def mean_absolute_error(actual, predicted): return [5.2]",
     "it should be one number for all films together", "mean_absolute_error([10.0, 30.0, 60.0, "
     "20.0, 8.0], [13.0, 19.0, 56.0, 27.0, 9.0])", "[5.2]", "5.2"),
    ("l05_loss", "def mean_absolute_error(actual, predicted): return '5.2'",
     "it should be a number, not text: take the quotes away", "mean_absolute_error([10.0, 30.0, "
     "60.0, 20.0, 8.0], [13.0, 19.0, 56.0, 27.0, 9.0])", "'5.2'", ""),
    ("l05_loss", "def mean_absolute_error(actual, predicted): return sum(abs(a - p) for a, p in "
     "zip(actual, predicted)) / max(2, len(actual))",
     "what is asked for is the mean of the residuals without their signs",
     "mean_absolute_error([2.0], [7.5])", "2.75", "5.5"),
    ("l06_cost_curve", "GUESSES = [20]", "so the bottom lies at a smaller factor",
     "the loss and the slope at each guess", None, "a loss within 1% of the lowest"),
    ("l07_rate_of_change", "FORWARD_H = 1; CENTRAL_H = 1", "the curve bends away within your h",
     "FORWARD_H = 1: how far off the slope is, at places near 1", "4.7e-01 on the average",
     "4.6e-04 with the best step"),
    ("l07_rate_of_change", "FORWARD_H = 1e-3; CENTRAL_H = 1", "the curve bends away within your h",
     "CENTRAL_H = 1: how far off the slope is, at places near 1", "8.6e-02 on the average",
     "1.6e-05 with the best step"),
    ("l07_rate_of_change", "FORWARD_H = CENTRAL_H = 5e-3", "of the bend, so it can be wider",
     "FORWARD_H, CENTRAL_H", "0.005, 0.005", "a wider step for central"),
    ("l07_rate_of_change", "FORWARD_H = 1e-300", "divided by your h, spoils the slope",
     "FORWARD_H = 1e-300: how far off the slope is, at places near 1", None,
     "4.6e-04 with the best step"),
    ("l08_rules", row(3, "x * x", "2 * x"), "it should be a word, as text", "NAME", "3",
     "such as 'reciprocal'"),
    ("l08_rules", row("sin", "x * x", "2 * x"), "the table has a row of this name already", "NAME",
     "sin", "another name"),
    ("l08_rules", row("e", "x * x", "2 * x"), "every formula has a number of this name already",
     "NAME", "e", "another name"),
    ("l08_rules", row("square", "'x * x'", "2 * x"), "not text: take the quotes away",
     "compute(0.7)", "'x * x'", ""),
    ("l08_rules", row("beyond", "(x - 2) ** 0.5", "0.5 / y"), "it should be a number",
     "compute(0.7)", str((0.7 - 2) ** 0.5), ""),  # 2 places have a value, and 3 are needed
    ("l08_rules", "import math\n" + row("bell", "math.exp(-x * x)", "-2 * x * math.exp(-x * x)"),
     "and not with those of math", "slope, at x = 0.7", None, ""),
    ("l08_rules", row("reciprocal", "1 / x", "(1/(x + 1e-6) - 1/(x - 1e-6)) / 2e-6"),
     "is a small h left in it? Let h be 0", "slope, at x = 1/2", None, "-4"),
    ("l08_rules", row("square", "x * x", "-2 * y / x"), "Its sign is swapped.",
     "check_derivatives(square, 0.7)", "", ""),
    ("l10_graph", order("[]"), "a is missing in the list",
     "order(d), where b = a * a; c = a + b; d = b * c", "an empty list",
     "d, c, b, a, or one like it"),
    ("l10_graph", order("5"), "it should be a list of nodes",
     "order(d), where b = a * a; c = a + b; d = b * c", "5", ""),
    ("l10_graph", order("[Value(1.0)]"), "a node without a name is not in this graph",
     "order(d), where b = a * a; c = a + b; d = b * c", "a node without a name",
     "d, c, b, a, or one like it"),
    ("l12_three_ways", "WRONG_RULE = 'soft'; NUMERIC = 5", "did it take for each lever?", "NUMERIC",
     "5", "about 1,000 times what one lever takes"),
    ("l13_gradient", f"{GRADIENT}ANGLE = 45", "your way goes down 93.63% as fast",
     "the slope of the loss at 45 degrees", "-22.627 for a unit of way",
     "-24.166, as the arrow; the best of 360 others has -24.165"),
    ("l14_descent", "def step(position, slopes, rate):\n    return 5 if rate == 0.4 else "
     "[p - rate * s for p, s in zip(position, slopes)]",
     "a step on the films led to no place", "step", "5", "two numbers"),
    ("l16_scaling", "def in_dollars(slope, intercept, mean, spread): return slope, intercept",
     "For a budget of 0 your line says 40, and the line in spreads 10", "in_dollars(6, 40, 10, 2)",
     "(6, 40)", ""),
    ("l16_scaling", "def in_dollars(slope, intercept, mean, spread): return 1, 2, 3",
     "it should be two numbers: return slope, intercept", "in_dollars(6, 40, 10, 2)", "(1, 2, 3)",
     ""),
    ("l17_optimizers", ball(1), "it should be from 0 to below 1: a share of the speed", "KEEP", "1",
     ""),
    ("l17_optimizers", ball(-0.1), "it should be from 0 to below 1: a share of the speed", "KEEP",
     "-0.1", ""),
    ("l17_optimizers", ball(0.5), "too little speed is kept: the ball still creeps",
     "the steps with KEEP = 0.5", "more than 2,385", "at most 2,385; descent takes 23,852"),
    ("l17_optimizers", ball(0.95, "[p - rate * v for p, v in zip(position, speed)], (5 if "
                                  "position[-1] == 50 else speed)"),
     l17_optimizers.PAIR, "momentum, on the way through the valley", None, ""),
    ("l20_small_network", network(levers=20), "and a bias; and there is c, once",
     "LEVERS, for 5 units", "20", ""),
    ("l20_small_network", network(rate=0), "it cannot be trained: the learning rate must be above "
     "0, not 0", "RATE = 0", "", ""),
    ("l21_predict", "def interval(values): return -40, 40",
     "low and high have to be made from the values", "interval(values)", "(-40, 40)", ""),
    ("l23_proved", "def product(a, b, c, d): return a * c, a * d",
     "a is above 0, and b is above 0: high is too low: 3 times 5 is higher", "product(2, 3, 4, 5)",
     "from 8 to 10", "from 8 to 15"),
    ("l23_proved", "def product(a, b, c, d): return 7", "it should be two numbers, low and high",
     "product(2, 3, 4, 5)", "7", "from 8 to 15"),
]


@pytest.mark.parametrize(("name", "text", "why", "asked", "came", "expected"), REPORTS)
def test_what_is_reported_of_a_file(name, text, why, asked, came, expected, tmp_path):
    path = tmp_path / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    verdict = checker.judge(name, path)
    assert verdict.why.endswith(why)
    for told, known in zip(verdict[2:5], (asked, came, expected), strict=True):
        assert known is None or told == known


@pytest.mark.parametrize(("residuals", "why"), [
    ("[a - p for a, p in zip(actual, predicted)]", "residuals is mended; farthest still returns "
     "..."), ("[p - a for a, p in zip(actual, predicted)]", "farthest still returns ..."),
    ("...", "residuals still returns ...")])
def test_4_half_an_answer(residuals, why, tmp_path):
    path = tmp_path / "l04_residuals.py"
    path.write_text(f"def farthest(titles, errors): return ...\n"
                    f"def residuals(actual, predicted): return {residuals}\n", encoding="utf-8")
    assert checker.judge("l04_residuals", path)[:2] == (checker.NOT_YET, why)


def test_5_all_films_come_last(tmp_path):
    path = tmp_path / "l05_loss.py"
    path.write_text("def mean_absolute_error(a, p):\n    if len(a) > 5: return 5.5\n"
                    "    return sum(map(abs, map(float.__sub__, a, p))) / len(a)", encoding="utf-8")
    table, _ = films.cleaned()
    budgets, revenues = table["budget"], table["revenue"]
    off = statistics.fmean(abs(r - 3 * b) for b, r in zip(budgets, revenues, strict=True))
    _, _, asked, came, expected, _ = checker.judge("l05_loss", path)
    assert asked == call_text("mean_absolute_error", (revenues, [3 * b for b in budgets]))
    assert came == "5.5" and float(expected) == pytest.approx(off)


# Of the first five films the residuals are -3, 11, 4, -7 and -1: what is said of a number
@pytest.mark.parametrize(("number", "words"), [
    (26, "that is the sum"), (-26, "that is the sum"), (0.8, "have cancelled out"),
    (-0.8, "have cancelled out"), (-5.2, "a loss is never below 0"),
    (39.2, "the mean of the squares"), (39.2**0.5, "the root of the mean square"),
    (4, "the median of the sizes"), (11, "the largest of the sizes"),
    (3, "the size of the first alone"), (0.6, "only the first film is in it"),
    (5, "what is behind the point is lost"), (6.5, "one film less than there are"),
    (5.2 * 1.009, "nearly: do not round"), (5.2 * 1.011, "what is asked for is the mean of the")])
def test_5_what_a_mean_may_be(number, words, tmp_path):
    path = tmp_path / "l05_loss.py"
    path.write_text(f"def mean_absolute_error(a, p): return {number}", encoding="utf-8")
    assert words in checker.judge("l05_loss", path).why
