"""Each promise has a command that exists; the measures hold; and what is broken is called so."""

import re
from pathlib import Path

import pytest

from mathlab.calculus.graph import operations
from tests.fuzz.uses import KINDS
from tests.mutation.__main__ import PLACES, home
from tests.promises import __main__ as page
from tests.promises import measures
from tests.promises.measures import MEASURES, ROOT
from tests.promises.table import PROMISES, Promise

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.proof)
def test_the_command_of_a_promise_exists(promise):
    module, *words = promise.proof.split()
    if module == "pytest":
        for file in (word for word in words if word.startswith("tests/")):
            assert (ROOT / file).is_file(), file
        if "-k" in words:
            assert words[-1] in (ROOT / words[0]).read_text(encoding="utf-8")
    elif module == "tests.promises.measures":
        assert words[0] in MEASURES
    else:
        assert Path(ROOT, *module.split("."), "__main__.py").is_file()
        known = PLACES if module == "tests.mutation" else KINDS
        assert not words or words[0] in known or words[0].startswith("--") or home(words[0])


def test_each_measure_is_of_a_promise():
    assert {promise.proof.split()[-1] for promise in PROMISES} >= MEASURES.keys()


@pytest.mark.parametrize("name", MEASURES)
def test_the_measures_hold(name, monkeypatch):
    monkeypatch.setattr(measures, "LINKS", 20_000)
    monkeypatch.setattr(measures, "BARS", 150)
    holds, said = MEASURES[name]()
    assert holds and re.search(r"\d", said)


@pytest.mark.parametrize("door", measures.DOORS)
def test_what_is_no_program_comes_in_by_every_door(door, tmp_path, monkeypatch):
    monkeypatch.setattr(operations, "ROWS", {})  # one of them defines a row
    door("x", tmp_path)


def test_a_text_that_is_run_is_seen(monkeypatch):
    monkeypatch.setattr(measures, "DOORS", [lambda text, folder: eval(text)])
    monkeypatch.setattr(measures, "CANARIES", ["canary()", "[canary() for x in [1]]"])
    assert measures.programs()[0] is False and measures.programs()[1].startswith("2 of 2")


@pytest.mark.parametrize(("proof", "holds", "said"), [
    ("tests.promises.measures programs", True, "0 of "),
    ("tests.promises.measures nothing", False, "KeyError: 'nothing'")])
def test_what_is_proved(proof, holds, said):
    found = page.proved(Promise("", proof))
    assert found[0] == holds and found[1].startswith(said)


def test_the_page(monkeypatch, capsys):
    monkeypatch.setattr(page, "proved", lambda promise: (promise is not PROMISES[0], "7 of 9"))
    assert page.main([]) == 1
    printed = capsys.readouterr().out
    assert printed.count("BROKEN: 7 of 9") == 1
    assert printed.count("not run") == sum(promise.is_long for promise in PROMISES)
    monkeypatch.setattr(page, "proved", lambda promise: (True, "7 of 9"))
    assert page.main(["--all"]) == 0
    printed = capsys.readouterr().out
    assert printed.count("7 of 9") == len(PROMISES) and "BROKEN" not in printed


@pytest.mark.parametrize(("printed", "figure"), [
    ("....\n29 passed in 3.21s\n", "29 tests passed"),
    ("== 1 failed, 2 passed in 60.00s (0:01:00) ==\n", "1 failed, 2 tests passed"),
    ("", "nothing was printed")])
def test_the_figure_of_a_promise(printed, figure):
    assert page.figure(printed) == figure


def test_the_readme_names_every_promise():
    for promise in PROMISES:
        if not promise.sentence.startswith("The same"):
            assert f"- {promise.sentence}\n" in README
