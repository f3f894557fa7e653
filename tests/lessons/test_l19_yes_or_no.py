"""Lesson 19: the shuttle's logistic curve against the published one, and each word said of it."""

import csv
import math
import statistics
from pathlib import Path
from statistics import NormalDist

import pytest

from lessons import l19_yes_or_no
from mathlab.drawing import Band, Guide, Line, Points
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told


def with_help(lines):
    """A formula that is right for small scores, and lines that shall help it beyond."""
    return (
        "import math\n\n\ndef log_loss(score, happened):\n"
        f"    z = score if happened else -score\n{lines}"
    )


WRONG = [
    (with_help("    return max(-score, 0) + math.log1p(math.exp(-abs(score)))\n"),
     "is `happened` looked at?"),
    (with_help("    return 0 if z > 15 else max(-z, 0) + math.log1p(math.exp(-abs(z)))\n"),
     "digits were lost on the way"),
    (
        with_help("    try:\n        return math.log1p(math.exp(-z))\n"
                  "    except OverflowError:\n        return 800\n"),
        "log_loss(710, 0) | 800 | 710.0",
    ),
    (
        with_help("    try:\n        return math.log1p(math.exp(-z))\n"
                  "    except OverflowError:\n        return 0\n"),
        "exp leaves the floats there, but the loss is an ordinary number, about 710",
    ),
    (
        with_help("    if z == -800:\n        return 800\n    return math.log1p(math.exp(-z))\n"),
        "here exp is too large for a float",
    ),
    (
        with_help("    return -z if z < -4 else math.log(1 + math.exp(-z))\n"),
        "log_loss(4.5, 0) | 4.5 | 4.51",
    ),
    (
        with_help("    return 0 if z > 5 else max(-z, 0) + math.log(1 + math.exp(-abs(z)))\n"),
        "log_loss(6, 1) | 0 | 0.0024",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n"
        "    chance = 1 / (1 + math.exp(-score))\n"
        "    return -math.log(chance) if happened else -math.log(1 - chance)\n",
        "digits were lost on the way",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n"
        "    z = score if happened else -score\n    return math.log(1 + math.exp(-z))\n",
        "the formula is right for small scores, but here exp is too large",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n"
        "    score = min(max(score, -700), 700)\n"
        "    z = score if happened else -score\n    return math.log(1 + math.exp(-z))\n",
        "log_loss(710, 0) | 700.0 | 710.0",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n"
        "    z = -score if happened else score\n"
        "    return max(-z, 0) + math.log1p(math.exp(-abs(z)))\n",
        "yes and no are swapped",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n"
        "    z = score if happened else -score\n"
        "    return min(z, 0) - math.log(1 + math.exp(-abs(z)))\n",
        "the sign is the other way round",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n"
        "    return (1 / (1 + math.exp(-score)) - happened) ** 2\n",
        "the squared error of the chance",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n    return 1 / (1 + math.exp(-score))\n",
        "that is the chance",
    ),
    (
        "import math\n\n\ndef log_loss(score, happened):\n    return math.log(score)\n",
        "it should not fail | log_loss(0, 1) | ValueError: math domain error, in line 5",
    ),
    ("def log_loss(score, happened):\n    return 'no'\n", "take the quotes away"),
    ("def log_loss(score, happened):\n    return score + 1\n", "a yes costs -log(chance)"),
    ("log_loss = 3\n", "it should be a function"),
]


@pytest.fixture(scope="module")
def record():
    return told(19)


@pytest.fixture(scope="module")
def launches():
    path = Path(l19_yes_or_no.__file__).parent / "data" / "challenger.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [(float(row["temperature"]), int(row["distress"])) for row in csv.DictReader(file)]


def chance(score):
    return 1 / (1 + math.exp(-score))


def fitted(rows):
    """a, b and the inverse of the information, by Newton's method in plain sums."""
    a = b = 0.0
    for _ in range(40):
        p = [chance(a * t + b) for t, _ in rows]
        down = [sum((y - q) * t**k for (t, y), q in zip(rows, p, strict=True)) for k in (1, 0)]
        tt, t1, one = (
            sum(q * (1 - q) * t**k for (t, _), q in zip(rows, p, strict=True)) for k in (2, 1, 0)
        )
        size = tt * one - t1 * t1
        inverse = ((one / size, -t1 / size), (-t1 / size, tt / size))
        a += inverse[0][0] * down[0] + inverse[0][1] * down[1]
        b += inverse[1][0] * down[0] + inverse[1][1] * down[1]
    return a, b, inverse


