"""The problems of Moré, Garbow and Hillstrom: sums of squares that are hard to go down.

Each is a function from a list of numbers to a list of residuals, written as in the paper, for
floats and for Values. The minima are the published ones: 0 where the residuals can all vanish, and
for some problems a local minimum too, or an infimum that no place has. Three local minima that the
paper does not list were found by SciPy's least_squares (with a Hessian whose eigenvalues there are
all far above 0), and are marked so.

Source: J. J. Moré, B. S. Garbow and K. E. Hillstrom, "Testing unconstrained optimization software",
ACM Transactions on Mathematical Software 7 (1981), pages 17 to 41, with its numbers.

`python -m tests.learning.more_garbow_hillstrom` goes down them all by every optimizer that looks at
all rows, from 1, 10 and 100 times the standard start, and says how each walk ended.
"""

import math
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from mathlab import Value, absolute, atan2, cos, exp, sin, sqrt, symbols
from mathlab.calculus.graph.order import inputs_first
from mathlab.errors import MathlabError
from mathlab.learning.descent.minimize import minimize
from mathlab.learning.descent.optimizers import OPTIMIZERS

TIMES = (1, 10, 100)  # the standard start
WALKERS = {name: make for name, make in OPTIMIZERS.items()
           if getattr(make, "needs_all_rows", False)} | {"default": lambda: None}


@dataclass(frozen=True)
class Problem:
    """Residuals, the standard start, the published minima of their sum of squares, and the sum of
    squares at the start where it is published too (by MINPACK's tests, as the norm)."""

    name: str
    residuals: Callable[[list], list]
    start: list[float]
    minima: list[float]
    at_start: float | None = None

    def sum_of_squares(self, x):
        """What is minimized, as a float or as a formula."""
        return sum(r**2 for r in self.residuals(x))

    def is_minimum(self, height):
        """Whether a height is that of a published minimum."""
        return any(abs(height - f) <= (1e-5 * f or 1e-8) for f in self.minima)

    def walk(self, times, optimizer):
        """The walk from so many times the standard start."""
        x = list(symbols(" ".join(f"x{i + 1}" for i in range(len(self.start)))))
        formula = self.sum_of_squares(x)
        assert isinstance(formula, Value)
        used = {*inputs_first(formula)}  # problem 34 has two levers that move nothing
        start = {lever: times * p for lever, p in zip(x, self.start, strict=True) if lever in used}
        return minimize(formula, start, optimizer)


def rosenbrock(x):
    return [part for i in range(0, len(x), 2) for part in (10 * (x[i + 1] - x[i]**2), 1 - x[i])]


def freudenstein_and_roth(x):
    x1, x2 = x
    return [-13 + x1 + ((5 - x2) * x2 - 2) * x2, -29 + x1 + ((x2 + 1) * x2 - 14) * x2]


def powell_badly_scaled(x):
    x1, x2 = x
    return [1e4 * x1 * x2 - 1, exp(-x1) + exp(-x2) - 1.0001]


def brown_badly_scaled(x):
    x1, x2 = x
    return [x1 - 1e6, x2 - 2e-6, x1 * x2 - 2]


def beale(x):
    x1, x2 = x
    return [y - x1 * (1 - x2**i) for i, y in ((1, 1.5), (2, 2.25), (3, 2.625))]


def jennrich_and_sampson(x):
    x1, x2 = x
    return [2 + 2 * i - (exp(i * x1) + exp(i * x2)) for i in range(1, 11)]


def helical_valley(x):
    x1, x2, x3 = x
    turn = (atan2(-x1, x2) + math.pi / 2) / (2 * math.pi)  # from -1/4 to 3/4, as in the paper
    return [10 * (x3 - 10 * turn), 10 * (sqrt(x1**2 + x2**2) - 1), x3]


def bard(x):
    x1, x2, x3 = x
    y = [.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.10, 4.39]
    return [y[i - 1] - (x1 + i / ((16 - i) * x2 + min(i, 16 - i) * x3)) for i in range(1, 16)]


def gaussian(x):
    x1, x2, x3 = x
    half = [.0009, .0044, .0175, .0540, .1295, .2420, .3521]
    y = [*half, .3989, *half[::-1]]
    return [x1 * exp(-x2 * ((8 - i) / 2 - x3)**2 / 2) - y[i - 1] for i in range(1, 16)]


def meyer(x):
    x1, x2, x3 = x
    y = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820,
         3307, 2872]
    return [x1 * exp(x2 / (45 + 5 * i + x3)) - y[i - 1] for i in range(1, 17)]


