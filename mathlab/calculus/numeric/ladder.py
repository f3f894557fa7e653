"""A ladder of steps: difference quotients from the last digit of `x` up to `x`, and their noise.

On the page: `(f(x + h) - f(x - h)) / (2 * h)`. There h is a guess; here all sizes of h are tried.

For x**2 at 3 the quotient to the right is 6 + h. Each rung of the ladder is a step eight times as
wide as the one below; here is every fourth rung:

>>> ladder = Ladder(lambda x: x**2, 3.0, y=9.0)
>>> for h, slope in ladder.quotients(1, "right")[::4]:
...     print(f"{h:.0e}  {slope:.9f}")
4e-16  8.000000000
2e-12  6.000000000
7e-09  6.000000000
3e-05  6.000030518
1e-01  6.125000000

On the lowest rungs there is nothing but rounding: there the noise of a function is measured, not
assumed. On the highest rungs the curve bends. In between the quotients settle. A function that is
rounded goes up like a staircase: level for a while (a tread), and then up at once. How high one
goes up at once is the noise; where it is much, the staircase is meant, as that of floor(x).

Read `quotients` of `Ladder` first, then `climb`, `_measured_noise` and `_tread`; the rest is edge
cases.
The words are those of the chapter `extrapolate`: a `Reading` is a limit as read from some of the
quotients, with an error bar; the sharpest has the smallest bar. Two contradict each other if their
bars do not overlap; the rival of the best one has wider steps and contradicts it.
"""

import math
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from mathlab.calculus.numeric.difference import EPSILON, RealFunction
from mathlab.calculus.numeric.extrapolate import (
    NO_READING,
    SAFETY,
    Quotient,
    Reading,
    best_and_rival,
    changes,
    readings,
)

ENDS = {"central": (-1, 1), "left": (-1, 0), "right": (0, 1)}  # of a slope, in steps from x
ACCURACY = {"central": 2, "left": 1, "right": 1}  # the error of a quotient goes by h to this power
SMALLEST_FLOAT = math.ulp(0.0)  # 5e-324: what is smaller has been rounded away
# Measured in tests/calculus/numeric/test_constants.py, each under its name:
RUNG = 8.0  # 18 rungs lead from the last digit of x to x
TERMS = 3  # of the error, cancelled at most
HALVINGS, FINE_TERMS = 9, 6  # the same around the best reading, where each step is half the last
TREND = 3  # a change is noise unless the next is RUNG**power / TREND times as large, or more
LOW_RUNGS = 4  # have nothing on them but rounding
ROUNDED = 4  # what is more than so many roundings is not rounding
COARSE = 1e-5  # treads higher than this share of the values are no rounding, but meant
STEEPER = 2  # what rises by a law on so many rungs is a bend, not a tread
# Of both: test_treads_that_rounding_makes_are_told_from_what_is_meant.
LEVEL = 1.1  # heights that grow by less are the same,
FINE = 1e-12  # and lower than this share of the values they may be rounding
ALIKE = 1.2  # factors that differ by no more than this are the same law
SHIFTED = 64  # a rounded argument is off by so many last digits of the widest step, at most
STRIDES = 8  # from a tiny x, where nothing bends yet, this many wider steps at most lead on to 1
SHARP_ENOUGH = 1e-13  # as a relative error: then there is nothing left to gain


def nearest_float(y: object) -> float:
    """The value as a float; nan for a complex one, or one beyond all floats. Raises: TypeError."""
    if isinstance(y, str):
        raise TypeError(f"a function of numbers must give a number, not {y!r}")
    try:
        return math.nan if isinstance(y, complex) else float(y)  # type: ignore[arg-type]
    except OverflowError:
        return math.nan


class Tread(NamedTuple):
    """Where `f` leaves the straight line, by how much, and whether by a law as at a kink."""

    rung: int
    height: float
    has_law: bool


