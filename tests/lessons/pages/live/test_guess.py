"""A guess is read as people write it, and given back in the same words in a terminal and a page."""

import json
import math
import random

import pytest

from lessons import course
from lessons.pages.live.live import FOLDER, SAID, Guess, _ask, short, written
from tests.javascript import needs_node, run
from tests.lessons.record import told

NUMBER = Guess("How many:", 12.5, near=0.5, unit="films")
CHOICE = Guess("", 1, choices=("Up", "Down {off}", "Neither"))
GUESSES = [(NUMBER, guess) for guess in (12, 13, 12.5, 40, -3.25, 0, 1e9, 2e-7, 13.001, None)]
GUESSES += [(Guess("", 0.0), guess) for guess in (0, 1e-9, -2, None)]
GUESSES += [(CHOICE, guess) for guess in (0, 1, 2, None)]


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("40", 40), (" 40.5 ", 40.5), ("-3", -3), ("+3", 3), ("1e3", 1000), (".5", 0.5),
        ("\u22123", -3), ("1,200", 1200), ("1,234,567.5", 1234567.5), ("0,5", 0.5),
        ("12,3456", 12.3456), ("40 films", 40), ("40films", 40), ("40%", 40), ("40 %", 40),
    ],
)
def test_a_number_is_read_as_it_is_written(text, guess):
    assert NUMBER.read(text) == guess


NO_NUMBERS = ("forty", "", "nan", "inf", "-1e999", "4 0", "40 cars", "1,2,3", "%", "1.2,3")


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match="Write a number"):
        NUMBER.read(text)


def test_a_number_from_a_range():
    guess = Guess("The angle:", 100, between=(0, 360))
    assert (guess.read("0"), guess.read("360")) == (0, 360)
    for text in ("-1", "360.5"):
        with pytest.raises(ValueError, match="From 0 to 360, please"):
            guess.read(text)


def test_a_choice_is_read_by_its_number_or_by_how_it_begins():
    assert [CHOICE.read(text) for text in ("1", "3", " 2 ", "Up", "do")] == [0, 2, 1, 0, 1]
    formulas = Guess("", 0, choices=("2*x*cos(x)", "2*x", "b", "c"))
    assert [formulas.read(text) for text in ("2*x * cos(x)", "2*x", "B")] == [0, 1, 2]
    for guess, text in ((formulas, "2"), (Guess("", 0, choices=("No: it", "No, one")), "1")):
        assert guess.read(text) == int(text) - 1
    for text in ("no", "n", ""):
        with pytest.raises(ValueError, match="Write its number, from 1 to 2"):
            Guess("", 0, choices=("No: it", "No, one")).read(text)
    for text in ("0", "4", "1.5", "Upwards", "-1", "nan", "\u00b2"):
        with pytest.raises(ValueError, match="Write its number, from 1 to 3"):
            CHOICE.read(text)


@pytest.mark.parametrize(
    ("guess", "made", "said"),
    [
        (NUMBER, 12, "You guessed 12; it is 12.5 films: as good as right."),
        (NUMBER, 13.001, "You guessed 13; it is 12.5 films: 0.501 too high."),
        (NUMBER, 12.5, "You guessed 12.5; it is 12.5 films: just so."),
        (NUMBER, -1e12, "You guessed -1.00e+12; it is 12.5 films: 1.00e+12 too low."),
        (NUMBER, -1e9, "You guessed -1,000,000,000; it is 12.5 films: 1,000,000,000 too low."),
        (CHOICE, 1, "You said: Down {off}. So it is."),
        (CHOICE, 2, "You said: Neither. In truth: Down {off}."),
    ],
)
def test_what_a_guess_came_to(guess, made, said):
    assert guess.said(made) == said
    assert guess.said(None) in ("It is 12.5 films.", "In truth: Down {off}.")
    assert guess.right(made) is ("too" not in said and "In truth" not in said)


def test_every_guess_of_the_course_can_be_right_and_wrong():
    asked = [live.guess for n in course.LESSONS for live in told(n).lives if live.guess]
    assert len(asked) > 12
    for guess in asked:
        assert guess.right(guess.truth) and guess.said(guess.truth).endswith(
            (SAID["just"], SAID["so"]))
        other = (guess.truth + 1) % len(guess.choices) if guess.choices else (
            guess.truth + 2 * guess.near + 1)
        assert not guess.right(other)


# ------------------------------------------------------------------ the script says the same

# Just as much of a browser as a question needs. What a question makes way for is kept in `shown`.
BROWSER = """
const shown = [], made = [], STATE = new URLSearchParams(), keep = () => 0;
let typed = "";
const element = () => {
  made.push({value: typed, setAttribute() {}, append() {}, before() {}, remove() {},
    querySelector: () => null, replaceWith(each) { shown.push(each); }});
  return made.at(-1);
};
const document = {createElement: element, getElementById: () => null, querySelectorAll: () => []};
"""


def asked_of_the_script(what):
    engine = (FOLDER / "engine.js").read_text("utf-8")
    return run(f"{BROWSER}const SAID = {written(SAID)};\n{engine}", what)


@needs_node
def test_a_page_says_the_same_of_a_guess():
    asks = written([[_ask(guess), "none" if made is None else str(made)]
                    for guess, made in GUESSES])
    said = asked_of_the_script(f"""{asks}.map(([ask, made]) => {{
        STATE.set("guess", made);
        guessing({{ask}}, "guess", element(), () => 0);
        return shown.at(-1).textContent;
    }})""")
    assert said == [guess.said(made) for guess, made in GUESSES]


@needs_node
def test_a_page_reads_a_guess_as_the_terminal_does():
    asked = Guess("The angle:", 100, between=(-500, 5000))
    texts = ["40", " 40.5 ", "\u22123", "1,200", "1,234.5", "0,5", "12,3456", "forty", "4 0",
             "1,2,3", "5001", "-501", "1e3", ".5", "1234,567", "5000,5"]
    said = asked_of_the_script(f"""{json.dumps(texts)}.map(text => {{
        typed = text;
        made.length = shown.length = 0;
        guessing({{ask: {written(_ask(asked))}}}, "none", element(), () => 0);
        made.find(each => each.onsubmit).onsubmit({{preventDefault() {{}}}});
        return (shown[0] || made.find(each => /^(Write|From)/.test(each.textContent))).textContent;
    }})""")
    for text, words in zip(texts, said, strict=True):
        try:
            expected = asked.said(asked.read(text))
        except ValueError as error:
            expected = str(error)
        assert words == expected, text


@needs_node
def test_a_page_writes_the_same_numbers():
    lots = random.Random(5)
    numbers = [lots.uniform(-1, 1) * 10 ** lots.uniform(-9, 9) for _ in range(2000)]
    numbers += [float(lots.randint(-(10**8), 10**8)) for _ in range(200)]
    numbers += [0.0, -0.0, 1e12, 999999999999.0, 999999999999.5, 9999999.5]
    numbers += [1e-3, 9.999e-4, 0.99995, 1234.5, 2.5, 1235.5]
    found = asked_of_the_script(f"{json.dumps(numbers)}.map(x => 'n ' + SHORT(x))")
    assert found == [f"n {short(x)}" for x in numbers]
    assert all(math.isclose(float(text[2:].replace(",", "")), x, rel_tol=6e-3)
               for text, x in zip(found, numbers, strict=True))
