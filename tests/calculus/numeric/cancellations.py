"""Random functions whose values cancel, each with a point, its true slope and its own scale.

Here a function passes through numbers that are much larger than its value: `log(1 + x) - log(1)` at
0.01 is a difference of two numbers near 0, but 1 + x has kept two digits of x fewer. What is drawn
is such a difference, or a product or quotient of two of them. Slopes are swept backwards in
Decimals; a slope can be 0 or tiny, and so there is a scale: the largest of the slopes at `x` and an
eighth of max(|x|, 1) to either side.

>>> for text, _, x, slope, scale in cancellations(3, seed=3):
...     print(f"{text} at {x:.1e}: {slope:.3g}, up to {scale:.3g} nearby")
(log(cos(100 + x)) - log(cos(100)))*(log(cos(1 + x)) - log(cos(1))) at -3.8e-06: ...
cos(1 + x) - cos(1) at -1.9e-04: -0.841, up to 0.902 nearby
(exp(0 + x) - exp(0))*(sinh(0 + x) - sinh(0)) at 1.6e-03: 0.00318, up to 0.28 nearby

Print how near and how sure the numeric derivative is on so many of them (10,000 take minutes):

    python -m tests.calculus.numeric.cancellations 1000
"""

import math
import random
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from mathlab import Value, compile_formula, numeric, parse, symbols
from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.graph.chain_rule import sweep_backwards
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.errors import MathlabError
from tests.calculus.compositions import is_sane

(X,) = symbols("x")

FUNCTIONS = (
    *("exp({})", "log({})", "sqrt({})", "sin({})", "cos({})", "tan({})", "atan({})", "tanh({})"),
    *("cosh({})", "sinh({})", "1/({})", "({})**3", "({})**1.5", "({})*exp({})", "log(cosh({}))"),
    *("log(cos({}))", "{}", "exp(-({})**2)", "sqrt(1 + ({})**2)", "log(1 + exp({}))"),
)
OFFSETS = ("0", "0", "0", "1", "1", "0.5", "2.5", "-0.75", "10", "100")
INFIX = "*/--"
NEAR = 1e-9  # of the scale: what counts as right

Cancellation = tuple[str, Callable[[float], float], float, float, float]


def cancellations(count: int, seed: int) -> Iterator[Cancellation]:
    """So many rows `(text, f, x, slope, scale)`: the same ones for the same seed."""
    dice = random.Random(seed)
    while count:
        text = difference(dice)
        if dice.random() < 0.5:
            text = f"({text}){dice.choice(INFIX)}({difference(dice)})"
        x = dice.choice((1, 1, -1)) * 10 ** dice.uniform(-8, 3)
        try:
            formula = parse(text)
            f = compile_formula(formula, [X])
            around = max(abs(x), 1) / 8
            slopes = [true_slope(formula, at) for at in (x, x - around, x + around)]
        except (MathlabError, ArithmeticError, ValueError):  # it has no value here, or nearby
            continue
        scale = max(map(abs, slopes))
        if is_sane(f, x) and 1e-12 < scale < 1e12 and "x" in str(formula):
            yield text, f, x, slopes[0], scale
            count -= 1


def difference(dice: random.Random) -> str:
    """A random text g(offset + x) - g(offset), which is 0 where x is."""
    function, offset = dice.choice(FUNCTIONS), dice.choice(OFFSETS)
    return f"{function.replace('{}', f'{offset} + x')} - {function.replace('{}', offset)}"


def true_slope(formula: Value, x: float) -> float:
    """The slope at exactly this float, rounded once."""
    leaves = [node for node in inputs_first(formula) if node.operation is constant]
    with localcontext(prec=100):
        here = Value(Decimal(x))
        numbers = {leaf: Value.constant(Decimal(leaf.data)) for leaf in leaves}
        sweep_backwards(substitute(formula, {X: here, **numbers}))
    return float(here.grad)


class Figures(NamedTuple):
    """How near the numeric derivative comes to the true slopes, and how well it knows that."""

    right: float  # share of values that are off by no more than 1e-9 of the scale
    broken: float  # share of error bars that do not hold
    none: float  # share of slopes that were not found
    median: float  # of the error bar over the true error; at the least half a unit of the slope
    quantile: float  # which 90 % of these do not surpass
    evaluations: int  # at most


def figures(rows: Iterable[Cancellation]) -> Figures:
    """What the numeric derivative makes of the rows."""
    found = [(numeric.derivative(f, x), slope, scale) for _, f, x, slope, scale in rows]
    trials = [(e, abs(e.value - slope), math.ulp(slope) / 2, scale) for e, slope, scale in found]
    bars = sorted(e.error / max(off, unit) for e, off, unit, _ in trials)
    return Figures(
        right=statistics.fmean(off <= NEAR * scale for _, off, _, scale in trials),
        broken=statistics.fmean(off > e.error + unit for e, off, unit, _ in trials),
        none=statistics.fmean(e.error == math.inf for e, *_ in trials),
        median=statistics.median(bars),
        quantile=bars[int(0.9 * len(bars))],
        evaluations=max(e.evaluations for e, *_ in trials),
    )


if __name__ == "__main__":
    print(figures(cancellations(int(sys.argv[1]), seed=0)))
