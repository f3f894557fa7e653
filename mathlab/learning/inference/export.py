"""Export: a fitted formula as a program in Python or JavaScript, or as a spreadsheet's formula.

On the page: `print(f"{step:4}`, where what was found cannot be used anywhere else.

JavaScript is written by `code/javascript`. For the others a formula is written from the inside out:
the table `WRITTEN` has each operation in each language, with brackets around its inputs where they
need them. In a spreadsheet the features are in columns:

>>> model, place = Model("y = a*exp(-b*x)"), {"a": 2.5, "b": 0.125}
>>> print(exported(model, place, "excel"))
=2.5*EXP((-0.125)*A2)
y, with x in A2

Where a language lacks a function, its definition stands before the formula. A model of `log(y)` is
exported with the way back to y.

>>> print(exported(Model("log(y) = a*x"), {"a": 0.5}, "python"))
import math
<BLANKLINE>
<BLANKLINE>
def predict(x):
    \"\"\"The median of y, from a model of log(y).\"\"\"
    return math.exp(0.5*x)
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from keyword import iskeyword
from typing import NamedTuple

from mathlab.calculus.algebra.differentiate import substitute
from mathlab.calculus.code.javascript import javascript, javascript_functions
from mathlab.calculus.graph.order import inputs_first
from mathlab.calculus.graph.value import Value
from mathlab.errors import DataError, FormulaError
from mathlab.learning.inference import back
from mathlab.learning.model.model import Model

# Functions that Excel lacks, written with others.
CBRT = "(SIGN({0:a})*POWER(ABS({0:a}),1/3))"
HYPOT = "SQRT(POWER({0:a},2)+POWER({1:a},2))"
SOFTPLUS = "(MAX({0:a},0)+LN(1+EXP(-ABS({0:a}))))"
# How an operation is written, in Python and in Excel. {0} is the first input, in brackets if it may
# need them; {0:a} the same without brackets.
WRITTEN: dict[str, tuple[str, str]] = {
    "+":        ("{0} + {1}",                 "{0}+{1}"),
    "-":        ("{0} - {1}",                 "{0}-{1}"),
    "*":        ("{0}*{1}",                   "{0}*{1}"),
    "/":        ("{0}/{1}",                   "{0}/{1}"),
    "**":       ("{0}**{1}",                  "POWER({0:a},{1:a})"),
    "negate":   ("-{0}",                      "-{0}"),
    "absolute": ("abs({0:a})",                "ABS({0:a})"),
    "sign":     ("sign({0:a})",               "SIGN({0:a})"),
    "step":     ("step({0:a})",               "IF({0:a}>0,1,0)"),
    "relu":     ("max({0:a}, 0)",             "MAX({0:a},0)"),
    "maximum":  ("max({0:a}, {1:a})",         "MAX({0:a},{1:a})"),
    "minimum":  ("min({0:a}, {1:a})",         "MIN({0:a},{1:a})"),
    "where":    ("({1} if {0} > 0 else {2})", "IF({0:a}>0,{1:a},{2:a})"),
    "exp":      ("math.exp({0:a})",           "EXP({0:a})"),
    "expm1":    ("math.expm1({0:a})",         "(EXP({0:a})-1)"),
    "log":      ("math.log({0:a})",           "LN({0:a})"),
    "log1p":    ("math.log1p({0:a})",         "LN(1+{0})"),
    "log2":     ("math.log2({0:a})",          "LOG({0:a},2)"),
    "log10":    ("math.log10({0:a})",         "LOG10({0:a})"),
    "sqrt":     ("math.sqrt({0:a})",          "SQRT({0:a})"),
    "cbrt":     ("math.cbrt({0:a})",          CBRT),
    "hypot":    ("math.hypot({0:a}, {1:a})",  HYPOT),
    "sin":      ("math.sin({0:a})",           "SIN({0:a})"),
    "cos":      ("math.cos({0:a})",           "COS({0:a})"),
    "tan":      ("math.tan({0:a})",           "TAN({0:a})"),
    "asin":     ("math.asin({0:a})",          "ASIN({0:a})"),
    "acos":     ("math.acos({0:a})",          "ACOS({0:a})"),
    "atan":     ("math.atan({0:a})",          "ATAN({0:a})"),
    "atan2":    ("math.atan2({0:a}, {1:a})",  "ATAN2({1:a},{0:a})"),
    "sinh":     ("math.sinh({0:a})",          "SINH({0:a})"),
    "cosh":     ("math.cosh({0:a})",          "COSH({0:a})"),
    "tanh":     ("math.tanh({0:a})",          "TANH({0:a})"),
    "sech":     ("sech({0:a})",               "(1/COSH({0:a}))"),
    "asinh":    ("math.asinh({0:a})",         "ASINH({0:a})"),
    "acosh":    ("math.acosh({0:a})",         "ACOSH({0:a})"),
    "atanh":    ("math.atanh({0:a})",         "ATANH({0:a})"),
    "sigmoid":  ("sigmoid({0:a})",            "(1/(1+EXP(-{0})))"),
    "softplus": ("softplus({0:a})",           SOFTPLUS),
    "erf":      ("math.erf({0:a})",           "ERF({0:a})"),
    "erfc":     ("math.erfc({0:a})",          "ERFC({0:a})"),
    "gamma":    ("math.gamma({0:a})",         "GAMMA({0:a})"),
    "lgamma":   ("math.lgamma({0:a})",        "GAMMALN({0:a})"),
}
# Definitions of functions that Python lacks.
NEEDED: dict[str, str] = {
    "sign":     "def sign(x):\n    return (x > 0) - (x < 0)",
    "step":     "def step(x):\n    return 1 if x > 0 else 0",
    "sech":     "def sech(x):\n    half = math.exp(-abs(x))\n    return 2*half/(1 + half*half)",
    "sigmoid":  "def sigmoid(x):\n    small = math.exp(-abs(x))\n"
                "    return (1 if x > 0 else small)/(1 + small)",
    "softplus": "def softplus(x):\n    return max(x, 0) + math.log1p(math.exp(-abs(x)))",
}
SIGNS = {"+": 1, "-": 1, "negate": 2, "*": 2, "/": 2, "**": 3}  # the larger, the closer it binds
ALONE = 9  # a name, a number, a call: it needs no brackets
RESERVED = {"math", "predict", "abs", "max", "min", *NEEDED}


class _Text(NamedTuple):
    """The text of a part, and how closely its last operation binds."""

    text: str
    binds: int

    def __format__(self, wanted: str) -> str:
        return self.text if wanted == "a" or self.binds == ALONE else f"({self.text})"


def exported(model: Model, parameters: Mapping[str, float], language: str) -> str:
    """Return the prediction at these parameters as text in "python", "javascript" or "excel".

    Python and JavaScript get a function `predict` of the features, in the order of the formula; a
    spreadsheet a formula of the cells A2, B2, ..., in the same order, and a line that says which
    column is which.

    Raises: FormulaError for another language, or for a function that the language does not have.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise FormulaError(f"there is no export to {language!r}; choose from {known}")
    numbers = {model.symbols[name]: number for name, number in parameters.items()}
    formula, target = substitute(model.prediction, numbers), model.target
    told = f"The predicted {target}"
    if model.actual.operation is not None:
        try:
            undone = back.inverse(model.actual)
        except DataError:
            pass
        else:
            formula = substitute(undone.formula, {back.Z: formula})
            target, told = undone.name, f"The median of {undone.name}, from a model of {target}"
    features = [name for name in model.symbols if name not in parameters]
    for each in model.levels.values():
        for name, level in each.indicators.items():
            told += f"; {name} is 1 for {level} as {each.column}, else 0"
    return LANGUAGES[language](model, formula, features, target, told)


