"""Formulas as text: Python reads them back as the same formula, and no parenthesis is too many.

Python's own parser is the judge. Each random formula is written, parsed, and compared node by
node; then every pair of parentheses is taken out in turn, after which the text has to mean
something else.
"""

import ast
import random
from fractions import Fraction

import pytest

from mathlab import Value, dot, exp, maximum, sin, symbols, total, where
from mathlab.calculus.graph.formula import READABLE, pieces, write, write_short
from mathlab.calculus.graph.operations import ARITHMETIC, negate
from mathlab.calculus.graph.order import inputs_first
from tests.calculus.rows import OF_ONE, OF_TWO

X, Y, Z = symbols("x y z")
FLAT = symbols("a b")


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (X, "x"),
        (X + Y + Z, "x + y + z"),
        (X + (Y + Z), "x + (y + z)"),
        (X - (Y - Z), "x - (y - z)"),
        (X - Y - Z, "x - y - z"),
        ((X + Y) * Z, "(x + y)*z"),
        (X + Y * Z, "x + y*z"),
        (X * (Y * Z), "x*(y*z)"),
        (X * Y / Z, "x*y/z"),
        (X / (Y * Z), "x/(y*z)"),
        (X / (Y / Z), "x/(y/z)"),
        (X**Y**Z, "x**y**z"),
        ((X**Y) ** Z, "(x**y)**z"),
        ((X * Y) ** 2, "(x*y)**2"),
        (X ** (Y + 1), "x**(y + 1)"),
        (-X, "-x"),
        (negate(negate(X)), "--x"),
        (-(X**2), "-x**2"),
        ((-X) ** 2, "(-x)**2"),
        (-(X * Y), "-(x*y)"),
        (-X * Y, "-x*y"),
        (-(X + Y), "-(x + y)"),
        (X * -Y, "x*-y"),
        (X - -Y, "x - -y"),
        (X**-Y, "x**-y"),
        (2**-X, "2**-x"),
        (X * -2, "x*-2"),
        (Value.constant(-2) ** X, "(-2)**x"),
        (Value.constant(-2) + X, "-2 + x"),
        (X - Fraction(-1, 3), "x - -1/3"),
        (X * Fraction(1, 3), "x*(1/3)"),
        (Fraction(1, 3) * X, "1/3*x"),
        (X ** Fraction(1, 3), "x**(1/3)"),
        (X / Fraction(1, 3), "x/(1/3)"),
        (X * 1e-7, "x*1e-07"),
        (X * 1j, "x*1j"),
        (X * (1 + 2j), "x*(1+2j)"),
        (sin(X + Y) ** 2, "sin(x + y)**2"),
        (abs(X), "absolute(x)"),
        (maximum(X + 1, Y * 2), "maximum(x + 1, y*2)"),
        (where(X, Y, Z - 1), "where(x, y, z - 1)"),
        (total([X, Y, Z]), "x + y + z"),
        (total([X, Y]) * Z, "(x + y)*z"),
        (total([X, Y + Z]), "x + (y + z)"),
        (dot([X, Y], [Y, Z]), "x*y + y*z"),
        (dot([X, Y], [Y + 1, -Z]) * 2, "(x*(y + 1) + y*-z)*2"),
        (Value.constant(3.14, "pi") * X, "pi*x"),
        (Value(2.0) * Value(3.0, "a"), "2.0*a"),
    ],
)
def test_what_is_written(formula, text):
    assert str(formula) == write(formula) == text


# Read back by Python

SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}


