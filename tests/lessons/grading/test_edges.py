"""Where what is said of a number changes: just inside the edge, and just outside."""

import itertools
import math
import random
import statistics
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from lessons import course
from lessons.data import films, sources
from lessons.grading import checker
from lessons.grading.asked import Number
from lessons.grading.checks import (
    l01_collect,
    l02_explore,
    l04_residuals,
    l08_rules,
    l09_chain_rule,
    l10_graph,
    l12_three_ways,
    l17_optimizers,
    l18_more_levers,
    l19_yes_or_no,
    l20_small_network,
    l21_predict,
    l23_proved,
    l24_own_file,
)
from mathlab import numeric, sigmoid
from mathlab.calculus.graph.operations import BUILT_IN
from mathlab.errors import DomainError
from mathlab.learning.data.split import split

CARS, _ = sources.cars("weight")
SLOPE = statistics.linear_regression(
    [w / 1000 for w in CARS["weight"]], CARS["miles_per_gallon"]).slope  # -7.65 or so


def factor_loss(factor):
    return statistics.fmean((y - 45 + factor * w / 1000) ** 2 for w, y in
                            zip(CARS["weight"], CARS["miles_per_gallon"], strict=True))


# The loss of `45 - factor*weight` is a parabola: where it is lowest, and 1% above that
MEANS = [statistics.fmean(w**i * (45 - y) ** k / 1000**i for w, y in zip(
    CARS["weight"], CARS["miles_per_gallon"], strict=True)) for i, k in ((2, 0), (1, 1), (0, 2))]
BOTTOM = MEANS[1] / MEANS[0]
REACH = math.sqrt(0.01 * factor_loss(BOTTOM) / MEANS[0])

with (sources.FOLDER / "hubble.csv").open(encoding="utf-8") as file:
    GALAXIES = [tuple(map(float, line.split(",")[:2])) for line in [*file][1:]]
H = (math.fsum(x * y for x, y in GALAXIES) / math.fsum(x * x for x, _ in GALAXIES))
S = math.sqrt(math.fsum((y - H * x) ** 2 for x, y in GALAXIES) / 23
              / math.fsum(x * x for x, _ in GALAXIES))
LOW, HIGH = H - 2.0686576104 * S, H + 2.0686576104 * S  # of Student with 23 degrees of freedom

NUDGED = []  # 20 levers at a time; for each of a thousand it takes as many calls
numeric.gradient(lambda levers: NUDGED.append(levers) or sigmoid(math.fsum(levers)), [0.05] * 20)
CALLS = len(NUDGED) / 20 * 1000

UP = math.degrees(math.atan2(-10, -22)) % 360  # at a = 1, b = 1 the gradient is (-22, -10)
DOWN = math.degrees(math.atan2(10, 22))

