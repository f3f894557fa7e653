"""Formulas compiled: a plain Python function, as fast as if a person had written it.

On the page: `return self.compute(*inputs)`. To evaluate a formula, its graph is walked and each row
is asked to compute. Its text can be run instead, and walks nothing:

>>> from mathlab import symbols
>>> x, y = symbols("x y")
>>> z = (x + y) ** 2
>>> f = compile_formula([z, 3 * z], [x, y])
>>> f(1.0, 2.0), (z.at(x=1.0, y=2.0), (3 * z).at(x=1.0, y=2.0))
((9.0, 27.0), (9.0, 27.0))
>>> print(f.source, end="")
def formula(x, y):
    sum_1 = x + y
    square_1 = sum_1*sum_1
    return (square_1, 3*square_1)

The text is the formula's own, tidied, in lines that `script` has cut. It is made only from names
that have been checked and numbers that are ours, and so is safe to run. If a line of it fails, the
formula itself is asked; and for a single output also if the answer is 0, inf or nan, since a number
on the way may have been too large or too small for a float.

>>> f = compile_formula(x / y**2, [x, y])
>>> print(f.source, end="")
def formula(x, y):
    try:
        y_ = x/(y*y)
    except (ArithmeticError, ValueError):
        y_ = 0
    return y_ if y_ and y_ - y_ == 0 else exactly(x, y)
>>> f(2.0, 4.0), f(1e200, 1e200)
(0.125, 1e-200)

A formula with calls in it is made twice: with the quick functions of `math`, which know floats
only, and with the rows of the table, which know all kinds. The first line of the quick one asks.

>>> from mathlab import log
>>> f = compile_formula(log(x), [x])
>>> print(f.source, end="")
def formula(x):
    if not (type(x) is float):
        return in_any_kind(x)
    try:
        return log(x)
    except (ArithmeticError, ValueError):
        return exactly(x)
>>> f(1.0), f(1j)
(0.0, 1.5707963267948966j)

For training there is a second form, one loop over the rows of a data table that adds up several
formulas at once. What does not change from row to row stands before the loop:

>>> a, b = symbols("a b")
>>> f = compile_rows({"loss": (y - a**2 * x) ** 2, "count": a / a}, [a], [x, y])
>>> print(f.source, end="")
def sums(rows, a):
    square_1 = a*a
    ratio_1 = a/a
    loss = count = 0.0
    for x, y in rows:
        difference_1 = y - square_1*x
        loss += difference_1*difference_1
        count += ratio_1
    return (loss, count)
>>> f([(1.0, 2.0), (2.0, 5.0)], 1.0)
(10.0, 2.0)

Read `compile_formula` first, then `compile_rows`; the rest is text.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol

from mathlab.calculus.code.parts import LONGEST, Parts, in_parts
from mathlab.calculus.code.script import WIDEST, Script, free_name, groups_of
from mathlab.calculus.code.tidy import tidy, tidy_factors
from mathlab.calculus.graph.value import Value, as_value, nodes_of


class Compiled(Protocol):
    """A plain Python function; `source` is its text."""

    source: str

    def __call__(self, *numbers: Any) -> Any:
        """The formula's number, or numbers, for these inputs."""


def compile_formula(outputs: Value | Sequence[Value], inputs: Iterable[Any], kind: type = float,
                    otherwise: Callable[..., Any] | None = None) -> Compiled:
    """A function of `inputs` that gives the number of the output, or a tuple for a list of outputs.

    An input is a Value of the formula, or a name.

    Equivalent to: `outputs.at(x=1.0, y=2.0)`, the inputs by their names, but for rounding, and in a
    list of outputs for numbers on the way that no float holds.

    It takes numbers of any kind, and is quickest with floats. Other numbers than whole ones in the
    formula itself do not mix with Decimals; with `kind=Decimal` they become Decimals too, and with
    `kind=Fraction` floats become Fractions. With `otherwise` it takes floats alone, and where the
    quick lines fail that is called with them; by itself, what asks the formula.

    Raises: FormulaError if an input's name cannot be a name in Python, is that of a function or
    comes twice; UnknownError if the formula has a symbol that is not among the inputs.
    """
    alone = isinstance(outputs, Value)
    formulas = [as_value(y) for y in ([outputs] if isinstance(outputs, Value) else outputs)]
    with uncollected():
        inputs, results = groups_of(inputs, formulas), tidy(formulas, kind)
        script = Script(inputs, results, kind=kind)
        names, texts = [x.name for x in script.inputs], [script.text(y) for y in results]
        result = texts[0] if alone else _tuple(texts)
        lines = script.lines
        if not alone and max(len(lines), len(texts)) > LONGEST:  # too much for one line
            found = free_name("found", script.taken)
            lines += [f"{found} = []", *(f"{found} += {', '.join(texts[i : i + WIDEST])},"
                                         for i in range(0, len(texts), WIDEST))]
            result = f"(*{found},)"
        functions, lines, reads = _cut(lines, names, result, script.taken)
        script.known |= reads
        if kind is float and script.may_fail:
            exactly = otherwise or _exactly(names, formulas, alone)
            lines = _with_a_way_out(script, [*lines, result], exactly, alone)
        else:
            lines.append(f"return {result}")
        if kind is float and not otherwise and (asked := script.inputs_for_floats()):
            lines = [*_question(script, asked, _in_any_kind(outputs, inputs)), *lines]
        return _run("formula", names, lines, script.known, functions)