class Neighbourhood:
    """The values of `f` about `x`, each asked for once: on either side up to the first missing one.

    >>> root = Neighbourhood(math.sqrt, 1.0, y=1.0)
    >>> root(3.0), root(-0.75), root(-2.0)
    (2.0, 0.5, nan)
    """

    def __init__(self, f: RealFunction, x: float, y: float) -> None:
        self.f, self.x, self.evaluations = f, x, 1
        self.values = {0.0: y}  # by their distance from x, below 0 to its left
        self.ends, self.errors = {-1.0: math.inf, 1.0: math.inf}, {-1.0: "", 1.0: ""}  # by side

    def __call__(self, h: float) -> float:
        """The value of `f` at `x + h`; nan where it has none, and farther out on that side."""
        if h not in self.values and abs(h) < self.ends[side := math.copysign(1.0, h)]:
            y = math.nan
            if math.isfinite(self.x + h):
                self.evaluations += 1
                try:
                    y = nearest_float(self.f(self.x + h))
                except Exception as error:  # whatever `f` raises, it has no value there
                    self.errors[side] = f"{type(error).__name__}: {error}"
            if math.isfinite(y):
                self.values[h] = y
            else:
                self.ends[side] = abs(h)
        return self.values.get(h, math.nan)


class Ladder:
    """The steps from `x`, where `f` is `y`, and the quotients that can be made with them.

    `scale` is the widest step, |x| by default, or 1 at 0; all steps are powers of two, so that
    x + h is hardly ever rounded. `relative_noise` is how far `f` may be off, as a share of its
    value, if that is more than rounding.
    """

    def __init__(
        self, f: RealFunction, x: float, y: float,
        scale: float | None = None, relative_noise: float = 0.0,
    ) -> None:
        self.f, self.x = Neighbourhood(f, x, y), x
        self.relative_noise = max(relative_noise, EPSILON)
        self.top = 2.0 ** math.floor(math.log2(scale or abs(x) or 1.0))
        self.steps = [max(math.ulp(x), math.ulp(self.top))]
        while self.steps[-1] * RUNG <= self.top:
            self.steps.append(self.steps[-1] * RUNG)
        self.noise = self._measured_noise()
        if scale is None and 0 < abs(x) < 1:
            self._stride_on()

    def quotients(self, order: int, side: str, steps: Sequence[float] = ()) -> list[Quotient]:
        """Slopes (order 1) or second derivatives (2), for each step with values of `f`."""
        f, steps, (low, high) = self.f, steps or self.steps, ENDS[side]
        if order == 1:
            found = [(h, (f(high * h) - f(low * h)) / ((high - low) * h)) for h in steps]
        elif side == "central":
            found = [(h, ((f(h) - f(0.0)) - (f(0.0) - f(-h))) / h / h) for h in steps]
        else:  # how the slope changes; from x to x + h it is that of the curve at x + h/2
            pairs, twice = pairwise(self.quotients(1, side, steps)), 2 * (low + high)
            found = [(h, twice * (wide - fine) / (wider - h)) for (h, fine), (wider, wide) in pairs]
        return [Quotient(h, value) for h, value in found if math.isfinite(value)]

    def climb(
        self, order: int, side: str, steps: Sequence[float] = (), terms: int = 0,
        best: Reading = NO_READING,
    ) -> tuple[Reading, Reading]:
        """The sharpest reading, or `best` if that is sharper, and its rival among the wider steps.

        It is taken from the whole ladder, unless other steps are given.
        Equivalent to: settled(self.quotients(order, side)), with more digits and an error bar.

        Extrapolation cannot see rounding, so that is added to each error bar: values of `f` are off
        by its noise, and by its slope times what x + h is off. If that comes to `noise`, a central
        slope is off by noise/h, and a second derivative, f(x + h) - 2*f(x) + f(x - h) over h**2, by
        4*noise/h**2; cancelling terms of the error can double that.
        """
        quotients = self.quotients(order, side, steps)
        steepest = 0.0 if self.x else self.steepest()  # 0 has no last digit: h itself is one
        around = {h: self._on_both_sides(h) for h, _ in quotients}

        def by_rounding(widest: float, finest: float) -> float:
            slope = max([steepest, *map(abs, around[widest] + around[finest])])
            noise = self.noise_at(min(widest, best.widest or math.inf))  # no wider than the best
            noise += EPSILON * (abs(self.x) + finest) * slope
            error = 2 * order**2 * noise / finest / finest ** (order - 1)
            if self.tread and order == 1:  # all steps may share one rounding of an argument
                bend = (max(around[widest]) - min(around[widest])) / widest
                error += SHIFTED * EPSILON * self.top * bend
            return error

        table = readings(quotients, ACCURACY[side], terms or TERMS, by_rounding)
        return best_and_rival(table, best)

    def refine(self, order: int, side: str, best: Reading) -> Reading:
        """The sharpest reading around the best one, from steps that double."""
        if best.finest < self.steps[:LOW_RUNGS][-1]:
            return best  # the narrowest steps are the best: nothing settles, a limit is creeping up
        top = min(4 * best.widest, self.top)
        steps = [top / 2**halved for halved in reversed(range(HALVINGS))]
        fine = [h for h in steps if h >= best.finest]
        return self.climb(order, side, fine, FINE_TERMS, best)[0]

    def rounding(self, h: float) -> float:
        """How far values of `f` at a distance of `h` may be off, as far as was announced."""
        values = map(abs, map(self.f, (0.0, h, -h)))  # `f` has one at x, and nan is no larger
        return self.relative_noise * max(values) + SMALLEST_FLOAT

    def noise_at(self, h: float) -> float:
        """How far values of `f` are off, as far as is known from the steps up to `h`."""
        return self.noise[max(0, bisect(self.steps, h) - 1)]

    def size(self, h: float = math.inf) -> float:
        """The largest value of `f` seen within `h` about `x`, in size."""
        seen = (abs(y) for distance, y in self.f.values.items() if 0 < abs(distance) <= h)
        return max(seen, default=abs(self.f(0.0)))

    def steepest(self) -> float:
        """The largest slope from `x` to any step, in size."""
        slopes = (abs(slope) for h in self.steps for slope in self._on_both_sides(h))
        return max(slopes, default=0.0)

    def _on_both_sides(self, h: float) -> list[float]:
        return [slope for side in ("left", "right") for _, slope in self.quotients(1, side, [h])]

    def _measured_noise(self) -> list[float]:
        """For each step, the noise that it and those below it have shown.

        The central slopes of x**3 at 1 are 3 + h**2: from rung to rung they change by 63*h**2, each
        time 64 times as much as before; one-sided slopes change 8 times as much. Noise shrinks
        instead, as 1/h. So a change is put down to noise unless the next is 64/3 times as large (or
        8/3), or more. From step h to step 8*h it is about noise/h: times h, that tells the noise.
        """
        self.tread = self._tread()
        noise = {h: max(self.tread, self.rounding(h)) for h in self.steps}
        for side, power in ACCURACY.items():
            slopes = self.quotients(1, side)
            moves = pairwise(map(abs, changes(slopes)))
            for fine, here, (move, next_move) in zip(slopes, slopes[2:], moves, strict=False):
                if next_move < move * RUNG**power / TREND:
                    noise[here.step] = max(noise[here.step], move * fine.step)
        return list(accumulate(noise.values(), max))

    def _tread(self) -> float:
        """How high the steps are that rounding makes in `f`, its treads; 0 if none are found.

        It also says whether `f` `is_stair`: flat on the finest rungs, and not by rounding.

        Passing through 1 + x, f takes only values that are some EPSILON apart. From x = 0.01 the
        finest steps lead to none of them: log(1 + x) is flat there, and all quotients are 0. Such a
        tread is noise on *every* rung, even where it does not show. It is believed if it shows on
        both sides, as a kink near `x` does not; above it there may be higher ones.

        >>> f"{Ladder(lambda x: math.log(1 + x), 0.01, y=math.log(1.01)).tread:.0e}"
        '4e-16'
        """
        finest, treads, rungs = self.steps[:LOW_RUNGS], [0.0], []
        self.is_stair = all(self.f(h) == self.f(0.0) == self.f(-h) for h in finest)
        while True:
            left, right = (self._first_tread(side, treads[-1]) for side in ("left", "right"))
            if not (left and right) or (left.has_law and right.has_law):
                return treads[-1]
            rungs.append(max(left.rung, right.rung))
            if len(rungs) > 1 and (rungs[0] == 0 or rungs[-1] < len(rungs)):
                return 0.0  # ever higher, rung by rung: x*sin(1/x) at 0, not a stair
            low, high = sorted((left.height, right.height))
            height = SAFETY**2 * min(high, RUNG * low)  # a rung shows an eighth of it, or all
            if height > COARSE * self.size():
                self.is_stair = treads == [0.0]
                return treads[-1]
            self.is_stair = False
            treads.append(height)

    def _first_tread(self, side: str, noise: float) -> Tread | None:
        """The first rung on which `f` leaves the line of the finer ones at once, above that noise.

        From rung to rung a bend lifts f off the line by 64 times as much, and x*log(x) by 8 times:
        what has grown so for two rungs is a bend, unless it leaps. At a kink or a cusp a law
        follows: from rung to rung the height is multiplied by the same number.
        """
        slopes = self.quotients(1, side)
        heights = [abs(move) * h for move, (h, _) in zip(changes(slopes), slopes, strict=False)]
        rises, before, was_felt = 0, 0.0, False
        for k, (height, (h, slope)) in enumerate(zip(heights, slopes, strict=False)):
            floor = max(noise, self.rounding(h) + EPSILON * abs(self.x * slope))
            ratio = h / slopes[k - 1].step if k else RUNG
            is_felt = height > ROUNDED * floor
            rises += is_felt and was_felt and height >= ratio / ALIKE * before
            leaps = height > ratio**4 * max(before, floor)
            goes_on = k + 1 == len(heights) or heights[k + 1] >= RUNG / ALIKE * height
            if is_felt and (leaps or not goes_on):
                factors = [b / a for a, b in pairwise(heights[k + 1 : k + 5]) if a]
                slow = len(factors) == 3 and max(factors) < RUNG**2 / TREND
                # Rounding is as high on every rung. So is what lies behind a near kink, but higher.
                is_level = k > 0 and slow and max(factors) < LEVEL
                is_level &= height < FINE * self.size()
                has_law = slow and max(factors) < ALIKE * min(factors) and not is_level
                return Tread(k, height, has_law) if leaps or rises < STEEPER else None
            before, was_felt = height, is_felt
        return None

    def _stride_on(self) -> None:
        """From a tiny `x` on towards 1, while the widest step is the best, as for exp at 1e-9.

        From a stair on all the way; and where one side alone shows a tread, for two strides more.
        """
        stride = 2.0 ** max(3, math.ceil(-math.log2(abs(self.x)) / STRIDES))
        gained = len(self.steps)
        while self.steps[-1] * stride <= 1:
            best, rival = self.climb(1, "central")
            is_sharp = best.error <= SHARP_ENOUGH * abs(best.value)
            if not (is_sharp or best.widest < self.steps[-1] or rival is not NO_READING):
                gained = len(self.steps)  # nothing was stepped over, and there is more to gain
            elif not (self.tread or self.is_stair) and (
                len(self.steps) >= gained + 2
                or not any(self._first_tread(side, 0.0) for side in ("left", "right"))
            ):
                break
            self._reach([*self.steps, self.steps[-1] * stride])
        if len(self.steps) > gained and not (self.tread or self.is_stair):
            self._reach(self.steps[:gained])

    def _reach(self, steps: list[float]) -> None:
        self.steps, self.top = steps, steps[-1]
        self.noise = self._measured_noise()