EDGES = [  # an exercise, which of its questions, the answers; words of what is said, "" if right
    ("l02_explore", 1, {"SIZE": -SLOPE / 2 * 1.001},        ""),
    ("l02_explore", 1, {"SIZE": SLOPE},                     ""),
    ("l02_explore", 1, {"SIZE": -SLOPE * 2 * 0.999},        ""),
    ("l02_explore", 1, {"SIZE": -SLOPE / 2 * 0.999},        "too flat: along the cloud"),
    ("l02_explore", 1, {"SIZE": -SLOPE * 2 * 1.001},        "too steep: "),
    ("l02_explore", 1, {"SIZE": -SLOPE / 500 * 0.999},      "far too flat: is that for one pound"),
    ("l02_explore", 1, {"SIZE": -SLOPE / 500 * 1.001},      "too flat: along the cloud"),
    ("l02_explore", 1, {"SIZE": 0},                         "too flat: along the cloud"),
    ("l03_line",    0, {"SLOPE": 1e6},                      ""),
    ("l03_line",    0, {"SLOPE": -1e6 - 1},                 "far too much"),
    ("l03_line",    1, {"INTERCEPT": -1e6},                 ""),
    ("l03_line",    1, {"INTERCEPT": 1e6 + 1},              "far too much"),
    ("l03_line",    2, {"SLOPE": 3, "INTERCEPT": 0},        "but the line by eye is at least as"),
    ("l03_line",    2, {"SLOPE": 3, "INTERCEPT": -1e-3},    ""),
    ("l03_line",    2, {"SLOPE": 3, "INTERCEPT": 1e-3},     "but the line by eye is at least as"),
    ("l03_line",    2, {"SLOPE": 0, "INTERCEPT":
                        statistics.fmean(films.cleaned()[0]["revenue"])}, "the level line"),
    ("l03_line",    2, {"SLOPE": 0.01, "INTERCEPT":
                        statistics.fmean(films.cleaned()[0]["revenue"])}, "the line by eye is at"),
    ("l06_cost_curve", 0, {"GUESSES": BOTTOM + REACH * 0.999}, ""),
    ("l06_cost_curve", 0, {"GUESSES": BOTTOM - REACH * 0.999}, ""),
    ("l06_cost_curve", 0, {"GUESSES": BOTTOM + REACH * 1.001}, "the curve rises"),
    ("l06_cost_curve", 0, {"GUESSES": BOTTOM - REACH * 1.001}, "the curve falls"),
    ("l07_rate_of_change", 0, {"FORWARD_H": -1},            "not its power of ten"),
    ("l07_rate_of_change", 0, {"FORWARD_H": -0.999},        "a step is above 0"),
    ("l07_rate_of_change", 0, {"FORWARD_H": 0},             "a step is above 0"),
    ("l07_rate_of_change", 0, {"FORWARD_H": 1e-300},        ""),
    ("l07_rate_of_change", 1, {"FORWARD_H": 1.002e-4},      ""),
    ("l07_rate_of_change", 1, {"FORWARD_H": 1e-4},          "too narrow"),
    ("l07_rate_of_change", 1, {"FORWARD_H": 9.98e-3},       ""),
    ("l07_rate_of_change", 1, {"FORWARD_H": 1e-2},          "too wide"),
    ("l07_rate_of_change", 3, {"CENTRAL_H": 1.002e-3},      ""),
    ("l07_rate_of_change", 3, {"CENTRAL_H": 1e-3},          "too narrow"),
    ("l07_rate_of_change", 3, {"CENTRAL_H": 9.98e-2},       ""),
    ("l07_rate_of_change", 3, {"CENTRAL_H": 1e-1},          "too wide"),
    ("l07_rate_of_change", 4, {"FORWARD_H": 1e-3, "CENTRAL_H": 1.1e-3}, ""),
    ("l07_rate_of_change", 4, {"FORWARD_H": 1e-3, "CENTRAL_H": 1e-3},   "less of the bend"),
    ("l10_graph",   0, {"GRAD_B": 20},                      ""),
    ("l10_graph",   0, {"GRAD_B": 10},                      "what one use of b hands on"),
    ("l10_graph",   0, {"GRAD_B": 100},                     "the slope of c by b, with a = 5"),
    ("l10_graph",   1, {"GRAD_A": 40},                      ""),
    ("l10_graph",   1, {"GRAD_A": 20},                      "what one use of a hands on"),
    ("l10_graph",   1, {"GRAD_A": 5},                       "that is a itself"),
    ("l10_graph",   1, {"GRAD_A": 2},                       "how fast b moves with a"),
    ("l10_graph",   1, {"GRAD_A": 10},                      "the slope of c by a, with a = 5"),
    ("l11_symbolic", 1, {"AT_A_THIRD": Fraction(32, 81)},   ""),
    ("l11_symbolic", 1, {"AT_A_THIRD": Fraction(64, 243)},  "that is f(1/3)"),
    ("l11_symbolic", 1, {"AT_A_THIRD": Fraction(32, 81) + Fraction(1, 10**10)}, "nearly"),
    ("l11_symbolic", 1, {"AT_A_THIRD": Fraction(32, 81) + Fraction(1, 10**8)}, "work it out"),
    ("l11_symbolic", 1, {"AT_A_THIRD": 352},                "that is the slope at 3"),
    ("l12_three_ways", 2, {"BACKWARD": 1},                  ""),
    ("l12_three_ways", 2, {"BACKWARD": 1000},               "one sweep hands a slope to every"),
    ("l12_three_ways", 2, {"BACKWARD": 2},                  "does it grow with the levers"),
    ("l12_three_ways", 1, {"NUMERIC": CALLS * 1.49},        ""),
    ("l12_three_ways", 1, {"NUMERIC": CALLS / 1.49},        ""),
    ("l12_three_ways", 1, {"NUMERIC": CALLS * 1.51},        "more than it needs"),
    ("l12_three_ways", 1, {"NUMERIC": CALLS / 1.51},        "how many calls did it take"),
    ("l12_three_ways", 1, {"NUMERIC": CALLS * 1.49 / 1000}, "that is for one lever"),
    ("l12_three_ways", 1, {"NUMERIC": CALLS / 1.51 / 1000}, "how many calls did it take"),
    ("l12_three_ways", 1, {"NUMERIC": 1000},                "one call for each lever is not"),
    ("l12_three_ways", 1, {"NUMERIC": 10**6},               "more than it needs"),
    ("l12_three_ways", 1, {"NUMERIC": 5},                   "how many calls did it take"),
    ("l13_gradient", 2, {"ANGLE": DOWN + 0.99},             ""),
    ("l13_gradient", 2, {"ANGLE": DOWN - 0.99},             ""),
    ("l13_gradient", 2, {"ANGLE": DOWN + 360},              ""),
    ("l13_gradient", 2, {"ANGLE": DOWN + 1.01},             "your way goes down 99"),
    ("l13_gradient", 2, {"ANGLE": DOWN + 89.9},             "your way goes down 0."),
    ("l13_gradient", 2, {"ANGLE": DOWN + 90.1},             "does not go down at all"),
    ("l13_gradient", 2, {"ANGLE": UP},                      "that is the way up"),
    ("l13_gradient", 2, {"ANGLE": UP + 8},                  "that is the way up"),   # cos 8: 0.9903
    ("l13_gradient", 2, {"ANGLE": UP + 8.2},                "does not go down at all"),    # 0.9898
    ("l13_gradient", 2, {"ANGLE": math.atan2(10, 22)},      "that is an angle in radians"),
    ("l13_gradient", 2, {"ANGLE": 90 - DOWN},               "a and b are exchanged"),
    ("l15_learning_rate", 0, {"LIMIT": 1 / 3},              ""),
    ("l15_learning_rate", 0, {"LIMIT": 0.3251},             ""),
    ("l15_learning_rate", 0, {"LIMIT": 0.3249},             "arrives: go higher"),
    ("l15_learning_rate", 0, {"LIMIT": 0.3349},             ""),
    ("l15_learning_rate", 0, {"LIMIT": 0.3351},             "runs away: go lower"),
    ("l15_learning_rate", 0, {"LIMIT": 0},                  "a learning rate is above 0"),
    ("l15_learning_rate", 0, {"LIMIT": 1 / 6},              "one step is enough"),
    ("l15_learning_rate", 1, {"JUMP": -0.5},                ""),
    ("l15_learning_rate", 1, {"JUMP": 0.5},                 "on which side of the bottom"),
    ("l15_learning_rate", 1, {"JUMP": 1.5},                 "the share which the step takes away"),
    ("l15_learning_rate", 1, {"JUMP": 1},                   "divide the new distance by the old"),
    ("l15_learning_rate", 2, {"LIMIT_OF_BOTH": 1 / 3},      "x can bear that, but y cannot: a step "
                                                            "multiplies its distance from the "
                                                            "bottom by -12.3"),
    ("l15_learning_rate", 2, {"LIMIT_OF_BOTH": 0.3251},     "x can bear that, but y cannot"),
    ("l15_learning_rate", 2, {"LIMIT_OF_BOTH": 0.3249},     ""),  # the next question judges it
    ("l15_learning_rate", 3, {"LIMIT_OF_BOTH": 0.0504},     ""),
    ("l15_learning_rate", 3, {"LIMIT_OF_BOTH": 0.0496},     ""),
    ("l15_learning_rate", 3, {"LIMIT_OF_BOTH": 0.0506},     "by -1.02, and runs away: go lower"),
    ("l15_learning_rate", 3, {"LIMIT_OF_BOTH": 0.0494},     "by -0.976, and arrives: go higher"),
    ("l15_learning_rate", 3, {"LIMIT_OF_BOTH": 0.025},      "one step is enough"),
    ("l22_exact", 1, {"SLOPE": Fraction(36, 35), "INTERCEPT": Fraction(6, 5)}, ""),
    ("l22_exact", 1, {"SLOPE": 36 / 35, "INTERCEPT": 1.2 + 1e-8},  ""),
    ("l22_exact", 1, {"SLOPE": 36 / 35, "INTERCEPT": 1.2 + 1e-6},  "this is not the bottom"),
    ("l22_exact", 1, {"SLOPE": 1.2, "INTERCEPT": 36 / 35},         "exchanged"),
    ("l22_exact", 1, {"SLOPE": Fraction(12, 7), "INTERCEPT": 0},   "one of the slopes is 0"),
    ("l22_exact", 1, {"SLOPE": 6, "INTERCEPT": 0},                 "this is not the bottom"),
    ("l22_exact", 1, {"SLOPE": 0, "INTERCEPT": 0},                 "this is not the bottom"),
    ("l22_exact", 2, {"rounded": 1, "INTERCEPT": 1.2},             "a float cannot hold this line"),
    ("l22_exact", 2, {"rounded": 0, "INTERCEPT": 1.2},             ""),
    ("l22_exact", 3, {"SLOPE": Fraction(36, 35), "INTERCEPT": Fraction(6, 5)}, ""),
    ("l22_exact", 3, {"SLOPE": Fraction(36, 35), "INTERCEPT": Fraction(1.2)}, "made from a float"),
    ("l24_own_file", 0, {"H": H * (1 + 2.9e-5)},            ""),
    ("l24_own_file", 0, {"H": H * (1 - 2.9e-5)},            ""),
    ("l24_own_file", 0, {"H": H * (1 + 3.1e-5)},            "not the value of h"),
    ("l24_own_file", 0, {"H": 454.158},                     "the model with two parameters"),
    ("l24_own_file", 0, {"H": S + 0.9},                     "that is the standard error of h"),
    ("l24_own_file", 0, {"H": S - 0.9},                     "that is the standard error of h"),
    ("l24_own_file", 0, {"H": S + 1.1},                     "not the value of h"),
    ("l24_own_file", 1, {"LOW": LOW * (1 + 2.9e-5)},        ""),
    ("l24_own_file", 1, {"LOW": LOW * (1 - 3.1e-5)},        "the ends stand in the line of h"),
    ("l24_own_file", 1, {"LOW": HIGH},                      "that is the other end"),
    ("l24_own_file", 1, {"LOW": H - S + 0.9},               "one standard error from h"),
    ("l24_own_file", 1, {"LOW": H - S + 1.1},               "the ends stand in the line of h"),
    ("l24_own_file", 1, {"LOW": 298.13},                    "an end for the model with two"),
    ("l24_own_file", 2, {"HIGH": HIGH * (1 - 2.9e-5)},      ""),
    ("l24_own_file", 2, {"HIGH": HIGH * (1 + 3.1e-5)},      "the ends stand in the line of h"),
    ("l24_own_file", 2, {"HIGH": LOW},                      "that is the other end"),
    ("l24_own_file", 2, {"HIGH": 610.19},                   "an end for the model with two"),
    ("l24_own_file", 2, {"HIGH": H + S - 0.9},              "one standard error from h"),
]


