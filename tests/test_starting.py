"""How commands start: with Ctrl-C while they are imported, and on a Python that is too old."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRESSED = """
import importlib.abc, signal, sys

class Pressed(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "mathlab.calculus.algebra.simplify":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Pressed())
"""
COMMANDS = [["-m", "mathlab", "derive", "x"], ["-m", "lessons", "7", "--all"],
            ["-m", "lessons.practice", "--count", "1"], ["-m", "lessons.workshop"],
            ["lessons/l07_rate_of_change.py"]]


def started(words, **environment):
    return subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True,
                          check=False, stdin=subprocess.DEVNULL, env=os.environ | environment)


@pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be raised there")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_ctrl_c_while_a_command_is_imported_ends_it_without_a_word(words, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(PRESSED, encoding="utf-8")
    done = started(words, PYTHONPATH=str(tmp_path))
    assert (done.stdout, done.stderr) == ("", "")
    assert done.returncode == -2  # a shell says 130


def test_a_program_that_imports_mathlab_keeps_its_ctrl_c():
    program = "import signal, mathlab, lessons; print(signal.getsignal(signal.SIGINT))"
    assert "default_int_handler" in started(["-c", program]).stdout


@pytest.mark.parametrize("name", ["mathlab", "lessons"])
def test_a_python_that_is_too_old_is_told_so(name):
    old = "import sys; sys.version_info = (3, 10, 13); "
    done = started(["-c", f"{old}import {name}"])
    assert done.returncode == 1
    assert "3.11 or later" in done.stderr.splitlines()[-1]
    done = started(["-c", f"{old}sys.argv[0] = '-m'; import {name}"])  # as `python -m` does it
    assert done.returncode == 1
    assert re.fullmatch(r"error: .* Python 3\.11 or later; this is \S+\n", done.stderr)
