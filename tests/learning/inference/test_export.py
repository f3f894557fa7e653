"""Exported formulas, run where they are to run, give the model's own predictions."""

import json
import math
import re
import shutil
import subprocess
import sys

import pytest

from mathlab.calculus.graph.operations import BUILT_IN, functions
from mathlab.errors import FormulaError
from mathlab.learning.data.table import Table
from mathlab.learning.inference.export import WRITTEN, exported
from mathlab.learning.model.model import Model

PLACES = [(0.3, 2.0), (1.7, 0.4), (0.05, 0.9)]
MODELS = [
    ("y = a*x + b*z + c", {"a": 2.5, "b": -1.25, "c": -3.0}),
    ("y = a - (b - x) - z/(x/b)", {"a": 1e-7, "b": 3.5}),
    ("y = -x**2 - (-a)**2*z**-a", {"a": 1.5}), ("y = (-x)**2*z**x**a", {"a": 0.5}),
    ("y = a*exp(-b*(x - z)**2) + 1e20", {"a": 1e20, "b": 0.75}),
    ("y = sigmoid(a*x + b*z)", {"a": 40.0, "b": -30.0}),
    ("y = softplus(a*x - z) + sech(x)", {"a": 3.0}),
    ("y = where(x - z, a*x, b*z) + step(x - z) + sign(z - x) + relu(x - z)", {"a": 2.0, "b": 3.0}),
    ("y = maximum(x, z) + minimum(a, z) + absolute(x - z) + hypot(x, z)", {"a": 0.7}),
    ("y = log(x) + log2(z) + log10(x) + log1p(z) + sqrt(x) + cbrt(z - 1) + expm1(a*x)", {"a": 0.1}),
    ("y = sin(x) + cos(z) + tan(x) + asin(x/2) + acos(z/3) + atan(x - a) + atan2(x, z)",
     {"a": 1.0}),
    ("y = sinh(x) + cosh(z) + tanh(x) + asinh(z) + acosh(1 + x) + atanh(x/3) + a", {"a": 1.0}),
    ("y = pi*x**a + z**0", {"a": 2.0})]
WITH_ERF = ("y = erf(x) + erfc(z) + gamma(1 + x) + lgamma(1 + z) + a", {"a": 1.0})


def numbers(model, place):
    return Model(model).predict(place, dict(zip("xz", map(list, zip(*PLACES, strict=True)),
                                                strict=True)))


@pytest.mark.parametrize(("model", "place"), [*MODELS, WITH_ERF])
def test_python_runs(model, place):
    code = exported(Model(model), place, "python")
    names = re.search(r"def predict\((.*)\)", code)[1].split(", ")
    calls = [[dict(zip("xz", row, strict=True))[name] for name in names] for row in PLACES]
    program = f"{code}\n\nprint([predict(*row) for row in {calls!r}])"
    told = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True)
    assert told.stderr == ""
    assert json.loads(told.stdout) == pytest.approx(numbers(model, place), rel=1e-12)


@pytest.mark.skipif(not shutil.which("node"), reason="JavaScript is not installed")
@pytest.mark.parametrize(("model", "place"), [*MODELS, WITH_ERF])
def test_javascript_runs(model, place):
    code = exported(Model(model), place, "javascript")
    names = re.search(r"function predict\((.*)\)", code)[1].split(", ")
    calls = [[dict(zip("xz", row, strict=True))[name] for name in names] for row in PLACES]
    program = f"{code}\nconsole.log(JSON.stringify({json.dumps(calls)}.map(r => predict(...r))))"
    told = subprocess.run(["node", "-e", program], capture_output=True, text=True)
    assert told.stderr == ""
    assert json.loads(told.stdout) == pytest.approx(numbers(model, place), rel=1e-12)


# A spreadsheet of one's own: its functions, and its signs, where - before a number binds closest.
SHEET = {"EXP": math.exp, "LN": math.log, "LOG10": math.log10, "LOG": math.log, "SQRT": math.sqrt,
         "ABS": abs, "SIN": math.sin, "COS": math.cos, "TAN": math.tan, "ASIN": math.asin,
         "ACOS": math.acos, "ATAN": math.atan, "ATAN2": lambda x, y: math.atan2(y, x),
         "SINH": math.sinh, "COSH": math.cosh, "TANH": math.tanh, "ASINH": math.asinh,
         "ACOSH": math.acosh, "ATANH": math.atanh, "MAX": max, "MIN": min, "POWER": math.pow,
         "SIGN": lambda x: (x > 0) - (x < 0), "IF": lambda c, u, v: u if c else v,
         "ERF": math.erf, "ERFC": math.erfc, "GAMMA": math.gamma, "GAMMALN": math.lgamma}
