"""What is said of a right answer: its numbers, worked out anew, and where to go from there."""

import csv
import math
import random
import re
import statistics
from fractions import Fraction
from functools import cache

import pytest

from lessons import course
from lessons.data import films, sources
from lessons.grading import checker
from mathlab import numeric
from mathlab.learning.data.split import split


@cache
def said(number):
    """What the check says of the answer in the course."""
    name = course.LESSONS[number]
    verdict = checker.judge(name, course.FOLDER / "answers" / f"{name}.py")
    assert verdict.state == checker.RIGHT
    return verdict.why


@cache
def columns():
    table, _ = films.cleaned()
    return table["budget"], table["revenue"], table["title"]


def off_the_line_by_eye():
    budgets, revenues, titles = columns()
    return [(r - 3 * b, title) for b, r, title in zip(budgets, revenues, titles, strict=True)]


@pytest.mark.parametrize("number", course.LESSONS)
def test_a_number_is_said_and_a_reason(number):
    assert re.search(r"\d", said(number))
    assert len(said(number).split()) > 15
    assert not said(number).endswith(".")


def test_1_the_last_day():
    with films.FILE.open(encoding="utf-8", newline="") as file:
        days = [row["release_date"][:6] for row in csv.DictReader(file)]
    assert f"it finds {days.count('Dec 31')} films of the whole file" in said(1)
    kept = [str(film["release_date"]) for film in films.cleaned()[0].rows()]
    december = sum(day.endswith("12-31") for day in kept)
    assert f" {december} of those that the lesson keeps, where about " in said(1)
    assert f"where about {len(days) / 365.25:.0f} would have come out on any one day" in said(1)
    assert days.count("Dec 31") > 5 * len(days) / 365.25


def by_weight():
    cars, _ = sources.cars("weight")
    return [pounds / 1000 for pounds in cars["weight"]], cars["miles_per_gallon"]


def test_2_the_slope():
    slope, _ = statistics.linear_regression(*by_weight())
    assert slope < 0
    assert f"1,000 pounds more go {-slope:.2f} miles per gallon less" in said(2)
    assert "and 7.5 by yours" in said(2)


def test_3_four_lines():
    budgets, revenues, _ = columns()
    best = statistics.linear_regression(budgets, revenues)
    lines = ((3, -5), (0, statistics.fmean(revenues)), (3, 0), best)
    mine, level, by_eye, least = (
        statistics.fmean((r - s * b - i) ** 2 for b, r in zip(budgets, revenues, strict=True))
        for s, i in lines)
    assert least < mine < by_eye < level
    assert (f"of your line is {mine:,.0f}, of the level one {level:,.0f}, of the line by eye "
            f"{by_eye:,.0f}, and of the best there is {least:,.0f}:") in said(3)


def test_6_the_bottom():
    weights, miles = by_weight()
    best = math.fsum(w * (45 - m) for w, m in zip(weights, miles, strict=True)) / math.fsum(
        w * w for w in weights)
    loss = statistics.fmean((m - 45 + best * w) ** 2 for w, m in zip(weights, miles, strict=True))
    assert f"the lowest loss is {loss:.5g}, at a factor of {best:.4g}," in said(6)


def test_7_two_steps():
    def sin(x):
        return round(math.sin(x), 6)

    places = [0.9 + i / 250 for i in range(51)]
    forward = statistics.fmean(
        abs((sin(x + 1e-3) - sin(x)) / 1e-3 - math.cos(x)) for x in places)
    central = statistics.fmean(
        abs((sin(x + 1e-2) - sin(x - 1e-2)) / 2e-2 - math.cos(x)) for x in places)
    assert f"with steps of 0.001 and 0.01 the slope is off by {forward:.1e} and {central:.1e}" in (
        said(7))
    assert central < forward


def test_the_numbers_that_are_worked_out_by_hand():
    assert "20 for b, 40 for a" in said(10)
    third = Fraction(1, 3)
    at_a_third = (1 - third**2) ** 2 - 4 * third**2 * (1 - third**2)
    assert f"at 1/3 the slope is {at_a_third}, which is about {float(at_a_third):.6f}" in said(11)
    assert f"falls by {math.hypot(22, 10):.3f} at your angle" in said(13)
    best = max(22 * math.cos(math.radians(k)) + 10 * math.sin(math.radians(k)) for k in range(360))
    assert f"and by {best:.3f} at the best of 360 others" in said(13)
    assert "the curvatures 6 and 40: that is -1 at a rate of 0.33 and 0.05," in said(15)
    line = Fraction(36, 35), Fraction(6, 5)
    squares = sum((y - line[0] * x - line[1]) ** 2 for x, y in zip((0, 1, 2, 4), (1, 2, 4, 5),
                                                                   strict=True))
    assert f"the sum of the squares is {float(squares):.6g}:" in said(22)


