"""The course as a book for the browser: whole, valid, standing on its own."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from lessons import __main__ as story
from lessons import course
from lessons.grading import checker
from lessons.pages import book
from lessons.pages.html import HtmlPage
from lessons.pages.source import coloured
from mathlab import Value
from mathlab.drawing import Chart, Points
from tests.lessons.record import replay

VOID = {"meta", "br", "hr", "img", "input", "link"}
# What may stand within a <p>:
PHRASES = {"a", "b", "code", "em", "input", "label", "output", "small", "span", "strong"}


class Reader(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order; nothing comes from outside."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.tags, self.heads = [], [], [], [], []
        self.near, self.named = {}, []  # what is before and next; labels of the ways
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), (tag, names)
        assert tag not in ("iframe", "object", "embed", "img", "base")
        assert tag not in ("nav", "aside", "main") or "p" not in self.open
        assert not any(name.startswith("on") for name in names)
        if "p" in self.open or "summary" in self.open:
            assert tag in PHRASES, tag
        for name, value in attributes:
            assert name not in ("src", "xlink:href", "style", "srcset", "action"), (tag, name)
            if name == "href":
                self.links.append(value)
                rel = dict(attributes).get("rel", "")
                assert self.near.setdefault(rel, value) == value or not rel
            if name == "id":
                self.ids.append(value)
            if name == "aria-label" and tag == "nav":
                self.named.append(value)
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert "svg" in self.open, tag  # in HTML itself a slash closes nothing
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("h1", "small"):
            self.heads.append(data)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The book, written once."""
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as monkeypatch:
        replay(monkeypatch)
        assert story.main(["--html", str(folder)]) == 0
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_there_is_a_page_for_each_lesson_and_the_contents(written):
    names = {f"{name.replace('_', '-')}.html" for name in course.LESSONS.values()}
    assert set(written) == {"index.html", "glossary.html", "manuals.html", "practice.html", *names}


@pytest.fixture(params=["index.html", "glossary.html", *map(book.file, course.LESSONS)])
def page(request, written):
    return written[request.param]


def test_every_page_is_valid_and_needs_nothing_from_outside(page, written):
    assert page.startswith("<!DOCTYPE html>")
    reader = Reader(page)
    assert reader.tags.count("h1") == reader.tags.count("main") == 1
    assert page[: page.index("<body>")].count("<title>") == 1
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.links[0] == "#main" or 'rel="' in page
    assert len(page.encode()) < 150_000
    assert len(reader.named) == len(set(reader.named))
    levels = [int(tag[1]) for tag in reader.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(low - high <= 1 for high, low in pairwise(levels))
    outside = set(re.findall(r"https?://[^\s\"'<]+", page)) - {"http://www.w3.org/2000/svg"}
    assert outside == set()
    assert not re.search(r"@import|url\((?!#)", page)
    assert '<meta name="viewport"' in page and '<meta charset="utf-8">' in page
    assert "prefers-color-scheme: dark" in page


@pytest.mark.parametrize("number", course.LESSONS)
def test_a_page_has_all_that_the_lesson_says(written, number):
    page = written[book.file(number)]
    reader = Reader(page)
    name, _, question = course.question(number).partition(". ")[2].partition(": ")
    said = " ".join("".join(reader.heads).split())
    assert f"{number}. {name}" in said
    assert question[1:] in said
    assert "svg" in reader.tags
    assert page.count("<strong>Guess first</strong>") == 1
    assert page.count("<strong>Change one thing</strong>") == 1
    assert page.count("<summary>Hint ") == len(checker.hints(course.LESSONS[number]))
    source = (course.FOLDER / f"{course.LESSONS[number]}.py").read_text(encoding="utf-8")
    numbers, shown = re.search(r"<summary>The source.*?<pre[^>]*>(.*?)</pre><pre[^>]*>(.*?)</pre>",
                               page, re.DOTALL).groups()
    assert unmarked(shown) == source
    assert numbers.split("\n") == [str(i) for i, _ in enumerate(source.splitlines(), 1)]


def unmarked(html):
    text = re.sub(r"</?span[^>]*>", "", html)
    for code, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("#x27", "'"), ("amp", "&")):
        text = text.replace(f"&{code};", sign)
    return text


def test_every_link_has_its_target(written):
    ids = {name: set(Reader(page).ids) for name, page in written.items()}
    for name, page in written.items():
        for link in Reader(page).links:
            file, _, place = link.partition("#")
            assert (file or name) in written, link
            assert not place or place in ids[file or name], link


def test_the_way_on_and_the_way_back(written):
    files = [book.file(number) for number in course.LESSONS]
    for i, file in enumerate(files):
        reader = Reader(written[file])
        near = {rel: link for rel, link in reader.near.items() if rel}
        before, after = files[max(0, i - 1) : i], files[i + 1 : i + 2]
        assert [near[rel] for rel in ("prev", "next") if rel in near] == [*before, *after]
        assert reader.named == ["Lessons", "Where to go from here"]
        assert reader.links.count("index.html") == 2
        assert all(reader.links.count(each) >= 3 for each in (*before, *after))
    assert "← 5. Loss</a>" in written["l06-cost-curve.html"]
    home = Reader(written["index.html"]).links
    assert [link for link in home if link in files] == files
    assert "glossary.html" in home


