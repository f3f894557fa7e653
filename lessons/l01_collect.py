"""1. Collect: what do we know, and can we trust it?

Guess first: of 3,201 films in a file, how many can a model learn from? You will see every film that
had to go, and why.
"""

import sys

from lessons import films
from lessons.page import Page
from lessons.run import start


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, report = films.cleaned()
    page.say(f"""The file {table.source} has a film a line: what it cost to make, and what it earned
        worldwide. We keep title, release date, budget and revenue, the money in millions of
        dollars. Some lines cannot be trusted, and a model believes whatever it is shown. So each
        line is checked, and none is dropped without a word:""")
    page.lines(str(report))
    page.say("""Most films from the future are old ones: somebody once wrote years with two digits,
        and somebody else read 46 as 2046. A revenue of zero is mostly one that nobody knew. What
        is left starts like this:""")
    page.lines(table.head(5).text(page.width))
    page.say("Change one thing: let the films from the future stay (in lessons/films.py). Which "
             "of them would disturb a model most?")


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
