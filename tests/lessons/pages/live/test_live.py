"""What a lesson says of a picture that moves, as JavaScript in a page."""

import json

import pytest

from lessons.pages.live.live import (
    NEEDS,
    Guess,
    Lever,
    Live,
    Moving,
    Number,
    bare,
    page_script,
    script,
    written,
)
from mathlab import symbols
from mathlab.errors import UnknownError

X, T = symbols("x t")
HOSTILE = ["</script><script>alert(1)</script>", "a\"b'c`d", "\u2028\u2029", "${x}", "<!--", "\\"]


def picture(**given):
    parts = {"name": "p", "question": "?", "charts": [], "levers": [Lever(X, 0, 1, 0.1, 0.5)]}
    return Live(**{**parts, **given})


def test_the_script_for_all_kinds_of_pictures_is_small():
    parts = {"page", "engine", *(part for name in ("train", "rule") for part in NEEDS[name])}
    assert sum(len(bare(part).encode()) for part in parts - {"reader"}) <= 25_000
    assert len(bare("reader").encode()) <= 8_500


def test_what_readers_of_the_script_are_told_stays_out_of_the_page():
    for part in ("page", "engine", "reader", "typed", "train"):
        assert "// " not in bare(part)
        assert not any(line != line.strip() for line in bare(part).splitlines())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_place(text):
    texts = {
        "levers": [Lever(X, 0, 1, 0.1, 0.5, text)], "numbers": [Number(text, X, text)],
        "guess": Guess(text, 0, unit=text, choices=(text, text)), "buttons": {text: {"x": 1}},
        "hint": text, "heads": (text,), "marks": [Moving("dots", (X, X), label=text)]}
    code = script(picture(**texts))
    assert "<" not in code.replace("<=", "") and "\u2028" not in code
    assert json.dumps(text).replace("<", "\\u003c") in code


def test_a_lever_reaches_its_start_and_what_a_button_says():
    live = picture(levers=[Lever(X, 0, 1, 0.1, -2)], buttons={"far": {"x": 7.25}})
    assert 'levers: [["x","x",-2,7.25,0.1,-2]]' in script(live)


def test_numbers_of_data_have_four_digits_and_formulas_all():
    live = picture(marks=[Moving("dots", (X, T), {"t": [1 / 3, 123456.7]})],
                   numbers=[Number("", X / 3)])
    assert "rows: [[0.3333],[123500]]" in script(live)
    assert "x/3" in script(live)


def test_a_formula_of_something_else_than_the_levers_is_refused():
    with pytest.raises(UnknownError, match="t is neither a number nor an input"):
        script(picture(numbers=[Number("", X + T)]))


def test_a_page_without_pictures_has_the_keys_alone():
    assert page_script([]).strip() == bare("page")


@pytest.mark.parametrize(("thing", "code"), [
    (2.0, "2"), (0.1, "0.1"), (1e300, "1e+300"), (None, "null"), (True, "true"),
    ({"a": (1, [2.5])}, "{a: [1,[2.5]]}"), ("é", '"\\u00e9"')])
def test_things_are_written_as_javascript(thing, code):
    assert written(thing) == code
