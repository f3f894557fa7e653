"""Lesson 5: the losses, the two best levels, what one row does to them, the sum and the mean."""

import statistics

import pytest

from lessons.data import films
from mathlab.drawing import Line, Mark
from tests.lessons.moved import Moved
from tests.lessons.record import told


def answer(body):
    return f"def mean_absolute_error(actual, predicted):\n    {body}\n"


PAIRS = "for a, p in zip(actual, predicted)"
WRONG = [
    (answer(f"return sum(abs(a - p) {PAIRS})"), "that is the sum"),
    (answer(f"return sum(a - p {PAIRS}) / len(actual)"), "have cancelled out"),
    (answer(f"return sum(p - a {PAIRS}) / len(actual)"), "have cancelled out"),
    (answer(f"return abs(sum(a - p {PAIRS})) / len(actual)"), "before they are added up"),
    (answer(f"return sum((a - p)**2 {PAIRS}) / len(actual)"), "does not square"),
    (answer(f"return (sum((a - p)**2 {PAIRS}) / len(actual))**0.5"), "another mean"),
    (answer(f"return sorted(abs(a - p) {PAIRS})[len(actual) // 2]"), "the median"),
    (answer(f"return max(abs(a - p) {PAIRS})"), "the largest"),
    (answer(f"return -sum(abs(a - p) {PAIRS}) / len(actual)"), "never below 0"),
    (answer(f"return [abs(a - p) {PAIRS}]"), "it should be one number"),
    (answer(f"return sum(abs(a - p) {PAIRS}) / 3"), "mean of the residuals without their signs"),
    (answer(f"return sum(abs(a - p) {PAIRS}) / (len(actual) - 1)"), "one film less than there are"),
    (answer("return abs(actual - predicted)"), "TypeError"),
    (answer(f"return sum(abs(a - p) {PAIRS}) // len(actual)"), "// drops it"),
    (answer(f"return round(sum(abs(a - p) {PAIRS}) / len(actual), 1) + 0.01"), "do not round"),
    (answer(f"return str(sum(abs(a - p) {PAIRS}) / len(actual))"), "'5.2' | "),
    (answer("for a, p in zip(actual, predicted):\n        return abs(a - p) / len(actual)"),
     "inside the loop"),
    (answer(f"print(sum(abs(a - p) {PAIRS}) / len(actual))"), "it returns nothing"),
    ("def mean_absolute_error(actual):\n    return 0\n", "it should not fail"),
]


@pytest.fixture(scope="module")
def record():
    return told(5)


@pytest.fixture(scope="module")
def columns():
    table, _ = films.cleaned()
    return table["budget"], table["revenue"]


# ------------------------------------------------------------------ two losses


def test_the_losses_of_some_residuals(record):
    (shown, *_) = record.tables
    assert shown["residual"] == [-200, -100, 0, 100, 200]
    assert shown["absolute"] == [200, 100, 0, 100, 200]
    assert shown["squared"] == [40000, 10000, 0, 10000, 40000]
    assert "absolute loss, which is counted in million dollars, twice as far" in record.prose
    assert "one error of 200 costs as much as four of 100." in record.prose


def test_the_curves(record, columns):
    _, revenues = columns
    squares, sizes, *_ = record.charts
    for chart, loss, name, best in (
        (squares, lambda e: e * e, "squared", statistics.fmean(revenues)),
        (sizes, abs, "absolute", statistics.median(revenues)),
    ):
        line, mark = chart.layers
        assert isinstance(line, Line)
        assert isinstance(mark, Mark)
        assert chart.title == f"The mean {name} loss"
        assert list(line.x) == list(range(201))
        for level in (0, 33, 50, 87, 120, 200):
            height = statistics.fmean(loss(revenue - level) for revenue in revenues)
            assert line.y[level] == pytest.approx(height)
        assert mark.label == f"lowest at {mark.x}"
        assert mark.y == line.y[mark.x] == min(line.y)
        assert abs(mark.x - best) < 1
    said = f"two answers: {squares.layers[1].x} million, and {sizes.layers[1].x}."
    assert said in record.prose
    assert squares.y_label == "loss, (million dollars)**2"
    assert sizes.y_label == "loss, million dollars"


