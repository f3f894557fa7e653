"""A small math engine to learn from: one number, three ways to its derivative, a model that learns.

>>> x = Value(3.0, name="x")
>>> y = x**2 + sin(x)
>>> y.backward()
>>> x.grad
5.010007503399555
"""

import sys

_IS_COMMAND = sys.argv[:1] == ["-m"]

if sys.version_info < (3, 11):  # noqa: UP036
    _NEEDS = "mathlab needs Python 3.11 or later; this is " + sys.version.split()[0]
    raise SystemExit("error: " + _NEEDS) if _IS_COMMAND else ImportError(_NEEDS)

import _signal  # type: ignore[import-not-found]  # the quick half of `signal`

if _IS_COMMAND and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # until `main`: Ctrl-C ends it without a word

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value, dot, symbols, total

if TYPE_CHECKING:
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
    from mathlab.calculus.algebra.steps import steps
    from mathlab.calculus.algebra.taylor import series, taylor
    from mathlab.calculus.code.compile import compile_formula
    from mathlab.calculus.code.compiled import compiled
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
    "compiled": "calculus.code.compiled",
    "derivative": "calculus.algebra.differentiate",
    "directional_derivative": "calculus.algebra.differentiate",
    "gradient": "calculus.algebra.differentiate",
    "hessian": "calculus.algebra.differentiate",
    "hessian_vector_product": "calculus.algebra.differentiate",
    "jacobian": "calculus.algebra.differentiate",
    "latex": "calculus.text.latex",
    "mathml": "calculus.text.mathml",
    "minimize": "learning.descent.minimize",
    "numeric": "calculus.numeric",
    "one_sided": "calculus.algebra.sides",
    "parse": "calculus.text.parse",
    "pretty": "calculus.text.typeset",
    "series": "calculus.algebra.taylor",
    "simplify": "calculus.algebra.simplify",
    "steps": "calculus.algebra.steps",
    "substitute": "calculus.algebra.differentiate",
    "taylor": "calculus.algebra.taylor",
}

MOST_TYPESET = 500  # nodes of a formula

__all__ = [
    "Value", "absolute", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt",
    "check_derivatives", "compare", "compile_formula", "compiled", "cos", "cosh", "derivative",
    "digamma", "directional_derivative", "dot", "erf", "erfc", "exp", "expm1", "gamma", "gradient",
    "hessian", "hessian_vector_product", "hypot", "jacobian", "latex", "lgamma", "log", "log1p",
    "log2", "log10", "mathml", "maximum", "minimize", "minimum", "numeric", "one_sided", "parse",
    "polygamma", "pretty", "relu", "sech", "series", "sigmoid", "sign", "simplify", "sin", "sinh",
    "softplus", "sqrt", "step", "steps", "substitute", "symbols", "tan", "tanh", "taylor", "total",
    "where",
]


def __getattr__(name: str) -> Any:
    """A name that is not there yet. Python asks for it only once: then it is."""
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    chapter = import_module(f"mathlab.{LATER[name]}")
    globals()[name] = getattr(chapter, name, chapter)  # `numeric` is a whole one
    return globals()[name]


def _later(name: str) -> Any:
    """A method of Values until it is first called: then its chapter puts the real one there."""
    def method(value: Value, *given: Any, **options: Any) -> Any:
        __getattr__("derivative")
        return getattr(Value, name)(value, *given, **options)

    return method


Value.derivative, Value.numeric_derivative = _later("derivative"), _later("numeric_derivative")


def _formula(value: Value) -> str | None:
    """A Value for a notebook: as a book prints it, with its number; None for what nobody reads."""
    nodes = inputs_first(value)
    if len(nodes) > MOST_TYPESET:
        return None
    latex = __getattr__("latex")
    known = ""
    if value.inputs and isinstance(value.data, int | float):
        short = float(f"{value.data:.6g}") if isinstance(value.data, float) else value.data
        known = (" = " if short == value.data else r" \approx ") + latex(Value.constant(short))
    return rf"$\displaystyle {latex(value)}{known}$"


Value._repr_latex_ = _formula  # type: ignore[attr-defined]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