def at(rows, temperature):
    """The chance at a temperature, and its bounds for 95%."""
    a, b, ((aa, ab), (_, bb)) = fitted(rows)
    score = a * temperature + b
    reach = NormalDist().inv_cdf(0.975) * math.sqrt(aa * temperature**2 + 2 * ab * temperature + bb)
    return chance(score), chance(score - reach), chance(score + reach)


def test_the_published_curve(record, launches):
    # Dalal, Fowlkes and Hoadley (1989): log-odds 15.0429 - 0.2322 * temperature, deviance 20.315
    a, b, _ = fitted(launches)
    assert (round(a, 4), round(b, 4)) == (-0.2322, 15.0429)
    assert "to a = -0.2322 and b = 15.04." in record.prose
    loss = statistics.fmean(-math.log(chance(a * t + b) if y else chance(-a * t - b))
                            for t, y in launches)
    assert 2 * len(launches) * loss == pytest.approx(20.315, abs=5e-4)
    share = sum(y for _, y in launches) / len(launches)
    level = -share * math.log(share) - (1 - share) * math.log(1 - share)
    said = (f"The loss there is {loss:.3f}. If all launches get the same chance, "
            f"{sum(y for _, y in launches)}/{len(launches)} = {share:.3f}")
    assert f"{said}, it is {level:.3f}." in record.prose and loss < level


def test_the_data_and_the_line(record, launches):
    temperatures, distress = zip(*launches, strict=True)
    slope, intercept = statistics.linear_regression(temperatures, distress)
    cold, warm = (slope * t + intercept for t in (30, 85))
    assert cold > 1 and warm < 0
    for said in (
        f"Here are {len(launches)} launches",
        f"it was yes {sum(distress)} times",
        f"at 30 degrees it says {cold:.2f}, and at 85 degrees {warm:.2f}",
        f"Nothing happens {100 * cold:.0f} times in 100",
    ):
        assert said in record.prose
    assert min(temperatures) > 32  # it had never frozen
    assert "at 31 degrees Fahrenheit" in record.prose and l19_yes_or_no.MORNING == 31
    low, high, dots, line = record.charts[0].layers
    assert (low, high) == (Guide(y=0), Guide(y=1))
    assert isinstance(dots, Points) and [*zip(dots.x, dots.y, strict=True)] == launches
    assert isinstance(line, Line) and line.x == (30, 85)
    assert line.y == pytest.approx([cold, warm])


def test_the_sigmoid(record):
    sigmoid, slope = record.texts
    said = [f"sigmoid({score}) = {chance(score):.3f}" for score in (-5, 0, 5)]
    assert sigmoid.splitlines() == [
        "sigmoid(score) = 1 / (1 + exp(-score))", *said, "distress = sigmoid(a*temperature + b)"
    ]
    assert slope == "d log loss / d score = sigmoid(score) - distress"
    for score, yes in ((0.7, 0), (0.7, 1), (-3.0, 1)):
        rise = loss_of(score + 1e-5, yes) - loss_of(score - 1e-5, yes)
        assert rise / 2e-5 == pytest.approx(chance(score) - yes, abs=1e-8)


def loss_of(score, yes):
    return -math.log(chance(score) if yes else 1 - chance(score))


def test_what_a_chance_costs(record):
    (table,) = record.tables
    chances = table["chance"]
    assert chances == sorted(chances, reverse=True)  # "the last two" are the worst
    assert table["log"] == pytest.approx([-math.log(p) for p in chances], abs=5e-5)
    assert table["squared"] == pytest.approx([(1 - p) ** 2 for p in chances], abs=5e-5)
    good, bad = chances[-2:]
    assert table["squared"][-1] - table["squared"][-2] < 0.02 < max(table["squared"]) <= 1
    assert f"though one is {good / bad:.0f} times as small as the other" in record.prose
    by_square = -2 * (1 - bad) * bad * (1 - bad)
    assert f"its slope by the score is {by_square:.4f}" in record.prose
    assert f"The slope of the log loss there is {bad - 1:.4f}." in record.prose
    assert abs(by_square) < 0.001
    yes, no, squared = record.charts[1].layers
    for p in (0.01, 0.3, 0.5, 0.99):
        heights = [curve.f(p) for curve in (yes, no, squared)]
        assert heights == pytest.approx([-math.log(p), -math.log(1 - p), (1 - p) ** 2])


