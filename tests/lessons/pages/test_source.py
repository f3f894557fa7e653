"""The source that a page shows is the source of the file, but for its docstring and line breaks."""

import inspect
import textwrap
from collections import Counter

import pytest

from lessons import course
from lessons.l14_descent import the_loop
from lessons.pages.html import HtmlPage
from lessons.pages.source import excerpt, listing
from mathlab import tiny


def remarked(x):
    """A docstring."""
    y = x + 1  # a remark that is so long that the line can hold the code alone
    return y  # a short one


def test_a_long_line_has_its_comment_above():
    assert listing(remarked, width=50) == (
        "def remarked(x):\n"
        "    # a remark that is so long that the line can\n"
        "    # hold the code alone\n"
        "    y = x + 1\n"
        "    return y  # a short one"
    )


def test_from_a_line_on():
    assert listing(remarked, "return") == "return y  # a short one"
    with pytest.raises(StopIteration):
        listing(remarked, "nowhere")


@pytest.mark.parametrize("function", [tiny.Value.backward, tiny.train, tiny.inputs_first, the_loop])
@pytest.mark.parametrize("width", [35, 75, 200])
def test_nothing_is_lost(function, width):
    shown = listing(function, width=width)
    whole = inspect.getsource(function).replace(f'"""{function.__doc__}"""', "")
    assert max(map(len, shown.splitlines())) <= width
    assert letters(shown) == letters(whole)


def test_in_a_book_it_is_coloured():
    page = HtmlPage()
    page.listing(tiny.train, "for _ in")
    (part,) = page.parts
    assert '><span class="k">for</span> _ <span class="k">in</span> range(' in part
    assert part.endswith("parameter.data -= learning_rate * parameter.grad</pre>")


def letters(text):
    """How often each stands in a text, but for the spaces and the signs of comments."""
    return Counter("".join(text.split()).replace("#", ""))


@pytest.mark.parametrize("number", course.MATTERS)
def test_the_lines_that_matter_are_found_and_few(number):
    chapter, pieces = course.MATTERS[number]
    file = course.FOLDER.parent / "mathlab" / f"{chapter}.py"
    lines = excerpt(file, pieces).splitlines()
    assert len(lines) == sum(pieces.values()) <= 5
    chapter = [line.strip() for line in file.read_text("utf-8").splitlines()]
    assert all(line.strip() in chapter for line in lines)
    compile("async def f():\n" + textwrap.indent("\n".join(lines), " "), "lines", "exec")


def test_lines_that_cannot_be_found(tmp_path):
    file = tmp_path / "chapter.py"
    file.write_text("if a:\n    b = 1\n    b = 1\nc = 2\n", encoding="utf-8")
    assert excerpt(file, {"if a": 2, "c": 1}) == "if a:\n    b = 1\nc = 2"
    for begins, count in (("b", 2), ("d", 0)):
        with pytest.raises(ValueError, match=f"{count} lines of .* begin with '{begins}'"):
            excerpt(file, {begins: 1})


def test_a_chapter_that_the_reader_changed_is_left_out(monkeypatch):
    for change in (("tiny", {"gone": 1}), ("gone", {"x": 1})):
        monkeypatch.setattr(course, "MATTERS", {6: change})
        page = HtmlPage()
        page.begin("l06_cost_curve")
        page.change("x")
        assert "matter" not in "".join(page.parts)
