"""What a reader has to read to know what a Trainer does: the files and lines that it enters."""

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

import mathlab
from mathlab.learning.data.table import Table
from mathlab.learning.descent.descent import descend
from mathlab.learning.descent.optimizers import GradientDescent
from mathlab.learning.descent.train import Trainer
from mathlab.learning.model.model import Model

HOME = str(Path(mathlab.__file__).parent)
ROWS = {"x": [-1.0, 0.0, 1.0], "y": [1.0, 3.0, 5.0]}
LINE = "y = slope*x + intercept"


def plainly():
    descend(Model(LINE), Table(ROWS), learning_rate=0.3)


def backward():
    Trainer(LINE, optimizer=GradientDescent(0.3), method="backward").fit(ROWS)


def by_itself():
    Trainer(LINE).fit(ROWS)


@functools.cache
def entered(work):
    """The lines of mathlab that run while some work is done, as pairs of a file and a number; in a
    Python of its own, where no test before has made or kept anything."""
    code = f"import {__name__} as here; print([*here.watched(here.{work.__name__})])"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], text=True,
                          capture_output=True, check=True)
    return ast.literal_eval(done.stdout)


def watched(work):
    """What `entered` does, in this Python."""
    lines = set()

    def watch(frame, event, _):
        if not frame.f_code.co_filename.startswith(HOME):
            return None
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize(("work", "most_files", "most_lines"),
                         [(plainly, 13, 290), (backward, 14, 420), (by_itself, 24, 940)])
def test_a_walk_enters_few_files_and_few_lines(work, most_files, most_lines):
    lines = entered(work)
    assert len({file for file, _ in lines}) <= most_files
    assert len(lines) <= most_lines


def test_backward_is_what_walks_backward():
    files = {Path(file).stem for file, _ in entered(backward)}
    assert "chain_rule" in files
    assert not files & {"compile", "script", "tidy", "row_loss", "progress", "units", "start"}
