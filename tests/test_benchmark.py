"""The benchmark runs on a bare machine, and says of the numeric derivative what must be so."""

import re

import pytest

from mathlab import Value
from tests.benchmark.__main__ import SECTIONS, main
from tests.benchmark.peers import deep_recursion
from tests.benchmark.steps import gpt_compiled, gpt_eagerly, moons_compiled, moons_eagerly, names
from tests.benchmark.stored import Stored
from tests.benchmark.workloads import (
    chain_step,
    gpt_step,
    line_step,
    network_step,
    sum_step,
)


def test_the_numeric_section(capsys):
    assert main(["--quick", "numeric"]) == 0
    printed = capsys.readouterr().out
    assert re.match(r"\w+ 3\.\d+\.\d+\w*, \w+\n", printed)  # the Python, the machine
    rows = [line.split() for line in printed.splitlines() if line.startswith("mathlab  ")]
    names = ("right", "none", "wrong", "bar", "evaluations", "time")
    twenty, hard, chance = (dict(zip(names, row[1:], strict=True)) for row in rows)
    assert (twenty["right"], twenty["none"], twenty["wrong"]) == ("19", "0", "0")
    assert (hard["none"], hard["wrong"]) == ("32", "0")
    assert float(chance["bar"]) <= 1e-12
    assert twenty["time"] == "1.00x"  # relative to itself


def test_a_section_that_is_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no section nothing; choose from eager, compiled, steps" in capsys.readouterr().err


def test_every_section_runs_and_prints_its_rows(capsys):
    assert main(["--once", *(name for name in SECTIONS if name != "numeric")]) == 0  # seen above
    printed = capsys.readouterr().out
    titles = (
        *("eager: a line", "eager: a tiny GPT", "eager: a node", "compiled: a line"),
        *("compiled: the dearest", "collapsed: a step", "trained: 3,127 films"),
        *("steps: a GPT on names, 2", "steps: two moons", "one step: a line"),
        *("Michaelis-Menten: 90", "a line with 5 features: 1,000", "symbolic: 8"),
        "import mathlab, over bare Python",
    )
    assert all(f"\n{title}" in printed for title in titles)


#   a step           its size
WORKLOADS = (
    (line_step, 100),
    (network_step, 4),
    (gpt_step, 2),
    (chain_step, 4_000),
    (sum_step, 4_000),
)


@pytest.mark.parametrize(("workload", "size"), WORKLOADS)
def test_both_engines_walk_the_same_path(workload, size):
    ours, stored = workload(Value, size), workload(Stored, size)
    for _ in range(3):
        with deep_recursion():
            expected = stored()
        assert ours() == pytest.approx(expected, rel=1e-12)


def test_the_network_is_the_same_with_dot():
    plain, with_dot = network_step(Value, 4), network_step(Value, 4, with_dot=True)
    first = plain()
    assert with_dot() == pytest.approx(first, rel=1e-12)
    assert with_dot() == pytest.approx(plain(), rel=1e-12) != first


@pytest.mark.parametrize(("quick", "plain"), [
    (moons_compiled, moons_eagerly), (gpt_compiled, gpt_eagerly)])
def test_a_compiled_program_walks_the_path_of_the_peers_way(quick, plain):
    quick, plain = quick().step, plain(Stored).step
    with deep_recursion():
        expected = [plain() for _ in range(4)]
    assert [quick() for _ in range(4)] == pytest.approx(expected, rel=1e-9, abs=0)


def test_the_names_are_the_same_in_every_run_and_have_few_lengths():
    assert names(50) == names(50)
    assert {len(name) for name in names(500)} == {4, 5, 6, 7}
