"""The rows of a file for a model: read once, as numbers, without rows that lack one.

On the page: `fields = [(record[feature], record[target])`, from any file that people have. What is
unusual about the file is told in one line; what it does not show by itself, the options say.
"""

import argparse
from collections.abc import Sequence

from mathlab.command.options import numbers, say
from mathlab.errors import FormulaError
from mathlab.learning.data.clean import CleaningReport, clean, is_missing
from mathlab.learning.data.collect import read_csv
from mathlab.learning.data.fields import read_columns
from mathlab.learning.data.table import Table
from mathlab.learning.model.model import Model

PLAIN = ("", "numbers", "text")  # readings of columns whose numbers are not dates or yes and no
SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what the file does not show by itself."""
    add = parser.add_argument
    add("--missing", nargs="+", action="extend", default=[], metavar="TEXT",
        help="what stands for a missing number, besides NA, ?, null and the like")
    add("--separator", default="", metavar="SIGN", help="between fields: , ; | or tab")
    add("--decimal", default="", metavar="SIGN", help="the decimal sign, . or ,")
    add("--thousands", default="", metavar="SIGN", help="between thousands, such as , or .")
    add("--encoding", default="", metavar="NAME", help="of letters, such as cp1252")
    add("--dates", default="", metavar="FORM", help="of dates, such as %%d/%%m/%%Y")


def read(options: argparse.Namespace) -> Table:
    """The table in the file, all of it text."""
    separator = SEPARATORS.get(options.separator, options.separator)
    return read_csv(options.file, missing=("", *options.missing), separator=separator,
                    decimal=options.decimal, thousands=options.thousands, dates=options.dates,
                    encoding=options.encoding)


def rows_for(model: Model, table: Table, features: Sequence[str], targets: Sequence[str] = ()
             ) -> tuple[Table, CleaningReport]:
    """The table with these features and targets of a model read as numbers (features may also be
    categories), without the rows that lack one, and a report of these. Features that the model was
    trained on are read as they were then."""
    columns = [*dict.fromkeys(map(model.column, features))]
    categories = [*model.categories.values(), *model.levels]
    table = read_columns(table, *columns, categories=categories,
                         read_as=model.reading.get("columns"))
    others = [*map(model.column, targets)]
    table = read_columns(table, *others, only_numbers=True)
    return clean(table, *map(is_missing, dict.fromkeys([*columns, *others])))


def tell(model: Model, table: Table) -> None:
    """Say how the file and the model were read, where that is not plain."""
    if table.reading:
        last = [said for said in table.reading if said.endswith(";")]  # ;; would look like an error
        say(f"read: {'; '.join([*(s for s in table.reading if s not in last), *last])}")
    for note in model.notes:
        say(note)
    for levels in model.levels.values():
        counts = [f"{one} {sum(level == one for level in levels.of(table)):,}"
                  for one in levels.levels]
        say(f"{levels.column}: base {levels.base}; rows: {', '.join(counts)}")
    if table.reading or model.notes or model.levels:
        print()


def features_at(place: dict[str, float | str], model: Model, features: Sequence[str]
                ) -> dict[str, float]:
    """Return the numbers of these features at a place, where each column has a number, a level of a
    category, or a date as it stands in the file.

    Raises: FormulaError for an unknown feature, a missing one, or a text in place of a number.
    """
    known = model.reading.get("columns", {})
    wanted = dict.fromkeys(map(model.column, features))
    by_column = {model.column(name): given for name, given in place.items()}
    for name, given in place.items():
        column = model.column(name)
        if column not in wanted:
            raise FormulaError(f"there is no feature {name!r} in {model} to predict for")
        takes_text = column in model.levels or known.get(column, {}).get("as", "") not in PLAIN
        if isinstance(given, str) and not takes_text:
            numbers([f"{name}={given}"])  # says what is wrong with it
    for column in wanted:
        if column not in by_column:
            kind = "a level of" if column in model.levels else "a number for"
            raise FormulaError(f"to predict, {model} needs {kind} {column} too")
    table = model.view(Table({name: [given] for name, given in by_column.items()}, "--at"))
    return {word: table[word][0] for word in features}
