"""A small math engine to learn from: one number, three ways to its derivative, a model that learns.

>>> x = Value(3.0, name="x")
>>> y = x**2 + sin(x)
>>> y.backward()
>>> x.grad
5.010007503399555
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mathlab.calculus import numeric
from mathlab.calculus.algebra.differentiate import (
    derivative,
    directional_derivative,
    gradient,
    hessian,
    hessian_vector_product,
    jacobian,
    substitute,
)
from mathlab.calculus.algebra.sides import one_sided
from mathlab.calculus.algebra.simplify import simplify
from mathlab.calculus.algebra.taylor import series, taylor
from mathlab.calculus.graph.operations import (
    absolute,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cbrt,
    cos,
    cosh,
    digamma,
    erf,
    erfc,
    exp,
    expm1,
    gamma,
    hypot,
    lgamma,
    log,
    log1p,
    log2,
    log10,
    maximum,
    minimum,
    polygamma,
    relu,
    sech,
    sigmoid,
    sign,
    sin,
    sinh,
    softplus,
    sqrt,
    step,
    tan,
    tanh,
    where,
)
from mathlab.calculus.graph.value import Value, dot, symbols, total

if TYPE_CHECKING:
    from mathlab.calculus.algebra.steps import steps
    from mathlab.calculus.code.compile import compile_formula
    from mathlab.calculus.proof.check import check_derivatives
    from mathlab.calculus.proof.compare import compare
    from mathlab.calculus.text.latex import latex
    from mathlab.calculus.text.mathml import mathml
    from mathlab.calculus.text.parse import parse
    from mathlab.calculus.text.typeset import pretty
    from mathlab.learning.descent.minimize import minimize

# Names from chapters that are read when the name is first asked for: import takes half the time.
LATER = {
    "check_derivatives": "calculus.proof.check",
    "compare": "calculus.proof.compare",
    "compile_formula": "calculus.code.compile",
    "latex": "calculus.text.latex",
    "mathml": "calculus.text.mathml",
    "minimize": "learning.descent.minimize",
    "parse": "calculus.text.parse",
    "pretty": "calculus.text.typeset",
    "steps": "calculus.algebra.steps",
}

__all__ = [
    "Value", "absolute", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt",
    "check_derivatives", "compare", "compile_formula", "cos", "cosh", "derivative", "digamma",
    "directional_derivative", "dot", "erf", "erfc", "exp", "expm1", "gamma", "gradient", "hessian",
    "hessian_vector_product", "hypot", "jacobian", "latex", "lgamma", "log", "log1p", "log2",
    "log10", "mathml", "maximum", "minimize", "minimum", "numeric", "one_sided", "parse",
    "polygamma", "pretty", "relu", "sech", "series", "sigmoid", "sign", "simplify", "sin", "sinh",
    "softplus", "sqrt", "step", "steps", "substitute", "symbols", "tan", "tanh", "taylor", "total",
    "where",
]


def __getattr__(name: str) -> Any:
    """A name that is not there yet. Python asks for it only once: then it is."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"mathlab.{LATER[name]}"), name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
