"""Lesson 9: each stage of the chain, its nudge, and the slopes of both levers worked out anew."""

import csv

import pytest

from lessons import l09_chain_rule as lesson
from lessons.data import films
from mathlab import Value, absolute, parse, sqrt
from mathlab.errors import DomainError
from mathlab.learning.data.table import cell
from tests.lessons.moved import Moved
from tests.lessons.record import Record, told


def reader(of_z="2", of_p="p * (1 - p)", of_loss="-2 * (1 - p)", whole="of_z * of_p * of_loss"):
    """The text of a reader's file."""
    return (
        f"def slope_of_z(x):\n    return {of_z}\n\n\ndef slope_of_p(p):\n    return {of_p}\n\n\n"
        f"def slope_of_loss(p):\n    return {of_loss}\n\n\n"
        f"def whole_slope(of_z, of_p, of_loss):\n    return {whole}\n"
    )


WRONG = [
    (reader(of_z="2 * x - 3"), "z = 2*x - 3: that is z itself"),
    (reader(of_z="-3"), "the first stage, z = 2*x - 3"),
    (reader(of_z="'2'"), "it should be a number"),
    (reader(of_p="p"), "the second stage, p = sigmoid(z): that is p itself"),
    (reader(of_p="1 - p**2"), "the second stage"),
    (reader(of_p="sigmoid(p) * (1 - sigmoid(p))"), "NameError: name 'sigmoid' is not defined"),
    ("from mathlab import sigmoid\n" + reader(of_p="sigmoid(p) * (1 - sigmoid(p))"),
     "which has been squeezed already"),
    (reader(of_loss="2 * (1 - p)"), "the third stage, loss = (1 - p)**2: the sign is swapped"),
    (reader(of_loss="-(1 - p)"), "the factor 2 of the square is missing"),
    (reader(of_loss="1 - p"), "the factor 2 is missing, and the sign"),
    (reader(of_p="p", of_loss="1 - p"), "the second stage"),  # the first wrong one is named
    (reader(whole="of_z + of_p + of_loss"), "their slopes do not add up: gears multiply"),
    (reader(whole="of_z * of_p"), "but what is to be done with their slopes?"),
    (reader(whole="print()"), "does it come to a `return`?"),
]


@pytest.fixture(scope="module")
def record():
    return told(9)


def film():
    """Budget and revenue of the film, in million dollars, read without mathlab."""
    with films.FILE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["title"] == lesson.FILM]
    (row,) = rows
    return float(row["budget"]) / 1e6, float(row["revenue"]) / 1e6


def by_hand(slope, intercept):
    """The stages as plain numbers."""
    budget, revenue = film()
    product = slope * budget
    prediction = product + intercept
    residual = revenue - prediction
    return [slope, product, prediction, residual, residual**2]


def slopes_by_hand(slope, intercept):
    """d squared / d slope and d squared / d intercept, from the formula of a textbook."""
    budget, revenue = film()
    residual = revenue - slope * budget - intercept
    return -2 * budget * residual, -2 * residual


# ------------------------------------------------------------------ stage by stage


def test_the_film(record):
    budget, revenue = film()
    assert f"It cost {budget:g} million dollars and earned {revenue:g} million." in record.prose
    assert "The line is revenue = 3*budget + 10." in record.prose


def test_the_stages(record):
    budget, _ = film()
    table = record.tables[0]
    values = by_hand(3, 10)
    assert table["stage"] == ["slope", "product", "prediction", "residual", "squared"]
    assert table["value"] == pytest.approx(values)
    assert table["local"] == [None, budget, 1, -1, 2 * values[3]]
    assert table["so far"] == [1, budget, budget, -budget, -2 * budget * values[3]]
    said = f"= {budget:g} * 1 * -1 * {2 * values[3]:g} = {slopes_by_hand(3, 10)[0]:g}"
    assert record.texts[1].endswith(said)
    assert f"2*{values[3]:g} = {2 * values[3]:g}, from the rule" in record.prose
    assert f"The product moves {budget:g} times as fast" in record.prose
    assert abs(table["so far"][-1]) > 1000  # "thousands of times as much"


def test_the_stages_are_those_of_the_formula(record):
    names = {"slope": 3.0, "intercept": 10.0}
    names["budget"], names["revenue"] = film()
    for line in record.texts[0].splitlines():
        name, _, formula = line.partition("=")
        names[name.strip()] = parse(formula.strip()).at(**{
            leaf: number for leaf, number in names.items() if leaf in formula
        })
    assert [names[stage] for stage in lesson.NAMES] == by_hand(3, 10)


def test_the_nudge(record):
    table = record.tables[1]
    moved = [b - a for a, b in zip(by_hand(3, 10), by_hand(3.01, 10), strict=True)]
    assert table["moves by"] == pytest.approx(moved)
    assert table["foretold"] == pytest.approx([0.01 * each for each in record.tables[0]["so far"]])
    *exact, last = zip(table["moves by"], table["foretold"], strict=True)
    assert all(a == pytest.approx(b, rel=1e-9) for a, b in exact)  # "only the last line is not"
    off = (film()[0] * 0.01) ** 2  # what the bend of a parabola adds
    assert last[0] - last[1] == pytest.approx(off)
    assert f"A nudge of 0.01 has become {moved[-1]:.2f}." in record.prose
    assert f"The last is off by {off:.2g}, because" in record.prose


