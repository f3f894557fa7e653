"""Optimizers that know the slopes: gradient descent, momentum, Nesterov's, Adam; the register.

On the page: `parameter.data -= learning_rate * parameter.grad`. Here are other ways to step.

An optimizer walks: it looks at the surface, takes a step, looks again. The walk has no end; who
follows it says when it is enough. What is remembered from step to step are the variables of its
loop. Any class with such a method `walk` will do, in a `Trainer` and elsewhere; `@registered` lets
the command line know it by a name. Read `descent` first, then `GradientDescent.walk` and `moved`.

>>> from itertools import islice
>>> from mathlab.learning.model.surface import LossSurface, Model, Table
>>> table = Table({"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]})
>>> surface = LossSurface(Model("y = slope*x + intercept"), table)
>>> for optimizer in (GradientDescent(0.3), Momentum(0.1), Nesterov(0.1), Adam(0.5)):
...     steps = list(islice(optimizer.walk(surface, [0.0, 0.0]), 60))
...     print(f"{type(optimizer).__name__:<16}{steps[5].loss:8.4f}{steps[-1].loss:9.1e}")
GradientDescent   0.0171  1.8e-26
Momentum          3.2115  1.1e-02
Nesterov          1.7535  1.2e-06
Adam              0.4074  2.3e-03
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import sqrt
from numbers import Real
from typing import Any, Protocol

from mathlab.errors import DomainError, FormulaError
from mathlab.learning.data.table import is_finite_number, short
from mathlab.learning.descent.descent import Step
from mathlab.learning.model.surface import Surface

TINY = 1e-8  # in Adam's divisor, so that it is never 0

OPTIMIZERS: dict[str, Callable[..., "Optimizer"]] = {}  # by the names that the command line takes


class Optimizer(Protocol):
    """Anything that walks. With a true attribute `needs_all_rows` it compares heights, and does not
    go with mini-batches; with `needs_bends` it asks the surface for second derivatives."""

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, the start being the first; it may end by itself."""


def registered(name: str) -> Callable[[Any], Any]:
    """Enter a class into the register; one that has a learning rate takes it first."""

    def enter(optimizer: Any) -> Any:
        OPTIMIZERS[name] = optimizer
        return optimizer

    return enter


def check_optimizer(optimizer: Any) -> None:
    """Refuse what cannot walk, such as a name or a class, with a FormulaError."""
    if isinstance(optimizer, type) or not callable(getattr(optimizer, "walk", None)):
        raise FormulaError(f"an optimizer is one such as Adam(), not {short(optimizer)}")


def look(surface: Surface, position: Sequence[float]) -> Step:
    """What is to be seen at this place; a DomainError, where there is nothing, names it."""
    try:
        loss, slopes = surface.look(position)
    except DomainError as error:
        raise DomainError(f"at {surface.named(position)}: {error}") from None
    return Step(tuple(position), loss, tuple(slopes))


@registered("descent")
@dataclass(frozen=True)
class GradientDescent:
    """Step against the slope, in proportion to it: far where it is steep, short where it is flat.

        parameter = parameter - rate * slope,     rate = learning_rate / (1 + decay*k) in step k =
        0, 1, ...

    Equivalent to: `descend`, for a surface whose method is "backward".

    Source: A. Cauchy, "Méthode générale pour la résolution des systèmes d'équations simultanées"
    (1847); with decay, H. Robbins and S. Monro, "A stochastic approximation method" (1951).
    """

    learning_rate: float = 0.1
    decay: float = 0.0

    def __post_init__(self) -> None:
        check_rate(self.learning_rate)
        if not (isinstance(self.decay, Real) and is_finite_number(self.decay) and self.decay >= 0):
            raise FormulaError(f"the decay must be at least 0, not {self.decay!r:.40}")

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, without end."""
        step = look(surface, start)
        for k in count():
            yield step
            rate = self.learning_rate / (1 + self.decay * k)
            step = look(surface, moved(step.position, rate, step.slopes))


@registered("momentum")
@dataclass(frozen=True)
class Momentum:
    """Roll like a ball: the slope changes the speed, the speed the place.

        speed = keep*speed + slope
        parameter = parameter - learning_rate*speed

    Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
    """

    learning_rate: float = 0.1
    keep: float = 0.9

    def __post_init__(self) -> None:
        check_rate(self.learning_rate)
        check_share("keep", self.keep)

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, without end."""
        speed, step = [0.0] * len(start), look(surface, start)
        while True:
            yield step
            speed = [self.keep * v + s for v, s in zip(speed, step.slopes, strict=True)]
            step = look(surface, moved(step.position, self.learning_rate, speed))


