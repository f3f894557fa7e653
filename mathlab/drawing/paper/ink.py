"""The paper, words and colours of an SVG file: readable on a light page and on a dark one.

On the page: `print(f"{step:4}`. A column of numbers becomes a picture that a browser shows. Text
stays text, so it can be searched, copied and read aloud.

>>> text("cost < price", (10, 20))
'<text class="words" x="10.00" y="20.00" text-anchor="start">cost &lt; price</text>'

Source: Scalable Vector Graphics (SVG) 1.1, Second Edition, W3C (2011).
"""

from collections.abc import Iterable
from html import escape

from mathlab.drawing.paper.canvas import Dot
from mathlab.drawing.paper.text import plain

# Source: Okabe and Ito, Color Universal Design (2008): colours that colour-blind eyes tell apart.
# The darkest first; without black and yellow, which vanish on a dark and on a white page, and with
# the orange and the sky blue darkened: each has 3 to 1 or more against either paper.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#A97C00", "#2F95CF")

# The picture brings its own paper, so that text and paper always change together.
STYLE = """<style>
.mathlab { font: 12px sans-serif; }
.mathlab .paper { fill: #ffffff; }
.mathlab .words { fill: #222222; stroke: #ffffff; }
.mathlab .axis { stroke: #222222; fill: none; }
.mathlab .grid { stroke: #e4e4e4; fill: none; }
.mathlab text { paint-order: stroke; stroke-width: 3px; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) {
.mathlab .paper { fill: #16181c; }
.mathlab .words { fill: #e8e8e8; stroke: #16181c; }
.mathlab .axis { stroke: #e8e8e8; }
.mathlab .grid { stroke: #33373d; }
}
</style>"""

LETTER = 7  # pixels that a letter is taken to be wide; most are narrower
HEAD = 8  # pixels that the head of an arrow is long
LINE = 18  # pixels from one line of text to the next
ROOM = 14  # pixels between things that should not touch


class Picture(str):
    """The text of an SVG file, which a notebook shows as the picture."""

    def _repr_svg_(self) -> str:
        return str(self)


def sheet(width: int, height: int, title: str, words: str, parts: Iterable[str],
          data: str = "") -> Picture:
    """The text of a whole SVG file: its paper, these parts on it, and what a listener hears.

    title, words   a name of the picture, and the picture in words
    data           more attributes of the file, for a script that draws on it
    """
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return Picture("\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size} role="img" class="mathlab"'
        f"{data}>",
        f"<title>{safe(title)}</title>",
        f"<desc>{safe(words)}</desc>",
        STYLE,
        f'<rect class="paper" width="{width}" height="{height}"/>',
        *parts,
        "</svg>"]))


def text(words: str, dot: Dot, anchor: str = "start", look: str = "") -> str:
    """The words at this pixel; they start, end or have their middle there."""
    x, y = dot
    place = f'x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}"'
    return f'<text class="words" {place}{look}>{safe(words)}</text>'


def safe(words: str) -> str:
    """The words without a character that XML does not allow or would read as its own.

    >>> safe("a < b\\0")
    'a &lt; b'
    """
    return escape(plain(words))
