"""Problems of practice, typeset: a worksheet with room to write, and a key on a page of its own."""

from collections.abc import Sequence
from html import escape
from itertools import islice
from operator import itemgetter
from pathlib import Path

from lessons.pages import book, printed
from lessons.pages.steps import RATE, X, Y, equation, worked
from lessons.practice.problems import mixed, problems
from mathlab import Value, derivative
from mathlab.calculus.text.mathml import row
from mathlab.drawing.paper import album

OURS = "<!DOCTYPE html><!-- a worksheet of the mathlab course -->"
TASK = "Find the slope of each y as a formula. Write down the rule of every step."


def write(path: str, level: int | None, seed: int, count: int) -> int:
    """Write a worksheet into a file, all levels mixed if none is given; return the exit status.

    Raises: OSError, in one line, if it cannot be written, or would overwrite another file.
    """
    file = Path(path)
    if file.is_dir():
        raise IsADirectoryError(f"{path or 'this'} is a folder; name a file in it")
    album.check_file(file, OURS)
    text = sheet(title(level, seed), drawn(level, seed, count))
    print(f"Open this file in a browser, and print it:\n{album.write(text, file, OURS)}")
    return 0


def title(level: int | None, seed: int) -> str:
    """What stands above a worksheet, and is enough to write it again."""
    return f"Derivatives, {'mixed' if level is None else f'level {level}'}, sheet {seed}"


def drawn(level: int | None, seed: int, count: int) -> list[Value]:
    """Problems of one level, or of all: mixed, but the easy ones first."""
    if level is not None:
        return list(islice(problems(level, seed), count))
    return [formula for _, formula in sorted(islice(mixed(seed), count), key=itemgetter(0))]


def sheet(title: str, chosen: Sequence[Value]) -> str:
    """The whole page: problems with room to write; then the answers, and how each is worked out."""
    name = printed.NAME.replace(" hidden", "")
    room = f'<div class="room">{equation(RATE.replace("@", Y))}</div>'
    asked = "\n".join(f"<li>{equation(Y, row(each))}{room}</li>" for each in chosen)
    slope = RATE.replace("@", Y)
    answers = "\n".join(f"<li>{equation(slope, row(derivative(each, X)))}</li>" for each in chosen)
    solved = "\n".join(f"<li>{equation(Y, row(each))}\n{worked(each)}</li>" for each in chosen)
    return book.whole(title, f"""<main id="main" class="sheet">
{name}
<h1>{escape(title)}</h1>
<p>{TASK}</p>
<ol class="asked">
{asked}
</ol>
<section class="key">
<h2>Answers</h2>
<ol class="answers">
{answers}
</ol>
<h2>How they are worked out</h2>
<ol>
{solved}
</ol>
</section>
</main>""").replace(book.OURS, OURS, 1)