def _free_names(features: Sequence[str]) -> dict[str, str]:
    """A name for each feature that is not a word of Python, nor another's name."""
    names: dict[str, str] = {}
    for name in features:
        free = name
        while iskeyword(free) or free in RESERVED or (free != name and free in features):
            free += "_"
        names[name] = free
    return names


def _python(model: Model, formula: Value, features: Sequence[str], target: str, told: str) -> str:
    names = _free_names(features)
    text, before = _written(formula, 0, names, repr)
    head, needs = f"def predict({', '.join(names.values())}):", "math." in "".join([text, *before])
    return "\n\n\n".join([*["import math"] * needs, *before,
                          f"{head}\n    {_docstring(told)}\n    return {text}"])


def _javascript(model: Model, formula: Value, features: Sequence[str], target: str,
                told: str) -> str:
    program = javascript(formula, [model.symbols[name] for name in features], "predict")
    before = javascript_functions(program)
    return "\n\n".join([*[before] * bool(before), f"// {' '.join(told.split())}\n{program[:-1]}"])


def _excel(model: Model, formula: Value, features: Sequence[str], target: str, told: str) -> str:
    cells = {name: f"{_column(i)}2" for i, name in enumerate(features)}
    text, _ = _written(formula, 1, cells, lambda number: f"{number:.15g}".upper())
    levels = {name: f"1 for {level} as {each.column}, else 0," for each in model.levels.values()
              for name, level in each.indicators.items()}
    where = ", ".join(f"{levels.get(name) or model.column(name)} in {cell}"
                      for name, cell in cells.items())
    return f"={text}\n{target}" + (f", with {where}" if where else "")


