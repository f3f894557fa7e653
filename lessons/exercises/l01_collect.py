"""1. A check for one bad row

Too many films are said to have come out on the last day of a year. Write the check that finds them:
a function that gets a film, and says True if its release date is the 31st of December of any year,
and False if not.

A film is a dict, such as

    {"title": "A film", "budget": 8.0,
     "release_date": date(1999, 7, 20),
     "revenue": 20.0}

Its release date is a date of Python's: it has a year, a month and a day, each of them a number.
"""


def is_suspicious(film):
    """Whether the release date of a film may be no more than a year."""
    return ...
