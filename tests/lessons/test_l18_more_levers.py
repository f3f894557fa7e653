"""Lesson 18: every error worked out again with orthogonal polynomials, for five draws."""

import csv
import math
import re
import statistics
from random import Random

import pytest

from lessons import l18_more_levers
from lessons.data import sources
from mathlab.drawing import Line, Points
from tests.lessons.record import Record
from tests.thinned import thinned


def answer(degree, error, before=""):
    """The text of a reader's file."""
    return f"def choose(train, validation, test):\n    {before}\n    return {degree}, {error}\n"


PLACE = "i = validation.index(min(validation))"
WRONG = [
    (answer("i + 1", "test[i]", "i = train.index(min(train))"), "the most levers, always"),
    (answer("i + 1", "test[i]", "i = test.index(min(test))"), "there the test error is lowest"),
    (answer("i", "test[i]", PLACE), "Python counts places from 0"),
    (answer("i + 1", "validation[i]", PLACE), "part of that is luck"),
    (answer("i + 1", "train[i]", PLACE), "any curve looks better than it is"),
    (answer("i + 1", "min(test)", PLACE), "of another degree"),
    (answer("test[i]", "i + 1", PLACE), "the degree comes first"),
    (answer("i + 1", "test[i]", "i = max(k for k in range(len(test)) "
                                "if validation[k] == min(validation))"), "take the lowest"),
    (answer("i + 1", "(test[i] + train[i]) / 2", PLACE), "but not the error"),
    ("def choose(train, validation, test):\n"
     "    error, new, degree = min(zip(validation, test, range(1, 9)))\n"
     "    return degree, new\n", "other degrees are as good"),
    ("def choose(train, validation, test):\n    best, place = 10, None\n"
     "    for i, error in enumerate(validation):\n        if error < best:\n"
     "            best, place = error, i\n    return place + 1, test[place]\n", "[3059.0, 8000.0]"),
    (answer("i + 1", "test[i]", "all_in_all = [sum(e) for e in zip(train, validation, test)]; "
                                "i = all_in_all.index(min(all_in_all))"), "take the lowest"),
    (answer("i + 1", "test[i]", "worse = [*map(max, train, validation)]; "
                                "i = worse.index(min(worse))"), "| (1, 5.0)"),
    ("def choose(train, validation, test):\n    return 2\n", "return degree, error"),
    (answer("validation.index(2)", "0"), "ValueError"),
]
RIGHT = [
    answer("i + 1", "test[i]", PLACE),
    "def choose(train, validation, test):\n"
    "    error, degree = min((e, n) for n, e in enumerate(validation, 1))\n"
    "    return [degree, test[degree - 1]]\n",
]


@pytest.fixture(scope="module", params=thinned(range(1, 6), 1))
def draw(request):
    """A seed, and the lesson with it."""
    return request.param, Record(l18_more_levers.main, request.param)


@pytest.fixture(scope="module")
def cars():
    """Horsepower, weight and miles per gallon, read with nothing but csv."""
    with (sources.FOLDER / "cars.csv").open(encoding="utf-8") as file:
        rows = [[row[name] for name in ("horsepower", "weight", "miles_per_gallon")]
                for row in csv.DictReader(file)]
    return [tuple(map(float, row)) for row in rows if all(row)]


def drawn(cars, count, seed):
    chosen = set(Random(seed).sample(range(len(cars)), count))
    return ([car for i, car in enumerate(cars) if i in chosen],
            [car for i, car in enumerate(cars) if i not in chosen])


def fitted(columns, train, test):
    """The typical errors of the best sum of these functions of a car, by Gram and Schmidt."""
    actual = [car[2] for car in train]
    basis, left, guess = [], list(actual), [0.0] * len(test)
    for column in columns:
        seen, unseen = list(map(column, train)), list(map(column, test))
        for _ in range(2):  # once more, for what rounding has left
            for one, other in basis:
                share = math.sumprod(seen, one) if hasattr(math, "sumprod") else \
                    math.fsum(a * b for a, b in zip(seen, one, strict=True))
                seen = [a - share * b for a, b in zip(seen, one, strict=True)]
                unseen = [a - share * b for a, b in zip(unseen, other, strict=True)]
        size = math.sqrt(math.fsum(a * a for a in seen))
        one, other = [a / size for a in seen], [a / size for a in unseen]
        basis.append((one, other))
        share = math.fsum(a * b for a, b in zip(left, one, strict=True))
        left = [a - share * b for a, b in zip(left, one, strict=True)]
        guess = [a + share * b for a, b in zip(guess, other, strict=True)]
    off = [car[2] - g for car, g in zip(test, guess, strict=True)]
    return tuple(math.sqrt(statistics.fmean([r * r for r in rs])) for rs in (left, off))


def polynomials(train, test):
    def power(n):
        return lambda car: ((car[0] - 105) / 40) ** n

    return [fitted([power(n) for n in range(degree + 1)], train, test) for degree in range(1, 9)]