PIECE = re.compile(r"\d+\.?\d*(?:E[-+]?\d+)?|[A-Z]+\d*|[-+*/(),>]")


def worked_out(formula, cells):
    """The number of a spreadsheet's formula, by recursive descent."""
    pieces = PIECE.findall(formula)
    assert "".join(pieces) == formula, "nothing but what a spreadsheet reads"
    pieces.append("end")

    def compared():
        left = added()
        if pieces[0] == ">":
            pieces.pop(0)
            return left > added()
        return left

    def added():
        number = multiplied()
        while pieces[0] in "+-":
            number = number + multiplied() if pieces.pop(0) == "+" else number - multiplied()
        return number

    def multiplied():
        number = signed()
        while pieces[0] in "*/":
            number = number * signed() if pieces.pop(0) == "*" else number / signed()
        return number

    def signed():
        if pieces[0] == "-":
            pieces.pop(0)
            return -signed()
        return single()

    def single():
        piece = pieces.pop(0)
        if piece == "(":
            number = compared()
            assert pieces.pop(0) == ")"
            return number
        if piece in cells:
            return cells[piece]
        if piece in SHEET:
            assert pieces.pop(0) == "("
            inputs = [compared()]
            while pieces[0] == ",":
                pieces.pop(0)
                inputs.append(compared())
            assert pieces.pop(0) == ")"
            return SHEET[piece](*inputs)
        return float(piece)

    number = compared()
    assert pieces == ["end"]
    return number


@pytest.mark.parametrize(("model", "place"), [*MODELS, WITH_ERF])
def test_a_spreadsheet_works_it_out(model, place):
    formula, told = exported(Model(model), place, "excel").splitlines()
    cells = {cell: name for name, cell in re.findall(r"(\w) in ([A-Z]+2)", told)}
    found = [worked_out(formula[1:], {cell: dict(zip("xz", row, strict=True))[name]
                                      for cell, name in cells.items()}) for row in PLACES]
    assert formula.startswith("=")
    assert found == pytest.approx(numbers(model, place), rel=1e-12)


def test_every_row_of_the_table_can_be_written_or_is_refused():
    lacking = {"polygamma", "digamma"}
    assert {*functions()} & BUILT_IN.keys() <= WRITTEN.keys() | lacking
    for name, language in (("digamma", "python"), ("digamma", "excel")):
        with pytest.raises(FormulaError, match=f"{language} has no {name}"):
            exported(Model(f"y = a*{name}(x)"), {"a": 1.0}, language)
    with pytest.raises(FormulaError, match="choose from python, javascript, excel"):
        exported(Model("y = a*x"), {"a": 1.0}, "fortran")


def test_a_left_side_is_led_back():
    code = exported(Model("log10(y) = a*x"), {"a": 0.5}, "python")
    known = {}
    exec(code, known)  # our own
    assert known["predict"](4.0) == pytest.approx(100.0)
    assert '"""The median of y, from a model of log10(y)."""' in code


def test_names_that_a_language_keeps_for_itself():
    code = exported(Model("y = a*var*lambda_ + new"), {"a": 2.0}, "javascript")
    assert "function predict(var_, lambda_, new_)" in code


def test_columns_beyond_z():
    text = " + ".join(f"x{i}" for i in range(28))
    code = exported(Model(f"y = a*({text})"), {"a": 1.0}, "excel")
    assert "x25 in Z2, x26 in AA2, x27 in AB2" in code


@pytest.mark.parametrize("names", [("max", "max_"), ("lambda", "lambda_"), ("sin_", "predict"),
                                   ("max__", "max_"), ("let", "let_")])
def test_every_feature_has_a_name_of_its_own(names):
    quoted = [f"`{name}`" for name in names]
    model = Model(f"y = a*{quoted[0]} - b*{quoted[1]}")
    code = exported(model, {"a": 2.0, "b": 3.0}, "python")
    scope = subprocess.run([sys.executable, "-I", "-c", f"{code}\n\nprint(predict(5, 7))"],
                           capture_output=True, text=True)
    assert scope.stderr == "" and float(scope.stdout) == -11
    inputs = re.search(r"predict\((.*)\)", exported(model, {"a": 2.0, "b": 3.0}, "javascript"))[1]
    assert len({*inputs.split(", ")}) == 2


