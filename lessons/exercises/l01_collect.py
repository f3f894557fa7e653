"""1. A check for one bad row

Too many films are said to have come out on the last day of a year. Write the check that finds them:
a function that gets a film, and says True if its release date is the 31st of December of any year,
and False if not.

A film is a dict, such as

    {"title": "A film", "budget": 8.0,
     "release_date": date(1999, 7, 20),
     "revenue": 20.0}

What stands in a dict is asked for with film["budget"], say. A release date is a date of Python's:
with a dot behind it you get its year, month and day, each of them a number.
"""


def is_suspicious(film):
    """True for a film of the 31st of December, False for any other."""
    return ...


if __name__ == "__main__":
    import lessons.check  # says whether it is right