def test_the_picture(record):
    chart, _ = record.charts
    curve, tangent, mark = chart.layers
    for slope in (0.0, 2.0, 7.5, 16.0):
        assert curve.f(slope) == pytest.approx(by_hand(slope, 10)[-1])
    assert (tangent.x, tangent.y) == (mark.x, mark.y) == (3, by_hand(3, 10)[-1])
    assert tangent.slope == pytest.approx(slopes_by_hand(3, 10)[0])
    assert chart.y_range == (0, pytest.approx(by_hand(0, 10)[-1]))
    assert curve.low < mark.x < curve.high


@pytest.mark.parametrize("slope", [0.0, 3.0, 6.0, 8.05, 15.5])
def test_the_gears_turned(record, slope):
    (live,) = record.lives
    moved, (budget, _), values = Moved(live, slope=slope), film(), by_hand(slope, 10)
    local = [budget, 1, -1, 2 * values[3]]
    so_far = [budget, budget, -budget, slopes_by_hand(slope, 10)[0]]
    expected = zip(lesson.NAMES[1:], map(list, zip(values[1:], local, so_far, strict=True)),
                   strict=True)
    assert moved.numbers == {name: pytest.approx(row) for name, row in expected}
    tangent, (dot,) = moved.dots(0), moved.dots(1)
    assert dot == pytest.approx([slope, values[-1]])
    for x, y in tangent:
        assert y == pytest.approx(values[-1] + so_far[-1] * (x - slope))


def test_the_guess_about_another_slope(record):
    (live,) = record.lives
    budget, revenue = film()
    assert live.guess.truth == pytest.approx(slopes_by_hand(lesson.ELSEWHERE, 10)[0])
    assert live.guess.near < abs(live.guess.truth) / 100
    left = revenue - 6 * budget - 10
    said = f"2*{left:g} = {2 * left:g}, and the whole chain gives {-budget:g} * {2 * left:g} = "
    assert f"With a slope of 6 the residual is {left:g}, so its local slope is {said}" in (
        record.prose)
    assert record.prose.count(f"{live.guess.truth:g}") == 1  # said after the question
    assert record.prose.index("how many times as") < record.prose.index(f"{live.guess.truth:g}")


# ------------------------------------------------------------------ the same by mathlab


def test_all_ways_agree(record):
    table = record.tables[2]
    assert table["way"] == ["stages", "backward", "formula", "measured"]
    by_slope, by_intercept = slopes_by_hand(3, 10)
    assert table["by slope"] == pytest.approx([by_slope] * 4, rel=1e-12)
    assert table["by intercept"] == pytest.approx([by_intercept] * 4, rel=1e-12)
    assert f"the last 3 local slopes give {by_intercept:g}." in record.prose
    errors = record.prose.partition("may be off by ")[2].partition(",")[0].split(" and ")
    for measured, exact, error in zip(
        (table["by slope"][-1], table["by intercept"][-1]), (by_slope, by_intercept), errors,
        strict=True,
    ):
        assert abs(measured - exact) <= float(error) < 1e-6


def test_the_board(record):
    board = record.texts[2]
    assert board.startswith("1. power rule and chain rule, with u = revenue - (slope*budget +")
    last = parse(board.rpartition(" = ")[2].strip())
    budget, revenue = film()
    for slope, intercept in ((3, 10), (-1, 0.5)):
        number = last.at(slope=slope, intercept=intercept, budget=budget, revenue=revenue)
        assert number == pytest.approx(slopes_by_hand(slope, intercept)[0])


def test_a_stage_without_a_slope(record):
    assert record.texts[3].strip().startswith("sqrt(0.0) has no slope there")


# ------------------------------------------------------------------ where there is no slope


def secants(f, h=2.0**-20):
    """The slopes of lines to dots beside 0: of straight pieces exactly, of others nearly."""
    return (f(0.0) - f(-h)) / h, (f(h) - f(0.0)) / h


CORNERS = {  # in plain Python, with what other programs or the two sides make of them at 0
    "absolute(x)": (abs, 0),
    "relu(x)": (lambda x: x if x > 0 else 0.0, 0),
    "maximum(x, 0)": (lambda x: max(x, 0.0), 0.5),
}


def test_both_sides_of_a_corner(record):
    table = record.tables[3]
    assert list(map(str, table["formula"])) == list(CORNERS)
    sides = list(zip(table["left"], table["right"], strict=True))
    assert sides == [secants(f) for f, _ in CORNERS.values()] == [(-1, 1), (0, 1), (0, 1)]
    assert all(left != right for left, right in sides)
    assert table["backward"] == [taken for _, taken in CORNERS.values()]


