"""Random compositions of functions, each with a point and its true slope there, from a seed.

They are the ground on which the numeric derivative is tried: functions that nobody chose, at points
where nobody looked. What is drawn is a text, such as `exp(x)/(x - 2.5)`. Compiled, it is a plain
function of floats. In Decimals of 50 digits, swept backwards, it gives the truth. Its constants are
short in binary, so that both are the same function.

>>> for text, _, x, slope in compositions(3, seed=1):
...     print(f"{text:22} at {x:<22} has slope {slope}")
((3 + x)/sin(x))**1.5  at -6.477395456153126     has slope 550.297298710904
cosh(x) + 5            at 0.0013403842157150324  has slope 0.0013403846170774497
atan(x) - x/4          at -0.012413812649651199  has slope 0.7498459209994962
"""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from math import isfinite

from mathlab import Value, compile_formula, parse, symbols
from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.graph.chain_rule import sweep_backwards
from mathlab.calculus.graph.operations import constant
from mathlab.calculus.graph.order import inputs_first
from mathlab.errors import MathlabError

DEEPEST = 5
FLATTEST, STEEPEST = 1e-8, 1e8  # slopes; a value may be as large
POINTS = 6  # tried before a text is given up: log(x) has no place for half of them

(X,) = symbols("x")

FUNCTIONS = (
    *("exp", "log", "sqrt", "sin", "cos", "tanh", "atan", "cosh"),  # the usual ones twice
    *("exp", "log", "sqrt", "sin", "cos", "tanh", "atan", "cosh"),
    *("sinh", "tan", "asin", "acos", "asinh", "expm1", "log1p", "cbrt", "erf"),
)
INFIX = "++--**//"
CONSTANTS = ("0.25", "0.5", "0.75", "1", "1.5", "2", "2.5", "3", "4", "5", "7.25", "10", "100")
POWERS = ("2", "2", "3", "4", "7", "0.5", "1.5", "2.5", "(-1)", "(-2)", "(-0.5)")

Composition = tuple[str, Callable[[float], float], float, float]


def compositions(count: int, seed: int) -> Iterator[Composition]:
    """So many rows `(text, f, x, slope)`: the same ones for the same seed."""
    dice = random.Random(seed)
    while count:
        formula = parse(grow(dice, dice.randint(2, DEEPEST)))
        f = compile_formula(formula, [X])
        for _ in range(POINTS):
            x = dice.choice((1, 1, -1)) * 10 ** dice.uniform(-3, 2)
            if is_sane(f, x) and (slope := true_slope(formula, x)) is not None:
                yield str(formula), f, x, slope
                count -= 1
                break


def grow(dice: random.Random, depth: int) -> str:
    """A random text with an x in it, its operations nested at most so deep."""
    if depth == 0:
        return "x"
    kind = dice.random()
    if kind < 0.5:
        return f"{dice.choice(FUNCTIONS)}({grow(dice, depth - 1)})"
    inner = grow(dice, depth - 1)
    if kind < 0.6:
        return f"({inner})**{dice.choice(POWERS)}"
    other = dice.choice(CONSTANTS) if kind < 0.8 else grow(dice, dice.randrange(depth))
    left, right = dice.sample((inner, other), 2)
    return f"({left} {dice.choice(INFIX)} {right})"


def is_sane(f: Callable[[float], float], x: float) -> bool:
    """Whether the function has a value here that is neither complex, nor infinite, nor huge."""
    try:
        y = f(x)
    except (ValueError, ArithmeticError, TypeError):  # a TypeError: sin of a complex number
        return False
    return isinstance(y, float) and isfinite(y) and abs(y) < STEEPEST


def true_slope(formula: Value, x: float) -> float | None:
    """The slope at exactly this float, rounded once; None where there is none of a sane size."""
    leaves = [node for node in inputs_first(formula) if node.operation is constant]
    with localcontext(prec=50):
        here = Value(Decimal(x))
        numbers = {leaf: Value.constant(Decimal(leaf.data)) for leaf in leaves}
        try:
            sweep_backwards(substitute(formula, {X: here, **numbers}))
        except (MathlabError, ArithmeticError):
            return None
    slope = float(here.grad)
    return slope if FLATTEST < abs(slope) < STEEPEST else None
