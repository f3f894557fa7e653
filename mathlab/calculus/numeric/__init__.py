"""The witness: derivatives measured from values alone."""

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
    "Estimate",
    "central_difference",
    "complex_step",
    "derivative",
    "forward_difference",
    "gradient",
    "hessian",
    "second_derivative",
    "stencil",
    "stencil_difference",
]