def test_the_mean_and_the_median(record, columns):
    _, revenues = columns
    mean, median = sum(revenues) / len(revenues), sorted(revenues)[len(revenues) // 2]
    assert len(revenues) % 2 == 1
    assert f"of all {len(revenues):,} films" in record.prose
    assert f"The mean of the revenues is {mean:.1f} million, and their median" in record.prose
    assert f"which half of the films lie below, {median:.1f}." in record.prose
    assert f"Say {median:.1f} million of each film" in record.prose
    assert f"announced only {median * len(revenues) / sum(revenues):.0%}." in record.prose
    assert sum(revenue - mean for revenue in revenues) == pytest.approx(0, abs=1e-6)
    # 'lifting pays as long as more films are above than below'
    for level in (0.0, 10.0, 30.0, 40.0, 80.0):
        above = sum(revenue > level + 1 for revenue in revenues)
        below = sum(revenue <= level for revenue in revenues)
        before, after = (sum(abs(r - at) for r in revenues) for at in (level, level + 1))
        assert (above > below) == (after < before) == (level < median)


# ------------------------------------------------------------------ one film


def variants(columns):
    """All films, one less, one slip: pairs of budget and revenue."""
    pairs = list(zip(*columns, strict=True))
    giant = max(pairs, key=lambda pair: pair[1])
    less = [pair for pair in pairs if pair != giant]
    assert len(less) == len(pairs) - 1
    return {"all": pairs, "less": less, "slip": [*less, (giant[0], 1000 * giant[1])]}


def test_what_one_film_does(record, columns):
    shown = record.tables[1]
    assert shown["best"] == ["level", "level", "slope", "slope"]
    assert shown["loss"] == ["squared", "absolute", "squared", "absolute"]
    for name, pairs in variants(columns).items():
        mean, median, slope, other = shown[name]
        x, y = zip(*pairs, strict=True)
        assert mean == pytest.approx(sum(y) / len(y), abs=0.005)
        assert median == pytest.approx(statistics.median(y), abs=0.005)
        x0, y0 = statistics.fmean(x), statistics.fmean(y)
        covariance = sum((b - x0) * (r - y0) for b, r in pairs)
        assert slope == pytest.approx(covariance / sum((b - x0) ** 2 for b in x), abs=0.005)
        # the best absolute line: with the best intercept for each slope, the median, none is better
        def loss(slope, pairs=pairs):
            start = statistics.median(r - slope * b for b, r in pairs)
            return sum(abs(r - slope * b - start) for b, r in pairs)

        assert min((other - 0.01, other, other + 0.01), key=loss) == other


def test_the_prose_about_one_film(record, columns):
    shown, table = record.tables[1], films.cleaned()[0]
    top = max(table.rows(), key=lambda film: film["revenue"])
    assert f"{top['title']} earned most, {top['revenue']:,.0f} million. Leave" in record.prose
    assert "its revenue multiplied by 1,000 ('slip')" in record.prose
    means, medians = ([f([r for _, r in pairs]) for pairs in variants(columns).values()]
                      for f in (statistics.fmean, statistics.median))
    said = f"film of {len(table):,} the squared level is lower by {means[0] - means[1]:.2f} million"
    assert said in record.prose
    assert f"the absolute one by {medians[0] - medians[1]:.2f}. With" in record.prose
    slopes = {name: statistics.linear_regression(*zip(*pairs, strict=True)).slope
              for name, pairs in variants(columns).items()}
    times = slopes["slip"] / slopes["all"]
    assert f"the slip the squared level is {means[2]:,.0f}, and" in record.prose
    assert f"and its line {times:.0f} times as steep." in record.prose
    # 'The absolute loss takes no notice'
    assert shown["slip"][1] == shown["all"][1] and shown["slip"][3] == shown["all"][3]
    assert f"agree: {slopes['all']:.2f} dollars of revenue for a dollar" in record.prose
    assert f"of budget, or {shown['all'][3]:.2f}." in record.prose
    assert shown["all"][2] > shown["all"][3]  # 'the squared loss listens to them'
    # 'Most films that earned very much were dear': of those above 500 million, by their budgets
    budgets = [b for b, r in zip(*columns, strict=True) if r > 500]
    dear = sorted(columns[0])[-len(columns[0]) // 10]  # a tenth of all films cost more
    assert sum(budget > dear for budget in budgets) > len(budgets) / 2


LOSSES = {"squared": lambda e: e * e, "absolute": abs}


def mean_loss(name, revenues, level):
    return statistics.fmean(LOSSES[name](revenue - level) for revenue in revenues)


def test_the_curves_with_the_slip(record, columns):
    (live,) = record.lives
    right, wrong = ([r for _, r in variants(columns)[name]] for name in ("all", "slip"))
    assert live.guess.truth == pytest.approx(statistics.fmean(wrong))
    squared, absolute = statistics.fmean(right), statistics.median(right)
    assert f"are {squared:.0f} million by the squared loss and {absolute:.0f}" in live.question
    assert "one film of 3,127 is multiplied by 1,000." in record.prose
    for chart, name in zip(live.charts, LOSSES, strict=True):
        for line, revenues in zip(chart.layers, (right, wrong), strict=False):
            best = {"squared": statistics.fmean, "absolute": statistics.median}[name](revenues)
            least = mean_loss(name, revenues, best)
            for i in (0, 3, 50, 100):
                above = mean_loss(name, revenues, line.x[i]) - least
                assert line.y[i] == pytest.approx(above, rel=1e-5, abs=1e-5)
            assert best in [mark.x for mark in chart.layers[2:]]
    as_it_is, slipped, *_ = live.charts[1].layers
    assert slipped.y == pytest.approx(as_it_is.y, abs=1e-6)  # 'the two curves are one'
    hidden = [live.charts[chart].layers[layer - 1] for chart, layer in live.hides]
    assert hidden[0].label == "with the slip"
    assert {mark.x for mark in hidden[1:]} == {squared, live.guess.truth}


@pytest.mark.parametrize("slip, level", [(0, 100), (0, 33), (1, 971)])
def test_the_slip_made_and_mended(record, columns, slip, level):
    (live,) = record.lives
    revenues = list(columns[1])
    revenues[revenues.index(max(revenues))] *= 1000**slip
    picture = Moved(live, slip=slip, level=level)
    mean, median = statistics.fmean(revenues), statistics.median(revenues)
    assert picture.numbers["lowest at"] == pytest.approx([mean, median])
    losses = [mean_loss(name, revenues, level) for name in LOSSES]
    assert picture.numbers["loss"] == pytest.approx(losses)
    for at, height in picture.dots(0)[::20]:
        above = mean_loss("squared", revenues, at) - mean_loss("squared", revenues, mean)
        assert height == pytest.approx(above, rel=1e-6, abs=1e-3)
    for mark, name, best in ((1, "squared", mean), (2, "absolute", median)):
        above = mean_loss(name, revenues, level) - mean_loss(name, revenues, best)
        assert picture.dots(mark) == [[level, pytest.approx(above, rel=1e-6, abs=1e-3)]]


# ------------------------------------------------------------------ sum or mean


def test_sum_or_mean(record, columns):
    shown = record.tables[2]
    level = record.charts[0].layers[1].x
    once = sum((revenue - level) ** 2 for revenue in columns[1])
    assert shown["each film"] == ["once", "twice"]
    assert shown["sum"] == [round(once), round(2 * once)]
    assert shown["mean"] == [round(once / len(columns[1]))] * 2
    assert shown["at level"] == [level, level]


# ------------------------------------------------------------------ the exercise

RIGHT = [
    answer(f"return sum(abs(p - a) {PAIRS}) / len(predicted)"),
    "import statistics\n" + answer(f"return statistics.mean(abs(a - p) {PAIRS})"),
    "from fractions import Fraction\n"
    + answer(f"return sum(abs(Fraction(a) - Fraction(p)) {PAIRS}) / len(actual)"),
    answer(f"return sum(((a - p)**2)**0.5 {PAIRS}) / len(actual)"),
]


def test_the_sample_of_the_exercise():
    assert (abs(1 - 4) + abs(2 - 1)) / 2 == 2
