"""The terminal: how wide it is, and whether it can show Braille dots, box lines and colours.

On the page: `print(f"{step:4}`. Any terminal can show that; a picture has to ask first.
"""

import os
import shutil
import sys
from typing import TextIO

from mathlab.drawing.paper.signs import UNICODE

NARROWEST, WIDEST = 40, 100  # columns of a picture; the widest only where the terminal is asked


def columns(width: int | None, pictures: int = 1) -> int:
    """The width that was asked for, at least 40; or else the terminal's, up to 100 a picture."""
    if width is None:
        width = min(WIDEST * max(1, pictures), shutil.get_terminal_size().columns)
    return max(NARROWEST, width)


def supports_unicode(stream: TextIO | None) -> bool:
    """Whether a stream, such as sys.stdout, can take every character that a picture may use.

    >>> supports_unicode(None)
    False
    """
    characters = "".join("".join(signs) for signs in vars(UNICODE).values())  # Braille among them
    try:
        characters.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def shows_unicode(asked: bool | None) -> bool:
    """What was asked for, or else whether standard output can show it."""
    return supports_unicode(sys.stdout) if asked is None else asked


def supports_colour(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal whose user has nothing against colour: see no-color.org.

    >>> supports_colour(None)
    False
    """
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return bool(getattr(stream, "isatty", bool)()) and not refused