def gulf(x, m=20):
    x1, x2, x3 = x
    t = [i / 100 for i in range(1, m + 1)]
    y = [25 + (-50 * math.log(s))**(2 / 3) for s in t]
    return [exp(-(absolute(v - x2)**x3) / x1) - s for s, v in zip(t, y, strict=True)]


def box(x):
    x1, x2, x3 = x
    return [exp(-t * x1) - exp(-t * x2) - x3 * (math.exp(-t) - math.exp(-10 * t))
            for t in (i / 10 for i in range(1, 11))]


def powell_singular(x):
    return [part for i in range(0, len(x), 4) for part in _powell(*x[i : i + 4])]


def _powell(x1, x2, x3, x4):
    return [x1 + 10 * x2, math.sqrt(5) * (x3 - x4), (x2 - 2 * x3)**2,
            math.sqrt(10) * (x1 - x4)**2]


def wood(x):
    x1, x2, x3, x4 = x
    return [10 * (x2 - x1**2), 1 - x1, math.sqrt(90) * (x4 - x3**2), 1 - x3,
            math.sqrt(10) * (x2 + x4 - 2), (x2 - x4) / math.sqrt(10)]


def kowalik_and_osborne(x):
    x1, x2, x3, x4 = x
    y = [.1957, .1947, .1735, .1600, .0844, .0627, .0456, .0342, .0323, .0235, .0246]
    u = [4, 2, 1, .5, .25, .167, .125, .1, .0833, .0714, .0625]
    return [v - x1 * (w**2 + w * x2) / (w**2 + w * x3 + x4) for v, w in zip(y, u, strict=True)]


def brown_and_dennis(x):
    x1, x2, x3, x4 = x
    return [(x1 + t * x2 - math.exp(t))**2 + (x3 + x4 * math.sin(t) - math.cos(t))**2
            for t in (i / 5 for i in range(1, 21))]


def osborne_1(x):
    x1, x2, x3, x4, x5 = x
    y = [.844, .908, .932, .936, .925, .908, .881, .850, .818, .784, .751, .718, .685, .658, .628,
         .603, .580, .558, .538, .522, .506, .490, .478, .467, .457, .448, .438, .431, .424, .420,
         .414, .411, .406]
    return [v - (x1 + x2 * exp(-10 * i * x4) + x3 * exp(-10 * i * x5)) for i, v in enumerate(y)]


def biggs(x, m=13):
    x1, x2, x3, x4, x5, x6 = x
    y = lambda t: math.exp(-t) - 5 * math.exp(-10 * t) + 3 * math.exp(-4 * t)
    return [x3 * exp(-t * x1) - x4 * exp(-t * x2) + x6 * exp(-t * x5) - y(t)
            for t in (i / 10 for i in range(1, m + 1))]


def osborne_2(x):
    y = [1.366, 1.191, 1.112, 1.013, .991, .885, .831, .847, .786, .725, .746, .679, .608, .655,
         .616, .606, .602, .626, .651, .724, .649, .649, .694, .644, .624, .661, .612, .558, .533,
         .495, .500, .423, .395, .375, .372, .391, .396, .405, .428, .429, .523, .562, .607, .653,
         .672, .708, .633, .668, .645, .632, .591, .559, .597, .625, .739, .710, .729, .720, .636,
         .581, .428, .292, .162, .098, .054]
    return [v - (x[0] * exp(-t * x[4]) + x[1] * exp(-((t - x[8])**2) * x[5])
                 + x[2] * exp(-((t - x[9])**2) * x[6]) + x[3] * exp(-((t - x[10])**2) * x[7]))
            for t, v in ((i / 10, v) for i, v in enumerate(y))]


def watson(x):
    rows = []
    for t in (i / 29 for i in range(1, 30)):
        slope = sum(j * x[j] * t**(j - 1) for j in range(1, len(x)))
        rows.append(slope - sum(p * t**j for j, p in enumerate(x))**2 - 1)
    return [*rows, x[0], x[1] - x[0]**2 - 1]


def penalty_1(x):
    return [*(math.sqrt(1e-5) * (p - 1) for p in x), sum(p**2 for p in x) - 0.25]


def penalty_2(x):
    n, root = len(x), math.sqrt(1e-5)
    y = [math.exp((i + 1) / 10) + math.exp(i / 10) for i in range(n)]
    return [x[0] - 0.2,
            *(root * (exp(x[i] / 10) + exp(x[i - 1] / 10) - y[i]) for i in range(1, n)),
            *(root * (exp(x[i] / 10) - math.exp(-0.1)) for i in range(1, n)),
            sum((n - j) * p**2 for j, p in enumerate(x)) - 1]


