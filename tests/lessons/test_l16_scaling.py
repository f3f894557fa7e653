"""Lesson 16: the curvatures in all directions, and the steps by the textbook's formulas."""

import math
import re
import statistics

import pytest

from lessons import l16_scaling
from lessons.data import films, sources
from mathlab.drawing import Contours, Mark, Path
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told


def answer(slope, intercept):
    """The text of a reader's file."""
    return f"def in_dollars(slope, intercept, mean, spread):\n    return {slope}, {intercept}\n"


WRONG = [
    (answer("slope", "intercept - slope * mean / spread"), "the slope is still that for a whole"),
    (answer("slope * spread", "intercept - slope * mean"), "the slope was multiplied"),
    (answer("slope / spread", "intercept"), "still that at the mean"),
    (answer("slope / spread", "intercept + slope * mean / spread"), "the line goes back, not on"),
    (answer("slope / spread", "intercept - slope * mean"), "the new slope times the mean"),
    (answer("slope / spread", "intercept - mean / spread"), "depends on it"),
    (answer("intercept - slope * mean / spread", "slope / spread"), "the slope comes first"),
    (answer("slope - mean", "intercept"), "not that of the line in spreads. For a budget of 0"),
    (answer("slope / spread", "intercept * spread + mean"), "the intercept is not"),
    (answer("'slope'", "1"), "it should be two numbers"),
    ("def in_dollars(slope, intercept, mean, spread):\n    return slope / spread\n",
     "it should be two numbers"),
    (answer("slope / deviation", "0"), "NameError"),
]
RIGHT = [
    answer("slope / spread", "intercept + slope * (0 - mean) / spread"),
    "def in_dollars(slope, intercept, mean, spread):\n"
    "    def line(x):\n        return slope * (x - mean) / spread + intercept\n"
    "    return [line(1) - line(0), line(0)]\n",
    "from mathlab.learning.data.explore import Scale\n\n\n"
    "def in_dollars(slope, intercept, mean, spread):\n"
    "    return Scale(mean, spread).original_line(slope, intercept)\n",
]


@pytest.fixture(scope="module")
def record():
    return told(16)


@pytest.fixture(scope="module")
def films_columns():
    table, _ = films.cleaned()
    return table["budget"], table["revenue"]


@pytest.fixture(scope="module")
def columns(films_columns):
    """The budgets of each row of the table of walks, in its unit."""
    budgets = films_columns[0]
    mean, spread = statistics.mean(budgets), statistics.stdev(budgets)
    scaled = {f"{unit} million": [b / unit for b in budgets] for unit in (1, 3, 10, 50)}
    return {**scaled, "spreads": [(b - mean) / spread for b in budgets]}


class Bowl:
    """The mean squared residual, from six sums; around its bottom, so that no digits are lost."""

    def __init__(self, xs, ys):
        self.bottom = statistics.linear_regression(xs, ys)
        self.xx, self.x = statistics.fmean([x * x for x in xs]), statistics.fmean(xs)

    def above(self, a, b):
        u, v = a - self.bottom.slope, b - self.bottom.intercept
        return self.xx * u * u + 2 * self.x * u * v + v * v

    def bend(self, angle):
        across, up = math.cos(angle), math.sin(angle)
        return 2 * (self.xx * across**2 + 2 * self.x * across * up + up**2)

    def extremes(self):
        """The curvature in 100,000 directions: the most and the least."""
        bends = [self.bend(math.pi * i / 100_000) for i in range(100_000)]
        return max(bends), min(bends)

    def steps(self, rate):
        a, b, most = 0.0, 50.0, 1e-6 * self.above(0.0, 50.0)
        count = 0
        while self.above(a, b) > most:
            u, v = a - self.bottom.slope, b - self.bottom.intercept
            a, b = a - rate * 2 * (self.xx * u + self.x * v), b - rate * 2 * (self.x * u + v)
            count += 1
        return count, (a, b)


@pytest.fixture(scope="module")
def bowls(columns, films_columns):
    return {name: Bowl(column, films_columns[1]) for name, column in columns.items()}


def test_the_table_of_walks(record, bowls):
    table = record.tables[0]
    assert list(table["budget in"]) == list(bowls)
    for row, bowl in enumerate(bowls.values()):
        sharp, flat = bowl.extremes()
        assert table["sharp"][row] == pytest.approx(sharp, rel=6e-4)
        assert table["flat"][row] == pytest.approx(flat, rel=6e-4, abs=2e-5)
        assert table["ratio"][row] == pytest.approx(sharp / flat, rel=2e-3)
        assert abs(table["steps"][row] - bowl.steps(1 / sharp)[0]) <= 1e-4 * table["steps"][row]


