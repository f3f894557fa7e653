"""Random commands end with a word: no traceback, a status of 0, 1 or 2, one line of an error.

`python -m tests.fuzz command --count 10000` tries as many as that, in half an hour.
"""

import os

import pytest

from tests.fuzz import uses
from tests.fuzz.commands import fault
from tests.thinned import thinned


@pytest.mark.parametrize("hundred", thinned(range(0, 100, 40), 1))
def test_random_commands_end_with_a_word(hundred, tmp_path):
    faults = {seed: found for seed in range(100 * hundred, 100 * hundred + 100)
              if (found := uses.tried("command", seed, tmp_path)[1])}
    assert not faults


@pytest.mark.parametrize(
    ("status", "out", "err", "wrong"),
    [(0, "y = 2", "", ""), (0, "", "", "nothing"), (3, "y", "", "status 3"),
     (1, "", "error: no\n", ""), (1, "", "error: no\nreally\n", "2 lines"), (2, "", "", "0 lines"),
     (2, "", "usage: ...\nmathlab: error: no\n", "2 lines"), (None, "y", "", "status None"),
     (1, "", "error: " + "x" * 2000, "without end")])
def test_what_a_fault_is(status, out, err, wrong):
    found = fault([], status, out, err)
    assert found == wrong or (wrong and wrong in found)


def test_what_a_command_writes_is_in_its_folder(tmp_path):
    before = os.listdir()
    uses.command(["lessons", "--to", "answers"], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"answers", "state"}
    assert os.listdir() == before