@registered("nesterov")
@dataclass(frozen=True)
class Nesterov(Momentum):
    """Momentum that looks where it is going to be, and brakes before the turn.

        speed = keep*speed + slope(parameter - learning_rate*keep*speed)
        parameter = parameter - learning_rate*speed

    The steps of its walk are the places it looks at.

    Source: Y. Nesterov, "A method of solving a convex programming problem with convergence rate
    O(1/k^2)" (1983).
    """

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, without end."""
        position, speed = list(start), [0.0] * len(start)
        while True:
            step = look(surface, moved(position, self.learning_rate * self.keep, speed))
            yield step
            speed = [self.keep * v + s for v, s in zip(speed, step.slopes, strict=True)]
            position = moved(position, self.learning_rate, speed)


@registered("adam")
@dataclass(frozen=True)
class Adam:
    """Steps of about the learning rate along every parameter, however steep: the running mean of
    the slopes, divided by the root of the running mean of their squares.

        mean   = keep*mean + (1 - keep)*slope
        square = keep_square*square + (1 - keep_square)*slope**2
        parameter = parameter - learning_rate * full_mean / (sqrt(full_square) + 1e-8)

    with `full_mean = mean/(1 - keep**k)` and `full_square = square/(1 - keep_square**k)` in step
    k = 1, 2, ...: mean and square began at 0, and are too small by that factor.

    Source: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization" (2015).
    """

    learning_rate: float = 0.1
    keep: float = 0.9
    keep_square: float = 0.999

    def __post_init__(self) -> None:
        check_rate(self.learning_rate)
        check_share("keep", self.keep)
        check_share("keep_square", self.keep_square)

    def walk(self, surface: Surface, start: Sequence[float]) -> Iterator[Step]:
        """The steps of the walk, without end."""
        mean, square, step = [0.0] * len(start), [0.0] * len(start), look(surface, start)
        for k in count(1):
            yield step
            m, q = self.keep, self.keep_square
            mean = [m * old + (1 - m) * s for old, s in zip(mean, step.slopes, strict=True)]
            square = [q * old + (1 - q) * s * s for old, s in zip(square, step.slopes, strict=True)]
            direction = [(a / (1 - m**k)) / (sqrt(b / (1 - q**k)) + TINY)
                         for a, b in zip(mean, square, strict=True)]
            step = look(surface, moved(step.position, self.learning_rate, direction))


def moved(position: Sequence[float], rate: float, direction: Sequence[float]) -> list[float]:
    """Where a step against this direction leads: `position - rate * direction`."""
    return [p - rate * d for p, d in zip(position, direction, strict=True)]


def check_rate(rate: float, name: str = "learning rate") -> None:
    """Refuse a learning rate that is not above 0, with a FormulaError."""
    if not (isinstance(rate, Real) and is_finite_number(rate) and rate > 0):
        raise FormulaError(f"the {name} must be above 0, not {rate!r:.40}")


def check_share(name: str, share: float) -> None:
    """Refuse a share of the past to keep that is not from 0 to below 1, with a FormulaError."""
    if not (isinstance(share, Real) and 0 <= share < 1):
        raise FormulaError(f"{name} must be from 0 to below 1, not {share!r:.40}")
