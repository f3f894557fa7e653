"""The whole course as a book for the browser: a home page, a page for each lesson, a glossary."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from lessons import course
from lessons.pages import glossary, manuals, practice, printed
from lessons.pages.html import HtmlPage, file
from lessons.pages.live.live import Live, page_script, style
from lessons.pages.page import SEED
from mathlab.drawing.paper import album
from mathlab.learning.descent.progress import progress

OURS = "<!DOCTYPE html><!-- a page of the mathlab course -->"
TITLE = "mathlab: how a model learns"
STYLE = """
:root { color-scheme: light dark; --ink: #222222; --paper: #ffffff; --faint: #f2f4f7;
  --line: #d5d9e0; --accent: #0b5cad; --text: #8a4b00; --comment: #5a626d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181c; --faint: #20242a;
  --line: #3a4048; --accent: #7ab8ff; --text: #f0b870; --comment: #9aa3ad; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 44rem; color: var(--ink);
  background: var(--paper); font: 1.05rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2 { line-height: 1.25; } h1 { font-size: 1.7rem; } h2 { font-size: 1.3rem; }
h1 small, h2 small { font-size: 1rem; font-weight: normal; color: var(--comment); }
h1 small { display: block; }
a { color: var(--accent); } a.word { color: inherit; text-decoration: underline dotted; }
:focus-visible { outline: .2rem solid var(--accent); outline-offset: .15rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
nav, nav div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; }
nav a, label { display: inline-block; } nav a, label, summary { padding: .5rem 0; }
pre { overflow-x: auto; padding: .6rem .8rem; background: var(--faint); border-radius: .4rem;
  font: .85rem/1.45 ui-monospace, monospace; }
pre.formula, .formula { border-left: .25rem solid var(--accent); background: var(--faint);
  border-radius: .4rem; }
pre.formula, .formula pre { white-space: pre-wrap; } .formula pre { padding: 0; margin: 0; }
.formula { display: flex; flex-wrap: wrap; justify-content: space-between; margin: 1rem 0;
  padding: .4rem .8rem 0; }
.math { flex: 1 0 100%; overflow-x: auto; padding: .4rem 0; text-align: center; line-height: 2.2; }
.formula details { margin: 0; font-size: .85rem; } .formula .count { padding: .3rem 0; }
math { font-size: 1.1em; }
math mtext { font-family: inherit; } mtable mtd { text-align: left; }
code { font: .9em ui-monospace, monospace; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .95rem; }
th, td { padding: .2rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
.number { text-align: right; white-space: nowrap; } .wide { overflow-x: auto; }
figure { margin: 1.2rem 0; } figure > svg { display: block; width: 100%; max-width: 32rem;
  height: auto; margin: 0 auto; } figure.wide > svg { width: auto; max-width: none; }
figcaption { text-align: center; font-size: .95rem; }
.side { display: flex; flex-wrap: wrap; gap: 0 1rem; } .side > figure { flex: 1 1 18rem;
  margin: .6rem 0; }
.box { padding: .7rem 1rem; background: var(--faint); border-radius: .4rem;
  border-left: .25rem solid var(--accent); } .box pre { background: var(--paper); }
.box h2 { margin-top: 0; } details { margin: .2rem 0; } summary { cursor: pointer; }
aside { border-top: 1px solid var(--line); }
.source { display: grid; grid-template-columns: auto minmax(0, 1fr); }
.source pre:first-child { color: var(--comment); text-align: right; padding-right: 0;
  user-select: none; }
ol.contents { padding: 0; list-style: none; }
ol.contents li { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; }
ol.contents a { flex: 1 1 16rem; padding: .3rem 0; }
@media (max-width: 30rem) { ol.contents a { flex-basis: 100%; } math { font-size: 1em; } }
dt { margin-top: .8rem; }
.minutes, .count { color: var(--comment); white-space: nowrap; }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; vertical-align: middle;
  accent-color: var(--accent); }
[hidden] { display: none !important; }
/* Where a box goes on to a side there is a shade, covered at its end by the box's own paper. */
[role=group][tabindex="0"] { --under: var(--paper); background:
  linear-gradient(90deg, var(--under) 40%, transparent) 0 / 2rem 100% no-repeat local,
  linear-gradient(270deg, var(--under) 40%, transparent) 100% / 2rem 100% no-repeat local,
  linear-gradient(90deg, var(--comment), transparent) 0 / .5rem 100% no-repeat,
  linear-gradient(270deg, var(--comment), transparent) 100% / .5rem 100% no-repeat, var(--under); }
pre[role=group][tabindex="0"], :is(.formula, .box) [role=group][tabindex="0"] {
  --under: var(--faint); } .box pre[role=group][tabindex="0"] { --under: var(--paper); }
.k { color: var(--accent); } .s { color: var(--text); } .c { color: var(--comment); }
"""

# What the reader has done is known to her own browser only. Without the script nothing is missing
# but the boxes to tick.
SCRIPT = """
(() => {
  const key = "mathlab: done", count = document.querySelector("main > p > output");
  const boxes = [...document.querySelectorAll("input[data-lesson]")];
  let done;
  try { done = new Set(JSON.parse(localStorage.getItem(key)) || []); } catch { return; }
  const show = () => {
    const ticked = boxes.filter(box => box.checked).length;
    if (count) count.textContent = `${ticked} of ${boxes.length} lessons done.`;
  };
  for (const box of boxes) {
    box.closest("[hidden]").hidden = false;
    box.checked = done.has(box.dataset.lesson);
    box.onchange = () => {
      done[box.checked ? "add" : "delete"](box.dataset.lesson);
      try { localStorage.setItem(key, JSON.stringify([...done])); } catch {}
      show();
    };
  }
  show();
})();
"""


def write(folder: str, seed: int = SEED) -> int:
    """Run every lesson and write its page into a folder; return the exit status. Nothing of anybody
    else's is overwritten.

    Raises: OSError, in one line, if a page cannot be written.
    """
    # Before any is written:
    for name in ("index", "glossary", "manuals", "practice", *course.LESSONS.values()):
        album.place(folder, name, ".html", OURS)
    keep(folder, "glossary", words())
    keep(folder, "manuals", read_on())
    keep(folder, "practice", whole(practice.TITLE, practice.practice(seed)))
    cover: list[Live] = []
    numbers = list(course.LESSONS)
    for i in progress(len(numbers), "lessons"):
        number = numbers[i]
        page = HtmlPage(seed)
        page.begin(course.LESSONS[number])
        course.lesson(number).main(page)
        page.source()
        keep(folder, page.name, lesson(number, "\n".join([*page.parts, moved(page)])))
        if number == course.COVER:
            cover = page.lives[:1]
    first = keep(folder, "index", contents(cover, seed))
    print(f"{len(numbers)} lessons written. Open this file in a browser:\n{first}")
    return 0


def keep(folder: str, name: str, text: str) -> Path:
    """Write one page into the folder; return its path."""
    return album.keep(text, folder, name, ".html", OURS)


def contents(cover: Sequence[Live] = (), seed: int = SEED) -> str:
    """The home page: what there is to learn, in parts, and how long each takes; and a picture to
    play with."""
    page = HtmlPage(seed)
    for live in cover:
        page.live(live)
    hours = sum(map(course.minutes, course.LESSONS)) / 60
    parts = "\n".join(part(title, numbers) for title, numbers in course.parts().items())
    return whole(TITLE, f"""<main id="main">
<h1>{escape(TITLE)}</h1>
<p>We collect data, explore it, train a model on it, and predict with it. What has calculus to do
with that? Each lesson asks one question, has you guess, and shows the answer in numbers, most of
them from real data; they were worked out when these pages were written. Each ends with something to
change and an exercise, which Python checks: <code>python -m lessons.exercises</code>. All
{len(course.LESSONS)} together take some {hours:.0f} hours. <a href="glossary.html">The glossary</a>
says what the words are called elsewhere, and <a href="manuals.html">the last page</a> reads
manuals with them. <a href="practice.html">Practice</a> sets problems, and
judges your answers.</p>
<p>Pictures that move ask for a guess first. The link of a page keeps how they stand, so it can be
sent; with <code>#only=</code> and the name of a picture it shows that picture alone. The arrow keys
turn pages, and P makes all larger, for a projector.</p>
<p><output></output></p>
{"".join(page.parts)}
{parts}
</main>
<script>{SCRIPT}</script>
{moved(page)}""")


def part(title: str, numbers: list[int]) -> str:
    """A part of the course on the home page."""
    items = "\n".join(
        f'<li><a href="{file(number)}">{escape(course.question(number))}</a> '
        f'<span class="minutes">{course.minutes(number)} min</span>'
        f'{box(number, "done")}</li>'
        for number in numbers
    )
    minutes = sum(map(course.minutes, numbers))
    return (f"<h2>{escape(title)} <small>{minutes} minutes</small></h2>\n"
            f'<ol class="contents" start="{numbers[0]}">\n{items}\n</ol>')


def box(number: int, text: str) -> str:
    """A box to tick when a lesson is done; there is none without the script."""
    return (f'<label hidden><input type="checkbox" data-lesson="{number}" '
            f'aria-label="{text}: lesson {number}"> {text}</label>')


def words() -> str:
    """The page of the glossary."""
    links = {n: f' (<a href="{file(n)}">lesson {n}</a>)' for n in course.LESSONS}
    entries = "\n".join(
        f'<dt id="{glossary.anchor(name)}"><b>{name}</b> = {escape(word.field)}</dt>\n'
        f"<dd>{escape(word.meaning)}{links.get(word.lesson, '')}</dd>"
        for name, word in glossary.WORDS.items()
    )
    return whole("Glossary", f"""<nav aria-label="Book"><a href="index.html">All lessons</a></nav>
<main id="main">
<h1>Glossary</h1>
<p>Each word of these lessons, what it is called elsewhere, and what it is. On the
<a href="manuals.html">last page</a> manuals are read with them.</p>
<dl>
{entries}
</dl>
</main>""")


def read_on() -> str:
    """The page on which manuals are read, the words of the field linked to the glossary."""

    def linked(term: str, name: str) -> str:
        return f'<a class="word" href="glossary.html#{glossary.anchor(name)}">{term}</a>'

    passages = "\n".join(
        f"<h2>{escape(title)}</h2>\n<p>{manuals.marked(escape(passage), linked)}</p>\n<dl>\n"
        + "\n".join(f"<dt><b>{term}</b></dt>\n<dd>{escape(manuals.told(term))}</dd>"
                    for term in manuals.terms(passage)) + "\n</dl>"
        for title, passage in manuals.PASSAGES.items())
    others = "\n".join(f"<dt><b>{term}</b></dt>\n<dd>{escape(' '.join(meaning.split()))}</dd>"
                       for term, meaning in manuals.MORE.items())
    return whole(manuals.TITLE, f"""<nav aria-label="Book"><a href="index.html">All lessons</a>
<a href="glossary.html">Glossary</a></nav>
<main id="main">
<h1>{escape(manuals.TITLE)}</h1>
<p>{escape(" ".join(manuals.BEFORE.split()))}</p>
{passages}
<h2>{manuals.OTHERS}</h2>
<dl>
{others}
</dl>
</main>""")


def lesson(number: int, body: str) -> str:
    """The page of a lesson, between the way back and the way on."""
    near = {"prev": number - 1, "next": number + 1}
    near = {rel: n for rel, n in near.items() if n in course.LESSONS}
    links = "".join(f'<link rel="{rel}" href="{file(n)}">\n' for rel, n in near.items())
    return whole(course.question(number), f"""{way(near, "Lessons")}
<main id="main">
{printed.NAME}
{body}
<p>{box(number, "I have done this lesson")}</p>
</main>
{printed.after(course.LESSONS[number])}
{way(near, "Where to go from here")}
<script>{SCRIPT}</script>""", links)


def moved(page: HtmlPage) -> str:
    """What moves the pictures of a page, and judges the answers to its exercise."""
    return f"<script>\n{page_script(page.lives, page.calls)}\n</script>"


def way(near: dict[str, int], label: str) -> str:
    """The links to the lessons before and after, by their names, and to the pages about all."""
    arrows = {"prev": "← {}", "next": "{} →"}
    links = "\n".join(f'<a rel="{rel}" href="{file(n)}">{arrows[rel].format(name(n))}</a>'
                      for rel, n in near.items())
    return (f'<nav aria-label="{label}"><div><a href="index.html">All lessons</a>\n'
            f'<a href="glossary.html">Glossary</a>\n'
            f'<a href="practice.html">Practice</a></div>\n<div>{links}</div></nav>')


def name(number: int) -> str:
    """The number and the name of a lesson: `6. Cost curve`."""
    return escape(course.question(number).partition(":")[0])


def whole(title: str, body: str, links: str = "") -> str:
    """A whole page."""
    return f"""{OURS}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{links}<style>{STYLE}{style()}{printed.STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
{body}
</body>
</html>
"""