def test_a_second_time_it_is_replaced_and_nothing_else_is(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(course, "LESSONS", {3: "l03_line"})
    other = tmp_path / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert story.main(["--html", str(tmp_path)]) == 0
    assert other.read_text(encoding="utf-8") == "mine"
    assert f"Open this file in a browser:\n{tmp_path / 'index.html'}" in capsys.readouterr().out
    (tmp_path / "index.html").write_text("<!DOCTYPE html>\nmine", encoding="utf-8")
    assert story.main(["--html", str(tmp_path)]) == 1
    assert "was not made by mathlab" in capsys.readouterr().err
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<!DOCTYPE html>\nmine"


def test_a_file_of_somebody_elses_is_seen_before_any_page_is_written(tmp_path, capsys):
    (tmp_path / "l22-exact.html").write_text("mine", encoding="utf-8")
    assert story.main(["--html", str(tmp_path)]) == 1
    assert "l22-exact.html was not made by mathlab" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["l22-exact.html"]


@pytest.mark.parametrize("more", [["3"], ["--check"], ["--save", "pictures"]])
def test_the_book_is_the_whole_course(tmp_path, capsys, more):
    with pytest.raises(SystemExit) as stop:
        story.main(["--html", str(tmp_path), *more])
    assert stop.value.code == 2
    assert "--html writes all lessons" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("mine", encoding="utf-8")
    assert story.main(["--html", str(path)]) == 1
    assert capsys.readouterr().err == f"error: {path} is a file, and no folder\n"


# ------------------------------------------------------------------ what goes onto a page

SIGNS = "a < b & c > \"d\" 'e' `f < g`"


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (lambda p: p.say(SIGNS), "<p>a &lt; b &amp; c &gt; \"d\" 'e' <code>f &lt; g</code></p>"),
        (lambda p: p.say("one ` alone"), "<p>one ` alone</p>"),
        (lambda p: p.title("<b>"), "<h2>&lt;b&gt;</h2>"),
        (lambda p: p.lines("a <\n  b"), "<pre>a &lt;\n  b</pre>"),
        (lambda p: p.formula("y = x < 1"), '<pre class="formula">y = x &lt; 1</pre>'),
        (lambda p: p.say("a lesson of 3 <b>"), "<p>a lesson of 3 &lt;b&gt;</p>"),
        (lambda p: p.change("a < b."), '<p class="box"><strong>Change one thing</strong>: at the '
                                       "top of <code>lessons/.py</code> a &lt; b.</p>"),
    ],
)
def test_signs_that_html_reads_as_its_own(write, expected):
    page = HtmlPage()
    write(page)
    assert page.parts == [expected]


def test_a_table(written):
    page = HtmlPage()
    page.table({"name": ["a & b", None], "<n>": [1.0, 2 / 3], "h": ["1e-05", "-"],
                "x": ["50% ", "a"]})
    (html,) = page.parts
    Reader(html)
    assert '<th scope="col">name</th><th scope="col" class="number">&lt;n&gt;</th>' in html
    assert '<th scope="col" class="number">h</th><th scope="col">x</th>' in html
    assert '<tr><td>a &amp; b</td><td class="number">1</td><td class="number">1e-05</td>' in html
    assert '<td class="number">0.666667</td><td class="number">-</td><td>a</td></tr>' in html


def test_pictures_and_graphs():
    page = HtmlPage()
    chart = Chart(Points([1], [2]), title="a < b")
    page.picture(chart)
    page.pictures([chart, chart])
    page.graph(Value(2.0, "a") * 3, "a < b", slopes=True)
    for html in page.parts:
        Reader(html)
    assert [html.count("<svg") for html in page.parts] == [1, 2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x = 'a' # b\n",
        "if a < b & c: pass\n",
        'f"{x!r:>{n}} <&>"\n',
        "x = 'a\x0cb\u2028c\x1c'  # d\x0c\n\x0cdef f(): return x\n",
        'def f():\n    """Say.\n\n    more"""\n',
    ],
)
def test_coloured_source_says_the_same(text):
    html = coloured(text)
    Reader(html)
    assert unmarked(html) == text


def test_all_of_the_course_can_be_coloured():
    for path in course.FOLDER.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert unmarked(coloured(text)) == text


# ------------------------------------------------------------------ the home page, and progress


def test_the_home_page_has_parts_and_minutes():
    page = book.contents()
    Reader(page)
    for title, numbers in course.parts().items():
        minutes = sum(map(course.minutes, numbers))
        assert f"<h2>{title} <small>{minutes} minutes</small></h2>" in page
    for number in course.LESSONS:
        assert page.count(f'data-lesson="{number}"') == 1
    assert page.count('<span class="minutes">') == len(course.LESSONS)


def test_what_needs_the_script_is_hidden_without_it(written):
    for name, page in written.items():
        bare = re.sub(r"<form [^>]*hidden>.*?</form>", "", page, flags=re.DOTALL)
        assert bare.count("<input ") == bare.count("<label hidden><input "), name
    assert len(book.SCRIPT) < 1024
    assert "</" not in book.SCRIPT


def test_a_new_lesson_without_an_entry_is_on_the_home_page(monkeypatch):
    monkeypatch.setattr(course, "LESSONS", {3: "l03_line", 99: "l99_new"})
    page = book.contents()
    assert f"<h2>{course.MORE} <small>" in page and 'href="l99-new.html"' in page


def test_figures_are_numbered(written):
    for number in course.LESSONS:
        captions = re.findall(r"<figcaption><b>Figure ([\d.]+)\.</b> ([^<]+)</figcaption>",
                              written[book.file(number)])
        assert [c for c, _ in captions] == [f"{number}.{i + 1}" for i in range(len(captions))]
        assert len(captions) == written[book.file(number)].count("<figure")


def test_what_is_wide_can_be_scrolled_with_the_keyboard():
    page = HtmlPage()
    page.lines("short")
    page.lines("x" * 100)
    page.table({"a": [1]})
    page.table({name * 9: [1] for name in "abcdef"})
    assert [' tabindex="0" role="group" aria-label="' in html for html in page.parts] == [
        False, True, False, True]
