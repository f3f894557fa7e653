"""Lesson 13: the gradient by plain sums over the films, and what it says in every direction."""

import math
import re
import statistics

import pytest

from lessons import l13_gradient as lesson
from lessons.data import films
from lessons.grading.checks import l13_gradient as exercise
from mathlab import derivative, parse, symbols
from mathlab.drawing import Arrows, Contours, Curve, Mark, Points
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told
from tests.thinned import thinned

RIGHT = 'BY_A = "-2*(4 - a - b) - 6*(7 - 3*a - b)"\nBY_B = "-2*(4-a-b) - 2*(7-3*a-b)"\n'
WRONG = [
    ('BY_A = "2*(4 - a - b) + 6*(7 - 3*a - b)"\nBY_B = ...\n', "the sign: a residual falls"),
    ('BY_A = "-2*(4 - a - b) - 2*(7 - 3*a - b)"\nBY_B = ...\n', "the slope of 3*a by a"),
    ('BY_A = "2*(4 - a - b) + 2*(7 - 3*a - b)"\nBY_B = ...\n', "what is inside each square"),
    ('BY_A = "-(4 - a - b) - 3*(7 - 3*a - b)"\nBY_B = ...\n', "the slope of u**2 is 2*u"),
    ('BY_A = "20*a + 8*b"\nBY_B = ...\n', "it is another formula | BY_A, at a ="),
    ('BY_A = "20*a + 8*b - 50"\nBY_B = "20*a + 8*b - 50"\n', "that is the slope by a"),
    ('BY_A = "20*a + 8*b - 50"\nBY_B = "-(8*a + 4*b - 22)"\n', "the sign: a residual falls"),
    ("a = b = 1\nBY_A = 20*a + 8*b - 50\n", "that is one number; a formula was asked for"),
    ('BY_A = "20*x + 8*y - 50"\n', "nothing here is called x; there is a and b"),
    ("BY_A = lambda a, b: 20*a + 8*b - 50\n", "write the formula as text, in quotes"),
    (f"{RIGHT}ANGLE = 204.44\n", "that is the way up"),
    (f"{RIGHT}ANGLE = 0.42663\n", "that is an angle in radians"),
    (f"{RIGHT}ANGLE = 65.56\n", "a and b are exchanged"),
    (f"{RIGHT}ANGLE = 45\n", "your way goes down 93.63% as fast | the slope of the loss"),
    (f"{RIGHT}ANGLE = 23.3\n", "your way goes down 99.98% as fast"),
    (f"{RIGHT}ANGLE = 180\n", "your way does not go down at all"),
    (f"{RIGHT}ANGLE = 'down'\n", "it should be a number"),
]


@pytest.fixture(scope="module")
def record():
    return told(13)


@pytest.fixture(scope="module")
def columns():
    table = films.cleaned()[0]
    return [budget / 100 for budget in table["budget"]], table["revenue"]


def gradient(columns, slope, intercept):
    """The mean of -2*residual*budget, and that of -2*residual."""
    xs, ys = columns
    residuals = [y - (slope * x + intercept) for x, y in zip(xs, ys, strict=True)]
    by_slope = -2 * math.fsum(r * x for r, x in zip(residuals, xs, strict=True)) / len(xs)
    return by_slope, -2 * math.fsum(residuals) / len(xs)


def between(one, other):
    """The angle between two ways, from 0 to 180 degrees."""
    cosine = (one[0] * other[0] + one[1] * other[1]) / math.hypot(*one) / math.hypot(*other)
    return math.degrees(math.acos(max(-1, min(1, cosine))))


# ------------------------------------------------------------------ the arrow


def test_the_partial_derivatives(record, columns):
    by_slope, by_intercept = gradient(columns, 0, 0)
    assert f"all {len(columns[0]):,} films" in record.prose
    assert "stands at 0 and the intercept at 0, is" in record.prose
    said = f"is {by_slope:.1f} for a unit of slope, and {by_intercept:.1f} for a unit of intercept"
    assert said in record.prose
    at = {"revenue": 50, "slope": 3, "budget": 7, "intercept": -5}
    residual = 50 - (3 * 7 - 5)
    first, second, both = record.texts
    assert first.startswith("d loss / d slope = ")
    assert second.startswith("d loss / d intercept = ")
    assert parse(first.partition(" = ")[2]).at(**at) == -2 * residual * 7
    assert parse(second.partition(" = ")[2]).at(**at) == -2 * residual
    assert parse(both).at(**at, u=2, v=11) == 2 * (-2 * residual * 7) + 11 * (-2 * residual)


