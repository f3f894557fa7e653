"""Every picture that moves, moved by keyboard in Chromium, beside Python's own numbers."""

import math
import os
from itertools import islice
from pathlib import Path

import pytest

from lessons import course
from lessons import l20_small_network as lesson
from lessons.pages import book
from lessons.pages.html import HtmlPage
from lessons.pages.live.live import rounded
from mathlab.learning.data.table import Table
from mathlab.learning.descent.optimizers import Adam
from mathlab.learning.descent.start import place_to_start
from mathlab.learning.model.surface import LossSurface
from tests.lessons.moved import Moved
from tests.lessons.pages.browser import CHROMIUM, Browser
from tests.thinned import thinned

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not on this machine")
AXE = os.environ.get("AXE", "")  # the file axe.min.js of axe-core
BY_HAND = ("rule", "sweep", "typed", "train")  # kinds with a test of their own
NUMBER = 5e-4  # of a number with four digits


@pytest.fixture(scope="module")
def the_book(tmp_path_factory):
    """Where the pages are, and for each lesson its pictures that move."""
    folder, lives = tmp_path_factory.mktemp("book"), {}
    write = HtmlPage.live

    def live(page, picture):
        lives.setdefault(page.name, []).append(picture)
        write(page, picture)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(HtmlPage, "live", live)
        assert book.write(str(folder)) == 0
    return folder, lives


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    try:
        browser = Browser(tmp_path_factory.mktemp("profile"))
    except (OSError, AssertionError) as error:
        pytest.skip(f"Chromium does not start here: {error}")
    browser.size(900)
    yield browser
    browser.close()


def opened(browser, the_book, name, state=""):
    browser.errors.clear()
    browser.open(f"file://{the_book[0]}/{page_of(name)}.html{state}")


def page_of(name):
    return book.file(course.number(name)).removesuffix(".html")


def show(browser, live):
    """Press "Just show me", by keyboard."""
    browser.run(f"document.querySelector('#{live.name} .guess button:last-of-type').focus()")
    browser.press("Enter")
    assert told(browser, live)


def told(browser, live):
    """Whether a guess has been told what it came to, and the picture, if there is one, moves."""
    said, hidden = (browser.run(f"document.querySelector('#{live.name} .{part}')?.{what}")
                    for part, what in (("said", "textContent"), ("panel", "hidden")))
    return bool(said) and hidden is not bool(live.levers or live.kind)


def turn(browser, name, lever):
    """Turn a lever by one step, or tick it, and tell where each stands."""
    place = f"document.querySelectorAll('#{name} .lever input')"
    browser.run(f"{place}[{lever}].focus()")
    kind, at_end = browser.run(
        f"[{place}[{lever}].type, {place}[{lever}].value === {place}[{lever}].max]")
    browser.press(" " if kind == "checkbox" else "ArrowLeft" if at_end else "ArrowRight")
    return browser.run(f"[...{place}].map(x => x.type === 'checkbox' ? +x.checked : +x.value)")


def shown(browser, name):
    """The numbers beside a picture, as texts, row by row."""
    return browser.run(f"[...document.querySelectorAll('#{name} .numbers tr')].map(row => "
                       "[...row.querySelectorAll('output')].map(cell => cell.textContent))"
                       ".filter(row => row.length)")


def agree(text, number):
    if text == "-":
        return not math.isfinite(number)
    if text == "infinite":
        return math.isinf(number)
    said = float(text.replace(",", ""))
    return abs(said - number) <= NUMBER * abs(number) + 1e-9


