"""1. Collect: what do we know, and can we trust it?

Guess first: of a hundred films in a file, how many can a model learn from? You will see how many
had to go, and why, with the first of each kind.
"""

import statistics
import sys
from collections import Counter
from datetime import date, timedelta

from lessons.data import films
from lessons.pages.live.live import Guess
from lessons.pages.page import Page
from lessons.run import start
from mathlab.drawing import Bars, Chart

YEAR = 1970  # films from before it are counted apart


def main(page: Page) -> None:
    """The lesson."""
    page.open(__doc__)
    table, report = films.cleaned()
    page.guess("Of a hundred films in the file, how many can a model learn from?",
               Guess("Films:", round(100 * len(table) / report.read), near=10, between=(0, 100)))
    page.say(f"""The file {table.source} has one film on each line: what it cost to make, and what
        it earned worldwide. We keep title, release date, budget and revenue, the money in millions
        of dollars. Some lines cannot be trusted, and a model believes whatever it is shown. So each
        line is checked, and none is dropped without a word. In brackets stands the first of each
        kind:""")
    page.lines(str(report))
    late = [date.year for date in films.read()["release_date"] if date and date > films.COLLECTED]
    old_ones = page.claim(
        statistics.median(late) > films.COLLECTED.year + 10,
        "Most such films are old ones: somebody once wrote years with two digits, and somebody "
        f"else read {late[0] - 2000} as {late[0]}.")
    page.say(f"""The file was made in {films.COLLECTED.year}, so a later date is of the future.
        {old_ones} A revenue of zero may be one that nobody knew. Of a hundred films
        {100 * len(table) / report.read:.0f} are left. They start like this:""")
    first = table.head(5)
    page.table({name: first[name] for name in first.names})
    page.title("Can it be trusted now?")
    page.say("""These checks find what we thought of. To find the rest, count things, and look for
        what is strange. On which days of the year do films come out?""")
    dates = table["release_date"]
    days = Counter(f"{day:%B} {day.day}" for day in dates)
    top = days.most_common(5)
    page.table({"day": [day for day, _ in top], "films": [count for _, count in top]})
    december = [days[f"December {day}"] for day in range(1, 32)]
    page.picture(Chart(
        Bars(range(1, 32), december), title="The films of December", x_label="day", y_label="films",
    ))
    (strange, most), (second, many) = top[:2]
    last_days = [day for day in dates if (day.month, day.day) == (12, 31)]
    old, old_last = (sum(day.year < YEAR for day in some) for some in (dates, last_days))
    example, rain = (
        next(film for film in table.rows() if film["title"] == title)
        for title in ("Casablanca", "I Come with the Rain")
    )
    a_day = len(table) / 365
    good = page.claim(most > many > 3 * a_day, f"{second} is a good day for the cinema.")
    no_date = page.claim(
        rain["release_date"] == date(1970, 1, 1) - timedelta(days=1),
        "many computers count time from the first of January 1970, so its date may have been none "
        "at all, a 0.")
    page.say(f"""{len(table):,} films over 365 days: that makes {a_day:.1f} a day. {good} But
        {strange}, {most} times? Of the films from before {YEAR} it is {old_last} of {old}, of the
        others {len(last_days) - old_last} of {len(table) - old:,}. And {example['title']}, a film
        of 1942, has the date {example['release_date']}. So here is a guess: where the year alone
        was known, its first day was written down, and a clock some hours behind made that the
        evening before. And '{rain['title']}', a film of 2009, has the date {rain['release_date']}:
        {no_date}""")
    page.say("""Such a film is suspicious, but need not be wrong: some of them may well have come
        out on New Year's Eve. We keep them, because none of our models asks for the day. One
        that learns from the season should not be shown them.""")
    none = page.claim(all(day in last_days for day in dates if day.year < 1950),
                      "Not one film that is left from before then has another date.")
    page.change(f"""let YEAR be 1950. {none} Where have the old films gone whose day was known? Look
        at the account once more.""")
    page.exercise()


if __name__ == "__main__":
    sys.exit(start(main, __doc__))