def variably_dimensioned(x):
    weighted = sum((j + 1) * (p - 1) for j, p in enumerate(x))
    return [*(p - 1 for p in x), weighted, weighted**2]


def trigonometric(x):
    cosines = sum(cos(p) for p in x)
    return [len(x) - cosines + (i + 1) * (1 - cos(p)) - sin(p) for i, p in enumerate(x)]


def brown_almost_linear(x):
    product = 1.0
    for p in x:
        product = product * p
    return [*(p + sum(x) - (len(x) + 1) for p in x[:-1]), product - 1]


def discrete_boundary_value(x):
    h, wide = 1 / (len(x) + 1), [0.0, *x, 0.0]
    return [2 * wide[i] - wide[i - 1] - wide[i + 1] + h**2 * (wide[i] + i * h + 1)**3 / 2
            for i in range(1, len(x) + 1)]


def discrete_integral_equation(x):
    h = 1 / (len(x) + 1)
    t = [(i + 1) * h for i in range(len(x))]
    cubes = [(p + s + 1)**3 for p, s in zip(x, t, strict=True)]
    return [x[i] + h * ((1 - t[i]) * sum(t[j] * cubes[j] for j in range(i + 1))
                        + t[i] * sum((1 - t[j]) * cubes[j] for j in range(i + 1, len(x)))) / 2
            for i in range(len(x))]


def broyden_tridiagonal(x):
    wide = [0.0, *x, 0.0]
    return [(3 - 2 * wide[i]) * wide[i] - wide[i - 1] - 2 * wide[i + 1] + 1
            for i in range(1, len(x) + 1)]


def broyden_banded(x):
    return [x[i] * (2 + 5 * x[i]**2) + 1
            - sum(x[j] * (1 + x[j]) for j in range(max(0, i - 5), min(len(x), i + 2)) if j != i)
            for i in range(len(x))]


def linear_full_rank(x, m=20):
    mean = 2 / m * sum(x)
    return [*(p - mean - 1 for p in x), *[-mean - 1] * (m - len(x))]


def linear_rank_1(x, m=20):
    weighted = sum((j + 1) * p for j, p in enumerate(x))
    return [(i + 1) * weighted - 1 for i in range(m)]


def linear_rank_1_with_zeros(x, m=20):
    weighted = sum((j + 1) * p for j, p in enumerate(x) if 0 < j < len(x) - 1)
    return [-1.0, *(i * weighted - 1 for i in range(1, m - 1)), -1.0]


def chebyquad(x):
    n = len(x)
    before, here = [1.0] * n, [2 * p - 1 for p in x]
    rows = []
    for i in range(1, n + 1):
        rows.append(sum(here) / n - (0 if i % 2 else -1 / (i**2 - 1)))
        before, here = here, [2 * (2 * p - 1) * t - s
                              for p, t, s in zip(x, here, before, strict=True)]
    return rows


def boundary_start(n):
    return [t * (t - 1) for t in ((j + 1) / (n + 1) for j in range(n))]