@pytest.fixture(scope="module")
def many(cars, draw):
    parts = drawn(cars, len(cars) // 2, draw[0])
    return *parts, polynomials(*parts)


@pytest.fixture(scope="module")
def few(cars, draw):
    parts = drawn(cars, 30, draw[0])
    return *parts, polynomials(*parts)


def assert_errors(table, expected):
    for name, column in zip(("train", "test"), zip(*expected, strict=True), strict=True):
        assert list(map(float, table[name])) == pytest.approx(column, rel=1e-5, abs=0.00501)


def test_more_columns(draw, cars, many):
    record, (train, test, _) = draw[1], many
    one, power, weight = lambda car: 1.0, lambda car: car[0] / 100, lambda car: car[1] / 3000
    expected = [fitted([one, *c], train, test) for c in ([power], [weight], [power, weight])]
    assert list(record.tables[0]["model"]) == ["horsepower", "weight", "both"]
    assert_errors(record.tables[0], expected)
    assert expected[2][0] <= min(expected[0][0], expected[1][0])  # "the plane cannot lose"
    gain = round(expected[1][1], 2) - round(expected[2][1], 2)
    word = "better" if gain > 0 else "worse"
    assert f"it is {word} than weight alone, by {abs(gain):.2f}." in record.prose
    gains = []
    for seed in range(draw[0] + 1, draw[0] + 21):
        parts = drawn(cars, len(cars) // 2, seed)
        alone, both = (fitted([one, *c], *parts)[1] for c in ([weight], [power, weight]))
        gains.append(alone - both)
    mean = statistics.fmean(gains)
    assert f"Of 20 other draws the plane is better in {sum(g > 0 for g in gains)}, and on " \
           f"average it is better by {mean:.2f}." in record.prose
    assert sum(g > 0 for g in gains) > 15 and 0.03 < mean < 0.15  # "some news, but not much"
    together = statistics.correlation([c[0] for c in cars], [c[1] for c in cars])
    assert f"the correlation of the two is {together:.2f}." in record.prose
    said = f"We have {len(cars)} cars whose horsepower is known. {len(train)} of them"
    assert said in record.prose
    assert f"The other {len(test)} are held back" in record.prose


def test_more_powers(draw, many):
    record, (train, _, errors) = draw[1], many
    assert list(record.tables[1]["degree"]) == list(range(1, 9))
    assert_errors(record.tables[1], errors)
    (first, at_first), (second, at_second), *_, (last, at_last) = errors
    trains = [train for train, _ in errors]
    assert trains == sorted(trains, reverse=True)  # "only ever falls"
    prose = record.prose
    assert f"The square takes {first - second:.2f} off it, and all higher powers" in prose
    assert f"together another {second - last:.2f}." in prose
    change = at_second - at_last
    follows = f"takes off another {change:.2f}" if change > 0 else f"adds {-change:.2f}"
    assert f"the square takes off {at_first - at_second:.2f}, and what follows {follows}." in prose
    assert at_first - at_second > 0.4
    assert abs(change) < at_first - at_second
    mostly = f"What {len(train)} cars have to say is mostly said with a square." in prose
    assert mostly is (2 * abs(change) < at_first - at_second)


def test_fewer_cars(draw, few):
    record, (train, test, errors) = draw[1], few
    assert f"Now draw 30 cars to learn from, and test on the other {len(test)}." in record.prose
    assert len(train) == 30
    assert_errors(record.tables[2], errors)
    tests = [test for _, test in errors]
    found = re.search(r"with ([\d.]+)\. But .* error is ([\d,.]+) miles per gallon\. The lowest "
                      r"test error is that of degree (\d), ([\d.]+)\.", record.prose)
    assert float(found[1]) == pytest.approx(errors[-1][0], abs=0.00501)
    assert float(found[2].replace(",", "")) == pytest.approx(tests[-1], abs=0.0501)
    assert tests[int(found[3]) - 1] == min(tests)
    assert float(found[4]) == pytest.approx(min(tests), abs=0.00501)
    assert min(tests) == min(tests[:3])  # a line, or a curve that hardly bends
    assert tests[-1] > 4 * min(tests)  # overfitting, in each of these draws
    assert "By the train error degree 8 is the best" in record.prose
    assert errors[-1][0] == min(train for train, _ in errors)
    assert "The one of degree 8 has 9 levers for 30 cars." in record.prose


def test_the_picture_of_errors(draw, few):
    chart = draw[1].charts[0]
    for line, column in zip(chart.layers, zip(*few[2], strict=True), strict=True):
        assert isinstance(line, Line)
        assert list(line.x) == list(range(1, 9))
        assert list(line.y) == pytest.approx(column, rel=1e-5)
    assert [line.label for line in chart.layers] == ["train", "test"]
    assert chart.y_log


def test_the_picture_of_curves(draw, few):
    train, test, errors = few
    others, learnt, low, high = draw[1].charts[1].layers
    for dots, part in ((others, test), (learnt, train)):
        assert isinstance(dots, Points)
        assert list(zip(dots.x, dots.y, strict=True)) == [(car[0], car[2]) for car in part]
    for curve, degree in ((low, 2), (high, 8)):
        assert curve.label == f"degree {degree}"
        height = dict(zip(curve.x, curve.y, strict=True))
        off = [car[2] - height[car[0]] for car in train]
        typical = math.sqrt(statistics.fmean([r * r for r in off]))
        assert typical == pytest.approx(errors[degree - 1][0], rel=1e-4)
