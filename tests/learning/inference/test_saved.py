"""Models in files: there and back, and what is refused."""

import json
import os
from pathlib import Path

import pytest

from mathlab.errors import DataError
from mathlab.learning.data.table import Table
from mathlab.learning.descent.train import Trainer
from mathlab.learning.inference import saved as chapter
from mathlab.learning.inference.saved import check_target, load, save
from mathlab.learning.inference.uncertainty import Uncertainty

TABLE = Table({"x": [1.0, 2.0, 4.0], "y": [1.1, 2.3, 3.8]})
GOOD = {"format": "mathlab model", "version": 1, "model": "y = a*x + b", "loss": "squared",
        "parameters": {"a": 2.0, "b": 1}, "features": ["x"]}

ESTIMATES = {"names": ["a", "b"], "covariance": [[0.25, 0.0], [0.0, 1.0]], "spread": 0.5,
             "freedom": 3}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.json"


@pytest.mark.parametrize(("text", "loss", "start"),
                         [("y = a*x + b", "squared", {}), ("log(y) = a*x**2 + b", "huber", {}),
                          ("y = a*exp(b*x)", "squared", {"a": 1.0})])
def test_there_and_back(path, text, loss, start):
    trainer = Trainer(text, loss).fit(TABLE, start)
    save(trainer, path)
    again = load(path)
    assert (str(again.model), again.loss, again.parameters) == (text, loss, trainer.parameters)
    assert again.predict({"x": [3.0]}) == trainer.predict({"x": [3.0]})  # to the last digit
    assert [file.name for file in path.parent.iterdir()] == ["model.json"]


def test_a_person_can_read_it(path):
    save(Trainer("y = a*x").fit(Table({"x": [1, 2], "y": [3, 6]})), path)
    assert json.loads(path.read_text(encoding="utf-8"))["parameters"] == {"a": 3.0}
    assert '\n  "model": "y = a*x",\n' in path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").endswith("}\n")


def test_a_model_is_replaced_and_any_other_file_is_left_alone(path):
    save(Trainer("y = a*x").fit(TABLE), path)
    save(Trainer("y = a*x + b").fit(TABLE), path)
    assert str(load(path).model) == "y = a*x + b"
    for other in ("precious notes", "{}", ""):
        path.write_text(other, encoding="utf-8")
        with pytest.raises(DataError, match=r"model.json is not a saved model"):
            save(Trainer("y = a*x").fit(TABLE), path)
        assert path.read_text(encoding="utf-8") == other


