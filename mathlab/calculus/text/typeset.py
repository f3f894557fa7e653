r"""A formula as it would be typeset: with Unicode signs, or for LaTeX.

On the page: `return ast.unparse(ast.parse(text[self]))`, which writes for a keyboard; this is for
the eye.

>>> from mathlab import sqrt, symbols
>>> x, y = symbols("x y")
>>> f = 2 * x**2 * sqrt(y) - x / y
>>> print(pretty(f))
2·x²·√y − x/y
>>> print(latex(f))
2 x^{2} \sqrt{y} - \frac{x}{y}
"""

from collections.abc import Callable
from typing import Any

from mathlab.calculus.graph.formula import (
    ATOM,
    POWER,
    PRODUCT,
    SIGN,
    SUM,
    Parts,
    Style,
    addends,
    arguments,
    infix,
    joined,
    leaf,
    python,
    write,
)

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}
OWN_NAMES = {  # of functions in LaTeX
    **{name: rf"\{name}" for name in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "log": r"\ln",
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "gamma": r"\Gamma",
    "digamma": r"\psi",
    "maximum": r"\max",
    "minimum": r"\min",
}


def pretty(result: Any) -> str:
    """The formula as it stands in a text, with Unicode signs."""
    return write(result, Style(_unicode))


def latex(result: Any) -> str:
    """The formula in LaTeX, for its mathematics mode."""
    return write(result, Style(_tex, r"\left(", r"\right)"))


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


def _tex(node: Any) -> Parts:
    if node.inputs:
        return TEX.get(node.operation.name, _tex_function)(node)
    if node.name in GREEK:
        return ATOM, [rf"\{node.name}"]
    if node.name:
        name = _escaped(node.name)
        return ATOM, [name if len(name) == 1 else rf"\mathrm{{{name}}}"]
    above, line, below = str(node.data).partition("/")
    if line:  # a Fraction
        sign = "-" * above.startswith("-")
        return PRODUCT, [rf"{sign}\frac{{{above.lstrip('-')}}}{{{below}}}"]
    digits, _, exponent = above.lower().partition("e")
    if exponent.lstrip("+-").isdigit():  # 1e-07
        return PRODUCT, [rf"{digits} \cdot 10^{{{int(exponent)}}}"]
    return leaf(above.replace("inf", r"\infty"), named=False)


def _tex_product(node: Any) -> Parts:
    first = node.y.x if node.y.inputs and node.y.operation.name == "**" else node.y
    digits_meet = not first.inputs and not first.name  # 2 3 would be read as 23
    return PRODUCT, [(node.x, PRODUCT), r" \cdot " if digits_meet else " ", (node.y, POWER)]


def _tex_function(node: Any) -> Parts:
    name = node.operation.name
    written = OWN_NAMES.get(name) or rf"\operatorname{{{_escaped(name)}}}"
    return ATOM, [written, r"\left(", *arguments(node.inputs), r"\right)"]


def _escaped(name: str) -> str:
    return name.replace("_", r"\_")


# How each operation is written, where it is not as in Python, or in LaTeX not as a function.
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
TEX: dict[str, Callable[[Any], Parts]] = {
    **dict.fromkeys(("+", "-", "negate", "total"), python),
    "*":        _tex_product,
    "/":        lambda node: (PRODUCT, [r"\frac{", (node.x, SUM), "}{", (node.y, SUM), "}"]),
    "**":       lambda node: (POWER,   [(node.x, ATOM), "^{", (node.y, SUM), "}"]),
    "sqrt":     lambda node: (ATOM,    [r"\sqrt{", (node.x, SUM), "}"]),
    "cbrt":     lambda node: (ATOM,    [r"\sqrt[3]{", (node.x, SUM), "}"]),
    "absolute": lambda node: (ATOM,    [r"\left|", (node.x, SUM), r"\right|"]),
    "dot":      lambda node: (SUM,     joined(addends(node, r" \cdot "), " + ")),
}