@pytest.mark.parametrize(("name", "question", "answers", "words"), EDGES)
def test_what_is_said_of_a_number(name, question, answers, words):
    exercise = checker.exercise(name)
    asked = exercise.asked[question]
    assert isinstance(asked, Number)
    said = exercise.verdict(asked, {"rounded": 0, **answers})
    assert words in said and bool(words) == bool(said)
    if words:
        told, came, _ = exercise.report(asked, [{"rounded": 0, **answers}])
        assert told[0].isalpha() and any(letter.isdigit() for letter in str(came))


SLIPS = [  # a function of a check, what it is given, and what it says
    (l23_proved.slip, (5, (2, 3), (4, 5)),                  "it should be two numbers"),
    (l23_proved.slip, ((15, 8), (2, 3), (4, 5)),            "the wrong way round"),
    (l23_proved.slip, ((16, 9), (2, 3), (4, 5)),            "low should not be above high"),
    (l23_proved.slip, ((8 + 1e-9, 15), (2, 3), (4, 5)),     "very near, but rounded"),
    (l23_proved.slip, ((8, 15 - 1e-8), (2, 3), (4, 5)),     "very near, but rounded"),
    (l23_proved.slip, ((8, 15 - 1e-7), (2, 3), (4, 5)),     "high is too low: 3 times 5 is higher"),
    (l23_proved.slip, ((8, Fraction(14999999999, 10**9)), (2, 3), (4, 5)), "high is too low"),
    (l23_proved.slip, ((9, 9), (2, 3), (4, 5)),             "both ends are too far in"),
    (l23_proved.slip, ((10, 15), (2, 3), (4, 5)),           "low is too high: 2 times 4 is lower"),
    (l23_proved.slip, ((10, 16), (2, 3), (4, 5)),           "low is too high: 2 times 4 is lower"),
    (l23_proved.slip, ((8, 12), (2, 3), (4, 5)),            "high is too low: 3 times 5 is higher"),
    (l23_proved.slip, ((7, 15), (2, 3), (4, 5)),            "an end is farther out"),
    (l23_proved.slip, ((8, 16), (2, 3), (4, 5)),            "an end is farther out"),
    (l19_yes_or_no.why, (-math.log1p(math.exp(-3)), 3, 1),  "the sign is the other way round"),
    (l19_yes_or_no.why, (math.log1p(math.exp(3)), 3, 1),    "yes and no are swapped"),
    (l19_yes_or_no.why, (math.log1p(math.exp(-3)), 3, 0),   "is `happened` looked at?"),
    (l19_yes_or_no.why, ((1 / (1 + math.exp(-3)) - 1)**2, 3, 1), "the squared error of the chance"),
    (l19_yes_or_no.why, ((1 / (1 + math.exp(-3)))**2, 3, 0),     "the squared error of the chance"),
    (l19_yes_or_no.why, (1 / (1 + math.exp(-3)), 3, 0),     "that is the chance"),
    (l19_yes_or_no.why, (3, 3, 0),                          "what it comes to far from 0"),
    (l19_yes_or_no.why, (0, 3, 1),                          "what it comes to far from 0"),
    (l19_yes_or_no.why, (3, -3, 1),                         "what it comes to far from 0"),
    (l19_yes_or_no.why, (0.5, 3, 1),                        "a yes costs -log(chance)"),
    (l19_yes_or_no.why, (math.inf, 800, 0),                 "an ordinary number, about 800"),
    (l19_yes_or_no.why, (0, -100, 1),                       "an ordinary number, about 100"),
    (l19_yes_or_no.why, (0, 100, 1),                        "digits were lost on the way"),
    (l19_yes_or_no.why, (36.7, 100, 0),                     "digits were lost on the way"),
]


@pytest.mark.parametrize(("one", "other", "near"), [
    (9e-10, 0, True), (1e-9, 0, True), (1.5e-9, 0, False), (-9e-10, 0.5, False),
    (0.5 + 9e-10, 0.5, True),
    (2 + 1.9e-9, 2, True), (-2 - 2.1e-9, -2, False), (3, -3, False)])