def lessons_with_pictures():
    return [name for name in course.LESSONS.values()
            if "page.live(" in (course.FOLDER / f"{name}.py").read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", lessons_with_pictures())
def test_levers_and_numbers_agree_with_python(browser, the_book, name):
    opened(browser, the_book, name)
    for live in the_book[1][name]:
        if live.guess:
            show(browser, live)
        if live.kind in BY_HAND or not live.levers:
            continue
        for lever in range(len(live.levers)):
            stand = turn(browser, live.name, lever)
            levers = {each.of.name: at for each, at in zip(live.levers, stand, strict=True)}
            assert any(at != each.start for each, at in zip(live.levers, stand, strict=True))
            numbers = Moved(live, **levers).numbers.values()
            for texts, expected in zip(shown(browser, live.name), numbers, strict=True):
                expected = expected if isinstance(expected, list) else [expected]
                for text, number in zip(texts, expected, strict=True):
                    assert agree(text, number), (live.name, levers, text, number)
        paths = browser.run(f"[...document.querySelectorAll('#{live.name} .moving path')]"
                            ".map(path => path.getAttribute('d')).join('')")
        assert paths and "NaN" not in paths and "undefined" not in paths
    assert not browser.errors


@pytest.mark.parametrize("name", lessons_with_pictures())
def test_a_guess_is_taken_and_told(browser, the_book, name):
    opened(browser, the_book, name)
    for live in the_book[1][name]:
        if not live.guess:
            continue
        form = f"document.querySelector('#{live.name} .guess')"
        if live.guess.choices:
            browser.run(f"{form}.querySelectorAll('button')[{live.guess.truth}].focus()")
            browser.press("Enter")
        else:
            browser.run(f"{form}.querySelector('input').focus()")
            off = 4 * live.guess.near + 0.5
            is_high = not live.guess.between or live.guess.truth + off <= live.guess.between[1]
            browser.type("many")
            browser.press("Enter")
            assert browser.run(f"{form}.isConnected && "
                               f"document.querySelector('#{live.name} .wrong').textContent")
            browser.run(f"{form}.querySelector('input').select()")
            browser.type(f"{live.guess.truth + (off if is_high else -off):.9f}".replace(".", ","))
            browser.press("Enter")
        said = browser.run(f"document.querySelector('#{live.name} .said').textContent")
        expected = "So it is" if live.guess.choices else "too high" if is_high else "too low"
        assert expected in said
    browser.wait("location.hash.slice(1) === `${STATE}`")
    browser.open(browser.run("location.href"))  # as somebody does who was sent the link
    for live in the_book[1][name]:
        assert told(browser, live) or not live.guess
    assert not browser.errors


def test_one_picture_for_a_slide_and_pages_turned_by_keys(browser, the_book):
    opened(browser, the_book, "l06_cost_curve", "#only=lever")
    seen = "[...document.querySelectorAll('main > *')].filter(x => x.offsetHeight).length"
    assert browser.run(seen) == 1
    opened(browser, the_book, "l06_cost_curve")
    browser.press("p")
    assert browser.run("document.documentElement.classList.contains('projector')")
    browser.press("ArrowRight")
    browser.wait(f"location.href.includes('{page_of('l07_rate_of_change')}')")


def test_a_network_is_trained_as_mathlab_trains_it(browser, the_book):
    opened(browser, the_book, "l20_small_network", "#guess=none&units=3&start=2&steps=50")
    learnt, _ = lesson.split(lesson.sown(1), 0.5, 1)
    seeds = Table({name: rounded(learnt[name]) for name in lesson.COLUMNS})
    surface = LossSurface(lesson.the_network(3), seeds, "log")
    walk = Adam(0.1).walk(surface, rounded(place_to_start(surface, {}, 2)))
    step = next(islice(walk, 50, None))
    (loss,), (right,) = shown(browser, "fences")
    assert agree(loss, step.loss)
    chances = surface.model.predict(surface.named(step.position), seeds)
    assert int(right) == sum(
        (chance > 0.5) == (sprouted > 0.5)
        for chance, sprouted in zip(chances, seeds["sprouted"], strict=True))


@pytest.mark.parametrize(("f", "rule", "verdict"), [
    ("x^3", "3x^2", "At all 5 places your rule says what measuring says."),
    ("x^3", "2x^2", "At x = 0.5 your rule says 0.5, and measuring says 0.75."),
    ("log(0*x)", "1/x", "The function has no value near these places."),
    ("sin(x", "cos(x)", "a ) is missing"),
    ("alert(1)", "1", "alert is not a function"),
])
def test_a_rule_of_ones_own(browser, the_book, f, rule, verdict):
    opened(browser, the_book, "l08_rules", "#guess4=none")
    for i, text in enumerate((f, rule)):
        browser.run(f"{{const x = document.querySelectorAll('#rule [type=text]')[{i}];"
                    "x.focus(); x.select()}")
        browser.type(text)
    assert verdict in browser.run("document.querySelector('#rule').textContent")
    assert not browser.errors


def test_whose_turn_it_is(browser, the_book):
    """b first: 12 of its 21 are handed on, and a ends with 81 in place of 135, as the lesson says.
    """
    for order, said in (((0, 1, 0), "a has 81, and should have 135"),
                        ((0, 0, 0), "Every slope is right")):
        opened(browser, the_book, "l10_graph", "#guess=none")
        for i in order:
            browser.run("[...document.querySelectorAll('#sweep table button:not(:disabled)')]"
                        f"[{i}].focus()")
            browser.press("Enter")
        assert said in browser.run("document.querySelector('#sweep').textContent")


def test_a_formula_that_is_typed(browser, the_book):
    opened(browser, the_book, "l11_symbolic", "#guess=none&f=exp(2x)&x=0.5")
    numbers = browser.run("[...document.querySelectorAll('#typed .numbers td')]"
                          ".map(cell => cell.textContent)")
    assert agree(numbers[3], math.e) and agree(numbers[5], 2 * math.e)
    assert "d f / d x = 2*exp(2*x)" in browser.run("document.querySelector('#typed').textContent")


@pytest.mark.skipif(not AXE, reason="AXE does not name the file axe.min.js of axe-core")
@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1280, False),
                                             (1280, True)])
def test_axe_finds_nothing(browser, the_book, width, dark):
    browser.size(width, dark=dark)
    found = {}
    for page in thinned(sorted(the_book[0].glob("*.html")), 8):
        browser.open(page.as_uri())
        browser.run(Path(AXE).read_text(encoding="utf-8") + ";0")
        browser.run("document.querySelectorAll('.guess button:last-of-type').forEach("
                    "button => button.click())")
        found[page.name] = browser.run(
            "axe.run().then(found => found.violations.map("
            "each => each.id + ' ' + each.nodes[0].html.slice(0, 80)))")
    browser.size(900)
    assert not any(found.values()), {page: each for page, each in found.items() if each}
