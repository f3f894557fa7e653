"""Pictures of a fit: the line through the data, what it missed, and the way down.

On the page: `print(f"{step:4}`, which becomes a picture. Read `fit` first, then `way_down`.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress

from mathlab.drawing import Band, Chart, Contours, Curve, Guide, Line, Path, Points
from mathlab.errors import MathlabError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference.predict import residuals
from mathlab.learning.inference.uncertainty import Estimates
from mathlab.learning.model.model import Model
from mathlab.learning.model.surface import Surface

BAND_PLACES = 60  # at which the band of a fit is worked out
MOST_ROWS_MAPPED = 10_000  # for which the loss at all places of a map takes a second or two
ROOM_AROUND = 0.3  # of the walk, around it on the map
ERRORS_AROUND = 3  # standard errors of the parameters, that the map shows at least
MARGIN = 0.05  # of the data, around them


def charts(trainer: Trainer, sure: Estimates | None, seen: Table,
           unseen: Table | None) -> dict[str, Callable[[], Chart]]:
    """What draws the charts of a fit, by their names: of the prediction, if it has one feature or
    two, of what it missed, of the loss surface, if it has two parameters, and of the way down."""
    made: dict[str, Callable[[], Chart]] = {}
    features = trainer.model.features(seen.names)
    if len(features) == 1:
        made["fit"] = lambda: fit(trainer, sure, features[0], seen, unseen)
    if len(features) == 2:
        made["map"] = lambda: over_two_features(trainer, features, seen)
    made["residuals"] = lambda: missed(trainer, features, seen)
    if len(trainer.parameters) == 2 and len(seen) <= MOST_ROWS_MAPPED:
        made["surface"] = lambda: surface(trainer, sure)
    made["history"] = lambda: way_down(trainer)
    return made


def fit(trainer: Trainer, sure: Estimates | None, feature: str, seen: Table,
        unseen: Table | None) -> Chart:
    """The data and the prediction, with the band in which 95% of single new rows should lie."""
    model = trainer.model
    xs = [float(x) for x in seen[feature]]
    low, high = min(xs), max(xs)
    layers = [Points(xs, model.actual_numbers(seen), label="data")]
    if unseen is not None:
        layers.append(Points(unseen[feature], model.actual_numbers(unseen), label="held back"))
    curve = Curve(lambda x: trainer.predict({feature: [x]})[0], low, high, label=str(model))
    name = _label(model, feature)
    return Chart(*_band(trainer, sure, feature, low, high), *layers, curve,
                 title=f"{model.target} and {model.column(feature)}", x_label=name,
                 y_label=model.target)


def _label(model: Model, feature: str) -> str:
    """The name of a column in the file; of dates, what they are counted from."""
    column = model.column(feature)
    recipe = model.reading.get("columns", {}).get(column, {})
    since = recipe.get("since", "").replace("T00:00:00", "").replace("T", " ")
    return f"{column}: {recipe['unit']} since {since}" if since else column


def over_two_features(trainer: Trainer, features: Sequence[str], seen: Table) -> Chart:
    """What is predicted for every pair of features, and where the data lie, yeses apart from noes.
    """
    model = trainer.model
    first, second = features
    places = list(zip(map(float, seen[first]), map(float, seen[second]), strict=True))
    actual = model.actual_numbers(seen)
    groups = {"data": places}
    if set(actual) <= {0.0, 1.0}:
        marked = list(zip(places, actual, strict=True))
        groups = {"yes": [place for place, y in marked if y], "no": [p for p, y in marked if not y]}
    points = [Points([x for x, _ in group], [y for _, y in group], name)
              for name, group in groups.items()]

    def predicted(x: float, y: float) -> float:
        return trainer.predict({first: [x], second: [y]})[0]

    x_range, y_range = (_around(column, MARGIN) for column in zip(*places, strict=True))
    return Chart(
        Contours(predicted, x_range, y_range, model.target), *points,
        title=f"{model.target} by {model.column(first)} and {model.column(second)}",
        x_label=_label(model, first), y_label=_label(model, second),
        x_range=x_range, y_range=y_range)


def _band(trainer: Trainer, sure: Estimates | None, feature: str, low: float,
          high: float) -> list[Band]:
    """The band, where it is known: of single new rows; of a probability, for which there is none,
    of the probability itself."""
    if sure is None:
        return []
    xs, bounds = [], []
    single = trainer.loss.is_square
    for i in range(BAND_PLACES + 1):
        x = low + (high - low) * i / BAND_PLACES
        with suppress(MathlabError, ArithmeticError):
            bounds.append(sure.prediction({feature: x}, single=single))
            xs.append(x)
    if len(xs) < 2:
        return []
    label = "95% of new rows" if single else "95% for the probability"
    return [Band(xs, [b.low for b in bounds], [b.high for b in bounds], label=label)]


def missed(trainer: Trainer, features: Sequence[str], seen: Table) -> Chart:
    """What is left when the prediction is taken from the data: it should show no pattern. It stands
    above the feature, as in the chart of the fit; of several, above the prediction."""
    predicted = trainer.predict(seen)
    off = residuals(trainer.model.actual_numbers(seen), predicted)
    if len(features) == 1:
        xs, label = [float(x) for x in seen[features[0]]], _label(trainer.model, features[0])
    else:
        xs, label = predicted, f"predicted {trainer.model.target}"
    return Chart(Points(xs, off), Guide(y=0), title="What the model missed", x_label=label,
                 y_label="residual")


def surface(trainer: Trainer, sure: Estimates | None) -> Chart:
    """The loss surface of two parameters, with the walk over it, and some standard errors around
    its end. (With a ridge, the surface that was walked on may have units of its own.)"""
    walked: Surface = trainer.walked if trainer.surface.ridge else trainer.surface
    places = trainer.places
    if walked is trainer.walked:
        places = [walked.named(step.position) for step in trainer.history]
    x_label, y_label = walked.parameters
    xs, ys = ([place[name] for place in places] for name in (x_label, y_label))
    x_range, y_range = (
        _around([*numbers, *_reach(sure, name)], ROOM_AROUND)
        for numbers, name in ((xs, x_label), (ys, y_label)))

    def height(x: float, y: float) -> float:
        return walked.height([x, y])

    return Chart(Contours(height, x_range, y_range, "loss"),
                 Path(xs, ys, label="the walk"),
                 title="The loss surface", x_label=x_label, y_label=y_label,
                 x_range=x_range, y_range=y_range)


def _reach(sure: Estimates | None, name: str) -> list[float]:
    """Some standard errors below a parameter, and above it; nothing if they are not known."""
    if sure is None or name not in sure.errors:
        return []
    value, error = sure.parameters[name], sure.errors[name]
    return [value - ERRORS_AROUND * error, value + ERRORS_AROUND * error]


def _around(numbers: Sequence[float], share: float) -> tuple[float, float]:
    """A range with these numbers inside, and room for a share of what they take up."""
    low, high = min(numbers), max(numbers)
    room = share * (high - low)
    if low - room == low:  # next to nothing between them
        room = abs(high) or 1.0
    return low - room, high + room


def way_down(trainer: Trainer) -> Chart:
    """The loss at every step of the walk."""
    losses = [step.loss for step in trainer.history]
    return Chart(Line(range(len(losses)), losses), x_label="step", y_label="loss",
                 title=in_short(trainer),
                 y_log=0 < min(losses) < min(1e-3 * losses[0], 1e300))


def in_short(trainer: Trainer) -> str:
    """How far the walk went down, in a line."""
    losses = [step.loss for step in trainer.history]
    steps = "1 step" if len(losses) == 2 else f"{len(losses) - 1:,} steps"
    loss = f"{trainer.loss.name} loss".strip()
    return f"The way down: {steps}, {loss} {losses[0]:.4g} to {min(losses):.4g}"
