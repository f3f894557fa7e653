"""The whole course as a book for the browser: a page of contents, and a page for each lesson."""

from html import escape
from pathlib import Path

from lessons import course
from lessons.pages.html import HtmlPage
from lessons.pages.page import SEED
from mathlab.drawing.paper import album
from mathlab.learning.descent.progress import progress

OURS = "<!DOCTYPE html><!-- a page of the mathlab course -->"
TITLE = "mathlab: how a model learns"
STYLE = """
:root { color-scheme: light dark; --ink: #222222; --paper: #ffffff; --faint: #f2f4f7;
  --line: #d5d9e0; --accent: #0b5cad; --text: #8a4b00; --comment: #5f6772; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181c; --faint: #20242a;
  --line: #3a4048; --accent: #7ab8ff; --text: #f0b870; --comment: #9aa3ad; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 44rem; color: var(--ink);
  background: var(--paper); font: 1.05rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2 { line-height: 1.25; } h1 { font-size: 1.7rem; } h2 { font-size: 1.3rem; }
h1 small { display: block; font-size: 1rem; font-weight: normal; color: var(--comment); }
a { color: var(--accent); } nav { display: flex; justify-content: space-between; gap: 1rem; }
pre { overflow-x: auto; padding: .6rem .8rem; background: var(--faint); border-radius: .4rem;
  font: .85rem/1.45 ui-monospace, monospace; }
pre.formula { border-left: .25rem solid var(--accent); white-space: pre-wrap; }
code { font: .9em ui-monospace, monospace; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .95rem; }
th, td { padding: .2rem .7rem; text-align: left; border-bottom: 1px solid var(--line); }
.number { text-align: right; white-space: nowrap; } .wide { overflow-x: auto; }
figure { margin: 1.2rem 0; } figure > svg { display: block; width: 100%; max-width: 38rem;
  height: auto; margin: 0 auto; } figure.wide > svg { width: auto; max-width: none; }
figcaption { text-align: center; font-size: .95rem; }
.side { display: flex; flex-wrap: wrap; gap: 0 1rem; } .side > figure { flex: 1 1 17rem;
  margin: .6rem 0; }
.box { padding: .7rem 1rem; background: var(--faint); border-radius: .4rem;
  border-left: .25rem solid var(--accent); } .box pre { background: var(--paper); }
.box h2 { margin-top: 0; } details { margin: .6rem 0; } summary { cursor: pointer; }
ol.contents { padding: 0; list-style: none; } ol.contents li { margin: .5rem 0; }
.k { color: var(--accent); } .s { color: var(--text); } .c { color: var(--comment); }
"""


def write(folder: str, seed: int = SEED) -> int:
    """Run every lesson and write its page into a folder; return the exit status. Nothing of anybody
    else's is overwritten.

    Raises: OSError, in one line, if a page cannot be written.
    """
    for name in ("index", *course.LESSONS.values()):  # before any is written
        album.place(folder, name, ".html", OURS)
    first = keep(folder, "index", contents())
    numbers = list(course.LESSONS)
    for i in progress(len(numbers), "lessons"):
        number = numbers[i]
        page = HtmlPage(seed)
        page.begin(course.LESSONS[number])
        course.lesson(number).main(page)
        page.source()
        keep(folder, page.name, lesson(number, "\n".join(page.parts)))
    print(f"{len(numbers)} lessons written. Open this file in a browser:\n{first}")
    return 0


def keep(folder: str, name: str, text: str) -> Path:
    """Write one page into the folder; return its path."""
    return album.keep(text, folder, name, ".html", OURS)


def contents() -> str:
    """The page of contents."""
    items = "\n".join(
        f'<li><a href="{file(number)}">{escape(course.question(number))}</a></li>'
        for number in course.LESSONS
    )
    return whole(TITLE, f"""<main>
<h1>{escape(TITLE)}</h1>
<p>We collect data, explore it, train a model on it, and predict with it. What has calculus to do
with that? Each lesson asks one question and answers it with real data; all numbers on these pages
were worked out when they were written. Each ends with something to change and an exercise, which
Python checks: <code>python -m lessons.exercises</code>.</p>
<ol class="contents">
{items}
</ol>
</main>""")


def lesson(number: int, body: str) -> str:
    """The page of a lesson, between the way back and the way on."""
    before = f'<a href="{file(number - 1)}">Before</a>' if number - 1 in course.LESSONS else ""
    after = f'<a href="{file(number + 1)}">Next</a>' if number + 1 in course.LESSONS else ""
    way = f'<nav><span>{before}</span><a href="index.html">Contents</a><span>{after}</span></nav>'
    return whole(course.question(number), f"{way}\n<main>\n{body}\n</main>\n{way}")


def file(number: int) -> str:
    """The name of a lesson's page."""
    return f"{album.simple(course.LESSONS[number])}.html"


def whole(title: str, body: str) -> str:
    """A whole page."""
    return f"""{OURS}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""
