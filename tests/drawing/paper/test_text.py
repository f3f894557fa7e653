import pytest

from mathlab.drawing.paper.text import cells, join, plain


@pytest.mark.parametrize(
    ("text", "unicode", "expected"),
    [
        ("two\nlines\tand  more ", True, "two lines and more"),
        ("\x1b[31mred\x1b[0m\x00", True, "[31mred [0m"),
        ("a lone \ud800 surrogate", True, "a lone surrogate"),
        ("caf\u00e9 \u2013 \u03c1", True, "caf\u00e9 \u2013 \u03c1"),
        ("caf\u00e9 \u2013 \u03c1", False, "cafe - ?"),
        ("\u201c2 \u00d7 3\u201d\u2026", False, '"2 x 3"...'),
        ("", False, ""),
    ],
)
def test_plain_text_is_one_printable_line(text, unicode, expected):
    assert plain(text, unicode) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abc", None, ["a", "b", "c"]),
        ("abc", 3, ["a", "b", "c"]),
        ("abcd", 3, [".", ".", "."]),
        ("abcd", 2, [".", "."]),
        ("abcde", 4, ["a", ".", ".", "."]),
        ("\u65e5\u672c", None, ["\u65e5", "", "\u672c", ""]),
        ("\u65e5\u672c\u65e5", 5, ["\u65e5", "", ".", ".", "."]),
        ("\u65e5\u672c\u65e5", 4, [".", ".", ".", "."]),  # half a character is none
        ("e\u0301a", None, ["e\u0301", "a"]),
    ],
)
def test_cells_are_as_wide_as_the_text_looks(text, width, expected):
    assert cells(text, width) == expected


def test_lines_end_where_their_text_ends():
    assert join(["a", " ", "b", " ", " "]) == "a b"
