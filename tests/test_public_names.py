"""`import mathlab` gives all its names, and reads some chapters only when they are asked for."""

import subprocess
import sys

import pytest

import mathlab
from tests.calculus.rows import FUNCTIONS


def test_every_public_name_is_there_and_listed():
    assert all(getattr(mathlab, name) is not None for name in mathlab.__all__)
    assert set(mathlab.__all__) <= set(dir(mathlab))


def test_a_name_that_is_none():
    with pytest.raises(AttributeError, match="module 'mathlab' has no attribute 'integral'"):
        mathlab.integral  # noqa: B018


def test_every_function_of_the_table_is_public():
    missing = [row.name for row in FUNCTIONS if row.name not in mathlab.__all__]
    assert not missing, f"mathlab/__init__ does not import {', '.join(missing)} yet"


def in_a_new_interpreter(code):
    subprocess.run([sys.executable, "-c", code], check=True)


def test_heavy_chapters_are_read_when_they_are_asked_for():
    in_a_new_interpreter(
        "import sys, mathlab\n"
        "for chapter in mathlab.LATER.values():\n"
        "    assert f'mathlab.{chapter}' not in sys.modules, chapter\n"
        "assert mathlab.compile_formula is mathlab.compile_formula\n"
        "assert 'mathlab.calculus.code.compile' in sys.modules\n"
        "assert 'mathlab.calculus.proof.check' not in sys.modules\n"
        "assert 'mathlab.calculus.algebra.steps' not in sys.modules\n"
    )


@pytest.mark.parametrize("name", ["check_derivatives", "compare", "compile_formula", "steps"])
def test_they_can_be_imported_first(name):
    in_a_new_interpreter(f"from mathlab import {name}\nassert callable({name})")


def test_a_method_reads_its_chapter_when_it_is_called():
    in_a_new_interpreter(
        "import sys; from mathlab import Value\n"
        "x = Value(3.0, 'x')\n"
        "assert 'mathlab.calculus.algebra.differentiate' not in sys.modules\n"
        "assert abs((x**2).numeric_derivative(x).value - 6) < 1e-9\n"
        "assert str((x**2).derivative('x')) == '2*x'\n"
    )


def test_a_star_brings_them_all():
    in_a_new_interpreter("from mathlab import *\nassert latex(parse('x/y')) == r'\\frac{x}{y}'")