def test_the_map(record, columns):
    area, arrows, mark = record.charts[0].layers
    assert isinstance(area, Contours)
    mean = statistics.fmean((y - (100 * x - 20)) ** 2 for x, y in zip(*columns, strict=True))
    assert area.f(100.0, -20.0) == pytest.approx(mean)
    assert isinstance(arrows, Arrows)
    assert f"at {len(arrows.x)} places" in record.prose
    for place, step in zip(zip(arrows.x, arrows.y, strict=True),
                           zip(arrows.dx, arrows.dy, strict=True), strict=True):
        up = gradient(columns, *place)
        assert between(step, up) == pytest.approx(180, abs=1e-3)
        assert math.hypot(*step) == pytest.approx(0.12 * math.hypot(*up))
        assert math.hypot(*step) < 80
        end = [p + s for p, s in zip(place, step, strict=True)]
        assert all(low <= p <= high for p, (low, high) in zip(end, lesson.RANGES, strict=True))
    assert isinstance(mark, Mark)
    assert (mark.x, mark.y) == pytest.approx(tuple(statistics.linear_regression(*columns)))


def test_few_arrows_aim_at_the_bottom(record, columns):
    """Most lead down the sides of the valley: more than 45 degrees off its floor."""
    slope, intercept = statistics.linear_regression(*columns)
    x2, x1 = statistics.fmean(x * x for x in columns[0]), statistics.fmean(columns[0])
    floor = (math.cos(turn := math.atan2(2 * x1, x2 - 1) / 2 + math.pi / 2), math.sin(turn))
    off, across = [], []
    for place in lesson.PLACES:
        down = [-slope for slope in gradient(columns, *place)]
        off.append(between(down, (slope - place[0], intercept - place[1])))
        across.append(90 - abs(90 - between(down, floor)))
    assert sum(angle > 20 for angle in off) > len(off) / 2
    assert sum(angle > 45 for angle in across) > len(across) / 2
    assert "It does not aim at the bottom: most lead down the sides of the" in record.prose


# ------------------------------------------------------------------ in any direction


def loss(columns, slope, intercept):
    return statistics.fmean(
        (y - (slope * x + intercept)) ** 2 for x, y in zip(*columns, strict=True)
    )


def test_the_table(record, columns):
    up = gradient(columns, 0, 0)
    table = record.tables[0]
    steepest = math.degrees(math.atan2(up[1], up[0])) % 360
    assert table["angle"] == pytest.approx(
        [0, 90, steepest, steepest + 90, steepest - 180], abs=0.05
    )
    length = math.hypot(*up)
    expected = [up[0], up[1], length, 0, -length]
    assert table["dot"] == pytest.approx(expected, abs=0.006)
    assert table["tried"] == pytest.approx(expected, abs=0.006)
    ahead, back = loss(columns, 1, 0), loss(columns, -1, 0)
    assert table["tried"][0] == pytest.approx((ahead - back) / 2, abs=0.006)


def test_all_round(record, columns):
    up = gradient(columns, 0, 0)
    angle, length = math.degrees(math.atan2(up[1], up[0])) % 360, math.hypot(*up)
    assert f"Of 360 degrees the loss rises fastest at {angle:.0f} and falls" in record.prose
    assert f"and falls fastest at {angle - 180:.0f}." in record.prose
    assert f"The gradient stands at {angle:.1f}; its length, {length:.1f}," in record.prose
    curve, points, mark = record.charts[2].layers
    assert isinstance(curve, Curve)
    assert isinstance(points, Points)
    assert isinstance(mark, Mark)
    assert (curve.low, curve.high, len(points.x)) == (0, 360, 36)
    for x, y in zip(points.x, points.y, strict=True):
        expected = length * math.cos(math.radians(x - angle))
        assert curve.f(x) == pytest.approx(expected, abs=1e-9)
        assert y == pytest.approx(expected, abs=1e-6)
        assert y <= length
    assert (mark.x, mark.y) == pytest.approx((angle, length))


