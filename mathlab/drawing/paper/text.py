"""Text for a terminal or a file: one line, no control characters, and no wider than there is room.

On the page: `print(f"{step:4}`. Text from outside may hold anything; here it is made safe to print.
A terminal is a grid, so a text is a list of cells, one for each column it takes. Most characters
fill one cell; a wide one fills two, and an accent joins the letter before it.

>>> cells("né 日")
['n', 'é', ' ', '日', '']
"""

import unicodedata
from collections.abc import Sequence

# Dashes, minus, quotation marks, times and middle dot: the nearest there is in ASCII.
LOOKALIKES = str.maketrans("\u2013\u2014\u2212\u2018\u2019\u201c\u201d\u00d7\u00b7", "---''\"\"x*")


def plain(text: str, unicode: bool = True) -> str:
    """The text on one line, without control characters; in ASCII alone if `unicode` is False.

    >>> plain("two\\nlines"), plain("Amélie, $ 8 µ", unicode=False)
    ('two lines', 'Amelie, $ 8 ?')
    """
    if not unicode:
        split = (unicodedata.normalize("NFKD", letter) for letter in text.translate(LOOKALIKES))
        text = "".join(c for letter in split for c in letter if not unicodedata.combining(c))
        text = text.encode("ascii", "replace").decode("ascii")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def cells(text: str, width: int | None = None) -> list[str]:
    """The text as cells of one column each; cut short with dots where it is wider than `width`.

    >>> "".join(cells("a long title", 8))
    'a lon...'
    """
    grid: list[str] = []
    for character in text:
        if unicodedata.combining(character) and grid:
            grid[-1] += character
        elif unicodedata.east_asian_width(character) in "WF":
            grid += [character, ""]
        else:
            grid.append(character)
    if width is None or len(grid) <= width:
        return grid
    kept = grid[: max(0, width - 3)]
    if kept and grid[len(kept)] == "":  # half of a wide character
        kept[-1] = "."
    return (kept + ["."] * 3)[:width]


def short(text: str, width: int) -> str:
    """The text, cut short with dots where it is wider than `width` columns."""
    return "".join(cells(text, width))


def number(value: float, digits: int = 9) -> str:
    """A number in a legend or in words: so many digits of it, but no zeros at the end.

    >>> number(25000.0), number(0.2), number(12345.6, 3)
    ('25,000', '0.2', '12,300')
    """
    return f"{float(f'{value:.{digits}g}'):,.9g}"


def join(grid: Sequence[str]) -> str:
    """The cells of one line as text, without spaces at its end."""
    return "".join(grid).rstrip()