def test_a_link_is_written_through(path, tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(path)
    save(Trainer("y = a*x").fit(TABLE), link)
    assert link.is_symlink() and load(path).parameters == load(link).parameters


def test_a_file_that_cannot_be_finished_leaves_no_trace(path, monkeypatch):
    save(Trainer("y = a*x").fit(TABLE), path)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DataError, match="cannot be written: No space left"):
        save(Trainer("y = a*x + b").fit(TABLE), path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["model.json"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"format": NaN}', "not JSON"),
        ("9" * 6000, "not JSON"),
        ("[]", "its format is not 'mathlab model'"),
        ({"format": "other"}, "its format is not"),
        (GOOD | {"version": 3}, "has version 3; this mathlab reads 1 and 2"),
        (GOOD | {"version": None}, "has version None"),
        (GOOD | {"model": 3}, "damaged: it has no model"),
        (GOOD | {"model": "y = __import__('os')"}, "damaged: cannot read"),
        (GOOD | {"model": "y"}, "damaged: 'y' is not a model"),
        (GOOD | {"loss": "cubed"}, "damaged: there is no loss 'cubed'"),
        (GOOD | {"loss": ["squared"]}, "damaged: there is no loss"),
        (GOOD | {"parameters": [1]}, "damaged: it has no model, or no parameters"),
        (GOOD | {"parameters": {"a": "2"}}, "damaged: a is '2', not a finite number"),
        (GOOD | {"parameters": {"a": True}}, "damaged: a is True, not a finite number"),
        (GOOD | {"parameters": {"a": 10**400}}, "damaged: a is 10"),
        (GOOD | {"parameters": {"c": 2.0}}, "damaged: there is no 'c' in 'y = a"),
        (GOOD | {"features": "x"}, "damaged: it has no features"),
        (GOOD | {"features": [["x"]]}, "damaged: it has no features"),
        (GOOD | {"features": []}, "damaged: its parameters and features are not those of"),
        (GOOD | {"parameters": {}}, "damaged: its parameters and features are not those of"),
        (GOOD | {"parameters": {"a": 1.0, "x": 2.0}}, "damaged: its parameters and features are"),
        (GOOD | {"parameters": {"a": 1.0, "b": 1.0, "x": 2.0}}, "damaged: its parameters and feat"),
        (GOOD | {"rows": "3"}, "damaged: its rows are not a number"),
        (GOOD | {"weights": 3}, "damaged: its rows are not a number, or its weights not a name"),
        (GOOD | {"estimates": 3}, "damaged: its estimates have no names"),
        *((GOOD | {"estimates": ESTIMATES | change}, f"damaged: {message}") for change, message in (
            ({"names": ["a", 3]}, "its estimates have no names"),
            ({"names": ["a", "a"]}, "its estimates are not those of its parameters"),
            ({"names": ["a", "x"]}, "its estimates are not those of its parameters"),
            ({"covariance": None}, "its estimates have no names, or no covariance"),
            ({"covariance": [[1.0, 0.0]]}, "its covariance is not a matrix"),
            ({"covariance": [[1.0, 0.0], [0.0, -1.0]]}, "its covariance is not a matrix"),
            ({"covariance": [[1.0, 0.0], [0.0, "2"]]}, "its covariance is not a matrix"),
            ({"spread": -1.0}, "its spread is not a number from 0"),
            ({"spread": None}, "its spread is not a number from 0"),
            ({"freedom": 0}, "its freedom is not a number from 1"),
            ({"freedom": "many"}, "its freedom is not a number from 1"))),
    ])
def test_what_is_refused_and_why(path, content, message):
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message) as refusal:
        load(path)
    assert "\n" not in str(refusal.value)


def test_files_that_are_none(path, tmp_path, monkeypatch):
    with pytest.raises(DataError, match=r"model\.json cannot be read: No such file"):
        load(path)
    with pytest.raises(DataError, match="cannot be read"):
        load(tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="not a saved model, or it is damaged"):
        load(path)
    monkeypatch.setattr(chapter, "LONGEST_FILE", 2)
    with pytest.raises(DataError, match="too large"):
        load(path)


def test_others_may_read_it_as_any_file(path, tmp_path):
    save(Trainer("y = a*x").fit(TABLE), path)
    (tmp_path / "other").write_text("", encoding="utf-8")
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode
    assert sorted(file.name for file in tmp_path.iterdir()) == ["model.json", "other"]


def test_what_cannot_be_saved(path, tmp_path):
    with pytest.raises(DataError, match="nothing has been trained yet"):
        save(Trainer("y = a*x"), path)
    trainer = Trainer("y = a*x").fit(TABLE)
    with pytest.raises(DataError, match="cannot be written: there is no folder"):
        save(trainer, tmp_path / "nowhere" / "model.json")
    trainer = Trainer("y = a*x", lambda actual, predicted: (actual - predicted) ** 4).fit(TABLE)
    with pytest.raises(DataError, match=r"no name to be saved by: train with Loss\(function, 'a"):
        save(trainer, path)


@pytest.mark.parametrize("known_spread", [False, True])
def test_intervals_from_a_file_are_those_of_the_fit(path, known_spread):
    table = TABLE.with_column("w", [1.0, 4.0, 2.0])
    trainer = Trainer("y = a*x + b", weights="w").fit(table)
    save(trainer, path, known_spread)
    sure, again = Uncertainty(trainer, known_spread), load(path)
    assert (again.rows, again.weights) == (3, "w")
    assert again.estimates.covariance == sure.covariance
    for single in (False, True):
        assert again.estimates.prediction({"x": 9.0}, 0.9, single) == sure.prediction(
            {"x": 9.0}, 0.9, single)
    assert again.estimates.interval("a") == pytest.approx(sure.interval("a"))
    assert again.estimates.derived("a/b")[:4] == pytest.approx(sure.derived("a/b")[:4])


