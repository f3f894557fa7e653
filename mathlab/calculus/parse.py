"""Text read as a formula, safely: what is not arithmetic is refused, and nothing is ever run.

Python's own parser turns the text into a syntax tree, and this chapter walks the tree with a short
list of what is allowed: numbers, names, `+ - * / **`, and calls of functions in the table.

>>> f = parse("x^2 * sin(x)")
>>> print(f)
x**2*sin(x)
>>> parse("__import__('os').remove('thesis.txt')")
Traceback (most recent call last):
...
mathlab.errors.FormulaError: a formula cannot contain __import__('os').remove: use numbers, names, \
+ - * / **, parentheses, and exp, log, sqrt, sin, cos, tanh, relu, step
"""

import ast
from collections.abc import Mapping
from typing import Any

from mathlab.calculus.operations import (
    FUNCTIONS,
    add,
    divide,
    multiply,
    negate,
    power,
    subtract,
)
from mathlab.calculus.unknown import UNKNOWN
from mathlab.calculus.value import Value, as_value
from mathlab.errors import FormulaError

LONGEST = 10_000  # characters: more than anyone types, and little enough to refuse in no time
DEEPEST = 100  # nested operations: Python's own parser gives up at about 200 parentheses

_BINARY = {
    ast.Add: add,
    ast.Sub: subtract,
    ast.Mult: multiply,
    ast.Div: divide,
    ast.Pow: power,
}
_FUNCTIONS = {operation.name: operation for operation in FUNCTIONS}
_ALLOWED = f"use numbers, names, + - * / **, parentheses, and {', '.join(_FUNCTIONS)}"


def parse(text: str, names: Mapping[str, Value] | None = None) -> Value:
    """The formula that a text stands for. Its names are those given in `names`, or new symbols.

    `^` is read as `**`.

    Raises: FormulaError if the text is anything but a formula.

    >>> x = Value(2.0, name="x")
    >>> parse("3*x + 1", {"x": x}).data
    7.0
    """
    if len(text) > LONGEST:
        raise FormulaError(f"a formula of {len(text)} characters is too long: {LONGEST} are read")
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval")
    except SyntaxError as error:
        raise FormulaError(f"{_shown(text)} is not a formula: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise FormulaError(f"{_shown(text)} is nested too deeply") from None
    except ValueError as error:  # null bytes, numbers of more than 4,300 digits
        raise FormulaError(f"{_shown(text)} is not a formula: {error}") from None
    return _Reader(text, dict(names or {})).read(tree.body)


class _Reader:
    """Turns one syntax tree into a graph; equal names become one Value."""

    def __init__(self, text: str, names: dict[str, Value]):
        self.text = text
        self.names = names

    def read(self, tree: ast.expr, depth: int = 0) -> Value:
        if depth > DEEPEST and not isinstance(tree, (ast.Name, ast.Constant)):
            raise FormulaError(f"{_shown(self.text)} is nested more than {DEEPEST} deep")
        match tree:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return as_value(number)
            case ast.Name(id=name) if name in _FUNCTIONS:
                raise FormulaError(f"{name} is a function: write {name}(...)")
            case ast.Name(id=name):
                return self.names.setdefault(name, Value(UNKNOWN, name))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inside = self.read(operand, depth + 1)
                if isinstance(operand, ast.Constant):
                    return as_value(-inside.data)
                return self.made(negate, inside)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.read(operand, depth + 1)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                inputs = self.read(left, depth + 1), self.read(right, depth + 1)
                return self.made(_BINARY[type(op)], *inputs)
            case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if (
                name in _FUNCTIONS
            ):
                return self.made(_FUNCTIONS[name], self.read(argument, depth + 1))
            case ast.Call(func=ast.Name(id=name)) if name in _FUNCTIONS:
                raise FormulaError(f"{name} takes one input: write {name}(...)")
            case ast.Call(func=function):
                tree = function
        raise FormulaError(f"a formula cannot contain {_shown(ast.unparse(tree))}: {_ALLOWED}")

    def made(self, operation: Any, *inputs: Value) -> Value:
        return Value.made_by(operation, inputs)


def _shown(text: str) -> str:
    """The text, short enough for a message of one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."
