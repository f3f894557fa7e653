"""Signs: what the legend shows is what is drawn."""

import pytest

from mathlab.drawing.paper.canvas import PATTERNS
from mathlab.drawing.paper.signs import ASCII, UNICODE

LONG = 60  # spots, more than any pattern takes to come round


def ups_and_downs(line):
    """Of a line in Braille, whether there is a dot in each column of spots."""
    bits = [ord(sign) - 0x2800 if sign != " " else 0 for sign in line]
    return [bool(each & half) for each in bits for half in (0b01000111, 0b10111000)]


def drawn(pattern):
    """The same, of a pattern: how many are drawn, how many left out, and so on."""
    once = [i % 2 == 0 for i, length in enumerate(pattern) for _ in range(length)]
    return (once * LONG)[:LONG]


@pytest.mark.parametrize(
    ("sample", "pattern"), list(zip(UNICODE.lines, PATTERNS, strict=True))
)
def test_a_sample_is_a_piece_of_its_line_and_of_no_other(sample, pattern):
    piece = ups_and_downs(sample)

    def shows(other):
        line = drawn(other)
        return any(line[i : i + len(piece)] == piece for i in range(LONG - len(piece)))

    assert [other for other in PATTERNS if shows(other)] == [pattern]


def test_each_kind_of_letters_has_as_many_lines_as_the_other():
    assert len(set(ASCII.lines)) == len(ASCII.lines) == len(UNICODE.lines)
    assert all(len(set(sample)) == 1 for sample in ASCII.lines)