TEXTS = [  # a model, its parameters, and the line in Python and in a spreadsheet
    ("y = k*x",            {"k": 3},    "3*x",              "=3*A2"),
    ("y = k*x",            {"k": 0.0},  "0.0*x",            "=0*A2"),
    ("y = k + x",          {"k": -2.0}, "(-2.0) + x",       "=(-2)+A2"),
    ("y = x + k*z",        {"k": 2.0},  "x + 2.0*z",        "=A2+2*B2"),
    ("y = x/(k*z)",        {"k": 2.0},  "x/(2.0*z)",        "=A2/(2*B2)"),
    ("y = x/(z/k)",        {"k": 2.0},  "x/(z/2.0)",        "=A2/(B2/2)"),
    ("y = x - (z - k)",    {"k": 2.0},  "x - (z - 2.0)",    "=A2-(B2-2)"),
    ("y = (x + z)*k",      {"k": 2.0},  "(x + z)*2.0",      "=(A2+B2)*2"),
    ("y = (x - z)*k",      {"k": 2.0},  "(x - z)*2.0",      "=(A2-B2)*2"),
    ("y = k*(-x)",         {"k": 2.0},  "2.0*(-x)",         "=2*(-A2)"),
    ("y = k - x**2",       {"k": 2.0},  "2.0 - x**2",       "=2-POWER(A2,2)"),
    ("y = k + -(x**2)",    {"k": 2.0},  "2.0 + -(x**2)",    "=2+-POWER(A2,2)"),
    ("y = log1p(x**2)*k",  {"k": 2.0},  "math.log1p(x**2)*2.0", "=LN(1+POWER(A2,2))*2"),
    ("y = k*2",            {"k": 2.0},  "2.0*2",            "=2*2"),
    ("y = k*x",            {"k": 1e20}, "1e+20*x",          "=1E+20*A2"),
]


@pytest.mark.parametrize(("text", "place", "python", "excel"), TEXTS)
def test_how_a_formula_is_written(text, place, python, excel):
    assert exported(Model(text), place, "python").splitlines()[-1] == f"    return {python}"
    where = [f"{name} in {cell}" for name, cell in (("x", "A2"), ("z", "B2")) if name in text]
    told = f"y, with {', '.join(where)}" if where else "y"
    assert exported(Model(text), place, "excel") == f"{excel}\n{told}"


def test_what_stands_before_a_formula():
    assert exported(Model("y = k*x"), {"k": 3.0}, "javascript") == (
        "// The predicted y\nfunction predict(x) {\n  return 3.0*x;\n}")
    code = exported(Model("y = k*softplus(x)"), {"k": 3.0}, "javascript")
    before, after = code.split("\n\n")
    assert before.startswith("const softplus = ") and after == (
        "// The predicted y\nfunction predict(x) {\n  return 3.0*softplus(x);\n}")
    code = exported(Model("y = k*step(x)"), {"k": 3.0}, "python")
    assert code == ('def step(x):\n    return 1 if x > 0 else 0\n\n\n'
                    'def predict(x):\n    """The predicted y."""\n    return 3.0*step(x)')
    code = exported(Model("y = k*sech(x)"), {"k": 3.0}, "python")
    assert code.startswith("import math\n\n\ndef sech(x):\n") and "\n\n\ndef predict(x):" in code


def test_each_level_is_told():
    model, _ = Model("y = a + kind").meets(Table({"kind": ["b", "a", "c"], "y": [1.0, 2.0, 3.0]}))
    place = {"a": 1.0, "kind_b": 2.0, "kind_c": 3.0}
    for language, mark in (("python", '"""'), ("javascript", "// ")):
        assert (f"{mark}The predicted y; kind_is_b is 1 for b as kind, else 0; kind_is_c is 1 for "
                "c as kind, else 0") in exported(model, place, language)
    assert exported(model, place, "excel").endswith(
        "y, with 1 for b as kind, else 0, in A2, 1 for c as kind, else 0, in B2")


@pytest.mark.parametrize(("target", "docstring"), [
    ("`a\"b`", r'''"The predicted `a\"b`"'''), ("`a\\b`", r'''"The predicted `a\\b`"'''),
    ("y*z", '"""The predicted y*z."""')])
def test_what_is_told_in_a_program_is_a_docstring(target, docstring):
    assert exported(Model(f"{target} = k*x"), {"k": 2.0}, "python").splitlines()[1:] == [
        f"    {docstring}", "    return 2.0*x"]


def test_a_spreadsheet_tells_the_column_that_is_led_back_to():
    for target, told in (("log(y)", "y, with x in A2"), ("log(y*z)", "log(y*z), with x in A2")):
        assert exported(Model(f"{target} = k*x"), {"k": 2.0}, "excel").splitlines()[1] == told