PROBLEMS = [
    Problem("1 Rosenbrock", rosenbrock, [-1.2, 1], [0], 24.2),
    Problem("2 Freudenstein and Roth", freudenstein_and_roth, [0.5, -2], [0, 48.98425], 400.5),
    Problem("3 Powell badly scaled", powell_badly_scaled, [0, 1], [0], 1.135262),
    Problem("4 Brown badly scaled", brown_badly_scaled, [1, 1], [0], 999998000003),
    Problem("5 Beale", beale, [1, 1], [0], 14.203125),
    Problem("6 Jennrich and Sampson", jennrich_and_sampson, [0.3, 0.4], [124.36218], 4171.306),
    Problem("7 helical valley", helical_valley, [-1, 0, 0], [0], 2500),
    Problem("8 Bard", bard, [1, 1, 1], [8.214877e-3, 17.42869], 41.68170),
    Problem("9 Gaussian", gaussian, [0.4, 1, 0], [1.127933e-8], 3.888107e-6),
    Problem("10 Meyer", meyer, [0.02, 4000, 250], [87.945855], 1.693608e9),
    Problem("11 Gulf", gulf, [5, 2.5, 0.15], [0]),
    Problem("12 Box", box, [0, 10, 20], [0], 1031.154),
    Problem("13 Powell singular", powell_singular, [3, -1, 0, 1], [0], 215),
    Problem("14 Wood", wood, [-3, -1, -3, -1], [0], 19192),
    Problem("15 Kowalik and Osborne", kowalik_and_osborne, [0.25, 0.39, 0.415, 0.39],
            [3.075056e-4, 1.02734e-3], 5.313172e-3),
    Problem("16 Brown and Dennis", brown_and_dennis, [25, 5, -5, -1], [85822.2], 7926693),
    Problem("17 Osborne 1", osborne_1, [0.5, 1.5, -1, 0.01, 0.02], [5.464895e-5], 0.879026),
    Problem("18 Biggs EXP6", biggs, [1, 2, 1, 1, 1, 1], [0, 5.65565e-3], 0.779070),
    Problem("19 Osborne 2", osborne_2, [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
            [4.013773e-2], 2.093420),
    Problem("20 Watson of 6", watson, [0] * 6, [2.287670e-3], 30),
    Problem("20 Watson of 9", watson, [0] * 9, [1.399760e-6], 30),
    Problem("21 extended Rosenbrock", rosenbrock, [-1.2, 1] * 5, [0], 121),
    Problem("22 extended Powell singular", powell_singular, [3, -1, 0, 1] * 3, [0], 645),
    Problem("23 penalty I of 4", penalty_1, [1, 2, 3, 4], [2.249978e-5], 885.0626),
    Problem("23 penalty I of 10", penalty_1, [*range(1, 11)], [7.087651e-5], 148032.6),
    Problem("24 penalty II of 4", penalty_2, [0.5] * 4, [9.376293e-6], 2.340009),
    Problem("24 penalty II of 10", penalty_2, [0.5] * 10, [2.936605e-4], 162.6528),
    Problem("25 variably dimensioned", variably_dimensioned, [1 - j / 10 for j in range(1, 11)],
            [0], 2198551.2),
    Problem("26 trigonometric", trigonometric, [0.1] * 10,
            [0, 2.795056e-5, 4.218634e-5], 7.075759e-3),  # the last one: by SciPy
    Problem("27 Brown almost linear", brown_almost_linear, [0.5] * 10, [0, 1], 273.2480),
    Problem("28 discrete boundary value", discrete_boundary_value, boundary_start(10), [0]),
    Problem("29 discrete integral equation", discrete_integral_equation, boundary_start(10), [0]),
    Problem("30 Broyden tridiagonal", broyden_tridiagonal, [-1] * 10, [0], 21),
    Problem("31 Broyden banded", broyden_banded, [-1] * 10, [0], 360),
    Problem("32 linear, full rank", linear_full_rank, [1] * 10, [10], 50),
    Problem("33 linear, rank 1", linear_rank_1, [1] * 10, [20 * 19 / 82]),
    Problem("34 linear, rank 1, zeros", linear_rank_1_with_zeros, [1] * 10, [454 / 74]),
    Problem("35 Chebyquad of 7", chebyquad, [j / 8 for j in range(1, 8)], [0]),
    Problem("35 Chebyquad of 8", chebyquad, [j / 9 for j in range(1, 9)], [3.516874e-3],
            0.0386177),
    Problem("35 Chebyquad of 10", chebyquad, [j / 11 for j in range(1, 11)],
            [6.503954e-3, 4.772714e-3, 9.500629e-3])]  # the last two: by SciPy


def outcome(problem, times, walker):
    """How a walk ended, in a word, and how high: `arrived` at a published minimum and says so,
    `unsure` if it does not say so; `said so` elsewhere; `WRONG` elsewhere, and calls it the bottom;
    else the name of the error, and `TRACEBACK` if it is not one of mathlab's own."""
    try:
        walk = problem.walk(times, WALKERS[walker]())
        there, height = walk.at_the_bottom, walk.loss
    except MathlabError as error:
        return type(error).__name__, str(error)
    except Exception as error:
        return f"TRACEBACK {type(error).__name__}", str(error)
    if problem.is_minimum(height):
        return "arrived" if there else "unsure", height
    return "WRONG" if there else "said so", height


def main(words):
    """Print how each walk ended, and the counts for each optimizer."""
    counts = {walker: Counter() for walker in WALKERS}
    for problem in PROBLEMS:
        if words and not any(word in problem.name for word in words):
            continue
        for times in TIMES:
            endings = []
            for walker, count in counts.items():
                began = time.perf_counter()
                word, height = outcome(problem, times, walker)
                count[word] += 1
                told = f" {height:.6g}" if word in {"WRONG", "said so"} else ""
                seconds = time.perf_counter() - began
                endings.append(f"{walker}: {word}{told}" + (f" ({seconds:.1f} s)" * (seconds > 1)))
            print(f"{problem.name:<28}{times:>4}  {'; '.join(endings)}", flush=True)
    for walker, count in counts.items():
        print(f"{walker:<20} {dict(count.most_common())}")


if __name__ == "__main__":
    main(sys.argv[1:])
