"""Pages on paper: what is there for the paper alone, and that a handout has two pages."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.grading import checker
from lessons.pages import book, printed
from lessons.pages.html import HtmlPage
from mathlab.drawing.paper.ink import COLOURS
from tests.lessons.pages.test_book import Reader, unmarked
from tests.lessons.record import replay
from tests.thinned import thinned

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.parametrize("number", course.LESSONS)
def test_what_stands_for_the_paper_alone_is_not_on_the_screen(number):
    page = book.lesson(number, "<h1>?</h1>")
    Reader(page)
    for start in ('<p class="name"', '<div class="write"', '<aside class="key"'):
        assert page.count(start) == 1
        assert " hidden>" in re.search(f"{start}[^>]*>", page)[0]
    name = course.LESSONS[number]
    key = unmarked(page[page.index("<aside") : page.index("</aside>")])
    answer = (course.FOLDER / "answers" / f"{name}.py").read_text(encoding="utf-8")
    assert answer.rstrip() in key
    for hint in checker.hints(name):
        assert " ".join(hint.split()) in key.replace("<code>", "`").replace("</code>", "`")


def test_a_lesson_of_the_readers_own_has_no_key_yet(monkeypatch):
    monkeypatch.setitem(course.LESSONS, 99, "l99_none")
    assert "<aside" in printed.after("l99_none")
    assert "<pre" not in printed.after("l99_none")


def test_lists_escape_what_they_are_given():
    page = HtmlPage()
    printed.listed(page, ["<b>", "`x < 1`"], "ol")
    assert "".join(page.parts) == (
        "<ol><li><p>&lt;b&gt;</p></li><li><p><code>x &lt; 1</code></p></li></ol>"
    )


def test_on_paper_all_colours_are_greys_that_differ():
    style = printed.STYLE[printed.STYLE.index("@media print") :]
    assert style.count("{") == style.count("}")
    greys = [re.search(rf'\[stroke="{c}"\] {{ stroke: (#\w+)', style)[1] for c in COLOURS]
    assert all(grey[1:3] == grey[3:5] == grey[5:7] for grey in greys)
    depths = [int(grey[1:3], 16) for grey in greys]
    assert all(abs(a - b) >= 0x28 for a, b in pairwise(depths))


LONGEST = 8  # the lesson whose handout takes three pages


def pages_of(pdf):
    """How many pages a PDF file has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_a_handout_has_two_pages_and_a_key(tmp_path, monkeypatch):
    replay(monkeypatch)
    assert story.main(["--html", str(tmp_path / "book")]) == 0
    for number in thinned(course.LESSONS, 3):
        pdf = tmp_path / f"{number}.pdf"
        subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}",
             (tmp_path / "book" / book.file(number)).as_uri()],
            check=True, capture_output=True, timeout=120,
        )
        assert pages_of(pdf) <= 3 + (number == LONGEST), number