def test_a_probability_from_a_file_has_bounds_too(path):
    table = Table({"x": [1.0, 2.0, 3.0, 4.0, 5.0], "y": [0.0, 1.0, 0.0, 1.0, 1.0]})
    trainer = Trainer("y = 1/(1 + exp(-(a*x + b)))", "log").fit(table)
    save(trainer, path)
    assert load(path).estimates.prediction({"x": 3.0}, single=False) == Uncertainty(
        trainer).prediction({"x": 3.0}, single=False)


def test_a_file_of_the_first_version_predicts_without_intervals(path):
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    saved = load(path)
    assert saved.predict({"x": [3.0]}) == [7.0] and saved.estimates is None


def test_a_fit_without_error_bars_is_saved_all_the_same(path):
    save(Trainer("y = a*x + b", ridge=0.5).fit(TABLE), path)
    assert load(path).estimates is None


@pytest.mark.parametrize(("options", "held"), [
    ({"fixed": {"b": 0.75}}, {"b": 0.75}), ({"bounds": {"b": (2, 3)}}, {"b": 2.0})])
def test_what_was_held_is_a_parameter_of_the_file(path, options, held):
    trainer = Trainer("y = a*x + b", **options).fit(TABLE)
    save(trainer, path)
    again = load(path)
    assert again.parameters == {"a": trainer.parameters["a"], **held}
    assert again.predict({"x": [3.0]}) == pytest.approx(trainer.predict({"x": [3.0]}), rel=1e-15)
    assert again.estimates.errors == Uncertainty(trainer).errors and [*again.estimates.errors] == [
        "a"]


def test_numbers_are_floats_and_names_have_one_form(path):
    names = {"model": "y = \u00b5*gr\u00f6\u00dfe + b", "parameters": {"\u00b5": 2, "b": 1},
             "features": ["gro\u0308\u00dfe"],
             "estimates": ESTIMATES | {"names": ["\u00b5", "b"], "freedom": 3}}
    path.write_text(json.dumps(GOOD | names), encoding="utf-8")
    again = load(str(path))
    assert again.parameters == {"\u03bc": 2.0, "b": 1.0}
    assert {type(number) for number in again.parameters.values()} == {float}
    assert again.estimates.errors == {"\u03bc": 0.5, "b": 1.0} and again.rows is None
    assert again.estimates.interval("b").high == pytest.approx(1 + 3.182446)  # t, 3 freedom
    check_target(str(path))


def test_the_file_is_complete_before_it_takes_its_place(path, monkeypatch):
    replace = os.replace

    def watched(part, target):
        assert json.loads(Path(part).read_text(encoding="utf-8"))["rows"] == 3
        replace(part, target)

    monkeypatch.setattr(os, "replace", watched)
    save(Trainer("y = a*x").fit(TABLE), path)
    assert load(path).rows == 3


@pytest.mark.parametrize(("error", "told"), [
    (OSError(28, "No space left on device"), "No space left on device"),
    (OSError("the disk is gone"), "the disk is gone")])
def test_what_the_system_says_is_passed_on(path, error, told, monkeypatch):
    def gone(part, _):
        Path(part).unlink()
        raise error

    def fails(*_, **__):
        raise error

    monkeypatch.setattr(os, "replace", gone)
    with pytest.raises(DataError, match=rf"model\.json cannot be written: {told}$"):
        save(Trainer("y = a*x").fit(TABLE), path)
    monkeypatch.setattr(Path, "open", fails)
    with pytest.raises(DataError, match=rf"model\.json cannot be read: {told}$"):
        load(path)


def test_a_folder_of_others_is_not_written_in(path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda folder, way: way != os.W_OK)
    with pytest.raises(DataError, match=r"model\.json cannot be written: .* is not yours to write"):
        save(Trainer("y = a*x").fit(TABLE), path)
    assert not path.exists()