def test_23_what_is_rounded(one, other, near):
    assert l23_proved.is_near(one, other) is near


@pytest.mark.parametrize(("function", "given", "words"), SLIPS)
def test_what_is_said_of_a_slip(function, given, words):
    assert words in function(*given)


@pytest.mark.parametrize("score", [0, 1, -1, 12, -12, 100, -100, 800, -800])
def test_the_log_loss_of_a_score(score):
    """For a yes log(1 + exp(-score)), for a no that of minus the score."""
    for happened, z in ((1, score), (0, -score)):
        assert l19_yes_or_no.exact(score, happened) == pytest.approx(
            math.log1p(math.exp(-z)) if z > -700 else -z, rel=1e-12)


# What the network did: the losses on the way, houses it knew, units, rate; and what is said
LEVEL, FELL = [1.0] * 100, [2.0 ** -k for k in range(100)]
STUCK = "stuck in a valley"


@pytest.mark.parametrize(("losses", "seen", "units", "rate", "words"), [
    (LEVEL, 50, 4, 5.0, "add units"), (LEVEL, 50, 5, 1.0, "jump over the valleys"),
    (LEVEL, 50, 5, 0.99, STUCK), ([*LEVEL, 1.51], 50, 5, 0.5, "jump over"),
    ([*LEVEL, 1.49], 50, 5, 0.5, STUCK), (FELL, 50, 5, 0.5, "still fell"),
    ([*LEVEL, 0.96], 50, 5, 0.5, STUCK), ([*LEVEL, 0.94], 50, 5, 0.5, "still fell"),
    ([*LEVEL, 0.95], 50, 5, 0.5, STUCK), ([*LEVEL, 1.5], 50, 5, 0.5, STUCK),
    ([2.0] * 99 + [1.8], 50, 5, 0.5, "still fell"), ([2.0] * 99 + [2.9], 50, 5, 0.5, STUCK),
    (LEVEL, 50, 5, 0.08, STUCK), (LEVEL, 50, 5, 0.079, "still fell"),
    (LEVEL, 50, 5, 0.081, STUCK),
    (FELL * 3, 50, 5, 0.5, "still fell"), ([1.0] * 225 + [0.9] * 76, 50, 5, 0.5, STUCK),
    ([1.0] * 224 + [0.9] * 76, 50, 5, 0.5, STUCK), ([1.0] * 226 + [0.9] * 74, 50, 5, 0.5, "fell"),
    ([1.0] * 226 + [0.9] * 75, 50, 5, 0.5, STUCK),
    (LEVEL, 93, 5, 0.5, "two of its lines do the work of one"), (LEVEL, 92, 5, 0.5, STUCK)])
def test_20_what_may_be_tried_next(losses, seen, units, rate, words):
    trainer = SimpleNamespace(history=[SimpleNamespace(loss=loss) for loss in losses])
    assert words in l20_small_network.why(trainer, seen, units, rate)


@pytest.mark.parametrize(("east", "north"), [(0, 0), (math.pi / 6.4, 1.2), (-math.pi / 6.4, -1.2)])
def test_20_the_river(east, north):
    assert l20_small_network.river(east) == pytest.approx(north)
    left = l20_small_network.houses(38, 100)
    lots = random.Random(38)
    assert left["east"][0] == 4 * lots.random() - 2 and left["north"][0] == 4 * lots.random() - 2
    for east, north, side in zip(left["east"], left["north"], left["left"], strict=True):
        assert side == (north > 1.2 * math.sin(3.2 * east)) and max(abs(east), abs(north)) <= 2
    assert max(left["east"]) > 1.8 and min(left["north"]) < -1.8


def test_23_the_intervals_are_what_they_are_called():
    holds = {"above 0": lambda low, high: 0 < low < high,
             "from 0 up": lambda low, high: 0 == low < high,
             "on both sides of 0": lambda low, high: low < 0 < high,
             "on both sides of 0, more above": lambda low, high: low < 0 < -low < high,
             "on both sides of 0, more below": lambda low, high: low < -high < 0 < high,
             "from below up to 0": lambda low, high: low < 0 == high,
             "below 0": lambda low, high: low < high < 0,
             "0 alone": lambda low, high: low == high == 0,
             "a single number": lambda low, high: low == high != 0}
    for asked in (l23_proved.ASKED_OF_A, l23_proved.ASKED_OF_B):
        assert len(asked) >= 7 and all(holds[said](*ends) for said, ends in asked.items())


def test_1_the_dates_are_what_they_are_called():
    for day, last, why in l01_collect.PLACES:
        assert (f"{day:%m%d}" == "1231") is last
        assert ("December" in why and not last) == (day.month == 12 and not last)
        assert ("31st" in why) == (day.day == 31 and day.month != 12)
        assert ("first of December" in why) == ((day.month, day.day) == (12, 1))
        assert ("first day of a year" in why) == ((day.month, day.day) == (1, 1))


def test_18_the_errors_of_the_lines():
    cars, _ = sources.cars("horsepower")
    train, others = split(cars, 40 / len(cars), 18)
    line = statistics.linear_regression(train["horsepower"], train["miles_per_gallon"])
    validation, _ = split(others, 100 / len(others), 18)
    for rows, errors in zip((train, validation), l18_more_levers.of_cars(), strict=False):
        off = [y - line.slope * x - line.intercept for x, y in
               zip(rows["horsepower"], rows["miles_per_gallon"], strict=True)]
        typical = math.sqrt(statistics.fmean(e * e for e in off))
        assert errors[0] == pytest.approx(typical, abs=0.006)


@pytest.mark.parametrize(("x", "p"), [(1.0, 1 / (1 + math.e)), (1.5, 0.5)])
def test_9_the_stages(x, p):
    assert 1 / (1 + math.exp(-l09_chain_rule.line(x))) == pytest.approx(p)
    assert l09_chain_rule.loss(p) == pytest.approx((1 - p) ** 2)


@pytest.mark.parametrize("graph", l10_graph.GRAPHS)
def test_10_each_graph_is_the_one_that_is_named(graph):
    numbers = {"a": 3.0}
    exec(graph.__doc__.rstrip("."), numbers)
    result = graph(l10_graph.Value(3.0, "a"))
    for node in l10_graph.inputs_first(result):
        assert node.data == numbers.pop(node.name)
    assert numbers.keys() == {"__builtins__"}  # and no name is left