def test_what_is_said_of_the_table(record, bowls, films_columns):
    prose, table = record.prose, record.tables[0]
    budgets = films_columns[0]
    ratios = [sharp / flat for sharp, flat in (bowl.extremes() for bowl in bowls.values())]
    per_ratio = [steps / ratio for steps, ratio in zip(table["steps"], ratios, strict=True)]
    found = re.search(r"by the ratio: ([\d.]+) in the first row, ([\d.]+) in the second", prose)
    assert [float(n) for n in found.groups()] == pytest.approx(per_ratio[:2], abs=0.06)
    assert per_ratio[:3] == pytest.approx([per_ratio[0]] * 3, rel=0.01)  # "as the ratio does"
    assert f"no further here than a ratio of {min(ratios[:-1]):.1f}." in prose
    assert f"only the intercept lifts it: the ratio is {ratios[-1]:.1f}." in prose
    assert min(budgets) >= 0  # "no budget is negative"
    assert f"{statistics.mean(budgets):.0f} on average, {max(budgets):.0f} at most" in prose
    assert (f"in spreads ({statistics.stdev(budgets):.1f} million each) from the mean "
            f"({statistics.mean(budgets):.1f} million)") in prose


def test_the_two_curvatures(record, bowls):
    raw = bowls["1 million"]
    (sharp, flat), prose = raw.extremes(), record.prose
    found = re.search(r"curvature is ([\d,.]+), that of the intercept ([\d.]+)\.", prose)
    by_slope, by_intercept = (float(n.replace(",", "")) for n in found.groups())
    assert by_slope == pytest.approx(raw.bend(0), abs=0.5)
    assert by_intercept == pytest.approx(raw.bend(math.pi / 2))
    assert by_slope > 1000 * by_intercept  # "by far the touchier one"
    assert f"that bends most, with {sharp:,.0f} ('sharp')" in prose
    assert f"that bends least, with {flat:.2f} ('flat')" in prose
    assert f"Take the rate 1/{sharp:,.0f}." in prose
    assert f"takes off 100% of what is left across the valley, but only {flat / sharp:.3%}" in prose


def test_plain_dollars_do_not_arrive(record, films_columns):
    budgets, revenues = films_columns
    bowl = Bowl([b * 1e6 for b in budgets], revenues)
    sharp, determinant = 2 * bowl.xx, 4 * (bowl.xx - bowl.x**2)
    ratio = sharp * sharp / determinant
    assert f"The ratio is {ratio:.0e}." in record.prose
    stands = re.search(r"After 25,000 steps the intercept stands at ([\d.]+)\.", record.prose)
    assert float(stands[1]) == pytest.approx(50, abs=1e-3)
    steps = record.tables[0]["steps"][0] / record.tables[0]["ratio"][0] * ratio
    years = re.search(r"the walk would take ([\d,]+) years", record.prose)
    assert float(years[1].replace(",", "")) == pytest.approx(steps / 1e6 / 31_557_600, rel=0.01)


def test_the_maps(record, bowls):
    for chart, name in zip(record.charts[:2], ("1 million", "spreads"), strict=True):
        bowl = bowls[name]
        count, place = bowl.steps(1 / bowl.extremes()[0])
        (area,) = [layer for layer in chart.layers if isinstance(layer, Contours)]
        lowest = area.f(*bowl.bottom)
        assert area.f(1.0, 20.0) - lowest == pytest.approx(bowl.above(1.0, 20.0), rel=1e-6)
        (path,) = [layer for layer in chart.layers if isinstance(layer, Path)]
        (mark,) = [layer for layer in chart.layers if isinstance(layer, Mark)]
        assert (path.x[0], path.y[0]) == (0, 50)
        assert (path.x[-1], path.y[-1]) == (mark.x, mark.y) == pytest.approx(place, rel=1e-3)
        assert abs(int(re.search(r"step ([\d,]+)", mark.label)[1].replace(",", "")) - count) <= 2
        assert len(path.x) < 60
    valley, bowl = (next(layer for layer in chart.layers if isinstance(layer, Path))
                    for chart in record.charts[:2])
    # "the first steps lead to its floor, and all others creep along it": for each intercept the
    # floor is at the slope which is the best with that intercept
    raw = bowls["1 million"]
    for slope, intercept in list(zip(valley.x, valley.y, strict=True))[5:]:
        floor = raw.bottom.slope - raw.x / raw.xx * (intercept - raw.bottom.intercept)
        assert slope == pytest.approx(floor, abs=0.005)
    assert valley.y[5] > 49
    assert len(bowl.x) == 2


@pytest.mark.parametrize(("unit", "shift"), [(10, 0), (5, 31.5), (35.7, 31.5), (20, 60)])
def test_any_unit_and_any_shift(record, films_columns, unit, shift):
    (live,), (budgets, revenues) = record.lives, films_columns
    bowl, moved = Bowl([(b - shift) / unit for b in budgets], revenues), Moved(live, unit=unit,
                                                                              shift=shift)
    sharp, flat = bowl.extremes()
    assert moved.numbers["ratio"] == pytest.approx(sharp / flat, rel=1e-6)
    assert abs(moved.numbers["steps"] - bowl.steps(1 / sharp)[0]) <= 1
    slope, intercept = bowl.bottom
    for u, v in moved.dots(0):
        assert bowl.above(slope + u, intercept + v) == pytest.approx(l16_scaling.RING**2)


