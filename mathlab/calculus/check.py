"""All the methods side by side. Two read the same table; the third, numeric, never saw it.

>>> from mathlab import Value, sin
>>> x = Value(1.5, name="x")
>>> print(compare(x**2 * sin(x), x))  # doctest: +ELLIPSIS
method    derivative  differs by
backward    3.151644     0.0e+00
symbolic    3.151644     0.0e+00
numeric     3.151644     ...
"""

import math
from dataclasses import dataclass
from typing import Any

from mathlab.calculus.differentiate import derivative
from mathlab.calculus.order import inputs_first
from mathlab.calculus.value import Value


@dataclass(frozen=True)
class Comparison:
    """The derivative by each method; `str` shows them with their distance from the symbolic one."""

    results: dict[str, Any]

    @property
    def largest_difference(self) -> float:
        """How far the farthest method is from the symbolic one."""
        return max(self._off(found) for found in self.results.values())

    def __str__(self) -> str:
        lines = [f"{'method':<8}  {'derivative':>10}  differs by"]
        for method, found in self.results.items():
            lines.append(f"{method:<8}  {float(found):>10.7g}  {self._off(found):>10.1e}")
        return "\n".join(lines)

    def _off(self, found: Any) -> float:
        symbolic = self.results["symbolic"]
        off = 0.0 if found == symbolic else abs(float(found) - float(symbolic))
        return math.inf if math.isnan(off) else off  # nan agrees with nothing


def compare(y: Value, x: Value) -> Comparison:
    """The derivative of `y` with respect to `x`, where they stand, by every method."""
    y.backward()
    return Comparison(
        {
            "backward": x.grad if x in inputs_first(y) else 0,
            "symbolic": derivative(y, x).data,
            "numeric": y.numeric_derivative(x).value,
        }
    )
