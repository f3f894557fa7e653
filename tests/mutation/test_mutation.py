"""The mutants of short texts; which tests are chosen; and that all equivalents are still there."""

import ast
from functools import cache
from typing import NamedTuple

import pytest

from tests.mutation import __main__ as page
from tests.mutation import trial
from tests.mutation.mutants import mutants

CHANGES = [  # a statement, and what may become of it
    ("y = a + b",               {"a + b -> a - b"}),
    ("y = a**b",                {"a ** b -> a * b"}),
    ("y = -a",                  {"-a -> a"}),
    ("y = not a",               {"not a -> a"}),
    ("y = a < b",               {"a < b -> a <= b", "a < b -> a >= b"}),
    ("y = a is None",           {"a is None -> a is not None"}),
    ("y = a and b",             {"a and b -> a or b", "a and b -> a", "a and b -> b"}),
    ("y = 2",                   {"2 -> 3"}),
    ("y = 1e-9",                {"1e-09 -> 1.000000001"}),
    ("y = 1e300",               {"1e+300 -> 2e+300"}),
    ("y = True",                {"True -> False"}),
    ("y = 'text'",              set()),
    ("y = f(a, b)",             {"f(a, b) -> f(b, a)"}),
    ("y = f(a, a)",             set()),
    ("y = max(a, b)",           set()),
    ("y = f(a, strict=True)",   set()),
    ("y = a if b else c",       {"b -> True", "b -> False"}),
    ("y = [i for i in a if i]", {"i -> True", "i -> False"}),
    ("y += a",                  {"y += a -> y -= a"}),
    ("y: int = a",              set()),
    ("assert a < b",            set()),
    ("y = f'{a - b}'",          {"a - b -> a + b"}),
    ("f(a)",                    {"f(a) -> pass"}),
    ("raise a",                 {"raise a -> pass"}),
    ("return a",                {"return a -> return None"}),
    ("return None",             set()),
    ("while a: f.b = a",        {"a -> False", "f.b = a -> pass"}),
    ("if a: a = b",             {"a -> True", "a -> False", "a = b -> pass"}),
]


@pytest.mark.parametrize(("text", "changes"), CHANGES)
def test_what_may_become_of_a_statement(text, changes):
    source = f"def g(a, b, c, f):\n    {text}\n"
    found = mutants(source)
    assert {f"{each.before} -> {each.after}" for each in found} == changes
    for each in found:
        planted = each.planted(source)
        assert ast.dump(ast.parse(planted)) != ast.dump(ast.parse(source))
        assert planted.count("\n") == source.count("\n")


def test_what_is_left_alone():
    source = '''"""A docstring of 3 lines."""
import a as b
if TYPE_CHECKING:
    from c import d
@cache(1)
class E(f(1, 2)):
    """1"""
    g: h[1, 2]
    def i(self, j: k(1, 2)) -> l(2): "3"
if __name__ == "__main__":
    pass
'''
    assert mutants(source) == []


@pytest.mark.parametrize(("text", "first", "last"), [
    ("def f(x):\n    return (x +\n        1)\n", 2, 3),
    ("def f(x=1 + 2):\n    x = x\n    return x\n", 2, 3),
    ("A = [\n    lambda x: x + 1,\n]\n", 2, 2),
    ("A = 1 + 2\n", 1, 2),
    ("class A:\n    b = 1 + 2\n    c = 3\n", 1, 3),
    ("def f(x):\n    if (x +\n        1):\n        return 2\n", 2, 3)])
def test_the_lines_that_matter(text, first, last):
    mutant = next(each for each in mutants(text) if each.kind == "operator")
    assert (mutant.first, mutant.last) == (first, last)


def test_the_tests_of_a_chapter_come_first_and_then_the_shortest():
    lines = {"m/a.py": {1: 0b0011, 2: 0b1111, 9: 0b10000}}
    tests = [("t/test_b.py::x", 3.0), ("t/test_a.py::y", 2.0), ("t/test_b.py::z", 1.0),
             ("t/test_a.py::u", 0.5), ("t/test_c.py::v", 0.1)]
    known = trial.Recorded(tests, lines)
    assert known.that_run("m/a.py", 1, 1) == dict(tests[:2])
    (mutant,) = mutants("\ndef f(): f(g())\n")
    own, others = page.stages(page.Planted("m/a.py", mutant, ""), known)
    assert [*own] == ["t/test_a.py::u", "t/test_a.py::y"]
    assert sorted(others) == ["t/test_b.py::x", "t/test_b.py::z"]


def test_a_row_that_has_another_name_in_a_mutant_is_run():
    class Item(NamedTuple):
        nodeid: str

    items = [Item(name) for name in ("t.py::a[x = 1]", "t.py::a[x = 3]", "t.py::b", "t.py::c")]
    trial.Chosen({"t.py::b": 1.0, "t.py::a[x = 2]": 1.0}, ["t.py::a[x = 1]", "t.py::a[x = 2]",
                                                           "t.py::b", "t.py::c"]
                 ).pytest_collection_modifyitems(items)
    assert [name for (name,) in items] == ["t.py::a[x = 3]", "t.py::b"]


def test_what_several_files_run_is_joined():
    found = [{"tests": [["a", 1.0], ["b", None]], "lines": {"m.py": {"3": "0x3"}}},
             {"tests": [["c", 2.0]], "lines": {"m.py": {"3": "0x1", "4": "0x1"}}}]
    joined = trial.joined(found)
    assert joined.that_run("m.py", 3, 3) == {"a": 1.0, "c": 2.0}  # b has failed
    assert joined.that_run("m.py", 4, 9) == {"c": 2.0}
    assert joined.that_run("n.py", 3, 3) == {}


def test_a_seed_draws_the_same_mutants_in_any_order_of_places():
    one, two = (page.drawn("mathlab/calculus/graph", 9, seed) for seed in (1, 1))
    assert one == two != page.drawn("mathlab/calculus/graph", 9, 2)


def test_the_equivalents_are_still_there():
    planted = cache(page.planted)
    for file, line, change in page.equivalents():
        assert any(line in (each.line, each.mutant.table)
                   and change in ("", f"{each.mutant.before} -> {each.mutant.after}")
                   for each in planted(file)), (file, line, change)


@pytest.mark.parametrize(("place", "folder"), [
    ("calculus", "mathlab/calculus"), ("calculus/graph", "mathlab/calculus/graph"),
    ("grading/checks", "lessons/grading/checks"),
    ("mathlab/drawing/paper/ink.py", "mathlab/drawing/paper/ink.py")])
def test_places(place, folder):
    assert page.home(place)[0] == folder


def test_no_place():
    with pytest.raises(SystemExit, match="no place is called nowhere"):
        page.home("nowhere")
