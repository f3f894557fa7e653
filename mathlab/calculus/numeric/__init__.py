"""The witness: derivatives that are measured, without opening the function.

The chapters in reading order. Each makes one line of the page better: `(f(x + h) - f(x - h)) / (2 *
h)`.

    difference   Difference quotients: the slope of a curve from two or more of its points, and the
                 best step
    extrapolate  Richardson extrapolation: from quotients with wider and wider steps to the one with
                 no step
    ladder       A ladder of steps: difference quotients from the last digit of `x` up to `x`, and
                 their noise
    limits       Limits, kinks, jumps: what the quotients on a ladder lead to, or why they lead
                 nowhere
    estimate     Numeric differentiation with error bars: first and second derivatives, gradients,
                 Hessians
"""

from mathlab.calculus.numeric.difference import (
    central_difference,
    forward_difference,
    stencil,
    stencil_difference,
)
from mathlab.calculus.numeric.estimate import (
    Estimate,
    complex_step,
    derivative,
    gradient,
    hessian,
    second_derivative,
)

__all__ = [
    "Estimate", "central_difference", "complex_step", "derivative", "forward_difference",
    "gradient", "hessian", "second_derivative", "stencil", "stencil_difference",
]
