"""The board: where its lines break, what is left out, and how several lines are one equation."""

import pytest

from mathlab import parse, steps
from mathlab.calculus.algebra import board
from mathlab.calculus.algebra.board import BOARD_WIDTH, ON_THE_BOARD


@pytest.mark.parametrize(("count", "shown"), [
    (0, []), (1, [0]), (29, range(29)), (30, range(30)), (31, [*range(15), "...", *range(16, 31)]),
    (99, [*range(15), "...", *range(84, 99)])])
def test_of_many_the_first_and_the_last_are_shown(count, shown):
    assert board._both_ends([*range(count)], "...") == [*shown]
    assert len(board._both_ends([*range(count)], "...")) <= ON_THE_BOARD + 1


@pytest.mark.parametrize(("text", "lines"), [
    ("a b", ["  a b"]), ("", []), ("x" * 78, ["  " + "x" * 78]), ("x" * 90, ["  " + "x" * 90]),
    ("x" * 40 + " " + "y" * 37, ["  " + "x" * 40 + " " + "y" * 37]),
    ("x" * 40 + " " + "y" * 38, ["  " + "x" * 40, "    " + "y" * 38]),
    ("x" * 60 + " f(a b c d e f g h i j)", ["  " + "x" * 60, "    f(a b c d e f g h i j)"]),
    ("x" * 60 + " [a b c d e f g h i j]", ["  " + "x" * 60, "    [a b c d e f g h i j]"]),
    ("f(" + "a " * 50 + "b)", ["  f(" + ("a " * 38)[:-1], "    " + "a " * 12 + "b)"])])
def test_lines_break_at_spaces_and_outside_brackets_if_they_can(text, lines):
    assert board._wrapped(text, "  ", "    ") == lines
    assert all(len(line) <= BOARD_WIDTH for line in lines if " " in line.strip())


def test_a_derivative_in_several_lines_stands_below_its_equation():
    inner = "sin(x + y)*cos(x*y)*(x**2 + y**2 + 1)*log(x + 2*y + 3)"
    found = steps(parse(f"a = exp({inner})\na*sin(a)*cos(a)/(1 + a)"), "x")
    lines = str(found).splitlines()
    last = lines.index("   d/dx[p] =")
    text = " ".join(line.strip() for line in lines)
    assert "with p = exp(p1)*sin(exp(p1))*cos(exp(p1))/(1 + exp(p1)), u =" in text
    assert f"with p1 = {inner} the slope" in text
    assert lines[last - 1].startswith("21. put the pieces together, and simplify")
    shown = [line.removeprefix("     ") for line in lines[last + 1:]]
    assert shown == str(found.result).splitlines()
    assert lines[last + 1].startswith("     t1 = ")


@pytest.mark.parametrize(("text", "numbers", "quick"), [
    ("x**2 + 3", 3, 2), ("sin(x)", 1, 0), ("x**2*sin(x)", 4, 1), ("a*x**2 + b*x + c", 4, 3)])
def test_quick_steps_share_a_number(text, numbers, quick):
    found = steps(parse(text), "x")
    lines = [line for line in str(found).splitlines() if line[0] != " "]
    assert len(lines) == numbers and lines[-1].startswith(f"{numbers}. ")
    assert sum(step.is_quick for step in found.steps) == quick


@pytest.mark.parametrize(("letters", "in_letters"), [(14, False), (15, False), (16, True)])
def test_what_is_wider_than_the_board_is_said_in_letters(letters, in_letters):
    """With 15 letters what is right of the = takes all of 73 columns."""
    step = steps(parse(f"sin({'k' * letters}*x)*cos(x)"), "x").steps[0]
    assert (step.equation == "d/dx[u*v] = d/dx[u]*v + u*d/dx[v]") is in_letters
    assert step.meaning == in_letters * f"u = sin({'k' * letters}*x), v = cos(x)"
