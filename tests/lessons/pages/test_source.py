"""The source that a page shows is the source of the file, but for its docstring and line breaks."""

import inspect
from collections import Counter

import pytest

from lessons.l14_descent import the_loop
from lessons.pages.html import HtmlPage
from lessons.pages.source import listing
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
    assert part.startswith('<pre><span class="k">for</span> _ <span class="k">in</span> range(')
    assert part.endswith("parameter.data -= learning_rate * parameter.grad</pre>")


def letters(text):
    """How often each stands in a text, but for the spaces and the signs of comments."""
    return Counter("".join(text.split()).replace("#", ""))
