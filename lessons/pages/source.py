"""Python source as a page shows it: what a function says, and, as HTML, in colours."""

import ast
import inspect
import io
import keyword
import textwrap
import token
import tokenize
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any


def listing(function: Callable[..., Any], start: str = "", width: int = 79) -> str:
    """What stands in a function's file, without its docstring, from the line that begins with
    `start` on.

    A line that is too long is broken, and its comment goes above it.

    >>> print(listing(_look, "if kind == tokenize"))
    if kind == tokenize.COMMENT:
        return "c"
    return "s" if kind == token.STRING or "STRING" in token.tok_name[kind] else ""
    """
    text = textwrap.dedent(inspect.getsource(function))
    body = ast.parse(text).body[0].body  # type: ignore[attr-defined]
    lines = text.splitlines()
    if isinstance(body[0], ast.Expr):
        del lines[body[0].lineno - 1 : body[0].end_lineno]
    first = next(i for i, line in enumerate(lines) if line.lstrip().startswith(start))
    fitted = list[str]()
    for line in textwrap.dedent("\n".join(lines[first:])).splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        code, sign, comment = line.partition("  # ")
        if sign and len(line) > width:
            fitted += _broken(f"{indent}# {comment}", f"{indent}# ", width)
            line = code
        fitted += _broken(line, f"{indent}        ", width)
    return "\n".join(fitted)


def excerpt(file: Path, pieces: Mapping[str, int]) -> str:
    """The pieces of a file that begin with these words, each so many lines long.

    Raises: ValueError unless exactly one line of the file begins so.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    found = []
    for begins, count in pieces.items():
        places = [i for i, line in enumerate(lines) if line.lstrip().startswith(begins)]
        if len(places) != 1:
            raise ValueError(f"{len(places)} lines of {file} begin with {begins!r}")
        found.append(textwrap.dedent("\n".join(lines[places[0] : places[0] + count])))
    return "\n".join(found)


def _broken(line: str, indent: str, width: int) -> list[str]:
    """A line in pieces that are not too long, all but the first with an indent."""
    return textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [""]


def coloured(text: str) -> str:
    """The source as HTML for a `<pre>`: keywords, texts and comments in a `<span>` each.

    >>> coloured("return x < 1  # why")
    '<span class="k">return</span> x &lt; 1  <span class="c"># why</span>'
    """
    lines = list(io.StringIO(text))  # as tokenize counts them
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parts, done = [], 0
    for kind, word, start, end, _ in tokenize.generate_tokens(io.StringIO(text).readline):
        look = _look(kind, word)
        if look:
            first, last = (starts[row - 1] + column for row, column in (start, end))
            parts.append(escape(text[done:first]))
            parts.append(f'<span class="{look}">{escape(text[first:last])}</span>')
            done = last
    return "".join([*parts, escape(text[done:])])


def _look(kind: int, word: str) -> str:
    """The class of a token; from Python 3.12 on a text with formulas in it has several tokens."""
    if kind == token.NAME and keyword.iskeyword(word):
        return "k"
    if kind == tokenize.COMMENT:
        return "c"
    return "s" if kind == token.STRING or "STRING" in token.tok_name[kind] else ""