LANGUAGES: dict[str, Callable[[Model, Value, Sequence[str], str, str], str]] = {
    "python": _python, "javascript": _javascript, "excel": _excel}


def _written(formula: Value, language: int, names: Mapping[str, str],
             number: Callable[[float], str]) -> tuple[str, list[str]]:
    """The formula in this language, and the definitions that Python needs before it."""
    texts: dict[Value, _Text] = {}
    before: dict[str, str] = {}
    for node in inputs_first(formula):
        if node.operation is None:
            texts[node] = _Text(names[node.name], ALONE)
        elif not node.inputs:
            given = node.data if isinstance(node.data, int) else float(node.data)
            texts[node] = _Text(number(given), ALONE if given >= 0 else 0)
        else:
            texts[node] = _operation(node, language, [texts[x] for x in node.inputs])
            if (name := node.operation.name) in NEEDED:
                before[name] = NEEDED[name]
    return texts[formula].text, [*before.values()]


def _operation(node: Value, language: int, parts: list[_Text]) -> _Text:
    """The text of an operation, from the texts of its inputs."""
    name = node.operation.name if node.operation else ""
    form = WRITTEN.get(name, ("", ""))[language]
    if not form:
        known = ("python", "excel")[language]
        raise FormulaError(f"{known} has no {name}: the formula cannot be exported")
    if name not in SIGNS or form[0].isalpha():
        return _Text(form.format(*parts), ALONE)
    if name in ("+", "-", "*", "/"):  # (a + b) + c is written a + b + c, but a + (b + c) is not
        parts = [_bare(parts[0], SIGNS[name]), _bare(parts[1], SIGNS[name] + 1)]
    return _Text(form.format(*parts), SIGNS[name])


def _bare(part: _Text, least: int) -> _Text:
    """The part marked to need no brackets, if it binds closely enough."""
    return _Text(part.text, ALONE) if part.binds >= least else part


def _column(i: int) -> str:
    """The letters of a column of a spreadsheet: A, B, ..., Z, AA, AB, ..."""
    letters = ""
    i += 1
    while i:
        i, letter = divmod(i - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _docstring(told: str) -> str:
    """A text as a docstring, whatever characters are in it."""
    text = " ".join(told.split())
    if re.fullmatch(r"[^\\\"]*", text):
        return f'"""{text}."""'
    return json.dumps(text)