# A list of nodes, of the graph of each name, and what is said of it
@pytest.mark.parametrize(("graph", "names", "words"), [
    ("doubled", "cba", ""), ("doubled", "abc", "step 1 is done"),
    ("doubled", "bca", "only c knows"),
    ("doubled", "cab", ""),  # a has nothing to hand on
    ("doubled", "cb", "a is missing"), ("doubled", "", "a is missing"),
    ("doubled", "cbba", "b is in the list more than once"),
    ("diamond", "dcba", ""), ("diamond", "dbca", "b hands on before all of its own grad"),
    ("diamond", "bacd", "step 2 is done, and step 1 is not"),
    ("turned", "dbca", "b hands on before all of its own grad"), ("turned", "dcba", ""),
    ("nothing", "ba", ""), ("nothing", "ab", "step 1 is done"), ("chain", "edcba", ""),
    ("chain", "abcde", "step 1 is done"), ("ladder", "edcba", ""),
    ("ladder", "edbca", "b hands on before"), ("ladder", "ecdba", "the grad of b comes out as"),
    ("unsorted", "bmya", ""),
    ("unsorted", "bmay", "")])
def test_10_an_order(graph, names, words):
    def call(_, result):
        nodes = {node.name: node for node in l10_graph.inputs_first(result)}
        return [nodes[name] for name in names]

    try:
        l10_graph.walk(SimpleNamespace(call=call), getattr(l10_graph, graph))
    except l10_graph.Wrong as wrong:
        assert words and words in wrong.why
        assert wrong.came == (", ".join(names) or "an empty list")
        assert wrong.expected.endswith(", or one like it") == (graph != "nothing")
    else:
        assert words == ""


@pytest.mark.parametrize(("names", "user", "of", "late"), [
    ("dbca", "b", "a", True), ("dcba", "b", "a", False), ("dbca", "c", "a", False),
    ("dbca", "d", "a", False), ("dbca", "c", "b", False), ("bdca", "b", "a", True)])
def test_10_who_hands_on_too_early(names, user, of, late):
    """d is made from b and c, c from a and b, and b from a."""
    nodes = {node.name: node for node in l10_graph.inputs_first(
        l10_graph.diamond(l10_graph.Value(3.0, "a")))}
    assert l10_graph.late(nodes, names, user, of) is late


# Titles, residuals, an answer; and what is said of it
@pytest.mark.parametrize(("errors", "came", "words"), [
    ([5.0, -8.0, 2.0], "B", ""), ([5.0, -8.0, 2.0], "A", "furthest above the line"),
    ([5.0, -8.0, 2.0], "C", "nearest to the line"), ([5.0, -8.0, 2.0], 1, "should return a title"),
    ([-5.0, -8.0, 9.0], "B", "furthest below the line"), ([-5.0, -8.0, 9.0], "A", "nearest"),
    ([5.0, -8.0, 2.0, 6.0], "A", "another film has a larger residual")])
def test_4_the_film_that_is_farthest_off(errors, came, words):
    titles = [*"ABCD"][:len(errors)]
    try:
        l04_residuals.check_farthest(SimpleNamespace(call=lambda *_: came), titles, errors)
    except l04_residuals.Wrong as wrong:
        assert words and words in wrong.why
        assert wrong.expected == repr(titles[max(range(len(errors)), key=lambda i: abs(errors[i]))])
    else:
        assert words == ""


# So many standard errors to both sides, a little more or less each time so that none of the usual
# numbers is seen in it; and what is said of how often that holds the mean. For Student's t with 4
# degrees of freedom a table has: beyond 1 lie 37%, beyond 1.8 15%, 2.2 9.3%, 2.4 7.4%, 2.55 6.3%,
# 2.78 5.0%, 3.2 3.3%, 4 1.6%, 30 0.001%.
@pytest.mark.parametrize(("reach", "words"), [
    (1.0, "much too narrow: the standard error is the spread over"),
    (1.8, "too narrow: 1.96 standard errors"),
    (2.2, "5% may be left out at both ends together"), (2.4, "divided by n - 1, not by n"),
    (2.55, "nearly: Student's number is for n - 1, not for n"), (2.78, ""),
    (3.2, "too wide: Student's number is for n - 1 = 4"),
    (4.0, "too wide: is the spread divided by the root of n?"),
    (30.0, "it always holds the mean")])
def test_21_how_often_the_mean_is_held(reach, words):
    calls = itertools.count()

    def interval(_, values):
        far = reach * (1 + 0.005 * (-1) ** next(calls)) * statistics.stdev(values) / math.sqrt(5)
        return statistics.fmean(values) - far, statistics.fmean(values) + far

    try:
        said = l21_predict.check(SimpleNamespace(call=interval))
    except l21_predict.Wrong as wrong:
        assert words and words in wrong.why
        assert 0 <= float(wrong.came.rstrip("%")) <= 100 and wrong.expected == "94% to 96%"
    else:
        assert words == "" and said.startswith("it holds the mean in 9")


# The same, exactly so many standard errors: from printed tables of Student's t
@pytest.mark.parametrize(("reach", "words"), [
    (1.0, "that is one standard error to both sides"), (1.96, "too narrow: 1.96 standard errors"),
    (2.131847, "5% may be left out at both ends together"),
    (3.746947, "that leaves out 1% at each end"),
    (2.570582, "nearly: Student's number is for n - 1, not for n"),
    (2.776445 * math.sqrt(0.8), "divided by n - 1, not by n"),
    (2.776445 * math.sqrt(1.25), "divided by the root of n, not of n - 1"),
    (2.776445 / math.sqrt(5), "over the root of n, not over n"),
    (math.sqrt(5), "that is the spread to both sides"),
    (1.96 * math.sqrt(5), "is the spread divided by the root of n?"),
    (2.776445 * math.sqrt(5), "is the spread divided by the root of n?")])
def test_21_the_usual_reaches(reach, words):
    def interval(_, values):
        far = reach * statistics.stdev(values) / math.sqrt(5)
        return statistics.fmean(values) - far, statistics.fmean(values) + far

    with pytest.raises(l21_predict.Wrong) as wrong:
        l21_predict.check(SimpleNamespace(call=interval))
    assert words in wrong.value.why


# The first hint about a name, and a word of that hint
@pytest.mark.parametrize(("name", "about", "word"), [
    ("l02_explore", "SIZE", "Then divide"), ("l04_residuals", "farthest", "First find the place"),
    ("l10_graph", "order", "found.append(node)"),
    ("l12_three_ways", "NUMERIC", "from 1 lever to 10"),
    ("l12_three_ways", "BACKWARD", "sweeps back"), ("l13_gradient", "BY_B", "-1 by b"),
    ("l13_gradient", "ANGLE", "steepest way down"), ("l15_learning_rate", "JUMP", "1 - rate*curv"),
    ("l15_learning_rate", "LIMIT_OF_BOTH", "two levers"),
    ("l20_small_network", "START", "one START"),
    ("l20_small_network", "LEVERS", "a weight for its vote"), ("l24_own_file", "LOW", "'from' and"),
    ("l24_own_file", "HIGH", "'from' and"), ("l24_own_file", "BETTER", "a line AIC")])
