"""The board: where its lines break, what is left out, and how several lines are one equation."""

import re

import pytest

from mathlab import parse, steps, symbols
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


@pytest.mark.parametrize("n", range(10, 29))
def test_rule_row_and_equation_share_a_line_as_long_as_it_fits(n):
    k = "k" * n
    heading, row = f"1. chain rule for sin, with u = {k}*x", "the slope of sin(u) is cos(u)"
    left, right = f"d/dx[sin({k}*x)]", f"cos({k}*x)*d/dx[{k}*x]"
    lines = [f"{heading}: {row}"] if len(heading) + 2 + len(row) <= 80 else [heading, f"   {row}"]
    whole = f"   {left} = {right}"
    lines += [whole] if len(whole) <= 80 else [f"   {left}", f"     = {right}"]
    assert str(steps(parse(f"sin({k}*x)"), "x")).splitlines()[:len(lines)] == lines
    assert (len(lines) < 3) or n > 15


def test_quick_equations_stand_side_by_side_each_in_one_line():
    text = str(steps(parse(" + ".join(f"x**{n}" for n in range(2, 13))), "x"))
    rows = text.split("power rule\n")[1].split("\n3. ")[0].splitlines()
    equations = [each for row in rows for each in row.strip().rstrip(",").split(", ")]
    assert equations == ["d/dx[x**2] = 2*x", *(
        f"d/dx[x**{n}] = {n}*x**{n - 1}" for n in range(3, 13))]
    assert 1 < len(rows) < len(equations)


def test_quick_equations_that_are_too_long_for_a_line_are_all_there():
    (name,) = symbols("n" * 30)
    made = steps(name**2 + name, name)
    assert len(made.steps[1].equation) > 80 > len(made.steps[2].equation)
    text = " ".join(str(made).split())
    assert all(step.equation in text for step in made.steps[1:3])


@pytest.mark.parametrize("length", [100, 397, 398, 1000])
def test_a_line_of_more_than_400_signs_shows_its_ends(length):
    step = steps(parse("sin(x)"), "x").steps[0]
    left, right = "a" * (length - 50) + "b" * 50, "c"
    heading, line, other = board._laid_out(7, [step._replace(equation=f"{left} = {right}", row="")])
    assert (heading, other) == ("7. sin", "     = c")
    whole = f"   {left}"
    assert line == (whole if len(whole) <= 400 else f"{whole[:80]} ... {whole[-80:]}")


def cells(derivation):
    text = derivation._repr_html_()
    assert text.count("text-align: left") == text.count("<t") - text.count("<tr") - 3  # all cells
    return re.findall(r"<(?:td|th) [^>]*>(.*?)</t[dh]>", text)


def test_a_derivation_as_a_table():
    assert cells(steps(parse("x**2*sin(x)"), "x")) == [
        "", "rule", "", "with",
        "1.", "product rule", "d/dx[x**2*sin(x)] = d/dx[x**2]*sin(x) + x**2*d/dx[sin(x)]", "",
        "2.", "power rule", "d/dx[x**2] = 2*x", "",
        "3.", "sin", "d/dx[sin(x)] = cos(x)", "the slope of sin(u) is cos(u)",
        "4.", "put the pieces together", "d/dx[x**2*sin(x)] = 2*x*sin(x) + x**2*cos(x)", ""]
    assert cells(steps(parse("sin(x**2)"), "x"))[7] == "u = x**2; the slope of sin(u) is cos(u)"


@pytest.mark.parametrize("terms", [13, 14, 15, 16])
def test_of_a_long_table_the_ends_are_shown(terms):
    made = steps(parse(" + ".join(f"sin(x**{n})" for n in range(2, 2 + terms))), "x")
    count, rows = len(made.steps), len(cells(made)) // 4 - 1
    assert count == 2 * terms + 2  # the sum rule, two for each term, and what is put together
    said = [each for each in cells(made) if "left out" in each]
    assert (rows, said) == ((count, []) if count <= 30 else (
        31, [f"{count - 30} steps are left out here"]))