def test_the_forecast(record, launches):
    value, low, high = at(launches, 31)
    assert round(value, 4) == 0.9996  # as published
    for said in (
        f"At 31 degrees the curve says {value:.4f}.",
        f"the band there reaches from {low:.2f} (0.5 is a tossed coin) to {high:.4f}",
        f"the coldest was at {min(launches)[0]:g} degrees, {min(launches)[0] - 31:g} warmer",
    ):
        assert said in record.prose
    band, dots, line, mark = record.charts[2].layers
    assert isinstance(band, Band) and isinstance(line, Line) and dots.x[0] == launches[0][0]
    assert band.x == line.x == tuple(range(30, 86))
    middle, below, above = zip(*(at(launches, t) for t in range(30, 86)), strict=True)
    assert line.y == pytest.approx(middle)
    assert band.low == pytest.approx(below, rel=1e-6)
    assert band.high == pytest.approx(above, rel=1e-6)
    assert (mark.x, mark.y, mark.label) == (31, pytest.approx(value), "31 degrees")


@pytest.mark.parametrize("hide", [0, 1])
def test_hiding(record, launches, hide):
    (live,) = record.lives
    chances = {t: (1, -9, -9) if hide else at(launches, t) for t in range(30, 86)}
    moved = Moved(live, hide=hide)
    assert moved.numbers == {"chance of distress at 31 degrees": pytest.approx(chances[31][0])}
    low, high, curve, dots, (morning,) = map(moved.dots, range(5))
    assert curve == [[t, pytest.approx(chance)] for t, (chance, _, _) in chances.items()]
    assert morning == [31, pytest.approx(chances[31][0])]
    if hide:  # below the picture
        assert all(y < record.charts[2].y_range[0] for _, y in low + high)
        seen = [dot for dot in dots if dot[1] >= record.charts[2].y_range[0]]
        assert seen == [[t, 1] for t, happened in launches if happened]
    else:
        assert low == [[t, pytest.approx(below)] for t, (_, below, _) in chances.items()]
        assert high == [[t, pytest.approx(above)] for t, (_, _, above) in chances.items()]
        assert dots == [[*launch] for launch in launches]


def test_the_chance_to_guess(record, launches):
    (live,) = record.lives
    assert live.guess.truth == pytest.approx(at(launches, 31)[0])
    asked = record.prose.index("What chance of distress does the curve give")
    assert asked < record.prose.index(f"{live.guess.truth:.4f}")


def test_launches_with_distress_alone_have_no_curve(record, launches):
    yes = [t for t, happened in launches if happened]
    losses = [statistics.fmean(-math.log(chance(0 * t + b)) for t in yes) for b in range(30)]
    assert losses == sorted(losses, reverse=True)  # the surer, the better, without end
    assert losses[-1] < 1e-12
    assert "alone there is no best curve. mathlab says: distress is 1 in every row" in record.prose
    assert "collect rows of both kinds." in record.prose


def test_the_odds(record, launches):
    a, _, ((aa, _), _) = fitted(launches)
    reach = NormalDist().inv_cdf(0.975) * math.sqrt(aa)
    colder, warmer = (at(launches, t)[0] for t in (60, 61))
    assert colder / (1 - colder) / (warmer / (1 - warmer)) == pytest.approx(math.exp(-a))
    said = f"So each degree colder multiplies the odds by exp(-a) = {math.exp(-a):.2f}, and ten"
    assert f"{said} degrees by {math.exp(-10 * a):.1f}" in record.prose
    assert f"from {math.exp(-a - reach):.2f} to {math.exp(-a + reach):.2f}." in record.prose


def test_what_was_known(record, launches):
    yes = sorted(t for t, y in launches if y)
    no = sorted(t for t, y in launches if not y)
    cold = [y for t, y in launches if t < no[0]]
    warm = [y for t, y in launches if t >= no[0]]
    assert all(cold) and len(cold) > 1
    assert yes[-1] > no[0]  # warm ones are among them
    for said in (
        f"with distress, at {yes[0]:g} to {yes[-1]:g} degrees",
        f"The {len(no)} launches without distress",
        f"the coldest of those was at {no[0]:g} degrees",
        f"Below that, {len(cold)} of {len(cold)} launches showed distress; "
        f"from there on, {sum(warm)} of {len(warm)}.",
    ):
        assert said in record.prose


def test_what_is_to_be_changed(record, launches, monkeypatch):
    warmest = max(range(len(launches)), key=lambda i: launches[i][::-1])
    assert launches[warmest] == (75, 1)
    assert f"let LEFT_OUT be [{warmest}]. That" in record.prose
    monkeypatch.setattr(l19_yes_or_no, "LEFT_OUT", [warmest])
    without = [launch for i, launch in enumerate(launches) if i != warmest]
    a, b, _ = fitted(without)
    prose = Record(l19_yes_or_no.main).prose
    assert f"to a = {a:.4f} and b = {b:.2f}." in prose
    assert f"exp(-a) = {math.exp(-a):.2f}" in prose
    assert f"at 31 degrees the curve says {at(without, 31)[0]:.4f}" in prose.lower()
    assert abs(a) > 1.5 * 0.2322  # one launch matters much