def test_the_first_hint_about_a_name(name, about, word):
    number = checker.next_hint(name, checker.Verdict(checker.WRONG, "", about), 0)
    hints = checker.hints(name)
    assert word in hints[number - 1] and word not in "".join(hints[:number - 1])


def test_all_names_with_a_hint_of_their_own_are_asked_for():
    asked = {mark.args[1][k][:2] for mark in test_the_first_hint_about_a_name.pytestmark
             for k in range(len(mark.args[1]))}
    names = {file.stem for file in Path(l10_graph.__file__).parent.glob("l*.py")}
    assert asked == {(name, each) for name in names
                     for each in getattr(import_module(checker.module_of(name)), "ABOUT", {})}


@pytest.mark.parametrize(("states", "again"), [
    (["right", "right"], []), (["right", "not right yet"], ["b"]), (["not right yet", "right"], []),
    (["not right yet", "not yet"], ["b"]), (["right", "still ..."], [])])
def test_what_is_not_right_is_judged_again_alone(states, again, monkeypatch):
    asked = []

    def judged(names):
        asked.append([*names])
        return {name: checker.Verdict(states["ab".index(name)], states["ab".index(name)])
                for name in names}

    monkeypatch.setattr(checker, "in_another_python", judged)
    assert {*checker.verdicts(["a", "b"])} == {"a", "b"}
    assert asked == [["a", "b"], *([name] for name in again)]


@pytest.mark.parametrize(("error", "words"), [
    (ModuleNotFoundError("no"), "nothing checks it"), (RuntimeError("odd"), "a file of the course "
                                                       "cannot be read: odd")])
def test_a_check_that_cannot_be_read(error, words, monkeypatch):
    def missing(_):
        raise error

    monkeypatch.setattr(checker, "import_module", missing)
    verdict = checker.judge("l05_loss", Path("nowhere.py"))
    assert verdict.state == checker.NOT_YET and words in verdict.why


def test_1_what_is_neither_true_nor_false():
    film = l01_collect.a_film(l01_collect.date(2002, 12, 31))
    for number in (True, False, 1, 0):
        given = SimpleNamespace(call=lambda *_, came=number: came)
        assert l01_collect.is_true(given, film) is bool(number)
    with pytest.raises(l01_collect.Wrong) as wrong:
        l01_collect.is_true(SimpleNamespace(call=lambda *_: "True"), film)
    found = wrong.value
    assert (found.asked, found.came) == ("is_suspicious(a film of 2002-12-31)", "'True'")
    assert found.why == "it should be True or False, without quotes"


@pytest.mark.parametrize(("score", "came", "told"), [
    (800, "OverflowError: math range error", True), (-100, "ValueError: math domain error", True),
    (3, "OverflowError: math range error", False), (800, "TypeError: no", False)])
def test_19_a_score_that_is_too_large(score, came, told):
    def failing(*_):
        raise l19_yes_or_no.Wrong("it should not fail", f"log_loss({score}, 0)", came)

    with pytest.raises(l19_yes_or_no.Wrong) as wrong:
        l19_yes_or_no.compare(SimpleNamespace(called_number=failing), score, 0)
    assert ("right for small scores" in wrong.value.why) is told
    assert wrong.value.expected == (l19_yes_or_no.exact(score, 0) if told else "")


def test_24_what_the_second_parameter_does():
    xs, ys = zip(*GALAXIES, strict=True)
    line = statistics.linear_regression(xs, ys)
    left = math.fsum((y - line.slope * x - line.intercept) ** 2 for x, y in GALAXIES)
    alone = math.fsum((y - H * x) ** 2 for x, y in GALAXIES)
    assert l24_own_file.gain() == pytest.approx(1 - left / alone)
    assert l24_own_file.more() == pytest.approx(2 + 24 * math.log(left / alone))


def test_who_looks_at_the_clock_and_who_at_the_work(monkeypatch):
    """The clock ends what sleeps, after six times as long; a thread ends what works."""
    told, begun, now = [], [], iter([5.0, 6.0, 14.9, 15.0])
    monkeypatch.setattr(checker.faulthandler, "dump_traceback_later",
                        lambda *given, **options: told.append((given, options)))
    monkeypatch.setattr(checker.threading, "Thread", lambda target, daemon: SimpleNamespace(
        start=lambda: begun.append((target, daemon))))
    monkeypatch.setattr(checker.time, "process_time", lambda: next(now))
    monkeypatch.setattr(checker.time, "sleep", lambda pause: told.append(pause))
    monkeypatch.setattr(checker, "_ends", [])
    checker.watch_over(10.0)
    assert told == [((60.0,), {"exit": True, "file": 2})]
    ((look, daemon),) = begun
    assert daemon and checker._ends == [15.0]
    monkeypatch.setattr(checker, "_ends", [1.0, 15.0, 99.0])  # another file is looked at by now
    look()
    assert told[1:] == [0.2, 0.2]


def test_1_every_day_of_two_years_is_asked_for():
    days = []

    def call(_, film):
        days.append(film["release_date"])
        assert film.keys() == {"title", "release_date", "budget", "revenue"}
        if len(film["title"]) > len("A film"):  # no day is left, and the films come
            raise NotImplementedError
        return f"{days[-1]:%m%d}" == "1231"

    with pytest.raises(NotImplementedError):
        l01_collect.check(SimpleNamespace(call=call))
    first = l01_collect.date(2003, 1, 1).toordinal()
    asked = [day.toordinal() - first for day in days[len(l01_collect.PLACES):-1]]
    assert asked == [*range(731)]  # 2004 is a leap year


def test_1_the_films_are_counted(tmp_path):
    path = tmp_path / "l01_collect.py"
    path.write_text("def is_suspicious(film):\n    day = film['release_date']\n    return ("
                    "day.month, day.day) == (12, 31) and film['title'] == 'A film'\n",
                    encoding="utf-8")
    dates = [str(film["release_date"]) for film in films.read().rows()]
    verdict = checker.judge("l01_collect", path)
    assert verdict[1:5] == (
        "it should depend on nothing but the date", "how many films of the file", "0",
        str(sum(date.endswith("-12-31") for date in dates)))