def test_the_ratio_to_guess(record, films_columns):
    (live,), (budgets, _) = record.lives, films_columns
    mean, ratio = statistics.mean(budgets), statistics.pvariance(budgets)
    assert Moved(live, unit=1, shift=mean).numbers["ratio"] == pytest.approx(ratio)
    raw = Moved(live, unit=1, shift=0).numbers["ratio"]
    assert raw > 2 * ratio > 2000
    assert live.guess.choices[live.guess.truth] == "No: the ratio falls, and the ellipse stays long"
    asked = record.prose.index("is that a circle too?")
    assert asked < record.prose.index(f"as they are then, to 1: {ratio:,.0f}.")
    alone = [Moved(live, unit=unit).numbers["ratio"] for unit in range(1, 61)]
    assert min(alone) > 2  # "it takes both"
    valley, bowl = record.charts[2].layers
    turned = {line.label: live.buttons[line.label] for line in (valley, bowl)}
    assert turned["millions"] == {"unit": 1, "shift": 0}
    assert turned["spreads from the mean"] == {
        "unit": pytest.approx(statistics.stdev(budgets)), "shift": pytest.approx(mean)}
    for line, (unit, shift) in ((valley, (1, 0)), (bowl, (statistics.stdev(budgets), mean))):
        x, xx = (statistics.fmean(((b - shift) / unit) ** n for b in budgets) for n in (1, 2))
        assert [xx * u * u + 2 * x * u * v + v * v
                for u, v in zip(line.x, line.y, strict=True)] == pytest.approx([1600.0] * 73)
    assert sum(u * v for u, v in zip(valley.x, valley.y, strict=True)) < 0  # too high, too low


def test_back_in_dollars(record, films_columns):
    table = record.tables[1]
    exact = statistics.linear_regression(*films_columns)
    lines = list(zip(table["slope"], table["intercept"], strict=True))
    assert table["line"] == ["bowl", "bowl, back", "valley", "closed form"]
    mean, spread = statistics.mean(films_columns[0]), statistics.stdev(films_columns[0])
    assert lines[0] == pytest.approx((exact[0] * spread, exact[1] + exact[0] * mean), rel=1e-12)
    assert lines[1] == pytest.approx(exact, rel=1e-12)
    off = re.search(r"the closed form, but for (\S+)\. mathlab", record.prose)
    assert float(off[1]) < 1e-12
    assert lines[2] != pytest.approx(exact, rel=1e-3)
    assert lines[2] == pytest.approx(exact, rel=0.1)
    assert lines[3] == pytest.approx(exact)
    at_the_mean = exact[0] * mean + exact[1]
    assert lines[0][1] == pytest.approx(at_the_mean)  # "what a film of the mean budget earns"


def test_a_trainer_does_it_by_itself(films_columns):
    table, _ = films.cleaned()
    trainer = Trainer(l16_scaling.MODEL, optimizer=GradientDescent(0.5), standardize=True)
    trainer.fit(table, steps=10)
    exact = statistics.linear_regression(*films_columns)
    assert [*trainer.parameters.values()] == pytest.approx(exact, rel=1e-12)


def test_columns_that_move_together_make_a_valley_in_any_units():
    cars, _ = sources.cars("horsepower", "weight")
    r = statistics.correlation(cars["horsepower"], cars["weight"])

    def ratio(unit):
        """Of the curvatures by two slopes, with one column in spreads and the other in `unit`."""
        a, b, mixed = 1.0, unit**2, r * unit
        sharp = (a + b) / 2 + math.hypot((a - b) / 2, mixed)
        return sharp * sharp / (a * b - mixed * mixed)

    assert min(ratio(1.1**n) for n in range(-50, 51)) == pytest.approx((1 + r) / (1 - r))
    assert (1 + r) / (1 - r) > 10


def test_nearly_at_the_limit(monkeypatch, record):
    monkeypatch.setattr(l16_scaling, "BOLD", 1.9)
    bold = Record(l16_scaling.main)
    assert (record.untrue, bold.untrue) == ([], [
        "The steps grow as the ratio does.",
        "The first steps lead to its floor, and all others creep along it."])
    before, after = record.tables[0]["steps"], bold.tables[0]["steps"]
    assert after[0] < before[0]  # "who needs fewer steps than before, and who more?"
    assert after[-1] > before[-1]
    valley = next(layer for layer in bold.charts[0].layers if isinstance(layer, Path))
    sides = [b - a > 0 for a, b in zip(valley.x[:9], valley.x[1:10], strict=True)]
    assert sides[:6] == [True, False, True, False, True, False]  # it zigzags
