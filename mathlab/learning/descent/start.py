"""Initial parameters: where to begin the walk if nobody says.

On the page: `slope, intercept = Value(0.0, "slope"), Value(0.0, "intercept")`.

At 0, as a rule: for a line, or a line inside of a sigmoid, every place is as good as any other. But
with `y = a*exp(b*x)` and `a = 0` the prediction is 0, whatever `b` is; and in a network all neurons
would be the same, and remain so. Then the walk begins at small random numbers, which are the same
for the same seed.

>>> from mathlab.learning.model.model import line, network
>>> from mathlab.learning.data.table import Table
>>> table = Table({"x": [1.0, 2.0, 3.0], "y": [2.0, 4.0, 6.0]})
>>> place_to_start(LossSurface(line("x", "y"), table))
[0.0, 0.0]
>>> [round(p, 3) for p in place_to_start(LossSurface(network(["x"], "y", units=1), table))]
[0.689, 0.516, -0.159, -0.482]

A walk that is to find a curve by itself needs better ones. The data tell how large a parameter can
be: see the chapter `guesses`.
"""
from collections.abc import Mapping
from math import inf
from random import Random

from mathlab.errors import DomainError
from mathlab.learning.model.surface import LossSurface
from mathlab.learning.model.units import is_linear

SIZES = (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)  # of the random numbers: the lowest start is taken


def place_to_start(surface: LossSurface, given: Mapping[str, float] | None = None,
                   seed: int = 0) -> list[float]:
    """A number for each parameter: the one that is given, else 0 or a small random number."""
    given = given or {}
    names = surface.parameters
    at_zero = [float(given.get(name, 0.0)) for name in names]
    if len(given) == len(names) or _is_good(surface, at_zero, given):
        return at_zero
    random = Random(seed)
    places = [
        [float(given.get(name, size * random.uniform(-1, 1))) for name in names] for size in SIZES]
    lowest = min(places, key=lambda place: _height(surface, place))
    return lowest if _height(surface, lowest) < inf else at_zero


def _is_good(surface: LossSurface, place: list[float], given: Mapping[str, float]) -> bool:
    """Whether there is a loss, and every parameter that may be chosen matters to it."""
    try:
        _, slopes = surface.look(place)
    except DomainError:
        return False
    if any(slopes) and is_linear(surface.model, surface.parameters):
        return True
    pairs = zip(surface.parameters, slopes, strict=True)
    return all(slope != 0 for name, slope in pairs if name not in given)


def _height(surface: LossSurface, place: list[float]) -> float:
    try:
        return surface.height(place)
    except DomainError:
        return inf
