"""Braille dots and characters: how dots, lines and areas become characters on a sheet of cells.

On the page: `print(f"{step:4}`. A number in a column becomes a dot at its place. Every cell is two
spots wide and four spots high, and there is a Braille character for each of the 256 ways to dot
them. So a sheet of 10 by 2 characters shows 20 by 8 dots:

>>> canvas = Canvas(columns=10, rows=2)
>>> zigzag = [(0.0, 0.0), (0.25, 1.0), (0.5, 0.0), (0.75, 1.0), (1.0, 0.0)]
>>> for row in canvas.grid(braille(canvas.trace([zigzag]))):
...     print("".join(row).rstrip())
 ⢀⠎⢆  ⡰⠱⡀
⡰⠁  ⠱⡰⠁ ⠈⢆

What is drawn is a dictionary from cells to characters, so `below | above` lays one over the other.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, cycle, pairwise

Dot = tuple[float, float]  # x and y
Spot = tuple[int, int]  # so many spots from the left and from the top
Cell = tuple[int, int]  # so many characters from the left and from the top
Ink = dict[Cell, str]  # the character in each cell that is not empty

# Patterns of lines: so many spots drawn, so many left out, and so on.
SOLID, DASHED, DOTTED, DASH_DOTTED = PATTERNS = (1, 0), (5, 3), (1, 2), (5, 2, 1, 2)

# The bit of each spot in U+2800 to U+28FF. Source: the Unicode code chart "Braille Patterns".
BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
BRAILLE = "".join(map(chr, range(0x2800, 0x2900)))

# So many dots of data in one cell, or more. Each sign has visibly more ink than the one below it.
CROWD = ((30, "#"), (8, "*"), (2, ":"), (1, "."))


class Canvas:
    """A sheet of so many columns and rows, laid over the square of side 1.

    >>> canvas = Canvas(columns=10, rows=5)
    >>> canvas.cell((0.0, 1.0)), canvas.cell((1.0, 0.0))
    ((0, 0), (9, 4))
    """

    def __init__(self, columns: int, rows: int):
        self.columns = columns
        self.rows = rows

    def spot(self, dot: Dot) -> Spot:
        """The spot nearest to a dot of the square."""
        x, y = dot
        return round(x * (2 * self.columns - 1)), round((1 - y) * (4 * self.rows - 1))

    def angle(self, foot: Dot, tip: Dot) -> float:
        """In which direction it is from foot to tip on the sheet, anticlockwise from the right.

        By the dots themselves: between the spots they are rounded to, a short arrow is turned.
        """
        (x, y), (x_tip, y_tip) = foot, tip
        return math.atan2((y_tip - y) * (4 * self.rows - 1), (x_tip - x) * (2 * self.columns - 1))

    def cell(self, dot: Dot) -> Cell:
        """The cell of the spot nearest to a dot of the square."""
        return _cell(self.spot(dot))

    def spots(self, dots: Iterable[Dot]) -> list[Spot]:
        """The spot of each dot; several dots may share one."""
        return [self.spot(dot) for dot in dots]

    def trace(self, strokes: Iterable[Sequence[Dot]],
              pattern: tuple[int, ...] = SOLID) -> list[Spot]:
        """The spots along the strokes, in order, with the pattern's gaps.

        >>> Canvas(columns=2, rows=1).trace([[(0, 0), (1, 0)]], pattern=DOTTED)
        [(0, 3), (3, 3)]
        """
        spots: list[Spot] = []
        for stroke in strokes:
            for (x, y), (x_end, y_end) in pairwise(self.spots(stroke)):
                steps = max(abs(x_end - x), abs(y_end - y), 1)
                for i in range(steps + 1):
                    spot = x + round((x_end - x) * i / steps), y + round((y_end - y) * i / steps)
                    if not spots or spot != spots[-1]:
                        spots.append(spot)
        is_drawn = cycle(i % 2 == 0 for i, length in enumerate(pattern) for _ in range(length))
        return [*compress(spots, is_drawn)]

    def fill(self, areas: Iterable[Sequence[Dot]]) -> list[Spot]:
        """The spots inside of the areas, row by row from one edge to the next, and on their edges.

        >>> spots = Canvas(columns=2, rows=1).fill([[(0.3, 0), (1, 0), (1, 0.3), (0.3, 0.3)]])
        >>> sorted(set(spots))
        [(1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3)]
        """
        last_column, last_row = 2 * self.columns - 1, 4 * self.rows - 1
        # A hair towards the middle, so that the rows at both ends are inside.
        heights = [0.5 + (0.5 - row / last_row) * (1 - 1e-9) for row in range(last_row + 1)]
        spots: list[Spot] = []
        # What has the same corners on this canvas is drawn once.
        for area in {tuple(self.spots(area)): area for area in areas}.values():
            crossed: defaultdict[int, list[float]] = defaultdict(list)
            for (x, y), (x_end, y_end) in zip(area, [*area[1:], *area[:1]], strict=True):
                top, bottom = (round((1 - h) * last_row) for h in (max(y, y_end), min(y, y_end)))
                for row in range(max(top - 1, 0), min(bottom + 1, last_row) + 1):
                    if (y <= heights[row]) != (y_end <= heights[row]):
                        share = (heights[row] - y) / (y_end - y)
                        crossed[row].append(x + (x_end - x) * share)
            for row, places in crossed.items():
                places.sort()
                for left, right in zip(places[::2], places[1::2], strict=True):
                    between = range(round(left * last_column), round(right * last_column) + 1)
                    spots += [(column, row) for column in between]
            spots += self.trace([[*area, area[0]]])  # all there is of what is thinner than a row
        return spots

    def grid(self, ink: Ink) -> list[list[str]]:
        """The sheet, row by row from the top, one string a cell."""
        columns = range(self.columns)
        return [[ink.get((column, row), " ") for column in columns] for row in range(self.rows)]


def braille(spots: Iterable[Spot], sample: str = BRAILLE[-1]) -> Ink:
    """The spots as dots, two by four to a character: those that the sample has.

    >>> braille([(0, 0), (1, 1), (1, 2), (4, 3)]), braille([(0, 0), (1, 1), (1, 2)], "⡇")
    ({(0, 0): '⠱', (2, 0): '⡀'}, {(0, 0): '⠁'})
    """
    bits: defaultdict[Cell, int] = defaultdict(int)
    kept = BRAILLE.index(sample)
    for x, y in spots:
        if bit := BITS[x % 2][y % 4] & kept:
            bits[_cell((x, y))] |= bit
    return {cell: BRAILLE[pattern] for cell, pattern in bits.items()}


def crowd(spots: Iterable[Spot]) -> Ink:
    """The spots as signs that grow darker with the number of spots in a cell."""
    return {
        cell: next(sign for least, sign in CROWD if count >= least)
        for cell, count in Counter(map(_cell, spots)).items()}


def stamp(spots: Iterable[Spot], sign: str) -> Ink:
    """One and the same sign in the cell of every spot."""
    return dict.fromkeys(map(_cell, spots), sign)


def written(words: Sequence[str], column: int, row: int) -> Ink:
    """The words, a cell each, from this cell on to the right."""
    return {(column + i, row): cell for i, cell in enumerate(words)}


def _cell(spot: Spot) -> Cell:
    x, y = spot
    return x // 2, y // 4
