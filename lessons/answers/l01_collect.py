"""1. A check for one bad row: the last day of December, in any year.

To clean a table, hand such a function to mathlab's `clean`, together with a reason.
"""


def is_suspicious(film):
    """Whether the release date of a film may be no more than a year."""
    return film["release_date"].month == 12 and film["release_date"].day == 31
