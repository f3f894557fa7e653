"""A formula as it would be typeset, with Unicode signs.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes for a keyboard; this is for
the eye.

>>> from mathlab import sqrt, symbols
>>> x, y = symbols("x y")
>>> print(pretty(2 * x**2 * sqrt(y) - x / y))
2·x²·√y − x/y
"""

from collections.abc import Callable
from typing import Any

from mathlab.calculus.graph.formula import (
    ATOM,
    POWER,
    SIGN,
    SUM,
    Parts,
    Style,
    addends,
    infix,
    joined,
    leaf,
    python,
    write,
)
from mathlab.calculus.graph.operations import log, multiply, xlogy
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}


def pretty(result: Any) -> str:
    """The formula as it stands in a text, with Unicode signs."""
    return write(in_print(result), Style(_unicode))


def in_print(result: Any) -> Any:
    """The formula with `u*log(v)` as a product, which it is but for its value at 0."""
    order = inputs_first(result)
    if not any(node.operation is xlogy for node in order):
        return result
    new: dict[Any, Any] = {}
    for node in order:
        inputs = tuple(new[x] for x in node.inputs)
        if node.operation is xlogy:
            new[node] = Value.bare(None, multiply, (inputs[0], Value.bare(None, log, inputs[1:])))
        else:
            new[node] = Value.bare(node.data, node.operation, inputs) if inputs else node
    return new[result]


def _unicode(node: Any) -> Parts:
    if node.inputs:
        return UNICODE.get(node.operation.name, python)(node)
    if node.name:
        return ATOM, [GREEK.get(node.name, node.name)]
    return leaf(str(node.data).replace("-", "−"), named=False)


def _unicode_power(node: Any) -> Parts:
    if type(node.y.data) is int and not node.y.inputs and not node.y.name:
        return POWER, [(node.x, ATOM), str(node.y.data).translate(SUPERSCRIPT)]
    return infix(node, "^")


# How each operation is written, where it is not as in Python.
UNICODE: dict[str, Callable[[Any], Parts]] = {
    "-":        lambda node: infix(node, " − "),
    "*":        lambda node: infix(node, "·"),
    "**":       _unicode_power,
    "negate":   lambda node: (SIGN, ["−", (node.x, SIGN)]),
    "sqrt":     lambda node: (SIGN, ["√", (node.x, ATOM)]),
    "cbrt":     lambda node: (SIGN, ["∛", (node.x, ATOM)]),
    "absolute": lambda node: (ATOM, ["|", (node.x, SUM), "|"]),
    "dot":      lambda node: (SUM,  joined(addends(node, "·"), " + ")),
}
