"""The benchmark runs on a bare machine, and says of the numeric derivative what must be so."""

import re

import pytest

from tests.benchmark.__main__ import main


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
    assert "no section nothing; choose from speed, numeric" in capsys.readouterr().err


def test_the_speed_section(capsys):
    assert main(["--quick", "speed"]) == 0
    printed = capsys.readouterr().out
    titles = ("eager: line", "compiled: line", "collapsed", "symbolic", "bytes", "import mathlab")
    assert all(f"\n{title}" in printed for title in titles)
