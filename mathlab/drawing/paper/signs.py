"""The signs of a picture in a terminal: so different that things are told apart without colour.

On the page: `print(f"{step:4}`. Characters that stand for numbers become characters to look at. A
few points are a sign each; many are Braille dots, or in ASCII signs that grow darker where they
crowd. Lines are solid, dashed, dotted or both, or in ASCII of different letters. Marks are shapes.

>>> UNICODE.lines, ASCII.lines
(('⠤⠤⠤⠤', '⠤⠄ ⠤', '⠄⠠ ⠄', '⠤⠤⠄⠠ ⠤'), ('oooo', '====', '~~~~', '^^^^'))
"""

from collections.abc import Sequence
from dataclasses import dataclass

IN_TURN = {"walks": "lines", "crowd": "points"}  # which look takes its signs in turn with which


@dataclass(frozen=True)
class Signs:
    """What a picture is made of. Of several things that look alike, each takes the next sign."""

    points: Sequence[str]
    crowd: str  # sample of what the first points look like if they are many
    lines: Sequence[str]  # samples of PATTERNS; in ASCII of the letter that each line is made of
    marks: Sequence[str]
    upright: Sequence[str]  # guides
    level: Sequence[str]
    bars: Sequence[str]
    bands: Sequence[str]
    shades: str  # of a map, from the lowest band to the highest
    heads: str  # of arrows: to the right, up and to the right, up, and so on around
    ends: Sequence[str]  # of a walk: its start and its end
    axes: Sequence[str]  # upright, upright with a tick, corner, level, level with a tick

    def shade(self, band: int, highest: int) -> str:
        """The shade of a band of a map, the lowest of which is 0."""
        return self.shades[round(band / max(1, highest) * (len(self.shades) - 1))]

    def sample(self, look: str, number: int) -> str:
        """What stands in a legend for something of this look, after so many that look like it.

        >>> UNICODE.sample("walks", 0), ASCII.sample("walks", 0), ASCII.sample("level", 1)
        ('○⠤⠤⠤⠤●', 'SooooE', '_')
        """
        if look == "maps":
            return self.shades.strip()
        if look == "words":
            return ""
        if look == "crowd" and number == 0:
            return self.crowd
        samples = getattr(self, IN_TURN.get(look, look))
        sign: str = samples[number % len(samples)]
        return sign.join(self.ends) if look == "walks" else sign


UNICODE = Signs(
    "•+xv", "⠢⡑", ("⠤⠤⠤⠤", "⠤⠄ ⠤", "⠄⠠ ⠄", "⠤⠤⠄⠠ ⠤"), "◆■▲▼", "┊╎", "┄╌",
    ("⣿⣿", "⡇⡇"), ("⢕⢕⢕", "⢌⢌⢌"), " ·░▒▓", "→↗↑↖←↙↓↘", "○●", "│┤└─┬",
)
ASCII = Signs(
    "*+xv", ".:*#", ("oooo", "====", "~~~~", "^^^^"), "X@$&", "|!", "-_",
    ("##", "%%"), (":::", ",,,"), " .:=%", ">/^\\</v\\", "SE", "|++-+",
)