def test_12_the_calls():
    found = re.match(r"numeric works the neuron out ([\d,]+) times, (\d+) for each lever, and "
                     "backward 1 time:", said(12))
    assert int(found[1].replace(",", "")) == pytest.approx(1000 * int(found[2]), rel=0.02)
    calls = []
    numeric.gradient(lambda levers: calls.append(levers) or 1 / (1 + math.exp(-sum(levers))),
                     [1 / 30] * 30)
    assert len(calls) / 30 == pytest.approx(int(found[2]), rel=0.1)


def test_4_the_film_that_is_furthest_off():
    off, title = max(off_the_line_by_eye(), key=lambda pair: abs(pair[0]))
    mean = statistics.fmean(each for each, _ in off_the_line_by_eye())
    assert f"films {title} is furthest off the line by eye, by {off:+,.0f} million" in said(4)
    assert f"the mean of all residuals is {mean:+.1f}" in said(4)


def test_5_two_means():
    sizes = [abs(off) for off, _ in off_the_line_by_eye()]
    root = math.sqrt(statistics.fmean(size * size for size in sizes))
    assert f"over {len(sizes):,} films the line by eye is {statistics.fmean(sizes):.1f}" in said(5)
    assert f"the root of the mean square {root:.1f}:" in said(5)


def test_8_the_places():
    assert "agree at 7 of 7 places" in said(8)


def test_9_three_slopes():
    p = 1 / (1 + math.e)  # at x = 1, z is -1
    slopes = 2, p * (1 - p), -2 * (1 - p)
    assert "your three slopes are {:g}, {:.4f} and {:.4f};".format(*slopes) in said(9)
    assert said(9).count(f"{math.prod(slopes):.4f}") == 2


@pytest.mark.parametrize("number", [14, 16])
def test_the_closed_formula(number):
    budgets, revenues, _ = columns()
    line = statistics.linear_regression(budgets, revenues)
    assert f"{line.slope:.4f}" in said(number)
    assert f"{line.intercept:.4f}" in said(number)
    mean, spread = statistics.fmean(budgets), statistics.stdev(budgets)
    if number == 16:
        assert f"for the films {line.slope * spread:.2f} million for each spread of " in said(16)
        assert f"{statistics.fmean(revenues):.2f} is what the line says" in said(16)
        assert f"spread of {spread:.2f} million" in said(16)
        assert f"mean budget, {mean:.2f} million" in said(16)


def test_17_the_steps_of_a_ball():
    budgets, revenues, _ = columns()
    n, b, r = len(budgets), statistics.fmean(budgets), statistics.fmean(revenues)
    bb = statistics.fmean(x * x for x in budgets)
    br = statistics.fmean(map(math.prod, zip(budgets, revenues, strict=True)))
    rr = statistics.fmean(y * y for y in revenues)
    slope, intercept = statistics.linear_regression(budgets, revenues)

    def loss(s, i):
        return rr - 2 * s * br - 2 * i * r + s * s * bb + 2 * s * i * b + i * i

    enough = loss(slope, intercept) + 1e-6 * (loss(0, 50) - loss(slope, intercept))
    sharpest = bb + 1 + math.sqrt((bb - 1) ** 2 + 4 * b * b)  # of 2*[[bb, b], [b, 1]]
    (arrived,) = re.findall(r"your ball arrives after ([\d,]+) steps", said(17))
    for keep, steps in ((0.95, int(arrived.replace(",", ""))), (0.0, None)):
        s, i, u, v = 0.0, 50.0, 0.0, 0.0
        heights = []
        for _ in range(steps + 50 if steps else 24_000):
            heights.append(loss(s, i))
            u = keep * u + 2 * (s * bb + i * b - br)
            v = keep * v + 2 * (s * b + i - r)
            s, i = s - u / sharpest, i - v / sharpest
        first = max(k for k, height in enumerate(heights) if height > enough) + 1
        if steps:
            assert first == steps
        else:
            assert f"and descent after {first:,}:" in said(17)
    assert n > 3000 and "to 20 times the speed" in said(17)


