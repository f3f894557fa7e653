"""What the pictures of a fit show, against the formulas of a textbook."""

import math
import statistics
from types import SimpleNamespace

import pytest

from mathlab.command import pictures
from mathlab.drawing import Band, Contours, Curve, Guide, Line, Path, Points
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.uncertainty import Uncertainty
from tests.command.test_by_hand import X, Y

TABLE = Table({"x": X, "y": Y})
LEFT_OUT = Table({"x": [2.0, 5.0], "y": [4.0, 8.0]})
PLANE = Table({"x": [1, 2, 3, 5, 4], "z": [2, 1, 5, 4, 9], "y": [3, 4, 1, 2, 7]})
T = 2.4469118511449692  # of Student with 6 degrees of freedom: 95% lie within it


@pytest.fixture(scope="module")
def line():
    trainer = Trainer("y = a*x + b").fit(TABLE)
    return trainer, Uncertainty(trainer)


def drawn(chart, *kinds):
    assert [type(layer) for layer in chart.layers] == [*kinds]
    return chart.layers


def loss(a, b):
    return statistics.fmean((y - a * x - b) ** 2 for x, y in zip(X, Y, strict=True))


def test_the_fit(line):
    chart = pictures.fit(*line, "x", TABLE, LEFT_OUT)
    band, seen, unseen, curve = drawn(chart, Band, Points, Points, Curve)
    slope, level = statistics.linear_regression(X, Y)
    assert (seen.x, seen.y, unseen.x, unseen.y) == (tuple(X), tuple(Y), (2, 5), (4, 8))
    assert [layer.label for layer in chart.layers] == [
        "95% of new rows", "data", "held back", "y = a*x + b"]
    assert (chart.title, chart.x_label, chart.y_label) == ("y and x", "x", "y")
    assert (curve.low, curve.high) == (1, 8) and curve.f(3) == pytest.approx(3 * slope + level)
    assert band.x == pytest.approx([1 + 7 * i / 60 for i in range(61)])
    spread = math.sqrt(8 / 6 * loss(slope, level))
    for x, low, high in zip(band.x, band.low, band.high, strict=True):
        error = spread * math.sqrt(1 + 1 / 8 + (x - 4.5) ** 2 / 42)
        assert (low, high) == pytest.approx([slope * x + level + side * T * error
                                             for side in (-1, 1)])


def test_a_fit_without_rows_held_back_or_a_band(line):
    drawn(pictures.fit(line[0], None, "x", TABLE, None), Points, Curve)


def test_the_band_of_a_probability_is_that_of_its_mean():
    table = Table({"x": [1, 2, 3, 4, 5, 6], "y": [0, 0, 1, 0, 1, 1]})
    trainer = Trainer("y = sigmoid(a*x + b)", "log").fit(table)
    sure = Uncertainty(trainer)
    band = drawn(pictures.fit(trainer, sure, "x", table, None), Band, Points, Curve)[0]
    for x, low, high in zip(band.x, band.low, band.high, strict=True):
        odds = trainer.parameters["a"] * x + trainer.parameters["b"]
        (aa, ab), (_, bb) = sure.covariance
        reach = 1.959963984540054 * math.sqrt(aa * x * x + 2 * ab * x + bb)
        assert (low, high) == pytest.approx([1 / (1 + math.exp(-odds - side * reach))
                                             for side in (-1, 1)])
    assert band.label == "95% for the probability"


@pytest.mark.parametrize(("places", "bands"), [(0, 0), (1, 0), (2, 1), (61, 1)])
def test_a_band_has_two_places_at_least(line, places, bands, monkeypatch):
    trainer, sure = line
    there = iter([0] * places)

    class Seldom:
        def prediction(self, *given, **options):
            if next(there, 1):
                raise ArithmeticError
            return sure.prediction(*given, **options)

    found = pictures._band(trainer, Seldom(), "x", 1.0, 8.0)
    assert len(found) == bands and all(len(band.x) == places for band in found)


def test_what_was_missed(line):
    slope, level = statistics.linear_regression(X, Y)
    off = [y - slope * x - level for x, y in zip(X, Y, strict=True)]
    chart = pictures.missed(line[0], ["x"], TABLE)
    points, guide = drawn(chart, Points, Guide)
    assert points.x == tuple(X) and points.y == pytest.approx(off)
    assert (guide.y, guide.x, chart.x_label, chart.y_label) == (0, None, "x", "residual")
    trainer = Trainer("y = a*x + b*z + c").fit(PLANE)
    chart = pictures.missed(trainer, ["x", "z"], PLANE)
    points, _ = drawn(chart, Points, Guide)
    assert points.x == pytest.approx(trainer.predict(PLANE)) and chart.x_label == "predicted y"