def test_2_where_the_dots_rise(monkeypatch):
    rising = {"weight": [1000, 2000, 3000], "miles_per_gallon": [10, 10.5, 11]}
    monkeypatch.setattr(sources, "cars", lambda _: (rising, None))
    found = l02_explore.exercise.__wrapped__()
    sign, _ = found.asked
    assert (sign.right, sign.options, found.known["slope"]) == ("+", ["+", "-"], 0.5)
    assert "with 1,000 pounds more go 0.50 miles per gallon more by" in found.said


SQUARE = l08_rules.Operation("square", lambda x: x * x, lambda x, y: 2 * x)
CUBE = l08_rules.Operation("cube", lambda x: x**3, lambda x, y: 3 * x * x)


# A row of the table, a place, what the reader's slope is there, and what is guessed
@pytest.mark.parametrize(("row", "x", "slope", "words"), [
    (CUBE, 3.0, 27, "The number is right here"), (CUBE, 3.0, -27, "Its sign is swapped."),
    (SQUARE, 3.0, 6 + 3e-8, "The number is right here"), (SQUARE, 3.0, 6 + 9e-8, ""),
    (SQUARE, 3.0, -6 + 3e-6, "Its sign is swapped."), (SQUARE, 3.0, -6 + 9e-6, ""),
    (SQUARE, 3.0, 9, "That is the value y"), (SQUARE, 3.0, 3, ""),
    (BUILT_IN["log"], 0.0, 5, "")])  # log has no value beside 0, and so no slope is measured
def test_8_what_may_be_wrong_with_a_slope(row, x, slope, words):
    given = []
    found = l08_rules.guess(SimpleNamespace(call=lambda *what: given.append(what) or slope),
                            row, x, x * x)
    assert found.startswith(words) and bool(found) == bool(words)
    assert given in ([("slope", x, x * x)], [])


@pytest.mark.parametrize(("decided", "words"), [
    (7, "agree at 7 of 7 places"), (3, "agree at 3 of 7 places"), (2, "it is too rough to be")])
def test_8_in_how_many_places_a_slope_has_to_be_decided(decided, words, monkeypatch):
    calls = itertools.count()
    monkeypatch.setattr(l08_rules, "check_derivatives", lambda row, x: SimpleNamespace(
        undecided=next(calls) >= decided))
    path = Path(course.FOLDER / "answers" / "l08_rules.py")
    verdict = checker.judge("l08_rules", path)
    assert words in verdict.why and (verdict.state == checker.RIGHT) == (decided > 2)


@pytest.mark.parametrize("error", [ValueError, ArithmeticError, DomainError])
def test_8_a_place_that_cannot_be_checked(error, monkeypatch):
    def failing(row, x):
        raise error("it is 2 \u00b1 1\n by input 1")

    monkeypatch.setattr(l08_rules, "check_derivatives", failing)
    verdict = checker.judge("l08_rules", course.FOLDER / "answers" / "l08_rules.py")
    assert verdict[1:5] == ("it is 2 +- 1", "check_derivatives(reciprocal, 0.7)", "", "")


@pytest.mark.parametrize("way", [l12_three_ways.calls_of_numeric.__wrapped__,
                                 l12_three_ways.calls_of_backward])
def test_12_the_levers_of_a_neuron_have_the_sum_1(way, monkeypatch):
    seen = []

    def counted(way):
        way(lambda levers: seen.append(levers) or l12_three_ways.total(levers))
        return len(seen)

    monkeypatch.setattr(l12_three_ways, "counted", counted)
    assert way(4) == len(seen)
    assert [float(each) for each in seen[0]] == [0.25] * 4


def test_14_the_walk_that_ends_elsewhere(tmp_path):
    path = tmp_path / "l14_descent.py"
    path.write_text("def step(position, slopes, rate):\n    far = [rate * s for s in slopes]\n    "
                    "return [p - f * (rate != 0.4) for p, f in zip(position, far)]\n",
                    encoding="utf-8")
    table, _ = films.cleaned()
    line = statistics.linear_regression(table["budget"], table["revenue"])
    why, asked, came, expected = checker.judge("l14_descent", path)[1:5]
    assert why.startswith("single steps were right, but the walk ends elsewhere")
    assert (asked, came) == ("slope and intercept after 60 steps", "[0.0, 0.0]")
    assert expected == repr([line.slope, line.intercept])


# The losses on the way of a ball, of which 1 is enough; the most steps, and after how many it stays
@pytest.mark.parametrize(("losses", "most", "steps"), [
    ([9.0] * 3 + [1.0] * 50, 3, 3), ([9.0] * 3 + [1.0] * 50, 2, None), ([1.0] * 50, 0, 0),
    ([9.0] + [1.0] * 49 + [9.0] + [0.5] * 50, 51, 51), ([9.0] + [1.0] * 49 + [9.0] * 9, 2, None),
    ([1.001] * 99, 20, None)])
def test_17_a_ball_that_stays(losses, most, steps):
    places, looked = [], iter(losses)

    def look(place):
        places.append(place)
        return next(looked), [5.0, 7.0]

    def call(function, place, velocity, slopes, rate, keep):
        assert (function, slopes, rate, keep) == ("momentum", [5.0, 7.0], 0.1, 0.9)
        assert velocity == [len(places) - 1.0, 0.0]
        return (place[0] + 1.0, place[1]), (velocity[0] + 1.0, 0.0)

    found = l17_optimizers.arrives(SimpleNamespace(call=call), SimpleNamespace(look=look), 0.1, 1.0,
                                   0.9, most)
    assert found == steps
    assert places == [[float(k), 50.0] for k in range(len(places))]


@pytest.mark.parametrize(("keep", "steps", "words"), [
    (0.94, None, "too little speed is kept"), (0.95, None, "too much speed is kept"),
    (0, 7, "arrives after 7 steps"), (0.95, 1234, "arrives after 1,234 steps")])
def test_17_what_is_said_of_a_speed(keep, steps, words, monkeypatch):
    monkeypatch.setattr(l17_optimizers, "arrives", lambda *_: steps)
    answer = SimpleNamespace(call=lambda _, *case: l17_optimizers.rolled(*case),
                             number=lambda _: keep)
    try:
        said = l17_optimizers.check(answer)
    except l17_optimizers.Wrong as wrong:
        assert steps is None and words in wrong.why
    else:
        assert words in said and f"to {1 / (1 - keep):.0f} times the speed" in said


def test_18_the_errors_have_two_digits_and_belong_to_five_degrees():
    for errors in l18_more_levers.of_cars.__wrapped__():
        assert len(errors) == 5 and all(each == round(each, 2) for each in errors)


@pytest.mark.parametrize(("name", "least", "most"), [
    ("UNITS", 1, 5), ("STEPS", 1, 300), ("START", 0, 99)])