def test_18_three_errors():
    cars, _ = sources.cars("horsepower")
    mean, spread = (f(cars["horsepower"]) for f in (statistics.fmean, statistics.stdev))
    train, others = split(cars, 40 / len(cars), 18)
    validation, test = split(others, 100 / len(others), 18)

    def power(rows):
        return [(x - mean) / spread for x in rows["horsepower"]]

    def fitted(degree):
        rows = [[x**k for k in range(degree + 1)] for x in power(train)]
        y = train["miles_per_gallon"]
        left = [[math.fsum(a[i] * a[k] for a in rows) for k in range(degree + 1)]
                + [math.fsum(a[i] * t for a, t in zip(rows, y, strict=True))]
                for i in range(degree + 1)]
        for i in range(degree + 1):  # by elimination
            top = max(range(i, degree + 1), key=lambda k: abs(left[k][i]))
            left[i], left[top] = left[top], left[i]
            for k in range(degree + 1):
                if k != i:
                    times = left[k][i] / left[i][i]
                    left[k] = [a - times * c for a, c in zip(left[k], left[i], strict=True)]
        return [left[i][-1] / left[i][i] for i in range(degree + 1)]

    def error(curve, rows):
        off = [y - sum(c * x**k for k, c in enumerate(curve))
               for x, y in zip(power(rows), rows["miles_per_gallon"], strict=True)]
        return math.sqrt(statistics.fmean(e * e for e in off))

    curves = [fitted(degree) for degree in range(1, 6)]
    best = min(curves, key=lambda curve: error(curve, validation))
    found = re.findall(r"-?\d+(?:\.\d+)?", said(18))
    assert float(found[0]) == len(best) - 1
    assert [float(each) for each in found[1:]] == pytest.approx(
        [error(best, rows) for rows in (test, train, validation)], abs=0.006)


def test_19_what_a_sure_mistake_costs():
    assert "a no at a score of 800 costs 800," in said(19)
    assert math.exp(-800) == 0  # as good as 0, and the chance that is too small


def test_20_the_houses():
    learnt, chosen, test = map(int, re.findall(r"(\d+) of (?:the )?[12]00 ", said(20)))
    assert 186 <= chosen <= 200 and 90 <= learnt <= 100
    assert abs(test - chosen) < 4 * math.sqrt(200 * 0.95 * 0.05)  # drawn from the same map
    assert "5 soft lines follow a river of 5 stretches" in said(20)


def test_21_how_often_the_mean_is_held():
    lots, held, narrow = random.Random(6), 0, 0
    for _ in range(2000):
        mean, spread = lots.uniform(-100, 100), 10 ** lots.uniform(-1, 2)
        values = [lots.gauss(mean, spread) for _ in range(5)]
        far = abs(statistics.fmean(values) - mean) / (statistics.stdev(values) / math.sqrt(5))
        held += far <= 2.7764451051977987  # from a table of Student's numbers
        narrow += far <= 1.96
    assert f"holds the mean in {held / 2000:.1%} of 2,000 samples" in said(21)
    assert f"Student's 2.776 that would be {narrow / 2000:.1%}" in said(21)


def test_23_the_pairs():
    assert said(23).startswith("all 56 pairs of intervals are right")


def test_24_what_hubble_could_not_know():
    with (course.FOLDER / "data" / "hubble.csv").open(encoding="utf-8") as file:
        rows = [(float(row["distance"]), float(row["velocity"])) for row in csv.DictReader(file)]
    h = math.fsum(x * y for x, y in rows) / math.fsum(x * x for x, _ in rows)
    through_0 = math.fsum((y - h * x) ** 2 for x, y in rows)
    slope, level = statistics.linear_regression(*zip(*rows, strict=True))
    best = math.fsum((y - slope * x - level) ** 2 for x, y in rows)
    assert f"lowers the loss by {1 - best / through_0:.1%} only" in said(24)
    assert f"known to be near 70, a sixth of {h:.0f}" in said(24)
    assert 5.5 < h / 70 < 6.5


# ------------------------------------------------------------------ and then


@pytest.mark.parametrize(
    ("name", "following"),
    [("l05_loss", "python -m lessons 6"), ("l24_own_file", "python -m lessons.practice")],
)
def test_a_right_answer_leads_on(name, following, monkeypatch, capsys):
    file = course.FOLDER / "answers" / f"{name}.py"
    monkeypatch.setattr(course, "path", lambda name: file)
    monkeypatch.setattr(checker, "verdicts", lambda names: {
        each: checker.judge(each, file) for each in names})
    assert checker.run(name) == 0
    said = capsys.readouterr().out
    assert said.endswith(f"\nAn answer:   lessons/answers/{name}.py\nGo on with:  {following}\n\n")
    assert "A hint" not in said
