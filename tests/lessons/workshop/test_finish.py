"""The end of the workshop: all engines find the same slopes, and the race is run by all."""

import pytest

import mathlab
from lessons.grading.answer import Answer, Wrong
from lessons.workshop import closures, finish, whole


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(whole.after(10), encoding="utf-8")
    return Answer(path)


def test_the_other_design_finds_the_same_slopes():
    for seed in range(40):
        numbers = [0.75, 1.25, 1.5]
        _, right = finish.slopes_by(vars(mathlab), numbers, seed)
        _, found = finish.slopes_by(vars(closures), numbers, seed)
        assert found == pytest.approx(right, rel=1e-11, abs=1e-13)


def test_a_formula_as_text_is_the_formula():
    for seed in range(8):
        numbers = {"a": 0.75, "b": 1.25, "c": 1.5}
        text, right = finish.slopes_by(vars(mathlab), [*numbers.values()], seed)
        formula = mathlab.parse(text)
        for name, slope in zip(numbers, right, strict=True):
            found = mathlab.derivative(formula, mathlab.symbols(name)[0]).at(**numbers)
            assert found == pytest.approx(slope, rel=1e-9, abs=1e-12)


def test_it_agrees_to_fifteen_digits(mine):
    compared, worst = finish.agreement(mine.names)
    assert compared == 3 * finish.FORMULAS
    assert worst < 5e-15


@pytest.mark.parametrize(("old", "new"), [
    ("lambda x, y: 1 / x", "lambda x, y: 1 / x + 1e-13"),
    ("math.exp(x)", "math.exp(x) * (1 + 1e-13)"),
    ("1 / v,", "1 / v * (1 - 1e-13),"),
])
def test_a_difference_in_the_thirteenth_digit_is_noticed(tmp_path, old, new):
    path = tmp_path / "mine.py"
    assert old in whole.after(10)
    path.write_text(whole.after(10).replace(old, new), encoding="utf-8")
    with pytest.raises(Wrong, match="on this formula your engine and mathlab differ"):
        finish.agreement(Answer(path).names)


def test_all_take_part_in_the_race(mine):
    ratios = finish.race(finish.of_all(mine.names))
    assert list(ratios) == ["yours", "mathlab", "micrograd's design"]
    assert all(ratio > 0 for ratio in ratios.values())
    assert ratios["yours"] == 1


def test_the_network_learns_by_each_engine(mine, monkeypatch):
    monkeypatch.setattr(finish, "STEPS", 10)
    walks = [finish.walk(engine) for name, engine in finish.of_all(mine.names).items()
             if not name.startswith("micrograd")]
    assert walks[0] == pytest.approx(walks[1], rel=1e-12)
    assert walks[0][-1] < walks[0][0]


def test_closures_pile_up_as_micrograds_do():
    a = closures.Value(3.0)
    b = a + a
    c = b * b
    found = []
    for _ in range(3):
        c.backward()
        found.append(a.grad)
    assert found == [24.0, 72.0, 144.0]