def test_20_whole_numbers_from_one_to_another(name, least, most, tmp_path):
    for number in (least, most, float(most)):
        found = l20_small_network.whole(SimpleNamespace(number=lambda _, n=number: n), name, least,
                                        most)
        assert found == number and type(found) is int
    path = tmp_path / "l20_small_network.py"
    for number in (least - 1, most + 1, 0.5):
        numbers = {"UNITS": 5, "STEPS": 1, "START": 1, "RATE": 0.1, "LEVERS": 21, name: number}
        path.write_text("".join(f"{each} = {n}\n" for each, n in numbers.items()), encoding="utf-8")
        assert checker.judge("l20_small_network", path)[1:5] == (
            f"it should be a whole number from {least} to {most}", name, str(number), "")


@pytest.mark.parametrize("found", [186, 185])
def test_20_how_many_houses_are_enough(found, monkeypatch, tmp_path):
    monkeypatch.setattr(l20_small_network, "known", lambda _, rows: min(len(rows) - 3, found))
    path = tmp_path / "l20_small_network.py"
    path.write_text("UNITS, LEVERS, STEPS, RATE, START = 5, 21, 1, 0.01, 1\n", encoding="utf-8")
    verdict = checker.judge("l20_small_network", path)
    if found == 186:
        assert verdict.why.startswith("it gets 97 of the 100 houses right that it learnt from, 186 "
                                      "of the 200 that you chose it by, and 186 of 200 test houses")
    else:
        assert verdict[2:5] == ("the validation houses", "185 of 200 (and 97 of 100 that it learnt "
                                "from)", "at least 186 of 200")


def test_20_a_house_is_left_where_its_chance_is_above_a_half():
    trainer = SimpleNamespace(predict=lambda _: [0.4, 0.5, 0.6, 0.4, 0.5, 0.6])
    assert l20_small_network.known(trainer, {"left": [0, 0, 0, 1, 1, 1]}) == 3


@pytest.fixture
def held_in(monkeypatch):
    """What is said of intervals that hold so many of a thousand means, by how they are spread."""
    def said(below, others):
        ends = [1.3, 1.5, -1.3, -1.5]  # a mean that lies on an end is held
        rows = [(ends[i % 4] if i < held else 1.96, spread, [1.0, 2.0, 3.0, 4.0, 5.0], 0.0, 1.0)
                for spread, held in ((0.5, below), (1.0, others)) for i in range(1000)]
        reaches = itertools.cycle([1.3, 1.5])
        monkeypatch.setattr(l21_predict, "samples", lambda: rows)
        try:
            return l21_predict.check(SimpleNamespace(
                call=lambda *_: (-(reach := next(reaches)), reach)))
        except l21_predict.Wrong as wrong:
            return wrong.why
    return said


HELD = [  # of a thousand means those that are held, with small spreads and others; what is said
    (1000, 1000, "it always holds the mean"),   (1000, 999, "too wide: is the spread"),
    (975, 975,   "too wide: is the spread"),    (975, 974,  "too wide: Student's number is for n"),
    (960, 961,   "too wide: Student's number"), (960, 960,  "it holds the mean in 96.0% of 2,000"),
    (940, 940,   "it holds the mean in 94.0%"), (940, 939,  "nearly: Student's number is for n"),
    (934, 934,   "nearly: Student's number"),   (934, 933,  "nearly: the sum of squares"),
    (915, 915,   "nearly: the sum of squares"), (915, 914,  "too narrow: 5% may be left out"),
    (890, 890,   "too narrow: 5% may be left"), (889, 890,  "too narrow: 1.96 standard errors"),
    (800, 800,   "too narrow: 1.96 standard"),  (800, 799,  "much too narrow: the standard error"),
    (0, 0,       "much too narrow: "),          (920, 999,  "it holds the mean in 96.0%"),
    (919, 1000,  "for spreads below 1 it holds the mean in 91.9%, for others in 100.0%"),
    (1000, 919,  "for spreads below 1 it holds the mean in 100.0%, for others in 91.9%"),
    (1000, 0,    "for spreads below 1 it holds the mean in 100.0%, for others in 0.0%")
]


@pytest.mark.parametrize(("below", "others", "words"), HELD)
def test_21_where_what_is_said_of_a_share_changes(below, others, words, held_in):
    said = held_in(below, others)
    assert said.startswith(words) and ("would be 100.0%:" in said) == ("it holds" in said[:8])


def test_21_the_samples_are_drawn_as_it_is_said():
    drawn, lots = l21_predict.samples.__wrapped__(), random.Random(6)
    assert drawn[0][:2] == (lots.uniform(-100, 100), 10 ** lots.uniform(-1, 2))
    assert len(drawn) == 2000
    for sizes in ([row[0] / 100 for row in drawn], [math.log10(row[1]) / 1.5 - 1 / 3
                                                    for row in drawn]):
        places = sorted(sizes)  # from -1 to 1, all as likely
        assert -1 <= places[0] < -0.99 and 0.99 < places[-1] <= 1
        assert abs(places[500] + 0.5) < 0.1 and abs(places[1500] - 0.5) < 0.1
    far = [(value - row[0]) / row[1] for row in drawn for value in row[2]]
    assert len(far) == 10_000 and abs(statistics.fmean(far)) < 0.04
    assert statistics.pstdev(far) == pytest.approx(1, abs=0.03)
    for _, _, values, middle, error in drawn[:20]:
        assert middle == pytest.approx(sum(values) / 5)
        squares = sum((value - middle) ** 2 for value in values)
        assert error == pytest.approx(math.sqrt(squares / 4 / 5))


@pytest.mark.parametrize(("reach", "words"), [
    (1.0, "that is one standard error"), (3.746947, "too wide: that leaves out 1% at each end"),
    (2.776445 * math.sqrt(1.25), "nearly: the spread is divided by the root of n, not of n - 1"),
    (math.sqrt(5), "that is the spread to both sides"), (3.0, "much too narrow")])
def test_21_a_reach_that_is_the_same_in_every_sample(reach, words, monkeypatch):
    rows = [(99.0 * (k % 2), 0.5 + (k % 4 > 1), [1.0, 2.0], 0.0, 1 + k / 8) for k in range(8)]
    calls = iter(rows)
    monkeypatch.setattr(l21_predict, "samples", lambda: rows)
    with pytest.raises(l21_predict.Wrong) as wrong:
        l21_predict.check(SimpleNamespace(
            call=lambda *_: (-(far := reach * next(calls)[-1]), far)))
    assert wrong.value.why.startswith(words) and wrong.value.came == "50.0%"
