"""What once had a fault has none now; random inputs of every kind have none; and a fault is seen.

A file of the corpus holds an input: its first line is the kind, and for an exercise its name, for a
command its words; the rest is the input as it was, of a command the file data.csv.
"""

import json
from pathlib import Path

import pytest

from lessons import course
from mathlab.errors import FormulaError
from tests.fuzz import uses

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_once_had_a_fault(path, tmp_path):
    first, _, data = path.read_bytes().partition(b"\n")
    kind, _, more = first.decode().partition(" ")
    if kind == "command":
        file = tmp_path / "data.csv"
        file.write_bytes(data)
        made = [str(file) if word == file.name else word for word in json.loads(more)]
    else:
        made = {"formula": data.decode("utf-8", "surrogateescape"),
                "exercise": (more, data.decode("utf-8", "replace"))}.get(kind, data)
    _, use = uses.KINDS[kind]
    assert uses.fault(lambda: use(made, tmp_path)) == ""


@pytest.mark.parametrize(("kind", "count"), [("formula", 300), ("table", 200), ("saved", 300)])
def test_random_inputs(kind, count, tmp_path):
    found = {seed: fault for seed in range(count) if (fault := uses.tried(kind, seed, tmp_path)[1])}
    assert not found


def test_random_exercises(tmp_path):
    uses.warm()
    assert not [fault for seed in range(60) if (fault := uses.tried("exercise", seed, tmp_path)[1])]


def test_the_same_seed_is_the_same_input(tmp_path):
    for kind in uses.KINDS:
        one, two = (uses.tried(kind, 7, tmp_path)[0] for _ in range(2))
        assert one == two


def endless():
    while True:
        pass


def refuse():
    raise FormulaError("no")


def decode():
    json.loads("{")


@pytest.mark.parametrize(("work", "words"), [
    (endless, "TooLong"), (lambda: bytearray(1 << 30), "MemoryError"),
    (decode, "JSONDecodeError"), (refuse, "FormulaError is not caught"), (lambda: 1, "")])
def test_what_a_fault_is(work, words):
    found = uses.fault(work)
    assert found.startswith(words) and bool(found) == bool(words)


def test_every_exercise_asks_for_names():
    assert all(uses.names_of(name) for name in course.LESSONS.values())
