"""A page on paper: a sheet in black and white for a class, and its key on a page of its own.

A handout keeps the question, what to guess, the story with its pictures and formulas, and the
exercise. There is a line for the name, and room to write. What needs a screen goes: the way to
other pages, whatever is pressed or opened, motion. What stands for the paper alone has the
attribute `hidden`, so it is not on the screen, whether there is a style or not.

>>> NAME[:23]
'<p class="name" hidden>'
"""

import re
import tokenize
from collections.abc import Iterable

from lessons import course
from lessons.grading import checker
from lessons.pages.html import HtmlPage
from lessons.pages.source import coloured
from mathlab.drawing.paper.ink import COLOURS

NAME = '<p class="name" hidden>Name <span></span> Date <span></span></p>'
LINES = 5  # to write on
GREYS = ("#000000", "#6e6e6e", "#404040", "#969696", "#202020", "#b0b0b0")  # neighbours far apart

# Two columns of 8.8 points: so small, and no smaller, that all lessons come to two pages of A4.
STYLE = """
.name span { display: inline-block; border-bottom: 1px solid; width: 40%; }
li > p { margin: .3rem 0; }
.problem input { font: inherit; width: min(22rem, 70%); } .problem button { font: inherit; }
.problem output { display: block; } .steps { padding-left: 1.5rem; }
@media (max-width: 30rem) { .steps { padding-left: 1.2rem; font-size: .85rem; } }
.sheet li { margin: .5rem 0; } .room { margin-top: .5rem; height: 4.5rem; }
@media print {
@page { size: A4; margin: 10mm 12mm; }
:root { color-scheme: only light; --ink: #000000; --paper: #ffffff; --faint: #ffffff;
  --line: #999999; --accent: #000000; --text: #000000; --comment: #444444; }
body { max-width: none; padding: 0; font: 8.8pt/1.25 system-ui, sans-serif; }
nav, details, button, input, select, textarea, output, .skip, label:has(input) {
  display: none !important; }
a, a.word { color: inherit; text-decoration: none; }
.name[hidden], .write[hidden], .key[hidden] { display: block !important; }
.name { margin: 0 0 2mm; font-size: 10pt; } .name span:last-child { width: 25%; }
main { columns: 2; column-gap: 6mm; column-fill: balance; orphans: 2; widows: 2; }
h1, .name, .long { column-span: all; } .long math { font-size: .8em; }
h1 { font-size: 14pt; margin: 0 0 2mm; }
h1 small { font-size: 9pt; } h2 { font-size: 10pt; margin: 2.5mm 0 1mm; break-after: avoid; }
p, pre, table, ul, ol { margin: 0 0 1.5mm; } li > p { margin: 0; }
pre { font-size: 7.5pt; line-height: 1.25; padding: 0; white-space: pre-wrap; overflow: visible; }
pre.formula, .formula, .box { padding: .5mm 2mm; border-left: .6mm solid; border-radius: 0; }
.formula { margin: 1mm 0 2mm; break-inside: avoid; } .formula .count { padding: 0; }
.math { flex: 1; overflow: visible; padding: 0; line-height: 1.6; text-align: left; }
aside { border: 0; } .contents a { padding: 0; }
table { font-size: 8pt; max-width: 100%; } th, td { padding: 0 1.5mm; }
.number { white-space: normal; overflow-wrap: anywhere; } .wide { overflow: visible; }
figure, svg, tr, .box > * { break-inside: avoid; } figure { margin: 1mm 0 2mm; }
figure > svg, figure.wide > svg { width: auto; max-width: 100%; max-height: 41mm; }
figcaption { font-size: 8pt; }
.side { display: block; }
.live { border: 0; padding: 0; break-inside: avoid; } .stub, p:has(+ .stub) { display: none; }
.write { break-inside: avoid; } .write hr { margin: 0; height: 7mm; border: 0;
  border-bottom: .2mm solid #999999; }
main.sheet { columns: auto; font-size: 10pt; } .sheet .asked { columns: 2; font-size: 11pt; }
.sheet .asked li { break-inside: avoid; margin: 0; height: 47mm; }
.steps { break-before: avoid; }
.steps > li { break-inside: avoid; padding-top: 1mm; } /* or what is high is cut */
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 0 6mm; }
main.teacher { font-size: 9pt; } .key { break-before: page; font-size: 9.5pt; }
.key pre { font-size: 8.5pt; }
svg.mathlab .paper { fill: #ffffff; } svg.mathlab .words { fill: #000000; }
svg.mathlab .axis { stroke: #000000; } svg.mathlab .grid { stroke: #dddddd; }
svg path[fill-rule][fill] { fill: #808080; } /* bands of a map: what lies on them is darker */
""" + "\n".join(
    f'svg [fill="{colour}"] {{ fill: {grey}; }} svg [stroke="{colour}"] {{ stroke: {grey}; }}'
    for colour, grey in zip(COLOURS, GREYS, strict=True)
) + "\n}\n"


class PlainPage(HtmlPage):
    """A page without links, for paper, or to stand without the book."""

    def prose(self, text: str) -> str:
        """Prose; the words of the glossary that are in it are `met` all the same."""
        return re.sub(r"</?a\b[^>]*>", "", super().prose(text))


def after(name: str) -> str:
    """What follows a lesson on paper: lines to write on, and its key."""
    page = PlainPage()
    page.begin(name)
    page.title(f"Key to lesson {course.number(name)}")
    key(page)
    lines = "<hr>" * LINES
    parts = "\n".join(page.parts)
    return (f'<div class="write" hidden>{lines}</div>\n'
            f'<aside class="key" aria-label="Key" hidden>\n{parts}\n</aside>')


def key(page: HtmlPage) -> None:
    """The hints, one more plain than the other, and an answer as it might be written."""
    hints = checker.hints(page.name)
    if hints:
        page.say("Hints, each of which says more than the one before:")
        listed(page, hints, "ol")
    file = course.FOLDER / "answers" / f"{page.name}.py"
    if file.is_file():
        with tokenize.open(file) as text:
            answer = coloured(text.read().rstrip())
        page.say("One of the answers that are right:")
        page.parts.append(f'<pre tabindex="0" role="group" aria-label="an answer">{answer}</pre>')


def listed(page: HtmlPage, texts: Iterable[str], tag: str = "ul") -> None:
    """The texts as the items of a list."""
    page.parts.append(f"<{tag}>")
    for text in texts:
        page.parts.append("<li>")
        page.say(text)
        page.parts.append("</li>")
    page.parts.append(f"</{tag}>")
