"""What a teacher wants to know of a lesson before the class comes: a page each, to be printed.

The question, how long it takes and what it is for, the words that it needs, the slips that the
checker knows, the hints and a key. Nothing here is told twice: it is all found where the course
itself has it.
"""

from collections.abc import Iterable
from html import escape

from lessons import course
from lessons.grading.diagnoses import diagnoses
from lessons.pages import book, glossary, html
from lessons.pages.live.live import Guess, Live
from lessons.pages.printed import PlainPage, key, listed
from mathlab.drawing.paper import album
from mathlab.learning.descent.progress import progress

TITLE = "mathlab: for the teacher"


def write(folder: str, seed: int) -> int:
    """Write the pages into a folder; return the exit status. Nothing of anybody else's is
    overwritten, and a book in the same folder stays as it is.

    Raises: OSError, in one line, if a page cannot be written.
    """
    for name in ("teacher", *map(place, course.LESSONS)):  # before any is written
        album.place(folder, name, ".html", book.OURS)
    first = book.keep(folder, "teacher", contents())
    numbers = list(course.LESSONS)
    for i in progress(len(numbers), "lessons"):
        book.keep(folder, place(numbers[i]), lesson(numbers[i], seed))
    print(f"A page for each of {len(numbers)} lessons. Open this file in a browser:\n{first}")
    return 0


def contents() -> str:
    """The page of contents: each lesson, and what it is for."""
    items = "\n".join(
        f'<li><a href="{file(n)}">{escape(course.question(n))}</a> '
        f'<span class="minutes">{course.minutes(n)} min</span></li>\n'
        f"<li>To {escape(course.GOALS.get(n, 'be said by you'))}.</li>"
        for n in course.LESSONS
    )
    return book.whole(TITLE, f"""<main id="main" class="teacher">
<h1>{TITLE}</h1>
<p>A page for each lesson: its question, its goal, the words that it needs, the slips that the
checker knows, the hints, and a key.</p>
<ol class="contents">
{items}
</ol>
</main>""")


def lesson(number: int, seed: int) -> str:
    """The page of one lesson."""
    page = PlainPage(seed)
    page.begin(course.LESSONS[number])
    page.open(None)
    if number in course.GOALS:
        page.say(f"Goal: to {course.GOALS[number]}.")
    page.say(f"About {course.minutes(number)} minutes, with the exercise.")
    told = PlainPage(seed)
    told.begin(page.name)
    course.lesson(number).main(told)
    words(page, told.met)
    guesses(page, told.lives)
    title, task = course.exercise(page.name)
    page.title(f"Exercise: {title}")
    page.paragraphs(task)
    if known := diagnoses(page.name):
        page.title("What goes wrong, in the checker's words")
        listed(page, known)
    page.title("Key")
    key(page)
    text = "\n".join(page.parts)
    return book.whole(f"For the teacher: {course.question(number)}", f"""<nav aria-label="Pages">
<a href="teacher.html">For the teacher</a></nav>
<main id="main" class="teacher">
{text}
</main>""")


def words(page: PlainPage, met: Iterable[str]) -> None:
    """The words of the glossary that come up in a lesson, and those that it needs from before."""
    new = {name: word for name, word in glossary.WORDS.items() if word.lesson == page.lesson}
    if new:
        page.title("New words")
        listed(page, (f"{name} ({word.field}): {word.meaning}" for name, word in new.items()))
    needed = sorted(name for name in met if glossary.WORDS[name].lesson < page.lesson)
    if needed:
        page.title("Words that it needs")
        page.say("; ".join(f"{name} ({glossary.WORDS[name].field})" for name in needed))


def guesses(page: PlainPage, lives: Iterable[Live]) -> None:
    """What the pictures that move ask, the answers, and how to show each of them alone."""
    asked = [live for live in lives if live.guess]
    if not asked:
        return
    page.title("Guesses to take before the picture moves")
    listed(page, (
        f"{live.question} Answer: {answer(live.guess)}. Its link: "
        f"`{html.file(page.lesson)}#only={live.name}`. {live.hint}"
        for live in asked if live.guess))


def answer(guess: Guess) -> str:
    """What is right, in words."""
    if guess.choices:
        return guess.choices[int(guess.truth)].rstrip(".")
    near = f", give or take {guess.near:.3g}" if guess.near else ""
    return f"{guess.truth:.4g} {guess.unit}".rstrip() + near


def place(number: int) -> str:
    """The name of a lesson's page, without its ending."""
    return f"teacher-{album.simple(course.LESSONS[number])}"


def file(number: int) -> str:
    """The file of a lesson's page."""
    return f"{place(number)}.html"