def shape(tree):
    """A syntax tree as nested tuples."""
    match tree:
        case ast.BinOp(left=left, op=op, right=right):
            return SIGNS[type(op)], shape(left), shape(right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return "negate", shape(operand)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return name, *map(shape, arguments)
        case ast.Name(id=name):
            return name
        case ast.Constant(value=number):
            return number


def shape_of(node):
    """A formula as nested tuples."""
    if node.inputs:
        return node.operation.name, *map(shape_of, node.inputs)
    if node.name:
        return node.name
    return ("negate", -node.data) if node.data < 0 else node.data


def grow(dice, depth):
    if depth == 0 or dice.random() < 0.15:
        return dice.choice((X, Y, Z, 2, -3, 0.5))
    row = dice.choice((*ARITHMETIC * 3, negate, dice.choice(OF_ONE), dice.choice(OF_TWO[:4])))
    inputs = [grow(dice, depth - 1) for _ in row.slopes]
    return row(X, *inputs[1:]) if not any(isinstance(x, Value) for x in inputs) else row(*inputs)


@pytest.fixture(scope="module")
def formulas():
    dice = random.Random(5)
    made = (grow(dice, dice.randint(1, 6)) for _ in range(1500))
    return [formula for formula in made if isinstance(formula, Value)]


def parsed(text):
    try:
        return ast.dump(ast.parse(text, mode="eval"))
    except SyntaxError:
        return None


def pairs_of_parentheses(text):
    """Where each pair opens and closes; those of a call stand behind a name, and are left out."""
    opened = []
    for i, sign in enumerate(text):
        if sign == "(":
            opened.append(i)
        elif sign == ")":
            start = opened.pop()
            if not (start and text[start - 1].isalnum()):
                yield start, i


def test_python_reads_the_same_formula(formulas):
    assert len(formulas) > 1000
    for formula in formulas:
        text = "".join(pieces(formula, {}))
        assert shape(ast.parse(text, mode="eval").body) == shape_of(formula), text


def test_no_pair_of_parentheses_can_be_spared(formulas):
    removed = 0
    for formula in formulas:
        text = "".join(pieces(formula, {}))
        for start, end in pairs_of_parentheses(text):
            without = text[:start] + " " + text[start + 1 : end] + " " + text[end + 1 :]
            assert parsed(without.strip()) != parsed(text), (text, without)
            removed += 1
    assert removed > 1000


# Shared parts


def logistic(times):
    y = X
    for _ in range(times):
        y = 4 * y * (1 - y)
    return y


def test_a_short_formula_stays_on_one_line():
    shared = X + Y
    assert str(shared * shared) == "(x + y)*(x + y)"
    assert str(logistic(3)).count("\n") == 0


def run(text, **names):
    """What a text of several lines comes to."""
    *lines, last = text.splitlines()
    for line in lines:
        name, part = line.split(" = ")
        names[name] = eval(part, {}, names)
    return eval(last, {}, names)


@pytest.mark.parametrize("times", [7, 30, 300])
def test_a_long_formula_names_its_shared_parts_and_means_the_same(times):
    y = logistic(times)
    text = str(y)
    assert text.count("\n") == times - 1
    assert run(text, x=Fraction(1, 2) if times < 10 else 0.3) == y.at(
        x=Fraction(1, 2) if times < 10 else 0.3
    )


def test_the_text_is_in_proportion_to_the_graph():
    lengths = [len(str(logistic(times))) for times in (100, 200, 400)]
    assert lengths[2] - lengths[1] <= 2.2 * (lengths[1] - lengths[0])
    assert lengths[2] < 400 * 40


def test_a_part_used_twice_by_the_same_node_is_shared():
    y = X + 1
    for _ in range(60):
        y = y * y  # written out, it would be (x + 1)**(2**60)
    assert len(str(y).splitlines()) == 61
    assert run(str(y), x=-1) == 0


def test_names_of_parts_do_not_hide_names_of_the_formula():
    t1 = symbols("t1")[0]
    y = t1
    for _ in range(8):
        y = 4 * y * (1 - y)
    lines = str(y).splitlines()
    assert lines[0] == "t2 = 4*t1*(1 - t1)"
    assert run(str(y), t1=0.3) == y.at(t1=0.3)


def test_only_what_is_used_twice_gets_a_name():
    long = sum((sin(X * k) for k in range(2, 150)), exp(X))
    assert str(long).count("\n") == 0
    assert len(inputs_first(long)) > READABLE


@pytest.mark.parametrize(
    ("limit", "text"), [(3, "..."), (4, "x + x + x"), (40, "x + x + x"), (0, "...")]
)
def test_short_texts(limit, text):
    assert write_short(X + X + X, limit) == text


def test_a_short_text_of_a_leaf_is_the_leaf():
    assert write_short(X, limit=0) == "x"


def test_a_short_text_of_a_huge_formula_is_made_at_once():
    assert write_short(logistic(100_000)) == "..."


def test_a_deep_formula_is_written_without_recursion():
    y = X
    for _ in range(50_000):
        y = sin(y)
    assert str(y) == "sin(" * 50_000 + "x" + ")" * 50_000


@pytest.mark.parametrize(("others", "text"), [(194, "x + y"), (195, "t1")])
def test_two_hundred_inputs_are_written_on_one_line(others, text):
    shared = X + Y  # with its own two inputs it is written twice: six of the two hundred
    lines = str(total([shared, shared, *[X] * others])).splitlines()
    assert (len(lines), text in lines[-1]) == (1 + (others == 195), True)
    assert lines[0].startswith("t1 = x + y" if others == 195 else "(x + y) + (x + y) + x")


def test_a_short_text_has_forty_inputs_if_nothing_else_is_said():
    assert write_short(total([X] * 40)) == " + ".join(["x"] * 40)
    assert write_short(total([X] * 41)) == "..."


def test_the_name_of_an_inner_node_is_not_written_and_so_it_is_free():
    y = logistic(8)
    inputs_first(y)[-2].name = inputs_first(y)[-8].name = "t1"
    assert str(y) == str(logistic(8))