def test_why_the_table_takes_it(record):
    absolute, relu, maximum = CORNERS
    for name in (absolute, maximum):  # "the mean of both"
        f, taken = CORNERS[name]
        assert taken == sum(secants(f)) / 2
    assert "absolute takes 0, the mean of both: its kink is its lowest place" in record.prose
    assert secants(abs)[0] < 0 < secants(abs)[1]  # it falls to the kink and rises from it
    assert "relu takes 0: what is off stays off (it is off where it is 0)." in record.prose
    assert "maximum takes the mean of both: its two inputs are equal there" in record.prose
    assert "backward says 0 for one and 0.5 for the other." in record.prose
    for x in (-2.0, -1e-9, 0.0, 1e-9, 3.0):  # "are the same curve"
        assert CORNERS[relu][0](x) == CORNERS[maximum][0](x)
        for name, (f, _) in CORNERS.items():
            assert parse(name).at(x=x) == f(x)


def test_the_witness_sees_the_kink(record):
    left, right = secants(CORNERS["maximum(x, 0)"][0])
    said = f"the slope is {left:g} to the left and {right:g} to the right of 0.0: a kink"
    assert record.texts[4] == said


def test_the_picture_of_a_kink(record):
    _, chart = record.charts
    curve, left, right, chosen, mark = chart.layers
    assert {(t.x, t.y) for t in (left, right, chosen)} == {(mark.x, mark.y)} == {(0, curve.f(0.0))}
    assert [left.height(-x) for x in (0.3, 0.8)] == [curve.f(-x) for x in (0.3, 0.8)]
    assert [right.height(x) for x in (0.3, 0.8)] == [curve.f(x) for x in (0.3, 0.8)]
    assert chosen.slope == (left.slope + right.slope) / 2
    assert all(chosen.height(x) != curve.f(x) for x in (-0.8, 0.8))  # it touches neither side


def test_kinks_that_vanish(record):
    assert record.texts[5].splitlines() == ["u = absolute(x)**2", "v = relu(x) - relu(-x)"]
    u, v = (parse(line.partition("= ")[2]) for line in record.texts[5].splitlines())
    for x in (-2.0, -0.3, 0.0, 0.3, 2.0):  # "u is x**2, and v is x"
        assert (u.at(x=x), v.at(x=x)) == (x * x, x)
    table = record.tables[4]
    assert table["of"] == ["u", "v"]
    assert table["numeric"] == pytest.approx([2 * 0, 1], abs=1e-12)  # of x**2 and of x, at 0
    assert table["backward"] == [2 * abs(0) * 0, 0 - 0]  # by the conventions, stage by stage
    assert "In u the slope of the square is 0 at that place" in record.prose
    assert "That gives 0, and is wrong: the slope is 1 to both sides. Where" in record.prose
    assert secants(lambda x: v.at(x=x)) == (1, 1)


def test_an_upright_tangent(record):
    assert record.texts[6] == "the slope to the right of 0.0 grows without end, about as 1/h**0.5"
    steep = [h**0.5 / h for h in (1e-4, 1e-8, 1e-12)]
    assert steep == pytest.approx([1e2, 1e4, 1e6])  # a step 1e-4 as wide: 1e2 times as steep
    assert "at 0 backward refuses the first, and says 0 for the second." in record.prose
    for residual in (-3.0, -0.5, 0.0, 2.0):  # "are the same curve"
        numbers = [parse(f).at(r=residual) for f in ("sqrt(r**2)", "absolute(r)")]
        assert numbers == [abs(residual)] * 2
    r = Value(0.0, "r")
    with pytest.raises(DomainError, match="no slope there"):
        sqrt(r**2).backward()
    absolute(r).backward()
    assert r.grad == 0


# ------------------------------------------------------------------ other numbers


def test_change_one_thing(record, monkeypatch):
    budget, revenue = film()
    slope = (revenue - 10) / budget
    assert f"let SLOPE be {slope:g}. Then" in record.prose
    monkeypatch.setattr(lesson, "SLOPE", float(f"{slope:g}"))
    table = Record(lesson.main).tables[0]
    assert table["value"][-2:] == pytest.approx([0, 0], abs=1e-9)  # the line meets the film
    assert table["local"][-1] == pytest.approx(0, abs=1e-9)  # squaring stops the chain
    assert table["so far"] == pytest.approx([1, budget, budget, -budget, 0], abs=1e-9)
    assert str(table["so far"][-1])[0] != "-"


@pytest.mark.parametrize("name", ["Titanic", "Rocky", "The Wiz"])
def test_another_film(monkeypatch, name):
    monkeypatch.setattr(lesson, "FILM", name)
    record = Record(lesson.main)
    assert record.tables[2]["by slope"] == pytest.approx([slopes_by_hand(3, 10)[0]] * 4)


def test_the_columns_are_narrow(record):
    for table in record.tables:
        widths = [max(map(len, [name, *map(cell, cells)])) for name, cells in table.items()]
        assert sum(widths) + 2 * (len(widths) - 1) <= 39
