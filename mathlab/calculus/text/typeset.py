r"""A formula as it would be typeset: with Unicode signs, or for LaTeX.

>>> from mathlab import sqrt, symbols
>>> x, y = symbols("x y")
>>> f = 2 * x**2 * sqrt(y) - x / y
>>> print(pretty(f))
2·x²·√y − x/y
>>> print(latex(f))
2 x^{2} \sqrt{y} - \frac{x}{y}
"""

from typing import Any

from mathlab.calculus.graph.formula import (
    ATOM,
    POWER,
    PRODUCT,
    RANKS,
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
SIGNS = {"+": " + ", "-": " − ", "*": "·", "/": "/", "**": "^"}
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
# Functions that LaTeX knows by their own name, or by another.
TEX = {name: rf"\{name}" for name in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh")} | {
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
    inputs = node.inputs
    if not inputs and node.name:
        return ATOM, [GREEK.get(node.name, node.name)]
    if not inputs:
        return leaf(str(node.data).replace("-", "−"), named=False)
    name = node.operation.name
    if name == "**" and _is_whole(inputs[1]):
        return POWER, [(inputs[0], ATOM), str(inputs[1].data).translate(SUPERSCRIPT)]
    if name in RANKS:
        return infix(node, SIGNS[name])
    if name == "negate":
        return SIGN, ["−", (inputs[0], SIGN)]
    if name in ("sqrt", "cbrt"):
        return SIGN, ["√" if name == "sqrt" else "∛", (inputs[0], ATOM)]
    if name == "absolute":
        return ATOM, ["|", (inputs[0], SUM), "|"]
    if name == "dot":
        return SUM, joined(addends(node, "·"), " + ")
    return python(node)


def _tex(node: Any) -> Parts:
    inputs = node.inputs
    if not inputs:
        return _tex_leaf(node)
    name = node.operation.name
    if name == "*":
        left, right = inputs
        first = right.inputs[0] if right.inputs and right.operation.name == "**" else right
        digits_meet = not first.inputs and not first.name
        return PRODUCT, [(left, PRODUCT), r" \cdot " if digits_meet else " ", (right, POWER)]
    if name == "/":
        return PRODUCT, [r"\frac{", (inputs[0], SUM), "}{", (inputs[1], SUM), "}"]
    if name == "**":
        return POWER, [(inputs[0], ATOM), "^{", (inputs[1], SUM), "}"]
    if name in ("sqrt", "cbrt"):
        return ATOM, [r"\sqrt{" if name == "sqrt" else r"\sqrt[3]{", (inputs[0], SUM), "}"]
    if name == "absolute":
        return ATOM, [r"\left|", (inputs[0], SUM), r"\right|"]
    if name == "dot":
        return SUM, joined(addends(node, r" \cdot "), " + ")
    if name in (*RANKS, "negate", "total"):
        return python(node)
    written = TEX.get(name) or rf"\operatorname{{{name}}}"
    return ATOM, [written, r"\left(", *arguments(inputs), r"\right)"]


def _tex_leaf(node: Any) -> Parts:
    name = node.name
    if not name:
        return _tex_number(str(node.data))
    if name in GREEK:
        return ATOM, [rf"\{name}"]
    return ATOM, [name if len(name) == 1 else rf"\mathrm{{{name}}}".replace("_", r"\_")]


def _tex_number(text: str) -> Parts:
    above, line, below = text.partition("/")
    if line:  # a Fraction
        sign = "-" * above.startswith("-")
        return PRODUCT, [rf"{sign}\frac{{{above.lstrip('-')}}}{{{below}}}"]
    digits, _, exponent = text.lower().partition("e")
    if exponent.lstrip("+-").isdigit():  # 1e-07
        return PRODUCT, [rf"{digits} \cdot 10^{{{int(exponent)}}}"]
    return leaf(text.replace("inf", r"\infty"), named=False)


def _is_whole(node: Any) -> bool:
    return not node.inputs and not node.name and isinstance(node.data, int)