@pytest.mark.parametrize("angle", [0, 54, 130, 234, 359])
def test_turning(record, columns, angle):
    (live,) = record.lives
    u, v = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    ahead, back = loss(columns, u, v), loss(columns, -u, -v)
    moved = Moved(live, angle=angle)
    assert moved.numbers == {"slope that way": pytest.approx((ahead - back) / 2)}
    (arrow,), curve, (dot,) = map(moved.dots, range(3))
    assert arrow == pytest.approx([0, 0, lesson.LONG * u, lesson.LONG * v])
    assert dot == pytest.approx([angle, (ahead - back) / 2])
    assert [x for x, _ in curve] == [*range(0, 361, 5)]
    still = record.charts[2].layers[0]
    assert [y for _, y in curve] == pytest.approx([still.f(x) for x, _ in curve])


def test_the_angle_to_guess(record, columns):
    (live,) = record.lives

    def change(angle):
        u, v = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        return loss(columns, u, v) - loss(columns, -u, -v)

    assert abs(live.guess.truth - min(range(360), key=change)) < live.guess.near
    before = record.prose.index("At which angle does the loss fall fastest?")
    assert before < record.prose.index(f"falls fastest at {live.guess.truth:.0f}.")
    _, _, down = record.charts[1].layers
    assert isinstance(down, Arrows)
    assert math.degrees(math.atan2(down.dy[0], down.dx[0])) == pytest.approx(live.guess.truth)


def test_the_way_to_the_bottom(record, columns):
    up, (slope, intercept) = gradient(columns, 0, 0), statistics.linear_regression(*columns)
    aim = math.degrees(math.atan2(intercept, slope)) % 360
    there = (up[0] * slope + up[1] * intercept) / math.hypot(slope, intercept)
    assert f"The bottom lies at {aim:.1f} degrees, and that way the slope is {there:.1f};" in (
        record.prose
    )
    assert f"against the gradient it is {-math.hypot(*up):.1f}." in record.prose
    assert -math.hypot(*up) < there < 0


def test_another_place(monkeypatch, columns):
    monkeypatch.setattr(lesson, "PLACE", (450.0, -100.0))
    up = gradient(columns, 450, -100)
    angle = math.degrees(math.atan2(up[1], up[0])) % 360
    assert f"The gradient stands at {angle:.1f};" in Record(lesson.main).prose


# ------------------------------------------------------------------ many levers


@pytest.mark.parametrize("seed", thinned(range(1, 6), 1))
def test_lots_do_badly_where_there_are_many_levers(columns, seed):
    record = Record(lesson.main, seed)
    table, revenues = record.tables[1], columns[1]
    mean = statistics.fmean(revenues)
    for count, found, steepest, share in zip(*table.values(), strict=True):
        expected = 2 / count * math.sqrt(math.fsum((mean - y) ** 2 for y in revenues[:count]))
        assert steepest == pytest.approx(expected, abs=0.006)
        assert float(share.removesuffix("%")) == pytest.approx(100 * found / expected, abs=0.7)
        assert 0 < found <= steepest
    shares = [found / most for found, most in zip(table["by lot"], table["gradient"], strict=True)]
    assert table["levers"] == [2, 10, 100]
    assert table["gradient"] == sorted(table["gradient"], reverse=True)  # "grows shorter"
    assert shares[0] > 0.99  # "nearly as well"
    assert shares[2] < 0.5 < shares[1] < 0.95
    (said,) = re.findall(r"With 100 the best has (\S+)% of its slope", record.prose)
    assert float(said) == pytest.approx(100 * shares[2], abs=0.6)


def test_the_lots_are_drawn_anew_with_another_seed(record):
    assert Record(lesson.main, 2).tables[1]["by lot"] != record.tables[1]["by lot"]
    assert Record(lesson.main).tables[1]["by lot"] == record.tables[1]["by lot"]


# ------------------------------------------------------------------ the exercise


def test_the_slips_of_the_exercise_are_slips():
    for name, lever in zip(exercise.SLIPS, symbols("a b"), strict=True):
        right = derivative(parse(exercise.LOSS), lever)
        assert right.at(a=1, b=1) == {"a": -22, "b": -10}[lever.name]
        for text in exercise.SLIPS[name]:
            assert parse(text).at(a=0.3, b=0.4) != pytest.approx(right.at(a=0.3, b=0.4))


def test_nothing_beats_the_arrow():
    arrow = exercise.slope(math.degrees(math.atan2(10, 22)))
    assert arrow == pytest.approx(-math.hypot(22, 10))
    assert arrow < exercise.best() == exercise.slope(24) < exercise.slope(25)
    assert exercise.slope(24.4) < min(exercise.slope(24.3), exercise.slope(24.5))
