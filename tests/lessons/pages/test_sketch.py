"""A sketch: what may be typed, what it comes to, and how it is taken at a keyboard."""

import pytest

from lessons.pages.sketch import NEAR, TOP, Sketch
from tests.keyboard import Keyboard
from tests.lessons.pages.test_terminal import ALL_AT_ONCE, kept, page  # noqa: F401
from tests.lessons.record import told

BOWL = Sketch("A bowl", "01234", [4.0, 1.0, 0.0, 1.0, 4.0], "x", "height")


@pytest.mark.parametrize("text", ["92029", "9 2 0 2 9", "9,2,0,2,9", " 92 029 "])
def test_a_digit_for_each_place_with_or_without_gaps(text):
    assert BOWL.read(text) == BOWL.digits() == "92029"


@pytest.mark.parametrize("text", ["", "9202", "920299", "9202a", "9.202", "-9202", "٩٢٠٢٩",
                                  "²2029"])
def test_what_is_no_sketch(text):
    with pytest.raises(ValueError, match=r"^Write 5 digits, one for each x$"):
        BOWL.read(text)


def test_the_lowest_is_drawn_as_0_and_the_highest_as_9_in_any_units():
    for scale, shift in ((1, 0), (1e-12, 5e-12), (1e9, -3e9), (-1, 0)):
        heights = [scale * height + shift for height in BOWL.truth]
        drawn = BOWL._replace(truth=heights).digits()
        assert drawn == ("92029" if scale > 0 else "07970")
    assert BOWL._replace(truth=[3.0] * 5).digits() == "00000"


@pytest.mark.parametrize(("drawn", "right", "words"), [
    ("92029", True, "right at every place"),
    ("91019", True, "off by 0.4 of 9 on average, and most at x = 1, where you drew 1 and it is 2"),
    ("97579", False, "off by 3 of 9 on average, and most at x = 1, where you drew 7 and it is 2"),
    ("29092", False, "off by 5.6 of 9"),
    ("97531", False, "most at x = 4, where you drew 1 and it is 9: another shape."),
])
def test_what_a_sketch_comes_to(drawn, right, words):
    off = sum(abs(int(a) - int(b)) for a, b in zip(drawn, "92029", strict=True)) / 5
    assert BOWL.right(drawn) is right is (off <= NEAR)
    assert words in BOWL.said(drawn)


def test_a_wrong_shape_is_wrong_in_every_lesson():
    """A level line, a straight fall and a straight rise are not what these curves do."""
    sketches = [call for number in (6, 14) for call in told(number).calls if call[0] == "sketch"]
    assert len(sketches) == 2
    for _, (_, sketch), _ in sketches:
        last = len(sketch.places) - 1
        fall = "".join(str(round(TOP * (last - i) / last)) for i in range(last + 1))
        assert sketch.right(sketch.digits())
        assert not any(map(sketch.right, (fall, fall[::-1], "5" * (last + 1))))
        assert sketch.digits()[0] > min(sketch.digits())


def test_at_a_keyboard_each_digit_stands_below_its_place():
    with Keyboard("-m", "lessons", "6", columns=40, **ALL_AT_ONCE) as reader:
        reader.sees("factor 0123456\n       ")
        reader.types("98\n")
        reader.sees("Write 7 digits, one for each factor.")
        reader.sees("factor 0123456\n       ")
        reader.types("7310149\n")
        reader.sees("Your sketch is")
        reader.sees("it is")
        reader.types("\n")
        assert reader.leaves() == 0
    assert kept()["l06_cost_curve.sketch"]["right"] is True


def test_a_sketch_is_asked_for_once_and_shown_again(page, capsys):  # noqa: F811
    page.keys = ["92929"]
    page.sketch("How high?", BOWL)
    first, page.held = page.held, []
    assert "most at x = 2, where you drew 9 and it is 0" in " ".join(first[0].split())
    assert "A bowl" in first[1] and kept()["l99_made_up.sketch"]["guess"] == "92929"
    page.sketch("How high?", BOWL)
    assert page.held == ["How high?\n", *first]


def test_who_does_not_sketch_reads_on(page, capsys):  # noqa: F811
    page.keys = [""]
    page.sketch("How high?", BOWL)
    assert (page.held, page.guessed) == ([], False)
    page.waits = False
    page.sketch("How high?", BOWL)
    assert page.held == [] and "How high?" not in capsys.readouterr().out