def _cut(lines: list[str], given: list[str], rest: str, taken: set[str]) -> Parts:
    """A program in parts. A short one stays as it is, and has nothing to do with that chapter."""
    if len(lines) <= LONGEST:
        return Parts([], lines, {})
    return in_parts(lines, given, rest, taken)


def _exactly(names: Sequence[str], formulas: Sequence[Value], alone: bool) -> Callable[..., Any]:
    """A function of the same inputs that asks the graph itself."""
    def exactly(*numbers: Any) -> Any:
        given = dict(zip(names, numbers, strict=True))
        found = [y.at(**given) for y in formulas]
        return found[0] if alone else tuple(found)

    return exactly


def _in_any_kind(outputs: Value | Sequence[Value], inputs: Sequence[Any]) -> Callable[..., Any]:
    """The same function for numbers of any kind, made when it is first called."""
    @cache
    def made() -> Compiled:
        return compile_formula(outputs, inputs, kind=object)

    return lambda *numbers: made()(*numbers)


def _with_a_way_out(script: Script, lines: Sequence[str], exactly: Callable[..., Any],
                    alone: bool) -> list[str]:
    """The lines of a function, the last of them its result, with the graph to ask where they do
    not know.

    They fail; or, if there is one output, they end with 0, inf or nan, since a number on the way
    may have been too large or too small for a float. The graph says in words what is wrong.
    """
    name, y = free_name("exactly", script.taken), free_name("y", script.taken)
    script.known[name] = exactly
    *lines, result = lines
    asked = f"{name}({', '.join(x.name for x in script.inputs)})"
    checked = alone and script.may_leave_the_floats
    last, instead = (f"{y} = {result}", f"{y} = 0") if checked else (
        f"return {result}", f"return {asked}")
    return ["try:", *(f"    {line}" for line in [*lines, last]),
            "except (ArithmeticError, ValueError):", f"    {instead}",
            *[f"return {y} if {y} and {y} - {y} == 0 else {asked}"] * checked]


def compile_rows(sums: Mapping[str, Value], parameters: Iterable[Any], columns: Iterable[Any],
                 kind: type = float) -> Compiled:
    """A function `f(rows, *parameters)` that gives, as a tuple, each formula's sum over the rows.

    Equivalent to: `tuple(sum(f(*parameters, *row) for row in rows) for f in formulas)`, but for
    rounding, where each formula is compiled for the parameters and the columns.

    A row has a number for each of `columns`. For other numbers than floats their `kind` is needed:
    Python's `math` knows only floats, and floats in the formula do not mix with Decimals.

    Raises: as `compile_formula`.
    """
    formulas = [as_value(y) for y in sums.values()]
    split = tidy_factors(formulas) if kind is float else [(1, y) for y in tidy(formulas, kind)]
    factors, results = [factor for factor, _ in split], [rest for _, rest in split]
    levers, features = nodes_of(parameters, *formulas), nodes_of(columns, *formulas)
    script = Script([*levers, *features], results, features, kind)
    totals = [free_name(name, script.taken) for name in sums]
    texts = [script.text(y) for y in results]
    added = [f"{name} += {text}" for name, text in zip(totals, texts, strict=True)]
    pairs = zip(factors, totals, strict=True)
    returned = [f"{factor}*{name}" if factor != 1 else name for factor, name in pairs]
    rows, names = free_name("rows", script.taken), [x.name for x in script.inputs]
    row = ", ".join(names[len(levers):]) + "," * (len(features) == 1)
    inner = [*script.inner_lines, *added]
    given = [rows, *names[:len(levers)]]
    before = _cut(script.lines, given, "\n".join(inner), script.taken)
    known = [*names, *(line.partition(" = ")[0] for line in script.lines)]
    inside = _cut(script.inner_lines, known, "\n".join(added), script.taken)
    lines = [
        *before.lines,
        " = ".join([*totals, "0.0" if kind is float else "0"]),
        f"for {row or free_name('row', script.taken)} in {rows}:",
        *(f"    {line}" for line in [*inside.lines, *added] or ["pass"]),
        f"return {_tuple(returned)}",
    ]
    script.known |= before.known | inside.known
    return _run("sums", given, lines, script.known, [*before.functions, *inside.functions])


def _question(script: Script, asked: Sequence[Value],
              in_any_kind: Callable[..., Any]) -> list[str]:
    """Two lines that leave all numbers but floats to a function for any kind."""
    words = ("type", "float", "in_any_kind")  # but an input may be called `type`
    type_name, float_name, general = (free_name(word, script.taken) for word in words)
    script.known |= {type_name: type, float_name: float, general: in_any_kind}
    types = " is ".join(f"{type_name}({x.name})" for x in asked)
    inputs = ", ".join(x.name for x in script.inputs)
    return [f"if not ({types} is {float_name}):", f"    return {general}({inputs})"]


def _tuple(texts: Sequence[str]) -> str:
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"


def _run(word: str, parameters: Sequence[str], lines: Sequence[str], known: Any,
         functions: Sequence[str]) -> Compiled:
    """The function with these lines: our own script, made of checked names and our numbers."""
    name = free_name(word, {*known})
    body = "".join(f"    {line}\n" for line in lines)
    texts = [*functions, f"def {name}({', '.join(parameters)}):\n{body}"]
    for text in texts:  # one by one: of a long text Python holds what it has read
        exec(compile(text, f"<{name}>", "exec"), known)
    function: Compiled = known[name]
    function.source = "\n".join(texts)
    return function


@contextmanager
def uncollected() -> Iterator[None]:
    """A time in which Python does not look for garbage: in a graph that grows it finds none, and
    looking takes as long as all the rest."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
