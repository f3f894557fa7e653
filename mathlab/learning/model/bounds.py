"""Bounds: a parameter that has to stay in a range, by a change of variable.

On the page: `parameter.data -= learning_rate * parameter.grad`, which may lead anywhere. A rate
cannot be below 0, nor a share above 1. No fence is needed for that: write the parameter p as a
formula of another one, u, which may be any number, and walk along u.

    low <= p          p = low + u**2
    p <= high         p = high - u**2
    low <= p <= high  p = low + (high - low)*(1 + sin(u))/2

Where the bottom lies beyond a bound, the walk ends at the bound: there the slope along u is 0,
whatever the slope along p is.

>>> changes({"a": (0.0, math.inf), "b": (0.0, 1.0)})
{'a': Value(unknown, 'a**2'), 'b': Value(unknown, '0.5*(1 + sin(b))')}
>>> back({"a": (0.0, math.inf)}, into({"a": (0.0, math.inf)}, {"a": 4.0}))
{'a': 4.0}

Source: F. James and M. Roos, "Minuit: a system for function minimization and analysis of the
parameter errors and correlations" (1975).
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mathlab.calculus.graph.operations import sin
from mathlab.calculus.graph.value import Value
from mathlab.errors import DataError, DomainError, FormulaError
from mathlab.learning.data.table import is_finite_number
from mathlab.learning.model.surface import LossSurface
from mathlab.names import by_form

Bounds = Mapping[str, tuple[float, float]]

AT_BOUND = 1e-9  # of the loss: what it may grow by if a parameter is put on its bound
INWARDS = 0.01  # of the range, or of p: how far inside a start is moved; on a bound, u would stay


def checked_bounds(bounds: Mapping[str, Any], fixed: Mapping[str, float]) -> dict[str, Any]:
    """The bounds by name, as pairs of numbers, without those that are infinite to both sides; a
    FormulaError for what is not such a pair, or for a fixed parameter."""
    checked = {}
    for name, ends in by_form(bounds).items():
        try:
            low, high = map(float, ends)
        except (TypeError, ValueError):
            raise FormulaError(f"the bounds of {name} are two numbers, (low, high)") from None
        if math.isnan(low) or math.isnan(high):
            raise FormulaError(f"a bound of {name} is nan, which is not a number")
        if not low < high:
            raise FormulaError(f"the bounds of {name} are from {low:g} to {high:g}: the first one "
                               "has to be the lower")
        if name in by_form(fixed):
            raise FormulaError(f"{name} is fixed, and needs no bounds: leave one of the two out")
        if (low, high) != (-math.inf, math.inf):
            checked[name] = (low, high)
    return checked


def bounds_of(bounds: Bounds, names: Sequence[str]) -> Bounds:
    """The same bounds; a DataError for a name that is not a parameter's."""
    for name in bounds:
        if name not in names:
            raise DataError(f"the model has no parameter {name!r} to bound; it has "
                            f"{', '.join(names)}")
    return bounds


def changes(bounds: Bounds) -> dict[str, Value]:
    """The formula that replaces each parameter: its u is a free parameter of the same name."""
    found = {}
    for name, (low, high) in bounds.items():
        u = Value.symbol(name)
        if low > -math.inf and high < math.inf:
            found[name] = low + (high - low) / 2 * (1 + sin(u))
        else:
            found[name] = low + u**2 if low > -math.inf else high - u**2
    return found


def into(bounds: Bounds, start: Mapping[str, float]) -> dict[str, float]:
    """The start in the free parameters; a number on a bound or beyond is first moved inside."""
    found = dict(start)
    for name, (low, high) in bounds.items():
        if name in found and is_finite_number(found[name]):
            p = float(found[name])
            if low > -math.inf and high < math.inf:
                share = min(max((p - low) / (high - low), INWARDS), 1 - INWARDS)
                found[name] = math.asin(2 * share - 1)
            else:
                away = p - low if low > -math.inf else high - p
                found[name] = math.sqrt(away if away > 0 else INWARDS * (abs(p) or 1.0))
    return found


def inwards(bounds: Bounds, place: Mapping[str, float]) -> dict[str, float]:
    """The place, with all parameters moved a little inside of their bounds: see `into`."""
    return back(bounds, into(bounds, place))


def back(bounds: Bounds, place: Mapping[str, float]) -> dict[str, float]:
    """The model's own parameters, from the free ones."""
    formulas = changes(bounds)
    return {name: float(formulas[name].at(**{name: u})) if name in bounds else u
            for name, u in place.items()}


def are_within(bounds: Bounds, place: Mapping[str, float]) -> bool:
    """Whether all parameters of the place are where their bounds let them be."""
    return all(low <= place[name] <= high for name, (low, high) in bounds.items() if name in place)


def at_their_bounds(bounds: Bounds, place: Mapping[str, float],
                    surface: LossSurface) -> dict[str, float]:
    """The parameters that are at a bound, each with its bound: on it the loss is no higher than at
    `place`, and beyond it the loss would be lower still."""
    held: dict[str, float] = {}
    position = [place[name] for name in surface.parameters]
    for name, ends in bounds.items():
        i = surface.parameters.index(name)
        for bound, outwards in zip(ends, (-1, 1), strict=True):
            if not math.isfinite(bound):
                continue
            there = [*position[:i], bound, *position[i + 1:]]
            try:
                height, slopes = surface.look(there)
                before = surface.height(position)
                if height <= before + AT_BOUND * abs(before) and slopes[i] * outwards < 0:
                    held[name] = bound
            except DomainError:
                pass
    return held