@pytest.mark.parametrize("standardize", [None, True])
def test_the_loss_surface(standardize):
    trainer = Trainer("y = a*x + b", standardize=standardize).fit(TABLE)
    sure = Uncertainty(trainer)
    chart = pictures.surface(trainer, sure)
    heights, walk = drawn(chart, Contours, Path)
    assert heights.f(2, 3) == pytest.approx(loss(2, 3))
    assert [loss(a, b) for a, b in zip(walk.x, walk.y, strict=True)] == pytest.approx(
        [step.loss for step in trainer.history])
    assert (walk.x[-1], walk.y[-1]) == pytest.approx(statistics.linear_regression(X, Y))
    assert (chart.x_label, chart.y_label) == ("a", "b")
    for walked, name, ends, own in ((walk.x, "a", chart.x_range, heights.x_range),
                                    (walk.y, "b", chart.y_range, heights.y_range)):
        value, error = walked[-1], sure.errors[name]
        low, high = (f([*walked, value + side * error]) for f, side in ((min, -3), (max, 3)))
        room = 0.3 * (high - low)
        assert ends == own == pytest.approx((low - room, high + room))


def test_the_surface_of_what_was_walked_on():
    """A ridge is for features of spread 1: then the walk is over these, and so is the picture."""
    trainer = Trainer("y = a*x + b", ridge=0.5, standardize=True).fit(TABLE)
    heights, walk = drawn(pictures.surface(trainer, None), Contours, Path)
    assert heights.f(walk.x[-1], walk.y[-1]) == pytest.approx(trainer.history[-1].loss)
    assert [heights.f(a, b) for a, b in zip(walk.x, walk.y, strict=True)] == pytest.approx(
        [step.loss for step in trainer.history])


@pytest.mark.parametrize(("y", "groups"), [
    ([3, 4, 1, 2, 7], {"data": [0, 1, 2, 3, 4]}),
    ([0, 1, 1, 0, 0], {"yes": [1, 2], "no": [0, 3, 4]})])
def test_the_map_of_two_features(y, groups):
    table = Table({"x": PLANE["x"], "z": PLANE["z"], "y": y})
    trainer = Trainer("y = a*x + b*z + c").fit(table)
    chart = pictures.over_two_features(trainer, ["x", "z"], table)
    heights, *points = chart.layers
    assert [layer.label for layer in points] == [*groups]
    for layer, rows in zip(points, groups.values(), strict=True):
        assert layer.x == tuple(table["x"][i] for i in rows)
        assert layer.y == tuple(table["z"][i] for i in rows)
    a, b, c = (trainer.parameters[name] for name in "abc")
    assert heights.f(2, 7) == pytest.approx(2 * a + 7 * b + c)
    assert chart.x_range == heights.x_range == pytest.approx((1 - 0.2, 5 + 0.2))
    assert chart.y_range == heights.y_range == pytest.approx((1 - 0.4, 9 + 0.4))
    assert (chart.title, chart.x_label, chart.y_label) == ("y by x and z", "x", "z")


@pytest.mark.parametrize(("text", "rows", "names"), [
    ("y = a*x + b", 8, ["fit", "residuals", "surface", "history"]),
    ("y = a*x + b", 10_000, ["fit", "residuals", "surface", "history"]),
    ("y = a*x + b", 10_001, ["fit", "residuals", "history"]),
    ("y = a*x", 8, ["fit", "residuals", "history"]),
    ("y = a*x + b*z", 8, ["map", "residuals", "surface", "history"]),
    ("y = a*x + b*z + c", 8, ["map", "residuals", "history"]),
    ("y = a*x + b*z*w", 8, ["residuals", "surface", "history"])])
def test_which_pictures_there_are(text, rows, names):
    table = Table({name: [float((k * j) % 13) for k in range(rows)]
                   for j, name in enumerate("xzwy", 2)})
    made = pictures.charts(Trainer(text).fit(table.head(13)), None, table, None)
    assert [*made] == names
    for name, draw in made.items() if rows < 10_000 else ():
        assert draw().title.startswith({
            "fit": "y and x", "map": "y by x and z", "residuals": "What the model missed",
            "surface": "The loss surface", "history": "The way down: "}[name])


def test_the_way_down(line):
    trainer, _ = line
    chart = pictures.way_down(trainer)
    (walk,) = drawn(chart, Line)
    assert walk.x == tuple(range(len(trainer.history)))
    assert walk.y == tuple(step.loss for step in trainer.history)
    assert (chart.x_label, chart.y_label, chart.y_log) == ("step", "loss", False)


@pytest.mark.parametrize(("losses", "is_log"), [
    ([4.0, 4e-3], False), ([4.0, 3.9e-3], True), ([4.0, 0.0], False), ([4.0, 3e-3, 5.0], True),
    ([1e307, 1e301], False), ([1e307, 1e299], True)])
def test_when_the_way_down_is_on_a_log_axis(losses, is_log):
    walked = SimpleNamespace(history=[SimpleNamespace(loss=each) for each in losses],
                             loss=SimpleNamespace(name="squared"))
    assert pictures.way_down(walked).y_log is is_log
    assert pictures.in_short(walked).startswith(
        f"The way down: {len(losses) - 1} step{'s' * (len(losses) > 2)}, squared loss ")


@pytest.mark.parametrize(("since", "told"), [
    ("2020-03-01T00:00:00", "when: days since 2020-03-01"),
    ("2020-03-01T06:30:00", "when: days since 2020-03-01 06:30:00"), ("", "when")])
def test_what_stands_at_the_axis(since, told, line):
    model = Trainer("y = a*when").fit({"when": [1.0, 2.0], "y": [2.0, 5.0]}).model
    model.reading = {"columns": {"when": {"since": since, "unit": "days"}}}
    assert pictures._label(model, "when") == told
